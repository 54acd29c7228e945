"""Forløb, der udløber: which stand on the list, with a proposal made of their own goals and hours."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Goal
from jobcenter_mentor.casework.meetings import renewal
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_team, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting
from tests.statements import statements_sent

START = WORKING_DAY - timedelta(weeks=8)
ORDINARY = {"right_and_duty": False, "legal_basis": "LAB § 31 b, stk. 1"}


def ends_in(session: Session, days: int, **changes: object) -> Course:
    return a_course(session, start=START, last_day=WORKING_DAY + timedelta(days=days), **changes)


@pytest.mark.parametrize(
    ("days", "changes", "listed"),
    [
        (0, {}, True),
        (28, {}, True),
        (29, {}, False),
        (-1, {}, False),
        (10, {"ended_on": WORKING_DAY + timedelta(days=10)}, False),
    ],
)
def test_a_course_is_listed_in_its_last_28_days(
    session: Session, law: Law, days: int, changes: dict[str, date], listed: bool
) -> None:
    course = ends_in(session, days, **changes)
    course.grant.caseworker_id = course.caseworker.id

    found = renewal.list_renewals(session, actor=Actor(course.caseworker, WORKING_DAY), law=law, mine=True)

    assert [(one.id, one.days_left) for one in found] == ([(course.grant.public_id, days)] if listed else [])


def test_a_course_that_goes_on_is_not_listed_and_the_next_to_end_stands_first(session: Session, law: Law) -> None:
    leader = a_user(session, "TL")
    team = {"team_id": leader.roles[0].team_id}
    late, soon, renewed = (ends_in(session, days, **team).grant for days in (20, 5, 10))
    a_grant(session, renewed.citizen, previous_grant_id=renewed.id, start=renewed.last_day + timedelta(days=1), **team)

    found = renewal.list_renewals(session, actor=Actor(leader, WORKING_DAY), law=law)

    assert [one.id for one in found] == [soon.public_id, late.public_id]


def test_each_has_the_proposal_of_its_own_goals_and_hours(session: Session, law: Law) -> None:
    leader = a_user(session, "TL")
    done, little = (ends_in(session, days, **ORDINARY, team_id=leader.roles[0].team_id) for days in (5, 6))
    session.add(Goal(grant_id=done.grant.id, number=1, text="Tager bussen", status="reached", set_by_id=leader.id))
    a_logged_meeting(session, little, minutes=60)

    found = renewal.list_renewals(session, actor=Actor(leader, WORKING_DAY), law=law)

    assert [one.proposal.code for one in found] == ["end", "fewer"]
    assert "6 % af de bevilgede timer er brugt." in found[1].proposal.reasons


def test_the_statements_do_not_grow_with_the_list(session: Session, law: Law) -> None:
    leader = a_user(session, "TL")
    for number in range(4):
        ends_in(session, number, team_id=leader.roles[0].team_id)
    session.expire_all()

    with statements_sent() as sent:
        found = renewal.list_renewals(session, actor=Actor(leader, WORKING_DAY), law=law)

    assert len(found) == 4
    assert len(sent) <= 8


def test_another_team_and_a_mentor_see_no_draft(session: Session) -> None:
    grant = ends_in(session, 5).grant
    stranger = a_user(session, "SB", team=a_team(session, "Team Job"))

    for user in (stranger, a_user(session, "MI", mentor=a_mentor(session))):
        with pytest.raises(NotFound):
            renewal.show(session, grant.public_id, actor=Actor(user, WORKING_DAY))
