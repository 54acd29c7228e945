"""Changes of a running course: proposed by one, with a hearing where they burden, and approved by another."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.changes import change_assessment
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes.change_check import check_law, ending_of, errors_of
from jobcenter_mentor.casework.changes.effect import ENDING, EXTENSION, HOURS, days_of
from jobcenter_mentor.casework.changes.extension import extend
from jobcenter_mentor.casework.grants import approval_limits, case_assessment, course_change
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.decision import get_decision, may_go_beyond
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.overlap import Overlap, overlaps_of, require_other_terms, require_reason
from jobcenter_mentor.casework.grants.promised_decision import settle_promised
from jobcenter_mentor.casework.grants.proposal import record, withdraw
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import hours_short
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus, GrantStatus, Move, moved
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.deceased import require_alive
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database import locks

KINDS = {HOURS: "Ændring af timer", EXTENSION: "Forlængelse", ENDING: "Ophør"}
TERMS = ("kind", "start", "last_day", "minutes_per_week", "end_code")
"""What the citizen is heard about: the same terms, proposed again after they were sent back, need no new hearing."""


@dataclass(frozen=True)
class NewChange:
    """A change as it is proposed (ændring): only the fields of its kind are set, and hours are minutes a week."""

    kind: str
    reason: str
    start: date | None = None
    last_day: date | None = None
    minutes_per_week: int | None = None
    end_code: str | None = None
    offer_start: date | None = None
    considerations: str = ""
    other_help: str = ""


def propose(session: Session, grant: Grant, new: NewChange, *, actor: Actor, law: Law) -> Decision:
    """Propose a change (indstil) and store it with the whole assessment; the course stays as it is.

    The same form sent twice is one proposal. A proposal that was sent back is proposed again, with its hearing where it
    is about the same; otherwise it is withdrawn. Raises ValidationFailed by field, NotAllowed outside scope, Conflict
    when another change waits or the course goes on in a new one, InvalidTransition for a course that is over.
    """
    if not actor.may("grant.propose", grant):
        raise NotAllowed("Du kan ikke indstille i dette forløb.")
    locks.lock(session, grant)
    require_alive(grant.citizen, course_change.TO_CLOSE)
    if grant.ended_on is not None or grant.status_on(actor.day) is GrantStatus.EXPIRED:
        raise InvalidTransition("Forløbet er slut og kan ikke ændres. Opret en ny henvisning.")
    before, values = find_waiting(session, grant), _values(grant, new, actor)
    if before is not None and before.status is DecisionStatus.WAITING:
        if all(getattr(before, name) == value for name, value in values.items()):
            return before
        raise Conflict(f"{KINDS[before.kind]} venter allerede på godkendelse i dette forløb. Træk den tilbage først.")
    _require_no_following(session, grant, new)
    errors = errors_of(session, grant, Decision(**values), actor.day)
    if errors:
        raise ValidationFailed("Indstillingen er ikke sendt. Ret de markerede felter.", errors=errors)
    decision = _proposal(session, before, values, actor=actor)
    appraisal = change_assessment.appraise(session, grant, decision, law, on=actor.day)
    check_law(grant, decision, appraisal)
    require_other_terms(overlaps_now(session, grant, decision, actor=actor), field="last_day")
    decision.assessment_id = case_assessment.keep(session, appraisal, referral_id=grant.referral_id, by=actor.user).id
    session.add(decision)
    session.flush()
    session.refresh(decision)
    record(
        session,
        decision,
        "change.propose",
        actor.user,
        {"kind": new.kind, "outcome": appraisal.assessment.outcome.value},
    )
    return decision


def approve(
    session: Session,
    decision: Decision,
    *,
    actor: Actor,
    law: Law,
    letter: tuple[LetterDraft, bytes],
    beyond_reason: str = "",
    overlap_reason: str = "",
) -> Grant:
    """Approve a change (godkend): ask the law again, carry it out and store the letter; twice gives the same course.

    Raises NotAllowed for the proposer and above the limits. Raises Conflict when the hearing is not over, the law
    answers otherwise than at the proposal, the letter no longer holds, or a discretionary change does not fit the frame
    and no team leader gave a reason. Raises ValidationFailed without a reason where the days of an extension are
    covered by another grant too.
    """
    locks.lock(session, decision.citizen, decision)
    grant = grant_of(session, decision)
    if decision.status is DecisionStatus.APPROVED:
        return grant
    moved(decision.status, Move.APPROVE)
    appraisal = change_assessment.appraise(session, grant, decision, law, on=actor.day)
    approval_limits.check_approver(session, decision, appraisal, actor=actor, law=law)
    if case_assessment.kept(decision.assessment).outcome is not appraisal.assessment.outcome:
        raise Conflict(f"Vurderingen er ændret siden indstillingen. Nu: {appraisal.assessment.verdict}")
    draft, pdf = letter
    confirmed = draft.address_confirmed
    if writing.draft(session, grant, decision, appraisal, on=actor.day, law=law, address_confirmed=confirmed) != draft:
        raise Conflict("Oplysningerne i brevet er ændret, siden du så det. Læs brevet igen, og godkend på ny.")
    decision.overlap_reason = require_reason(overlaps_now(session, grant, decision, actor=actor), overlap_reason)
    beyond = may_go_beyond(decision, appraisal.assessment, actor, beyond_reason)
    changed = _carry_out(session, grant, decision, appraisal, actor=actor, law=law, beyond=beyond)
    kept = letters.keep(
        session,
        draft,
        pdf,
        citizen_id=grant.citizen_id,
        referral_id=grant.referral_id,
        grant_id=changed.id,
        actor=actor,
    )
    decision.letter_id, decision.approved_by_id, decision.approved_on = kept.id, actor.user.id, actor.day
    settle_promised(session, decision, actor=actor)
    approval_limits.draw(session, decision, appraisal, on=actor.day, law=law)
    followups.drop_open(session, grant.id, reason="Afgørelsen er truffet", actor=actor, kinds={"hearing"})
    record(session, decision, "change.approve", actor.user, {"kind": decision.kind})
    case, about = (
        journal.JournalCase(grant.citizen_id, changed.id, changed.case_number),
        ("decision", decision.public_id),
    )
    journal.record(session, "decision", draft.title, case, about=about, by=actor.user, on=actor.day)
    return changed


def overlaps_now(session: Session, grant: Grant, decision: Decision, *, actor: Actor) -> list[Overlap]:
    """Return what else the citizen has on the days of an extension; nothing for other changes and once decided."""
    if decision.kind != EXTENSION or decision.approved_on is not None:
        return []
    terms = change_assessment.terms_of(grant, decision, actor.day)
    return overlaps_of(session, grant.citizen_id, terms, without=decision, actor=actor)


def letter_draft(
    session: Session, decision: Decision, *, on: date, law: Law, address_confirmed: bool = False
) -> LetterDraft:
    """Return the draft of the letter that the approval will send."""
    grant = grant_of(session, decision)
    appraisal = change_assessment.appraise(session, grant, decision, law, on=on)
    return writing.draft(session, grant, decision, appraisal, on=on, law=law, address_confirmed=address_confirmed)


def find_waiting(session: Session, grant: Grant) -> Decision | None:
    """Return the change that waits in the course or was sent back; None when there is none."""
    return session.scalar(
        select(Decision).where(
            Decision.grant_id == grant.id,
            Decision.kind.in_(KINDS),
            Decision.approved_on.is_(None),
            Decision.withdrawn_on.is_(None),
        )
    )


def get_change(session: Session, public_id: str, *, actor: Actor, action: str) -> Decision:
    """Return a change. Raises NotFound outside scope, and for a decision that is no change of a running course."""
    decision = get_decision(session, public_id, actor=actor, action=action)
    if decision.kind not in KINDS:
        raise NotFound("Afgørelsen findes ikke.")
    return decision


def grant_of(session: Session, decision: Decision) -> Grant:
    """Return the course (forløb) of a change."""
    return session.get_one(Grant, decision.grant_id)


def send_mentor_letter(session: Session, grant: Grant, *, letter: tuple[LetterDraft, bytes], actor: Actor) -> None:
    """Send the letter about the new mentor; it decides nothing and needs no approval."""
    kept = letters.keep(
        session, *letter, citizen_id=grant.citizen_id, referral_id=grant.referral_id, grant_id=grant.id, actor=actor
    )
    record(session, grant, "change.mentor_letter", actor.user, {"letter": kept.public_id})


def _require_no_following(session: Session, grant: Grant, new: NewChange) -> None:
    """Refuse to extend twice. Raises Conflict where an extension or a new grant follows already."""
    following = session.scalar(
        select(Grant.start).where(Grant.previous_grant_id == grant.id, Grant.ended_on.is_(None)).limit(1)
    )
    if new.kind == EXTENSION and following is not None:
        raise Conflict(f"Forløbet fortsætter allerede i et nyt, som begynder den {following:%d.%m.%Y}. Ret det nye.")


def _proposal(session: Session, before: Decision | None, values: dict[str, Any], *, actor: Actor) -> Decision:
    """Return the proposal that was sent back with its new values where the terms are the same; else a new one."""
    if before is None:
        return Decision(**values)
    if any(getattr(before, name) != values[name] for name in TERMS):
        withdraw(session, before, actor=actor)
        return Decision(**values)
    moved(before.status, Move.PROPOSE)
    for name, value in values.items():
        setattr(before, name, value)
    before.returned_by_id, before.returned_on = None, None
    return before


def _values(grant: Grant, new: NewChange, actor: Actor) -> dict[str, Any]:
    start = grant.last_day + timedelta(days=1) if new.kind == EXTENSION else new.start
    return {
        "kind": new.kind,
        "case_number": grant.case_number,
        "team_id": grant.team_id,
        "citizen_id": grant.citizen_id,
        "referral_id": grant.referral_id,
        "grant_id": grant.id,
        "start": start,
        "last_day": new.last_day,
        "minutes_per_week": new.minutes_per_week,
        "mentor_type": grant.mentor_type,
        "hourly_price": grant.hourly_price,
        "place_share": grant.place_share,
        "reason": new.reason.strip(),
        "considerations": new.considerations.strip(),
        "hearing_note": "",
        "other_help": new.other_help.strip(),
        "end_code": new.end_code,
        "offer_start": new.offer_start,
        "proposed_by_id": actor.user.id,
        "proposed_on": actor.day,
    }


def _carry_out(
    session: Session,
    grant: Grant,
    decision: Decision,
    appraisal: Appraisal,
    *,
    actor: Actor,
    law: Law,
    beyond: bool,
) -> Grant:
    start, last_day = days_of(grant, decision, actor.day)
    if decision.kind == HOURS:
        decision.start, minutes = start, decision.minutes_per_week or 0
        told: dict[str, Any] = {"minutes_per_week": minutes, "from_day": start, "reason": decision.reason}
        return course_change.change_hours(session, grant, **told, actor=actor, may_go_beyond=beyond)
    if decision.kind == ENDING:
        decision.last_day = last_day
        return course_change.end_early(session, grant, ending_of(last_day, decision), actor=actor)
    return extend(session, grant, appraisal, actor=actor, law=law, may_go_beyond=beyond)


def hours_words(grant: Grant, day: date) -> str:
    """Return the hours a week in words, as they are on a day in the course, else at its start."""
    return f"{hours_short(grant.minutes_on(day) or grant.minutes_on(grant.start))}/uge"
