"""Import a sheet (indlæsning): store it for the preview, import all of it or nothing, and undo it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, ImportRejected, NotAllowed, NotFound
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import may, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.jobs import service as background
from jobcenter_mentor.platform.jobs.models import Job
from jobcenter_mentor.platform.law_figures.models import Municipality
from jobcenter_mentor.sheets.intake.row_check import NEW, UNCHANGED, SheetRow, capital
from jobcenter_mentor.sheets.kinds.registry import ManyAtOnce, Taker, people_of
from jobcenter_mentor.sheets.runs import import_check
from jobcenter_mentor.sheets.runs.import_check import ImportCheck
from jobcenter_mentor.sheets.runs.import_report import empty_report, short
from jobcenter_mentor.sheets.runs.models import ImportRun
from jobcenter_mentor.sheets.undo import service
from jobcenter_mentor.sheets.undo.trace import Trace, read_trace, traced

Progress = Callable[[int, int], None]
"""Is called with the progress of an import: rows done, and of how many."""
ON_ITS_WAY = "waiting"
"""Status of a report that is not written yet: the file waits for its check."""
INVOICES, CASES = "import.invoices", "import.cases"


def keep(
    session: Session,
    kind: str,
    file_name: str,
    content: bytes,
    *,
    actor: Actor,
    law: Law,
    max_rows: int | None = None,
) -> tuple[ImportRun, ImportCheck]:
    """Check a file and store it for the preview (forhåndsvisning). Raises NotAllowed for a user who may not import."""
    run = receive(session, kind, file_name, content, actor=actor)
    return run, look(session, run, actor=actor, law=law, max_rows=max_rows)


def receive(
    session: Session, kind: str, file_name: str, content: bytes, *, actor: Actor, sheets: Sequence[str] = ()
) -> ImportRun:
    """Receive a file (fil), encrypted, for a check that is still to come; `sheets` are the ones to read."""
    _require(actor, kind)
    report = empty_report(file_name, kind) | {"status": ON_ITS_WAY}
    run = ImportRun(
        kind=kind,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        report=report,
        sheets=list(sheets),
        checked_on=actor.day,
        by_id=actor.user.id,
    )
    run.file = content
    session.add(run)
    session.flush()
    return run


def look(session: Session, run: ImportRun, *, actor: Actor, law: Law, max_rows: int | None = None) -> ImportCheck:
    """Check a received file (kontrol) as things are now, and store the findings."""
    checked = check_run(session, run, actor=actor, law=law, max_rows=max_rows)
    keep_check(session, run, checked, actor=actor)
    return checked


def check_run(session: Session, run: ImportRun, *, actor: Actor, law: Law, max_rows: int | None = None) -> ImportCheck:
    """Check a received file (kontrol) without writing anything."""
    if run.file is None:
        return ImportCheck(run.report)
    return import_check.check(
        session,
        run.kind,
        run.file_name,
        run.file,
        by=actor.user,
        on=actor.day,
        law=law,
        max_rows=max_rows,
        sheets=run.sheets,
    )


def keep_check(session: Session, run: ImportRun, checked: ImportCheck, *, actor: Actor) -> None:
    """Store the check (kontrol): report and preview. Raises Conflict where the file has been imported.

    A refused file is deleted. One that only lacks headings is preserved, so that somebody can teach the meaning of its
    own, and so is one with several sheets.
    """
    _refuse_applied(run)
    run.report, run.preview, run.checked_on = short(checked.report), checked.preview(), actor.day
    if not (checked.rows or checked.unknown or checked.sheets):
        run.file = None
    session.flush()
    refused = checked.report["status"] == "reject_file"
    codes = sorted({error["code"] for error in checked.report["file_errors"]})
    _record(session, run, "import.check", actor.user, refused=refused, codes=codes)


def choose(run: ImportRun, sheets: Sequence[str]) -> None:
    """Choose sheets of the workbook (ark) for the next check. Raises Conflict where it has been imported."""
    _refuse_applied(run)
    run.sheets = list(sheets)


def get_run(session: Session, public_id: str, *, actor: Actor) -> ImportRun:
    """Return one of the user's own imports (import). Raises NotFound for those of others."""
    found = select(ImportRun).where(ImportRun.public_id == public_id, ImportRun.by_id == actor.user.id)
    run = session.scalar(found)
    if run is None:
        raise NotFound("Importen findes ikke.")
    _require(actor, run.kind)
    return run


def preview_of(run: ImportRun) -> dict[str, Any]:
    """Return the preview (forhåndsvisning): rows by status and the unknown headings, as they were at the check."""
    nothing: dict[str, Any] = {"rows": {}, "unknown": [], "values": [], "sheets": [], "promise": {}, "unattended": 0}
    return nothing | (json.loads(run.preview) if run.preview else {})


def apply(
    session: Session,
    run: ImportRun,
    *,
    actor: Actor,
    law: Law,
    valid_rows_only: bool = False,
    max_rows: int | None = None,
    caseworker_id: int | None = None,
    progress: Progress | None = None,
) -> ImportCheck:
    """Import the file (indlæsning): every row or none; with `valid_rows_only` every row without errors.

    `caseworker_id` is the caseworker of new cases whose row names none. Commits nothing itself.
    The file is checked again first. A refused file, rows with errors, and rows that are no longer as an earlier check
    promised, leave everything as it was and `applied` false. Raises ImportRejected, naming the row, where a row can't
    be stored after all, Conflict when the run has been imported already.
    """
    _require(actor, run.kind)
    _wait_for_others(session, run)
    _refuse_applied(run)
    if run.file is None:
        return ImportCheck(run.report)
    checked = import_check.check(
        session,
        run.kind,
        run.file_name,
        run.file,
        by=actor.user,
        on=actor.day,
        max_rows=max_rows,
        law=law,
        sheets=run.sheets,
    )
    if run.preview:
        checked.hold(preview_of(run)["promise"])
    faulty = checked.report["rows"]["rejected"] and not valid_rows_only
    if checked.taker is None or faulty or checked.since:
        run.report, run.preview = short(checked.report), checked.preview()
        return checked
    people = people_of(checked.taker)
    if caseworker_id is not None and people is not None:
        people.otherwise = caseworker_id
    with traced(session) as trace:
        _take_all(checked.taker, [row for row in checked.accepted if row.status != UNCHANGED], trace, progress)
    checked.report["applied"] = True
    run.applied_on, run.report, run.file, run.preview = actor.day, short(checked.report), None, None
    run.trace = trace.as_text()
    session.flush()
    _record(session, run, "import.apply", actor.user, citizens=trace.made["citizen"], **checked.report["rows"])
    return checked


def standing(session: Session, run: ImportRun) -> list[str]:
    """Return what prevents an undo (hindringer), empty where nothing does.

    Raises Conflict for a run without a trace.
    """
    if run.applied_on is None or run.undone_on is not None or run.trace is None:
        raise Conflict("Importen kan ikke fortrydes: den er ikke importeret eller er allerede fortrudt.")
    return service.blocks(session, read_trace(run.trace))


def take_back(session: Session, run: ImportRun, *, actor: Actor) -> None:
    """Undo the import (fortryd), all of it. Raises Conflict, naming what has been built on it."""
    _require(actor, run.kind)
    _wait_for_others(session, run)
    in_the_way = standing(session, run)
    if in_the_way:
        raise Conflict(f"Importen kan ikke fortrydes. {' '.join(in_the_way)} Fortryd eller slet det først.")
    kept = read_trace(run.trace or "{}")
    service.take_back(session, kept, by=actor.user)
    run.undone_on, run.trace = actor.day, None
    session.flush()
    made = {name: sum(last - first + 1 for first, last in ranges) for name, ranges in kept.made.items()}
    _record(session, run, "import.undo", actor.user, made=made)


def hand_over(session: Session, run: ImportRun, kind: str, what: str, *, by: User, **more: bool | str) -> Job:
    """Order the work on a long sheet as a background job (baggrundsjob)."""
    title = f"{what} {run.file_name}"[:200]
    return background.order(session, kind, {"run": run.public_id} | more, title=title, by=by)


def discard(session: Session, run: ImportRun, *, by: User) -> None:
    """Delete a file that was not imported (slet); its report stays. Raises Conflict where it has been imported."""
    lock(session, run)
    _refuse_applied(run)
    if run.file is None:
        raise Conflict("Filen er allerede slettet.")
    run.file, run.preview = None, None
    _record(session, run, "import.discard", by)


def list_runs(session: Session, *, actor: Actor) -> list[ImportRun]:
    """Return the user's own latest imports (importer), newest first, at most twenty."""
    action = CASES if actor.may(CASES) else INVOICES
    own = visible(select(ImportRun), ImportRun, actor.user, action, actor.day).where(ImportRun.by_id == actor.user.id)
    return list(session.scalars(own.order_by(ImportRun.id.desc()).limit(20)))


def _take_all(taker: Taker, rows: list[SheetRow], trace: Trace, progress: Progress | None) -> None:
    """Import the new rows many at once where the kind can, the others one by one."""
    one_by_one = rows
    if isinstance(taker, ManyAtOnce):
        taker.take_new([row for row in rows if row.status == NEW], trace, progress)
        one_by_one = [row for row in rows if row.status != NEW]
    for done, row in enumerate(one_by_one, len(rows) - len(one_by_one) + 1):
        _take(taker, row)
        if progress is not None and done % 100 == 0:
            progress(done, len(rows))


def _take(taker: Taker, row: SheetRow) -> None:
    try:
        taker.take(row)
    except DomainError as error:
        texts = [text for messages in error.errors.values() for text in messages] or [error.message]
        raise ImportRejected(f"{capital(row.called)}: {' '.join(texts)} Intet er importeret.") from error


def _wait_for_others(session: Session, run: ImportRun) -> None:
    """Let one import of the municipality write at a time, so that what was compared is unchanged when it is written."""
    session.execute(select(Municipality.id).with_for_update())
    session.refresh(run, with_for_update=True)


def _refuse_applied(run: ImportRun) -> None:
    if run.applied_on is not None:
        raise Conflict(f"Filen er allerede importeret den {run.applied_on:%d-%m-%Y}.")


def _require(actor: Actor, kind: str) -> None:
    if not may(actor.user, action_of(kind), on=actor.day):
        raise NotAllowed("Du har ikke adgang til at importere ark af den slags.")


def action_of(kind: str) -> str:
    """Return the action of the matrix that a kind of sheet needs."""
    return INVOICES if kind == "invoices" else CASES


def _record(
    session: Session,
    run: ImportRun,
    action: str,
    by: User,
    *,
    refused: bool = False,
    citizens: Iterable[int] = (),
    **detail: Any,
) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="import",
        subject_id=run.public_id,
        citizens=citizens,
        refused=refused,
        detail={"kind": run.kind} | detail,
    )
