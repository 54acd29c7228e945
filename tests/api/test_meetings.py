"""Logbog og frister over API'et: what a mentor's own system logs, and what is due."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.followups.queries import due_rows
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.api.callers import Caller, a_caller
from tests.builders import WORKING_DAY, a_team, a_user
from tests.casework.meetings.courses import Course, a_course


@pytest.fixture
def course(session: Session) -> Course:
    """Return a course with its mentor."""
    return a_course(session)


@pytest.fixture
def mentor(app: Flask, session: Session, course: Course) -> Caller:
    """Return the system of the course's mentor."""
    return a_caller(app, session, course.mentor)


def a_body(course: Course, **changes: Any) -> dict[str, Any]:
    told = {"course": course.grant.public_id, "met_on": "2014-10-14", "form": "in_person", "held": True, "minutes": 60}
    return told | changes


def number_of_meetings(session: Session) -> int:
    return session.scalar(select(func.count(Meeting.id))) or 0


def test_a_mentors_system_logs_a_meeting(mentor: Caller, course: Course, session: Session) -> None:
    answer = mentor.post("/meetings", json=a_body(course, topics=["transport"], note="Vi tog bussen sammen."))

    assert answer.status_code == 201, answer.text
    meeting = session.scalars(select(Meeting)).one()
    assert (answer.json["id"], answer.json["minutes"]) == (meeting.public_id, 60)
    assert (meeting.grant_id, meeting.met_on) == (course.grant.id, date(2014, 10, 14))
    assert meeting.note == "Vi tog bussen sammen."
    logged = session.scalars(select(Event).where(Event.action == "meeting.log")).one()
    assert (logged.user_id, logged.citizen_ids) == (course.mentor.id, [course.grant.citizen_id])


def test_a_missing_agreement_and_more_than_granted_in_a_week_are_said(mentor: Caller, course: Course) -> None:
    answer = mentor.post("/meetings", json=a_body(course, minutes=121))

    assert answer.json["warnings"] == [
        "Aftalen er ikke indgået endnu, og støtten må først begynde, når den er. Få den på plads.",
        "Der er nu registreret flere timer i uge 42, end der er bevilget.",
    ]


def test_the_same_key_logs_one_meeting(mentor: Caller, course: Course, session: Session) -> None:
    once = {"Idempotency-Key": "møde-1".encode().decode("latin-1")}

    answers = [mentor.post("/meetings", json=a_body(course), headers=once) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert number_of_meetings(session) == 1


def test_the_same_key_with_something_else_is_a_conflict(mentor: Caller, course: Course, session: Session) -> None:
    once = {"Idempotency-Key": "1"}
    mentor.post("/meetings", json=a_body(course), headers=once)

    answer = mentor.post("/meetings", json=a_body(course, minutes=30), headers=once)

    assert (answer.status_code, number_of_meetings(session)) == (409, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"met_on": "2014-10-16"}, "met_on"),
        ({"met_on": "2014-08-24"}, "met_on"),
        ({"held": False}, "absence_reason"),
        ({"minutes": 0}, "minutes"),
        ({"absence_reason": "illness"}, "absence_reason"),
    ],
)
def test_a_meeting_that_cannot_be_is_named(
    mentor: Caller, course: Course, session: Session, changes: dict[str, Any], field: str
) -> None:
    answer = mentor.post("/meetings", json=a_body(course, **changes))

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert number_of_meetings(session) == 0


def test_another_mentors_course_is_not_found(app: Flask, session: Session, course: Course) -> None:
    stranger = a_caller(app, session, a_course(session).mentor)

    answer = stranger.post("/meetings", json=a_body(course))

    assert (answer.status_code, number_of_meetings(session)) == (404, 0)


def a_deadline(session: Session, course: Course, due_on: date, **changes: Any) -> FollowUp:
    grant = course.grant
    values = {
        "citizen_id": grant.citizen_id,
        "grant_id": grant.id,
        "case_number": grant.case_number,
        "team_id": grant.team_id,
        "kind": "contact",
        "what": "Kontakt mellem mentor og borger",
        "rule": "lab2014.s31b.contact",
        "section": "LAB § 31 b",
        "authority": "law",
        "due_on": due_on,
    }
    row = FollowUp(**(values | changes))
    session.add(row)
    session.flush()
    return row


def test_due_follow_ups_are_the_rows_of_the_command(caller: Caller, session: Session, course: Course) -> None:
    a_deadline(session, course, date(2014, 10, 13))
    a_deadline(session, course, date(2014, 10, 16))

    answer = caller.get("/followups/due")

    assert answer.json == due_rows(session, actor=Actor(caller.user, WORKING_DAY))
    assert [row["days_over"] for row in answer.json] == [2]
    assert "Mette" not in answer.text


def test_another_day_may_be_asked_for(caller: Caller, session: Session, course: Course) -> None:
    a_deadline(session, course, date(2014, 10, 16))

    assert len(caller.get("/followups/due?on=2014-10-20").json) == 1
    assert caller.get("/followups/due?on=20-10-2014").json["errors"].keys() == {"on"}


def test_the_due_list_keeps_to_the_team_and_is_logged(app: Flask, session: Session, course: Course) -> None:
    a_deadline(session, course, date(2014, 10, 13))
    outsider = a_caller(app, session, a_user(session, "SB", team=a_team(session, "Team Job")))

    assert outsider.get("/followups/due").json == []
    assert a_caller(app, session).get("/followups/due").json != []
    listed = session.scalars(select(Event).where(Event.action == "followup.list").order_by(Event.id)).all()
    assert [event.citizen_ids for event in listed] == [[], [course.grant.citizen_id]]
