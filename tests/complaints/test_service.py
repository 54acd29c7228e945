"""Klager: the clock of § 66 from the day a complaint came until it is changed in full or sent on."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.complaints import service as complaints
from jobcenter_mentor.complaints.models import Complaint
from jobcenter_mentor.domain.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.followups.models import FollowUp
from jobcenter_mentor.grants.models import AssessmentRecord, Decision
from jobcenter_mentor.journal.models import JournalEntry
from jobcenter_mentor.letters.models import Letter, LetterSending
from jobcenter_mentor.rules.service import law as law_of
from tests.builders import WORKING_DAY, a_grant, a_municipality, a_team, a_user
from tests.logins import logged_in

DECIDED = date(2014, 9, 1)


@pytest.fixture
def law(session: Session) -> Law:
    return law_of(session)


@pytest.fixture
def user(session: Session) -> User:
    return a_user(session)


@pytest.fixture
def decision(session: Session, user: User) -> Decision:
    """An approved grant of 1 September 2014; complaints are in time until 29 September."""
    grant = a_grant(session, caseworker_id=user.id)
    record = AssessmentRecord(assessed_on=DECIDED, law="LAB 2014", outcome="must", facts={}, result={})
    session.add(record)
    session.flush()
    decision = Decision(
        kind="grant", case_number=grant.case_number, team_id=grant.team_id, citizen_id=grant.citizen_id,
        grant_id=grant.id, assessment_id=record.id, proposed_by_id=user.id, proposed_on=DECIDED, approved_on=DECIDED,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    return decision


def received(session: Session, decision: Decision, user: User, law: Law, day: date = WORKING_DAY) -> Complaint:
    return complaints.receive(session, decision, received_on=day, text="For få timer", by=user, on=WORKING_DAY, law=law)


def clocks(session: Session) -> list[tuple[date, bool]]:
    rows = session.scalars(select(FollowUp).where(FollowUp.kind == "complaint_review").order_by(FollowUp.id))
    return [(row.due_on, row.done_on is not None) for row in rows]


def test_the_clock_runs_four_weeks_from_the_day_it_came(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    received(session, decision, user, law, date(2014, 9, 20))

    assert clocks(session) == [(date(2014, 10, 18), False)]
    assert session.scalars(select(JournalEntry.title)).one() == "Klage modtaget: Bevilling"


@pytest.mark.parametrize(("day", "is_late"), [(date(2014, 9, 29), False), (date(2014, 9, 30), True)])
def test_a_complaint_after_the_fourth_week_is_late_and_still_taken(
    session: Session, decision: Decision, user: User, law: Law, day: date, is_late: bool
) -> None:
    complaint = received(session, decision, user, law, day)

    assert complaint.is_late is is_late
    assert clocks(session) == [(day + timedelta(weeks=4), False)]


@pytest.mark.parametrize(
    ("sent", "last"),
    [(date(2014, 9, 12), date(2014, 10, 10)), (date(2014, 9, 13), date(2014, 10, 13)), (None, date(2014, 9, 29))],
    ids=["from the day it was sent", "a Saturday moves to Monday", "from the letter's date until it is marked"],
)
def test_the_four_weeks_of_a_complaint_run_from_the_day_the_letter_was_sent(
    session: Session, decision: Decision, user: User, law: Law, sent: date | None, last: date
) -> None:
    letter = Letter(
        citizen_id=decision.citizen_id, grant_id=decision.grant_id, kind="grant", title="Bevilling", pdf=b"%PDF",
        sha256="", template="", sent_on=DECIDED, sent_by_id=user.id,
    )  # fmt: skip
    session.add(letter)
    session.flush()
    decision.letter_id = letter.id
    if sent:
        session.add(LetterSending(letter_id=letter.id, channel="paper", sent_on=sent, by_id=user.id))

    session.flush()
    session.expire(letter)

    assert complaints.last_day_of(session, decision, law) == last


def test_full_agreement_stops_the_clock(session: Session, decision: Decision, user: User, law: Law) -> None:
    complaint = received(session, decision, user, law)

    told = {"outcome": "changed", "reviewed_on": WORKING_DAY, "note": "Enig."}
    complaints.review(session, complaint, **told, by=user, on=WORKING_DAY)

    assert [done for _, done in clocks(session)] == [True]
    with pytest.raises(InvalidTransition):
        complaints.forward(session, complaint, forwarded_on=WORKING_DAY, by=user, on=WORKING_DAY)


def test_an_upheld_decision_keeps_the_clock_running_until_it_is_sent_on_and_then_answered(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint, told = received(session, decision, user, law), {"by": user, "on": WORKING_DAY}
    complaints.review(session, complaint, outcome="partly", reviewed_on=WORKING_DAY, note="Delvis.", **told)
    assert [done for _, done in clocks(session)] == [False]

    complaints.forward(session, complaint, forwarded_on=WORKING_DAY, **told)
    complaints.answer(session, complaint, board_outcome="returned", board_on=WORKING_DAY, **told)

    assert [done for _, done in clocks(session)] == [True]
    titles = session.scalars(select(JournalEntry.title).order_by(JournalEntry.id)).all()
    assert titles[-1] == "Ankestyrelsens afgørelse: hjemvist til ny behandling"
    with pytest.raises(InvalidTransition):
        complaints.answer(session, complaint, board_outcome="changed", board_on=WORKING_DAY, **told)


def test_it_can_not_be_sent_on_before_it_is_looked_at_again(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = received(session, decision, user, law)

    with pytest.raises(InvalidTransition, match="genvurderes først"):
        complaints.forward(session, complaint, forwarded_on=WORKING_DAY, by=user, on=WORKING_DAY)


def test_two_complaints_of_one_day_share_a_clock_that_the_last_one_stops(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    first = received(session, decision, user, law)
    told = {"received_on": WORKING_DAY, "by": user, "on": WORKING_DAY, "law": law}
    second = complaints.receive(session, decision, text="Forkert mentor", **told)
    settled = {"outcome": "changed", "reviewed_on": WORKING_DAY, "note": "Enig.", "by": user, "on": WORKING_DAY}

    complaints.review(session, first, **settled)
    assert [done for _, done in clocks(session)] == [False]
    complaints.review(session, second, **settled)

    assert [done for _, done in clocks(session)] == [True]
    assert received(session, decision, user, law) is first


def test_the_clock_goes_on_when_the_course_ends(session: Session, decision: Decision, user: User, law: Law) -> None:
    complaint = received(session, decision, user, law)

    followups.drop_open(session, complaint.grant_id or 0, reason="Ophør", by=user, on=WORKING_DAY)

    assert session.scalars(select(FollowUp.dropped_on).where(FollowUp.kind == "complaint_review")).one() is None


@pytest.mark.parametrize("day", [DECIDED - timedelta(days=1), WORKING_DAY + timedelta(days=1)])
def test_a_day_before_the_decision_or_to_come_is_refused(
    session: Session, decision: Decision, user: User, law: Law, day: date
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        received(session, decision, user, law, day)

    assert set(refused.value.errors) == {"received_on"}
    assert session.scalars(select(Complaint)).all() == []


def test_another_team_finds_neither_decision_nor_complaint(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint, stranger = received(session, decision, user, law), a_user(session, team=a_team(session, "Team Job"))

    with pytest.raises(NotFound):
        complaints.get_complaint(session, complaint.public_id, by=stranger, on=WORKING_DAY)
    with pytest.raises(NotFound):
        complaints.get_decision(session, decision.public_id, by=stranger, on=WORKING_DAY)


def test_the_pages_lead_from_the_decision_to_the_boards_answer(
    session: Session, client: FlaskClient, decision: Decision, user: User
) -> None:
    a_municipality(session)
    session.commit()
    visitor = logged_in(client.application, session, user)
    new = f"/klager/ny/{decision.public_id}"
    assert "Klagefristen udløb 29.09.2014" in visitor.get(new).text
    assert visitor.post(new, data={"received_on": "15-10-2014", "text": ""}).status_code == 422

    address = visitor.post(new, data={"received_on": "15-10-2014", "text": "For få timer"}).location
    steps = (
        ("genvurder", {"outcome": "upheld", "reviewed_on": "15-10-2014", "note": "Fastholdes."}),
        ("send", {"forwarded_on": "15-10-2014"}),
        ("svar", {"board_outcome": "upheld", "board_on": "15-10-2014"}),
    )
    assert [visitor.post(f"{address}/{step}", data=told).status_code for step, told in steps] == [303] * 3
    assert "Stadfæstet" in visitor.get(address).text
