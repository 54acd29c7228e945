"""Klagens sider: from the decision to the board's answer, the list with its clocks and filters, and its sheet."""

import io
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.complaints import queries
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.complaints.queries import ComplaintFilter
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_municipality, a_team, a_user
from tests.casework.complaints.cases import a_complaint, a_decision, reviewed, sent_on
from tests.logins import Visitor, logged_in

DECIDED = date(2014, 9, 1)
TODAY = "15-10-2014"


@pytest.fixture
def law(session: Session) -> Law:
    return law_of(session)


@pytest.fixture
def user(session: Session) -> User:
    a_municipality(session)
    return a_user(session)


@pytest.fixture
def decision(session: Session, user: User) -> Decision:
    return a_decision(session, user, DECIDED)


@pytest.fixture
def visitor(session: Session, client: FlaskClient, user: User, decision: Decision) -> Visitor:
    session.commit()
    return logged_in(client.application, session, user)


def written_down(visitor: Visitor, decision: Decision) -> str:
    told = {"received_on": TODAY, "text": "For få timer"}
    return str(visitor.post(f"/klager/ny/{decision.public_id}", data=told).location)


def test_the_pages_lead_from_the_decision_to_the_boards_answer(
    session: Session, visitor: Visitor, decision: Decision
) -> None:
    new = f"/klager/ny/{decision.public_id}"
    assert "Klagefristen udløb 29.09.2014" in visitor.get(new).text
    assert visitor.post(new, data={"received_on": TODAY, "text": ""}).status_code == 422

    address = written_down(visitor, decision)
    steps = (
        ("genvurder", {"outcome": "upheld", "reviewed_on": TODAY, "note": "Vi ser ingen ny viden."}),
        ("send", {"forwarded_on": TODAY}),
        ("svar", {"board_outcome": "upheld", "board_on": TODAY}),
    )
    assert [visitor.post(f"{address}/{step}", data=told).status_code for step, told in steps] == [303] * 3
    assert "Stadfæstet" in visitor.get(address).text
    assert session.scalars(select(Letter.kind)).all() == ["complaint_sent"]


def test_a_partial_yes_is_asked_about_by_letter_and_answered_on_the_page(
    session: Session, visitor: Visitor, decision: Decision
) -> None:
    address = written_down(visitor, decision)
    told = {"outcome": "partly", "reviewed_on": TODAY, "note": "Du får en time mere."}

    visitor.post(f"{address}/genvurder", data=told)
    page = visitor.get(address).text
    early = visitor.post(f"{address}/borgerens-svar", data={"stands": "stands", "stands_on": "14-10-2014"})
    visitor.post(f"{address}/borgerens-svar", data={"stands": "stands", "stands_on": TODAY})

    assert "brevet er ikke sendt" in page
    assert "svarer senest" not in page
    assert (early.status_code, "kan ikke have svaret før" in early.text) == (422, True)
    assert "Frist 29.10.2014, BEK nr. 722 af 19. juni 2013 § 13, stk. 2" in visitor.get(address).text
    assert visitor.get(f"{address}/brev").mimetype == "application/pdf"
    assert session.scalars(select(Letter.kind)).all() == ["complaint_partly"]


@pytest.mark.parametrize("outcome", ["changed", "partly"])
def test_a_yes_asks_for_the_new_decision_until_there_is_one(
    session: Session, visitor: Visitor, decision: Decision, user: User, outcome: str
) -> None:
    address = written_down(visitor, decision)
    visitor.post(f"{address}/genvurder", data={"outcome": outcome, "reviewed_on": TODAY, "note": "Du får to timer."})
    asks = "Træf den nye afgørelse, så borgeren har den senest 12.11.2014."
    before = visitor.get(address).text

    session.add(
        Decision(
            kind="hours",
            case_number=decision.case_number,
            team_id=decision.team_id,
            citizen_id=decision.citizen_id,
            grant_id=decision.grant_id,
            assessment_id=decision.assessment_id,
            proposed_by_id=user.id,
            proposed_on=WORKING_DAY,
            approved_on=WORKING_DAY,
        )
    )
    session.commit()
    after = visitor.get(address).text

    assert (asks in before, "Ny afgørelse" in before) == (True, True)
    assert (asks in after, "Ny afgørelse" in after) == (False, True)


def test_a_notice_that_it_takes_longer_goes_out_as_a_letter(
    session: Session, visitor: Visitor, decision: Decision
) -> None:
    address = written_down(visitor, decision)

    soon = visitor.post(f"{address}/besked", data={"expected_on": "01-11-2014", "why": "Vi venter på din læge."})
    visitor.post(f"{address}/besked", data={"expected_on": "01-12-2014", "why": "Vi venter på din læge."})

    assert (soon.status_code, "Vælg en dag efter fristen 12.11.2014" in soon.text) == (422, True)
    assert "Svar ventes senest 01.12.2014" in visitor.get(address).text
    assert session.scalars(select(Letter.kind)).all() == ["complaint_notice"]


def test_an_answer_of_before_it_was_sent_keeps_what_was_typed_and_says_why(
    visitor: Visitor, decision: Decision
) -> None:
    address = written_down(visitor, decision)
    visitor.post(f"{address}/genvurder", data={"outcome": "upheld", "reviewed_on": TODAY, "note": "Ingen ny viden."})
    visitor.post(f"{address}/send", data={"forwarded_on": TODAY})

    refused = visitor.post(f"{address}/svar", data={"board_outcome": "changed", "board_on": "01-10-2014"})

    assert refused.status_code == 422
    assert "Klagen blev sendt den 15.10.2014 og kan ikke være afgjort før." in refused.text
    assert 'value="01-10-2014"' in refused.text


def test_a_letter_to_a_protected_citizen_waits_for_the_confirmation(
    session: Session, visitor: Visitor, decision: Decision
) -> None:
    decision.citizen.protected = True
    session.commit()
    address = written_down(visitor, decision)
    told = {"outcome": "partly", "reviewed_on": TODAY, "note": "Du får en time mere."}

    refused = visitor.post(f"{address}/genvurder", data=told)
    kept = visitor.post(f"{address}/genvurder", data=told | {"address_confirmed": "y"})

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert "Bekræft" in refused.text


def test_the_complaint_of_a_dead_citizen_is_sent_on_without_a_letter(
    session: Session, visitor: Visitor, decision: Decision
) -> None:
    address = written_down(visitor, decision)
    visitor.post(f"{address}/genvurder", data={"outcome": "upheld", "reviewed_on": TODAY, "note": "Ingen ny viden."})
    decision.citizen.died_on = WORKING_DAY
    session.commit()

    assert visitor.post(f"{address}/send", data={"forwarded_on": TODAY}).status_code == 303
    assert session.scalars(select(Letter)).all() == []


def some_complaints(session: Session, user: User, law: Law) -> dict[str, Complaint]:
    """Return one complaint overdue, one on time, one that waits for the citizen and one that is at the board."""
    other = a_user(session)
    made = {}
    for name, owner, came in (
        ("overdue", user, date(2014, 9, 10)),
        ("on time", other, date(2014, 10, 10)),
        ("waits", user, date(2014, 10, 13)),
        ("board", user, date(2014, 10, 1)),
    ):
        citizen = a_citizen(session, first_name=name.title().replace(" ", ""))
        decision = a_decision(session, owner, DECIDED, citizen=citizen)
        made[name] = a_complaint(session, decision, owner, law, came, WORKING_DAY)
    reviewed(session, made["waits"], "partly", user, law, WORKING_DAY)
    sent_on(session, reviewed(session, made["board"], "upheld", user, law, WORKING_DAY), user, law, WORKING_DAY)
    return made


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (ComplaintFilter(), ["overdue", "on time", "waits"]),
        (ComplaintFilter(status=""), ["overdue", "on time", "waits", "board"]),
        (ComplaintFilter(status="waits"), ["waits"]),
        (ComplaintFilter(status="board"), ["board"]),
        (ComplaintFilter(overdue=True), ["overdue"]),
        (ComplaintFilter(mine=True), ["overdue", "waits"]),
    ],
    ids=["open", "all", "those that wait for the citizen", "those at the board", "overdue", "mine"],
)
def test_the_list_shows_what_is_chosen_the_shortest_clock_first(
    session: Session, user: User, law: Law, chosen: ComplaintFilter, found: list[str]
) -> None:
    names = {complaint.id: name for name, complaint in some_complaints(session, user, law).items()}

    page = queries.list_complaints(session, chosen=chosen, actor=Actor(user, WORKING_DAY))

    assert [names[row.complaint.id] for row in page.rows] == found
    assert page.count == len(found)


def test_another_teams_complaints_stand_in_nobody_elses_list(session: Session, user: User, law: Law) -> None:
    some_complaints(session, user, law)
    stranger = a_user(session, team=a_team(session, "Team Job"))

    assert queries.list_complaints(session, chosen=ComplaintFilter(""), actor=Actor(stranger, WORKING_DAY)).rows == []


def test_the_list_and_its_sheet_say_the_same(session: Session, client: FlaskClient, user: User, law: Law) -> None:
    some_complaints(session, user, law)
    session.commit()
    visitor = logged_in(client.application, session, user)

    page = visitor.get("/klager?status=waits").text
    address = "/klager?status=waits&format=xlsx"
    assert visitor.get(address).location.startswith("/begrundelse")
    visitor.post("/begrundelse", data={"next": address, "reason": "Til ledelsens møde"})
    book = load_workbook(io.BytesIO(visitor.get(address).data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]

    assert "Venter på borgerens svar" in page
    assert "Waits" in page
    assert "Overdue" not in page
    (head,) = (row for row in rows if "Borgeren svarer senest" in row)
    waits = rows[rows.index(head) + 1]
    assert waits[head.index("Status")] == "Venter på borgerens svar"
    assert waits[head.index("Regel")] == "BEK nr. 722 af 19. juni 2013 § 13, stk. 2"
    assert waits[head.index("Frist")].date() == WORKING_DAY + timedelta(weeks=4)


def test_what_may_not_be_chosen_shows_the_open_ones(visitor: Visitor) -> None:
    assert visitor.get("/klager?status=alt&page=x").status_code == 200


def test_every_clock_stands_in_the_list_of_deadlines_with_its_section(
    session: Session, client: FlaskClient, user: User, law: Law
) -> None:
    some_complaints(session, user, law)
    session.commit()

    page = logged_in(client.application, session, user).get("/opfoelgning").text

    running = select(FollowUp.section).where(FollowUp.kind.startswith("complaint_"), FollowUp.done_on.is_(None))
    sections = set(db.session.scalars(running))
    assert sections == {"BEK nr. 722 af 19. juni 2013 § 12, stk. 1", "BEK nr. 722 af 19. juni 2013 § 13, stk. 2"}
    assert [section for section in sections if section not in page] == []
    assert "Åbn klagerne" in page
