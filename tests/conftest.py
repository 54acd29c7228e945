"""Fælles for testene: a database of either kind, the app, a session, the law, and one logged-in client per role."""

from collections.abc import Iterator
from contextvars import Context
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config
from jobcenter_mentor.db import db
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.rules import loader
from tests.builders import WORKING_DAY
from tests.databases import PostgresServer, SqliteFiles, a_config, postgresql

ENGINES = ("sqlite", "postgresql")


class Visitor(FlaskClient):
    """A browser of the tests: before a request it commits what the test arranged, after it the test reads anew.

    The request runs in a context of its own, as in the server: no session and no log-in is shared with the test.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request."""
        if has_app_context():
            db.session.commit()
        response = Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        return response


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`, to run one engine only."""
    parser.addoption("--database", choices=ENGINES, help="run the tests on one database only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that touches a database on both."""
    if "engine_name" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("engine_name", [chosen] if chosen else ENGINES, scope="session")


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    with postgresql() as server:
        server.stop_syncing()
        yield server


@pytest.fixture
def database(engine_name: str, request: pytest.FixtureRequest) -> str:
    """Return the address of a migrated, empty database."""
    makers = {"sqlite": "sqlite_files", "postgresql": "postgresql_server"}
    address: str = request.getfixturevalue(makers[engine_name]).fresh()
    return address


@pytest.fixture
def config(database: str) -> Config:
    return a_config(database)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """Return the app on this test's database; nothing of it stays open after."""
    app = create_app(config)
    app.test_client_class = Visitor
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a visitor who hasn't logged in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Return the session of an open app context, for builders and services. What isn't committed is rolled back."""
    with app.app_context():
        yield db.session()


@pytest.fixture(scope="session")
def law() -> Law:
    return loader.law()


@pytest.fixture
def today() -> date:
    """Return the working day of the made-up people."""
    return WORKING_DAY
