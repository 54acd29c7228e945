"""The worker of an installation (arbejder): does the jobs of the queue, takes up what was left, and runs the nightly.

The rows are the truth. A watch beside the work prolongs the lease of what is being done, shows that the worker lives,
hands lost jobs to the queue again and begins what the clock asks for; so several workers, on several hosts, share one
database.
"""

import logging
import os
import socket
import threading
from datetime import date

from flask import Flask
from sqlalchemy.exc import IntegrityError

from jobcenter_mentor.platform.database.db import now, transaction
from jobcenter_mentor.platform.jobs import nightly, queue, service
from jobcenter_mentor.platform.pages.door import working_day

log = logging.getLogger(__name__)

ROUND = 5.0
"""Seconds between the rounds of the watch."""
FAILED = "Uventet fejl. Programmets log siger hvorfor."


def register(app: Flask) -> None:
    """Let the queue of the app run the nightly too."""

    def night(name: str, day: str) -> None:
        with app.app_context():
            run_nightly(app, name, date.fromisoformat(day))

    app.extensions["run_nightly"] = app.extensions["queue"].task(name="night")(night)


def run(app: Flask) -> None:
    """Do what there is until the process is stopped."""
    with app.app_context():
        threading.Thread(target=_watch, args=(app,), daemon=True).start()
        queue.queue().create_consumer(workers=1, periodic=False, check_worker_health=True).run()


def go_round(app: Flask, name: str, *, is_new: bool = False) -> None:
    """Make one round of the watch: a sign of life, leases, abandoned jobs, what the clock asks for."""
    at = now()
    doing = dict(app.extensions["doing"])
    with transaction() as session:
        service.beat(session, name, at=at, is_new=is_new)
        for job_id, attempt in doing.items():
            if isinstance(job_id, int):
                service.prolong(session, job_id, attempt, at=at)
            else:
                name_of, day = job_id
                nightly.prolong(session, name_of, day, attempt, at=at)
        given_up = service.give_up(session, at=at)
        left = service.list_abandoned(session, at=at)
        due = nightly.list_due(session, app.extensions["nightly"], at=at)
    if given_up:
        log.error("%s jobs were broken off too often and have failed", given_up)
    if queue.queue().pending_count() == 0:
        for job_id in left:
            queue.start(job_id)
        for one, day in due:
            app.extensions["run_nightly"](one.name, day.isoformat())


def run_nightly(app: Flask, name: str, day: date) -> None:
    """Run one of the nightly for a day, if no other worker has it; a failure keeps its reason and is tried again."""
    one = next(one for one in app.extensions["nightly"] if one.name == name)
    try:
        with transaction() as session:
            attempt = nightly.claim(session, name, day, at=now())
    except IntegrityError:
        return
    if attempt is None:
        return
    app.extensions["doing"][name, day] = attempt
    try:
        one.run(working_day())
    except queue.JobFailure as error:
        log.warning("%s of %s: %s", name, day, error)
        _failed(name, day, attempt, str(error))
    except Exception:
        log.exception("%s of %s stopped", name, day)
        _failed(name, day, attempt, FAILED)
    else:
        with transaction() as session:
            nightly.finish(session, name, day, attempt, at=now())
    finally:
        app.extensions["doing"].pop((name, day), None)


def _failed(name: str, day: date, attempt: int, message: str) -> None:
    with transaction() as session:
        nightly.fail(session, name, day, attempt, message=message, at=now())


def _watch(app: Flask) -> None:
    """Go round until the process ends; a round that fails, as with the database away, is logged and tried again."""
    name, is_new, told = f"{socket.gethostname()}:{os.getpid()}"[:80], True, False
    pause = threading.Event()
    while True:
        try:
            with app.app_context():
                go_round(app, name, is_new=is_new)
            is_new = told = False
        except Exception:
            if not told:
                log.exception("The watch of the jobs failed and is tried again")
            told = True
        pause.wait(ROUND)
