"""Say which background jobs there are (baggrundsarbejde), start them and do them.

The queue (huey) wakes the worker and holds the progress; it has a file of its own beside the database, so that progress
can be read while a job holds the write lock. In tests a job runs at once, in the call that starts it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, SqliteHuey

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import now, transaction
from jobcenter_mentor.platform.jobs import service
from jobcenter_mentor.platform.jobs.nightly import Nightly
from jobcenter_mentor.platform.pages.door import working_day

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Report how far a job is: so many of so many."""


@dataclass(frozen=True)
class JobResult:
    """The result of a job (udfald): what the owner reads, and the address of the result, empty without one."""

    message: str
    address: str = ""


Task = Callable[[dict[str, Any], Actor, Progress], JobResult]
"""A job's work: its arguments, who ordered it, and where it reports progress. It opens its own transactions."""

UNFORESEEN = "Jobbet stoppede på grund af en uventet fejl, og intet er gemt. Prøv igen, eller kontakt driften."

TASKS: dict[str, Task] = {}
"""The jobs by kind; each is a function in the `jobs.py` of its feature, named in `app.TASKS`."""


class JobFailure(Exception):
    """A failure of a nightly run whose message the operators can read and act on (fejl med grund)."""


def register(app: Flask, tasks: Mapping[str, Task], nightly: Iterable[Nightly]) -> None:
    """Give the app its queue, the jobs there are and what runs by the clock."""
    TASKS.update(tasks)
    file = app.config["QUEUE_FILE"]
    made: Huey = SqliteHuey("jobs", filename=str(file)) if file else MemoryHuey("jobs", immediate=True)
    app.extensions.update(queue=made, nightly=tuple(nightly), doing={})

    def work(job_id: int) -> None:
        with app.app_context():
            _work(job_id)

    app.extensions["work"] = made.task(name="work")(work)


def start(job_id: int) -> None:
    """Start a job; a door calls it after the transaction that ordered it, and a lost queue does no harm."""
    current_app.extensions["work"](job_id)


def progress_of(job_id: int) -> tuple[int, int] | None:
    """Return how far a job has reported that it is; None before its first report."""
    told: tuple[int, int] | None = queue().get(f"progress:{job_id}", peek=True)
    return told


def _work(job_id: int) -> None:
    """Do one job; a DomainError is shown in its own words, any other error is logged and shown as unforeseen."""
    with transaction() as session:
        job = service.claim(session, job_id, at=now())
        owner = session.get_one(User, job.owner_id) if job else None
    if job is None or owner is None:
        return
    doing: dict[object, int] = current_app.extensions["doing"]
    attempt = doing[job_id] = job.attempts
    try:
        outcome = TASKS[job.kind](
            job.arguments, Actor(owner, working_day()), lambda done, total: _tell(job_id, done, total)
        )
    except DomainError as error:
        _fail(job_id, attempt, str(error))
    except Exception:
        log.exception("Job %s (%s) stopped", job_id, job.kind)
        _fail(job_id, attempt, UNFORESEEN)
    else:
        with transaction() as session:
            service.finish(session, job_id, attempt, message=outcome.message, address=outcome.address)
    finally:
        doing.pop(job_id, None)


def _fail(job_id: int, attempt: int, message: str) -> None:
    with transaction() as session:
        service.fail(session, job_id, attempt, message=message)


def _tell(job_id: int, done: int, total: int) -> None:
    queue().put(f"progress:{job_id}", (done, total))


def queue() -> Huey:
    """Return the queue of the app."""
    found: Huey = current_app.extensions["queue"]
    return found
