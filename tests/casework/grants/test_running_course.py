"""Courses from a sheet: taken in without decision and letter, assessed by the law of their first day."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames.service import list_reservations
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.grants.running_course import NewCourse, TakenIn, find_course, take_in_course
from jobcenter_mentor.domain.kernel.errors import NotAllowed, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_citizen, a_frame, a_mentor, a_team, a_user


def a_course(session: Session, **changes: object) -> NewCourse:
    """A course of 2 hours a week at 300 kr. from 3 March to 31 August 2014."""
    course = NewCourse(
        citizen=a_citizen(session),
        start=date(2014, 3, 3),
        last_day=date(2014, 8, 31),
        minutes_per_week=120,
        hourly_price=30000,
        mentor_type="INT",
        mentor=a_mentor(session),
        goal="Holder fast i praktikken.",
    )
    return replace(course, **changes)


def taken_in(session: Session, law: Law, course: NewCourse) -> TakenIn:
    return take_in_course(session, course, actor=Actor(a_user(session, "SB"), WORKING_DAY), law=law)


def test_a_course_is_taken_in_without_decision_and_letter(session: Session, law: Law) -> None:
    a_frame(session)

    grant = taken_in(session, law, a_course(session)).grant

    assert (grant.origin, grant.letter_note, grant.decided_on) == ("imported", "brev sendt før systemet", None)
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
    assert session.scalar(select(func.count()).select_from(Letter)) == 0


def test_missing_facts_are_listed_and_the_right_stays_open(session: Session, law: Law) -> None:
    a_frame(session)

    taken = taken_in(session, law, a_course(session))

    assert "citizen.can_take_other_offers" in taken.missing
    assert (taken.grant.right_and_duty, taken.grant.legal_basis) == (None, "")
    assert taken.grant.assessment_id is not None


def test_it_is_reserved_by_the_group_of_its_first_day(session: Session, law: Law) -> None:
    a_frame(session)

    grant = taken_in(session, law, a_course(session)).grant

    rows = list_reservations(session, grant.id)
    assert [(r.year, r.cost, r.covered, r.frame_kind, r.rate_percent) for r in rows] == [
        (2014, 1_560_000, 1_560_000, "mentor_2014", 50)
    ]


def test_a_full_frame_does_not_refuse_it(session: Session, law: Law) -> None:
    a_frame(session, amount=1_000_000)

    grant = taken_in(session, law, a_course(session)).grant

    rows = list_reservations(session, grant.id)
    assert [(row.covered, row.beyond) for row in rows] == [(1_000_000, 560_000)]


def test_a_course_of_2013_is_reserved_in_2014_by_the_rule_of_2014(session: Session, law: Law) -> None:
    a_frame(session)
    citizen = a_citizen(session, status_from=date(2013, 1, 1))

    taken = taken_in(
        session, law, a_course(session, citizen=citizen, start=date(2013, 9, 2), last_day=date(2014, 3, 1))
    )

    rows = list_reservations(session, taken.grant.id)
    assert taken.missing == ("citizen.situation",)
    assert [(row.year, row.frame_kind, row.covered > 0) for row in rows] == [
        (2013, "none_unlimited", False),
        (2014, "mentor_2014", True),
    ]


@pytest.mark.parametrize(("minutes", "warned"), [(0, True), (38 * 60, True), (120, False)])
def test_odd_hours_are_taken_in_with_a_warning(session: Session, law: Law, minutes: int, warned: bool) -> None:
    a_frame(session)

    taken = taken_in(session, law, a_course(session, minutes_per_week=minutes))

    assert taken.grant.periods[0].minutes_per_week == minutes
    assert any("Timetallet" in words for words in taken.warnings) is warned


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": date(2014, 3, 2)}, "last_day"),
        ({"minutes_per_week": -1}, "minutes_per_week"),
        ({"minutes_per_week": 168 * 60 + 1}, "minutes_per_week"),
        ({"hourly_price": -1}, "hourly_price"),
    ],
)
def test_impossible_courses_are_refused_by_field(
    session: Session, law: Law, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        taken_in(session, law, a_course(session, **changes))

    assert list(refused.value.errors) == [field]


def test_a_citizen_of_another_team_cannot_be_taken_in(session: Session, law: Law) -> None:
    citizen = a_citizen(session, team_id=a_team(session, "Team Syd").id)

    with pytest.raises(NotAllowed):
        taken_in(session, law, a_course(session, citizen=citizen))


def test_a_course_is_found_again_by_its_key(session: Session, law: Law) -> None:
    a_frame(session)
    course = a_course(session)
    grant = taken_in(session, law, course).grant

    assert find_course(session, course.citizen, course.start, course.mentor) is grant
    assert find_course(session, course.citizen, course.start, None) is None


def test_a_place_mentor_is_taken_in_with_the_citizens_share(session: Session, law: Law) -> None:
    a_frame(session)

    grant = taken_in(session, law, a_course(session, form="place", place_share=4, minutes_per_week=360)).grant

    assert [row.cost for row in list_reservations(session, grant.id)] == [1_170_000]
