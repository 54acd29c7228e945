"""The proposal (indstilling): what the caseworker asks a colleague to approve.

Stores the assessment, reserves nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants import letters as writing
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, GrantTerms
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.overlap import overlaps_of, require_other_terms
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus, Move, moved
from jobcenter_mentor.domain.law.assessment import Assessment, Outcome
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.deceased import require_alive
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import Reader, reader_on, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database import locks

GRANT, REFUSAL = "grant", "refusal"
FULL_TIME_MINUTES = 37 * 60
MOST_PLACES = 50
"""The most places of a function: more is a typing error, and would make a course cost next to nothing."""


@dataclass(frozen=True)
class Refusing:
    """What a refusal must contain: the hearing (what was sent, the answer, the day), considerations, other help."""

    hearing_note: str = ""
    considerations: str = ""
    other_help: str = ""


def terms_of(decision: Decision) -> GrantTerms:
    """Return the terms that are proposed; raises ValueError for a decision without terms."""
    if decision.start is None or decision.last_day is None or decision.mentor_type is None:
        raise ValueError("The decision has no terms.")
    share = decision.place_share
    return GrantTerms(decision.start, decision.last_day, decision.minutes_per_week or 0, decision.mentor_type, share)


def propose(
    session: Session,
    referral: Referral,
    *,
    kind: str,
    terms: GrantTerms,
    reason: str,
    actor: Actor,
    law: Law,
    refusing: Refusing | None = None,
) -> Decision:
    """Propose for approval (indstille): stores outcome, terms and the whole assessment; reserves nothing.

    Raises ValidationFailed, naming the field, for impossible terms, a missing reason and a refusal of a right; Conflict
    when somebody else's proposal is waiting already.
    """
    if not actor.may("grant.propose", referral):
        raise NotAllowed("Du kan ikke indstille i denne sag.")
    locks.lock(session, referral.citizen, referral)
    require_alive(referral.citizen, "Der træffes ingen afgørelse. Træk henvisningen tilbage.")
    refusing = refusing or Refusing()
    open_decision = find_open(session, referral)
    if open_decision is not None and open_decision.status is DecisionStatus.WAITING:
        return _same_proposal(open_decision, kind, terms, actor.user)
    if referral.closed_on is not None:
        raise Conflict(f"Henvisningen blev afsluttet den {referral.closed_on:%d.%m.%Y}.")
    appraisal = case_assessment.appraise(session, referral, law, on=actor.day, terms=check_terms(terms))
    _check_proposal(kind, appraisal, reason, refusing)
    if kind == GRANT:
        require_other_terms(overlaps_of(session, referral.citizen_id, terms, without=open_decision, actor=actor))
    decision = open_decision or Decision(case_number=referral.case_number, team_id=referral.team_id)
    moved(DecisionStatus.DRAFT if open_decision is None else open_decision.status, Move.PROPOSE)
    _fill(decision, referral, kind, appraisal, reason, refusing)
    decision.assessment_id = case_assessment.keep(session, appraisal, referral_id=referral.id, by=actor.user).id
    decision.proposed_by_id, decision.proposed_on = actor.user.id, actor.day
    decision.returned_by_id, decision.returned_on = None, None
    session.add(decision)
    session.flush()
    session.refresh(decision)
    _check_letter(session, decision, appraisal, actor.day, law)
    record(
        session, decision, "grant.propose", actor.user, {"kind": kind, "outcome": appraisal.assessment.outcome.value}
    )
    return decision


def check_terms(terms: GrantTerms) -> GrantTerms:
    """Return the terms when they are possible; raises ValidationFailed at the field.

    The limits of the law come with the assessment.
    """
    errors: dict[str, list[str]] = {}
    if terms.last_day < terms.start:
        errors["last_day"] = ["Slutdato ligger før startdato. Ret en af dem."]
    if not 0 < terms.minutes_per_week <= 168 * 60:
        errors["minutes_per_week"] = ["Timer om ugen skal være over 0 og højst 168."]
    if not 1 <= terms.place_share <= MOST_PLACES:
        errors["place_share"] = [f"Antal pladser skal være mindst 1 og højst {MOST_PLACES}."]
    if errors:
        raise ValidationFailed("Vilkårene kan ikke bruges.", errors=errors)
    return terms


def withdraw(session: Session, decision: Decision, *, actor: Actor) -> Decision:
    """Withdraw the proposal, by someone who may propose in the case; the referral stays open."""
    lock(session, decision)
    if not actor.may("grant.propose", decision):
        raise NotAllowed("Du kan ikke trække denne indstilling.")
    moved(decision.status, Move.WITHDRAW)
    decision.withdrawn_on = actor.day
    reason, kinds = "Indstillingen er trukket tilbage", {"hearing"}
    if decision.grant_id is not None:
        followups.drop_open(session, decision.grant_id, reason=reason, actor=actor, kinds=kinds)
    elif decision.referral_id is not None:
        followups.drop_before_grant(session, decision.referral_id, reason=reason, actor=actor, kinds=kinds)
    record(session, decision, "grant.withdraw", actor.user, {})
    return decision


def find_open(session: Session, referral: Referral) -> Decision | None:
    """Return the open proposal, waiting or sent back; None when there is none."""
    statement = select(Decision).where(
        Decision.referral_id == referral.id, Decision.approved_on.is_(None), Decision.withdrawn_on.is_(None)
    )
    return session.scalars(statement.order_by(Decision.id.desc())).first()


class Proposed(NamedTuple):
    """A proposal that waits, as its proposer follows it; `returned_on` and the comment are set where it was sent back.

    `case_public_id` is the course that it changes, else the referral that it answers.
    """

    public_id: str
    case_number: str
    kind: str
    citizen_id: int
    first_name: str
    last_name: str
    start: date | None
    proposed_on: date
    returned_on: date | None
    return_comment: str
    returned_by: str | None
    case_public_id: str | None


def list_proposed(session: Session, *, actor: Actor) -> list[Proposed]:
    """Return proposals without an approval: the user's own, and those of the cases the user holds that day.

    Those sent back come first, then the oldest.
    """
    return [Proposed(*row) for row in session.execute(_proposed(reader_on(actor.user, actor.day), actor.day))]


@lru_cache(maxsize=512)
def _proposed(reader: Reader, on: date) -> Select[Any]:
    """Build the statement of `list_proposed` once for each reader and day."""
    courses = select(Grant.id).where(deputies.held_by(Grant.caseworker_id, reader.user, on))
    cases = select(Referral.id).where(deputies.held_by(Referral.caseworker_id, reader.user, on))
    mine = Decision.proposed_by_id == reader.user.id
    statement: Any = (
        select(
            Decision.public_id,
            Decision.case_number,
            Decision.kind,
            Decision.citizen_id,
            Citizen.first_name,
            Citizen.last_name,
            Decision.start,
            Decision.proposed_on,
            Decision.returned_on,
            Decision.return_comment,
            User.full_name,
            func.coalesce(Grant.public_id, Referral.public_id),
        )
        .join(Citizen, Citizen.id == Decision.citizen_id)
        .outerjoin(Grant, Grant.id == Decision.grant_id)
        .outerjoin(Referral, Referral.id == Decision.referral_id)
        .outerjoin(User, User.id == Decision.returned_by_id)
        .where(or_(mine, Decision.grant_id.in_(courses), Decision.referral_id.in_(cases)))
        .where(Decision.approved_on.is_(None), Decision.withdrawn_on.is_(None))
        .order_by(Decision.returned_on.is_(None), Decision.proposed_on, Decision.id)
    )
    found: Select[Any] = visible(statement, Decision, reader.user, "grant.propose", on)
    return found


def lock(session: Session, decision: Decision) -> None:
    """Lock the decision: read it again and keep others from deciding it at the same time."""
    locks.lock(session, decision)


def record(session: Session, row: Decision | Grant, action: str, by: User, detail: Mapping[str, object]) -> None:
    """Log an event of a proposal or a course, after the row itself is written."""
    session.flush()
    audit.record(
        session,
        by=by,
        action=action,
        subject="grant" if isinstance(row, Grant) else "decision",
        subject_id=row.public_id,
        citizens=[row.citizen_id],
        detail=detail,
    )


def _same_proposal(waiting: Decision, kind: str, terms: GrantTerms, by: User) -> Decision:
    """Return the waiting proposal where the same form is sent twice; raises Conflict for anything else."""
    if waiting.proposed_by_id == by.id and waiting.kind == kind and terms_of(waiting) == terms:
        return waiting
    raise Conflict(
        "Der ligger allerede en indstilling, som afventer godkendelse. Træk den tilbage, før du indstiller igen."
    )


def _check_proposal(kind: str, appraisal: Appraisal, reason: str, refusing: Refusing) -> None:
    """Compare what is proposed with what the law says; raises ValidationFailed at the field."""
    assessment = appraisal.assessment
    if assessment.outcome is Outcome.UNDECIDED:
        raise ValidationFailed(assessment.verdict, errors={"kind": [assessment.verdict]})
    errors = _refusal_errors(assessment, reason, refusing) if kind == REFUSAL else _grant_errors(appraisal, reason)
    errors = reason_errors_of({"reason": reason} | asdict(refusing)) | errors
    if errors:
        raise ValidationFailed("Indstillingen kan ikke sendes endnu.", errors=errors)


def _check_letter(session: Session, decision: Decision, appraisal: Appraisal, on: date, law: Law) -> None:
    """Check that nothing is missing in the letter, which would block the sending.

    Raises ValidationFailed that names each.
    """
    holes = letters.gaps(writing.draft(session, decision, appraisal, on=on, law=law))
    if not decision.hearing_note:
        holes.pop("hearing", None)  # comes after the proposal, and blocks the approval
    if holes:
        fields = {"reasons": "reason", "hearing": "hearing_note"}
        errors = {fields.get(name, name): [words] for name, words in holes.items()}
        raise ValidationFailed("Brevet kan ikke sendes endnu: " + " ".join(holes.values()), errors=errors)


def _refusal_errors(assessment: Assessment, reason: str, refusing: Refusing) -> dict[str, list[str]]:
    if assessment.outcome is Outcome.MUST:
        return {"kind": [f"En ret kan ikke afslås. {assessment.verdict}"]}
    needed = {
        "reason": (reason, "Skriv begrundelsen for afslaget."),
        "considerations": (refusing.considerations, "Skriv hovedhensynene bag afgørelsen."),
        "other_help": (refusing.other_help, "Skriv, hvilken anden hjælp der er overvejet."),
    }
    return {field: [message] for field, (text, message) in needed.items() if not text.strip()}


def _grant_errors(appraisal: Appraisal, reason: str) -> dict[str, list[str]]:
    assessment, terms = appraisal.assessment, appraisal.terms
    longest = assessment.max_period
    if longest is not None and terms.last_day > longest.last_day:
        text = f"Perioden er længere end {longest.months} måneder; lovens sidste dag er {longest.last_day:%d.%m.%Y}."
        return {"last_day": [text]}
    if reason.strip():
        return {}
    if assessment.outcome is Outcome.MUST_NOT:
        return {"reason": [f"Skriv en begrundelse for at fravige vurderingen. {assessment.verdict}"]}
    if terms.minutes_per_week > FULL_TIME_MINUTES:
        return {"reason": ["Over 37 timer om ugen kræver en begrundelse."]}
    shorter = longest is not None and assessment.right_and_duty and terms.last_day < longest.last_day
    if longest is not None and (shorter or "period_too_short" in assessment.warnings):
        return {"reason": [f"Retten gælder til {longest.last_day:%d.%m.%Y}. Skriv, hvorfor perioden er kortere."]}
    return {}


def _fill(
    decision: Decision, referral: Referral, kind: str, appraisal: Appraisal, reason: str, refusing: Refusing
) -> None:
    terms = appraisal.terms
    decision.kind = kind
    decision.citizen_id, decision.referral_id = referral.citizen_id, referral.id
    decision.start, decision.last_day = terms.start, terms.last_day
    decision.minutes_per_week, decision.mentor_type = terms.minutes_per_week, terms.mentor_type
    decision.place_share, decision.hourly_price = terms.place_share, appraisal.price_ore
    decision.reason = reason.strip()
    decision.hearing_note = refusing.hearing_note.strip()
    decision.considerations, decision.other_help = refusing.considerations.strip(), refusing.other_help.strip()
