"""Import a sheet on SQLite in a copy of the database (prøvekopi), and then move its changes to the real one.

The copy is ours alone, so nobody waits while thousands of rows are checked, assessed and written. Triggers record the
changes there, and a few statements in one transaction move them. Rows that were read or changed must be as they were
when the copy was made; otherwise nothing is moved and the import is tried again.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, create_engine, select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import Base, blind_index, sealed
from jobcenter_mentor.sheets.runs import service
from jobcenter_mentor.sheets.runs.copy_statements import COUNTER, SUMS, UNCHECKED, Statements
from jobcenter_mentor.sheets.runs.import_check import ImportCheck
from jobcenter_mentor.sheets.undo.trace import moved_up

log = logging.getLogger(__name__)

MARK = ".kladde-"
WAIT = 30
"""Seconds to wait for another writer."""
Moved = dict[str, tuple[int, int]]
"""By table: the highest row id when the copy was made, and by how much the ids of newer rows were raised."""


def take_in(database: Path, public_id: str, by_id: int, on: date, law: Law, how: dict[str, Any]) -> ImportCheck | None:
    """Import a sheet by a copy; None where others have changed what it was compared with."""
    with copied(database) as copy:
        engine = create_engine(f"sqlite:///{copy}")
        try:
            with Session(engine, expire_on_commit=False) as session:
                actor = Actor(session.get_one(User, by_id), on)
                run = service.get_run(session, public_id, actor=actor)
                checked = service.apply(session, run, actor=actor, law=law, **how)
                if not checked.report["applied"]:
                    return checked
                trace, run_id = run.trace or "", run.id
                name_citizens(session, _citizens(session, checked))
                session.flush()
                session.connection().exec_driver_sql("COMMIT")
        finally:
            engine.dispose()
        moved = lay_in(database, copy, Statements(run_id), lambda moved: sealed(moved_up(trace, moved)))
        return None if moved is None else checked


def _citizens(session: Session, checked: ImportCheck) -> set[int]:
    """Return the row ids of the citizens that the rows are about."""
    people = getattr(checked.taker, "people", None)
    ids = {citizen.id for citizen in people.known.values()} if people is not None else set()
    indexes = sorted({blind_index(row.get("cpr")) for row in checked.rows if row.get("cpr")})
    for first in range(0, len(indexes), 500):
        ids |= set(session.scalars(select(Citizen.id).where(Citizen.cpr_index.in_(indexes[first : first + 500]))))
    return ids


@contextmanager
def copied(database: Path) -> Iterator[Path]:
    """Copy the database to a file beside it, for as long as the block lasts."""
    _sweep(database)
    copy = database.with_name(f"{database.name}{MARK}{os.getpid()}-{uuid4().hex}")
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy, isolation_level=None)) as own:
            source.backup(own)
            own.execute("PRAGMA journal_mode = MEMORY")
            own.execute("PRAGMA synchronous = OFF")
            _watch(own)
        yield copy
    finally:
        for file in database.parent.glob(f"{copy.name}*"):
            file.unlink(missing_ok=True)


def name_citizens(session: Session, ids: Collection[int]) -> None:
    """Store in the copy which citizens the sheet is about, except those who are new in it."""
    connection = session.connection()
    connection.exec_driver_sql("CREATE TABLE sheet_citizen (id INTEGER PRIMARY KEY)")
    add = "INSERT INTO sheet_citizen SELECT :id WHERE :id <= (SELECT id FROM base__ WHERE name = 'citizen')"
    if ids:
        connection.execute(text(add), [{"id": number} for number in sorted(ids)])


def lay_in(database: Path, copy: Path, statements: Statements, trace_of: Callable[[Moved], bytes]) -> Moved | None:
    """Move what was written to the copy into the database, all at once; None where it no longer fits.

    The search for changes in the copy is done before the lock is asked for. `trace_of` returns the import's sealed
    trace when the numbers of the new rows are known.
    """
    with closing(sqlite3.connect(database, isolation_level=None, timeout=WAIT)) as connection:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -64000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("ATTACH ? AS copy", (str(copy),))
        touched = [table for table in Base.metadata.sorted_tables if _is_touched(connection, table)]
        connection.execute("BEGIN IMMEDIATE")
        began = monotonic()
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            if any(connection.execute(statement).fetchone() for statement in statements.checks(touched)):
                connection.execute("ROLLBACK")
                return None
            moved = dict(_moved(connection, touched))
            for statement, values in statements.writes(touched, moved):
                connection.execute(statement, values)
            trace = (trace_of(moved), statements.run_id)
            connection.execute("UPDATE main.import_run SET trace = ? WHERE id = ?", trace)
            connection.execute("COMMIT")
            log.info("Import %s laid in; the write lock was held for %.3f s", statements.run_id, monotonic() - began)
        except sqlite3.IntegrityError:
            # somebody else has registered the same citizen, or taken the money, since the copy was made
            connection.execute("ROLLBACK")
            return None
        return moved


def _watch(own: sqlite3.Connection) -> None:
    """Make triggers in the copy that store the old row of every change, and store where new rows begin."""
    own.execute("CREATE TABLE base__ (name TEXT PRIMARY KEY, id INTEGER NOT NULL)")
    for table in Base.metadata.sorted_tables:
        name = table.name
        if name in (SUMS, COUNTER):
            own.execute(f'CREATE TABLE "old__{name}" AS SELECT * FROM "{name}"')
        elif "id" not in table.c:
            for act in ("INSERT", "UPDATE", "DELETE"):
                refuse = "BEGIN SELECT RAISE(ABORT, 'no import writes here'); END"
                own.execute(f'CREATE TRIGGER "watch_{act}_{name}" BEFORE {act} ON "{name}" {refuse}')
        else:
            highest = own.execute(f'SELECT coalesce(max(id), 0) FROM "{name}"').fetchone()[0]
            own.execute("INSERT INTO base__ VALUES (?, ?)", (name, highest))
            own.execute(f'CREATE TABLE "old__{name}" AS SELECT * FROM "{name}" WHERE 0')
            own.execute(f'CREATE UNIQUE INDEX "ix_old__{name}" ON "old__{name}" (id)')
            for act in ("UPDATE", "DELETE"):
                keep = f'INSERT OR IGNORE INTO "old__{name}" SELECT * FROM "{name}" WHERE id = old.id'
                own.execute(
                    f'CREATE TRIGGER "watch_{act}_{name}" BEFORE {act} ON "{name}" WHEN old.id <= {highest} '
                    f"BEGIN {keep}; END"
                )


def _is_touched(connection: sqlite3.Connection, table: Table) -> bool:
    """Tell whether the import wrote to a table of the copy."""
    name = table.name
    if name in (SUMS, COUNTER):
        changed = f'SELECT 1 FROM (SELECT * FROM copy."{name}" EXCEPT SELECT * FROM copy."old__{name}") LIMIT 1'
        return connection.execute(changed).fetchone() is not None
    if "id" not in table.c:
        return False
    new = f'SELECT 1 FROM copy."{name}" WHERE id > (SELECT id FROM copy.base__ WHERE name = ?) LIMIT 1'
    old = f'SELECT 1 FROM copy."old__{name}" LIMIT 1'
    return any((connection.execute(new, (name,)).fetchone(), connection.execute(old).fetchone()))


def _moved(connection: sqlite3.Connection, touched: list[Table]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield how far the ids of new rows in each table must be raised, as others have made rows meanwhile."""
    for table in touched:
        if "id" in table.c and table.name not in UNCHECKED:
            base = connection.execute("SELECT id FROM copy.base__ WHERE name = ?", (table.name,)).fetchone()[0]
            highest = connection.execute(f'SELECT coalesce(max(id), 0) FROM main."{table.name}"').fetchone()[0]
            yield table.name, (base, max(0, highest - base))


def _sweep(database: Path) -> None:
    """Delete copies of processes that were killed."""
    for file in database.parent.glob(f"{database.name}{MARK}*"):
        owner = file.name.partition(MARK)[2].partition("-")[0]
        if not (owner.isdigit() and _runs(int(owner))):
            file.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
