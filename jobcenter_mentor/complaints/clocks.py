"""Klagens frister i radaren: planned for who has the case, and settled by the complaint's own acts alone."""

from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.complaints.models import Complaint
from jobcenter_mentor.domain.deadlines import Deadline
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.followups.service import CaseRef
from jobcenter_mentor.grants.models import Decision, Grant
from jobcenter_mentor.referrals.models import Referral


def begin(session: Session, decision: Decision, deadline: Deadline, *, by: User, on: date) -> int:
    """Plan a deadline of a complaint over the decision; two complaints with the same deadline share it."""
    return followups.begin_clock(session, deadline, case=_case(session, decision), by=by, on=on)


def follow(session: Session, complaint: Complaint, deadline: Deadline, result: str, *, by: User, on: date) -> None:
    """Settle the deadline that ran, and begin the next one."""
    followups.end_clock(session, complaint, result, by=by, on=on)
    decision = session.get_one(Decision, complaint.decision_id)
    complaint.followup_id = begin(session, decision, deadline, by=by, on=on)
    complaint.due_on = deadline.due


def stop(session: Session, complaint: Complaint, result: str, *, by: User, on: date) -> None:
    """Settle the deadline that ran: nothing more is waited for here. The caller sets the status before any flush."""
    followups.end_clock(session, complaint, result, by=by, on=on)
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
