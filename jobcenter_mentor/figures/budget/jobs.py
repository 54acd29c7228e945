"""Background work for the frame (baggrundsarbejde): the nightly count of the monthly sums, and one on request."""

from datetime import date
from typing import Any

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.figures.budget import recount
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.jobs.queue import JobResult, Progress


def count_again(on: date) -> None:
    """Count the monthly sums again at night (natlig kontrol). The frame page shows differences until they are gone."""
    with transaction() as session:
        recount.recount(session, by=None, on=on)


def put_right(_arguments: dict[str, Any], actor: Actor, _progress: Progress) -> JobResult:
    """Replace the stored monthly sums by a fresh count (omregning), and compare."""
    with transaction() as session:
        courses = month_sums.rebuild(session)
        left = recount.recount(session, by=actor.user, on=actor.day)
    if left:
        return JobResult(f"{left} summer passer stadig ikke. Kontakt driften.", "/ramme")
    return JobResult(f"Summerne er regnet om for {courses} forløb.", "/ramme")
