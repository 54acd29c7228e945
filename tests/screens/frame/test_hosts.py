"""Adresser: the system answers to its own names only, and what leaves it bears the public one."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import PACKAGE, Config
from jobcenter_mentor.platform.database.db import db
from tests.builders import a_municipality, a_user
from tests.casework.meetings.courses import a_course
from tests.databases import a_config
from tests.logins import Visitor, logged_in

PUBLIC = "https://mentor.example.dk"
FROM_THE_CLIENT = {"_external", "host", "host_url", "url_root", "base_url", "root_url"}


@pytest.fixture
def public_app(config: Config) -> Iterator[Flask]:
    """Return an app with a public address and secure cookies."""
    hosts = ("mentor.example.dk", "[2001:db8::7]")
    app = create_app(replace(config, public_url=PUBLIC, trusted_hosts=hosts, secure_cookies=True))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(public_app: Flask) -> FlaskClient:
    public_app.test_client_class = Visitor
    return public_app.test_client()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("mentor.example.dk", 200),
        ("MENTOR.example.dk:8443", 200),
        ("[2001:db8::7]:443", 200),
        ("evil.example", 400),
        ("mentor.example.dk.evil.example", 400),
        ("mentor.example.dk@evil.example", 400),
        ("evil.example:mentor.example.dk", 400),
        ("mentor.example.dk:80:80", 400),
        ("127.0.0.1", 400),
        ("[2001:db8::8]", 400),
        ("[2001:db8::7", 400),
        ("", 400),
        ("x" * 5000, 400),
    ],
)
def test_a_wrong_host_is_refused(client: FlaskClient, session: Session, host: str, status: int) -> None:
    a_municipality(session)

    answer = client.get("/log-ind", headers={"Host": host})

    assert answer.status_code == status
    assert status == 200 or "Brug den adresse, du har fået" in answer.text
    assert "evil.example" not in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("probe", ["/livez", "/readyz", "/healthz"])
def test_probes_are_answered_by_any_name(client: FlaskClient, probe: str) -> None:
    assert client.get(probe, headers={"Host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_demo_answers_to_the_machine_itself(host: str) -> None:
    browser = create_app(a_config("sqlite://")).test_client()

    with browser.get("/static/app.css", headers={"Host": host}) as own:
        assert own.status_code == 200
    with browser.get("/static/app.css", headers={"Host": "demo.example.dk"}) as others:
        assert others.status_code == 400


def test_browsers_are_told_to_come_by_https_only_where_they_do(client: FlaskClient) -> None:
    demo = create_app(a_config("sqlite://")).test_client().get("/livez").headers
    headers = client.get("/livez").headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in demo
    assert headers["X-Frame-Options"] == demo["X-Frame-Options"] == "DENY"


def test_addresses_that_leave_the_system_are_public_ones(app: Flask, session: Session) -> None:
    a_municipality(session)
    course = a_course(session)
    app.config["PUBLIC_URL"] = PUBLIC
    coordinator = logged_in(app, session, a_user(session, "MK"))
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Forwarded": "host=evil.example"}

    days = {"expires_on": "31-10-2014"}
    link = coordinator.post(f"/logbog/{course.grant.public_id}/link", data=days, headers=forged)
    calendar = coordinator.post("/kalender/adresse", headers=forged)

    assert f'value="{PUBLIC}/logbog/link/' in link.text
    assert f"{PUBLIC}/kalender/" in calendar.text
    assert not [page for page in (link.text, calendar.text) if "evil.example" in page or "http://localhost" in page]


def test_nothing_of_ours_makes_an_address_from_what_a_client_sent() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(Path(PACKAGE).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.keyword) and node.arg == "_external" and ast.unparse(node.value) != "False")
        or (isinstance(node, ast.Attribute) and node.attr in FROM_THE_CLIENT and ast.unparse(node.value) == "request")
    ]

    assert found == []
