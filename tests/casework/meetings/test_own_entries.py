"""Egne indførsler: a mentor reads and writes only what the mentor itself has logged, also on a shared course."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.matching.models import Substitute
from jobcenter_mentor.casework.meetings import mentor_log, service
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_mentor, a_municipality, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting, a_new_meeting
from tests.logins import Visitor, logged_in

DAY_BEFORE = WORKING_DAY - timedelta(days=1)


@pytest.fixture
def course(session: Session) -> Course:
    a_municipality(session)
    return a_course(session)


def a_substitute(session: Session, course: Course, role: str = "ML") -> User:
    """Vikar: another mentor who stands in on the working day."""
    mentor = a_mentor(session)
    session.add(
        Substitute(
            grant_id=course.grant.id,
            absent_id=course.grant.mentor_id,
            mentor_id=mentor.id,
            first_day=WORKING_DAY,
            last_day=WORKING_DAY,
            by_id=course.caseworker.id,
        )
    )
    session.flush()
    return a_user(session, role, mentor=mentor)


def a_new_mentor(session: Session, course: Course, role: str = "MF") -> User:
    """The mentor who takes the course over for good."""
    mentor = a_mentor(session)
    course.grant.mentor_id = mentor.id
    session.flush()
    return a_user(session, role, mentor=mentor)


@pytest.mark.parametrize("arriving", [a_substitute, a_new_mentor])
def test_another_mentor_of_the_course_neither_reads_nor_corrects_the_entry(
    app: Flask, session: Session, course: Course, arriving
) -> None:
    meeting = a_logged_meeting(session, course, DAY_BEFORE, note="Kun mellem os to", minutes=45)
    stranger = logged_in(app, session, arriving(session, course))
    form = {"form_id": str(uuid4()), "how": "in_person", "length": "120", "met_on": "14-10-2014", "note": "Overskrevet"}

    answers = [
        stranger.get(f"/logbog/moede/{meeting.public_id}"),
        stranger.get(f"/logbog/moede/{meeting.public_id}/ret"),
        stranger.post(f"/logbog/moede/{meeting.public_id}/ret", data=form),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert [(row.note, row.minutes, row.corrected) for row in session.scalars(select(Meeting))] == [
        ("Kun mellem os to", 45, False)
    ]


def test_the_service_itself_refuses_to_correct_the_entry_of_another(session: Session, course: Course) -> None:
    meeting = a_logged_meeting(session, course)
    stranger = a_substitute(session, course)

    with pytest.raises(NotFound):
        service.correct(
            session, meeting, course.grant, a_new_meeting(), actor=Actor(stranger, WORKING_DAY), law=law_of(session)
        )


def test_a_form_that_another_mentor_has_saved_is_not_handed_out(session: Session, course: Course) -> None:
    form_id = str(uuid4())
    a_logged_meeting(session, course, form_id=form_id)
    stranger = a_substitute(session, course)

    with pytest.raises(Conflict):
        service.log(
            session,
            course.grant,
            a_new_meeting(form_id=form_id),
            actor=Actor(stranger, WORKING_DAY),
            law=law_of(session),
        )


def test_what_a_substitute_logs_is_the_substitutes_own(app: Flask, session: Session, course: Course) -> None:
    user = a_substitute(session, course)

    meeting = service.log(session, course.grant, a_new_meeting(), actor=Actor(user, WORKING_DAY), law=law_of(session))

    assert meeting.mentor_id == user.roles[0].mentor_id
    assert logged_in(app, session, user).get(f"/logbog/moede/{meeting.public_id}").status_code == 200
    assert logged_in(app, session, course.mentor).get(f"/logbog/moede/{meeting.public_id}").status_code == 404


def test_the_log_page_of_another_mentor_holds_no_words_of_the_entry(session: Session, course: Course) -> None:
    agreed = {"next_on": WORKING_DAY, "next_meeting": "kl. 9.15, Bryggerens kælder", "topics": ("structure",)}
    a_logged_meeting(session, course, date(2014, 10, 8), minutes=90, **agreed)
    stranger = a_substitute(session, course)

    page = mentor_log.get_log_page(
        session, course.grant.public_id, actor=Actor(stranger, WORKING_DAY), law=law_of(session)
    )
    (listed,) = mentor_log.list_courses(session, actor=Actor(stranger, WORKING_DAY), law=law_of(session))

    assert "Bryggerens" not in f"{page} {listed}"
    assert listed.next_on == WORKING_DAY


def test_a_coordinator_corrects_any_entry_of_the_team(app: Flask, session: Session, course: Course) -> None:
    meeting = a_logged_meeting(session, course)
    coordinator: Visitor = logged_in(app, session, a_user(session, "MK"))

    assert coordinator.get(f"/logbog/moede/{meeting.public_id}/ret").status_code == 200
