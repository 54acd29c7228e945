"""Kontaktkravet: what counts, when the next contact is due, and the follow-ups that move with the log."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.meetings import service
from jobcenter_mentor.casework.meetings.contact_deadline import contact_due, contacts_of
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting, a_new_meeting, an_absence


def with_planned(session: Session, course: Course, kind: str = "contact", due: date = date(2014, 9, 1)) -> FollowUp:
    deadline = Deadline(kind, due, "dl.contact.2014", "law", "LAB § 93, 2. pkt.", "Kontakt")
    return followups.plan(session, [deadline], case=case_of(course.grant), actor=Actor(course.caseworker, due))[0]


def open_dates(session: Session, course: Course, kind: str = "contact") -> Sequence[date]:
    statement = select(FollowUp.due_on).where(
        FollowUp.grant_id == course.grant.id,
        FollowUp.kind == kind,
        FollowUp.done_on.is_(None),
        FollowUp.dropped_on.is_(None),
    )
    return session.scalars(statement.order_by(FollowUp.due_on)).all()


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"form": "in_person"}, True),
        ({"form": "phone"}, False),
        ({"form": "phone", "special_reason": "Indlagt med smitte"}, True),
        ({"form": "online"}, False),
        ({"form": "online", "special_reason": "Indlagt med smitte"}, True),
        ({"form": "sms"}, False),
        ({"form": "sms", "special_reason": "Indlagt med smitte"}, False),
        ({"held": False, "minutes": 0, "absence_reason": "citizen"}, False),
    ],
)
def test_what_counts_as_contact(session: Session, changes: dict[str, Any], counts: bool) -> None:
    course = a_course(session)

    meeting = a_logged_meeting(session, course, **changes)

    assert service.counts_as_contact(meeting) is counts
    assert contacts_of(session, [course.grant.id])[course.grant.id] == ([WORKING_DAY] if counts else [])


def test_a_contact_that_counts_settles_the_deadline_and_plans_the_next(session: Session) -> None:
    course = a_course(session)
    planned = with_planned(session, course)

    a_logged_meeting(session, course, date(2014, 10, 14))

    assert (planned.done_on, planned.result) == (WORKING_DAY, "Fremmøde den 14.10.2014")
    assert open_dates(session, course) == [date(2014, 10, 21)]


def test_a_text_leaves_the_deadline_open(session: Session) -> None:
    course = a_course(session)
    planned = with_planned(session, course)

    a_logged_meeting(session, course, form="sms")

    assert planned.done_on is None
    assert open_dates(session, course) == [date(2014, 9, 1)]


def test_an_older_contact_logged_late_does_not_move_the_deadline(session: Session) -> None:
    course = a_course(session)
    with_planned(session, course)
    a_logged_meeting(session, course, date(2014, 10, 14))

    a_logged_meeting(session, course, date(2014, 10, 7))

    assert open_dates(session, course) == [date(2014, 10, 21)]


def test_a_correction_moves_the_deadline_back(session: Session) -> None:
    course = a_course(session)
    with_planned(session, course)
    a_logged_meeting(session, course, date(2014, 10, 8))
    mistaken = a_logged_meeting(session, course, date(2014, 10, 15))

    text = a_new_meeting(met_on=date(2014, 10, 15), form="sms")
    service.correct(session, mistaken, course.grant, text, actor=Actor(course.mentor, WORKING_DAY), law=law_of(session))

    assert open_dates(session, course) == [date(2014, 10, 15)]
    dropped = session.scalars(select(FollowUp.due_on).where(FollowUp.dropped_on.is_not(None))).all()
    assert dropped == [date(2014, 10, 22)]


def test_no_contact_is_due_after_the_end(session: Session) -> None:
    course = a_course(session, last_day=date(2014, 10, 21))
    with_planned(session, course)

    a_logged_meeting(session, course, date(2014, 10, 15))

    assert open_dates(session, course) == []


def test_a_contact_is_due_on_the_last_day_of_the_course(session: Session) -> None:
    course = a_course(session, last_day=date(2014, 10, 22))

    a_logged_meeting(session, course, date(2014, 10, 15))

    assert open_dates(session, course) == [date(2014, 10, 22)]


def test_an_ordinary_course_has_no_contact_deadline(session: Session) -> None:
    course = a_course(session, right_and_duty=False, contact_interval_days=None)

    a_logged_meeting(session, course)

    assert open_dates(session, course) == []


def test_the_first_contact_settles_the_local_deadline(session: Session) -> None:
    course = a_course(session)
    planned = with_planned(session, course, "first_contact")

    a_logged_meeting(session, course, form="phone")

    assert planned.done_on == WORKING_DAY


def test_three_absences_in_a_row_plan_a_talk_within_five_working_days(session: Session) -> None:
    course = a_course(session)
    for day in (1, 8):
        an_absence(session, course, date(2014, 10, day))
    assert open_dates(session, course, "absences") == []

    an_absence(session, course, WORKING_DAY)

    assert open_dates(session, course, "absences") == [date(2014, 10, 22)]


def test_the_first_contact_is_due_again_when_the_log_is_corrected_to_none(session: Session) -> None:
    course = a_course(session)
    due = with_planned(session, course, "first_contact").due_on
    held = a_logged_meeting(session, course)
    assert open_dates(session, course, "first_contact") == []

    absence = a_new_meeting(held=False, minutes=0, absence_reason="citizen")
    service.correct(session, held, course.grant, absence, actor=Actor(course.mentor, WORKING_DAY), law=law_of(session))

    assert open_dates(session, course, "first_contact") == [due]


def test_a_correction_that_leaves_two_absences_takes_the_talk_back(session: Session) -> None:
    course = a_course(session)
    *_, last = [an_absence(session, course, day) for day in (date(2014, 10, 1), date(2014, 10, 8), WORKING_DAY)]

    service.correct(
        session, last, course.grant, a_new_meeting(), actor=Actor(course.mentor, WORKING_DAY), law=law_of(session)
    )

    assert open_dates(session, course, "absences") == []


def test_a_meeting_held_breaks_the_row_and_a_mentors_absence_does_not_count(session: Session) -> None:
    course = a_course(session)
    an_absence(session, course, date(2014, 9, 24))
    an_absence(session, course, date(2014, 9, 25))
    a_logged_meeting(session, course, date(2014, 9, 26))
    an_absence(session, course, date(2014, 10, 1))
    an_absence(session, course, date(2014, 10, 2), "mentor")

    an_absence(session, course, date(2014, 10, 8))

    assert open_dates(session, course, "absences") == []


@pytest.mark.parametrize(
    ("contact", "due"),
    [
        (date(2016, 2, 25), date(2016, 3, 10)),
        (date(2015, 2, 25), date(2015, 3, 4)),
        (date(2014, 12, 29), date(2015, 1, 5)),
    ],
)
def test_the_next_contact_is_counted_in_days_over_leap_day_and_new_year(
    session: Session, contact: date, due: date
) -> None:
    course = a_course(session, start=contact - timedelta(days=3), last_day=contact + timedelta(days=90))

    assert contact_due(course.grant, [contact], law_of(session)) == due
