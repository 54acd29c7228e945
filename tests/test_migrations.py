"""Migreringerne: they go up, down and up again on both databases, and build the tables that the models describe."""

import importlib
from collections.abc import Iterator

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, insert, inspect, text
from sqlalchemy.exc import DBAPIError

from jobcenter_mentor.audit.models import Event
from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.db import db

for models in sorted(PACKAGE.glob("*/models.py")):
    importlib.import_module(f"jobcenter_mentor.{models.parent.name}.models")


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """Return a connection to a migrated database, with the app as the migrations need it."""
    with app.app_context(), db.engine.connect() as connection:
        yield connection


def tables(connection: Connection) -> set[str]:
    """Return the tables there are now."""
    connection.rollback()
    return set(inspect(connection).get_table_names())


def test_the_migrations_go_down_to_nothing_and_up_again(connection: Connection) -> None:
    first = tables(connection)
    connection.rollback()

    flask_migrate.downgrade(revision="base")
    emptied = tables(connection)
    connection.rollback()
    flask_migrate.upgrade()

    assert emptied == {"alembic_version"}
    assert tables(connection) == first == set(db.metadata.tables) | {"alembic_version"}


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # SQLite can't tell them; PostgreSQL does
def test_the_tables_are_those_of_the_models(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

    assert compare_metadata(context, db.metadata) == []


@pytest.mark.parametrize("act", ["UPDATE event SET action = 'x'", "DELETE FROM event"])
def test_the_database_itself_keeps_audit_rows_as_they_are(connection: Connection, act: str) -> None:
    event = {"actor": "test", "action": "test", "subject": "test"}
    connection.execute(insert(Event).values(event))

    with pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(act))
