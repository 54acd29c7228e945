"""Siderne om fravær, udsættelse og kalender: refused at the field, badges equal lists, an address is secret."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import queries as lists
from jobcenter_mentor.casefile.followups.models import CalendarFeed, FollowUp
from jobcenter_mentor.casefile.followups.queries import MY_DAY, DueFilter
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Absence, User
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_municipality, a_user
from tests.casefile.followups.test_service import a_deadline, planned
from tests.casework.meetings.courses import a_course, a_logged_meeting
from tests.logins import Visitor, logged_in


@pytest.fixture(autouse=True)
def municipality(session: Session) -> None:
    a_municipality(session)


def absence_of(user: User, deputy: User | None, last_day: str = "24-10-2014") -> dict[str, str]:
    key = deputy.public_id if deputy else ""
    return {"user": user.public_id, "first_day": "15-10-2014", "last_day": last_day, "deputy": key}


def address_of(visitor: Visitor) -> str:
    found = re.search(r"/kalender/[\w-]+\.ics", visitor.post("/kalender/adresse").text)
    assert found is not None
    return found.group()


def test_a_caseworker_writes_own_absence_and_min_dag_says_so(as_caseworker: Visitor, session: Session) -> None:
    tove = a_user(session, full_name="Tove Aggerholm")

    assert as_caseworker.post("/fravaer", data=absence_of(as_caseworker.user, tove)).status_code == 303

    assert "Tove Aggerholm er din stedfortræder" in as_caseworker.get("/min-dag").text
    assert "Tove Aggerholm" in as_caseworker.get("/fravaer").text


def test_a_caseworker_writes_no_absence_for_others(as_caseworker: Visitor, session: Session) -> None:
    other = a_user(session)

    assert as_caseworker.post("/fravaer", data=absence_of(other, None)).status_code == 422
    assert session.scalar(select(Absence)) is None


@pytest.mark.parametrize(("last_day", "words"), [("14-10-2014", "ligger før"), ("", "Skriv sidste dag"), ("x", "dato")])
def test_wrong_days_are_told_at_the_field(as_caseworker: Visitor, last_day: str, words: str) -> None:
    answer = as_caseworker.post("/fravaer", data=absence_of(as_caseworker.user, None, last_day))

    assert answer.status_code == 422
    assert words in answer.text


def test_the_leader_sets_a_deputy_and_ends_an_absence(as_team_leader: Visitor, session: Session) -> None:
    owner, deputy = a_user(session), a_user(session)
    as_team_leader.post("/fravaer", data=absence_of(owner, None))
    assert "1 uden stedfortræder" in as_team_leader.get("/fravaer").text
    absence = session.scalars(select(Absence)).one()
    key = absence.public_id

    as_team_leader.post(f"/fravaer/{key}/stedfortraeder", data={f"{key}-deputy": deputy.public_id})
    assert absence.deputy_id == deputy.id
    as_team_leader.post(f"/fravaer/{key}/slut")
    assert absence.withdrawn_on == WORKING_DAY


def test_a_deadline_is_put_off_and_taken_back(as_caseworker: Visitor, session: Session) -> None:
    row = planned(session, as_caseworker.user)[0]

    refused = as_caseworker.post(
        f"/opfoelgning/{row.public_id}/udsaet", data={"until": "30-10-2014", "reason": "Ferie"}
    )
    taken = as_caseworker.post(f"/opfoelgning/{row.public_id}/udsaet", data={"until": "20-10-2014", "reason": "Ferie"})

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert "senest 29.10.2014" in refused.text
    assert "udsat til 20.10.2014: Ferie" in as_caseworker.get("/opfoelgning?frist=udsat").text
    as_caseworker.post(f"/opfoelgning/{row.public_id}/frem")
    assert row.snoozed_until is None


def test_the_badges_are_the_lengths_of_the_lists(as_team_leader: Visitor, session: Session) -> None:
    planned(session, a_user(session), a_deadline("agreement", WORKING_DAY.replace(day=1), "law"), a_deadline())
    planned(session, as_team_leader.user, a_deadline(), a_deadline("end_review"), a_deadline("contact"))
    late = as_team_leader.get("/teamets-frister", follow_redirects=True).text

    assert ">2<" in as_team_leader.get("/min-dag/antal").text
    assert lists.count_due(session, actor=Actor(as_team_leader.user, WORKING_DAY), chosen=MY_DAY) == 2
    assert ">1<" in as_team_leader.get("/teamets-frister/antal").text
    assert 'class="count">1<' in late


def test_the_calendar_holds_dates_and_case_numbers_and_no_names(
    as_caseworker: Visitor, client: FlaskClient, session: Session
) -> None:
    citizen = a_citizen(session, caseworker_id=as_caseworker.user.id, first_name="Hodan", last_name="Warsame")
    row = planned(session, as_caseworker.user, grant=a_grant(session, citizen))[0]
    planned(session, a_user(session))

    body = client.get(address_of(as_caseworker))

    (event,) = Calendar.from_ical(body.data).events
    assert (str(event["summary"]), event.start) == (f"Frist {row.case_number}", WORKING_DAY)
    assert body.mimetype == "text/calendar"
    for secret in ("Hodan", "Warsame", row.what, as_caseworker.user.full_name):
        assert secret not in body.text


def test_an_old_a_closed_and_an_altered_address_are_no_good(
    as_caseworker: Visitor, client: FlaskClient, session: Session
) -> None:
    old, new = address_of(as_caseworker), address_of(as_caseworker)

    assert [client.get(address).status_code for address in (old, new, new[:-5] + "x.ics")] == [404, 200, 404]
    assert new.removesuffix(".ics").rsplit("/", 1)[1] not in session.scalars(select(CalendarFeed.token_hash)).one()
    as_caseworker.post("/kalender/luk")
    assert client.get(new).status_code == 404


def test_a_closed_user_has_no_calendar(as_caseworker: Visitor, client: FlaskClient, session: Session) -> None:
    address = address_of(as_caseworker)
    as_caseworker.user.active = False

    assert client.get(address).status_code == 404


def test_the_number_of_a_filter_is_its_list_in_each_state(as_caseworker: Visitor, session: Session) -> None:
    rows = planned(session, as_caseworker.user, a_deadline(), a_deadline("end_review"), a_deadline("report"))
    rows[0].snoozed_until = WORKING_DAY.replace(day=20)

    for chosen in ("", "?frist=udsat", "?frist=leder", "?regel=local", "?frist=over"):
        page = as_caseworker.get(f"/opfoelgning{chosen}").text
        shown = page.count('class="nowrap first strong"')
        assert f'class="count">{shown}<' in page
    assert lists.count_due(session, actor=Actor(as_caseworker.user, WORKING_DAY), chosen=DueFilter(snoozed=True)) == 1
    assert session.scalars(select(FollowUp.id)).all()


def test_a_mentor_has_the_agreed_meetings_in_the_calendar_of_the_phone(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    course = a_course(session)
    as_mentor, grant = logged_in(app, session, course.mentor), course.grant
    agreed = {"next_on": WORKING_DAY + timedelta(days=5), "next_meeting": "kl. 9, hos Mette"}
    a_logged_meeting(session, course, **agreed)

    body = client.get(address_of(as_mentor))

    (event,) = Calendar.from_ical(body.data).events
    assert (str(event["summary"]), event.start) == (f"Møde {grant.case_number}", agreed["next_on"])
    assert "Mette" not in body.text
    assert "Lav en ny adresse" in as_mentor.get("/logbog").text
    assert as_mentor.post("/kalender/luk").headers["Location"] == "/"
