"""Undo an import in one step (fortryd), as long as nothing has been built on it. Its log entries stay."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Table, insert, not_, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.grants.course_change import cost_lines
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import lawful_change
from jobcenter_mentor.platform.audit.lawful_change import Ranges, within
from jobcenter_mentor.platform.database.db import Base
from jobcenter_mentor.platform.database.guards import guard_of
from jobcenter_mentor.sheets.undo.trace import KEPT_IN_STEP, NOT_TRACED, StoredTrace, table_of

MOST_NAMED, MOST_RANGES = 5, 200
WHY = "Importen er fortrudt"
NAMES = {
    "meeting": "Møder i logbogen",
    "decision": "Afgørelser",
    "letter": "Breve",
    "agreement": "Aftaler",
    "grant": "Forløb",
    "referral": "Henvisninger",
    "follow_up": "Opfølgninger",
    "citizen_status": "Nye målgrupper",
    "grant_period": "Ændringer af timer",
    "mentor_function": "Pladsfunktioner",
    "mentor_absence": "Fravær",
    "user": "Brugere",
    "role_assignment": "Roller",
    "document": "Dokumenter",
    "journal_entry": "Linjer i journalen",
    "invoice": "Fakturaer",
    "pay_line": "Fakturalinjer",
    "time_sheet": "Timesedler",
    "claim_line": "Refusion",
    "complaint": "Klager",
    "match": "Matchforslag",
    "goal": "Mål",
    "survey_invitation": "Spørgeskemaer",
}
"""What a table holds, in the words of the person who wants to undo; others are "Andre oplysninger"."""
SETTLED = {"follow_up": ("done_on",), "pay_line": ("matched_on", "released_on", "rejected_on")}
"""The days that show that a row has been dealt with, by table."""
ONES = {
    "grant": "sag",
    "referral": "sag",
    "citizen": "borger",
    "mentor": "mentor",
    "meeting": "møde",
    "pay_line": "fakturalinje",
}


def blocks(session: Session, kept: StoredTrace) -> list[str]:
    """Return what prevents an undo (hindringer), one sentence for each kind of thing built on the import.

    It is empty where the import can be undone.
    """
    return [*_built_on(session, kept), *_changed_since(session, kept)]


def take_back(session: Session, kept: StoredTrace, *, by: User) -> None:
    """Undo the import (fortryd): delete what was made, restore what was changed and removed. Call `blocks` first."""
    made, touched = _grants_made(session, kept), _grants_touched(session, kept)
    subcourses.forget(session, made)
    for number in made:
        frames.release(session, grant_id=number)
    _restore(session, kept, by)
    month_sums.forget(session, made)
    lawful_change.delete_listed(session, kept.made, reason=WHY, by=by)
    for table in Base.metadata.sorted_tables:
        if rows := kept.removed.get(table.name):
            session.execute(insert(table), rows)
    session.expire_all()
    _keep_in_step(session, kept, touched - set(made))


def _keep_in_step(session: Session, kept: StoredTrace, grants: Iterable[int]) -> None:
    """Update the reservations, sums and sub-courses of courses that stay."""
    for number in sorted(grants):
        if number in kept.before.get("grant", {}) or number in kept.before.get("grant_period", {}):
            lines = cost_lines(session, session.get_one(Grant, number))
            frames.resize(session, grant_id=number, lines=lines, may_go_beyond=True)
        month_sums.keep(session, number)
    subcourses.keep(session, grants)


def _grants_made(session: Session, kept: StoredTrace) -> list[int]:
    parts = _parts(kept.made.get(Grant.__tablename__, []))
    return [
        number
        for part in parts
        for number in session.scalars(select(Grant.id).where(within(Grant.__table__.c.id, part)))
    ]


def _grants_touched(session: Session, kept: StoredTrace) -> set[int]:
    """Return the courses that changed, or whose meetings, hours or bills were made or changed."""
    touched = set(kept.before.get("grant", {}))
    for name in ("meeting", "grant_period", "pay_line"):
        table = table_of(name)
        changed = [(number, number) for number in kept.before.get(name, {})]
        for part in _parts([*kept.made.get(name, []), *changed]):
            touched |= set(session.scalars(select(table.c.grant_id).where(within(table.c.id, part))))
    return touched - {None}


def _built_on(session: Session, kept: StoredTrace) -> Iterator[str]:
    """Yield a sentence for the rows of others that point at the rows made."""
    for table in Base.metadata.sorted_tables:
        if table.name in NOT_TRACED or table.name in KEPT_IN_STEP:
            continue
        for column in table.c:
            for key in column.foreign_keys:
                target = key.column.table
                for part in _parts(kept.made.get(target.name, [])):
                    own = not_(within(table.c.id, kept.made.get(table.name, []))) if "id" in table.c else None
                    found = select(column).where(within(column, part)).distinct()
                    rows = session.scalars(found if own is None else found.where(own)).all()
                    if rows:
                        yield f"{NAMES.get(table.name, 'Andre oplysninger')} på {_named(session, target, rows)}."


def _changed_since(session: Session, kept: StoredTrace) -> Iterator[str]:
    """Yield a sentence for the rows that somebody has changed since.

    A row made has version 1, a changed one the version that the import left.
    """
    for name in sorted({*kept.made, *kept.after}):
        table = table_of(name)
        rows = {*_made_and_touched(session, table, kept), *_changed_again(session, table, kept.after.get(name, {}))}
        if rows:
            yield f"Senere ændringer af {_named(session, table, sorted(rows))}."


def _made_and_touched(session: Session, table: Table, kept: StoredTrace) -> Iterator[int]:
    """Yield the rows made that have another version now, or are settled."""
    left = kept.versions.get(table.name, {})
    for part in _parts(kept.made.get(table.name, [])):
        made = within(table.c.id, part)
        if "version" in table.c:
            newer = select(table.c.id, table.c.version).where(made, table.c.version > 1)
            yield from (number for number, version in session.execute(newer) if version != left.get(number, 1))
        for column in SETTLED.get(table.name, ()):
            yield from session.scalars(select(table.c.id).where(made, table.c[column].is_not(None)))


def _changed_again(session: Session, table: Table, changed: dict[int, dict[str, object]]) -> Iterator[int]:
    """Yield the changed rows that are no longer as the import left them."""
    for number, values in changed.items():
        columns = [table.c[column] for column in values]
        now = session.execute(select(*columns).where(table.c.id == number)).one_or_none()
        if now is None or list(now) != list(values.values()):
            yield number


def _restore(session: Session, kept: StoredTrace, by: User) -> None:
    """Restore the old values and version of changed rows, as a form opened before the import showed them."""
    for name, changed in kept.before.items():
        table = table_of(name)
        guard = guard_of(table)
        for number, values in changed.items():
            listed = {column for column in values if guard is not None and column in guard.by_audit}
            for column in sorted(listed):
                lawful_change.set_later(session, table, column, values[column], ids=[number], reason=WHY, by=by)
            older = {"version": table.c.version - 1} if "version" in table.c else {}
            free = {column: value for column, value in values.items() if column not in listed} | older
            if free:
                session.execute(update(table).where(table.c.id == number).values(free))


def _parts(ranges: Ranges) -> Iterator[Ranges]:
    """Yield the ranges a few at a time, as many as one statement should name."""
    for first in range(0, len(ranges), MOST_RANGES):
        yield ranges[first : first + MOST_RANGES]


def _named(session: Session, table: Table, numbers: Sequence[int]) -> str:
    """Name the rows by case number, initials or name where they have one; at most five, and how many more."""
    every = sorted(set(numbers))
    shown = every[:MOST_NAMED]
    columns = [table.c[name] for name in ("case_number", "first_name", "last_name", "met_on") if name in table.c]
    rows = session.execute(select(*(columns or [table.c.id])).where(table.c.id.in_(shown)).order_by(table.c.id))
    words = ", ".join(_label(table.name, row._asdict()) for row in rows)
    more = f" og {len(every) - len(shown)} til" if len(every) > len(shown) else ""
    return f"{ONES.get(table.name, '')} {words}{more}".strip().rstrip(".")


def _label(name: str, row: dict[str, object]) -> str:
    if "case_number" in row:
        return str(row["case_number"])
    if name == "citizen":
        return f"{str(row['first_name'])[:1]}.{str(row['last_name'])[:1]}."
    if "first_name" in row:
        return f"{row['first_name']} {row['last_name']}".strip()
    return f"{row['met_on']:%d.%m.%Y}" if "met_on" in row else f"nr. {row['id']}"
