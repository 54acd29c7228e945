"""Indlæsning i baggrunden: long sheets are checked and taken in beside the pages; the result waits in Mine opgaver."""

from datetime import date
from typing import Any

from flask import url_for

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.db import transaction
from jobcenter_mentor.imports import service
from jobcenter_mentor.imports.wording import STATUS, counts_in_words
from jobcenter_mentor.jobs import Outcome, Progress
from jobcenter_mentor.rules.service import law


def check(arguments: dict[str, Any], by: User, on: date, progress: Progress) -> Outcome:
    """Kontrollér et langt ark."""
    progress(0, 1)
    with transaction() as session:
        run = service.get_run(session, arguments["run"], by=by, on=on)
        report = service.look(session, run, by=by, on=on).report
    return Outcome(f"{STATUS[report['status']]} {counts_in_words(report)}"[:500], _address(run.public_id))


def apply(arguments: dict[str, Any], by: User, on: date, progress: Progress) -> Outcome:
    """Indlæs et langt ark; all or nothing."""
    with transaction() as session:
        run = service.get_run(session, arguments["run"], by=by, on=on)
        checked = service.apply(
            session,
            run,
            by=by,
            on=on,
            law=law(session),
            valid_rows_only=bool(arguments.get("valid_rows_only")),
            progress=progress,
        )
    return Outcome(counts_in_words(checked.report)[:500], _address(run.public_id))


def _address(public_id: str) -> str:
    """Return the address of the sheet's page, within the site."""
    return url_for("imports.show", public_id=public_id, _external=False)
