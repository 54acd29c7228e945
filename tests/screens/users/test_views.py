"""Log-ind, log-ud, begrundelse og brugere, som de ses i en browser."""

import re
from base64 import b64decode
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access import login_delay, service
from jobcenter_mentor.platform.access.models import LoginDelay, LoginSession, RoleAssignment, User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import now
from tests.builders import a_team, a_user
from tests.logins import Visitor, logged_in

PASSWORD = "en lang adgangskode"


@pytest.fixture
def lone(session: Session) -> User:
    """Return an administrator who has a password."""
    user = service.add_user(session, username="lone", full_name="Lone Kjærgaard", password=PASSWORD, by=None)
    service.assign_role(session, user, service.NewRole("AD", date(2014, 1, 1)), by=None)
    session.commit()
    return user


@pytest.fixture
def visitor(client: FlaskClient) -> FlaskClient:
    """Return a visitor who has opened the log-in page and sends its token."""
    page = client.get("/log-ind").text
    client.environ_base["HTTP_X_CSRFTOKEN"] = re.search('name="csrf-token" content="([^"]+)"', page)[1]
    return client


def try_log_in(visitor: FlaskClient, username: str = "lone", password: str = PASSWORD, **more: str):
    return visitor.post("/log-ind", data={"username": username, "password": password, **more})


def test_a_page_sends_a_stranger_to_the_log_in_and_back(client: FlaskClient) -> None:
    response = client.get("/drift?side=2")

    assert response.status_code == 303
    assert response.location == "/log-ind?next=/drift?side%3D2"


def test_logging_in_opens_the_page_that_was_asked_for(visitor: FlaskClient, lone: User) -> None:
    response = try_log_in(visitor, next="/drift")

    assert (response.status_code, response.location) == (303, "/drift")
    assert "Lone Kjærgaard" in visitor.get("/drift").text


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "drift"])
def test_logging_in_never_leads_out_of_the_system(visitor: FlaskClient, lone: User, elsewhere: str) -> None:
    assert try_log_in(visitor, next=elsewhere).location == "/"


def test_the_front_page_is_the_home_of_the_first_role(app: Flask, session: Session) -> None:
    homes = {
        role: logged_in(app, session, a_user(session, role)).get("/").location for role in ("SB", "TL", "MK", "AD")
    }

    assert homes == {"SB": "/min-dag", "TL": "/ramme", "MK": "/korpset", "AD": "/drift"}


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(visitor: FlaskClient, lone: User) -> None:
    wrong = try_log_in(visitor, password="en forkert adgangskode")
    unknown = try_log_in(visitor, username="nogen", password="en forkert adgangskode")

    assert wrong.status_code == unknown.status_code == 422
    assert "Brugernavn eller adgangskode er forkert." in wrong.text
    shown = [re.sub('value="[^"]*"', "", page.text.partition("<form")[2]) for page in (wrong, unknown)]
    assert shown[0] == shown[1]


def test_five_failures_make_the_sixth_wait(visitor: FlaskClient, session: Session, lone: User) -> None:
    for _ in range(5):
        try_log_in(visitor, password="en forkert adgangskode")

    answer = try_log_in(visitor)

    assert answer.status_code == 429
    assert "Prøv igen kl." in answer.text
    assert session.scalars(select(LoginSession)).all() == []


def test_the_delay_is_the_same_for_a_user_who_does_not_exist(visitor: FlaskClient) -> None:
    for _ in range(5):
        try_log_in(visitor, username="nogen")

    assert try_log_in(visitor, username="Nogen ").status_code == 429


def test_the_delay_grows_and_ends(visitor: FlaskClient, session: Session, lone: User) -> None:
    waits = []
    for _ in range(7):
        try_log_in(visitor, password="en forkert adgangskode")
        delay = session.scalars(select(LoginDelay).where(LoginDelay.key.startswith("account_here"))).one()
        waits.append(round((delay.next_try_at - now()).total_seconds(), -1))
        for row in session.scalars(select(LoginDelay)):
            row.next_try_at = now()

    assert waits[4:] == [30, 60, 120]
    assert try_log_in(visitor).status_code == 303


def test_one_address_that_tries_many_users_must_wait(visitor: FlaskClient, session: Session, lone: User) -> None:
    try_log_in(visitor, username="nogen")
    session.get_one(LoginDelay, login_delay.of_stranger("nogen", "127.0.0.1")["address"]).failures = 49
    try_log_in(visitor, username="en anden")

    assert try_log_in(visitor).status_code == 429


def test_a_browser_that_has_logged_in_before_is_not_kept_out_by_strangers(
    app: Flask, visitor: FlaskClient, session: Session, lone: User
) -> None:
    own, stranger = visitor, app.test_client()
    try_log_in(own)
    own.post("/log-ud")
    token = re.search('name="csrf-token" content="([^"]+)"', own.get("/log-ind").text)[1]
    own.environ_base["HTTP_X_CSRFTOKEN"] = token
    stranger_token = re.search('name="csrf-token" content="([^"]+)"', stranger.get("/log-ind").text)[1]
    stranger.environ_base["HTTP_X_CSRFTOKEN"] = stranger_token
    for _ in range(6):
        last = try_log_in(stranger, password="en forkert adgangskode")

    assert last.status_code == 429
    assert try_log_in(own).status_code == 303


def test_the_cookie_of_a_known_browser_names_nobody_and_opens_nothing(
    app: Flask, visitor: FlaskClient, lone: User
) -> None:
    cookie = next(value for name, value in try_log_in(visitor).headers if value.startswith("browser="))
    other = app.test_client()
    other.set_cookie("browser", cookie.partition("=")[2].partition(";")[0])

    assert "lone" not in str(b64decode(cookie.partition("=")[2].partition(".")[0] + "=="))
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert other.get("/drift").status_code == 303


@pytest.mark.parametrize("forged", ["", "x.y.z", "eyJpZCI6IjEiLCJhY2NvdW50cyI6W119.aaaa.bbbb"])
def test_a_forged_cookie_is_a_strangers(visitor: FlaskClient, lone: User, forged: str) -> None:
    visitor.set_cookie("browser", forged)
    for _ in range(5):
        try_log_in(visitor, password="en forkert adgangskode")

    assert try_log_in(visitor).status_code == 429


def test_logging_in_replaces_the_session_id(visitor: FlaskClient, lone: User) -> None:
    with visitor.session_transaction() as cookie:
        cookie["login"] = "planted"

    try_log_in(visitor)

    with visitor.session_transaction() as cookie:
        assert cookie["login"] != "planted"
        assert "csrf_token" not in cookie


def test_logging_out_ends_the_session_in_the_database(app: Flask, session: Session) -> None:
    browser = logged_in(app, session, a_user(session, "AD"))
    with browser.session_transaction() as cookie:
        token = cookie["login"]

    browser.post("/log-ud")
    with browser.session_transaction() as cookie:
        cookie["login"] = token

    assert browser.get("/drift").location.startswith("/log-ind")


@pytest.mark.parametrize(
    ("begun", "seen", "status"),
    [
        (timedelta(hours=9), timedelta(minutes=29), 200),
        (timedelta(hours=9), timedelta(minutes=31), 303),
        (timedelta(hours=10, minutes=1), timedelta(minutes=1), 303),
    ],
)
def test_a_session_ends_when_unused_or_old(
    app: Flask, session: Session, begun: timedelta, seen: timedelta, status: int
) -> None:
    browser = logged_in(app, session, a_user(session, "AD"))
    row = session.scalars(select(LoginSession)).one()
    row.begun_at, row.seen_at = now() - begun, now() - seen

    assert browser.get("/drift").status_code == status


def test_use_is_noted_at_most_once_a_minute(app: Flask, session: Session) -> None:
    browser = logged_in(app, session, a_user(session, "AD"))
    row = session.scalars(select(LoginSession)).one()
    long_ago, just_now = now() - timedelta(minutes=5), now() - timedelta(seconds=30)

    row.seen_at = just_now
    browser.get("/drift")
    kept = row.seen_at
    row.seen_at = long_ago
    browser.get("/drift")

    assert kept == just_now
    assert row.seen_at > just_now


def test_a_role_taken_away_counts_at_the_next_page(app: Flask, session: Session) -> None:
    administrator, other = a_user(session, "AD"), a_user(session, "AD")
    browser, others = logged_in(app, session, administrator), logged_in(app, session, other)
    assert others.get("/drift").status_code == 200

    taken = browser.post(f"/drift/{other.public_id}/roller/{other.roles[0].id}/fratag")

    assert taken.status_code == 303
    assert others.get("/drift").location.startswith("/log-ind")


def test_a_closed_user_is_logged_out(app: Flask, session: Session) -> None:
    administrator, other = a_user(session, "AD"), a_user(session, "AD")
    browser, others = logged_in(app, session, administrator), logged_in(app, session, other)

    browser.post(f"/drift/{other.public_id}/luk")

    assert others.get("/drift").status_code == 303


def test_an_administrator_makes_a_user_and_gives_a_role(app: Flask, session: Session) -> None:
    browser, team = logged_in(app, session, a_user(session, "AD")), a_team(session)
    values = {"username": "Henrik", "full_name": "Henrik Dahl", "password": PASSWORD}

    page = browser.post("/drift/ny-bruger", data=values).location
    role = {"role": "TL", "reach": f"team:{team.id}", "valid_from": "01-10-2014"}
    browser.post(page, data=role)

    henrik = service.find_user(session, "henrik")
    assert [(r.role, r.team_id, r.valid_from) for r in henrik.roles] == [("TL", team.id, date(2014, 10, 1))]
    assert "Teamleder, Team Unge" in browser.get("/drift").text


def test_an_administrator_makes_a_team_once(app: Flask, session: Session) -> None:
    browser = logged_in(app, session, a_user(session, "AD"))

    browser.post("/drift/nyt-team", data={"name": "Team Havnen"})
    again = browser.post("/drift/nyt-team", data={"name": " Team Havnen "})

    assert [team.name for team in service.list_teams(session)].count("Team Havnen") == 1
    assert "Der er allerede et team, som hedder Team Havnen." in again.text
    assert "Team Havnen" in browser.get("/drift").text


def test_a_forgotten_password_is_changed_and_ends_who_is_logged_in(
    app: Flask, session: Session, visitor: FlaskClient, lone: User
) -> None:
    old, browser = logged_in(app, session, lone), logged_in(app, session, a_user(session, "AD"))

    short = browser.post(f"/drift/{lone.public_id}/adgangskode", data={"password": "kort"})
    browser.post(f"/drift/{lone.public_id}/adgangskode", data={"password": "en ganske anden kode"})

    assert "Adgangskoden skal have mellem 10 og 200 tegn." in short.text
    assert old.get("/drift").location.startswith("/log-ind")
    assert try_log_in(visitor).status_code != 303
    assert try_log_in(visitor, password="en ganske anden kode").status_code == 303


def test_an_administrator_cannot_get_a_role_in_the_cases(app: Flask, session: Session) -> None:
    administrator, team = a_user(session, "AD"), a_team(session)
    browser = logged_in(app, session, administrator)
    role = {"role": "SB", "reach": f"team:{team.id}", "valid_from": "15-10-2014"}

    answer = browser.post(f"/drift/{administrator.public_id}", data=role)

    assert answer.status_code == 422
    assert "En administrator kan ikke samtidig have en rolle i sagerne." in answer.text
    assert len(administrator.roles) == 1


def test_a_user_name_in_use_is_said_at_the_field(app: Flask, session: Session) -> None:
    browser = logged_in(app, session, a_user(session, "AD", username="anna"))

    answer = browser.post("/drift/ny-bruger", data={"username": "anna", "full_name": "A", "password": PASSWORD})

    assert answer.status_code == 422
    assert "Brugernavnet anna er i brug." in answer.text


def test_the_users_are_not_for_caseworkers(app: Flask, session: Session) -> None:
    browser = logged_in(app, session, a_user(session, "SB"))

    answer = browser.get("/drift")

    assert answer.status_code == 403
    assert session.scalars(select(Event.action).where(Event.refused)).all() == ["user.write"]


def test_a_user_without_role_is_told_so(app: Flask, session: Session) -> None:
    answer = logged_in(app, session, a_user(session, None)).get("/")

    assert answer.status_code == 403


def test_the_reason_for_a_look_is_logged_and_opens_the_page(app: Flask, session: Session) -> None:
    auditor = a_user(session, "RE")
    browser = logged_in(app, session, auditor)

    short = browser.post("/begrundelse", data={"next": "/borgere/1", "reason": "ja"})
    given = browser.post("/begrundelse", data={"next": "/borgere/1", "reason": "Stikprøve for oktober"})

    assert (short.status_code, given.location) == (422, "/borgere/1")
    detail = session.scalars(select(Event.detail).where(Event.action == "reason")).one()
    assert detail == {"page": "/borgere/1", "reason": "Stikprøve for oktober"}


def test_a_role_of_yesterday_opens_nothing(app: Flask, session: Session) -> None:
    user = a_user(session, None)
    user.roles.append(RoleAssignment(role="AD", valid_from=date(2014, 1, 1), valid_to=date(2014, 10, 14)))

    assert logged_in(app, session, user).get("/drift").status_code == 403


def test_a_user_without_a_role_is_told_whom_to_ask(app: Flask, session: Session) -> None:
    administrator = a_user(session, "AD")
    user = service.add_user(session, username="uden", full_name="Uden Rolle", by=None)

    page = logged_in(app, session, user).get("/")

    assert page.status_code == 403
    assert "Du har ingen rolle i dag" in page.text
    assert administrator.full_name in page.text
    assert 'href="/"' in page.text


def test_a_refused_role_says_which_field_why_and_what_to_do(app: Flask, session: Session, as_admin: Visitor) -> None:
    user = service.add_user(session, username="ny", full_name="Ny Bruger", by=None)

    page = as_admin.post(f"/drift/{user.public_id}", data={"role": "SB", "valid_from": "15-10-2014", "reach": ""})

    assert page.status_code == 422
    assert "Team, leverandør eller mentor: En sagsbehandler hører til et team. Vælg teamet." in page.text
