"""Order jobs (baggrundsjob), claim them, end them and list one's own; the queue only wakes a worker."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, func, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import now
from jobcenter_mentor.platform.jobs import nightly
from jobcenter_mentor.platform.jobs.models import Job, Worker

MOST_LISTED = 50
LEASE = timedelta(seconds=40)
"""How long a job is a worker's without a word from it: with the next round of another, under a minute."""
UNDERWAY = timedelta(seconds=5)
"""How long a new job may be on its way through the queue."""
MOST_ATTEMPTS = 3
SILENT, FORGOTTEN = timedelta(seconds=60), timedelta(days=1)
"""When a worker without a sign of life counts as dead, and when it is forgotten."""
BROKEN_OFF = (
    f"Jobbet blev afbrudt {MOST_ATTEMPTS} gange, fordi programmet stoppede undervejs. Intet er gemt. "
    "Prøv igen, eller kontakt driften."
)


def order(session: Session, kind: str, arguments: dict[str, Any], *, title: str, by: User) -> Job:
    """Order a job (bestil et job); it starts when the door gives it to `queue.start`, after the commit."""
    job = Job(kind=kind, title=title, arguments=arguments, owner_id=by.id)
    session.add(job)
    session.flush()
    audit.record(session, by=by, action="job.order", subject="job", subject_id=job.public_id, detail={"kind": kind})
    return job


def claim(session: Session, job_id: int, *, at: datetime) -> Job | None:
    """Begin a job (begynd jobbet); None where it is unknown, over, or in another worker's hands.

    The row decides: of many workers that ask at once one gets it, and it is his until the lease runs out.
    """
    free = (Job.id == job_id, *_open(), _is_free(at), Job.attempts < MOST_ATTEMPTS)
    taken = (
        update(Job)
        .where(*free)
        .values(attempts=Job.attempts + 1, lease_until=at + LEASE, started_at=func.coalesce(Job.started_at, at))
    )
    claimed = session.scalar(taken.returning(Job.id).execution_options(synchronize_session=False))
    return session.get(Job, job_id, populate_existing=True) if claimed is not None else None


def prolong(session: Session, job_id: int, attempt: int, *, at: datetime) -> None:
    """Keep a job in the hands of the worker that does it."""
    session.execute(_held(job_id, attempt).values(lease_until=at + LEASE))


def finish(session: Session, job_id: int, attempt: int, *, message: str, address: str) -> None:
    """End the job with what came of it and where it stands; nothing where another worker has taken it up since."""
    session.execute(_held(job_id, attempt).values(finished_at=now(), message=message[:500], address=address))


def fail(session: Session, job_id: int, attempt: int, *, message: str) -> None:
    """Stop the job with the reason its owner reads; nothing where another worker has taken it up since."""
    session.execute(_held(job_id, attempt).values(failed_at=now(), message=message[:500]))


def list_abandoned(session: Session, *, at: datetime) -> list[int]:
    """Return the jobs that no worker has, to be queued again: lost from the queue, or their worker was killed."""
    ordered = Job.recorded_at < at - UNDERWAY
    return list(session.scalars(select(Job.id).where(*_open(), _is_free(at), ordered).order_by(Job.id)))


def give_up(session: Session, *, at: datetime) -> int:
    """Fail the jobs that were broken off as often as a job is begun; returns how many."""
    often = (*_open(), _is_free(at), Job.attempts >= MOST_ATTEMPTS)
    ended = update(Job).where(*often).values(failed_at=at, message=BROKEN_OFF)
    return len(session.scalars(ended.returning(Job.id).execution_options(synchronize_session=False)).all())


def beat(session: Session, name: str, *, at: datetime, is_new: bool) -> None:
    """Note that a worker is alive (livstegn); those that have not been for a day are forgotten."""
    worker = session.get(Worker, name)
    if worker is None:
        session.add(worker := Worker(name=name))
    worker.seen_at = at
    if is_new:
        worker.started_at = at
    session.execute(delete(Worker).where(Worker.seen_at < at - FORGOTTEN))


def _open() -> tuple[ColumnElement[bool], ...]:
    return Job.finished_at.is_(None), Job.failed_at.is_(None)


def _is_free(at: datetime) -> ColumnElement[bool]:
    return Job.lease_until.is_(None) | (Job.lease_until < at)


def _held(job_id: int, attempt: int) -> Update:
    mine = (Job.id == job_id, Job.attempts == attempt, *_open())
    return update(Job).where(*mine).execution_options(synchronize_session=False)


def get_job(session: Session, public_id: str, *, by: User) -> Job:
    """Return one of the user's own jobs. Raises NotFound for everybody else's."""
    job = session.scalar(select(Job).where(Job.public_id == public_id, Job.owner_id == by.id))
    if job is None:
        raise NotFound("Jobbet findes ikke.")
    return job


def list_mine(session: Session, *, by: User) -> list[Job]:
    """Return the user's own jobs (mine opgaver), newest first, at most `MOST_LISTED`."""
    newest = select(Job).where(Job.owner_id == by.id).order_by(Job.id.desc()).limit(MOST_LISTED)
    return list(session.scalars(newest))


def list_workers(session: Session, *, at: datetime) -> list[tuple[Worker, bool]]:
    """Return the workers, the one seen last first, each with whether it is alive."""
    newest = select(Worker).order_by(Worker.seen_at.desc())
    return [(worker, at - worker.seen_at < SILENT) for worker in session.scalars(newest)]


def readiness(session: Session) -> dict[str, Any]:
    """Return what `/readyz` says about the background work; it never changes the status."""
    at = now()
    waiting = session.scalar(select(func.count()).where(*_open(), Job.lease_until.is_(None)))
    seen = session.scalar(select(func.max(Worker.seen_at)))
    return {
        "jobs_waiting": waiting,
        "worker": {"alive": seen is not None and at - seen < SILENT, "seen_at": seen.isoformat() if seen else None},
        "nightly": {
            run.name: {"day": run.day.isoformat(), "finished": run.finished_at is not None, "message": run.message}
            for run in nightly.list_newest(session)
        },
    }
