"""Baggrundsjob: ordered by a person, done by the worker, and told in words where they stand."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.jobs import queue, service
from jobcenter_mentor.platform.jobs.models import Job
from jobcenter_mentor.platform.jobs.queue import JobResult, Progress
from tests.builders import a_user
from tests.logins import Visitor


def count_sheep(arguments: dict[str, Any], actor: Actor, progress: Progress) -> JobResult:
    if arguments["sheep"] > 3:
        raise Conflict("Der er kun tre får.")
    progress(1, 100 // arguments["sheep"])
    return JobResult("Fårene er talt.", "/opgaver")


@pytest.fixture(autouse=True)
def sheep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(queue.TASKS, "sheep", count_sheep)


def done(session: Session, sheep: int, by: User | None = None) -> Job:
    with transaction():
        job = service.order(session, "sheep", {"sheep": sheep}, title="Tæl får", by=by or a_user(session, "SB"))
    queue.start(job.id)
    db.session.expire_all()
    return job


def test_a_finished_job_says_what_came_of_it_and_where(session: Session) -> None:
    job = done(session, 2)

    assert (job.message, job.address) == ("Fårene er talt.", "/opgaver")
    assert job.finished_at is not None
    assert queue.progress_of(job.id) == (1, 50)


def test_an_error_of_the_trade_is_told_in_its_own_words(session: Session) -> None:
    assert done(session, 4).message == "Der er kun tre får."


def test_an_unforeseen_error_is_told_without_its_insides(session: Session) -> None:
    job = done(session, 0)

    assert job.failed_at is not None
    assert "division" not in job.message


def test_a_queue_that_repeats_itself_does_the_job_once(session: Session) -> None:
    job = done(session, 2)
    first = job.finished_at

    queue.start(job.id)
    db.session.expire_all()

    assert job.finished_at == first


def test_mine_opgaver_shows_the_users_own_jobs_only(session: Session, as_caseworker: Visitor) -> None:
    mine = done(session, 2, as_caseworker.user)
    other = done(session, 3)

    assert "Fårene er talt." in as_caseworker.get("/opgaver").text
    assert as_caseworker.get(f"/opgaver/{mine.public_id}").status_code == 200
    assert as_caseworker.get(f"/opgaver/{other.public_id}").status_code == 404


def test_mine_opgaver_says_what_belongs_there(as_caseworker: Visitor, app: Flask) -> None:
    assert "Her er ingen opgaver" in as_caseworker.get("/opgaver").text
