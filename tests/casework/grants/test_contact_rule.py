"""Kontaktkravet: the law's interval where it binds, the municipality's own where it is shorter or alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.contact_rule import days_between, due_after
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings import contact_breach, mentor_log
from jobcenter_mentor.casework.meetings.service import list_of_grant
from jobcenter_mentor.domain.law.deadlines import contact_due_by_law, deadlines_of_grant, next_contact
from jobcenter_mentor.domain.law.law import Law, LocalFigureValue, Source
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests import builders as a
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting
from tests.logins import Visitor

OWN = "local.contact_interval_days"
ORDINARY = {"right_and_duty": False, "contact_interval_days": None}


def with_own(*figures: tuple[date, int]) -> Law:
    """Return the law with the municipality's own interval from each day on."""
    source = Source("Kommunens egen beslutning", "", "")
    return loader.law().with_figures([LocalFigureValue(OWN, day, days, source) for day, days in figures])


def in_force(session: Session, days: int, since: date = date(2014, 1, 1)) -> None:
    """Put an interval of the municipality in force."""
    a.a_local_figure(session, OWN, str(days), since)


@pytest.mark.parametrize(
    ("own", "bound", "due"),
    [
        ((), True, date(2014, 9, 8)),
        ((), False, None),
        (((date(2014, 1, 1), 5),), True, date(2014, 9, 6)),
        (((date(2014, 1, 1), 10),), True, date(2014, 9, 8)),
        (((date(2014, 1, 1), 10),), False, date(2014, 9, 11)),
        (((date(2014, 1, 1), 10), (date(2014, 9, 5), 0)), False, None),
        (((date(2014, 9, 5), 2),), True, date(2014, 9, 5)),
        (((date(2014, 9, 5), 10),), False, date(2014, 9, 11)),
        (((date(2014, 10, 1), 10),), False, date(2014, 10, 1)),
    ],
    ids=[
        "the law alone",
        "neither",
        "the shorter own",
        "the shorter law",
        "own alone",
        "own that is over",
        "own that begins is not broken before",
        "own that begins",
        "own that begins when the days have passed",
    ],
)
def test_the_shorter_interval_binds_from_the_day_it_is_in_force(
    own: tuple[tuple[date, int], ...], bound: bool, due: date | None
) -> None:
    found = next_contact(with_own(*own).on(date(2014, 9, 1)), by_law=bound)

    assert (found and found.due) == due


@given(day=st.dates(date(2013, 6, 1), date(2020, 6, 1)))
def test_without_an_interval_of_its_own_the_law_alone_decides(day: date) -> None:
    law = loader.law().on(day)
    found = next_contact(law, by_law=True)

    assert (found and found.due) == contact_due_by_law(day, law)
    assert next_contact(law, by_law=False) is None


def test_from_2020_the_municipality_s_own_is_all_there_is() -> None:
    law = with_own((date(2021, 1, 1), 21))
    course = Grant(right_and_duty=False, contact_interval_days=None)

    assert due_after(course, date(2021, 3, 1), law) == date(2021, 3, 22)
    assert due_after(course, date(2020, 3, 1), loader.law()) is None
    assert days_between(course, date(2021, 3, 1), law) == 21


def test_a_grant_plans_the_first_contact_as_the_municipality_s_own_deadline() -> None:
    law = with_own((date(2021, 1, 1), 21)).on(date(2021, 3, 1))
    days = {"granted": date(2021, 3, 1), "start": date(2021, 3, 8), "end": date(2021, 8, 31)}

    (planned,) = [one for one in deadlines_of_grant(**days, right_and_duty=False, law=law) if one.kind == "contact"]

    assert (planned.due, planned.authority, planned.rule) == (date(2021, 3, 29), "local", "dl.contact.local")
    assert "mindst hver 21. dag" in planned.what


def a_course_followed(session: Session) -> Course:
    """Return an ordinary course, met on 1 October, in a municipality that asks for contact every tenth day."""
    in_force(session, 10)
    course = a_course(session, **ORDINARY)
    a_logged_meeting(session, course, date(2014, 10, 1))
    return course


def test_the_mentor_s_list_the_log_page_and_the_deadline_follow_it(session: Session) -> None:
    course = a_course_followed(session)
    who = {"actor": Actor(course.mentor, a.WORKING_DAY), "law": law_of(session)}

    (listed,) = mentor_log.list_courses(session, **who)
    page = mentor_log.get_log_page(session, course.grant.public_id, **who)
    planned = session.scalars(select(FollowUp).where(FollowUp.kind == "contact", FollowUp.done_on.is_(None))).one()

    assert listed.contact_due == page.contact_due == planned.due_on == date(2014, 10, 11)
    assert (planned.authority, planned.section) == ("local", "kommunens standard")


def test_the_breaches_and_the_weeks_follow_it(session: Session) -> None:
    course = a_course_followed(session)
    law = law_of(session)

    (breach,) = contact_breach.list_breaches(session, actor=Actor(course.caseworker, a.WORKING_DAY), law=law)
    weeks = contact_breach.weeks_of(course.grant, list_of_grant(session, course.grant.id), on=a.WORKING_DAY, law=law)

    assert (breach.days_over, breach.section) == (4, "kommunens egen frist")
    assert [week.state for week in weeks if week.monday <= a.WORKING_DAY][-2:] == ["breach", "breach"]


def test_nobody_is_late_where_neither_asks(session: Session) -> None:
    course = a_course(session, **ORDINARY)
    a_logged_meeting(session, course, date(2014, 9, 1))

    assert (
        contact_breach.list_breaches(session, actor=Actor(course.caseworker, a.WORKING_DAY), law=law_of(session)) == []
    )


def test_min_dag_and_the_course_s_page_say_it(session: Session, as_caseworker: Visitor) -> None:
    in_force(session, 10)
    caseworker = as_caseworker.user
    citizen = a.a_citizen(session, caseworker_id=caseworker.id, team_id=caseworker.roles[0].team_id)
    grant = a.a_grant(session, citizen, caseworker_id=caseworker.id, team_id=citizen.team_id, **ORDINARY)

    day = as_caseworker.get("/min-dag").get_data(as_text=True)
    page = as_caseworker.get(f"/bevillinger/{grant.public_id}").get_data(as_text=True)

    assert f"{grant.case_number} · kommunens egen frist" in day
    assert "Kontakt mindst hver 10. dag" in page


def test_a_running_course_is_late_when_a_shorter_interval_begins_and_not_before(session: Session) -> None:
    course = a_course(session, **ORDINARY)
    a_logged_meeting(session, course, date(2014, 9, 1))
    in_force(session, 10, a.WORKING_DAY - timedelta(days=2))
    law = law_of(session)

    assert due_after(course.grant, date(2014, 9, 1), law) == a.WORKING_DAY - timedelta(days=2)
    (breach,) = contact_breach.list_breaches(session, actor=Actor(course.caseworker, a.WORKING_DAY), law=law)
    assert breach.days_over == 2
