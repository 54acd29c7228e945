"""Mentor og borger uden log-ind: the first answer counts, the same again shows the same receipt, nothing personal."""

import re
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.db import ROWS_PER_PAGE
from jobcenter_mentor.followups.models import FollowUp
from jobcenter_mentor.grants.changing import set_mentor
from jobcenter_mentor.meetings import history, outside, service
from jobcenter_mentor.meetings.models import Meeting
from tests.builders import WORKING_DAY, a_mentor, a_municipality, a_user
from tests.logins import Visitor, logged_in
from tests.meetings.courses import Course, a_course, a_logged_meeting, a_new_meeting


@pytest.fixture
def course(session: Session) -> Course:
    a_municipality(session)
    course = a_course(session, goal="Kommer stabilt i behandling for angst")
    course.grant.citizen.phone = "00112233"
    return course


@pytest.fixture
def coordinator(app: Flask, session: Session, course: Course) -> Visitor:
    return logged_in(app, session, a_user(session, "MK"))


def address_in(page: str) -> str:
    found = re.search(r'value="http://[^/"]+(/logbog/[^"]+)"', page)
    assert found, page
    return found[1]


def made_link(coordinator: Visitor, course: Course) -> str:
    answer = coordinator.post(f"/logbog/{course.grant.public_id}/link", data={"expires_on": "31-10-2014"})
    return address_in(answer.text)


def sent(client: FlaskClient, address: str, **answers: str) -> tuple[int, str]:
    """Answer the page as a phone does: with the token of the page that was opened."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/log-ind").text)
    assert token
    answer = client.post(address, data={"csrf_token": token[1], **answers}, follow_redirects=True)
    return answer.status_code, answer.text


def log_answers(**changes: str) -> dict[str, str]:
    return {"form_id": str(uuid4()), "how": "in_person", "length": "60", "met_on": "15-10-2014"} | changes


def test_a_link_logs_one_meeting_and_the_same_again_shows_the_same_receipt(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    address = made_link(coordinator, course)
    for _ in range(3):
        assert "Gem mødet" in client.get(address).text

    first = sent(client, address, **log_answers())
    again = sent(client, address, **log_answers())
    other = sent(client, address, **log_answers(length="120"))

    receipt = "Logget: 15.10.2014, Fremmøde, 60 minutter."
    assert [(code, receipt in page) for code, page in (first, again)] == [(200, True)] * 2
    assert other[0] == 422
    assert "allerede brugt" in other[1]
    (meeting,) = session.scalars(select(Meeting)).all()
    assert (meeting.minutes, meeting.mentor_id, meeting.logged_by_id) == (60, course.grant.mentor_id, None)


def test_a_refused_answer_does_not_spend_the_link(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    address = made_link(coordinator, course)

    refused = sent(client, address, **log_answers(met_on="16-10-2014"))
    taken = sent(client, address, **log_answers())

    assert "ligger i fremtiden" in refused[1]
    assert "Mødet er gemt" in taken[1]


def test_nothing_personal_is_on_the_pages_behind_a_link(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    meeting = a_logged_meeting(session, course, note="Angst i bussen")
    confirm = coordinator.post(f"/logbog/moede/{meeting.public_id}/bekraeft").text

    pages = [client.get(made_link(coordinator, course)).text, client.get(address_in(confirm)).text]

    citizen, hidden = course.grant.citizen, ["Mette", "Jensen", "ngst", "00112233", "ehandling", "aktivitetsparat"]
    assert [word for page in pages for word in [*hidden, citizen.cpr, citizen.cpr[:6]] if word in page] == []


def test_the_link_of_a_mentor_who_was_replaced_logs_nothing(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    address, by = made_link(coordinator, course), a_user(session, "MK")

    set_mentor(session, course.grant, a_mentor(session), hourly_price=30000, by=by, on=WORKING_DAY)

    assert sent(client, address, **log_answers())[0] == 404
    assert session.scalars(select(Meeting)).all() == []


@pytest.mark.parametrize("kind", ["link", "bekraeft"])
def test_a_bad_link_is_refused_with_one_neutral_page(client: FlaskClient, session: Session, kind: str) -> None:
    a_municipality(session)

    answers = [client.get(f"/logbog/{kind}/{token}") for token in ("x" * 40, "kort", "e3c6" * 10)]

    assert {answer.status_code for answer in answers} == {404}
    assert all("Linket kan ikke bruges" in answer.text for answer in answers)


def test_too_many_requests_behind_links_are_held_back(client: FlaskClient, session: Session) -> None:
    a_municipality(session)

    codes = [client.get("/logbog/link/kort").status_code for _ in range(61)]

    assert codes == [404] * 60 + [429]


def test_the_citizen_confirms_and_a_no_becomes_a_follow_up(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    meeting = a_logged_meeting(session, course)
    address = address_in(coordinator.post(f"/logbog/moede/{meeting.public_id}/bekraeft").text)

    page = sent(client, address, answer="no")[1]
    changed = sent(client, address, answer="yes")

    assert "Du har svaret: Nej, vi mødtes ikke." in page
    assert changed[0] == 422
    assert session.get_one(Meeting, meeting.id).citizen_answer == "no"
    (followup,) = session.scalars(select(FollowUp).where(FollowUp.kind == "confirmation")).all()
    assert "ikke blev holdt" in followup.what


def test_a_mentor_cannot_make_links_and_a_strange_team_cannot_reach_the_course(
    app: Flask, session: Session, course: Course
) -> None:
    mentor = logged_in(app, session, course.mentor)

    assert mentor.post(f"/logbog/{course.grant.public_id}/link", data={"expires_on": "31-10-2014"}).status_code == 403


def test_a_supervisor_answers_a_note_and_the_mentor_reads_it_with_the_earlier_texts(
    app: Flask, coordinator: Visitor, course: Course, session: Session
) -> None:
    meeting = a_logged_meeting(session, course, note="Kom for sent", next_step="Ringer mandag")

    coordinator.post(f"/logbog/moede/{meeting.public_id}/svar", data={"text": "Prøv at ringe om morgenen."})
    mentor = logged_in(app, session, course.mentor)
    page = mentor.get(f"/logbog/{course.grant.public_id}/alle").text

    assert [text in page for text in ("Kom for sent", "Ringer mandag", "Prøv at ringe om morgenen.")] == [True] * 3
    assert "Svar mentor" not in page


def test_a_long_log_has_pages_and_a_page_too_far_is_the_last(session: Session, course: Course) -> None:
    row = a_logged_meeting(session, course, date(2014, 9, 1))
    session.add_all(
        Meeting(
            grant_id=row.grant_id, mentor_id=row.mentor_id, met_on=date(2014, 8, 1), minutes=30, form="phone",
            held=True, logged_by_id=row.logged_by_id,
        )
        for _ in range(ROWS_PER_PAGE)
    )  # fmt: skip

    book = history.show(session, course.grant.public_id, by=course.mentor, on=WORKING_DAY, page=10**30)

    assert (book.page.count, book.page.page, book.page.pages, len(book.page.rows)) == (ROWS_PER_PAGE + 1, 2, 2, 1)


def test_the_log_shows_the_newest_text_with_the_old_one_beneath(session: Session, course: Course) -> None:

    old = a_logged_meeting(session, course, note="Først")
    service.correct(session, old, course.grant, a_new_meeting(note="Rettet"), by=course.mentor, on=WORKING_DAY)

    (entry,) = history.show(session, course.grant.public_id, by=course.mentor, on=WORKING_DAY).page.rows

    assert (entry.meeting.note, [before.meeting.note for before in entry.earlier]) == ("Rettet", ["Først"])


def test_the_usual_expiry_is_thirty_days_on(session: Session, course: Course) -> None:
    assert f"{outside.usual_expiry(course.grant, WORKING_DAY):%d.%m.%Y}" == "14.11.2014"
