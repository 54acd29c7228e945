"""The plan for the whole waiting list: made at once, checked apart, stored as lines to accept one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching.bottlenecks import findings
from jobcenter_mentor.casework.matching.models import MatchPlan, PlanLine
from jobcenter_mentor.casework.matching.plan_check import Pair, breaches_of, passed_over
from jobcenter_mentor.casework.matching.plan_lines import lines_of
from jobcenter_mentor.casework.matching.waiting_courses import is_demanded, statement_waiting
from jobcenter_mentor.casework.matching.waiting_list import WaitingList, read_waiting_list
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.plan import Optimum, solve
from jobcenter_mentor.domain.matching.precedence import law_first
from jobcenter_mentor.domain.matching.prices import Problem, Tell, quiet
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

IN_BACKGROUND = 1000
"""With more citizens than this the plan is a background job."""


@dataclass(frozen=True)
class PlanDraft:
    """The draft of a plan (udkast): who is with whom, what was solved, and what the pins that cannot hold break."""

    placed: dict[int, int]
    found: Optimum
    rooms: dict[int, int]
    broken: dict[int, str]
    bonus: int


def make_plan(session: Session, *, actor: Actor, law: Law, afresh: bool = False, tell: Tell = quiet) -> MatchPlan:
    """Make a plan for everybody who waits, within the pairs of the last open plan unless `afresh`.

    At most 5 % of those pairs are moved. Raises RuntimeError when the check finds a broken limit; then nothing is
    stored.
    """
    grants = list(session.scalars(visible(statement_waiting(actor.day), Grant, actor.user, "match.propose", actor.day)))
    waiting = read_waiting_list(session, grants, actor=actor, law=law)
    previous = {} if afresh else _previous(session, actor.user)
    draft = draft_of(waiting, previous, tell=tell)
    _control(waiting, draft)
    held = _untouched(waiting, previous)
    plan = MatchPlan(
        made_on=actor.day,
        by_id=actor.user.id,
        value=_value(waiting, draft) - draft.bonus,
        bound=_value(waiting, draft) - draft.found.value + draft.found.bound - draft.bonus,
        kept=len(held),
        moved=sum(draft.placed.get(key) != mentor for key, mentor in held.items()),
        findings=dict(findings(waiting, draft.found, draft.rooms)),
    )
    session.add(plan)
    session.flush()
    session.add_all(lines_of(waiting, draft.placed, draft.broken, plan.id))
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="match.plan",
        subject="plan",
        subject_id=plan.public_id,
        citizens=[grant.citizen_id for grant in grants],
        detail={"placed": len(draft.placed), "waiting": len(grants)},
    )
    return plan


def count_waiting(session: Session, *, actor: Actor) -> int:
    """Return how many wait for a plan in the user's reach."""
    own = (
        visible(statement_waiting(actor.day), Grant, actor.user, "match.propose", actor.day)
        .options(lazyload("*"))
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(own)) or 0


def draft_of(waiting: WaitingList, previous: Mapping[int, int], *, tell: Tell = quiet) -> PlanDraft:
    """Place everybody: pins first, then the others; courses that the law demands before all others."""
    rooms, placed, broken = waiting.rooms(), {}, {}
    for grant in waiting.grants:
        if grant.id in waiting.pins:
            limit = _pin_limit(waiting, grant, rooms)
            if limit:
                broken[grant.id] = limit
            else:
                placed[grant.id] = waiting.pins[grant.id]
                rooms[placed[grant.id]] -= waiting.needs[grant.id].minutes_per_week
    found = _within_places(waiting, rooms, placed, previous, tell)
    for grant in waiting.grants:
        if grant.id in found.placed:
            rooms[found.placed[grant.id]] -= waiting.needs[grant.id].minutes_per_week
    placed |= found.placed
    bonus = sum(waiting.bonus(grant) for grant in waiting.grants if grant.id in placed)
    return PlanDraft(placed, found, rooms, broken, bonus)


def _within_places(
    waiting: WaitingList, rooms: Mapping[int, int], pinned: Mapping[int, int], previous: Mapping[int, int], tell: Tell
) -> Optimum:
    """Solve, and again without the pairs beyond a mentor's places, while there are any; the bound is the first."""
    problem = waiting.problem(rooms)
    found = _law_first(waiting, problem, {key: previous[key] for key in problem.citizens if key in previous}, tell)
    bound = found.bound
    while beyond := waiting.beyond_places(found.placed, pinned):
        waiting.forbid(beyond)
        kept = {key: mentor for key, mentor in found.placed.items() if key not in beyond}
        found = replace(_law_first(waiting, waiting.problem(rooms), kept, tell), bound=bound)
    return found


def _law_first(waiting: WaitingList, problem: Problem, previous: dict[int, int], tell: Tell) -> Optimum:
    """Solve for all; where courses of the law alone could place more of themselves, start again from those.

    Then no course of the law is left out for one it does not demand, even if more than 5 % of the earlier pairs must
    move.
    """
    found = solve(problem, previous, tell=tell)
    demanded = {grant.id for grant in waiting.grants if is_demanded(grant)}
    rows = [row for row, grant_id in enumerate(problem.citizens) if grant_id in demanded]
    if all(problem.citizens[row] in found.placed for row in rows):
        return found
    if previous or len(rows) == len(problem.citizens):
        return law_first(problem, found, demanded)
    alone = solve(
        Problem(
            tuple(problem.citizens[row] for row in rows),
            problem.mentors,
            problem.values[rows],
            problem.needs[rows],
            problem.rooms,
        )
    )
    if len(alone.placed) > sum(problem.citizens[row] in found.placed for row in rows):
        found = solve(problem, alone.placed, tell=tell)
    return law_first(problem, found, demanded)


def _pin_limit(waiting: WaitingList, grant: Grant, rooms: Mapping[int, int]) -> str:
    """Return the hard limit that a pin breaks today, empty when it holds."""
    mentor_id = waiting.pins[grant.id]
    if mentor_id not in waiting.mentors:
        return "Fastholdt hos en mentor, der ikke længere er aktiv"
    name, fit = waiting.mentors[mentor_id].name, waiting.fit(grant, mentor_id)
    if fit.blocked:
        return f"Fastholdt hos {name}: {fit.blocked[0]}"
    short = rooms[mentor_id] < waiting.needs[grant.id].minutes_per_week
    return f"Fastholdt hos {name}, som ikke har timer til det i alle uger" if short else ""


def _control(waiting: WaitingList, draft: PlanDraft) -> None:
    placed = [grant for grant in waiting.grants if grant.id in draft.placed]
    pairs = [
        Pair(
            one.id,
            waiting.needs[one.id],
            waiting.offer(one, draft.placed[one.id]),
            waiting.pins.get(one.id),
            waiting.places(one, draft.placed[one.id]),
        )
        for one in placed
    ]
    found = breaches_of(pairs, waiting.loads) + _passed_over(waiting, draft, pairs)
    if found:
        raise RuntimeError("; ".join(found))


def _passed_over(waiting: WaitingList, draft: PlanDraft, pairs: list[Pair]) -> list[str]:
    """Tell whether a course of the law without a mentor could have the hours of one it does not demand."""
    firm = {one.id for one in waiting.grants if is_demanded(one) or one.id in waiting.pins}
    left_out = [
        [Pair(one.id, waiting.needs[one.id], waiting.offer(one, key)) for key in waiting.may(row)]
        for row, one in enumerate(waiting.grants)
        if is_demanded(one) and one.id not in {*draft.placed, *waiting.pins}
    ]
    return passed_over(left_out, [pair for pair in pairs if pair.grant_id in firm], waiting.rooms())


def _value(waiting: WaitingList, draft: PlanDraft) -> int:
    column = {mentor_id: j for j, mentor_id in enumerate(waiting.mentors)}
    pairs = ((row, draft.placed.get(grant.id)) for row, grant in enumerate(waiting.grants))
    return int(sum(waiting.values[row, column[mentor]] for row, mentor in pairs if mentor is not None))


def _previous(session: Session, by: User) -> dict[int, int]:
    """Return the pairs of the user's last plan that nobody has accepted yet."""
    last = session.scalar(select(MatchPlan.id).where(MatchPlan.by_id == by.id).order_by(MatchPlan.id.desc()).limit(1))
    rows = session.execute(
        select(PlanLine.grant_id, PlanLine.mentor_id).where(
            PlanLine.plan_id == last, PlanLine.mentor_id.is_not(None), PlanLine.accepted_on.is_(None)
        )
    )
    return {grant_id: mentor_id for grant_id, mentor_id in rows if mentor_id is not None}


def _untouched(waiting: WaitingList, previous: Mapping[int, int]) -> dict[int, int]:
    """Return the pairs of the last plan whose course still waits and that no limit rules out."""
    column = {mentor_id: j for j, mentor_id in enumerate(waiting.mentors)}
    row_of = {grant.id: row for row, grant in enumerate(waiting.grants)}
    return {
        key: mentor
        for key, mentor in previous.items()
        if key in row_of and mentor in column and waiting.values[row_of[key], column[mentor]] > 0
    }
