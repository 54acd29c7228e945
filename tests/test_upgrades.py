"""Opgraderinger: data of every released version comes through on both databases, also when killed or done twice."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.engine import Engine

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.platform.database import schema, triggers
from jobcenter_mentor.platform.database.db import db, transaction
from tests import rebuild
from tests.releases import (
    CHECKSUMS,
    MOST_BYTES,
    RELEASES,
    VERSIONS,
    changed_migrations,
    checksums_of,
    config_of,
    releases,
    store,
    unpack_postgresql,
    unpack_sqlite,
)
from tests.town import build_town

PACKED = {"sqlite": "town.sqlite.xz", "postgresql": "town.sql.xz"}


@pytest.fixture
def town(app: Flask) -> Iterator[Flask]:
    """Return the app on a database with rows in every table."""
    with app.app_context():
        with transaction() as session:
            build_town(session)
        db.session.remove()
        yield app
        db.session.remove()


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    """Return a folder with a migration that rebuilds mentors and two guarded tables."""
    return rebuild.write(tmp_path / "versions", rebuild.REBUILD)


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in sorted(tables)}


INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
}


def lost_indexes(connection: Connection) -> set[str]:
    """Return the indexes of the models that the database lacks: a rebuilt table can lose one of an expression."""
    wanted = {str(index.name) for table in db.metadata.sorted_tables for index in table.indexes}
    return wanted - set(connection.scalars(text(INDEXES[connection.dialect.name])))


LAW_CODES = {law.value: law.value for law in LawCode} | {law.label: law.value for law in LawCode}


def laws_of(connection: Connection) -> dict[int, str]:
    """Return the law of each assessment: its name until release 0.2.0, then a code."""
    return {row.id: row.law for row in connection.execute(text("SELECT id, law FROM assessment"))}


def test_a_rebuilt_table_keeps_its_rows_its_references_and_its_guards(town: Flask, extra: Path) -> None:
    with db.engine.connect() as connection:
        before = counts(connection)

    rebuild.upgrade(extra)
    with db.engine.connect() as connection:
        after, up = counts(connection), triggers.names(connection)
        told = connection.scalar(text("SELECT made_up FROM mentor ORDER BY id"))
        wanted = triggers.expected(connection)
    rebuild.downgrade(extra)

    with db.engine.connect() as connection:
        assert (after, told, up) == (before, "ja", wanted)
        assert (counts(connection), triggers.names(connection)) == (before, wanted)
        assert schema.fault(connection) == ""


def test_a_new_column_of_a_guarded_table_is_guarded_too(town: Flask, extra: Path) -> None:
    rebuild.upgrade(extra)

    with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
        connection.execute(text("UPDATE letter SET made_up = 'nej' WHERE id = 1"))


def test_an_upgrade_that_is_killed_half_way_leaves_all_as_it_was_and_can_be_done_again(
    town: Flask, extra: Path
) -> None:
    url = town.config["SQLALCHEMY_DATABASE_URI"]
    with db.engine.connect() as connection:
        before, guards = counts(connection), triggers.names(connection)
    db.engine.dispose()

    killed = rebuild.upgrade_apart(url, extra, killed=True)
    with db.engine.connect() as connection:
        left, version, standing = counts(connection), schema.found_revision(connection), triggers.names(connection)
    db.engine.dispose()
    again = rebuild.upgrade_apart(url, extra)

    assert killed < 0
    assert (left, version, standing) == (before, schema.wanted_revision(), guards)
    assert again == 0
    with db.engine.connect() as connection:
        assert (counts(connection), schema.found_revision(connection)) == (before, "made_up")


def test_a_migration_that_leaves_rows_pointing_at_nothing_is_rolled_back(town: Flask, tmp_path: Path) -> None:
    breaking = rebuild.write(tmp_path / "versions", rebuild.BREAKING)

    with pytest.raises(Exception, match=r"rullet tilbage|foreign key"):
        rebuild.upgrade(breaking)

    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM team")) == 2
        assert schema.fault(connection) == ""


def test_two_upgrades_at_once_wait_for_each_other(town: Flask, extra: Path) -> None:
    done = threading.Event()

    def second() -> None:
        with town.app_context():
            rebuild.upgrade(extra)
        done.set()

    thread = threading.Thread(target=second)
    with held(db.engine):
        thread.start()
        waited = not done.wait(1)
    thread.join(60)

    assert waited
    assert done.is_set()
    with db.engine.connect() as connection:
        assert schema.found_revision(connection) == "made_up"


class held:  # noqa: N801
    """Hold the lock of an upgrade, as another one would."""

    def __init__(self, engine: Engine) -> None:
        self.connection = engine.connect()

    def __enter__(self) -> None:
        if self.connection.dialect.name == "sqlite":
            self.connection.execution_options(writing=True).begin()
        else:
            self.connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": schema.LOCK})

    def __exit__(self, *_: Any) -> None:
        self.connection.rollback()
        self.connection.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cut a release of the tables as they are now, as `python -m tests.releases` does."""
    folder = tmp_path_factory.mktemp("releases") / "0.0.1"
    store(folder)
    return folder


def opened(folder: Path, engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Flask:
    """Return the app on the stored database of a release, as it was stored."""
    if engine_name == "sqlite":
        url = unpack_sqlite(folder / PACKED["sqlite"], tmp_path / f"{folder.name}.sqlite")
    else:
        url = unpack_postgresql(folder / PACKED["postgresql"], request.getfixturevalue("postgresql_server"), "stored")
    return create_app(config_of(folder, url))


def comes_through(app: Flask, folder: Path) -> None:
    """Upgrade a stored town, with its rows kept, the tables as the models say, and go down and up with data."""
    with app.app_context():
        with db.engine.connect() as connection:
            before, laws = counts(connection), laws_of(connection)
            assert [name for name, rows in before.items() if rows == 0] == [], folder.name
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            after = counts(connection)
            assert schema.fault(connection) == ""
            assert {name: after[name] for name in before} == before
            assert set(after) == set(db.metadata.tables)
            assert lost_indexes(connection) == set()
            assert laws_of(connection) == {key: LAW_CODES.get(law, "not_known") for key, law in laws.items()}
        with transaction() as session:
            assert session.scalar(select(JournalEntry.text).order_by(JournalEntry.id)) == "Hemmelig tekst 1"
        db.session.remove()
        flask_migrate.downgrade(revision="base")
        flask_migrate.upgrade()
        db.engine.dispose()


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], scope="session")
def test_a_release_that_is_cut_now_is_small_and_comes_through(
    made: Path, engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assert sum(file.stat().st_size for file in made.iterdir()) < MOST_BYTES

    comes_through(opened(made, engine_name, tmp_path, request), made)


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], scope="session")
def test_every_released_version_comes_through_with_its_data(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    told = re.findall(r"^## (\d+\.\d+\.\d+)", (PACKAGE.parent / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)

    assert sorted(told) == sorted(releases()), "a released version has no stored databases: python -m tests.releases"
    for version in releases():
        folder = RELEASES / version
        assert sum(file.stat().st_size for file in folder.iterdir()) < MOST_BYTES
        comes_through(opened(folder, engine_name, tmp_path, request), folder)


def test_no_released_migration_has_changed() -> None:
    assert list(changed_migrations(CHECKSUMS, VERSIONS)) == []
    assert CHECKSUMS.exists() == bool(releases())


def test_a_changed_a_missing_and_no_new_migration_is_told(tmp_path: Path) -> None:
    for name in ("0001_a.py", "0002_b.py", "0003_c.py"):
        (tmp_path / name).write_text(name)
    recorded = tmp_path / "migrations.json"
    recorded.write_text(json.dumps(checksums_of(tmp_path)))

    (tmp_path / "0001_a.py").write_text("changed")
    (tmp_path / "0002_b.py").unlink()
    (tmp_path / "0004_d.py").write_text("new")

    assert list(changed_migrations(recorded, tmp_path)) == ["0001_a.py", "0002_b.py"]
