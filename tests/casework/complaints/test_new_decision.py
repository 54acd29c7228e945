"""Ny afgørelse efter medhold: its last day stands in the radar until it is made in the case."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.complaints import clocks
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.promised_decision import settle_promised
from jobcenter_mentor.casework.meetings import deadline_review as by_words
from jobcenter_mentor.domain.kernel.errors import InvalidTransition
from jobcenter_mentor.domain.law.complaint_deadlines import DECIDE
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_user
from tests.casework.changes.test_service import MORE, a_course, approved, proposed
from tests.casework.complaints.cases import a_complaint, a_decision, reviewed

DUE = WORKING_DAY + timedelta(weeks=4)


@pytest.fixture
def law(session: Session) -> Law:
    return law_of(session)


def waiting(session: Session) -> list[tuple[date, bool]]:
    """The clocks of new decisions: the last day, and whether it is settled."""
    rows = session.scalars(select(FollowUp).where(FollowUp.kind == DECIDE))
    return [(row.due_on, row.done_on is not None) for row in rows]


def first_of(session: Session, grant: Grant) -> Decision:
    return session.scalars(select(Decision).where(Decision.grant_id == grant.id)).one()


@pytest.mark.parametrize("outcome", ["changed", "partly"])
def test_a_yes_runs_a_clock_until_the_new_decision_is_approved(session: Session, law: Law, outcome: str) -> None:
    grant, user = a_course(session, law), a_user(session)
    complaint = a_complaint(session, first_of(session, grant), user, law, WORKING_DAY)

    reviewed(session, complaint, outcome, user, law, WORKING_DAY)
    before = waiting(session)
    approved(session, proposed(session, grant, MORE, law), law)

    assert (before, waiting(session)) == ([(DUE, False)], [(DUE, True)])


def test_a_no_asks_for_no_new_decision(session: Session, law: Law) -> None:
    user = a_user(session)
    complaint = a_complaint(session, a_decision(session, user, WORKING_DAY), user, law, WORKING_DAY)

    reviewed(session, complaint, "upheld", user, law, WORKING_DAY)

    assert waiting(session) == []


@pytest.mark.parametrize("kind", ["grant", "refusal"])
def test_a_decision_in_another_case_of_the_citizen_does_not_answer_it(session: Session, law: Law, kind: str) -> None:
    user, citizen = a_user(session), a_citizen(session)
    complaint = a_complaint(session, a_decision(session, user, WORKING_DAY, citizen=citizen), user, law, WORKING_DAY)
    reviewed(session, complaint, "changed", user, law, WORKING_DAY)
    other = a_decision(session, user, WORKING_DAY, kind=kind, citizen=citizen)

    settle_promised(session, other, actor=Actor(user, WORKING_DAY))

    assert other.case_number != complaint.case_number
    assert clocks.new_decision(session, complaint) is None
    assert waiting(session) == [(DUE, False)]


def test_a_new_grant_answers_where_the_course_has_ended(session: Session, law: Law) -> None:
    user, citizen = a_user(session), a_citizen(session)
    first = a_decision(session, user, WORKING_DAY, kind="refusal", citizen=citizen)
    complaint = a_complaint(session, first, user, law, WORKING_DAY)
    reviewed(session, complaint, "changed", user, law, WORKING_DAY)
    session.get_one(Grant, first.grant_id).ended_on = WORKING_DAY
    anew = a_decision(session, user, WORKING_DAY, citizen=citizen)

    settle_promised(session, anew, actor=Actor(user, WORKING_DAY))

    assert clocks.new_decision(session, complaint) is anew
    assert waiting(session) == [(DUE, True)]


def test_words_alone_do_not_settle_it(session: Session, law: Law) -> None:
    user = a_user(session)
    complaint = a_complaint(session, a_decision(session, user, WORKING_DAY), user, law, WORKING_DAY)
    reviewed(session, complaint, "changed", user, law, WORKING_DAY)
    row = session.scalars(select(FollowUp).where(FollowUp.kind == DECIDE)).one()

    with pytest.raises(InvalidTransition, match="når den nye afgørelse i sagen er godkendt"):
        by_words.settle(session, row, result="Klaret", actor=Actor(user, WORKING_DAY))
