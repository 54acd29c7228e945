"""Forløb med mentor og logbog, for the tests of the logbook."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings import service
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_user


@dataclass
class Course:
    """A course with its caseworker and its mentor, both users."""

    grant: Grant
    caseworker: User
    mentor: User


def a_course(session: Session, **changes: Any) -> Course:
    """Forløb: right and duty from 25 August 2014 to 24 February 2015, 2 hours a week, with an internal mentor."""
    caseworker = a_user(session, "SB")
    mentor = a_mentor(session)
    citizen = a_citizen(session, first_name="Mette", last_name="Jensen", caseworker_id=caseworker.id)
    grant = a_grant(session, citizen, **({"mentor_id": mentor.id} | changes))
    return Course(grant, caseworker, a_user(session, "MI", mentor=mentor))


def a_new_meeting(**changes: Any) -> NewMeeting:
    """Møde: an hour in person on the working day."""
    return NewMeeting(**({"met_on": WORKING_DAY, "form": "in_person", "minutes": 60} | changes))


def a_logged_meeting(session: Session, course: Course, met_on: date = WORKING_DAY, **changes: Any) -> Meeting:
    """Registreret møde, by the mentor on the working day."""
    new = a_new_meeting(met_on=met_on, **changes)
    return service.log(session, course.grant, new, actor=Actor(course.mentor, WORKING_DAY), law=law_of(session))


def an_absence(session: Session, course: Course, met_on: date, reason: str = "citizen") -> Meeting:
    """Et møde, der ikke blev afholdt."""
    return a_logged_meeting(session, course, met_on, held=False, minutes=0, absence_reason=reason)
