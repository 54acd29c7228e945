"""Kontaktbrud og ugeoversigt: the gap rule, held against the rule of the domain."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_breach import ContactWeek, list_breaches, weeks_of
from jobcenter_mentor.casework.meetings.contact_deadline import broken_days
from jobcenter_mentor.casework.meetings.service import list_of_grant
from jobcenter_mentor.domain.law.deadlines import breaches_by_law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_team, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting, an_absence

DAYS = st.dates(date(2013, 12, 1), date(2016, 12, 31))


def weeks(session: Session, course: Course, on: date = WORKING_DAY) -> list[ContactWeek]:
    return weeks_of(course.grant, list_of_grant(session, course.grant.id), on=on, law=law_of(session))


def states(session: Session, course: Course, on: date = WORKING_DAY) -> dict[int, str]:
    return {week.number: week.state for week in weeks(session, course, on)}


def bound(start: date) -> Grant:
    return Grant(start=start, right_and_duty=True, contact_interval_days=7)


@given(start=DAYS, offsets=st.lists(st.integers(0, 120), max_size=25), length=st.integers(0, 130))
def test_the_broken_days_end_with_the_breaches_the_law_counts(start: date, offsets: list[int], length: int) -> None:
    until = start + timedelta(days=length)
    contacts = [start + timedelta(days=offset) for offset in offsets]

    broken = broken_days(bound(start), contacts, until, loader.law())

    by_law = breaches_by_law(start, contacts, until, loader.law().on(start))
    assert [last for _, last in broken] == [breach.last for breach in by_law]
    assert all(breach.first < first <= last for (first, last), breach in zip(broken, by_law, strict=True))


@pytest.mark.parametrize(
    ("start", "broken"),
    [
        (date(2014, 9, 1), [(date(2014, 9, 9), date(2014, 9, 30))]),
        (date(2015, 12, 24), [(date(2016, 1, 1), date(2016, 1, 20))]),
        (date(2015, 12, 25), [(date(2016, 1, 9), date(2016, 1, 20))]),
        (date(2016, 3, 1), [(date(2016, 3, 16), date(2016, 3, 30))]),
        (date(2019, 12, 20), []),
    ],
)
def test_how_often_follows_the_law_of_the_day_an_interval_ends(start: date, broken: list[tuple[date, date]]) -> None:
    """A course granted under the weekly rule goes over to every second week in 2016; from 2020 none is confirmed."""
    until = broken[0][1] if broken else date(2020, 2, 1)

    assert broken_days(bound(start), [], until, loader.law()) == broken


@pytest.mark.parametrize(("last_contact", "days_over"), [(date(2014, 10, 8), None), (date(2014, 10, 7), 1)])
def test_a_gap_of_seven_days_is_kept_and_of_eight_is_a_breach(
    session: Session, last_contact: date, days_over: int | None
) -> None:
    course = a_course(session)
    a_logged_meeting(session, course, last_contact)

    found = list_breaches(session, actor=Actor(course.caseworker, WORKING_DAY), law=law_of(session))

    assert [breach.days_over for breach in found] == ([] if days_over is None else [days_over])


def test_a_mentor_never_met_is_a_breach_from_the_start(session: Session) -> None:
    course = a_course(session)

    breach = list_breaches(session, actor=Actor(course.caseworker, WORKING_DAY), law=law_of(session))[0]

    assert (breach.last_contact, breach.days_since, breach.days_over) == (None, 51, 44)


def test_a_breach_names_what_was_tried_since(session: Session) -> None:
    course = a_course(session)
    a_logged_meeting(session, course, date(2014, 10, 1), form="sms")
    a_logged_meeting(session, course, date(2014, 10, 4))
    a_logged_meeting(session, course, date(2014, 10, 6), form="phone")
    a_logged_meeting(session, course, date(2014, 10, 7), form="phone")
    an_absence(session, course, date(2014, 10, 9))

    breach = list_breaches(session, actor=Actor(course.caseworker, WORKING_DAY), law=law_of(session))[0]

    assert (breach.last_contact, breach.attempts) == (date(2014, 10, 4), {"phone": 2, "absent": 1})


def test_ended_ordinary_and_coming_courses_are_no_breaches(session: Session) -> None:
    a_course(session, ended_on=date(2014, 10, 14))
    a_course(session, right_and_duty=False, contact_interval_days=None)
    a_course(session, start=date(2014, 10, 16))
    caseworker = a_course(session, ended_on=WORKING_DAY).caseworker

    assert len(list_breaches(session, actor=Actor(caseworker, WORKING_DAY), law=law_of(session))) == 1


def test_breaches_are_those_of_the_team_and_mine_those_of_the_caseworker(session: Session) -> None:
    mine, colleagues = a_course(session), a_course(session)
    outsider = a_user(session, "SB", team=a_team(session, "Team Voksne"))
    mine.grant.caseworker_id = mine.caseworker.id
    session.flush()

    assert len(list_breaches(session, actor=Actor(mine.caseworker, WORKING_DAY), law=law_of(session))) == 2
    own = list_breaches(session, actor=Actor(mine.caseworker, WORKING_DAY), law=law_of(session), mine=True)
    assert [breach.case_number for breach in own] == [mine.grant.case_number]
    assert list_breaches(session, actor=Actor(outsider, WORKING_DAY), law=law_of(session)) == []
    assert colleagues.grant.case_number != mine.grant.case_number


def test_a_protected_name_is_not_shown_in_full(session: Session) -> None:
    course = a_course(session)
    course.grant.citizen.protected = True
    session.flush()

    assert (
        "Jensen"
        not in list_breaches(session, actor=Actor(course.caseworker, WORKING_DAY), law=law_of(session))[0].citizen
    )


def test_each_week_shows_hours_and_whether_contact_was_kept(session: Session) -> None:
    course = a_course(session, start=date(2014, 9, 15))
    a_logged_meeting(session, course, date(2014, 9, 16), minutes=90)
    a_logged_meeting(session, course, date(2014, 9, 23))
    a_logged_meeting(session, course, date(2014, 10, 13))

    shown = states(session, course)

    assert [shown[week] for week in range(38, 44)] == ["met", "met", "breach", "breach", "breach", "free"]
    assert weeks(session, course)[0].minutes == 90


def test_the_week_at_hand_is_no_breach_while_the_contact_can_still_be_made(session: Session) -> None:
    course = a_course(session, start=date(2014, 10, 6))
    a_logged_meeting(session, course, date(2014, 10, 8))

    assert states(session, course)[42] == "now"
    assert states(session, course, date(2014, 10, 16))[42] == "breach"


def test_weeks_over_new_year_are_numbered_as_the_calendar_does(session: Session) -> None:
    course = a_course(session, start=date(2014, 12, 22), last_day=date(2015, 1, 11))

    numbers = [week.number for week in weeks(session, course)]

    assert numbers == [52, 1, 2]


def test_year_2015_has_a_week_53_and_leap_day_lies_in_week_9(session: Session) -> None:
    course = a_course(session, start=date(2015, 12, 28), last_day=date(2016, 3, 6))

    shown = weeks(session, course)

    assert (shown[0].number, shown[-1].monday, shown[-1].number) == (53, date(2016, 2, 29), 9)


def test_an_ordinary_course_shows_no_breach(session: Session) -> None:
    course = a_course(session, start=date(2014, 9, 29), right_and_duty=False, contact_interval_days=None)
    a_logged_meeting(session, course, date(2014, 10, 7))

    assert [states(session, course)[week] for week in (40, 41, 42)] == ["none", "met", "now"]
