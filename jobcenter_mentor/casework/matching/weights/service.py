"""The weights (vægte): proposed by one person, in force from a day once another has approved them."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.matching.models import MatchWeights
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.matching.weights import CRITERIA, STANDARD, wrong_weights
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit


def weights_on(session: Session, day: date) -> dict[str, int]:
    """Return the weights of a day, in percent by criterion; the standard where none are approved."""
    found = session.scalar(
        select(MatchWeights)
        .where(MatchWeights.approved_on.is_not(None), MatchWeights.valid_from <= day)
        .order_by(MatchWeights.valid_from.desc(), MatchWeights.id.desc())
        .limit(1)
    )
    return dict.fromkeys(CRITERIA, STANDARD) | (found.percents if found is not None else {})


def propose_weights(
    session: Session, percents: Mapping[str, int], *, valid_from: date, reason: str, actor: Actor
) -> MatchWeights:
    """Propose weights from a day on. Raises ValidationFailed by field, also for a day that is over."""
    errors = wrong_weights(percents)
    if valid_from < actor.day:
        errors["valid_from"] = ["Vægte kan ikke ændres bagud. Vælg i dag eller senere."]
    if not reason.strip():
        errors["reason"] = ["Skriv, hvorfor vægtene ændres."]
    if errors:
        raise ValidationFailed("Vægtene kunne ikke gemmes. Ret de markerede felter.", errors=errors)
    row = MatchWeights(
        valid_from=valid_from,
        percents=dict(percents),
        reason=reason.strip(),
        proposed_by_id=actor.user.id,
        proposed_on=actor.day,
    )
    session.add(row)
    session.flush()
    _record(session, "weights.propose", row, actor.user)
    return row


def approve_weights(session: Session, public_id: str, *, actor: Actor) -> MatchWeights:
    """Approve weights that another person proposed.

    Raises NotFound, NotAllowed for one's own proposal, and Conflict when they are approved already.
    """
    row = session.scalar(select(MatchWeights).where(MatchWeights.public_id == public_id).with_for_update())
    if row is None:
        raise NotFound("Forslaget findes ikke.")
    if row.approved_on is not None:
        raise Conflict("Vægtene er allerede godkendt.")
    if row.proposed_by_id == actor.user.id:
        raise NotAllowed("Den, der har foreslået vægtene, kan ikke selv godkende dem.")
    row.approved_by_id, row.approved_on = actor.user.id, actor.day
    _record(session, "weights.approve", row, actor.user)
    return row


def list_weights(session: Session) -> Sequence[MatchWeights]:
    """Return all sets of weights, the newest first."""
    return session.scalars(select(MatchWeights).order_by(MatchWeights.id.desc())).all()


def _record(session: Session, action: str, row: MatchWeights, by: User) -> None:
    detail = {"valid_from": row.valid_from.isoformat(), "percents": row.percents}
    audit.record(session, by=by, action=action, subject="weights", subject_id=row.public_id, detail=detail)
