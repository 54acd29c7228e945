"""Record what an import wrote (spor), so that it can be undone: the rows made, and the old values of changed rows."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, event, inspect, select
from sqlalchemy.orm import Mapper, Session

from jobcenter_mentor.platform.audit.lawful_change import Ranges, ranges_of, within
from jobcenter_mentor.platform.database.db import Base

NOT_TRACED = frozenset(
    {"event", "lawful_change", "assessment", "case_counter", "import_run", "import_heading", "import_value", "job"}
)
"""Tables that an undo leaves unchanged, because the log and the assessments are only ever added to."""
KEPT_IN_STEP = frozenset({"frame", "reservation", "course_month", "month_sum", "sub_course", "sub_course_version"})
"""Tables that other services update with the courses; an undo asks them to."""
MOST_NAMED = 200
"""Ranges and ids that one statement names."""


@dataclass
class Trace:
    """The trace of an import (spor): `made` is row ids by table, `before` and `after` changed columns by table and id.

    `removed` are whole rows that it deleted, by table. `versions` are the versions it left the rows at, other than 1.
    """

    made: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    before: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    after: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    removed: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[str, dict[int, int]] = field(default_factory=dict)

    def note_made(self, model: type[Base], ids: Iterable[int]) -> None:
        """Note rows that were written many at a time."""
        self.made[model.__tablename__].update(ids)

    def note(self, session: Session, _context: object = None) -> None:
        """Note what a flush has written."""
        for row in session.new:
            if (name := _traced(row)) is not None:
                self.made[name].add(row.id)
        for row in session.dirty:
            if (name := _traced(row)) is not None:
                self._note_changed(name, row)

    def _note_changed(self, name: str, row: Any) -> None:
        state = inspect(row)
        number = row.id
        if number in self.made[name]:
            return
        for attribute in cast(Mapper[Any], state.mapper).column_attrs:
            history = state.attrs[attribute.key].history
            if history.has_changes() and attribute.key != "version":
                old = history.deleted[0] if history.deleted else None
                self.before[name].setdefault(number, {}).setdefault(attribute.key, old)
                self.after[name].setdefault(number, {})[attribute.key] = history.added[0] if history.added else None

    def note_removed(self, _session: Session, row: Any) -> None:
        """Note a row that a flush has deleted."""
        name = _traced(row)
        if name is None:
            return
        state, number = inspect(row), row.id
        if number in self.made[name]:
            self.made[name].discard(number)
            return
        self.removed[name].append({one.key: getattr(row, one.key) for one in state.mapper.column_attrs})

    def as_text(self) -> str:
        """Return the trace as JSON (spor), to be stored encrypted: ids as ranges, dates and times in ISO form."""
        told = {
            "made": {name: ranges_of(ids) for name, ids in self.made.items() if ids},
            "before": {name: list(rows.items()) for name, rows in self.before.items()},
            "after": {name: list(rows.items()) for name, rows in self.after.items()},
            "removed": self.removed,
            "versions": {name: list(rows.items()) for name, rows in self.versions.items()},
        }
        return json.dumps(told, ensure_ascii=False, default=_written)


@dataclass(frozen=True)
class StoredTrace:
    """A stored trace as it is read again (spor), with values of the columns' own types."""

    made: dict[str, Ranges]
    before: dict[str, dict[int, dict[str, Any]]]
    after: dict[str, dict[int, dict[str, Any]]]
    removed: dict[str, list[dict[str, Any]]]
    versions: dict[str, dict[int, int]]


@contextmanager
def traced(session: Session) -> Iterator[Trace]:
    """Record what the session writes until the end of the block (spor). Writes up to then are flushed."""
    trace = Trace()
    session.flush()
    event.listen(session, "after_flush", trace.note)
    event.listen(session, "persistent_to_deleted", trace.note_removed)
    try:
        yield trace
        session.flush()
    finally:
        event.remove(session, "after_flush", trace.note)
        event.remove(session, "persistent_to_deleted", trace.note_removed)
    trace.versions = dict(_versions(session, trace))


def read_trace(text: str) -> StoredTrace:
    """Read a stored trace (spor)."""
    told = json.loads(text)
    made = {name: [(first, last) for first, last in ranges] for name, ranges in told["made"].items()}
    changed = {
        when: {name: {number: _typed(name, row) for number, row in rows} for name, rows in told[when].items()}
        for when in ("before", "after")
    }
    removed = {name: [_typed(name, row) for row in rows] for name, rows in told["removed"].items()}
    versions = {name: dict(rows) for name, rows in told["versions"].items()}
    return StoredTrace(made, changed["before"], changed["after"], removed, versions)


def moved_up(text: str, moved: Mapping[str, tuple[int, int]]) -> str:
    """Return the trace with new row numbers: by table, ids above the first number are raised by the second."""

    def id_of(name: str, number: int) -> int:
        base, more = moved.get(name, (0, 0))
        return number + more if number > base else number

    def row_of(name: str, row: dict[str, Any]) -> dict[str, Any]:
        return {key: _pointing(name, key, value, id_of) for key, value in row.items()}

    told = json.loads(text)
    for name, ranges in told["made"].items():
        told["made"][name] = [(id_of(name, first), id_of(name, last)) for first, last in ranges]
    for when in ("before", "after"):
        for name, rows in told[when].items():
            told[when][name] = [(id_of(name, number), row_of(name, row)) for number, row in rows]
    told["removed"] = {name: [row_of(name, row) for row in rows] for name, rows in told["removed"].items()}
    for name, rows in told["versions"].items():
        told["versions"][name] = [(id_of(name, number), version) for number, version in rows]
    return json.dumps(told, ensure_ascii=False)


def _pointing(name: str, key: str, value: Any, id_of: Callable[[str, int], int]) -> Any:
    """Return the value of a column; a reference to a row gets the row's new number."""
    target = next((point.column.table.name for point in table_of(name).c[key].foreign_keys), None)
    return value if target is None or value is None else id_of(target, value)


def _versions(session: Session, trace: Trace) -> Iterator[tuple[str, dict[int, int]]]:
    """Yield the versions that rows were left at: of rows made where it isn't 1, and of all changed rows."""
    for name in {*trace.made, *trace.after}:
        table = table_of(name)
        if "version" not in table.c:
            continue
        ranges, changed = ranges_of(trace.made[name]), list(trace.after[name])
        found: dict[int, int] = {}
        for first in range(0, max(len(ranges), len(changed)), MOST_NAMED):
            made = within(table.c.id, ranges[first : first + MOST_NAMED]) & (table.c.version > 1)
            wanted = made | table.c.id.in_(changed[first : first + MOST_NAMED])
            rows = session.execute(select(table.c.id, table.c.version).where(wanted))
            found.update((row.id, row.version) for row in rows)
        if found:
            yield name, found


def table_of(name: str) -> Table:
    """Return the table that a stored trace names."""
    return _tables()[name]


@cache
def _tables() -> dict[str, Table]:
    return {table.name: table for table in Base.metadata.sorted_tables}


def _traced(row: Any) -> str | None:
    name: str = row.__tablename__
    return None if name in NOT_TRACED or name in KEPT_IN_STEP else name


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} kan ikke gemmes i sporet.")


def _typed(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a row in the types of its columns."""
    columns = table_of(name).c
    return {key: _read(columns[key].type.python_type, value) for key, value in row.items()}


def _read(kind: type, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return bytes.fromhex(value) if kind is bytes else value
