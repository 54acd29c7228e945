"""Delforløb: kept with the course they belong to in the transaction of every decision, change, end and intake."""

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import course_change, subcourses
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod, SubCourse, SubCourseVersion
from jobcenter_mentor.platform.access.actor import Actor
from tests import builders as a

ON = a.WORKING_DAY


def kept(session: Session) -> list[tuple[Any, ...]]:
    """Return grant, course, days and minutes of all sub-courses."""
    columns = (SubCourse.grant_id, SubCourse.course_id, SubCourse.first_day, SubCourse.last_day)
    order = (SubCourse.citizen_id, SubCourse.form, SubCourse.first_day, SubCourse.grant_id)
    return [tuple(row) for row in session.execute(select(*columns, SubCourse.minutes_per_week).order_by(*order))]


def version(session: Session) -> int:
    return session.scalars(select(SubCourseVersion.number)).one()


def test_a_change_of_hours_ends_one_sub_course_and_begins_the_next(session: Session) -> None:
    a.a_frame(session)
    grant = a.a_grant(session)
    subcourses.keep(session, [grant.id])

    course_change.change_hours(
        session,
        grant,
        minutes_per_week=180,
        from_day=date(2014, 11, 1),
        reason="Mere støtte",
        actor=Actor(a.a_user(session), ON),
    )

    assert kept(session) == [
        (grant.id, grant.id, date(2014, 8, 25), date(2014, 10, 31), 120),
        (grant.id, grant.id, date(2014, 11, 1), date(2015, 2, 24), 180),
    ]


def test_an_early_end_cuts_the_sub_course(session: Session) -> None:
    a.a_frame(session)
    grant = a.a_grant(session)
    subcourses.keep(session, [grant.id])

    course_change.end_early(
        session, grant, course_change.GrantEnding(date(2014, 10, 31), "off_benefit"), actor=Actor(a.a_user(session), ON)
    )

    assert [row[3] for row in kept(session)] == [date(2014, 10, 31)]


def test_a_course_in_between_joins_two_that_stood_apart_and_parts_them_again(session: Session) -> None:
    citizen = a.a_citizen(session)
    first = a.a_grant(session, citizen, start=date(2014, 1, 1), last_day=date(2014, 1, 31))
    last = a.a_grant(session, citizen, start=date(2014, 3, 1), last_day=date(2014, 3, 31))
    subcourses.keep(session, [first.id, last.id])
    assert [row[1] for row in kept(session)] == [first.id, last.id]

    between = a.a_grant(session, citizen, start=date(2014, 2, 1), last_day=date(2014, 2, 28))
    subcourses.keep(session, [between.id])
    assert {row[1] for row in kept(session)} == {first.id}

    subcourses.forget(session, [between.id])
    assert [row[:2] for row in kept(session)] == [(first.id, first.id), (last.id, last.id)]


def test_a_place_mentor_and_an_individual_one_are_two_courses(session: Session) -> None:
    citizen = a.a_citizen(session)
    grants = [
        a.a_grant(session, citizen, start=date(2014, 1, 1), last_day=date(2014, 1, 31)),
        a.a_grant(session, citizen, start=date(2014, 2, 1), last_day=date(2014, 2, 28), form="place"),
    ]

    subcourses.keep(session, [grant.id for grant in grants])

    assert [row[1] for row in kept(session)] == [grant.id for grant in grants]


def test_a_new_price_at_the_same_hours_is_the_same_sub_course(session: Session) -> None:
    grant = a.a_grant(session)
    grant.periods[0].last_day = date(2014, 9, 30)
    grant.periods.append(GrantPeriod(first_day=date(2014, 10, 1), last_day=grant.last_day, minutes_per_week=120))

    subcourses.keep(session, [grant.id])

    assert [row[2:4] for row in kept(session)] == [(grant.start, grant.last_day)]


def test_keeping_twice_changes_nothing(session: Session) -> None:
    grant = a.a_grant(session)
    subcourses.keep(session, [grant.id])
    before = version(session)

    subcourses.keep_all(session)

    assert version(session) == before


def test_kept_one_by_one_and_recomputed_are_the_same(session: Session) -> None:
    rng = Random(5)
    citizens = [a.a_citizen(session) for _ in range(6)]
    for _ in range(40):
        start = date(2014, 1, 1).toordinal() + rng.randrange(300)
        form = rng.choice(("individual", "place"))
        days = date.fromordinal(start), date.fromordinal(start + rng.randrange(40))
        grant = a.a_grant(session, rng.choice(citizens), start=days[0], last_day=days[1], form=form)
        subcourses.keep(session, [grant.id])

    assert subcourses.differing(session) == []
    assert len({row[1] for row in kept(session)}) < 40

    spoilt = session.scalars(select(SubCourse)).first()
    assert spoilt is not None
    spoilt.minutes_per_week += 1
    session.flush()
    assert subcourses.differing(session) == [spoilt.grant_id]


def test_the_check_names_a_course_without_its_sub_course(session: Session) -> None:
    grant: Grant = a.a_grant(session)

    assert subcourses.differing(session) == [grant.id]
