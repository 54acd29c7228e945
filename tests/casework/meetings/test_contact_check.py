"""To møder på én gang, bekymring og to, der retter det samme: what is refused, told and shown."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.meetings import service
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.drafts import service as drafts
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_grant, a_municipality, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting, a_new_meeting
from tests.casework.meetings.test_views import filled
from tests.logins import logged_in


def test_a_mentor_is_in_one_meeting_at_a_time_in_all_courses(session: Session) -> None:
    course = a_course(session)
    other = Course(a_grant(session, mentor_id=course.grant.mentor_id), course.caseworker, course.mentor)
    a_logged_meeting(session, course, began=600, minutes=60)

    with pytest.raises(ValidationFailed) as refused:
        a_logged_meeting(session, other, began=630, minutes=60)

    assert "kl. 10.00-11.00" in refused.value.errors["began"][0]
    assert a_logged_meeting(session, other, began=660, minutes=60).held
    assert a_logged_meeting(session, other, date(2014, 10, 14), began=630, minutes=60).held


def test_a_concern_reaches_the_caseworker_the_same_day_once(session: Session) -> None:
    course = a_course(session)
    course.grant.caseworker_id = course.caseworker.id

    for minutes in (30, 60):
        a_logged_meeting(session, course, concern=True, minutes=minutes)

    (followup,) = session.scalars(select(FollowUp).where(FollowUp.kind == "concern")).all()
    assert (followup.due_on, followup.owner_id) == (WORKING_DAY, course.caseworker.id)


def test_two_who_correct_the_same_meeting_see_both_texts(app: Flask, session: Session) -> None:
    a_municipality(session)
    course = a_course(session)
    old = a_logged_meeting(session, course, note="Først")
    coordinator = a_user(session, "MK")
    new = a_new_meeting(note="Den andens rettelse")
    newest = service.correct(
        session, old, course.grant, new, actor=Actor(coordinator, WORKING_DAY), law=law_of(session)
    )
    mentor = logged_in(app, session, course.mentor)

    answer = mentor.post(f"/logbog/moede/{old.public_id}/ret", data=filled(note="Min egen rettelse"))

    assert answer.status_code == 409
    shown = ("Den andens rettelse", "Min egen rettelse", coordinator.full_name)
    assert [words in answer.text for words in shown] == [True] * 3
    again = mentor.post(f"/logbog/moede/{newest.public_id}/ret", data=filled(note="Min egen rettelse"))
    assert again.status_code == 303


def test_a_draft_is_shown_again_and_is_gone_when_the_meeting_is_saved(app: Flask, session: Session) -> None:
    a_municipality(session)
    course, other = a_course(session), a_course(session, mentor_id=None)
    other.grant.mentor_id = course.grant.mentor_id
    mentor, case = logged_in(app, session, course.mentor), course.grant.public_id
    mentor.post(f"/kladder/log/{case}", data=filled(note="Halvskrevet note"))

    assert "Halvskrevet note" in mentor.get(f"/logbog/{case}").text
    assert "Halvskrevet note" not in mentor.get(f"/logbog/{other.grant.public_id}").text
    mentor.post(f"/logbog/{case}", data=filled(note="Halvskrevet note, nu færdig"))

    assert drafts.find(session, form="log", case_key=case, by=course.mentor) is None
