"""Matches beyond what was approved (indstillet valg): proposed with the difference, approved by another, booked."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.grants import approval_limits, case_assessment, proposal
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, GrantTerms
from jobcenter_mentor.casework.grants.decision import get_decision, may_go_beyond
from jobcenter_mentor.casework.grants.models import MATCH, MATCHES, SUBSTITUTE, Decision, Grant
from jobcenter_mentor.casework.grants.queries import seen
from jobcenter_mentor.casework.matching import service, substitutes
from jobcenter_mentor.casework.matching.choice import Answers, Choice, find_waiting, outside_of
from jobcenter_mentor.casework.matching.models import Match, Substitute
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus, Move, moved
from jobcenter_mentor.domain.law.assessment import Assessment, Outcome
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.reimbursement import split_cost
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

UNASSESSED = "Forløbet er ikke vurderet efter loven, så valget kan ikke godkendes. Vurder forløbet først."


@dataclass(frozen=True)
class MatchPage:
    """The page of a match that waits (siden om et valg): what was approved, what is wanted, and who may do what."""

    decision: Decision
    grant: Grant
    mentor: Mentor
    assessment: Assessment
    outside: tuple[str, ...]
    before_type: str
    before_price: int
    cost_before: int
    cost_after: int
    over_limits: list[str]
    proposer: str
    may_approve: bool
    may_withdraw: bool
    may_go_beyond: bool


def submit(
    session: Session,
    grant: Grant,
    mentor: Mentor,
    answers: Answers,
    *,
    version: int | None = None,
    actor: Actor,
    law: Law,
) -> Match | Decision:
    """Choose a mentor: booked within what was approved, else proposed to an approver with the reason.

    Raises as `service.weigh` does, and ValidationFailed without a reason where it must be approved.
    """
    choice = service.weigh(session, grant, mentor, answers, version=version, actor=actor, law=law)
    if not choice.outside:
        return service.book(session, choice, actor=actor, law=law)
    first = max(actor.day, choice.grant.start)
    terms = {"kind": MATCH, "start": first, "last_day": choice.grant.last_day}
    return propose(session, choice, terms, actor=actor)


def stand_in(
    session: Session,
    absent: Mentor,
    *,
    grant_id: str,
    substitute_id: str,
    answers: Answers,
    actor: Actor,
    law: Law,
) -> Substitute | Decision:
    """Choose a substitute (vikar): booked within what was approved, else proposed to an approver."""
    choice = substitutes.weigh_for(session, absent, grant_id, substitute_id, answers, actor=actor, law=law)
    first, last = substitutes.days_of(choice.grant, absent, actor.day)
    if not choice.outside:
        return substitutes.book(session, choice, (first, last), by=actor.user)
    return propose(session, choice, {"kind": SUBSTITUTE, "start": first, "last_day": last}, actor=actor)


def propose(session: Session, choice: Choice, terms: dict[str, Any], *, actor: Actor) -> Decision:
    """Store the choice as a proposal; the course stays as it is. One that was sent back is withdrawn first."""
    grant = choice.grant
    if not choice.answers.choice_reason.strip():
        text = f"Skriv hvorfor. Valget skal godkendes af en anden: {' '.join(choice.outside)}"
        raise ValidationFailed("Valget skal begrundes.", errors={"choice_reason": [text]})
    if choice.appraisal is None:
        raise ValidationFailed(UNASSESSED, errors={"mentor": [UNASSESSED]})
    before = find_waiting(session, grant)
    if before is not None:
        proposal.withdraw(session, before, actor=actor)
    decision = Decision(
        **terms,
        case_number=grant.case_number,
        team_id=grant.team_id,
        citizen_id=grant.citizen_id,
        referral_id=grant.referral_id,
        grant_id=grant.id,
        mentor_id=choice.mentor.id,
        mentor_type=choice.mentor.mentor_type,
        hourly_price=choice.price,
        place_share=grant.place_share,
        minutes_per_week=grant.minutes_on(terms["start"]) or grant.minutes_on(grant.start),
        reason=choice.answers.choice_reason.strip(),
        wish_followed=choice.answers.wish_followed,
        proposed_by_id=actor.user.id,
        proposed_on=actor.day,
    )
    decision.assessment_id = case_assessment.keep(
        session, choice.appraisal, referral_id=grant.referral_id, by=actor.user
    ).id
    session.add(decision)
    session.flush()
    session.refresh(decision)
    proposal.record(
        session, decision, "match.propose", actor.user, {"kind": decision.kind, "mentor": choice.mentor.public_id}
    )
    return decision


def approve(session: Session, decision: Decision, *, beyond_reason: str = "", actor: Actor, law: Law) -> Grant:
    """Approve a match (godkend): weighed again as it is today, then booked; twice gives the same course.

    Raises NotAllowed for the proposer and above the limits, Conflict where price or type have changed since.
    """
    proposal.lock(session, decision)
    if decision.status is DecisionStatus.APPROVED:
        return grant_of(session, decision)
    moved(decision.status, Move.APPROVE)
    choice = weigh_again(session, decision, actor=actor, law=law)
    grant, appraisal = choice.grant, choice.appraisal
    if appraisal is None:
        raise Conflict(UNASSESSED)
    approval_limits.check_approver(session, decision, appraisal, actor=actor, law=law)
    if (choice.price, choice.mentor.mentor_type) != (decision.hourly_price, decision.mentor_type):
        raise Conflict("Mentorens pris eller type er ændret siden indstillingen. Send valget tilbage.")
    beyond = may_go_beyond(decision, appraisal.assessment, actor, beyond_reason)
    decision.approved_by_id, decision.approved_on = actor.user.id, actor.day
    _carry_out(session, decision, choice, actor=actor, law=law, beyond=beyond)
    approval_limits.draw(session, decision, appraisal, on=actor.day, law=law)
    proposal.record(
        session, decision, "match.approve", actor.user, {"kind": decision.kind, "mentor": choice.mentor.public_id}
    )
    case = journal.JournalCase(grant.citizen_id, grant.id, grant.case_number)
    title = f"Godkendt: {choice.mentor.name}. {' '.join(choice.outside)}"
    journal.record(
        session, "decision", title, case, about=("decision", decision.public_id), by=actor.user, on=actor.day
    )
    return grant


def weigh_again(session: Session, decision: Decision, *, actor: Actor, law: Law) -> Choice:
    """Weigh a proposed match as it is today, with the answers it was proposed with."""
    grant, mentor = grant_of(session, decision), session.get_one(Mentor, decision.mentor_id)
    beyond_normal = decision.assessment.facts["request"].get("beyond_normal")
    answers = Answers(decision.reason, decision.wish_followed, beyond_normal)
    if decision.kind == MATCH:
        return service.weigh(session, grant, mentor, answers, decision=decision, actor=actor, law=law)
    days = _days(decision)
    return substitutes.weigh(session, grant, mentor, days, answers, decision=decision, actor=actor, law=law)


def grant_of(session: Session, decision: Decision) -> Grant:
    """Return the course that a match is for."""
    return session.get_one(Grant, decision.grant_id)


def get_match(session: Session, public_id: str, *, actor: Actor, action: str) -> Decision:
    """Return a proposed match. Raises NotFound outside the user's scope and for any other decision."""
    decision = get_decision(session, public_id, actor=actor, action=action)
    if decision.kind not in MATCHES:
        raise NotFound("Valget findes ikke.")
    return decision


def read(session: Session, public_id: str, *, actor: Actor, law: Law) -> MatchPage:
    """Return the page of a proposed match; the look is logged."""
    decision = get_match(session, public_id, actor=actor, action="match.read")
    grant, mentor = grant_of(session, decision), session.get_one(Mentor, decision.mentor_id)
    price, assessment = decision.hourly_price or 0, case_assessment.kept(decision.assessment)
    appraisal = _appraisal(session, decision, law)
    seen(session, "decision", decision, by=actor.user)
    return MatchPage(
        decision=decision,
        grant=grant,
        mentor=mentor,
        assessment=assessment,
        outside=tuple(outside_of(grant, mentor, price)),
        before_type=grant.mentor_type,
        before_price=grant.approved_price,
        cost_before=_cost(grant, decision, grant.approved_price),
        cost_after=_cost(grant, decision, price),
        over_limits=approval_limits.over_limits(session, decision, appraisal, on=actor.day, law=law),
        proposer=session.get_one(User, decision.proposed_by_id).full_name,
        may_approve=actor.user.id != decision.proposed_by_id and actor.may("grant.approve_small", decision),
        may_withdraw=actor.may("grant.propose", decision),
        may_go_beyond=appraisal.is_framed
        and assessment.outcome is not Outcome.MUST
        and actor.may("frame.approve", decision),
    )


def _carry_out(session: Session, decision: Decision, choice: Choice, *, actor: Actor, law: Law, beyond: bool) -> None:
    if decision.kind == MATCH:
        choice.grant.approved_price = max(choice.grant.approved_price, choice.price)
        session.flush()
        match = service.book(session, choice, actor=actor, law=law, may_go_beyond=beyond)
        match.chosen_by_id = decision.proposed_by_id
    else:
        substitutes.book(session, choice, _days(decision), by=actor.user)


def _days(decision: Decision) -> tuple[date, date]:
    if decision.start is None or decision.last_day is None:
        raise ValueError("A match has its days.")
    return decision.start, decision.last_day


def _appraisal(session: Session, decision: Decision, law: Law) -> Appraisal:
    """Return what was proposed as it was calculated that day, for the limits of an approver."""
    facts = facts_from_dict(decision.assessment.facts)
    first, last = facts.request.start, facts.request.last_day
    if first is None or last is None:
        raise ValueError("A match has its days.")
    minutes, kind = decision.minutes_per_week or 0, decision.mentor_type or ""
    terms = GrantTerms(first, last, minutes, kind, decision.place_share)
    return case_assessment.appraise_facts(session, facts, law, terms=terms, price_ore=decision.hourly_price or 0)


def _cost(grant: Grant, decision: Decision, price: int) -> int:
    """Return the cost of the days of a match at a price, in øre: the same hours, so that the prices alone differ."""
    first, last = _days(decision)
    parts = split_cost(decision.minutes_per_week or 0, first, last, price)
    return round_half_away(Fraction(sum(cost for _, cost in parts), grant.place_share))
