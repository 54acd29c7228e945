"""Fælles for testene: a database of either kind, the app, a session, the law, and one logged-in client per role."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from xdist.scheduler import LoadScopeScheduling

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access import passwords
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor_demo.municipality import SEED, SIZES, found
from tests.builders import a_mentor, a_user
from tests.databases import PostgresServer, SqliteFiles, a_config, in_memory, made_once, postgresql
from tests.logins import Visitor, logged_in

ENGINES = ("sqlite", "postgresql")
TOGETHER = ("tests/browser/",)
"""Folders whose files share what is slow to make: the demo that is served."""
LONGEST = (
    "tests/browser/",
    "tests/web/test_every",
    "tests/letters/test_every",
    "tests/at_once/",
    "tests/web/test_anything",
    "tests/imports/",
    "tests/rules/",
    "tests/matching/",
    "tests/demo/",
    "tests/meetings/",
    "tests/grants/",
)
"""What takes longest, longest first."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`, to run one engine only."""
    parser.addoption("--database", choices=ENGINES, help="run the tests on one database only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that touches a database on both, but for those that name one."""
    named = any("engine_name" in mark.args for mark in metafunc.definition.iter_markers("parametrize"))
    if "engine_name" in metafunc.fixturenames and not named:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("engine_name", [chosen] if chosen else ENGINES, scope="session")


class ByFile(LoadScopeScheduling):
    """Gives each worker whole files, the browser's as one: what they share is made once, and no role walks twice."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Hand the files out in the order of the tests, not those of most tests first: one test may be the longest."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the workers begin with the longest files, so that they end at about the same time."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: next((n for n, one in enumerate(LONGEST) if item.nodeid.startswith(one)), 99))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once(shared_folder: Path) -> Iterator[None]:
    """Let all apps of all workers share the compiled templates: compiling them takes 2 seconds of CPU for each app."""
    kept = shared_folder / "templates"
    kept.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(kept))}
        patch.setattr(Flask, "jinja_options", options)
        yield


@pytest.fixture(scope="session", autouse=True)
def hashing_in_use() -> Iterator[PasswordHasher]:
    """Hash passwords cheaply, and give the hasher of the product: one hash takes it 0.1 seconds and 64 MiB."""
    with pytest.MonkeyPatch.context() as patch:
        own = passwords.HASHER
        patch.setattr(passwords, "HASHER", PasswordHasher.from_parameters(CHEAPEST))
        yield own


@pytest.fixture(scope="session")
def sqlite_files() -> Iterator[SqliteFiles]:
    with TemporaryDirectory(prefix="mentor-", dir=in_memory()) as name:
        yield SqliteFiles(Path(name))


@pytest.fixture
def quick_path() -> Iterator[Path]:
    """Return an empty folder for databases of this test's own."""
    with TemporaryDirectory(prefix="mentor-", dir=in_memory()) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def demo_file(sqlite_files: SqliteFiles, shared_folder: Path) -> Path:
    """Found the made-up municipality of size S once in a run, on SQLite; who changes it takes a copy."""
    return made_once(shared_folder / "demo.sqlite", lambda file: found_demo(sqlite_files, file))


def found_demo(sqlite_files: SqliteFiles, kept: Path) -> None:
    """Found it, and keep a copy."""
    file = sqlite_files.folder / "founding.sqlite"
    shutil.copyfile(sqlite_files.pattern, file)
    app = create_app(a_config(f"sqlite:///{file}"))
    with app.app_context():
        with transaction() as session:
            found(session, SIZES["S"], SEED)
        db.session.remove()
        db.engine.dispose()
    shutil.copyfile(file, kept)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    with postgresql(in_memory()) as server:
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


@pytest.fixture(scope="session")
def apps() -> dict[str, Flask]:
    """Return the apps by database: making one, and its pages anew, takes longer than most tests."""
    return {}


@pytest.fixture
def app(config: Config, apps: dict[str, Flask]) -> Iterator[Flask]:
    """Return the app on this test's database; after it nothing stays open, and what was set or kept in it is undone."""
    app = apps.get(config.database_url) or apps.setdefault(config.database_url, create_app(config))
    app.test_client_class = Visitor
    kept = [(state, dict(state)) for state in (app.config, app.extensions)]
    yield app
    for state, before in kept:
        state.clear()
        state.update(before)
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


@pytest.fixture
def installation(session: Session, config: Config, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The environment of an installation on this test's database."""
    monkeypatch.setenv("DATABASE_URL", config.database_url)
    monkeypatch.setenv("SECRET_KEY", config.secret_key)
    monkeypatch.setenv("CPR_KEYS", ",".join(config.cpr_keys))
    monkeypatch.setenv("CPR_INDEX_KEY", config.cpr_index_key)
    return session
