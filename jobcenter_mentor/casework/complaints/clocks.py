"""Plans the deadlines of a complaint for the owner of the case; only the complaint's own acts settle them."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.law.complaint_deadlines import decide
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor

BEGINS_ANEW = ("refusal", "ending")
"""Decisions that are changed by a grant in a new case."""


def begin(session: Session, decision: Decision, deadline: Deadline, *, actor: Actor) -> int:
    """Plan a deadline of a complaint about the decision; two complaints with the same deadline share it."""
    return followups.begin_clock(session, deadline, case=_case(session, decision), actor=actor)


def follow(session: Session, complaint: Complaint, deadline: Deadline, result: str, *, actor: Actor) -> None:
    """Settle the deadline that was running, and begin the next one."""
    followups.end_clock(session, complaint, result, actor=actor)
    decision = session.get_one(Decision, complaint.decision_id)
    complaint.followup_id = begin(session, decision, deadline, actor=actor)
    complaint.due_on = deadline.due


def stop(session: Session, complaint: Complaint, result: str, *, actor: Actor) -> None:
    """Settle the deadline that was running, with none after it. The caller sets the status before any flush."""
    followups.end_clock(session, complaint, result, actor=actor)
    complaint.due_on = None


def await_decision(session: Session, complaint: Complaint, due: date, *, actor: Actor, law: Law) -> None:
    """Plan the deadline of the new decision that a yes requires; none where the decision is made already."""
    decision = session.get_one(Decision, complaint.decision_id)
    if new_decision(session, complaint) is None:
        deadline = decide(due, law.on(complaint.received_on))
        followups.begin_own_clock(session, deadline, case=_case(session, decision), actor=actor)


def new_decision(session: Session, complaint: Complaint) -> Decision | None:
    """Return the first decision in the case since the complaint came, None where there is none.

    After a refusal or an ending it is a new grant, which has a case of its own.
    """
    first = session.get_one(Decision, complaint.decision_id)
    in_case = Decision.case_number == complaint.case_number
    wanted = select(Decision).where(
        Decision.citizen_id == complaint.citizen_id,
        Decision.id != complaint.decision_id,
        Decision.approved_on >= complaint.received_on,
        or_(in_case, Decision.kind == "grant") if first.kind in BEGINS_ANEW else in_case,
    )
    return session.scalars(wanted.order_by(Decision.approved_on, Decision.id).limit(1)).first()


def case_of(session: Session, complaint: Complaint) -> CaseRef:
    """Return the case behind the complaint, as the follow-ups identify it."""
    return _case(session, session.get_one(Decision, complaint.decision_id))


def _case(session: Session, decision: Decision) -> CaseRef:
    """Return the case with its present owner."""
    grant = session.get(Grant, decision.grant_id) if decision.grant_id else None
    referral = session.get(Referral, decision.referral_id) if decision.referral_id else None
    owner = grant.caseworker_id if grant else referral.caseworker_id if referral else decision.proposed_by_id
    return CaseRef(
        citizen_id=decision.citizen_id,
        case_number=decision.case_number,
        team_id=decision.team_id,
        owner_id=owner,
        referral_id=decision.referral_id,
        grant_id=decision.grant_id,
    )
