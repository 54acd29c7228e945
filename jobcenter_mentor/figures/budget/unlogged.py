"""Find the running courses without a held meeting for a while (uden registreret møde)."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.figures.budget.grant_effect import effect as effect
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

PROOF_DAYS = 28
"""A running course without a held meeting for this many days lacks proof of delivery."""


class Unproven(NamedTuple):
    """A running course without a held meeting for a while (uden registreret møde).

    `last_met` is None where there was none.
    """

    public_id: str
    case_number: str
    mentor: str | None
    last_met: date | None
    citizen_id: int


def list_unproven(session: Session, *, actor: Actor) -> list[Unproven]:
    """Return the running courses in the reader's scope without a held meeting for four weeks."""
    since = actor.day - timedelta(days=PROOF_DAYS)
    held = (Meeting.grant_id == Grant.id, Meeting.held.is_(True), Meeting.corrected.is_(False))
    last_met = select(func.max(Meeting.met_on)).where(*held).scalar_subquery()
    mentor = (Mentor.first_name + " " + Mentor.last_name).label("mentor")
    statement = (
        select(Grant.public_id, Grant.case_number, mentor, last_met, Grant.citizen_id)
        .outerjoin(Mentor, Mentor.id == Grant.mentor_id)
        .where(
            Grant.start <= since,
            func.coalesce(Grant.ended_on, Grant.last_day) >= actor.day,
            ~exists().where(*held, Meeting.met_on > since),
        )
        .order_by(last_met, Grant.case_number)
    )
    found = [Unproven(*row) for row in session.execute(visible(statement, Grant, actor.user, "grant.read", actor.day))]
    citizens = [course.citizen_id for course in found]
    audit.record(session, by=actor.user, action="grant.read", subject="unproven", citizens=citizens)
    return found
