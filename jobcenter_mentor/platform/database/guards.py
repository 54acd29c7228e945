"""Guards: what the database itself refuses to change, declared beside each model's columns (uforanderlige rækker)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from jobcenter_mentor.platform.database.db import Base, Encrypted, EncryptedBytes

ALWAYS, NEVER = "1 = 1", "1 = 0"


@dataclass(frozen=True)
class RowGuard:
    """Where `when` holds of the old row (SQL on OLD), no column but those in `but` may change and the row stays."""

    when: str = ALWAYS
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """What the database itself adds up: rows that point at another by `by` count in it while `when` is empty.

    `sums` pairs the column that holds the sum with the column that is summed, taken with the other sign.
    """

    by: str
    when: str
    sums: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Guard:
    """The rules of a table.

    `once` are columns that are filled in later and then stay. `by_audit` are those that only `audit.lawful.set_later`
    may change. `removable` names a column that may be emptied where the other column is filled in. `closed` is SQL on
    NEW that tells when no row may be added. `tally` is kept by the database, and whoever writes another sum is
    refused.
    """

    rules: tuple[RowGuard, ...] = (RowGuard(),)
    once: tuple[str, ...] = ()
    by_audit: tuple[str, ...] = ()
    removable: tuple[tuple[str, str], ...] = ()
    closed: str = ""
    tally: Tally | None = None


def settled(
    *when: str,
    but: tuple[str, ...] = (),
    once: tuple[str, ...] = (),
    by_audit: tuple[str, ...] = (),
    closed: str = "",
) -> Guard:
    """Guard rows from the moment one of these columns is filled in."""
    filled = " OR ".join(f"OLD.{column} IS NOT NULL" for column in when)
    return Guard((RowGuard(f"({filled})", but),), once=once, by_audit=by_audit, closed=closed)


def guarded() -> Iterator[tuple[Table, Guard]]:
    """Give each guarded table with its guard, by name."""
    models: Any = (mapper.class_ for mapper in Base.registry.mappers)
    found = [(model.__table__, model.guard) for model in models if "guard" in vars(model)]
    yield from sorted(found, key=lambda pair: pair[0].name)


def guard_of(table: Table) -> Guard | None:
    """Return the guard of a table, None where it has none."""
    return next((guard for other, guard in guarded() if other is table), None)


def encrypted(table: Table) -> list[str]:
    """Return the names of the encrypted columns of a table."""
    return [column.name for column in table.columns if isinstance(column.type, Encrypted | EncryptedBytes)]
