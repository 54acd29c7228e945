"""The SQL that moves an import from its copy into the database (prøvekopi). Names come from our own tables only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.casework.frames.models import Frame, MonthSum
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod, SubCourseVersion
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.referrals.models import CaseCounter, Referral
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.mentors.models import Mentor, MentorHours, MentorPrice
from jobcenter_mentor.platform.database.db import Base

SUMS, COUNTER = MonthSum.__tablename__, CaseCounter.__tablename__
"""Tables with one row per key: sums that many add to, and the last case number of a year."""
ADDED_TO = {Frame.__tablename__: ("covered", "beyond")}
"""Columns that many add to at once. The import's part is added to whatever they are by now."""
UNCHECKED = frozenset({SubCourseVersion.__tablename__})
"""Tables whose one row only marks that something has changed."""
COMPARED: tuple[type[Base], ...] = (Citizen, CitizenStatus, Grant, GrantPeriod, Referral, Mentor)
"""Tables that rows of a sheet are compared with. No row of the sheet's citizens, or of the corps, may have changed."""
GROWING: tuple[type[Base], ...] = (
    *(CitizenStatus, Grant, Referral, Meeting, PayLine),
    *(Mentor, MentorHours, MentorPrice),
)
"""Tables in which the sheet's citizens may have no new row."""
RUN = "import_run"
CITIZENS = "SELECT id FROM copy.sheet_citizen"
GRANTS = f'SELECT id FROM main."{Grant.__tablename__}" WHERE citizen_id IN ({CITIZENS})'
Write = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Statements:
    """What is asked and written while the lock is held. `run_id` is the import's own row."""

    run_id: int

    def checks(self, touched: Iterable[Table]) -> Iterator[str]:
        """Yield queries that find a row where the database differs from when it was copied, otherwise none."""
        for model in COMPARED:
            yield _changed(model.__table__, _of_sheet(model.__table__, "c"))
        for model in GROWING:
            base = f"(SELECT id FROM copy.base__ WHERE name = '{model.__tablename__}')"
            new = f'main."{model.__tablename__}" AS m WHERE m.id > {base}'
            yield f"SELECT 1 FROM {new} AND {_of_sheet(model.__table__, 'm')} LIMIT 1"
        for table in touched:
            if table.name == COUNTER:
                joined = f'main."{COUNTER}" AS m JOIN copy."old__{COUNTER}" AS o USING (year)'
                yield f"SELECT 1 FROM {joined} WHERE m.last != o.last"
                yield f'SELECT 1 FROM main."{COUNTER}" WHERE year NOT IN (SELECT year FROM copy."old__{COUNTER}")'
            elif table.name != SUMS and table.name not in UNCHECKED:
                skipped = ADDED_TO.get(table.name, ())
                yield _differs(table, f'copy."old__{table.name}"', "1", skipped)

    def writes(self, touched: Iterable[Table], moved: Mapping[str, tuple[int, int]]) -> Iterator[Write]:
        """Yield the deletions, changes and new rows, with ids above the base raised."""
        plain = [table for table in touched if "id" in table.c]
        for table in reversed(plain):
            gone = f'SELECT id FROM copy."old__{table.name}" EXCEPT SELECT id FROM copy."{table.name}"'
            yield f'DELETE FROM main."{table.name}" WHERE id IN ({gone})', {}
        for table in plain:
            yield _update(table, moved)
        for table in plain:
            if table.name not in UNCHECKED:
                yield _insert(table, moved)
        if any(table.name == SUMS for table in touched):
            yield _add(MonthSum.__table__), {}
        if any(table.name == COUNTER for table in touched):
            yield f'INSERT OR REPLACE INTO main."{COUNTER}" SELECT * FROM copy."{COUNTER}"', {}


def _of_sheet(table: Table, alias: str) -> str:
    """Return the condition that a row is about a citizen of the sheet. Every row of the corps counts."""
    if table.name == "citizen":
        return f"{alias}.id IN ({CITIZENS})"
    if "citizen_id" in table.c:
        return f"{alias}.citizen_id IN ({CITIZENS})"
    return f"{alias}.grant_id IN ({GRANTS})" if "grant_id" in table.c else "1"


def _changed(table: Table, condition: str) -> str:
    """Return the query for a row that the import only read and that differs from when it was copied."""
    unchanged = (
        f"(SELECT * FROM copy.\"{table.name}\" WHERE id <= (SELECT id FROM copy.base__ WHERE name = '{table.name}') "
        f'AND id NOT IN (SELECT id FROM copy."old__{table.name}"))'
    )
    return _differs(table, unchanged, condition, ())


def _differs(table: Table, source: str, condition: str, skipped: tuple[str, ...]) -> str:
    columns = [f'm."{column.name}" IS NOT c."{column.name}"' for column in table.c if column.name not in skipped]
    unlike = " OR ".join(columns)
    joined = f'{source} AS c LEFT JOIN main."{table.name}" AS m ON m.id = c.id'
    return f"SELECT 1 FROM {joined} WHERE {condition} AND ({unlike}) LIMIT 1"


def _update(table: Table, moved: Mapping[str, tuple[int, int]]) -> Write:
    added = ADDED_TO.get(table.name, ())
    if added:
        values: dict[str, Any] = {}
        change = ", ".join(f'"{name}" = m."{name}" + s."{name}" - o."{name}"' for name in added)
        source = f'copy."{table.name}" AS s JOIN copy."old__{table.name}" AS o ON o.id = s.id'
    else:
        mapped = [_moved(column, moved, f's."{column.name}"') for column in table.c if column.name != "id"]
        change = ", ".join(f'"{name}" = {value}' for name, value in zip(_names(table), mapped, strict=True))
        values = {}
        source = f'copy."{table.name}" AS s JOIN (SELECT id FROM copy."old__{table.name}") AS o ON o.id = s.id'
    return f'UPDATE main."{table.name}" AS m SET {change} FROM {source} WHERE s.id = m.id', values


def _insert(table: Table, moved: Mapping[str, tuple[int, int]]) -> Write:
    base, more = moved[table.name]
    mapped = [_moved(column, moved, f's."{column.name}"') for column in table.c if column.name != "id"]
    columns = ", ".join(f'"{name}"' for name in ("id", *_names(table)))
    values = ", ".join(("s.id + :more", *mapped))
    source = f'copy."{table.name}" AS s WHERE s.id > :base ORDER BY s.id'
    return f'INSERT INTO main."{table.name}" ({columns}) SELECT {values} FROM {source}', {"base": base, "more": more}


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c if column.name != "id"]


def _moved(column: Column[Any], moved: Mapping[str, tuple[int, int]], value: str) -> str:
    """Return a value with its row ids raised. The log names citizens in a list."""
    if column.table.name == "event" and column.name == "citizen_ids":
        base, more = moved.get("citizen", (0, 0))
        each = f"CASE WHEN value > {base} THEN value + {more} ELSE value END"
        return f"(SELECT json_group_array({each}) FROM json_each({value}))" if more else value
    for key in column.foreign_keys:
        base, more = moved.get(key.column.table.name, (0, 0))
        if more:
            return f"CASE WHEN {value} > {base} THEN {value} + {more} ELSE {value} END"
    return value


def _add(table: Table) -> str:
    """Return the statement that adds the import's part to the sums."""
    keys = [column.name for column in table.primary_key]
    figures = [column.name for column in table.c if column.name not in keys]
    same = " AND ".join(f'o."{name}" IS s."{name}"' for name in keys)
    added = [f's."{name}" - coalesce(o."{name}", 0)' for name in figures]
    some = " OR ".join(f"{one} != 0" for one in added)
    columns = ", ".join(f'"{name}"' for name in (*keys, *figures))
    select = ", ".join((*(f's."{name}"' for name in keys), *added))
    change = ", ".join(f'"{name}" = "{name}" + excluded."{name}"' for name in figures)
    return (
        f'INSERT INTO main."{table.name}" ({columns}) SELECT {select} FROM copy."{table.name}" AS s '
        f'LEFT JOIN copy."old__{table.name}" AS o ON {same} WHERE {some} '
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {change}"
    )
