"""Kommunen til kapløbene: the seeded municipality on either database, as a fresh copy for every race."""

import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Integer, LargeBinary, create_engine, insert, select, text

from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.database.db import db
from tests.databases import PostgresServer, a_config

AS_REPLICA = text("SET LOCAL session_replication_role = replica")
UNCOUNTED = frozenset(
    {"alembic_version", "login_session", "login_delay", "sent_form", "event", "second_check", "sub_course_version"}
)
"""Tables that are of no act: who is logged in, what was sent, and which decisions are drawn for a check by chance."""
ACTS = """
SELECT 'event ' || action, count(*) FROM event WHERE NOT refused AND action NOT LIKE '%read' GROUP BY action
"""
"""What the log says that was done, by name; a look is no act."""
SUMS = {"frame": ("covered", "beyond"), "pay_line": ("amount",), "claim_line": ("refund",)}
"""Columns of money that must come out as they do alone."""


@dataclass
class Town:
    """The municipality (kommunen) on one database: `fresh` gives a copy that no race has touched.

    `without` is a statement that takes a constraint out of each copy, to see that the race is lost then.
    """

    app: Flask
    file: Path
    pattern: Path
    server: PostgresServer | None = None
    token: str = ""
    without: str = ""
    alone: dict[str, tuple[tuple[Any, ...], dict[str, int]]] = field(default_factory=dict)

    def fresh(self) -> None:
        """Put a fresh copy in place."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if self.server is None:
            for ending in ("-wal", "-shm"):
                Path(f"{self.file}{ending}").unlink(missing_ok=True)
            shutil.copyfile(self.pattern, self.file)
        else:
            self.server.create("race", "town")
        if self.without:
            with self.app.app_context(), db.engine.begin() as connection:
                connection.execute(text(self.without))

    def asked(self, statement: str) -> dict[str, object]:
        """Ask the untouched municipality for one row, by the names of its columns."""
        with sqlite3.connect(self.pattern) as connection:
            connection.row_factory = sqlite3.Row
            row = connection.execute(statement).fetchone()
        assert row is not None, f"the municipality of the demo has no row for: {statement}"
        return dict(row)

    def state(self) -> dict[str, int]:
        """Count the rows of every table and the acts in the log, and add up the columns of money."""
        with self.app.app_context(), db.engine.connect() as connection:
            return _state(connection)


def _state(connection: Connection) -> dict[str, int]:
    counts = [
        f"SELECT '{table}' AS what, count(*) AS rows FROM \"{table}\""
        for table in db.metadata.tables
        if table not in UNCOUNTED
    ]
    sums = [
        f"SELECT '{table}.{column}', coalesce(sum({column}), 0) FROM \"{table}\""
        for table, columns in SUMS.items()
        for column in columns
    ]
    return {what: int(rows) for what, rows in connection.execute(text(" UNION ALL ".join([*counts, *sums, ACTS])))}


def on_sqlite(pattern: Path, folder: Path) -> Town:
    """Return the municipality on SQLite."""
    file = folder / "race.sqlite"
    return Town(create_app(a_config(f"sqlite:///{file}")), file, pattern)


def on_postgresql(pattern: Path, server: PostgresServer) -> Town:
    """Return the municipality on PostgreSQL: the very rows of the SQLite file, so that both run the same races."""
    server.fresh()
    address = server.create("town", "pattern")
    source, target = create_engine(f"sqlite:///{pattern}"), create_engine(address)
    with source.connect() as rows, target.begin() as into:
        into.execute(AS_REPLICA)
        for table in db.metadata.sorted_tables:
            _copy(rows, into, table.name)
    for engine in (source, target):
        engine.dispose()
    return Town(create_app(a_config(server.create("race", "town"))), pattern, pattern, server)


def _copy(rows: Connection, into: Connection, name: str) -> None:
    """Copy a table row by row, what is encrypted as it is, and let its ids go on from the last."""
    table = db.metadata.tables[name].to_metadata(type(db.metadata)())
    for column in table.columns:
        if isinstance(getattr(column.type, "impl", None), LargeBinary):
            column.type = LargeBinary()
    into.execute(table.delete())
    found = [dict(row) for row in rows.execute(select(table)).mappings()]
    for first in range(0, len(found), 1000):
        into.execute(insert(table), found[first : first + 1000])
    if found and "id" in table.columns and isinstance(table.columns["id"].type, Integer):
        sequence = f"pg_get_serial_sequence('\"{name}\"', 'id')"
        into.execute(text(f'SELECT setval({sequence}, (SELECT max(id) FROM "{name}"))'))
