"""On SQLite an import is made in a copy (prøvekopi) and moved at once; what changed meanwhile is named."""

import os
import signal
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.frames.models import Frame, MonthSum, Reservation
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.config import Config
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import Base, db, transaction
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.runs import jobs, scratch_copy, service
from jobcenter_mentor.sheets.runs.copy_statements import ADDED_TO, COMPARED, COUNTER, GROWING, SUMS, UNCHECKED
from jobcenter_mentor.sheets.runs.models import ImportRun
from jobcenter_mentor.sheets.runs.scratch_copy import MARK
from tests.builders import WORKING_DAY as ON
from tests.builders import a_citizen, a_frame, a_mentor, a_user
from tests.sheets.runs.sheets import a_course, xlsx
from tests.sheets.runs.test_killed import told_by_child

Other = Callable[[Session], object]


@pytest.fixture(autouse=True)
def all_by_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FEW", 0)


@pytest.fixture
def leader(session: Session) -> User:
    a_frame(session)
    found = a_user(session, "TL")
    session.commit()
    return found


def kept(session: Session, rows: list[dict[str, Any]], by: User, kind: str = "courses") -> str:
    """Check and store a sheet; return its public id."""
    run, _ = service.keep(
        session, kind, "a.xlsx", xlsx(rows, headings=list(rows[0])), actor=Actor(by, ON), law=loader.law()
    )
    session.commit()
    return run.public_id


def count(session: Session, model: type[Any]) -> int:
    found = session.scalar(select(func.count()).select_from(model)) or 0
    session.commit()
    return found


def between(monkeypatch: pytest.MonkeyPatch, other: Other, *, times: int = 1) -> None:
    """Let somebody else do something after the copy is made and before it is laid in; PostgreSQL needs no copy."""
    if db.engine.dialect.name != "sqlite":
        with Session(db.engine) as own, own.begin():
            other(own)
    lay_in, left = scratch_copy.lay_in, [times]

    def later(*arguments: Any) -> Any:
        if left[0]:
            left[0] -= 1
            with Session(db.engine) as own, own.begin():
                other(own)
        return lay_in(*arguments)

    monkeypatch.setattr(scratch_copy, "lay_in", later)


def test_what_a_copy_brings_in_is_what_a_transaction_would(session: Session, leader: User) -> None:
    rows = [
        a_course(number, Mentor=f"Mentor {'AB'[number % 2]}", **{"Mentor e-mail": f"m{number % 2}@example.dk"})
        for number in range(4)
    ]

    checked = jobs.take_in(kept(session, rows, leader), actor=Actor(leader, ON))
    again = jobs.take_in(
        kept(session, [*rows, rows[0] | {"CPR-nr": a_course(9)["CPR-nr"]}], leader), actor=Actor(leader, ON)
    )

    session.expire_all()
    assert (checked.report["applied"], checked.report["rows"]["new"]) == (True, 4)
    assert (again.report["rows"]["new"], again.report["rows"]["unchanged"]) == (1, 4)
    assert (count(session, Grant), count(session, Citizen), count(session, Mentor)) == (5, 5, 2)
    assert session.scalar(select(func.sum(Reservation.covered))) == session.scalar(select(Frame.covered))
    assert session.scalar(select(func.sum(MonthSum.granted))) == session.scalar(select(func.sum(Reservation.cost)))
    assert subcourses.differing(session) == []


def test_rows_of_others_made_meanwhile_stand_beside_those_laid_in(
    session: Session, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [a_course(number) for number in range(3)]
    place = kept(session, rows, leader)
    between(monkeypatch, lambda own: [a_citizen(own, first_name="Anden"), a_citizen(own, first_name="Tredje")])

    jobs.take_in(place, actor=Actor(leader, ON))

    session.expire_all()
    grants = session.scalars(select(Grant)).all()
    registered = session.scalars(select(Event).where(Event.action == "citizen.register")).all()[-1]
    assert sorted(grant.citizen.first_name for grant in grants) == ["Emil", "Emil", "Emil"]
    assert sorted(registered.citizen_ids) == sorted(grant.citizen_id for grant in grants)
    run = session.scalars(select(ImportRun)).one()
    service.take_back(session, run, actor=Actor(leader, ON))
    assert sorted(session.scalars(select(Citizen.first_name))) == ["Anden", "Tredje"]


def test_a_row_changed_after_the_check_is_named_and_nothing_is_taken_in(session: Session, leader: User) -> None:
    rows = [a_course(0), a_course(1)]
    jobs.take_in(kept(session, rows, leader), actor=Actor(leader, ON))
    place = kept(session, [a_course(0, Formål="Nyt mål."), a_course(1), a_course(2)], leader)
    grant = session.scalars(select(Grant).order_by(Grant.id)).all()[1]
    grant.goal = "Rettet af en anden."
    session.commit()

    checked = jobs.take_in(place, actor=Actor(leader, ON))
    page = session.scalars(select(ImportRun).where(ImportRun.public_id == place)).one()
    session.refresh(page)
    told = page.report["warnings"][0]["message"]
    session.commit()
    second = jobs.take_in(place, actor=Actor(leader, ON))

    assert (checked.report["applied"], [found.row for found in checked.since]) == (False, [3])
    assert told == "Række 3 er ikke længere, som kontrollen viste: den var uændret og er nu ændret."
    assert (second.report["applied"], count(session, Grant)) == (True, 3)


@pytest.mark.parametrize("what", ["the citizen", "the mentor", "the course"])
def test_what_changes_while_the_copy_is_worked_on_is_seen(
    session: Session, leader: User, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        return
    jobs.take_in(kept(session, [a_course(0)], leader), actor=Actor(leader, ON))
    place = kept(session, [a_course(0, Formål="Nyt mål."), a_course(1)], leader)

    def other(own: Session) -> None:
        if what == "the citizen":
            a_citizen(own, cpr=a_course(1)["CPR-nr"], first_name="Ida", team_id=own.scalar(select(Citizen.team_id)))
        elif what == "the mentor":
            a_mentor(own, first_name="Samira", last_name="Haddad", phone="00112233", email="anden@example.dk")
        else:
            own.scalars(select(Grant)).one().goal = "Rettet af en anden."

    between(monkeypatch, other)
    checked = jobs.take_in(place, actor=Actor(leader, ON))

    session.expire_all()
    named = {"the citizen": [3], "the mentor": [], "the course": [2]}[what]
    assert [found.row for found in checked.since] == named
    assert checked.report["applied"] == (not named)
    assert count(session, Grant) == (1 if named else 2)


def test_an_import_that_others_disturb_again_and_again_says_so(
    session: Session, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        return
    place, names = kept(session, [a_course(0)], leader), iter("ABCDEFGH")
    between(monkeypatch, lambda own: a_mentor(own, first_name=next(names)), times=jobs.ATTEMPTS)

    with pytest.raises(Conflict, match="Intet er importeret"):
        jobs.take_in(place, actor=Actor(leader, ON))

    assert count(session, Grant) == 0


def test_a_sheet_is_checked_without_a_writing_transaction(session: Session, leader: User) -> None:
    run = service.receive(session, "courses", "a.xlsx", xlsx(), actor=Actor(leader, ON))
    session.commit()
    told = list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement.split()[0])

    event.listen(db.engine, "before_cursor_execute", note)
    checked = jobs.check_sheet(run.public_id, actor=Actor(leader, ON))
    event.remove(db.engine, "before_cursor_execute", note)

    written = [place for place, word in enumerate(told) if word in {"INSERT", "UPDATE", "DELETE"}]
    assert checked.report["rows"]["new"] == 1
    assert written
    if session.get_bind().dialect.name == "sqlite":
        lock = told.index("BEGIN", told.index("BEGIN") + 1)
        assert (min(written) > lock, len(told) - lock < 12) == (True, True)


def test_a_worker_killed_in_the_last_row_leaves_nothing_and_no_copy(
    app: Flask, session: Session, leader: User, config: Config
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        return
    place, leader_id = kept(session, [a_course(number) for number in range(5)], leader), leader.id
    db.engine.dispose()

    def die_at_the_last_row() -> int:
        def killed(_done: int, _total: int) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        with create_app(config).app_context():
            with transaction() as own:
                by = own.get_one(User, leader_id)
            jobs.take_in(place, actor=Actor(by, ON), progress=killed)
        return 0

    told = told_by_child(die_at_the_last_row)
    left = count(session, Grant), count(session, Citizen)
    folder = scratch_copy.Path(str(db.engine.url.database)).parent
    copies = [file for file in folder.iterdir() if MARK in file.name]
    done = jobs.take_in(place, actor=Actor(leader, ON))

    assert (told, left, len(copies) > 0) == (-signal.SIGKILL, (0, 0), True)
    assert (done.report["applied"], count(session, Grant)) == (True, 5)
    assert not [file for file in folder.iterdir() if MARK in file.name]


def test_meetings_mentors_citizens_and_referrals_come_in_by_a_copy_too(session: Session, leader: User) -> None:
    leader.roles.extend(a_user(session, "MK").roles)
    jobs.take_in(kept(session, [a_course(0)], leader), actor=Actor(leader, ON))
    cpr = a_course(0)["CPR-nr"]
    met = {"CPR-nr": cpr, "Mentor": "HADDAD, Samira", "Minutter": 60, "Kontaktform": "Fremmøde", "Afholdt": "Ja"}
    sheets: dict[str, list[dict[str, Any]]] = {
        "meetings": [met | {"Dato": date(2014, 9, day)} for day in (1, 8, 15)],
        "citizens": [
            {key: a_course(0)[key] for key in list(a_course())[:5]}
            | {"Gældende fra": date(2014, 8, 25), "Telefon": "20304050"}
        ],
        "mentors": [
            {
                "Fornavn": "Samira",
                "Efternavn": "Haddad",
                "Mentortype": "Intern",
                "Telefon": "20304051",
                "E-mail": "samira@example.dk",
                "Timer pr. uge": 5,
                "Gælder fra": date(2014, 1, 1),
            }
        ],
    }

    for kind, rows in sheets.items():
        checked = jobs.take_in(kept(session, rows, leader, kind), actor=Actor(leader, ON))
        assert checked.report["applied"], (kind, checked.report)

    session.expire_all()
    assert session.scalars(select(Citizen)).one().phone == "20304050"
    assert session.scalars(select(Mentor)).one().phone == "20304051"
    assert session.scalar(select(func.sum(MonthSum.minutes))) == 180


def test_every_table_that_an_import_is_compared_with_is_one_of_ours() -> None:
    assert {
        *ADDED_TO,
        *(model.__tablename__ for model in (*COMPARED, *GROWING)),
        *UNCHECKED,
        SUMS,
        COUNTER,
    } <= Base.metadata.tables.keys()
