"""Logbogen på telefonen: few taps, a receipt, and nothing of a citizen that a mentor has no use for."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_mentor, a_municipality, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting
from tests.logins import Visitor, logged_in


@pytest.fixture
def course(session: Session) -> Course:
    a_municipality(session)
    return a_course(session)


@pytest.fixture
def phone(app: Flask, session: Session, course: Course) -> Visitor:
    return logged_in(app, session, course.mentor)


def filled(**changes: Any) -> dict[str, Any]:
    """What the page sends when only "Gem" is tapped."""
    form = {"form_id": str(uuid4()), "how": "in_person", "length": "90", "topics": "transport", "met_on": "15-10-2014"}
    return form | changes


def address(course: Course) -> str:
    return f"/logbog/{course.grant.public_id}"


def test_my_citizens_are_initials_and_case_numbers(phone: Visitor, course: Course) -> None:
    page = phone.get("/logbog").text

    assert "M.J." in page
    assert course.grant.case_number in page
    assert "Kontakt skulle være sket 01.09.2014" in page
    assert "Mette" not in page


def test_no_cpr_name_address_or_phone_is_on_the_log_page(phone: Visitor, course: Course, session: Session) -> None:
    citizen = course.grant.citizen
    citizen.address, citizen.phone, citizen.protected = "Skjultvej 4, 9999 Sønderå", "00112233", True

    page = phone.get(address(course)).text

    hidden = [citizen.cpr, citizen.cpr[:6], "Jensen", "Skjultvej", "00112233", "aktivitetsparat"]
    assert [text for text in hidden if text in page] == []
    assert "M.J." in page


def test_the_page_has_its_answers_chosen_so_that_two_taps_are_enough(phone: Visitor, course: Course) -> None:
    page = phone.get(address(course)).text

    chosen = re.findall(r'<input checked[^>]*value="(\w+)"', page)
    assert chosen == ["in_person", "120", "transport"]
    assert "Et møde med fremmøde i dag holder kontakten til 22.10.2014." in page


def test_the_last_meeting_is_what_is_likely_the_next_time(phone: Visitor, course: Course, session: Session) -> None:
    a_logged_meeting(session, course, date(2014, 10, 8), minutes=55, topics=("structure",))

    page = phone.get(address(course)).text

    assert re.findall(r'<input checked[^>]*value="(\w+)"', page) == ["in_person", "60", "structure"]


def test_saving_leads_to_a_receipt_with_the_next_contact(phone: Visitor, course: Course, session: Session) -> None:
    answer = phone.post(address(course), data=filled(progress="closer"), follow_redirects=True)

    assert answer.status_code == 200
    assert "Mødet tæller som den kontakt, loven kræver." in answer.text
    assert "22.10.2014" in answer.text
    saved = session.scalars(select(Meeting)).one()
    assert (saved.minutes, saved.topics, saved.progress, saved.met_on) == (90, ["transport"], "closer", WORKING_DAY)


def test_the_same_form_posted_twice_shows_the_same_receipt(phone: Visitor, course: Course, session: Session) -> None:
    form = filled()

    first, again = (phone.post(address(course), data=form) for _ in range(2))

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert session.scalar(select(func.count(Meeting.id))) == 1


def test_an_absence_needs_no_length_and_does_not_count(phone: Visitor, course: Course, session: Session) -> None:
    answer = phone.post(address(course), data=filled(how="citizen", length=""), follow_redirects=True)

    assert "Borgeren udeblev" in answer.text
    assert "tæller ikke" in answer.text
    saved = session.scalars(select(Meeting)).one()
    assert (saved.held, saved.absence_reason, saved.minutes) == (False, "citizen", 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"length": "   "}, "Vælg en af mulighederne"),
        ({"met_on": "16-10-2014"}, "fremtiden"),
        ({"met_on": "31-02-2014"}, "Ikke en gyldig dato"),
        ({"met_on": ""}, "Skriv den dag"),
        ({"length": "other"}, "fra 1 til 720"),
        ({"length": "other", "minutes": "1441"}, "fra 1 til 720"),
        ({"length": "other", "minutes": "en time"}, "Skriv et helt tal"),
        ({"length": "45"}, "Vælg en af mulighederne"),
        ({"how": "drøm"}, "Vælg en af mulighederne"),
        ({"how": ""}, "Vælg, hvordan"),
        ({"topics": "cleaning"}, "Vælg blandt"),
        ({"form_id": "1"}, "Åbn siden igen"),
        ({"next_on": "15-10-2014"}, "efter det møde"),
    ],
)
def test_a_mistake_shows_the_form_again_as_it_was_filled_in(
    phone: Visitor, course: Course, session: Session, changes: dict[str, str], words: str
) -> None:
    answer = phone.post(address(course), data=filled(note="Vi tog bussen.", **changes))

    assert answer.status_code == 422
    assert words.replace("Vælg en af mulighederne", "mulighed") in answer.text
    assert "Vi tog bussen." in answer.text
    assert session.scalar(select(func.count(Meeting.id))) == 0


def test_more_hours_than_granted_are_saved_with_a_warning(phone: Visitor, course: Course) -> None:
    answer = phone.post(address(course), data=filled(length="other", minutes="121"), follow_redirects=True)

    assert "flere timer i uge 42" in answer.text


def test_another_mentors_course_looks_like_an_unknown_one(app: Flask, session: Session, course: Course) -> None:
    stranger = logged_in(app, session, a_user(session, "MI", mentor=a_mentor(session)))

    others, unknown = stranger.get(address(course)), stranger.get(f"/logbog/{uuid4()}")

    assert (others.status_code, unknown.status_code) == (404, 404)
    assert stranger.post(address(course), data=filled()).status_code == 404


@pytest.mark.parametrize("role", ["TL", "ØK", "AD", "LK"])
def test_those_who_enter_no_hours_have_no_log_page(app: Flask, session: Session, course: Course, role: str) -> None:
    visitor = logged_in(app, session, a_user(session, role))

    assert visitor.get("/logbog").status_code in {403, 404}


def test_the_caseworker_logs_a_contact_of_an_own_case(app: Flask, session: Session, course: Course) -> None:
    course.grant.caseworker_id = course.caseworker.id
    visitor = logged_in(app, session, course.caseworker)

    answer = visitor.post(address(course), data=filled(how="phone", special_reason="Indlagt"))

    assert answer.status_code == 303


@pytest.mark.parametrize(("role", "sees"), [("MI", True), ("MV", False), ("MF", False)])
def test_the_aim_is_shown_to_internal_mentors_only(
    app: Flask, session: Session, course: Course, role: str, sees: bool
) -> None:
    visitor = logged_in(app, session, _mentor_user(session, course, role))

    page = visitor.get(address(course))

    assert page.status_code == 200
    assert (course.grant.goal in page.text) is sees


def test_a_correction_keeps_what_was_written(phone: Visitor, course: Course, session: Session) -> None:
    old = a_logged_meeting(session, course, note="Først skrevet", minutes=75)
    page = phone.get(f"/logbog/moede/{old.public_id}/ret").text
    assert "Først skrevet" in page
    assert 'value="75"' in page

    answer = phone.post(f"/logbog/moede/{old.public_id}/ret", data=filled(note="Rettet"))

    assert answer.status_code == 303
    assert {(meeting.note, meeting.corrected) for meeting in session.scalars(select(Meeting))} == {
        ("Først skrevet", True),
        ("Rettet", False),
    }


def test_reading_the_log_page_is_recorded(phone: Visitor, course: Course, session: Session) -> None:
    phone.get(address(course))

    assert session.scalar(select(Event.citizen_ids).where(Event.action == "meeting.read")) == [course.grant.citizen_id]


def test_a_log_that_was_agreed_and_not_written_comes_first(phone: Visitor, course: Course, session: Session) -> None:
    a_logged_meeting(session, course, date(2014, 10, 13), next_on=WORKING_DAY, next_meeting="kl. 10.00, busstationen")

    assert "Mødet 15.10.2014 er ikke registreret" in phone.get("/logbog").text
    assert "Aftalt: 15.10.2014 kl. 10.00, busstationen" in phone.get(address(course)).text


def _mentor_user(session: Session, course: Course, role: str) -> User:
    mentor = a_mentor(session)
    course.grant.mentor_id = mentor.id
    return a_user(session, role, mentor=mentor)
