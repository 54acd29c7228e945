"""Siden med hændelsesloggen."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.audit import service
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import a_citizen, a_team, a_user
from tests.logins import Visitor


def test_an_auditor_sees_who_saw_whom(as_auditor: Visitor, session: Session) -> None:
    citizen = a_citizen(session, first_name="Maria", last_name="Jensen")
    service.record(
        session, by=a_user(session, username="lone"), action="citizen.read", subject="citizen", citizens=[citizen.id]
    )

    page = as_auditor.get("/haendelseslog").text

    assert "Borger: set" in page
    assert "lone" in page
    assert "M.J." in page
    assert "Jensen" not in page


def test_a_team_leader_sees_the_acts_of_the_team_only(as_team_leader: Visitor, session: Session) -> None:
    inside, outside = a_user(session), a_user(session, team=a_team(session, "Team Job"))
    for user in (inside, outside):
        service.record(session, by=user, action="citizen.read", subject="citizen")

    page = as_team_leader.get("/haendelseslog").text

    assert inside.username in page
    assert outside.username not in page


def test_reading_the_log_is_logged(as_auditor: Visitor, session: Session) -> None:
    as_auditor.get("/haendelseslog")

    assert session.scalars(select(Event.action)).all() == ["audit.read"]


def test_a_caseworker_does_not_see_the_log(as_caseworker: Visitor) -> None:
    assert as_caseworker.get("/haendelseslog").status_code == 403


def test_a_date_that_cannot_be_read_is_said_at_the_field(as_auditor: Visitor) -> None:
    page = as_auditor.get("/haendelseslog?first_day=31-02-2014&page=0")

    assert page.status_code == 422
    assert "Ikke en gyldig dato." in page.text


def test_the_filter_is_kept_on_the_page(as_auditor: Visitor) -> None:
    page = as_auditor.get("/haendelseslog?username=lone&refused_only=y")

    assert 'value="lone"' in page.text
    assert "Ingen hændelser passer til udvalget." in page.text
