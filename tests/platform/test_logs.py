"""Driftsloggen: no CPR number and no secret address in it, whoever writes; each request and each error once."""

import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config
from jobcenter_mentor.platform import logs
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import db
from tests.builders import a_municipality
from tests.logins import Visitor

NUMBER = "0403845678"
SHAPES = (
    NUMBER,
    "040384-5678",
    "040384 5678",
    "040384–5678",
    "040384%2D5678",
    "CPR040384-5678",
    "_0403845678_",
    "x=040384-5678;",
)
ANY_CPR = re.compile(r"\d{6}\D{0,3}\d{4}")
LIBRARIES = (
    "waitress",
    "waitress.queue",
    "huey",
    "huey.consumer",
    "alembic",
    "alembic.runtime.migration",
    "sqlalchemy.engine",
    "werkzeug",
    "flask_migrate",
    "jobcenter_mentor",
    "jobcenter_mentor.platform.jobs.queue",
)


class Lines:
    """What stands on standard error so far."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys, self.text = capsys, ""

    def getvalue(self) -> str:
        """Return it all."""
        self.text += self.capsys.readouterr().err
        return self.text


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """Return what the program writes on standard error, its log set up as when it starts."""
    root = logging.getLogger()
    kept = (list(root.handlers), root.level, sys.excepthook, threading.excepthook, warnings.showwarning)
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    root.handlers = []
    logs.configure()
    yield Lines(capsys)
    logging.captureWarnings(False)
    root.handlers, level, sys.excepthook, threading.excepthook, warnings.showwarning = kept
    root.setLevel(level)
    for name, own in levels.items():
        logging.getLogger(name).setLevel(own)


def every_logger() -> list[logging.Logger]:
    """Return the loggers there are, those of the libraries by name as well, and the root."""
    known = [logging.getLogger(name) for name in {*LIBRARIES, *logging.root.manager.loggerDict}]
    return [logging.root, *(logger for logger in known if not logger.name.startswith(("_pytest", "faker")))]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_logger_lets_a_cpr_number_through(lines: Lines, shape: str) -> None:
    loggers = every_logger()
    for logger in loggers:
        logger.error("person %s findes", shape)
        logger.critical(f"person {shape}")
        try:
            raise ValueError(f"no person {shape}")
        except ValueError:
            logger.exception("stopped", extra={"person": shape})

    text = lines.getvalue()
    assert not ANY_CPR.findall(re.sub(r"^\S+ \S+ ", "", text, flags=re.MULTILINE))
    assert text.count(logs.MASKED) == 3 * len(loggers)
    assert len(loggers) > len(LIBRARIES)


def test_what_nobody_caught_goes_the_same_way(lines: Lines) -> None:
    def fail() -> None:
        raise ValueError(f"person {NUMBER}")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"person {NUMBER}", stacklevel=1)

    assert NUMBER not in lines.getvalue()
    assert lines.getvalue().count(logs.MASKED) == 3


def test_a_number_of_another_length_is_left_alone(lines: Lines) -> None:
    logging.getLogger("jobcenter_mentor").error("faktura 12345678 og 123456789012, den 2014-10-15 kl. 12.34")

    assert "faktura 12345678 og 123456789012, den 2014-10-15 kl. 12.34" in lines.getvalue()


@pytest.fixture
def apps() -> dict[str, Flask]:
    """Each test here has an app of its own, as addresses are added to it."""
    return {}


def test_each_request_has_one_line_with_its_pattern_and_never_its_address(
    app: Flask, as_admin: Visitor, session: Session, lines: Lines
) -> None:
    a_municipality(session)
    token = "Zk9_hemmeligt-link-paa-over-32-tegn-0123456789"

    answer = as_admin.get(f"/logbog/link/{token}?cpr={NUMBER}")
    as_admin.get(f"/findes/ikke/{token}")
    as_admin.get("/drift", headers={"Host": f"{NUMBER}.example"})
    as_admin.get("/livez")
    as_admin.get("/static/app.css").close()

    first, second, third = lines.getvalue().splitlines()
    assert f"{answer.headers['X-Request-Id']} GET /logbog/link/<token> 404" in first
    assert f"bruger={as_admin.user.id} fra=127.0.0.1" in second
    assert " GET - 404 " in second
    assert " GET - 400 " in third
    assert not [secret for secret in (token, NUMBER, "findes/ikke") if secret in lines.getvalue()]


def test_each_error_stands_once_in_the_log_and_its_number_on_the_page(
    app: Flask, as_admin: Visitor, lines: Lines
) -> None:
    def broken(public_id: str) -> str:
        raise ZeroDivisionError(f"person {NUMBER}")

    app.testing = False
    app.add_url_rule("/prøve/<public_id>", "probe", requires("home")(broken))

    page = as_admin.get(f"/prøve/{NUMBER}")

    number = page.text.partition("Fejlens nummer: ")[2].partition("<")[0]
    assert page.status_code == 500
    assert number == page.headers["X-Request-Id"]
    assert lines.getvalue().count("Traceback") == 1
    assert lines.getvalue().count("ERROR") == 1
    assert f"Fejl {number} på GET probe: ZeroDivisionError" in lines.getvalue()
    assert NUMBER not in lines.getvalue()


def test_what_waitress_says_of_an_address_holds_no_link(lines: Lines) -> None:
    token = "a" * 60
    logging.getLogger("waitress").error("Exception while serving %s", f"/logbog/link/{token}")

    assert lines.getvalue().endswith("Exception while serving /logbog/link/[link]\n")


def test_a_switch_shows_the_statements_without_their_values(lines: Lines, config: Config) -> None:
    sql = logging.getLogger(logs.SQL)
    app = create_app(replace(config, shows_sql=True))
    try:
        with app.app_context():
            db.session.execute(text("SELECT 1 FROM citizen WHERE id = :id"), {"id": 4711})
            db.session.remove()
            db.engine.dispose()
    finally:
        sql.setLevel(logging.NOTSET)

    assert "SELECT 1 FROM citizen" in lines.getvalue()
    assert "4711" not in lines.getvalue()
