"""Klagens frister i radaren: planned for who has the case, and settled by the complaint's own acts alone."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.complaints.models import Complaint
from jobcenter_mentor.domain.deadlines import Deadline
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.followups.models import FollowUp
from jobcenter_mentor.followups.service import CaseRef
from jobcenter_mentor.grants.models import Decision, Grant
from jobcenter_mentor.referrals.models import Referral


def begin(session: Session, decision: Decision, deadline: Deadline, *, by: User, on: date) -> int | None:
    """Plan a deadline of a complaint over the decision; two complaints with the same deadline share it."""
    planned = followups.plan(session, [deadline], case=_case(session, decision), by=by, on=on)
    if planned:
        return planned[0].id
    shared = select(FollowUp.id).where(
        FollowUp.kind == deadline.kind, FollowUp.due_on == deadline.due, FollowUp.case_number == decision.case_number,
        FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None),
    )  # fmt: skip
    return session.scalar(shared.limit(1))


def follow(session: Session, complaint: Complaint, deadline: Deadline, result: str, *, by: User, on: date) -> None:
    """Settle the deadline that ran, and begin the next one."""
    _settle(session, complaint, result, by, on)
    decision = session.get_one(Decision, complaint.decision_id)
    complaint.followup_id = begin(session, decision, deadline, by=by, on=on)
    complaint.due_on = deadline.due


def stop(session: Session, complaint: Complaint, result: str, *, by: User, on: date) -> None:
    """Settle the deadline that ran: nothing more is waited for here. The caller sets the status before any flush."""
    _settle(session, complaint, result, by, on)
    complaint.due_on = None


def case_of(session: Session, complaint: Complaint) -> CaseRef:
    """Sagen bag klagen, as the follow-ups know it."""
    return _case(session, session.get_one(Decision, complaint.decision_id))


def _case(session: Session, decision: Decision) -> CaseRef:
    """Return the case with who has it now."""
    grant = session.get(Grant, decision.grant_id) if decision.grant_id else None
    referral = session.get(Referral, decision.referral_id) if decision.referral_id else None
    owner = grant.caseworker_id if grant else referral.caseworker_id if referral else decision.proposed_by_id
    return CaseRef(
        citizen_id=decision.citizen_id, case_number=decision.case_number, team_id=decision.team_id, owner_id=owner,
        referral_id=decision.referral_id, grant_id=decision.grant_id,
    )  # fmt: skip


def _settle(session: Session, complaint: Complaint, result: str, by: User, on: date) -> None:
    """Settle the deadline, unless it is closed already or another complaint still needs it."""
    clock = session.get(FollowUp, complaint.followup_id) if complaint.followup_id else None
    if clock is None or clock.done_on is not None or clock.dropped_on is not None:
        return
    others = select(Complaint).where(Complaint.followup_id == clock.id, Complaint.id != complaint.id)
    with session.no_autoflush:
        needed = any(other.is_open for other in session.scalars(others))
    if not needed:
        followups.settle(session, clock, result=result, by=by, on=on, by_act=True)
