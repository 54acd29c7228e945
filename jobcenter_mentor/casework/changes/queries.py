"""Read what the page of a change shows, within the reader's rights; the look is logged."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.changes import change_assessment, service
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes.effect import ENDING, EXTENSION, is_burdening
from jobcenter_mentor.casework.frames import local_budget as budgets
from jobcenter_mentor.casework.frames.local_budget import BudgetEffect
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants import approval_limits
from jobcenter_mentor.casework.grants import hearing_text as heard
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.course_change import DIED
from jobcenter_mentor.casework.grants.models import Decision, Grant, Hearing
from jobcenter_mentor.casework.grants.overlap import Overlap
from jobcenter_mentor.casework.grants.queries import seen
from jobcenter_mentor.domain.kernel.money import divide_half_away
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.domain.law.assessment import Outcome
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import PointInCase, rested_on
from jobcenter_mentor.domain.law.reimbursement import split_cost
from jobcenter_mentor.domain.law.terms import longest_period
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

WORDS = ("offer_start", "reason", "considerations", "other_help")


@dataclass(frozen=True)
class ChangePage:
    """The page of a change: before and after, what the law says, the hearing, and who may do what."""

    decision: Decision
    grant: Grant
    kind: str
    verdict: str
    before: str
    appraisal: Appraisal
    points: tuple[PointInCase, ...]
    budgets: list[BudgetEffect]
    burdening: bool
    hearing: Hearing | None
    heard: bool
    gaps: dict[str, str]
    hints: list[str]
    over_limits: list[str]
    overlaps: list[Overlap]
    proposer: str
    letter: Letter | None
    may_approve: bool
    may_propose: bool
    may_complain: bool
    may_need_more: bool


def change(session: Session, public_id: str, *, actor: Actor, law: Law) -> ChangePage:
    """Return the page of a change. Raises NotFound outside scope."""
    decision = service.get_change(session, public_id, actor=actor, action="letter.read")
    grant = service.grant_of(session, decision)
    appraisal = change_assessment.appraise(session, grant, decision, law, on=actor.day)
    draft = writing.draft(session, grant, decision, appraisal, on=actor.day, law=law, address_confirmed=True)
    seen(session, "decision", decision, by=actor.user)
    burdening, hearing = is_burdening(grant, decision), heard.find(session, decision)
    day = (decision.start or actor.day) - timedelta(days=decision.approved_on is not None)
    return ChangePage(
        decision=decision,
        grant=grant,
        kind=service.KINDS[decision.kind],
        verdict=writing.verdict(grant, decision, actor.day),
        before=f"{grant.start:%d.%m.%Y}–{grant.last_day:%d.%m.%Y}, {service.hours_words(grant, day)}",
        appraisal=appraisal,
        points=rested_on(appraisal.assessment.warnings, law.on(actor.day)),
        budgets=budgets.effects(session, _more(grant, decision, appraisal), team_id=decision.team_id),
        burdening=burdening or hearing is not None,
        hearing=hearing,
        heard=not burdening or bool(hearing and hearing.is_over(actor.day)),
        gaps=letters.gaps(draft),
        hints=letters.hints(draft),
        over_limits=approval_limits.over_limits(session, decision, appraisal, on=actor.day, law=law),
        overlaps=service.overlaps_now(session, grant, decision, actor=actor),
        proposer=session.get_one(User, decision.proposed_by_id).full_name,
        letter=session.get(Letter, decision.letter_id) if decision.letter_id else None,
        may_approve=actor.user.id != decision.proposed_by_id and actor.may("grant.approve_small", decision),
        may_propose=actor.may("grant.propose", decision),
        may_complain=actor.may("complaint.write", decision),
        may_need_more=decision.kind != ENDING
        and not burdening
        and appraisal.is_framed
        and appraisal.assessment.outcome is not Outcome.MUST
        and actor.may("frame.approve", decision),
    )


def _more(grant: Grant, decision: Decision, appraisal: Appraisal) -> list[CostLine]:
    """Return what the change adds to the cost of each year: all of an extension, of other hours the difference."""
    if decision.kind == EXTENSION:
        return appraisal.lines
    before: Counter[int] = Counter()
    first, last = appraisal.terms.start, appraisal.terms.last_day
    for period in grant.periods:
        days = Period(period.first_day, period.last_day)
        overlap = days.overlap(Period(first, last))
        price = grant.hourly_price if period.hourly_price is None else period.hourly_price
        for year, cost in split_cost(period.minutes_per_week, overlap.first, overlap.last, price) if overlap else ():
            before[year] += divide_half_away(cost, grant.place_share)
    return [replace(line, cost=max(0, line.cost - before[line.year])) for line in appraisal.lines]


def beside(session: Session, grant: Grant, kind: str, last_day: date | None, *, actor: Actor) -> list[Overlap]:
    """Return what else the citizen has on the days of an extension that is being written."""
    if kind != EXTENSION or last_day is None or last_day <= grant.last_day:
        return []
    asked = Decision(kind=kind, grant_id=grant.id, start=grant.last_day + timedelta(days=1), last_day=last_day)
    return service.overlaps_now(session, grant, asked, actor=actor)


def likely(session: Session, grant: Grant, kind: str, *, on: date, law: Law) -> dict[str, Any]:
    """Return the first values of a proposal: what was sent back, else today's hours and the longest legal period."""
    before = service.find_waiting(session, grant)
    if before is not None and before.kind == kind and before.returned_on is not None:
        return {name: getattr(before, name) for name in (*service.TERMS, *WORDS)}
    if kind == ENDING and grant.citizen.died_on is not None:
        return {"end_code": DIED, "last_day": grant.citizen.died_on}
    first, after = max(on, grant.start), grant.last_day + timedelta(days=1)
    longest = longest_period(after, bool(grant.right_and_duty), law.on(on)) if kind == EXTENSION else None
    return {
        "minutes_per_week": grant.minutes_on(first) or grant.minutes_on(grant.start),
        "start": first,
        "last_day": longest.last_day if longest else None,
    }
