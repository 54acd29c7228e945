"""Mentor og borger uden login: the first answer counts, the same again shows the same receipt, nothing personal."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.course_change import set_mentor
from jobcenter_mentor.casework.meetings import course_log, outside_links, service
from jobcenter_mentor.casework.meetings.forms import CONFIRMED
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.needs import CONTACT_FORMS
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, now
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor.platform.links.models import Link
from tests.builders import WORKING_DAY, a_mentor, a_municipality, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting, a_new_meeting
from tests.logins import Visitor, logged_in


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
    found = re.search(r'value="https?://[^/"]+(/logbog/[^"]+)"', page)
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

    answers = log_answers()
    first = sent(client, address, **answers)
    again = sent(client, address, **answers)
    others = [sent(client, address, **log_answers(length=length)) for length in ("60", "120")]

    receipt = "Registreret: 15.10.2014, Fremmøde, 1 time."
    assert [(code, receipt in page) for code, page in (first, again)] == [(200, True)] * 2
    assert [(code, "allerede brugt" in page) for code, page in others] == [(422, True)] * 2
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

    set_mentor(session, course.grant, a_mentor(session), hourly_price=30000, actor=Actor(by, WORKING_DAY))

    assert sent(client, address, **log_answers())[0] == 404
    assert session.scalars(select(Meeting)).all() == []


def test_nothing_is_chosen_beforehand_behind_a_link(coordinator: Visitor, client: FlaskClient, course: Course) -> None:
    address = made_link(coordinator, course)

    page = client.get(address).text
    form_id = re.search(r'name="form_id"[^>]*value="([^"]+)"', page)
    thumb = sent(client, address, form_id=form_id[1] if form_id else "")

    assert " checked" not in page
    assert re.search(r'<input[^>]*name="met_on"[^>]*value=""', page)
    assert "Der er bevilget 2 timer om ugen." in page
    assert thumb[0] == 422
    assert "Vælg, hvordan I var i kontakt." in thumb[1]


@pytest.mark.parametrize("kind", ["log", "confirm"])
def test_a_used_link_only_thanks_whoever_else_holds_it(
    app: Flask, coordinator: Visitor, client: FlaskClient, course: Course, session: Session, kind: str
) -> None:
    meeting = a_logged_meeting(session, course, date(2014, 10, 8))
    made = f"/logbog/moede/{meeting.public_id}/bekraeft"
    address = made_link(coordinator, course) if kind == "log" else address_in(coordinator.post(made).text)
    writer = sent(client, address, **log_answers(), answer="no")[1]

    stranger = app.test_client().get(address).text

    hidden = ["M.J.", course.grant.case_number, "15.10", "oktober", "1 time", "Fremmøde", "mødtes", "form"]
    told = stranger.partition("<main")[2].partition("</main>")[0] + stranger.partition("</title>")[0]
    assert "Tak, det er modtaget" in told
    assert [word for word in hidden if word in told] == []
    assert "Nej, vi mødtes ikke" in writer or "1 time" in writer


def test_the_writer_mends_for_an_hour_in_the_same_browser_and_the_old_text_is_kept(
    app: Flask, coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    address = made_link(coordinator, course)
    over = sent(client, address, **log_answers(length="other", minutes="180"))[1]
    stranger = sent(app.test_client(), f"{address}/ret", **log_answers(length="30"))

    form = client.get(f"{address}/ret").text
    mended = sent(client, f"{address}/ret", **log_answers(length="30"))[1]

    assert "flere timer i uge 42, end der er bevilget" in over
    assert stranger[0] in (409, 422)
    assert 'value="180"' in form
    assert "Registreret: 15.10.2014, Fremmøde, 30 minutter." in mended
    rows = session.scalars(select(Meeting).order_by(Meeting.id)).all()
    assert [(row.minutes, row.corrected) for row in rows] == [(180, True), (30, False)]
    assert {row.mentor_id for row in rows} == {course.grant.mentor_id}
    assert rows[0].link_id == rows[1].link_id


def test_after_an_hour_the_writer_is_only_thanked(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    address = made_link(coordinator, course)
    sent(client, address, **log_answers())
    link = session.scalars(select(Link)).one()
    link.spent_at = now() - outside_links.TIME_TO_MEND - timedelta(seconds=1)
    session.commit()

    page = client.get(address).text
    late = sent(client, f"{address}/ret", **log_answers(length="30"))

    assert "Tak, det er modtaget" in page
    assert "1 time" not in page
    assert client.get(f"{address}/ret").location == address
    assert "kan ikke rettes med linket længere" in late[1]
    assert session.scalars(select(Meeting.minutes)).all() == [60]


def test_what_the_jobcentre_has_corrected_is_not_mended_by_link(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session
) -> None:
    address = made_link(coordinator, course)
    sent(client, address, **log_answers())
    meeting = session.scalars(select(Meeting)).one()
    service.correct(
        session,
        meeting,
        course.grant,
        a_new_meeting(minutes=45),
        actor=Actor(coordinator.user, WORKING_DAY),
        law=law_of(session),
    )

    answer = sent(client, f"{address}/ret", **log_answers(length="30"))

    assert "Jobcentret har rettet mødet" in answer[1]
    assert session.scalars(select(Meeting.minutes).where(~Meeting.corrected)).all() == [45]


@pytest.mark.parametrize("form", CONTACT_FORMS)
def test_the_citizen_is_asked_about_the_kind_of_contact_it_was(
    coordinator: Visitor, client: FlaskClient, course: Course, session: Session, form: str
) -> None:
    meeting = a_logged_meeting(session, course, form=form)
    address = address_in(coordinator.post(f"/logbog/moede/{meeting.public_id}/bekraeft").text)

    asked = client.get(address).text
    unsure = sent(client, address, answer="unsure", form_id=str(uuid4()))[1]

    assert CONFIRMED[form][0] in asked
    assert ("mødtes" in asked.lower()) is (form in {"in_person", "online"})
    assert "Du har svaret: Jeg kan ikke huske det." in unsure
    assert session.get_one(Meeting, meeting.id).citizen_answer == "unsure"
    assert session.scalars(select(FollowUp).where(FollowUp.kind == "confirmation")).all() == []


def test_the_paper_with_a_link_holds_nothing_of_the_log(coordinator: Visitor, course: Course, session: Session) -> None:
    meeting = a_logged_meeting(session, course, date(2014, 10, 8), note="Angst i bussen")

    papers = [
        coordinator.post(f"/logbog/{course.grant.public_id}/link", data={"expires_on": "31-10-2014"}).text,
        coordinator.post(f"/logbog/moede/{meeting.public_id}/bekraeft").text,
    ]

    assert [word for page in papers for word in ("Angst", "1 time", "log-entry", "Samira") if word in page] == []
    assert all("data-print" in page for page in papers)


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

    form_id = str(uuid4())
    page = sent(client, address, answer="no", form_id=form_id)[1]
    changed = sent(client, address, answer="yes", form_id=form_id)

    assert "Du har svaret: Nej, vi mødtes ikke." in page
    assert changed[0] == 422
    assert session.get_one(Meeting, meeting.id).citizen_answer == "no"
    (followup,) = session.scalars(select(FollowUp).where(FollowUp.kind == "confirmation")).all()
    assert "ikke blev afholdt" in followup.what


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
            grant_id=row.grant_id,
            mentor_id=row.mentor_id,
            met_on=date(2014, 8, 1),
            minutes=30,
            form="phone",
            held=True,
            logged_by_id=row.logged_by_id,
        )
        for _ in range(ROWS_PER_PAGE)
    )

    book = course_log.show(session, course.grant.public_id, actor=Actor(course.mentor, WORKING_DAY), page=10**30)

    assert (book.page.count, book.page.page, book.page.pages, len(book.page.rows)) == (ROWS_PER_PAGE + 1, 2, 2, 1)


def test_the_log_shows_the_newest_text_with_the_old_one_beneath(session: Session, course: Course) -> None:

    old = a_logged_meeting(session, course, note="Først")
    service.correct(
        session,
        old,
        course.grant,
        a_new_meeting(note="Rettet"),
        actor=Actor(course.mentor, WORKING_DAY),
        law=law_of(session),
    )

    (entry,) = course_log.show(session, course.grant.public_id, actor=Actor(course.mentor, WORKING_DAY)).page.rows

    assert (entry.meeting.note, [before.meeting.note for before in entry.earlier]) == ("Rettet", ["Først"])


def test_the_usual_expiry_is_thirty_days_on(session: Session, course: Course) -> None:
    assert f"{outside_links.usual_expiry(course.grant, WORKING_DAY):%d.%m.%Y}" == "14.11.2014"
