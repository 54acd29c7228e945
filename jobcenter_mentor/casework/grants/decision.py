"""The decision (afgørelse): one person proposes, another approves; the approval assesses, reserves, plans and sends."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.grants import approval_limits, case_assessment, subcourses
from jobcenter_mentor.casework.grants import letters as writing
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.models import Decision, Grant, GrantPeriod
from jobcenter_mentor.casework.grants.overlap import Overlap, overlaps_of, require_reason
from jobcenter_mentor.casework.grants.promised_decision import settle_promised
from jobcenter_mentor.casework.grants.proposal import GRANT, REFUSAL, lock, record, terms_of
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus, Move, moved
from jobcenter_mentor.domain.law.assessment import Assessment, Outcome
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, visible
from jobcenter_mentor.platform.database import locks


def shown_of(assessment: Assessment) -> str:
    """Return outcome and reimbursement as one line of text, to hand back with the approval."""
    refund = assessment.reimbursement
    if refund is None:
        return f"{assessment.outcome.value}|-|-|-"
    amounts = [None if ore is None else format_kroner(ore) for ore in (refund.amount, refund.own_cost)]
    parts = ",".join(f"{part.first.year}:{part.frame}:{part.rate}" for part in refund.parts)
    return f"{assessment.outcome.value}|{amounts[0] or 'ikke kendt'}|{amounts[1] or 'ikke kendt'}|{parts}"


def shown_today(session: Session, decision: Decision, *, on: date, law: Law) -> str:
    """Return the line of `shown_of` as it is today, for a page that lets somebody approve."""
    return shown_of(_appraise(session, decision, law, on).assessment)


def letter_draft(
    session: Session, decision: Decision, *, on: date, law: Law, address_confirmed: bool = False
) -> LetterDraft:
    """Return the letter that the approval will send, with the values of the day; render it before the transaction."""
    require_grant(decision)
    appraisal = _appraise(session, decision, law, on)
    return writing.draft(session, decision, appraisal, on=on, law=law, address_confirmed=address_confirmed)


def approve(
    session: Session,
    decision: Decision,
    *,
    actor: Actor,
    law: Law,
    letter: tuple[LetterDraft, bytes],
    shown: str | None = None,
    beyond_reason: str = "",
    overlap_reason: str = "",
) -> Grant | None:
    """Approve a proposal: assess again under the law of the day, reserve, plan deadlines, store the letter as sent.

    `letter` is the draft and its PDF, rendered before this transaction; `shown` is what the approver saw (else what was
    proposed). Approving twice returns the same grant. Returns None for a refusal. Raises NotAllowed for the proposer
    and without the right; Conflict when outcome, reimbursement or letter have changed, and when a discretionary grant
    does not fit the frame and no team leader gave a reason; ValidationFailed without a reason where the citizen has
    another course or proposal on the same days.
    """
    locks.lock(session, decision.citizen, decision)
    require_grant(decision)
    if decision.status is DecisionStatus.APPROVED:
        return session.get(Grant, decision.grant_id) if decision.grant_id else None
    moved(decision.status, Move.APPROVE)
    appraisal = _appraise(session, decision, law, actor.day)
    approval_limits.check_approver(session, decision, appraisal, actor=actor, law=law)
    _check_unchanged(decision, appraisal.assessment, shown)
    draft, pdf = letter
    _check_letter(session, decision, appraisal, draft, on=actor.day, law=law)
    grant, beyond = None, False
    if decision.kind == GRANT:
        decision.overlap_reason = require_reason(overlaps_now(session, decision, actor=actor), overlap_reason)
        beyond = may_go_beyond(decision, appraisal.assessment, actor, beyond_reason)
        grant = _grant(session, decision, appraisal, actor=actor, law=law)
    decision.letter_id = _send(session, decision, draft, pdf, grant=grant, actor=actor)
    decision.approved_by_id, decision.approved_on = actor.user.id, actor.day
    decision.hourly_price = appraisal.price_ore
    _settle(session, decision, actor=actor)
    approval_limits.draw(session, decision, appraisal, on=actor.day, law=law)
    _write_down(session, decision, appraisal.assessment, actor=actor)
    if grant:
        _take(session, grant, appraisal, beyond=beyond)
    return grant


def overlaps_now(session: Session, decision: Decision, *, actor: Actor) -> list[Overlap]:
    """Return what else the citizen has on the days of a grant; nothing for a refusal and once it is decided."""
    if decision.kind != GRANT or decision.status not in (DecisionStatus.WAITING, DecisionStatus.RETURNED):
        return []
    return overlaps_of(session, decision.citizen_id, terms_of(decision), without=decision, actor=actor)


def require_grant(decision: Decision) -> None:
    """Raise NotFound for a change or a match, which have pages of their own."""
    if decision.kind not in {GRANT, REFUSAL}:
        raise NotFound("Afgørelsen findes ikke.")


def send_back(session: Session, decision: Decision, *, comment: str, actor: Actor) -> Decision:
    """Send the proposal back to the caseworker with a comment, which is required."""
    lock(session, decision)
    if not actor.may("grant.approve_small", decision):
        raise NotAllowed("Du kan ikke sende denne indstilling tilbage.")
    if not comment.strip():
        raise ValidationFailed("Skriv, hvad der skal rettes.", errors={"comment": ["Skriv, hvad der skal rettes."]})
    moved(decision.status, Move.SEND_BACK)
    decision.returned_by_id, decision.returned_on, decision.return_comment = actor.user.id, actor.day, comment.strip()
    record(session, decision, "grant.send_back", actor.user, {})
    return decision


def get_decision(session: Session, public_id: str, *, actor: Actor, action: str = "grant.read") -> Decision:
    """Return a decision; raises NotFound for an unknown one and outside the user's scope."""
    statement = select(Decision).where(Decision.public_id == public_id)
    decision = session.scalar(visible(statement, Decision, actor.user, action, actor.day))
    if decision is None:
        raise NotFound("Afgørelsen findes ikke.")
    return decision


def list_waiting(session: Session, *, actor: Actor) -> list[Decision]:
    """Return the proposals that wait for the user's approval, oldest first; never the user's own."""
    statement = (
        select(Decision)
        .where(
            Decision.approved_on.is_(None),
            Decision.returned_on.is_(None),
            Decision.withdrawn_on.is_(None),
            Decision.proposed_by_id != actor.user.id,
        )
        .order_by(Decision.proposed_on, Decision.id)
    )
    return list(session.scalars(visible(statement, Decision, actor.user, "grant.approve_small", actor.day)))


def _appraise(session: Session, decision: Decision, law: Law, on: date) -> Appraisal:
    if decision.referral is None:
        raise ValueError("The decision has no referral.")
    return case_assessment.appraise(session, decision.referral, law, on=on, terms=terms_of(decision))


def _check_unchanged(decision: Decision, now: Assessment, shown: str | None) -> None:
    before = case_assessment.kept(decision.assessment)
    if before.outcome is not now.outcome or before.right_and_duty != now.right_and_duty:
        raise Conflict(
            f"Vurderingen er ændret siden indstillingen. Før: {before.verdict} Nu: {now.verdict} Send sagen tilbage."
        )
    seen, current = shown or shown_of(before), shown_of(now)
    if seen != current:
        raise Conflict(
            f"Refusionen er ændret, siden du så sagen. {_money_words('Før', seen)} {_money_words('Nu', current)}"
            " Læs sagen igen, og godkend på ny."
        )


def _check_letter(
    session: Session, decision: Decision, appraisal: Appraisal, draft: LetterDraft, *, on: date, law: Law
) -> None:
    """Compare the letter that was read with the one of now; raises Conflict where they differ."""
    confirmed = draft.address_confirmed
    if writing.draft(session, decision, appraisal, on=on, law=law, address_confirmed=confirmed) != draft:
        raise Conflict("Oplysningerne i brevet er ændret, siden du så det. Læs brevet igen, og godkend på ny.")


def _money_words(when: str, shown: str) -> str:
    """Return the amounts of a shown line in words; it comes back from a form, so any text must do."""
    _, refund, own, *_rest = [*shown.split("|"), "", "", ""]
    return f"{when}: refusion {refund[:20]} kr., egen udgift {own[:20]} kr."


def _grant(session: Session, decision: Decision, appraisal: Appraisal, *, actor: Actor, law: Law) -> Grant:
    """Create the grant with its hours period and plan the deadlines."""
    grant = _new(session, decision, appraisal, actor.day)
    first = GrantPeriod(
        first_day=grant.start, last_day=grant.last_day, minutes_per_week=appraisal.terms.minutes_per_week
    )
    grant.periods.append(first)
    grant.assessment_id = case_assessment.keep(session, appraisal, referral_id=decision.referral_id, by=actor.user).id
    session.add(grant)
    session.flush()
    decision.grant_id = grant.id
    followups.plan(session, writing.deadlines_of(appraisal, actor.day, law), case=case_of(grant), actor=actor)
    return grant


def _send(
    session: Session, decision: Decision, draft: LetterDraft, pdf: bytes, *, grant: Grant | None, actor: Actor
) -> int:
    """Store the letter as it is sent and return its row id."""
    sent = letters.keep(
        session,
        draft,
        pdf,
        citizen_id=decision.citizen_id,
        referral_id=decision.referral_id,
        grant_id=grant.id if grant else None,
        actor=actor,
    )
    return sent.id


def _settle(session: Session, decision: Decision, *, actor: Actor) -> None:
    """Close the referral and the follow-ups that waited for the decision."""
    _close_referral(decision, actor.day)
    settle_promised(session, decision, actor=actor)
    if decision.referral_id is not None:
        decided = "Afgørelsen er truffet"
        followups.drop_before_grant(session, decision.referral_id, reason=decided, actor=actor)


def _write_down(session: Session, decision: Decision, assessment: Assessment, *, actor: Actor) -> None:
    """Write the approval in the log and in the journal."""
    record(session, decision, "grant.approve", actor.user, {"kind": decision.kind, "law": assessment.law.value})
    case = journal.JournalCase(decision.citizen_id, decision.grant_id, decision.case_number)
    title = "Bevilling" if decision.kind == GRANT else "Afslag"
    about = ("decision", decision.public_id)
    journal.record(session, "decision", title, case, about=about, by=actor.user, on=actor.day)


def _take(session: Session, grant: Grant, appraisal: Appraisal, *, beyond: bool) -> None:
    """Reserve in the frames and update the sums: last, since all who approve wait here for each other."""
    session.flush()
    frames.reserve(session, grant_id=grant.id, lines=appraisal.lines, may_go_beyond=beyond)
    month_sums.keep(session, grant.id)
    subcourses.keep(session, [grant.id])


def _new(session: Session, decision: Decision, appraisal: Appraisal, on: date) -> Grant:
    """Build the grant, in which the law's answers are frozen."""
    referral, terms, assessment = writing.referral_of(decision), appraisal.terms, appraisal.assessment
    status = referral.citizen.status_on(on)
    first = appraisal.years[0]
    previous = select(Grant.id).where(Grant.citizen_id == referral.citizen_id, Grant.last_day < terms.start)
    return Grant(
        case_number=decision.case_number,
        citizen_id=referral.citizen_id,
        team_id=decision.team_id,
        caseworker_id=referral.caseworker_id,
        referral_id=referral.id,
        previous_grant_id=session.scalar(previous.order_by(Grant.last_day.desc()).limit(1)),
        form="place" if terms.place_share > 1 else "individual",
        place_share=terms.place_share,
        mentor_type=terms.mentor_type,
        start=terms.start,
        last_day=terms.last_day,
        benefit=status.benefit if status else "",
        visitation=status.visitation if status else None,
        group_number=appraisal.facts.citizen.group,
        legal_basis=assessment.legal_basis,
        right=assessment.right,
        discharge_right=assessment.discharge_right,
        right_and_duty=assessment.right_and_duty,
        contact_interval_days=assessment.min_contact_interval_days,
        rate_percent=first.rate_percent,
        frame_kind=first.frame_kind,
        hourly_price=appraisal.price_ore,
        goal=referral.goal,
        tasks=referral.tasks,
        decided_on=on,
    )


def case_of(grant: Grant) -> CaseRef:
    """Return the course as the follow-ups refer to it."""
    return CaseRef(
        citizen_id=grant.citizen_id,
        case_number=grant.case_number,
        team_id=grant.team_id,
        owner_id=grant.caseworker_id,
        referral_id=grant.referral_id,
        grant_id=grant.id,
    )


def may_go_beyond(decision: Decision, assessment: Assessment, actor: Actor, beyond_reason: str) -> bool:
    """Tell whether the grant may go beyond the frame: a right always may, anything else with the team leader's reason.

    Raises NotAllowed where somebody gives a reason who is not responsible for the frame.
    """
    if assessment.outcome is Outcome.MUST:
        return True
    if not beyond_reason.strip():
        return False
    if not may(actor.user, "frame.approve", on=actor.day, subject=decision):
        raise NotAllowed("Kun teamlederen kan gå over rammen.")
    decision.beyond_reason = beyond_reason.strip()
    return True


def _close_referral(decision: Decision, on: date) -> None:
    if decision.referral is not None:
        decision.referral.closed_on = on
        decision.referral.closed_reason = "Bevilget" if decision.kind == GRANT else "Afslag"
