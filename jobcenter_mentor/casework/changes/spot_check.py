"""Second checks (stikprøver): the decisions picked for one, and the result."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Decision, SecondCheck
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock


def list_open(session: Session, *, actor: Actor) -> list[SecondCheck]:
    """Return the second checks (stikprøver) that are missing, the greatest risk first; the look is logged.

    Decisions that the user proposed or approved are left out.
    """
    statement = (
        select(SecondCheck)
        .join(Decision, Decision.id == SecondCheck.decision_id)
        .where(
            SecondCheck.checked_on.is_(None),
            Decision.proposed_by_id != actor.user.id,
            Decision.approved_by_id != actor.user.id,
        )
        .order_by(SecondCheck.risk.desc(), SecondCheck.id)
    )
    rows = list(session.scalars(visible(statement, SecondCheck, actor.user, "decision.check", actor.day)))
    citizens = [row.decision.citizen_id for row in rows]
    audit.record(session, by=actor.user, action="decision.checks", subject="decision", citizens=citizens)
    return rows


def settle(session: Session, public_id: str, *, is_right: bool, note: str, actor: Actor) -> SecondCheck:
    """Settle a second check. Raises NotFound outside scope, NotAllowed for who proposed or approved."""
    found = select(SecondCheck).where(SecondCheck.public_id == public_id)
    check = session.scalar(visible(found, SecondCheck, actor.user, "decision.check", actor.day))
    if check is None:
        raise NotFound("Stikprøven findes ikke.")
    lock(session, check)
    if actor.user.id in {check.decision.proposed_by_id, check.decision.approved_by_id}:
        raise NotAllowed("En anden end den, der indstillede eller godkendte, skal kontrollere.")
    if check.checked_on is not None:
        raise InvalidTransition("Stikprøven er allerede afsluttet.")
    if not is_right and not note.strip():
        raise ValidationFailed("Skriv, hvad der er galt.", errors={"note": ["Skriv, hvad der er galt."]})
    check.checked_on, check.checked_by_id, check.is_right, check.note = actor.day, actor.user.id, is_right, note.strip()
    session.flush()
    citizens, detail = [check.decision.citizen_id], {"is_right": is_right}
    audit.record(
        session,
        by=actor.user,
        action="decision.check",
        subject="decision",
        subject_id=check.decision.public_id,
        citizens=citizens,
        detail=detail,
    )
    return check
