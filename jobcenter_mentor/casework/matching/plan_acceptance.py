"""Read a stored plan line by line within the reader's reach, and accept it line by line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.matching.choice import Answers, WaitingMatch, waiting_in
from jobcenter_mentor.casework.matching.models import Match, MatchPlan, PlanLine
from jobcenter_mentor.casework.matching.offers import minutes_asked, needs_of
from jobcenter_mentor.casework.matching.proposals import service as proposals
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.pairs import Need
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit


@dataclass(frozen=True)
class ShownLine:
    """A line on the page: the course, the proposed mentor if any, minutes a week, a wish to answer, what waits."""

    line: PlanLine
    grant: Grant
    mentor: Mentor | None
    minutes: int
    language: str
    wishes: str
    waits_at: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the line can be accepted: it has a proposal, and the course still has no mentor."""
        return self.mentor is not None and self.line.accepted_on is None and self.grant.mentor_id is None


@dataclass(frozen=True)
class ShownPlan:
    """The plan on its page: lines with a proposal, lines without, and what is missing by language.

    What is missing is counted in minutes and citizens.
    """

    plan: MatchPlan
    proposed: list[ShownLine]
    unplaced: list[ShownLine]
    missing: list[tuple[str, int, int]]

    @property
    def share(self) -> float:
        """Return the share of the best possible, 0 to 1; 1 where there was nothing to gain."""
        return self.plan.value / self.plan.bound if self.plan.bound > 0 else 1.0


def find_last(session: Session, *, by: User) -> MatchPlan | None:
    """Return the user's last plan."""
    return session.scalar(select(MatchPlan).where(MatchPlan.by_id == by.id).order_by(MatchPlan.id.desc()).limit(1))


def get_plan(session: Session, public_id: str, *, actor: Actor) -> ShownPlan:
    """Return a plan with the lines in the user's reach; the look is logged. Raises NotFound where none is."""
    plan = session.scalar(select(MatchPlan).where(MatchPlan.public_id == public_id))
    if plan is None:
        raise NotFound("Planen findes ikke.")
    statement = select(PlanLine, Grant, Mentor).join(Grant, Grant.id == PlanLine.grant_id)
    statement = statement.outerjoin(Mentor, Mentor.id == PlanLine.mentor_id).where(PlanLine.plan_id == plan.id)
    rows = session.execute(visible(statement, Grant, actor.user, "match.read", actor.day)).unique().all()
    if not rows and plan.by_id != actor.user.id:
        raise NotFound("Planen findes ikke.")
    needs = needs_of(session, [grant for _, grant, _ in rows], on=actor.day)
    waiting = waiting_in(session, [grant.id for _, grant, _ in rows])
    lines = [
        _shown(line, grant, mentor, needs[grant.id], actor.day, waiting.get(grant.id)) for line, grant, mentor in rows
    ]
    lines.sort(key=lambda one: (not one.line.is_demanded, one.grant.start, one.grant.case_number))
    audit.record(
        session,
        by=actor.user,
        action="match.plan_read",
        subject="plan",
        subject_id=public_id,
        citizens=[one.grant.citizen_id for one in lines],
    )
    unplaced = [one for one in lines if one.mentor is None]
    return ShownPlan(plan, [one for one in lines if one.mentor is not None], unplaced, _missing(unplaced))


def plan_of_line(session: Session, public_id: str, *, actor: Actor) -> str:
    """Return the public id of the plan that a line belongs to. Raises NotFound out of reach."""
    line, _ = _get_line(session, public_id, actor)
    return session.get_one(MatchPlan, line.plan_id).public_id


def accept_line(
    session: Session,
    public_id: str,
    *,
    choice_reason: str = "",
    wish_followed: bool | None = None,
    beyond_normal: bool | None = None,
    actor: Actor,
    law: Law,
) -> Match | Decision:
    """Accept a line: book the hours or propose the match as `submit` of the proposals does, under its locks.

    Raises NotFound out of reach, Conflict when it is done or the course has a mentor, ValidationFailed when the hours
    were taken meanwhile or the wish is not answered.
    """
    line, grant = _get_line(session, public_id, actor)
    mentor = session.get(Mentor, line.mentor_id) if line.mentor_id is not None else None
    if mentor is None:
        raise Conflict("Planen foreslår ingen mentor til forløbet.")
    session.refresh(grant, with_for_update={"of": Grant})
    if line.accepted_on is not None or grant.mentor_id is not None:
        raise Conflict("Forløbet har fået en mentor, siden planen blev lagt.")
    answers = Answers(choice_reason, wish_followed, beyond_normal)
    made = proposals.submit(session, grant, mentor, answers, actor=actor, law=law)
    if isinstance(made, Decision):
        return made
    line.accepted_on, line.accepted_by_id = actor.day, actor.user.id
    audit.record(
        session,
        by=actor.user,
        action="match.accept",
        subject="grant",
        subject_id=grant.public_id,
        citizens=[grant.citizen_id],
    )
    return made


def _get_line(session: Session, public_id: str, actor: Actor) -> tuple[PlanLine, Grant]:
    statement = select(PlanLine, Grant).join(Grant, Grant.id == PlanLine.grant_id)
    statement = visible(statement.where(PlanLine.public_id == public_id), Grant, actor.user, "match.confirm", actor.day)
    found = session.execute(statement).unique().one_or_none()
    if found is None:
        raise NotFound("Linjen findes ikke.")
    return found[0], found[1]


def _shown(
    line: PlanLine, grant: Grant, mentor: Mentor | None, need: Need, on: date, waiting: WaitingMatch | None
) -> ShownLine:
    language = need.language.casefold() if need.language_needed else ""
    wished = [need.wishes, f"taler {need.language}" if need.language else ""]
    minutes = minutes_asked(grant, max(on, grant.start))
    waits_at = waiting.public_id if waiting else ""
    return ShownLine(line, grant, mentor, minutes, language, " · ".join(filter(None, wished)), waits_at)


def _missing(unplaced: Sequence[ShownLine]) -> list[tuple[str, int, int]]:
    """Sum what is missing: language needed (empty for any), minutes a week and citizens, the most first."""
    sums: dict[str, list[int]] = defaultdict(list)
    for one in unplaced:
        sums[one.language].append(one.minutes)
    return sorted(((name, sum(some), len(some)) for name, some in sums.items()), key=lambda row: (-row[1], row[0]))
