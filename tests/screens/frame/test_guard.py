"""Vagten ved døren: no route without an action, no rights but those of the day, nothing left in caches."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.platform.access.policy import public, requires
from jobcenter_mentor.screens.frame.guard import check_routes
from tests.builders import a_municipality, a_user
from tests.logins import Visitor, logged_in


@pytest.fixture
def apps() -> dict[str, Flask]:
    """Each test here has an app of its own, as addresses are added to it."""
    return {}


def with_route(app: Flask, view: Callable[..., str], address: str = "/prøve") -> Flask:
    """Add a route as if it had been there from the start."""
    app.add_url_rule(address, "probe", view, methods=["GET", "POST"])
    return app


@pytest.mark.parametrize("declare", [lambda view: view, lambda view: setattr(view, "action", "no.such") or view])
def test_a_route_that_declares_nothing_does_not_start(app: Flask, declare: Callable[..., Callable[..., str]]) -> None:
    def undeclared() -> str:
        return "åben"

    with_route(app, declare(undeclared))

    with pytest.raises(RuntimeError, match="probe"):
        check_routes(app)


def test_the_routes_we_have_are_all_declared(app: Flask) -> None:
    check_routes(app)


def test_an_open_route_asks_for_no_log_in(app: Flask) -> None:
    with_route(app, public(lambda: "åben"))

    assert app.test_client().get("/prøve").text == "åben"


@pytest.mark.parametrize(("role", "status"), [("AD", 200), ("SB", 403), (None, 403)])
def test_a_route_opens_for_the_roles_of_its_action(app: Flask, session: Session, role: str | None, status: int) -> None:
    with_route(app, requires("settings.write")(lambda: "åben"))

    assert logged_in(app, session, a_user(session, role)).get("/prøve").status_code == status


def test_a_form_sent_after_the_session_ended_shows_what_was_typed(app: Flask, as_admin: Visitor) -> None:
    with_route(app, requires("settings.write")(lambda: "gemt"))
    as_admin.post("/log-ud")
    page = as_admin.get("/log-ind").text
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    as_admin.environ_base["HTTP_X_CSRFTOKEN"] = token

    answer = as_admin.post("/prøve", data={"goal": "Emil tager bussen", "password": "hemmelig"})

    assert answer.status_code == 401
    assert "Emil tager bussen" in answer.text
    assert "hemmelig" not in answer.text


def test_a_piece_of_a_page_sends_the_whole_page_to_the_log_in(app: Flask) -> None:
    with_route(app, requires("home")(lambda: "stykke"))

    answer = app.test_client().get("/prøve", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/log-ind?next=/pr%C3%B8ve")


def test_an_auditor_is_asked_for_a_reason_before_a_citizen_is_shown(app: Flask, as_auditor: Visitor) -> None:
    with_route(app, requires("citizen.name")(lambda: "åben"))

    asked = as_auditor.get("/prøve?side=1")
    head = as_auditor.head("/prøve?side=1")
    as_auditor.post("/begrundelse", data={"next": "/prøve?side=1", "reason": "Stikprøve for oktober"})

    assert asked.location.startswith("/begrundelse?next=")
    assert head.location == asked.location
    assert as_auditor.get("/prøve?side=1").text == "åben"


def test_pages_stay_out_of_caches_and_carry_the_secure_headers(as_admin: Visitor) -> None:
    headers = as_admin.get("/drift").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self' 'nonce-" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]


def test_the_style_sheet_may_be_cached(app: Flask) -> None:
    with app.test_client().get("/static/app.css") as answer:
        assert answer.headers["Cache-Control"] != "no-store"


@pytest.mark.parametrize("address", ["/drift/%00", "/drift?side=%00"])
def test_an_address_that_no_database_keeps_is_not_found(as_admin: Visitor, address: str) -> None:
    assert as_admin.get(address).status_code == 404


@pytest.mark.parametrize("digits", ["9" * 5000, "9" * 20, "٢" * 5000])
@pytest.mark.parametrize(
    "address", ["/ramme?aar={}", "/refusion/kaeden?aar={0}&maaned={0}&page={0}", "/mentorer/korps?page={}"]
)
def test_a_number_of_any_length_is_at_most_a_wrong_number(
    app: Flask, session: Session, address: str, digits: str
) -> None:
    a_municipality(session)
    browser = logged_in(app, session, a_user(session, "ØK"))

    assert browser.get(address.format(digits)).status_code in {200, 403, 404}


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 10, "²"])
def test_an_address_with_a_number_that_no_row_has_is_not_found(as_admin: Visitor, number: str) -> None:
    assert as_admin.post(f"/drift/{as_admin.user.public_id}/roller/{number}/fratag").status_code == 404


def test_a_choice_with_a_sign_that_no_database_keeps_is_named(as_admin: Visitor) -> None:
    form = {"role": "SB\0", "reach": "team:1", "valid_from": "15-10-2014"}

    answer = as_admin.post(f"/drift/{as_admin.user.public_id}", data=form)

    assert answer.status_code == 422
    assert "Rolle: Har et skjult tegn, der ikke kan gemmes." in answer.text


def test_nobody_reads_a_number_of_any_length() -> None:
    code = [(path.name, path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]

    assert [name for name, text in code if re.search(r"\.get\([^)]*type=int\b", text)] == []
