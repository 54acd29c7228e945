"""Reads complaints as a list and as a page, within the user's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.complaints import clocks, letters, service
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.notices import service as notices
from jobcenter_mentor.casework.notices.models import DelayNotice
from jobcenter_mentor.domain.kernel.complaint_codes import BOARD_OUTCOMES, NEEDS_DECISION, OPEN, STATUSES
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page, asked_page


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint on the list with its decision, the citizen, and the section of the deadline that runs."""

    complaint: Complaint
    kind: str
    citizen: Citizen
    caseworker: str | None
    section: str | None

    @property
    def stage(self) -> str:
        """Return the present stage of the complaint in words."""
        one = self.complaint
        if one.board_outcome:
            return f"{BOARD_OUTCOMES[one.board_outcome]} af Ankestyrelsen"
        return STATUSES[one.status]


@dataclass(frozen=True)
class ComplaintFilter:
    """A filter: `status` is a code, "open" or "" for all; `overdue` is past the deadline, `mine` the user's courses."""

    status: str = "open"
    overdue: bool = False
    mine: bool = False
    page: int = 1


@dataclass(frozen=True)
class ComplaintPage:
    """The page of a complaint: the decision, the course where there is one, its deadline and the notices of delay.

    `body` is who decides it after us; `is_order_read` whether the executive order of the day it came has been read.
    """

    complaint: Complaint
    decision: Decision
    grant: Grant | None
    section: str
    body: str
    told: Sequence[DelayNotice]
    is_order_read: bool
    new_decision: Decision | None

    @property
    def new_decision_by(self) -> date | None:
        """Return the last day for the new decision that a yes, in full or in part, requires (§ 11, stk. 1)."""
        if self.complaint.outcome not in NEEDS_DECISION:
            return None
        return max([self.complaint.review_due, *(one.expected_on for one in self.told)])


def list_complaints(session: Session, *, chosen: ComplaintFilter, actor: Actor) -> Page[ComplaintRow]:
    """Return the complaints in the user's scope, the nearest deadline first.

    The citizens shown are logged in one row.
    """
    wanted = (
        select(Complaint, Decision.kind, Citizen, User.full_name, FollowUp.section)
        .join(Decision, Decision.id == Complaint.decision_id)
        .join(Citizen, Citizen.id == Complaint.citizen_id)
        .outerjoin(Grant, Grant.id == Complaint.grant_id)
        .outerjoin(User, User.id == func.coalesce(Grant.caseworker_id, Decision.proposed_by_id))
        .outerjoin(FollowUp, FollowUp.id == Complaint.followup_id)
    )
    if chosen.status:
        wanted = wanted.where(Complaint.status.in_(OPEN if chosen.status == "open" else (chosen.status,)))
    if chosen.overdue:
        wanted = wanted.where(Complaint.due_on < actor.day)
    if chosen.mine:
        wanted = wanted.where(User.id == actor.user.id)
    reached = visible(wanted, Complaint, actor.user, "complaint.read", actor.day)
    count = session.scalar(select(func.count()).select_from(reached.with_only_columns(Complaint.id).subquery())) or 0
    number = asked_page(chosen.page, count)
    first = reached.order_by(
        Complaint.due_on.is_(None), Complaint.due_on, Complaint.received_on.desc(), Complaint.id.desc()
    )
    found = session.execute(first.limit(ROWS_PER_PAGE).offset((number - 1) * ROWS_PER_PAGE))
    rows = [ComplaintRow(*row) for row in found]
    citizens = [row.citizen.id for row in rows]
    audit.record(session, by=actor.user, action="complaint.list", subject="complaint", citizens=citizens)
    return Page(rows, count, number)


def list_of_case(
    session: Session, *, grant_id: int | None = None, decision_id: int | None = None
) -> Sequence[Complaint]:
    """Return the complaints in a course or about one decision, newest first.

    The caller has checked the user's scope.
    """
    wanted = Complaint.grant_id == grant_id if grant_id is not None else Complaint.decision_id == decision_id
    return session.scalars(select(Complaint).where(wanted).order_by(Complaint.received_on.desc())).all()


def get_page(session: Session, public_id: str, *, actor: Actor, law: Law) -> ComplaintPage:
    """Return the page of a complaint and log the access. Raises NotFound."""
    complaint = service.get_complaint(session, public_id, actor=actor)
    decision = session.get_one(Decision, complaint.decision_id)
    clock = session.get(FollowUp, complaint.followup_id) if complaint.followup_id else None
    return ComplaintPage(
        complaint,
        decision,
        session.get(Grant, complaint.grant_id) if complaint.grant_id else None,
        clock.section if clock and complaint.is_open else "",
        letters.body_of(decision, law),
        notices.list_of(session, complaint_id=complaint.id),
        law.on(complaint.received_on).find("decision.complaint_order_read") is True,
        clocks.new_decision(session, complaint),
    )
