"""The new decision after a complaint (klage): settles what waits for it once it is made."""

from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.law.complaint_deadlines import DECIDE
from jobcenter_mentor.platform.access.actor import Actor


def settle_promised(session: Session, decision: Decision, *, actor: Actor) -> None:
    """Settle what waits for a new decision in the case, or for a new grant where no course of the case runs."""
    for row in followups.open_of_citizen(session, decision.citizen_id, DECIDE):
        anew = decision.kind == "grant" and not _runs(session, row.grant_id, actor.day)
        if row.case_number == decision.case_number or anew:
            followups.settle(session, row, result="Den nye afgørelse er truffet", actor=actor, by_act=True)


def _runs(session: Session, grant_id: int | None, on: date) -> bool:
    grant = session.get(Grant, grant_id) if grant_id else None
    return grant is not None and grant.ended_on is None and grant.last_day >= on
