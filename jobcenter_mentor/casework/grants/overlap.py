"""Overlaps: other proposals and courses of a citizen on the days of a grant."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.case_assessment import GrantTerms
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.kernel.errors import Conflict, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may

PROPOSALS = ("grant", "extension")
"""The kinds of decision that give a citizen support on new days."""


@dataclass(frozen=True)
class Overlap:
    """Another course or open proposal on some of the same days (overlap).

    `decision_id` or `grant_id` is the public id of what it is; both are empty where the reader may not open it.
    `is_same` is true where all its terms are the same.
    """

    case_number: str
    terms: GrantTerms
    is_same: bool
    is_course: bool
    decision_id: str = ""
    grant_id: str = ""

    @property
    def words(self) -> str:
        """Return what it is, in Danish."""
        what = "Et forløb" if self.is_course else "En indstilling, som ikke er afgjort endnu,"
        days = f"{self.terms.start:%d.%m.%Y}–{self.terms.last_day:%d.%m.%Y}"
        kind = MENTOR_TYPES.get(self.terms.mentor_type, "mentor").lower()
        return (
            f"{what} i sag {self.case_number} ligger på de samme dage: {days}, "
            f"{hours_words(self.terms.minutes_per_week)} om ugen, {kind}."
        )


def overlaps_of(
    session: Session, citizen_id: int, terms: GrantTerms, *, without: Decision | None, actor: Actor
) -> list[Overlap]:
    """Return the courses and open proposals of a citizen on the days of the terms, except a proposal itself.

    An extension overlaps nothing of its own course; the course it makes is compared as any other.
    """
    return [
        *(_course(row, terms, actor) for row in _courses(session, citizen_id, terms, without)),
        *(_proposal(row, terms, actor) for row in _proposals(session, citizen_id, terms, without)),
    ]


def require_other_terms(found: Sequence[Overlap], *, field: str = "start") -> None:
    """Refuse the same terms twice; raises ValidationFailed at the field."""
    same = next((one for one in found if one.is_same), None)
    if same is not None:
        text = f"De samme vilkår findes allerede. {same.words} Ret vilkårene, eller brug det, der er."
        raise ValidationFailed("Den samme støtte kan ikke gives to gange.", errors={field: [text]})


def require_reason(found: Sequence[Overlap], reason: str) -> str:
    """Require a reason to approve beside something else on the same days, and return the reason to store.

    Raises Conflict where the terms are the same, whatever the reason, and ValidationFailed without a reason.
    """
    same = next((one for one in found if one.is_same), None)
    if same is not None:
        raise Conflict(f"Den samme støtte kan ikke gives to gange. {same.words} Send indstillingen tilbage.")
    if found and not reason.strip():
        text = f"Skriv, hvorfor borgeren skal have begge dele. {' '.join(one.words for one in found)}"
        raise ValidationFailed("Godkendelsen mangler en begrundelse.", errors={"overlap_reason": [text]})
    return reason.strip() if found else ""


def _courses(session: Session, citizen_id: int, terms: GrantTerms, without: Decision | None) -> Sequence[Grant]:
    ended = func.coalesce(Grant.ended_on, Grant.last_day)
    statement = select(Grant).where(Grant.citizen_id == citizen_id, Grant.start <= terms.last_day, ended >= terms.start)
    if without is not None and without.grant_id is not None:
        statement = statement.where(Grant.id != without.grant_id)
    return session.scalars(statement.order_by(Grant.start, Grant.id)).all()


def _proposals(session: Session, citizen_id: int, terms: GrantTerms, without: Decision | None) -> Sequence[Decision]:
    statement = select(Decision).where(
        Decision.citizen_id == citizen_id,
        Decision.kind.in_(PROPOSALS),
        Decision.approved_on.is_(None),
        Decision.withdrawn_on.is_(None),
        Decision.start <= terms.last_day,
        Decision.last_day >= terms.start,
    )
    if without is not None and without.id is not None:
        statement = statement.where(Decision.id != without.id)
    return session.scalars(statement.order_by(Decision.start, Decision.id)).all()


def _course(grant: Grant, terms: GrantTerms, actor: Actor) -> Overlap:
    minutes = grant.minutes_on(max(grant.start, min(actor.day, grant.last_day)))
    own = GrantTerms(grant.start, grant.last_day, minutes, grant.mentor_type, grant.place_share)
    opens = may(actor.user, "grant.read", on=actor.day, subject=grant)
    return Overlap(grant.case_number, own, own == terms, True, grant_id=grant.public_id if opens else "")


def _proposal(decision: Decision, terms: GrantTerms, actor: Actor) -> Overlap:
    own = GrantTerms(
        decision.start or terms.start,
        decision.last_day or terms.last_day,
        decision.minutes_per_week or 0,
        decision.mentor_type or "",
        decision.place_share,
    )
    opens = may(actor.user, "letter.read", on=actor.day, subject=decision)
    return Overlap(decision.case_number, own, own == terms, False, decision_id=decision.public_id if opens else "")
