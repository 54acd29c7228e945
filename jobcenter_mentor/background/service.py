"""Job: order one, begin it, end it, and list one's own."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.background.models import Job
from jobcenter_mentor.db import now
from jobcenter_mentor.domain.errors import NotFound

MOST_LISTED = 50


def order(session: Session, kind: str, arguments: dict[str, Any], *, title: str, by: User) -> Job:
    """Bestil et job. It starts when the door has handed it to `jobs.start`, after the commit."""
    job = Job(kind=kind, title=title, arguments=arguments, owner_id=by.id)
    session.add(job)
    session.flush()
    audit.record(session, by=by, action="job.order", subject="job", subject_id=job.public_id, detail={"kind": kind})
    return job


def begin(session: Session, job_id: int) -> Job | None:
    """Begynd jobbet; None when it is unknown or already over, so that a queue's repeat does no harm."""
    job = session.get(Job, job_id)
    if job is None or job.is_over:
        return None
    job.started_at = now()
    return job


def finish(session: Session, job_id: int, *, message: str, address: str) -> None:
    """Afslut jobbet with what came of it and where it stands."""
    job = session.get_one(Job, job_id)
    job.finished_at, job.message, job.address = now(), message, address


def fail(session: Session, job_id: int, *, message: str) -> None:
    """Stop jobbet with the reason its owner reads."""
    job = session.get_one(Job, job_id)
    job.failed_at, job.message = now(), message


def get_job(session: Session, public_id: str, *, by: User) -> Job:
    """Return one of the user's own jobs. Raises NotFound for everybody else's."""
    job = session.scalar(select(Job).where(Job.public_id == public_id, Job.owner_id == by.id))
    if job is None:
        raise NotFound("Jobbet findes ikke.")
    return job


def list_mine(session: Session, *, by: User) -> list[Job]:
    """Mine opgaver: the user's own jobs, newest first, at most `MOST_LISTED`."""
    newest = select(Job).where(Job.owner_id == by.id).order_by(Job.id.desc()).limit(MOST_LISTED)
    return list(session.scalars(newest))


def readiness(session: Session) -> dict[str, Any]:
    """Return what else `/readyz` tells about the work in the background; it never changes the status."""
    waiting = select(func.count()).where(Job.started_at.is_(None), Job.finished_at.is_(None), Job.failed_at.is_(None))
    return {"jobs_waiting": session.scalar(waiting)}
