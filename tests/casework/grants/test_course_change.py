"""Changes of a course: hours, mentor and early end; the reservation and the deadlines follow."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.frames.service import list_reservations, remaining
from jobcenter_mentor.casework.grants import course_change
from jobcenter_mentor.casework.grants.course_change import DECLINED, ORDINARY_OFFER, GrantEnding
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.statuses import GrantStatus
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_referral, a_team, a_user
from tests.casework.grants.cases import a_discretionary_referral, granted, the_frames

FIRST_OF_DECEMBER = date(2014, 12, 1)


def a_granted_course(session: Session, law: Law) -> tuple[Grant, User]:
    """A right-and-duty course of 2 hours a week to 19 April 2015, reserved, and its caseworker."""
    the_frames(session)
    return granted(session, a_referral(session), law=law), a_user(session, "SB")


def cost_of(session: Session, grant: Grant) -> list[tuple[int, int]]:
    """What is reserved, by year, in øre."""
    return [(row.year, row.cost) for row in list_reservations(session, grant.id)]


def change(session: Session, grant: Grant, by: User, *, minutes: int = 180, from_day: date = FIRST_OF_DECEMBER) -> None:
    course_change.change_hours(
        session, grant, minutes_per_week=minutes, from_day=from_day, reason="Mere støtte.", actor=Actor(by, WORKING_DAY)
    )


def periods_of(grant: Grant) -> list[tuple[date, date, int]]:
    return [(p.first_day, p.last_day, p.minutes_per_week) for p in grant.periods]


def test_a_change_of_hours_is_a_new_period_of_the_same_course(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    change(session, grant, caseworker)

    assert periods_of(grant) == [
        (date(2014, 10, 20), date(2014, 11, 30), 120),
        (FIRST_OF_DECEMBER, date(2015, 4, 19), 180),
    ]
    assert session.scalar(select(func.count()).select_from(Grant)) == 1


def test_a_change_of_hours_resizes_both_years(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    change(session, grant, caseworker)

    assert cost_of(session, grant) == [(2014, 42 * 2 * 30000 // 7 + 398571), (2015, 1401429)]


def test_a_change_from_the_first_day_leaves_no_empty_period(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    change(session, grant, caseworker, from_day=grant.start)

    assert periods_of(grant) == [(grant.start, grant.last_day, 180)]


def test_a_later_change_is_replaced_by_an_earlier_one(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)
    change(session, grant, caseworker, minutes=240, from_day=date(2015, 2, 1))

    change(session, grant, caseworker, minutes=60, from_day=date(2015, 1, 1))

    assert [period[2] for period in periods_of(grant)] == [120, 60]
    assert [(b[0] - a[1]).days for a, b in zip(periods_of(grant), periods_of(grant)[1:], strict=False)] == [1]


@pytest.mark.parametrize(
    ("minutes", "from_day", "field"),
    [
        (0, FIRST_OF_DECEMBER, "minutes_per_week"),
        (168 * 60 + 1, FIRST_OF_DECEMBER, "minutes_per_week"),
        (120, date(2014, 10, 19), "from_day"),
        (120, date(2015, 4, 20), "from_day"),
    ],
)
def test_impossible_changes_are_named_by_field(
    session: Session, law: Law, minutes: int, from_day: date, field: str
) -> None:
    grant, caseworker = a_granted_course(session, law)

    with pytest.raises(ValidationFailed) as refused:
        change(session, grant, caseworker, minutes=minutes, from_day=from_day)

    assert list(refused.value.errors) == [field]


def test_more_hours_of_an_offer_must_fit_the_frame(session: Session, law: Law) -> None:
    the_frames(session, left_2014=625_714, left_2015=934_286)
    grant = granted(session, a_discretionary_referral(session), law=law)

    with pytest.raises(Conflict):
        change(session, grant, a_user(session, "SB"))


def test_fewer_hours_give_the_frame_its_room_back(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)
    before = remaining(session, year=2015, kind="mentor_2014")

    change(session, grant, caseworker, minutes=60, from_day=date(2015, 1, 1))

    after = remaining(session, year=2015, kind="mentor_2014")
    assert before is not None
    assert after == before + 467143


def test_a_course_of_another_team_cannot_be_changed(session: Session, law: Law) -> None:
    grant, _ = a_granted_course(session, law)
    stranger = a_user(session, "SB", team=a_team(session, "Team Syd"))

    with pytest.raises(NotAllowed):
        change(session, grant, stranger)


def test_a_course_that_is_over_cannot_be_changed(session: Session) -> None:
    grant = a_grant(session, start=date(2014, 3, 3), last_day=date(2014, 9, 2))

    with pytest.raises(InvalidTransition, match="udløbet"):
        change(session, grant, a_user(session, "SB"), from_day=date(2014, 9, 1))


def test_the_first_mentor_prices_the_whole_course(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)
    grant.approved_price = 42500

    course_change.set_mentor(
        session, grant, a_mentor(session), hourly_price=42500, actor=Actor(caseworker, WORKING_DAY)
    )

    assert sum(cost for _, cost in cost_of(session, grant)) == 52 * 42500
    assert len(grant.periods) == 1


def test_a_new_mentor_prices_only_the_days_from_then_on(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)
    course_change.set_mentor(
        session, grant, a_mentor(session), hourly_price=30000, actor=Actor(caseworker, WORKING_DAY)
    )
    grant.approved_price = 60000

    course_change.set_mentor(
        session, grant, a_mentor(session), hourly_price=60000, actor=Actor(caseworker, date(2015, 1, 1))
    )

    assert cost_of(session, grant) == [(2014, 625714), (2015, 1868571)]
    assert [period.hourly_price for period in grant.periods] == [30000, None]


def test_a_volunteer_costs_nothing(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    course_change.set_mentor(session, grant, a_mentor(session), hourly_price=0, actor=Actor(caseworker, WORKING_DAY))

    assert sum(cost for _, cost in cost_of(session, grant)) == 0


@pytest.mark.parametrize("reason", ["goal", DECLINED, "other"])
def test_right_and_duty_does_not_end_for_any_reason(session: Session, law: Law, reason: str) -> None:
    grant, caseworker = a_granted_course(session, law)

    with pytest.raises(ValidationFailed) as refused:
        course_change.end_early(
            session, grant, GrantEnding(FIRST_OF_DECEMBER, reason, "Vi er enige."), actor=Actor(caseworker, WORKING_DAY)
        )

    assert "forlader målgruppen" in refused.value.errors["reason"][0]


@pytest.mark.parametrize(("reason", "allowed"), [(DECLINED, True), ("moved", True), ("goal", False), ("other", False)])
def test_the_right_at_discharge_ends_early_only_when_the_citizen_declines_or_leaves(
    session: Session, reason: str, allowed: bool
) -> None:
    grant = a_grant(session, discharge_right=True, right_and_duty=False)

    assert (reason in course_change.reasons_for(grant, WORKING_DAY)) is allowed


@pytest.mark.parametrize(("day", "known"), [(date(2019, 12, 31), True), (date(2020, 1, 1), False)])
def test_from_2020_no_course_ends_because_a_visitation_took_the_citizen_out_of_the_group(
    session: Session, day: date, known: bool
) -> None:
    rights = ({"right_and_duty": True}, {"right_and_duty": False}, {"discharge_right": True, "right_and_duty": False})
    for number, right in enumerate(rights):
        start = date(2019, 10, 1) + timedelta(days=number)
        grant = a_grant(session, start=start, last_day=date(2020, 3, 1), **right)
        found = course_change.ending_errors(grant, GrantEnding(date(2020, 1, 15), "visitation"), day)

        assert ("visitation" in course_change.reasons_for(grant, day)) is known
        assert ("Vælg en anden grund" in found.get("reason", [""])[0]) is not known


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (1, True), (2, False)])
def test_an_ordinary_offer_must_begin_the_day_after_at_the_latest(
    session: Session, law: Law, days: int, allowed: bool
) -> None:
    grant, caseworker = a_granted_course(session, law)
    ending = GrantEnding(FIRST_OF_DECEMBER, ORDINARY_OFFER, offer_start=FIRST_OF_DECEMBER + timedelta(days=days))

    try:
        course_change.end_early(session, grant, ending, actor=Actor(caseworker, WORKING_DAY))
        ended = True
    except ValidationFailed:
        ended = False

    assert ended is allowed


def test_an_early_end_gives_the_rest_back_and_drops_the_deadlines(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    course_change.end_early(
        session, grant, GrantEnding(date(2014, 12, 31), "moved"), actor=Actor(caseworker, WORKING_DAY)
    )

    open_ones = select(func.count()).select_from(FollowUp).where(FollowUp.dropped_on.is_(None))
    assert cost_of(session, grant) == [(2014, 625714)]
    assert session.scalar(select(Frame.covered).where(Frame.year == 2015)) == 0
    assert session.scalar(open_ones) == 0


def test_a_course_that_never_began_costs_nothing(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    course_change.end_early(session, grant, GrantEnding(WORKING_DAY, "died"), actor=Actor(caseworker, WORKING_DAY))

    assert cost_of(session, grant) == []
    assert grant.status_on(WORKING_DAY) is GrantStatus.ENDED
    assert grant.minutes_on(grant.start) == 0


def test_a_course_ends_once(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)
    course_change.end_early(
        session, grant, GrantEnding(FIRST_OF_DECEMBER, "moved"), actor=Actor(caseworker, WORKING_DAY)
    )

    with pytest.raises(InvalidTransition, match="allerede"):
        course_change.end_early(
            session, grant, GrantEnding(date(2014, 11, 1), "moved"), actor=Actor(caseworker, WORKING_DAY)
        )


def test_an_end_after_the_last_day_is_no_early_end(session: Session, law: Law) -> None:
    grant, caseworker = a_granted_course(session, law)

    with pytest.raises(ValidationFailed) as refused:
        course_change.end_early(
            session, grant, GrantEnding(grant.last_day, "moved"), actor=Actor(caseworker, WORKING_DAY)
        )

    assert list(refused.value.errors) == ["last_day"]


def test_an_offer_may_end_for_any_reason_on_the_list(session: Session, law: Law) -> None:
    the_frames(session)
    grant = granted(session, a_discretionary_referral(session), law=law)

    course_change.end_early(
        session, grant, GrantEnding(FIRST_OF_DECEMBER, "goal"), actor=Actor(a_user(session, "SB"), WORKING_DAY)
    )

    assert grant.end_reason == "Målet er nået"
