"""Bring the database of the current app to a version of the tables (migreringer), in one transaction.

Two at once wait for each other. The guards are lifted first and written anew at the end, since a rebuilt table loses
its triggers; SQLite's foreign keys are switched off, since a table is rebuilt by dropping it, and checked at the end.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from jobcenter_mentor.platform.access import absence_overlap
from jobcenter_mentor.platform.database import triggers
from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.platform.database.schema import LOCK

LONGEST_WAIT = 15 * 60 * 1000
"""How many milliseconds an upgrade on SQLite waits for another."""


def run() -> None:
    """Run the migrations asked for, with batch mode so that SQLite can alter its tables."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        if is_sqlite:
            _switch(connection, foreign_keys=False)
        try:
            with connection.execution_options(writing=True).begin():
                if not is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                _migrate(connection)
        finally:
            if is_sqlite:
                _switch(connection, foreign_keys=True)


def _migrate(connection: Connection) -> None:
    triggers.lift(connection)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        _check_keys(connection)
    triggers.install(connection)
    absence_overlap.install(connection)


def _switch(connection: Connection, *, foreign_keys: bool) -> None:
    """Switch SQLite's foreign keys, which is possible between transactions only, and how long it waits for a lock."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    cursor.execute(f"PRAGMA busy_timeout = {30000 if foreign_keys else LONGEST_WAIT}")
    cursor.close()


def _check_keys(connection: Connection) -> None:
    """Raise RuntimeError where a row points at none: the upgrade is rolled back then."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"Opgraderingen er rullet tilbage: rækker i {tables} peger på rækker, der ikke findes.")


run()
