"""Collect rows by table with ids of their own, then write them in bulk in the order of the foreign keys."""

from collections import defaultdict
from itertools import groupby
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.database.db import Base

CHUNK = 5000
TableRow = dict[str, Any]
"""The values of one row by column."""


class Rows:
    """The rows to be written; the database is empty, so ids count from 1."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[TableRow]] = defaultdict(list)
        self._counts: dict[type[Base], int] = defaultdict(int)

    def next_id(self, model: type[Base]) -> int:
        """Return the next id, for a row that others must refer to before it is added."""
        self._counts[model] += 1
        return self._counts[model]

    def add(self, model: type[Base], **values: Any) -> int:
        """Add a row and return its id; rows of one table have the same columns."""
        if "id" in model.__table__.c and "id" not in values:
            values["id"] = self.next_id(model)
        self._rows[model].append(values)
        return int(values.get("id", 0))

    def of(self, model: type[Base]) -> list[TableRow]:
        """Return the rows that are not written yet."""
        return self._rows[model]

    def write(self, session: Session) -> None:
        """Write everything, parents first, and let PostgreSQL's counters continue from the highest id."""
        order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
        for model in sorted(self._rows, key=lambda model: order[model.__tablename__]):
            for _, same in groupby(self._rows[model], key=columns):
                batch = list(same)
                for first in range(0, len(batch), CHUNK):
                    session.execute(insert(model.__table__), batch[first : first + CHUNK])
            if "id" in model.__table__.c:
                _move_counter(session, model)
        self._rows.clear()


def columns(row: TableRow) -> tuple[str, ...]:
    """Return the columns of the row."""
    return tuple(row)


def _move_counter(session: Session, model: type[Base]) -> None:
    if session.get_bind().dialect.name == "postgresql":
        highest = session.scalar(select(func.max(model.__table__.c.id)))
        sequence = f'"{model.__tablename__}"'
        session.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :id)"), {"name": sequence, "id": highest}
        )
