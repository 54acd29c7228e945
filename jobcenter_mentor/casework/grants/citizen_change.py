"""Running courses of a citizen whose status changes: the caseworker is asked, and nothing changes by itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor

QUESTION = "Målgruppe eller visitation er ændret: bortfalder ret og pligt? Refusionen følger stadig aftalens målgruppe"


def status_changed(session: Session, citizen: Citizen, *, actor: Actor) -> int:
    """Ask whether right and duty (ret og pligt) end, in each running course whose frozen group is not the new one.

    LAB §§ 93, 96 c; the reimbursement group stays that of the agreement. Returns how many courses are asked about.
    """
    status = citizen.status_on(actor.day)
    running = select(Grant).where(
        Grant.citizen_id == citizen.id, Grant.right_and_duty.is_(True), Grant.last_day >= actor.day
    )
    asked = 0
    for grant in session.scalars(running):
        if status is not None and (status.benefit, status.visitation) == (grant.benefit, grant.visitation):
            continue
        question = Deadline("visitation", actor.day, "lab2014.rp.leaves", "law", grant.legal_basis[:80], QUESTION)
        asked += len(followups.plan(session, [question], case=case_of(grant), actor=actor))
    return asked
