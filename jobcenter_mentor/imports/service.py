"""Indlæsning: check a file, keep it for the preview, then take all of it in or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import may, visible
from jobcenter_mentor.domain.errors import Conflict, DomainError, ImportRejected, NotAllowed, NotFound
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.imports.checking import CHANGED, NEW, UNCHANGED, Row, check_rows
from jobcenter_mentor.imports.findings import FileRefused, Finding
from jobcenter_mentor.imports.gate import Limits
from jobcenter_mentor.imports.kindrules import check_kind
from jobcenter_mentor.imports.kinds import Taker, taker_of
from jobcenter_mentor.imports.models import ImportRun
from jobcenter_mentor.imports.profiles import profile_of
from jobcenter_mentor.imports.reader import Table, read_table


@dataclass
class Checked:
    """Kontrolleret fil: the report of the contract, and the rows it was made of (none when the file is refused)."""

    report: dict[str, Any]
    rows: list[Row] = field(default_factory=list)

    @property
    def accepted(self) -> list[Row]:
        """Rækker uden fejl."""
        return [row for row in self.rows if not row.errors]


def check(
    session: Session | None, kind: str, file_name: str, content: bytes, *, by: User | None, on: date,
    max_rows: int | None = None,
) -> Checked:  # fmt: skip
    """Kontrollér en fil; writes nothing. Without a session it is compared with nothing, so every row is new.

    `max_rows` raises the limit of 10,000 rows for this call. Raises NotFound for an unknown kind.
    """
    profile = profile_of(kind)
    limits = Limits() if max_rows is None else replace(Limits(), rows=max_rows)
    report = _empty_report(file_name, kind)
    try:
        table = read_table(file_name, content, profile, limits)
    except FileRefused as error:
        report["status"] = "reject_file"
        report["file_errors"] = [finding.as_file_error() for finding in error.findings]
        return Checked(report)
    rows = check_rows(table, profile, on)
    check_kind(kind, rows, on)
    notes = list(table.warnings)
    if session is not None and by is not None:
        _compare(session, kind, rows, by, on)
        notes += _applied_before(session, kind, content)
    return Checked(_filled(report, table, rows, notes), rows)


def keep(
    session: Session, kind: str, file_name: str, content: bytes, *, by: User, on: date, max_rows: int | None = None,
) -> tuple[ImportRun, Checked]:  # fmt: skip
    """Kontrollér en fil og gem den til forhåndsvisningen. Raises NotAllowed for a user who may not import."""
    _require(by, on)
    checked = check(session, kind, file_name, content, by=by, on=on, max_rows=max_rows)
    run = ImportRun(
        kind=kind,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content if checked.rows else None,
        report=_short(checked.report),
        checked_on=on,
        by_id=by.id,
    )
    session.add(run)
    session.flush()
    _record(session, run, "import.check", by)
    return run, checked


def get_run(session: Session, public_id: str, *, by: User, on: date) -> ImportRun:
    """Hent en af ens egne indlæsninger. Raises NotFound for others'."""
    _require(by, on)
    found = select(ImportRun).where(ImportRun.public_id == public_id, ImportRun.by_id == by.id)
    run = session.scalar(found)
    if run is None:
        raise NotFound("Indlæsningen findes ikke.")
    return run


def recheck(session: Session, run: ImportRun, *, by: User, on: date, max_rows: int | None = None) -> Checked:
    """Kontrollér en gemt fil igen, as things stand now. The report alone where the file is no longer kept."""
    if run.content is None:
        return Checked(run.report)
    return check(session, run.kind, run.file_name, run.content, by=by, on=on, max_rows=max_rows)


def apply(
    session: Session, run: ImportRun, *, by: User, on: date, law: Law, valid_rows_only: bool = False,
    max_rows: int | None = None,
) -> Checked:  # fmt: skip
    """Indlæs filen: every row or none; with `valid_rows_only` every row without errors. Commits nothing itself.

    The file is checked again first. A refused file, or rows with errors, leave everything as it was and
    `applied` false. Raises ImportRejected, naming the row, where a row can't be kept after all, Conflict when the run
    has been applied already.
    """
    _require(by, on)
    if run.applied_on is not None:
        raise Conflict(f"Filen er allerede indlæst den {run.applied_on:%d-%m-%Y}.")
    checked = recheck(session, run, by=by, on=on, max_rows=max_rows)
    if not checked.rows or (checked.report["rows"]["rejected"] and not valid_rows_only):
        return checked
    taker = taker_of(run.kind)(session, checked.accepted, by=by, on=on, law=law)
    for row in checked.accepted:
        if row.status != UNCHANGED:
            _take(taker, row)
    checked.report["applied"] = True
    run.applied_on, run.report, run.content = on, _short(checked.report), None
    session.flush()
    _record(session, run, "import.apply", by, **checked.report["rows"])
    return checked


def list_runs(session: Session, *, by: User, on: date) -> list[ImportRun]:
    """Ens egne seneste indlæsninger, newest first, at most twenty."""
    own = visible(select(ImportRun), ImportRun, by, "import.cases", on).where(ImportRun.by_id == by.id)
    return list(session.scalars(own.order_by(ImportRun.id.desc()).limit(20)))


def _take(taker: Taker, row: Row) -> None:
    try:
        taker.take(row)
    except DomainError as error:
        texts = [text for messages in error.errors.values() for text in messages] or [error.message]
        raise ImportRejected(f"Række {row.number}: {' '.join(texts)} Intet er indlæst.") from error


def _compare(session: Session, kind: str, rows: list[Row], by: User, on: date) -> None:
    """Compare every row that is right in itself with what is kept."""
    sound = [row for row in rows if not row.errors]
    taker = taker_of(kind)(session, sound, by=by, on=on)
    for row in sound:
        taker.compare(row)


def _applied_before(session: Session, kind: str, content: bytes) -> Iterable[Finding]:
    digest = hashlib.sha256(content).hexdigest()
    earlier = session.execute(
        select(ImportRun.applied_on, User.full_name)
        .join(User, User.id == ImportRun.by_id)
        .where(ImportRun.sha256 == digest, ImportRun.kind == kind, ImportRun.applied_on.is_not(None))
        .order_by(ImportRun.id)
    ).first()
    if earlier is not None:
        day, name = earlier
        yield Finding("already_imported", f"Filen er allerede indlæst den {day:%d-%m-%Y} af {name}. Ingen nye rækker.")


def _empty_report(file_name: str, kind: str) -> dict[str, Any]:
    return {
        "file": file_name,
        "kind": kind,
        "sheet": None,
        "status": "accept",
        "file_errors": [],
        "row_errors": [],
        "warnings": [],
        "rows": {"read": 0, "new": 0, "changed": 0, "unchanged": 0, "rejected": 0},
        "valid_rows": [],
        "applied": False,
        "preview": [],
    }


def _filled(report: dict[str, Any], table: Table, rows: list[Row], notes: list[Finding]) -> dict[str, Any]:
    sound = [row for row in rows if not row.errors]
    counts = Counter(row.status for row in sound)
    report["sheet"] = table.sheet.name
    report["row_errors"] = [finding.as_row_error() for row in rows for finding in row.errors]
    warnings = [*notes, *(finding for row in rows for finding in row.warnings)]
    report["warnings"] = [finding.as_warning() for finding in warnings]
    report["rows"] = {
        "read": len(rows),
        "new": counts[NEW],
        "changed": counts[CHANGED],
        "unchanged": counts[UNCHANGED],
        "rejected": len(rows) - len(sound),
    }
    report["valid_rows"] = [row.number for row in sound]
    report["preview"] = [{"row": row.number, "values": row.shown()} for row in rows if row.values]
    status = "accept_with_warning" if warnings else "accept"
    report["status"] = "reject_rows" if report["row_errors"] else status
    return report


def _short(report: dict[str, Any]) -> dict[str, Any]:
    """The report as it is kept: no values of persons, only what was found and the counts."""
    return report | {"preview": [], "row_errors": report["row_errors"][:1000], "warnings": report["warnings"][:1000]}


def _require(by: User, on: date) -> None:
    if not may(by, "import.cases", on=on):
        raise NotAllowed("Du har ikke adgang til at indlæse ark.")


def _record(session: Session, run: ImportRun, action: str, by: User, **detail: Any) -> None:
    audit.record(
        session, by=by, action=action, subject="import", subject_id=run.public_id, detail={"kind": run.kind} | detail
    )
