"""Baggrundsarbejde: which jobs there are, how a page hands one over, and the worker that does them.

The queue (huey) has a file of its own beside the database, so that progress can be read while a job holds the write
lock. In tests a job runs at once, in the call that starts it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, SqliteHuey, crontab

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.background import service
from jobcenter_mentor.db import transaction
from jobcenter_mentor.domain.errors import DomainError
from jobcenter_mentor.web.door import working_day

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Tell how far a job is: so many of so many."""


@dataclass(frozen=True)
class Outcome:
    """Udfald: what the owner reads, and the address where the result stands (empty: nowhere)."""

    message: str
    address: str = ""


Task = Callable[[dict[str, Any], User, date, Progress], Outcome]
"""A job's work: arguments, on whose behalf, the working day, progress. It opens its own transactions."""

RETRIES, RETRY_AFTER = 5, 15 * 60
"""How often, and after how many seconds, what runs by the clock is tried again when it fails, e.g. with no mail server.
Each of these tasks may be run twice."""

TASKS: dict[str, Task] = {}
"""The jobs by kind; each is a function in the `tasks.py` of its feature, named in `app.TASKS`."""

Nightly = tuple[str, str, Callable[[date], None]]
"""What runs by the clock: name, hour and minute ("02:30"), the function, which is given the working day."""


def register(app: Flask, tasks: Mapping[str, Task], nightly: Iterable[Nightly]) -> None:
    """Give the app its queue, the jobs there are and what runs by the clock."""
    TASKS.update(tasks)
    file = app.config["QUEUE_FILE"]
    queue: Huey = SqliteHuey("jobs", filename=str(file)) if file else MemoryHuey("jobs", immediate=True)
    app.extensions["queue"] = queue

    def work(job_id: int) -> None:
        with app.app_context():
            _work(job_id)

    app.extensions["work"] = queue.task(name="work")(work)
    for name, at, task in nightly:
        hour, minute = at.split(":")
        again = {"retries": RETRIES, "retry_delay": RETRY_AFTER}
        queue.periodic_task(crontab(hour=hour, minute=minute), name=name, **again)(_in_context(app, task))


def _in_context(app: Flask, task: Callable[[date], None]) -> Callable[[], None]:
    """Return the task as the clock calls it: in the app, with the working day."""

    def run() -> None:
        with app.app_context():
            task(working_day())

    return run


def start(job_id: int) -> None:
    """Sæt jobbet i gang. Called by a door after the transaction that ordered it."""
    current_app.extensions["work"](job_id)


def progress_of(job_id: int) -> tuple[int, int] | None:
    """Return how far a job has told that it is; None before it has told."""
    told: tuple[int, int] | None = _queue().get(f"progress:{job_id}", peek=True)
    return told


def run_worker(app: Flask) -> None:
    """Arbejd: do what the queue holds until the process is stopped."""
    with app.app_context():
        _queue().create_consumer(workers=1, periodic=True, check_worker_health=True).run()


def _work(job_id: int) -> None:
    """Do one job; an error of the trade is told in its own words, any other is logged and told as unforeseen."""
    with transaction() as session:
        job = service.begin(session, job_id)
        owner = session.get_one(User, job.owner_id) if job else None
    if job is None or owner is None:
        return
    try:
        outcome = TASKS[job.kind](job.arguments, owner, working_day(), lambda done, total: _tell(job_id, done, total))
    except DomainError as error:
        _fail(job_id, str(error))
    except Exception:
        log.exception("Job %s (%s) stopped", job_id, job.kind)
        _fail(job_id, "Jobbet stoppede af en uventet fejl, og intet er gemt. Prøv igen, eller kontakt driften.")
    else:
        with transaction() as session:
            service.finish(session, job_id, message=outcome.message, address=outcome.address)


def _fail(job_id: int, message: str) -> None:
    with transaction() as session:
        service.fail(session, job_id, message=message)


def _tell(job_id: int, done: int, total: int) -> None:
    _queue().put(f"progress:{job_id}", (done, total))


def _queue() -> Huey:
    queue: Huey = current_app.extensions["queue"]
    return queue
