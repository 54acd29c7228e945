"""How often reports of a course are due (rapportpligt): by the supplier's frame contract, else each month."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import contract_reports, monthly_reports
from jobcenter_mentor.people.suppliers.models import FrameContract
from jobcenter_mentor.platform.access.actor import Actor

REPORT = "report"


def plan_reports(session: Session, grant: Grant, *, actor: Actor, law: Law) -> None:
    """Plan the reports once the course has its mentor; those already due stay with whoever owes them.

    Without a duty in a frame contract the reports of the agreement apply, and are planned again after a mentor with
    one.
    """
    contract = _contract(session, grant, max(actor.day, grant.start))
    have = [day for day in followups.open_days(session, grant.id, REPORT) if day > actor.day]
    if contract is not None and contract.report_weeks is not None:
        wanted = contract_reports(
            start=grant.start,
            end=grant.last_day,
            weeks=contract.report_weeks,
            days=contract.report_days,
            contract=contract.title,
        )
    elif have:
        wanted = monthly_reports(start=grant.start, end=grant.last_day, law=law.on(actor.day))
    else:
        return
    coming = [deadline for deadline in wanted if deadline.due > actor.day]
    if have == [deadline.due for deadline in coming]:
        return
    reason = "Rapporterne følger den nye mentors aftale"
    followups.drop_open(session, grant.id, reason=reason, actor=actor, kinds={REPORT}, after=actor.day)
    followups.plan(session, coming, case=case_of(grant), actor=actor)


def _contract(session: Session, grant: Grant, day: date) -> FrameContract | None:
    """Return the frame contract of the mentor's supplier that runs on a day."""
    if grant.mentor is None or grant.mentor.supplier_id is None:
        return None
    own = select(FrameContract).where(FrameContract.supplier_id == grant.mentor.supplier_id)
    return session.scalar(own.where(FrameContract.valid_from <= day, FrameContract.valid_to >= day).limit(1))
