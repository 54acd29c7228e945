"""An undo restores everything (fortryd), unless something has been built on the import; then it says what."""

from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.audit.service import EventFilter, list_events
from jobcenter_mentor.platform.database.db import Base
from jobcenter_mentor.sheets.runs import service
from jobcenter_mentor.sheets.runs.models import ImportRun
from tests.builders import WORKING_DAY as ON
from tests.builders import a_frame, a_user
from tests.sheets.runs.sheets import a_course
from tests.sheets.runs.test_service import CITIZEN, INVOICE, MENTOR, REFERRAL, taken

STAYS = {"event", "lawful_change", "assessment", "case_counter", "import_run", "sub_course_version", "month_sum"}
"""Logs and counters, which an undo only adds to."""

PASSING = {"id", "public_id", "recorded_at", "version", "cpr"}


@pytest.fixture
def leader(session: Session) -> User:
    a_frame(session)
    return a_user(session, "TL")


def the_books(session: Session) -> dict[str, Any]:
    """Return all that is stored, by table, except logs, counters and the version of a row."""
    session.flush()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in STAYS and inspect(session.connection()).has_table(table.name):
            columns = [column for column in table.c if column.name not in PASSING]
            found[table.name] = sorted(map(repr, session.execute(select(*columns))))
    months = "SELECT coalesce(sum(granted), 0), coalesce(sum(started), 0) FROM month_sum"
    return found | {"sums": [int(value) for value in session.execute(text(months)).one()]}


def last_run(session: Session) -> ImportRun:
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(1)).one()


@pytest.mark.parametrize(
    ("kind", "row", "change"),
    [
        ("courses", a_course(), {"Timer pr. uge": 4, "Slutdato": "30-11-2014", "Mentor telefon": "00 11 22 44"}),
        ("citizens", CITIZEN, {"Telefon": "20304052"}),
        ("mentors", MENTOR, {"Sprog": "dansk", "Timepris": 410}),
        ("referrals", REFERRAL, {"Uger": 13}),
    ],
)
def test_new_and_changed_rows_are_taken_back(
    session: Session, leader: User, law: Law, kind: str, row: dict[str, Any], change: dict[str, Any]
) -> None:
    before = the_books(session)
    taken(session, [row], leader, law, kind=kind)
    first, with_it = last_run(session), the_books(session)
    changed = taken(session, [row | change], leader, law, kind=kind)
    assert changed.rows[0].status == "changed"

    service.take_back(session, last_run(session), actor=Actor(leader, ON))
    after_one = the_books(session)
    service.take_back(session, first, actor=Actor(leader, ON))

    assert after_one == with_it
    assert the_books(session) == before


def test_what_is_built_on_a_course_stands_in_the_way_and_is_named(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    run, case = last_run(session), session.scalars(select(Grant.case_number)).one()
    meeting = {
        "CPR-nr": a_course()["CPR-nr"],
        "Mentor": "Samira Haddad",
        "Dato": "09-09-2014",
        "Minutter": 60,
        "Kontaktform": "Fremmøde",
        "Afholdt": "Ja",
    }
    coordinator = a_user(session, "MK")
    before = the_books(session)
    taken(session, [meeting], coordinator, law, kind="meetings")
    held = last_run(session)

    with pytest.raises(Conflict, match=f"Møder i logbogen på sag {case}"):
        service.take_back(session, run, actor=Actor(leader, ON))
    service.take_back(session, held, actor=Actor(coordinator, ON))

    assert the_books(session) == before
    assert service.standing(session, run) == []


def test_a_row_changed_since_stands_in_the_way(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    run = last_run(session)
    session.scalars(select(Grant)).one().goal = "Noget helt andet."
    session.flush()

    assert service.standing(session, run) == [f"Senere ændringer af sag {session.scalar(select(Grant.case_number))}."]


def test_an_undo_is_logged_gives_the_frame_back_and_is_done_once(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course(number) for number in range(3)], leader, law)
    run, reserved = last_run(session), session.scalars(select(Frame.covered)).one()

    service.take_back(session, run, actor=Actor(leader, ON))

    assert (reserved > 0, session.scalars(select(Frame.covered)).one()) == (True, 0)
    assert session.scalars(select(Event.action).where(Event.subject == "import")).all()[-1] == "import.undo"
    with pytest.raises(Conflict):
        service.take_back(session, run, actor=Actor(leader, ON))


def test_the_same_sheet_may_come_in_again_after_an_undo(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    service.take_back(session, last_run(session), actor=Actor(leader, ON))

    again = taken(session, [a_course()], leader, law)

    assert again.report["rows"]["new"] == 1
    assert "already_imported" not in {warning["code"] for warning in again.report["warnings"]}


def test_the_log_of_one_taken_back_never_names_another(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    service.take_back(session, last_run(session), actor=Actor(leader, ON))
    taken(session, [a_course(1, Fornavn="Zenia", Efternavn="Østergård")], leader, law)

    told = list_events(session, EventFilter(action="citizen.register"), user_ids=None)

    assert [bool(event.citizens) for event in told] == [True, False]


def test_an_invoice_line_somebody_has_checked_stays(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    taken(session, [INVOICE], a_user(session, "ØK"), law, kind="invoices")
    run = last_run(session)
    before = service.standing(session, run)
    line = session.scalars(select(PayLine)).one()

    line.matched_on = ON
    session.flush()

    assert before == []
    assert service.standing(session, run) == [f"Senere ændringer af fakturalinje nr. {line.id}."]
