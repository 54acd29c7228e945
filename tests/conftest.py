"""Fælles for testene: a database of either kind, the app, a session, the law, and one logged-in client per role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config
from jobcenter_mentor.db import db
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.rules import loader
from tests.builders import a_mentor, a_user
from tests.databases import PostgresServer, SqliteFiles, a_config, postgresql
from tests.logins import Visitor, logged_in

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`, to run one engine only."""
    parser.addoption("--database", choices=ENGINES, help="run the tests on one database only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that touches a database on both."""
    if "engine_name" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("engine_name", [chosen] if chosen else ENGINES, scope="session")


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Keep what Werkzeug compiles of each address: every test's app has the same, and it was nine tenths of an app."""
    compiled: dict[Any, Callable[..., tuple[str, str]]] = {}
    compiling = Rule._compile_builder

    def kept(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compiling(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", kept)
        yield


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


def _as(role: str) -> Callable[..., Visitor]:
    """Make the fixture of a client logged in with one role; `client.user` is who it is."""

    @pytest.fixture
    def visitor(app: Flask, session: Session) -> Visitor:
        mentor = a_mentor(session) if role == "MI" else None
        return logged_in(app, session, a_user(session, role, mentor=mentor))

    return visitor


as_caseworker = _as("SB")
as_team_leader = _as("TL")
as_coordinator = _as("MK")
as_mentor = _as("MI")
as_controller = _as("ØK")
as_admin = _as("AD")
as_auditor = _as("RE")
