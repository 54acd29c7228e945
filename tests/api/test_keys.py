"""API-nøgler: a key lets a system in as its user, with the rights of the day, until it is ended."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.platform.access import api_keys, service
from jobcenter_mentor.platform.access.models import ApiToken, LoginDelay
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import now
from tests.api.callers import YEAR, Caller, a_caller
from tests.builders import WORKING_DAY, a_user
from tests.logins import Visitor

DAY = timedelta(days=1)


def the_key_of(session: Session, caller: Caller) -> ApiToken:
    return session.scalars(select(ApiToken).where(ApiToken.user_id == caller.user.id)).one()


def test_a_key_lets_its_system_in(caller: Caller) -> None:
    assert caller.get("/referrals").status_code == 200


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer forkert", "Basic YTpi", "Bearer \xe6\xf8\xe5"])
def test_without_a_good_key_nobody_gets_in(caller: Caller, sent: str) -> None:
    answer = caller.get("/referrals", headers={"Authorization": sent})

    assert (answer.status_code, answer.json["code"]) == (401, "not_logged_in")
    assert answer.headers["WWW-Authenticate"].lower() == "bearer"


def test_a_session_cookie_does_not_open_the_api(as_caseworker: Visitor) -> None:
    assert as_caseworker.get("/api/v1/referrals").status_code == 401


def test_a_key_does_not_open_a_page(caller: Caller, app: Flask, session: Session) -> None:
    session.commit()

    page = app.test_client().get("/henvisninger", headers={"Authorization": f"Bearer {caller.key}"})

    assert page.status_code == 303


@pytest.mark.parametrize(
    "changes",
    [{"valid_to": WORKING_DAY - DAY}, {"valid_from": WORKING_DAY + DAY}, {"ended_at": now()}],
)
def test_a_key_outside_its_days_or_ended_opens_nothing(caller: Caller, session: Session, changes: dict) -> None:
    for name, value in changes.items():
        setattr(the_key_of(session, caller), name, value)

    assert caller.get("/referrals").status_code == 401


@pytest.mark.parametrize("changes", [{"valid_to": WORKING_DAY}, {"valid_from": WORKING_DAY}])
def test_a_key_holds_on_its_first_and_last_day(caller: Caller, session: Session, changes: dict) -> None:
    for name, value in changes.items():
        setattr(the_key_of(session, caller), name, value)

    assert caller.get("/referrals").status_code == 200


def test_the_key_of_a_closed_user_opens_nothing(caller: Caller, session: Session) -> None:
    service.close_user(session, caller.user, by=a_user(session, "AD"))

    assert caller.get("/referrals").status_code == 401


def test_rights_are_those_of_the_user_that_day(caller: Caller, session: Session) -> None:
    caller.user.roles[0].valid_to = WORKING_DAY - DAY

    answer = caller.get("/referrals")

    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


def test_what_asks_a_person_for_a_reason_is_closed_to_a_key(app: Flask, session: Session) -> None:
    auditor = a_caller(app, session, a_user(session, "RE"))

    answer = auditor.get("/referrals")

    assert answer.status_code == 403
    assert "begrundelse" in answer.json["message"]


def test_use_is_noted_once_a_day(caller: Caller, session: Session) -> None:
    caller.get("/referrals")
    first = the_key_of(session, caller).used_at
    caller.get("/referrals")
    again = the_key_of(session, caller).used_at
    the_key_of(session, caller).used_at = first - DAY
    caller.get("/referrals")

    assert first == again
    assert the_key_of(session, caller).used_at > first - DAY


def test_unknown_keys_are_slowed_for_the_address_that_sends_them(app: Flask, caller: Caller, session: Session) -> None:
    session.commit()
    guessing = app.test_client()

    def guess(number: int, address: str = "203.0.113.9") -> TestResponse:
        headers = {"Authorization": f"Bearer gæt{number}".encode().decode("latin-1")}
        return guessing.get("/api/v1/referrals", headers=headers, environ_overrides={"REMOTE_ADDR": address})

    codes = [guess(number).status_code for number in range(21)]
    last = guess(21)

    assert codes == [401] * 20 + [429]
    assert (last.json["code"], bool(last.headers["Retry-After"])) == ("too_many", True)
    assert guess(22, "198.51.100.7").status_code == 401
    assert caller.get("/referrals").status_code == 200


def test_a_good_key_starts_the_count_anew(app: Flask, caller: Caller, session: Session) -> None:
    for _ in range(19):
        caller.get("/referrals", headers={"Authorization": "Bearer forkert"})
    caller.get("/referrals")

    assert session.scalars(select(LoginDelay)).all() == []


def test_a_key_that_has_run_out_is_no_guess(caller: Caller, session: Session) -> None:
    the_key_of(session, caller).ended_at = now()

    assert {caller.get("/referrals").status_code for _ in range(25)} == {401}
    assert session.scalars(select(LoginDelay)).all() == []


def test_only_the_digest_of_a_key_is_kept(session: Session) -> None:
    token, key = api_keys.make(session, a_user(session), YEAR, by=a_user(session, "AD"))

    assert key.encode() not in token.token_hash
    assert len(key) >= 43


def test_making_and_ending_a_key_is_logged(session: Session) -> None:
    user, admin = a_user(session), a_user(session, "AD")
    token, _ = api_keys.make(session, user, YEAR, by=admin)
    api_keys.stop(session, user, token.public_id, by=admin, at=now())
    session.flush()
    with pytest.raises(InvalidTransition, match="allerede afsluttet"):
        api_keys.stop(session, user, token.public_id, by=admin, at=now())

    events = session.scalars(select(Event).where(Event.subject_id == token.public_id).order_by(Event.id)).all()

    assert [(event.action, event.user_id) for event in events] == [("token.make", admin.id), ("token.stop", admin.id)]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (api_keys.NewToken(" ", date(2014, 1, 1), date(2014, 2, 1)), "name"),
        (api_keys.NewToken("Fagsystemet", date(2014, 1, 2), date(2014, 1, 1)), "valid_to"),
        (api_keys.NewToken("Fagsystemet", date(2014, 1, 1), date(2015, 1, 3)), "valid_to"),
    ],
)
def test_a_key_needs_a_name_and_at_most_a_year(session: Session, new: api_keys.NewToken, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        api_keys.make(session, a_user(session), new, by=a_user(session, "AD"))

    assert list(refused.value.errors) == [field]


def test_a_closed_user_gets_no_key(session: Session) -> None:
    with pytest.raises(Conflict):
        api_keys.make(session, a_user(session, active=False), YEAR, by=a_user(session, "AD"))


def test_a_key_is_ended_for_its_own_user_only(session: Session) -> None:
    token, _ = api_keys.make(session, a_user(session), YEAR, by=a_user(session, "AD"))

    with pytest.raises(NotFound):
        api_keys.stop(session, a_user(session), token.public_id, by=a_user(session, "AD"), at=now())


class TestPages:
    """Drift: the administrator makes a key, sees it once and ends it."""

    def test_the_key_is_shown_once(self, app: Flask, session: Session, as_admin: Visitor) -> None:
        user = a_user(session, "SB")
        form = {"name": "Fagsystemet", "valid_from": "15-10-2014", "valid_to": "14-10-2015"}

        made = as_admin.post(f"/drift/{user.public_id}/noegler/ny", data=form)
        key = made.text.partition("<code>")[2].partition("</code>")[0]
        user_page = as_admin.get(f"/drift/{user.public_id}").text

        assert made.status_code == 200
        answer = app.test_client().get("/api/v1/referrals", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200
        assert "Fagsystemet" in user_page
        assert key not in user_page

    def test_a_wrong_period_is_shown_at_its_field(self, session: Session, as_admin: Visitor) -> None:
        user = a_user(session, "SB")
        form = {"name": "Fagsystemet", "valid_from": "15-10-2014", "valid_to": "14-10-2014"}

        page = as_admin.post(f"/drift/{user.public_id}/noegler/ny", data=form)

        assert page.status_code == 422
        assert "Slutdato ligger før startdato." in page.text

    def test_a_key_is_ended_from_the_users_page(self, session: Session, as_admin: Visitor, caller: Caller) -> None:
        token = the_key_of(session, caller)

        ended = as_admin.post(f"/drift/{caller.user.public_id}/noegler/{token.public_id}/afslut", follow_redirects=True)

        assert "Nøglen er afsluttet." in ended.text
        assert caller.get("/referrals").status_code == 401

    def test_nobody_else_makes_keys(self, session: Session, as_team_leader: Visitor) -> None:
        user = a_user(session, "SB")

        assert as_team_leader.get(f"/drift/{user.public_id}/noegler/ny").status_code == 403
