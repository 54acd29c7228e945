"""Check and import sheets (indlæsning), long ones in the background; the result appears in Mine opgaver.

Reading and checking happen outside any writing transaction. The findings are stored by a short one.
"""

from pathlib import Path
from typing import Any

from flask import current_app

from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import db, read_transaction, transaction
from jobcenter_mentor.platform.jobs.queue import JobResult, Progress
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.sheets.kinds import citizen_rows
from jobcenter_mentor.sheets.runs import scratch_copy, service
from jobcenter_mentor.sheets.runs.import_check import ImportCheck
from jobcenter_mentor.sheets.runs.import_words import STATUS, counts_in_words, taken_in_words

ATTEMPTS = 5
"""How often an import is tried again when somebody else has changed what it was compared with."""
FEW = 100
"""Up to how many rows a sheet is imported at once, in one writing transaction."""
BUSY = "Andre har hele tiden rettet i de samme sager. Intet er importeret. Prøv igen om lidt."


def check(arguments: dict[str, Any], actor: Actor, progress: Progress) -> JobResult:
    """Check a long sheet (kontrol)."""
    progress(0, 1)
    report = check_sheet(arguments["run"], actor=actor).report
    return JobResult(f"{STATUS[report['status']]} {counts_in_words(report)}"[:500], _address(arguments["run"]))


def apply(arguments: dict[str, Any], actor: Actor, progress: Progress) -> JobResult:
    """Import a long sheet (indlæsning), all or nothing."""
    only, caseworker = bool(arguments.get("valid_rows_only")), str(arguments.get("caseworker", ""))
    checked = take_in(arguments["run"], actor=actor, valid_rows_only=only, caseworker=caseworker, progress=progress)
    return JobResult(taken_in_words(checked)[:500], _address(arguments["run"]))


def check_sheet(public_id: str, *, actor: Actor) -> ImportCheck:
    """Check a received sheet (kontrol) in a transaction that can't write, and store the findings in a short one."""
    with read_transaction() as session:
        run = service.get_run(session, public_id, actor=actor)
        checked = service.check_run(session, run, actor=actor, law=law(session))
    with transaction() as session:
        run = service.get_run(session, public_id, actor=actor)
        session.refresh(run, with_for_update=True)
        service.keep_check(session, run, checked, actor=actor)
    return checked


def take_in(
    public_id: str,
    *,
    actor: Actor,
    valid_rows_only: bool = False,
    max_rows: int | None = None,
    caseworker: str = "",
    progress: Progress | None = None,
) -> ImportCheck:
    """Import a sheet (indlæsning), all or nothing. On SQLite it uses a copy of the database and delays nobody.

    Raises as `service.apply` does, and Conflict where others changed the same cases repeatedly.
    """
    how: dict[str, Any] = {
        "valid_rows_only": valid_rows_only,
        "max_rows": max_rows,
        "progress": progress,
    }
    with read_transaction() as session:
        run = service.get_run(session, public_id, actor=actor)
        how["caseworker_id"] = citizen_rows.chosen(session, caseworker, actor=actor)
        in_force = law(session)
        few = run.report["status"] != service.ON_ITS_WAY and run.report["rows"]["read"] <= FEW
    if few or db.engine.dialect.name != "sqlite":
        with transaction() as session:
            run = service.get_run(session, public_id, actor=actor)
            return service.apply(session, run, actor=actor, law=law(session), **how)
    for _ in range(ATTEMPTS):
        checked = scratch_copy.take_in(
            Path(db.engine.url.database or ""), public_id, actor.user.id, actor.day, in_force, how
        )
        if checked is not None and not checked.report["applied"]:
            with transaction() as session:
                run = service.get_run(session, public_id, actor=actor)
                session.refresh(run)
                service.keep_check(session, run, checked, actor=actor)
        if checked is not None:
            return checked
    raise Conflict(BUSY)


def _address(public_id: str) -> str:
    """Return the address of the sheet's page within the site, as a worker has no request to build it from."""
    return current_app.url_map.bind("").build("imports.show", {"public_id": public_id})
