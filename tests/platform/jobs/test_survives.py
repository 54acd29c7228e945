"""Jobs survive: a killed worker, a lost queue and a second worker end in one result or a failure with its reason."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter_mentor.cli import server
from jobcenter_mentor.config import Config
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.jobs import nightly, service, worker
from jobcenter_mentor.platform.jobs.models import Job, NightlyRun
from jobcenter_mentor.platform.jobs.nightly import Nightly
from jobcenter_mentor.platform.jobs.queue import JobFailure
from tests.builders import a_user
from tests.logins import Visitor

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@contextmanager
def a_worker(url: str, queue: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "tests.platform.jobs.killed", url, str(queue)])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(happened: Callable[[], Any], seconds: float = 45) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)
    return found


def an_order(session: Session, **arguments: Any) -> int:
    with transaction():
        job = service.order(session, "slow", arguments, title="Langsomt arbejde", by=a_user(session, "SB"))
    return job.id


def state(job_id: int) -> Any:
    with transaction() as session:
        columns = (Job.attempts, Job.finished_at, Job.failed_at, Job.message)
        return session.query(*columns).filter(Job.id == job_id).one()


def test_a_job_whose_worker_is_killed_and_whose_queue_is_lost_is_taken_up_again(
    session: Session, config: Config, tmp_path: Path
) -> None:
    begun, go, queue = tmp_path / "begun", tmp_path / "go", tmp_path / "queue.sqlite"
    job_id = an_order(session, begun=str(begun), go=str(go))

    with a_worker(config.database_url, queue) as first:
        wait_for(begun.exists)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    for file in tmp_path.glob("queue.sqlite*"):
        file.unlink()
    begun.unlink()
    with a_worker(config.database_url, queue):
        wait_for(begun.exists)
        go.touch()
        ended = wait_for(lambda: state(job_id).finished_at and state(job_id))

    assert (ended.attempts, ended.failed_at, ended.message) == (2, None, "Færdig.")


def test_a_job_that_is_broken_off_again_and_again_fails_with_its_reason(session: Session) -> None:
    job_id, at = an_order(session), AT
    for _ in range(service.MOST_ATTEMPTS):
        with transaction():
            assert service.claim(session, job_id, at=at) is not None
            assert service.give_up(session, at=at) == 0
        at += service.LEASE + timedelta(seconds=1)

    with transaction():
        given_up, claimed = service.give_up(session, at=at), service.claim(session, job_id, at=at)

    assert (given_up, claimed) == (1, None)
    assert "afbrudt 3 gange" in state(job_id).message
    assert state(job_id).failed_at is not None


def test_of_two_workers_one_gets_the_job_and_one_that_lost_it_changes_nothing(session: Session) -> None:
    job_id, later = an_order(session), AT + service.LEASE + timedelta(seconds=1)
    with transaction():
        first = service.claim(session, job_id, at=AT)
        refused = service.claim(session, job_id, at=AT + timedelta(seconds=1))
    with transaction():
        second = service.claim(session, job_id, at=later)
        service.fail(session, job_id, 1, message="Den første vågnede igen.")
        service.finish(session, job_id, 2, message="Den anden blev færdig.", address="")

    assert first is not None
    assert (refused, second and second.attempts) == (None, 2)
    assert (state(job_id).failed_at, state(job_id).message) == (None, "Den anden blev færdig.")


def test_a_job_in_the_works_keeps_its_worker_by_its_sign_of_life(app: Flask, session: Session) -> None:
    job_id = an_order(session)
    with transaction():
        service.claim(session, job_id, at=datetime.now(UTC) - service.LEASE - timedelta(seconds=5))
    app.extensions["doing"] = {job_id: 1}

    worker.go_round(app, "vært:1", is_new=True)

    assert (state(job_id).attempts, state(job_id).failed_at) == (1, None)
    with transaction():
        assert service.list_abandoned(session, at=datetime.now(UTC)) == []


class Night:
    """A nightly run that counts its days and fails while it is told to."""

    def __init__(self, at: str = "00:00") -> None:
        self.days: list[date] = []
        self.fault: Exception | None = None
        self.one = Nightly("prøve", "Prøvekørsel", datetime.strptime(at, "%H:%M").time(), self.run)

    def run(self, on: date) -> None:
        self.days.append(on)
        if self.fault:
            raise self.fault


@pytest.fixture
def night(app: Flask) -> Night:
    night = Night()
    app.extensions["nightly"] = (night.one,)
    return night


def test_a_missed_nightly_run_is_caught_up_once(app: Flask, session: Session, night: Night) -> None:
    session.commit()

    for _ in range(3):
        worker.go_round(app, "vært:1")

    assert len(night.days) == 1
    [run] = nightly.list_newest(session)
    assert (run.name, run.finished_at is not None, run.message) == ("prøve", True, "")


def test_days_that_were_missed_before_the_newest_are_not_made_up(session: Session, night: Night) -> None:
    with transaction():
        nightly.claim(session, "prøve", date(2026, 11, 20), at=AT - timedelta(days=11))
        nightly.finish(session, "prøve", date(2026, 11, 20), 1, at=AT - timedelta(days=11))
        due = nightly.list_due(session, [night.one], at=AT)

    assert [day for _, day in due] == [date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("fault", "told"),
    [(JobFailure("Postserveren svarer ikke."), "Postserveren svarer ikke."), (KeyError("x"), "Uventet fejl")],
)
def test_a_nightly_run_that_fails_says_why_and_is_tried_again(
    app: Flask, session: Session, night: Night, fault: Exception, told: str
) -> None:
    session.commit()
    night.fault = fault
    worker.go_round(app, "vært:1")
    worker.go_round(app, "vært:1")
    failed = [run.message for run in nightly.list_newest(session)]
    session.commit()

    night.fault = None
    with transaction():
        session.execute(text("UPDATE nightly_run SET next_try_at = started_at"))
    session.expire_all()
    worker.go_round(app, "vært:1")
    session.expire_all()

    assert [told in message for message in failed] == [True]
    assert len(night.days) == 2
    assert session.query(NightlyRun).one().finished_at is not None


def test_a_nightly_run_whose_worker_was_killed_is_taken_up_by_another(session: Session) -> None:
    day, later = date(2026, 12, 1), AT + nightly.LEASE + timedelta(seconds=1)
    with transaction():
        claimed = [
            nightly.claim(session, "prøve", day, at=AT),
            nightly.claim(session, "prøve", day, at=AT),
            nightly.claim(session, "prøve", day, at=later),
        ]

    assert claimed == [1, None, 2]


def test_drift_and_readyz_tell_of_the_worker_and_the_night_and_never_by_the_status(
    app: Flask, session: Session, as_admin: Visitor, night: Night
) -> None:
    without = as_admin.get("/readyz")
    idle = as_admin.get("/drift").text
    db.session.rollback()
    worker.go_round(app, "vært:1", is_new=True)
    alive = as_admin.get("/readyz")
    drift = as_admin.get("/drift").text

    assert (without.status_code, alive.status_code) == (200, 200)
    assert (without.json["worker"]["alive"], alive.json["worker"]["alive"]) == (False, True)
    assert alive.json["nightly"]["prøve"]["finished"] is True
    assert "Ingen arbejder er i gang" in idle
    assert "vært:1: i gang siden" in drift
    assert "Prøvekørsel" in drift


def test_a_worker_that_stops_is_started_again_and_ends_with_the_server() -> None:
    started: list[Any] = []
    stopping = threading.Event()

    def start() -> Any:
        process = server.spawned(time.sleep, 60)
        started.append(process)
        return process

    keeper = threading.Thread(target=server.keep_alive, args=(start, stopping), kwargs={"pause": 0.1})
    keeper.start()
    wait_for(lambda: len(started) == 1 and started[0].pid)
    os.kill(started[0].pid, signal.SIGKILL)
    wait_for(lambda: len(started) == 2 and started[1].is_alive())
    stopping.set()
    keeper.join(20)
    started[1].join(20)

    assert len(started) == 2
    assert not started[1].is_alive()
