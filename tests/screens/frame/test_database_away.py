"""Databasen er væk: every page says so in Danish, also to who is logged in, and log-out always empties the cookie."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.platform.database.schema import wanted_revision
from tests.api.callers import a_caller
from tests.builders import a_municipality, a_user
from tests.logins import logged_in

ROLES = ("SB", "TL", "MK", "ØK", "AD", "RE")
Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def apps() -> dict[str, Flask]:
    """Each test here has an app of its own, which has not read the municipality's name yet."""
    return {}


@pytest.fixture
def away(app: Flask, database: str) -> Away:
    """Return what takes the database away for a while: the file is gone, or the server takes no connections."""

    @contextmanager
    def gone() -> Iterator[None]:
        with app.app_context():
            db.engine.dispose()
        url = make_url(database)
        if url.get_backend_name() == "sqlite":
            file = Path(url.database)
            kept = file.rename(file.with_suffix(".kept"))
            file.mkdir()
            try:
                yield
            finally:
                shutil.rmtree(file)
                kept.rename(file)
            return
        server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false'.encode())
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(ended, (url.database,))
            try:
                yield
            finally:
                connection.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true'.encode())

    return gone


def addresses(app: Flask, method: str) -> Iterator[str]:
    """Yield an address of every route for people."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()) and not rule.rule.startswith(("/api/", "/static/", "/livez", "/healthz")):
            filled = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
            yield re.sub("<[^>]*>", "x", re.sub("<int:[^>]*>", "1", filled))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_page_is_the_danish_503_also_for_who_is_logged_in(
    app: Flask, session: Session, away: Away, method: str
) -> None:
    app.testing = False
    a_municipality(session)
    visitors = [logged_in(app, session, a_user(session, role)) for role in ROLES]
    visitors.append(app.test_client())
    db.session.remove()

    with away():
        answers = {
            (address, number): visitors[number].open(address, method=method)
            for place, address in enumerate(sorted(addresses(app, method)))
            for number in {place % len(visitors), len(visitors) - 1}
        }

    signed_out = {place for place, answer in answers.items() if answer.status_code == 303}
    wrong = [place for place, answer in answers.items() if place not in signed_out and not is_503(answer)]
    assert wrong == []
    assert {address for address, number in signed_out if number < len(ROLES)} <= {"/log-ud"}
    assert len(answers) > 60


def is_503(answer: TestResponse) -> bool:
    """Tell whether an answer is the page, or for probes the body, that says so."""
    said = "Systemet er optaget lige nu" in answer.text or answer.json == {"status": "unavailable", "database": "away"}
    return answer.status_code == 503 and said


def test_the_api_says_so_too(app: Flask, session: Session, away: Away) -> None:
    caller = a_caller(app, session)
    session.commit()
    db.session.remove()

    with away():
        answer = caller.get("/referrals")

    assert (answer.status_code, answer.json["code"]) == (503, "busy")


def test_logging_out_empties_the_cookie_whatever_happens(app: Flask, session: Session, away: Away) -> None:
    browser = logged_in(app, session, a_user(session, "AD"))
    del browser.environ_base["HTTP_X_CSRFTOKEN"]
    db.session.remove()

    with away():
        answer = browser.post("/log-ud")

    assert answer.status_code == 503
    with browser.session_transaction() as cookie:
        assert "login" not in cookie
    assert browser.get("/drift").location.startswith("/log-ind")


def test_a_strange_pages_form_logs_nobody_out_and_sets_no_cookie(app: Flask, session: Session) -> None:
    answer = app.test_client().post("/log-ud", headers={"Origin": "https://evil.example"})

    assert "Set-Cookie" not in answer.headers


def test_pages_come_back_by_themselves(app: Flask, session: Session, away: Away) -> None:
    a_municipality(session)
    browser = logged_in(app, session, a_user(session, "AD"))
    db.session.remove()
    before = browser.get("/drift").status_code

    with away():
        during = browser.get("/drift").status_code

    assert (before, during, browser.get("/drift").status_code) == (200, 503, 200)


def test_only_the_probe_of_readiness_asks_the_database(app: Flask, session: Session, away: Away) -> None:
    client = app.test_client()
    ready = client.get("/readyz")
    db.session.remove()

    with away():
        codes = [client.get(probe).status_code for probe in ("/livez", "/healthz", "/readyz")]

    assert (ready.status_code, ready.json["status"], codes) == (200, "ok", [200, 200, 503])


def test_a_host_with_other_tables_is_not_ready(app: Flask, session: Session) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.json["schema"]["found"]) == (503, "0000")
    session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": wanted_revision()})
    session.commit()


def test_the_fault_stands_in_the_log_with_its_cause_and_no_page_says_it(
    app: Flask, session: Session, away: Away, caplog: pytest.LogCaptureFixture
) -> None:
    db.session.remove()

    with away():
        page = app.test_client().get("/log-ind")

    [line] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert re.search("unable to open database file|not currently accepting connections", line.getMessage())
    assert line.exc_info is None
    assert "database" not in page.text
    assert page.headers["X-Request-Id"] in line.getMessage()
