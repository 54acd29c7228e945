"""Indlæsning: sheets are checked and taken in, long ones beside the pages; the result waits in Mine opgaver.

Reading and checking happen outside any writing transaction. What is found is kept by a short one.
"""

from datetime import date
from pathlib import Path
from typing import Any

from flask import url_for
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.citizens.models import Citizen
from jobcenter_mentor.db import blind_index, db, read_transaction, sealed, transaction
from jobcenter_mentor.domain.errors import Conflict
from jobcenter_mentor.imports import scratch, service
from jobcenter_mentor.imports.report import Checked
from jobcenter_mentor.imports.statements import Statements
from jobcenter_mentor.imports.trace import moved_up
from jobcenter_mentor.imports.wording import STATUS, counts_in_words, taken_in_words
from jobcenter_mentor.jobs import Outcome, Progress
from jobcenter_mentor.rules.service import law

ATTEMPTS = 5
"""How often an import is made anew when somebody else has changed what it was compared with meanwhile."""
FEW = 100
"""Rows of a sheet up to which it is taken in at once, by one writing transaction."""
BUSY = "Andre har hele tiden rettet i de samme sager. Intet er indlæst. Prøv igen om lidt."


def check(arguments: dict[str, Any], by: User, on: date, progress: Progress) -> Outcome:
    """Kontrollér et langt ark."""
    progress(0, 1)
    report = check_sheet(arguments["run"], by=by, on=on).report
    return Outcome(f"{STATUS[report['status']]} {counts_in_words(report)}"[:500], _address(arguments["run"]))


def apply(arguments: dict[str, Any], by: User, on: date, progress: Progress) -> Outcome:
    """Indlæs et langt ark; all or nothing."""
    only = bool(arguments.get("valid_rows_only"))
    checked = take_in(arguments["run"], by=by, on=on, valid_rows_only=only, progress=progress)
    return Outcome(taken_in_words(checked)[:500], _address(arguments["run"]))


def check_sheet(public_id: str, *, by: User, on: date) -> Checked:
    """Kontrollér et modtaget ark in a transaction that can't write, and keep what was found by a short one."""
    with read_transaction() as session:
        run = service.get_run(session, public_id, by=by, on=on)
        checked = service.check_run(session, run, by=by, on=on)
    with transaction() as session:
        run = service.get_run(session, public_id, by=by, on=on)
        session.refresh(run, with_for_update=True)
        service.keep_check(session, run, checked, by=by, on=on)
    return checked


def take_in(
    public_id: str, *, by: User, on: date, valid_rows_only: bool = False, max_rows: int | None = None,
    progress: Progress | None = None,
) -> Checked:  # fmt: skip
    """Indlæs et ark, all of it or nothing; on SQLite without holding the others up, by a copy of the database.

    Raises as `service.apply` does, and Conflict where others changed the same cases again and again.
    """
    how: dict[str, Any] = {"on": on, "valid_rows_only": valid_rows_only, "max_rows": max_rows, "progress": progress}
    with read_transaction() as session:
        run = service.get_run(session, public_id, by=by, on=on)
        few = run.report["status"] != service.ON_ITS_WAY and run.report["rows"]["read"] <= FEW
    if few or db.engine.dialect.name != "sqlite":
        with transaction() as session:
            run = service.get_run(session, public_id, by=by, on=on)
            return service.apply(session, run, by=by, law=law(session), **how)
    for _ in range(ATTEMPTS):
        checked = _by_copy(Path(db.engine.url.database or ""), public_id, by.id, how)
        if checked is not None and not checked.report["applied"]:
            with transaction() as session:
                run = service.get_run(session, public_id, by=by, on=on)
                session.refresh(run)
                service.keep_check(session, run, checked, by=by, on=on)
        if checked is not None:
            return checked
    raise Conflict(BUSY)


def _by_copy(database: Path, public_id: str, by_id: int, how: dict[str, Any]) -> Checked | None:
    """Take a sheet in by a copy; None where others have changed meanwhile what it was compared with."""
    with scratch.copied(database) as copy:
        engine = create_engine(f"sqlite:///{copy}")
        try:
            with Session(engine, expire_on_commit=False) as session:
                by = session.get_one(User, by_id)
                run = service.get_run(session, public_id, by=by, on=how["on"])
                checked = service.apply(session, run, by=by, law=law(session), **how)
                if not checked.report["applied"]:
                    return checked
                trace, run_id = run.trace or "", run.id
                scratch.name_citizens(session, _citizens(session, checked))
                session.flush()
                session.connection().exec_driver_sql("COMMIT")
        finally:
            engine.dispose()
        moved = scratch.lay_in(database, copy, Statements(run_id), lambda moved: sealed(moved_up(trace, moved)))
        return None if moved is None else checked


def _citizens(session: Session, checked: Checked) -> set[int]:
    """Return the row ids of the citizens that the rows are about."""
    people = getattr(checked.taker, "people", None)
    ids = {citizen.id for citizen in people.known.values()} if people is not None else set()
    indexes = sorted({blind_index(row.get("cpr")) for row in checked.rows if row.get("cpr")})
    for first in range(0, len(indexes), 500):
        ids |= set(session.scalars(select(Citizen.id).where(Citizen.cpr_index.in_(indexes[first : first + 500]))))
    return ids


def _address(public_id: str) -> str:
    """Return the address of the sheet's page, within the site."""
    return url_for("imports.show", public_id=public_id, _external=False)
