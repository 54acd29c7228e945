"""Indlæsning: check a file, keep it for the preview, take all of it in or nothing, and take it back again."""

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
"""Told how far an import is: rows done, of all."""
ON_ITS_WAY = "waiting"
"""Status of a report that nobody has written yet: the file waits for its check."""
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
    """Kontrollér en fil og gem den til forhåndsvisningen. Raises NotAllowed for a user who may not import."""
    run = receive(session, kind, file_name, content, actor=actor)
    return run, look(session, run, actor=actor, law=law, max_rows=max_rows)


def receive(
    session: Session, kind: str, file_name: str, content: bytes, *, actor: Actor, sheets: Sequence[str] = ()
) -> ImportRun:
    """Modtag en fil, encrypted, for a check that is still to come; `sheets` are those of it to read."""
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
    """Kontrollér en modtaget fil, as things stand now, and keep what was found."""
    checked = check_run(session, run, actor=actor, law=law, max_rows=max_rows)
    keep_check(session, run, checked, actor=actor)
    return checked


def check_run(session: Session, run: ImportRun, *, actor: Actor, law: Law, max_rows: int | None = None) -> ImportCheck:
    """Kontrollér en modtaget fil; writes nothing."""
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
    """Gem kontrollen: report and preview. A refused file is not kept. Raises Conflict where it has been applied.

    One that only lacks headings is, so that somebody can tell what its own mean, and one with several sheets.
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
    """Vælg ark i projektmappen, to be checked again. Raises Conflict where it has been applied."""
    _refuse_applied(run)
    run.sheets = list(sheets)


def get_run(session: Session, public_id: str, *, actor: Actor) -> ImportRun:
    """Hent en af ens egne importer. Raises NotFound for others'."""
    found = select(ImportRun).where(ImportRun.public_id == public_id, ImportRun.by_id == actor.user.id)
    run = session.scalar(found)
    if run is None:
        raise NotFound("Importen findes ikke.")
    _require(actor, run.kind)
    return run


def preview_of(run: ImportRun) -> dict[str, Any]:
    """Forhåndsvisningen: rows by status and the headings nobody knows, as they were at the check."""
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
    """Indlæs filen: every row or none; with `valid_rows_only` every row without errors. Commits nothing itself.

    `caseworker_id` is the caseworker of new cases whose row names none.

    The file is checked again first. A refused file, rows with errors, and rows that are no longer as an earlier check
    promised, leave everything as it was and `applied` false. Raises ImportRejected, naming the row, where a row can't
    be kept after all, Conflict when the run has been applied already.
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
    """Hvad står i vejen for at fortryde? Empty where nothing does. Raises Conflict for a run without a trace."""
    if run.applied_on is None or run.undone_on is not None or run.trace is None:
        raise Conflict("Importen kan ikke fortrydes: den er ikke importeret eller er allerede fortrudt.")
    return service.blocks(session, read_trace(run.trace))


def take_back(session: Session, run: ImportRun, *, actor: Actor) -> None:
    """Fortryd importen, all of it. Raises Conflict, telling what has been built on it."""
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
    """Bestil arbejdet med et langt ark as a background job."""
    title = f"{what} {run.file_name}"[:200]
    return background.order(session, kind, {"run": run.public_id} | more, title=title, by=by)


def discard(session: Session, run: ImportRun, *, by: User) -> None:
    """Slet en fil, der ikke blev importeret; its report stays. Raises Conflict where it has been applied."""
    lock(session, run)
    _refuse_applied(run)
    if run.file is None:
        raise Conflict("Filen er allerede slettet.")
    run.file, run.preview = None, None
    _record(session, run, "import.discard", by)


def list_runs(session: Session, *, actor: Actor) -> list[ImportRun]:
    """Ens egne seneste importer, newest first, at most twenty."""
    action = CASES if actor.may(CASES) else INVOICES
    own = visible(select(ImportRun), ImportRun, actor.user, action, actor.day).where(ImportRun.by_id == actor.user.id)
    return list(session.scalars(own.order_by(ImportRun.id.desc()).limit(20)))


def _take_all(taker: Taker, rows: list[SheetRow], trace: Trace, progress: Progress | None) -> None:
    """Take the new rows in many at once where the kind can, the others one by one."""
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
    """Let one import of the municipality write at a time: what is compared must still be so when it is written."""
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
