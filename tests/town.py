"""A small made-up town in every table: two rows each, one with all that may be filled in and one with as little."""

import importlib
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.platform.database.db import Base, Encrypted, EncryptedBytes, UtcDateTime, blind_index
from tests.builders import WORKING_DAY, nobodys_cpr

for models in sorted(PACKAGE.rglob("models.py")):
    importlib.import_module(".".join(["jobcenter_mentor", *models.relative_to(PACKAGE).parent.parts, "models"]))

ROWS = {"claim": 1, "municipality": 1}
"""How many rows a table gets, where it isn't two."""
MOMENT = datetime(2014, 10, 15, 8, 30, tzinfo=UTC)
ONE_OF = re.compile(r"(\w+) IN \(([^)]*)\)")
NEVER = {
    "access_request": {"returned_on", "returned_by_id", "withdrawn_on"},
    "claim": {"closed_on", "closed_by_id"},
    "decision": {"returned_on", "returned_by_id", "withdrawn_on"},
    "delay_notice": {"complaint_id"},
    "document": {"removed_on", "removed_by_id", "replaced_by_id"},
    "lawful_change": {"open_id"},
    "local_figure": {"rejected_on", "rejected_by_id"},
    "local_reading": {"rejected_on", "rejected_by_id"},
    "pay_line": {"rejected_on", "rejected_by_id", "reject_reason", "corrects_id", "credited", "credited_minutes"},
}
"""What stays empty in the full row too, since it would contradict the rest."""
COMPLAINT = {
    "received_on": WORKING_DAY,
    "last_day": WORKING_DAY,
    "route": "review",
    "status": "answered",
    "outcome": "partly",
    "review_due": WORKING_DAY,
    "due_on": None,
    "short_case": "",
    "reviewed_on": WORKING_DAY,
    "told_on": WORKING_DAY,
    "stand_due": WORKING_DAY + timedelta(weeks=4),
    "stands": "stands",
    "stands_on": WORKING_DAY,
    "forwarded_on": WORKING_DAY,
    "board_outcome": "upheld",
    "board_on": WORKING_DAY,
}
"""A complaint that has been all the way, as its constraints want it."""
OWN: dict[str, dict[str, Any]] = {
    "access_omission": {"section": "15b"},
    "access_request": {"asked_by": "guardian", "party_name": "", "due_on": WORKING_DAY + timedelta(days=9)},
    "citizen": {"first_name": "Emil", "last_name": "Krogh"},
    "complaint": COMPLAINT,
    "frame": {"kind": "local_budget"},
    "frame_change": {"kind": "local_budget"},
    "mentor": {"first_name": "Samira", "last_name": "Haddad", "mentor_type": "INT"},
    "municipality": {"name": "Sønderå Kommune", "jobcentre": "Jobcenter Sønderå"},
    "reservation": {"cost": 300, "covered": 200, "beyond": 100},
    "user": {"full_name": "Lone Kjærgaard"},
}


ANOTHER = {"released_by_id", "approved_by_id", "checked_by_id", "closed_by_id", "rejected_by_id"}
"""Who is another person than the one who made the row."""
NEEDED, REFERENCES, ALL = range(3)
"""What is filled in of a row: no more than must be, what it points at too, everything."""

COUNT_ON = """
DO $$ DECLARE named text; BEGIN
  FOR named IN SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = 'id' LOOP
    IF pg_get_serial_sequence(quote_ident(named), 'id') IS NOT NULL THEN
      EXECUTE format(
        'SELECT setval(%L, (SELECT max(id) FROM %I))', pg_get_serial_sequence(quote_ident(named), 'id'), named
      );
    END IF;
  END LOOP;
END $$
"""
"""Lets PostgreSQL count on from the ids that were given."""


def build_town(session: Session) -> None:
    """Give every table of an empty database its rows; each before those that point at it."""
    made: dict[str, list[Any]] = defaultdict(list)
    for table in Base.metadata.sorted_tables:
        keys = list(table.primary_key.columns)
        known = session.execute(select(*keys)).all()
        made[table.name] = [row[0] for row in known]
        for number in () if known else range(1, 1 + ROWS.get(table.name, 2)):
            made[table.name] += _insert(session, table, number, made)
    claim = Base.metadata.tables["claim"]
    closed = {"closed_on": WORKING_DAY, "closed_by_id": made["user"][1]}
    session.execute(update(claim).where(claim.c.id == made["claim"][0]).values(closed))
    _insert(session, claim, 2, made)
    asked = Base.metadata.tables["access_request"]
    proposed = {"proposed_on": WORKING_DAY, "proposed_at": MOMENT, "proposed_by_id": made["user"][0]}
    session.execute(update(asked).where(asked.c.id == made["access_request"][1]).values(proposed))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(COUNT_ON))


def _insert(session: Session, table: Table, number: int, made: dict[str, list[Any]]) -> list[Any]:
    """Insert one row, the first as full as the constraints let it be; a second may be one too many for them."""
    for fill in (ALL, REFERENCES, NEEDED) if number == 1 else (REFERENCES, NEEDED):
        try:
            with session.begin_nested():
                values = _row(table, number, made, fill)
                return list(session.execute(insert(table).values(values)).inserted_primary_key or [])[:1]
        except IntegrityError as error:
            refused = error
    if number == 1:
        raise refused
    return []


def _row(table: Table, number: int, made: dict[str, list[Any]], fill: int) -> dict[str, Any]:
    choices = _choices(table)
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.name in NEVER.get(table.name, ()):
            continue
        if column is table.autoincrement_column:
            values[column.name] = number
            continue
        if (column.nullable or column.default is not None) and fill < (REFERENCES if column.foreign_keys else ALL):
            continue
        value = _value(table, column, number, made, choices)
        if value is not None:
            values[column.name] = value
    return values | OWN.get(table.name, {})


def _choices(table: Table) -> dict[str, list[str]]:
    """Read from the checks which words a column may hold."""
    found = {}
    for constraint in table.constraints:
        for name, words in ONE_OF.findall(str(getattr(constraint, "sqltext", ""))):
            found[name] = [word for word in re.findall(r"'([^']*)'", words) if word]
    return found


def _value(table: Table, column: Column[Any], number: int, made: dict[str, list[Any]], choices: dict[str, Any]) -> Any:
    """Return a value of the column's type, different in each row."""
    for key in column.foreign_keys:
        rows = made[key.column.table.name]
        if column.name == "request_id":  # one that is not answered yet
            return rows[-1]
        place = number % len(rows or [0]) if column.name in ANOTHER else min(number, len(rows)) - 1
        return rows[place] if rows else None
    if choices.get(column.name):
        return choices[column.name][0]
    kind: Any = column.type
    if column.name == "cpr_index":
        return blind_index(f"{table.name} {number}")
    if isinstance(kind, Encrypted):
        return nobodys_cpr(number) if column.name == "cpr" else f"Hemmelig tekst {number}"
    if isinstance(kind, EncryptedBytes | LargeBinary):
        return f"%PDF-1.7 {table.name} {number}".encode()
    if isinstance(kind, UtcDateTime | DateTime):
        return MOMENT + timedelta(days=number)
    if isinstance(kind, Date):
        return _day(column.name, number)
    if isinstance(kind, JSON):
        return {} if "dict" in str(column.default) else []
    if isinstance(kind, Boolean):
        return number == 1 and column.name == "corrected"
    if isinstance(kind, Integer | BigInteger):
        return 2013 + number if column.name == "year" else number
    return f"{number} {column.name}"[: kind.length or 40]


def _day(name: str, number: int) -> date:
    """Return a day; those that end something after those that begin it."""
    later = 90 if name in {"last_day", "last", "valid_to", "closes_on", "expected_on"} else 0
    return WORKING_DAY + timedelta(days=later + number)
