"""Check the rows of a sheet (kontrol af et ark) and compare them with what is stored, without writing anything."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.sheets.intake.findings import FileRefused, ImportFinding, masked
from jobcenter_mentor.sheets.intake.gate import Limits
from jobcenter_mentor.sheets.intake.profiles import SheetProfile, profile_of
from jobcenter_mentor.sheets.intake.reader import SheetTable, read_tables
from jobcenter_mentor.sheets.intake.row_check import (
    CHANGED,
    NEW,
    UNCHANGED,
    SheetRow,
    Unknown,
    capital,
    check_rows,
)
from jobcenter_mentor.sheets.kinds import citizen_rows as people
from jobcenter_mentor.sheets.kinds.kind_rules import Known, check_kind
from jobcenter_mentor.sheets.kinds.registry import Taker, people_of, taker_of
from jobcenter_mentor.sheets.runs.import_report import empty_report, filled
from jobcenter_mentor.sheets.runs.models import ImportRun
from jobcenter_mentor.sheets.runs.own_headings import Taught, taught_of

FAULTY = "faulty"
STATUSES = {NEW: "ny", CHANGED: "ændret", UNCHANGED: "uændret", FAULTY: "med fejl"}
PREVIEWED = 50
"""How many rows of each status a page shows."""
NO_CASEWORKER_ONE = (
    "1 ny række får ingen sagsbehandler. Skriv en i kolonnen Sagsbehandler, eller vælg en, når I importerer."
)
NO_CASEWORKER = (
    "{} nye rækker får ingen sagsbehandler. Skriv en i kolonnen Sagsbehandler, eller vælg en, når I importerer."
)


@dataclass
class ImportCheck:
    """A checked file (kontrolleret fil): the report of the contract and its rows, none when the file is refused.

    `unknown` are unknown headings of the sheet, `values` unknown choices (field, text), `sheets` those to choose among.
    `taker` has compared the rows with what is stored. `since` are rows that have changed after an earlier check,
    `unattended` is how many new ones get no caseworker.
    """

    report: dict[str, Any]
    rows: list[SheetRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    taker: Taker | None = None
    sheets: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    since: list[ImportFinding] = field(default_factory=list)
    unattended: int = 0

    @property
    def accepted(self) -> list[SheetRow]:
        """Return the rows without errors (rækker uden fejl)."""
        return [row for row in self.rows if not row.errors]

    def whole_report(self) -> dict[str, Any]:
        """Return the report with every row as it was read (forhåndsvisning), as `import --json` prints it."""
        shown = [{"row": row.number, "values": row.shown()} for row in self.rows if row.values]
        return self.report | {"preview": shown}

    def preview(self) -> str:
        """Return as JSON what the page shows (forhåndsvisning): the first rows of each status, and unknown headings."""
        shown: dict[str, list[dict[str, Any]]] = {CHANGED: [], NEW: [], UNCHANGED: []}
        for row in self.accepted:
            if len(shown[row.status]) < PREVIEWED:
                shown[row.status].append({"row": row.place, "values": row.told(), "changes": row.changes})
        asked = {"unknown": self.unknown, "values": self.values, "sheets": self.sheets}
        asked |= {"unattended": self.unattended}
        return json.dumps({"rows": shown, "promise": self.promise()} | asked, ensure_ascii=False)

    def promise(self) -> dict[str, str]:
        """Return what the check says of each row that isn't simply new. The import must find the same."""
        return {row.called: said for row in self.rows if (said := _said_of(row)) != NEW}

    def hold(self, promise: dict[str, str]) -> None:
        """Report the rows that are no longer as an earlier check promised (`changed_since`)."""
        for row in self.rows:
            then, now = promise.get(row.called, NEW), _said_of(row)
            if then != now:
                was, is_now = (STATUSES[said.partition(" ")[0]] for said in (then, now))
                text = f"{capital(row.called)} er ikke længere, som kontrollen viste: den var {was} og er nu {is_now}."
                if was == is_now:
                    text = f"{capital(row.called)} er ikke længere, som kontrollen viste: ændringen er blevet en anden."
                self.since.append(ImportFinding("changed_since", text, row.number))
        self.report["warnings"] = [*(finding.as_warning() for finding in self.since), *self.report["warnings"]]
        if self.since and self.report["status"] == "accept":
            self.report["status"] = "accept_with_warning"


def _said_of(row: SheetRow) -> str:
    if row.errors:
        return FAULTY
    if row.status != CHANGED:
        return row.status
    return f"{CHANGED} {hashlib.sha256(json.dumps(row.changes).encode()).hexdigest()[:16]}"


def check(
    session: Session | None,
    kind: str,
    file_name: str,
    content: bytes,
    *,
    by: User | None,
    on: date,
    law: Law,
    max_rows: int | None = None,
    sheets: Sequence[str] = (),
) -> ImportCheck:
    """Check a file (kontrol) without writing anything. Without a session every row is new.

    `max_rows` raises the limit of 10,000 rows for this call, `sheets` are the chosen sheets of the workbook. Raises
    NotFound for an unknown kind.
    """
    limits = Limits() if max_rows is None else replace(Limits(), rows=max_rows)
    report, taught = empty_report(file_name, kind), Taught() if session is None else taught_of(session, kind)
    profile = profile_of(kind).with_values(taught.values)
    try:
        tables = read_tables(file_name, content, profile, limits, taught.headings, sheets)
    except FileRefused as error:
        report["status"] = "reject_file"
        report["file_errors"] = [finding.as_file_error() for finding in error.findings]
        if error.sheets:
            report["file_errors"][0]["sheets"] = list(error.sheets)
        return ImportCheck(report, unknown=list(error.headings), sheets=list(error.sheets))
    notes, unknown = [note for table in tables for note in table.warnings], tables[0].header.unknown
    report["sheet"] = ", ".join(table.sheet.name or "" for table in tables) or None
    values: Unknown = {}
    known = None if session is None or by is None else partial(people.known, session, actor=Actor(by, on), law=law)
    rows = _checked_rows(tables, profile, on, values, law, known)
    del tables
    taker = None
    if session is not None and by is not None:
        taker = _compared(session, kind, rows, Actor(by, on), law)
        notes += _applied_before(session, kind, content)
    checked = ImportCheck(report, rows, unknown, taker, values=told_values(values))
    if taker is not None and (count := _unattended(taker, rows)):
        checked.unattended = count
        notes.append(ImportFinding("no_caseworker", NO_CASEWORKER_ONE if count == 1 else NO_CASEWORKER.format(count)))
    filled(report, rows, notes)
    return checked


def _checked_rows(
    tables: Sequence[SheetTable], profile: SheetProfile, on: date, values: Unknown, law: Law, known: Known | None
) -> list[SheetRow]:
    """Check the rows of every sheet, then all of them together."""
    named = len(tables) > 1
    rows = [
        row
        for table in tables
        for row in check_rows(table, profile, on, values, sheet=table.sheet.name or "" if named else "")
    ]
    check_kind(profile.kind, rows, on, law, known)
    return rows


def _compared(session: Session, kind: str, rows: list[SheetRow], actor: Actor, law: Law) -> Taker:
    """Compare every valid row with what is stored; the taker that did can import them."""
    sound = [row for row in rows if not row.errors]
    taker = taker_of(kind)(session, sound, actor=actor, law=law)
    for row in sound:
        taker.compare(row)
    return taker


def _unattended(taker: Taker, rows: list[SheetRow]) -> int:
    """Count the new rows whose case gets no caseworker."""
    people = people_of(taker)
    new = [row for row in rows if not row.errors and row.status == NEW]
    return sum(map(people.without_caseworker, new)) if people is not None else 0


def _applied_before(session: Session, kind: str, content: bytes) -> Iterable[ImportFinding]:
    digest = hashlib.sha256(content).hexdigest()
    earlier = session.execute(
        select(ImportRun.applied_on, User.full_name)
        .join(User, User.id == ImportRun.by_id)
        .where(ImportRun.sha256 == digest, ImportRun.kind == kind)
        .where(ImportRun.applied_on.is_not(None), ImportRun.undone_on.is_(None))
        .order_by(ImportRun.id)
    ).first()
    if earlier is not None:
        day, name = earlier
        yield ImportFinding(
            "already_imported", f"Filen er allerede importeret den {day:%d-%m-%Y} af {name}. Ingen nye rækker."
        )


def told_values(values: Unknown) -> list[tuple[str, str]]:
    """Return field and text of values that can be taught, the first few of each column, without CPR numbers."""
    return [(name, text[:100]) for name, found in values.items() for text in list(found)[:20] if masked(text) == text]
