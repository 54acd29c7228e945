"""Make lawful changes (lovlige ændringer): three ways through the guards, for named rows, logged, closed at once.

The guards let them through while a row of `lawful_change` stands open; a transaction can't end with it open, and the
row stays for good. On PostgreSQL only the owner of the tables can open one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, false, insert, or_, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.audit.models import LawfulChange
from jobcenter_mentor.platform.database.db import Base
from jobcenter_mentor.platform.database.guards import encrypted, guard_of

Ranges = list[tuple[int, int]]
"""Row ids in unbroken pieces, both ends included."""
NO_ROW = -1
AT_ONCE = 200


def ranges_of(numbers: Iterable[int]) -> Ranges:
    """Gather numbers in unbroken pieces: 3, 4, 5 and 9 are (3, 5) and (9, 9)."""
    ranges: Ranges = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def within(column: ColumnElement[Any], ranges: Ranges) -> ColumnElement[bool]:
    """Tell whether the number is in one of the pieces, as a condition of a query."""
    return or_(*(column.between(first, last) for first, last in ranges)) if ranges else false()


def reencrypt(session: Session, *, reason: str, by: audit.LogWriter | None) -> int:
    """Encrypt every encrypted value anew under the newest key (omkryptering); returns how many rows.

    Each plain text is read before and after. Raises RuntimeError where one differs: nothing is to be kept then.
    """
    rows = 0
    for table in Base.metadata.sorted_tables:
        names = encrypted(table)
        if names and "id" in table.c:
            rows += _reencrypt(session, table, names, reason=reason, by=by)
    return rows


def delete_listed(session: Session, listed: Mapping[str, Ranges], *, reason: str, by: audit.LogWriter | None) -> None:
    """Delete the rows of a confirmed list, by table (lovlig sletning); rows that point go before those pointed at."""
    for table in reversed(Base.metadata.sorted_tables):
        ranges = listed.get(table.name, [])
        for part in _parts(ranges):
            with _door(session, "deletion", table, part, reason=reason, by=by):
                session.execute(delete(table).where(within(table.c.id, part)))


def set_later(
    session: Session,
    table: Table,
    column: str,
    value: Any,
    *,
    ids: Sequence[int],
    reason: str,
    by: audit.LogWriter | None,
) -> None:
    """Fill in one column of these rows that its guard lists (senere oplysning). Raises ValueError for others."""
    guard = guard_of(table)
    if guard is None or column not in guard.by_audit:
        raise ValueError(f"{table.name}.{column} is not on the list of columns that may be filled in later")
    for part in _parts(ranges_of(ids)):
        with _door(session, "column", table, part, reason=reason, by=by, column=column):
            session.execute(update(table).where(within(table.c.id, part)).values({column: value}))


def _reencrypt(session: Session, table: Table, names: list[str], *, reason: str, by: audit.LogWriter | None) -> int:
    keys = list(session.scalars(select(table.c.id).order_by(table.c.id)))
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        wanted = select(table.c.id, *(table.c[name] for name in names)).where(table.c.id.in_(part)).order_by(table.c.id)
        before = session.execute(wanted).all()
        ranges = [] if isinstance(part[0], str) else [(part[0], part[-1])]
        with _door(session, "encryption", table, ranges, reason=reason, by=by):
            for row in before:
                values = {name: getattr(row, name) for name in names if getattr(row, name) is not None}
                if values:
                    session.execute(update(table).where(table.c.id == row.id).values(values))
        if session.execute(wanted).all() != before:
            raise RuntimeError(f"The plain text of {table.name} differs after encryption")
    return len(keys)


@contextmanager
def _door(
    session: Session,
    way: str,
    table: Table,
    ranges: Ranges,
    *,
    reason: str,
    by: audit.LogWriter | None,
    column: str = "",
) -> Iterator[None]:
    """Open the guard of a table for these rows, close it, and log what was done; a table without a guard needs none."""
    session.flush()
    if guard_of(table) is None or not ranges:
        yield
        return
    about = {"way": way, "table_name": table.name, "column_name": column, "reason": reason[:200]}
    doors = [
        about | {"first_id": first, "last_id": last, "open_id": NO_ROW, "user_id": by.id if by else None}
        for first, last in ranges
    ]
    made = list(session.scalars(insert(LawfulChange).returning(LawfulChange.id), doors))
    yield
    session.execute(update(LawfulChange).where(LawfulChange.id.in_(made)).values(open_id=None))
    audit.record(
        session,
        by=by,
        action=f"lawful.{way}",
        subject=table.name,
        detail={"reason": reason[:200], "rows": ranges, "column": column},
    )


def _parts(ranges: Ranges) -> Iterator[Ranges]:
    """Give the ranges a few at a time, as many as a statement should name."""
    for first in range(0, len(ranges), AT_ONCE):
        yield ranges[first : first + AT_ONCE]
