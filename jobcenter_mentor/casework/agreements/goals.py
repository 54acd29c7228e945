"""Stores the goals (mål) of a course, their status, and how close to them the citizen is rated (progression)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Goal, Progression
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.needs import GOAL_STATUSES, POINTS, RATERS, SCORES, TASKS
from jobcenter_mentor.domain.kernel.periods import months_after
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import roles_on
from jobcenter_mentor.platform.audit import service as audit

LONGEST_GOAL, LONGEST_NOTE = 1000, 300
FURTHEST_MONTHS = 24
"""The latest day of a goal: two years after the start of the course."""
CASE_STAFF = frozenset({"SB", "TL", "MK"})


@dataclass(frozen=True)
class NewGoal:
    """A new goal (mål): a text, an area (a task code) and the day it is to be reached."""

    text: str
    area: str = ""
    target_on: date | None = None


@dataclass(frozen=True)
class Rating:
    """A rating (bedømmelse): who rates at which point of the course, from 1 to 5, and why."""

    party: str
    point: str
    score: int | None
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """The goals and ratings of a course, as the pages show them; `scores` is party -> point -> the valid rating."""

    goals: Sequence[Goal]
    scores: dict[str, dict[str, Progression]]

    @property
    def lines(self) -> list[tuple[str, str, list[int | None]]]:
        """Return code, name and the scores at start, middle and end of each party."""
        return [
            (party, name, [found.score if (found := self.scores[party].get(point)) else None for point in POINTS])
            for party, name in RATERS.items()
        ]

    @property
    def is_rated(self) -> bool:
        """Tell whether there is any rating."""
        return any(self.scores.values())


def get_course(session: Session, public_id: str, *, actor: Actor, action: str = "goal.read") -> Grant:
    """Return the course whose goals the user may see or change, and log the access. Raises NotFound."""
    grant = grants.get_grant(session, public_id, actor=actor, action=action)
    audit.record(
        session, by=actor.user, action=action, subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )
    return grant


def picture_of(session: Session, grant_id: int) -> Picture:
    """Return the goals and ratings of a course in two statements; the caller has checked that the user may see it."""
    goals = session.scalars(select(Goal).where(Goal.grant_id == grant_id).order_by(Goal.number)).all()
    rated = select(Progression).where(Progression.grant_id == grant_id, ~Progression.replaced)
    scores: dict[str, dict[str, Progression]] = {party: {} for party in RATERS}
    for row in session.scalars(rated.order_by(Progression.id)):
        scores[row.party][row.point] = row
    return Picture(goals, scores)


def open_goals(session: Session, grant_id: int) -> dict[int, str]:
    """Return row id and text of the goals that are neither reached nor dropped, in their order."""
    statement = select(Goal.id, Goal.text).where(Goal.grant_id == grant_id, Goal.status.in_(("open", "partly")))
    return dict(session.execute(statement.order_by(Goal.number)).all())


def add(session: Session, grant: Grant, new: NewGoal, *, actor: Actor) -> Goal:
    """Add a goal. Raises ValidationFailed by field.

    The same text again returns the goal that is there.
    """
    _check(grant, new)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    found = session.scalar(select(Goal).where(Goal.grant_id == grant.id, Goal.text == new.text))
    if found is not None:
        return found
    last = session.scalar(select(func.max(Goal.number)).where(Goal.grant_id == grant.id)) or 0
    goal = Goal(
        grant_id=grant.id,
        number=last + 1,
        text=new.text,
        area=new.area,
        target_on=new.target_on,
        status_on=actor.day,
        set_by_id=actor.user.id,
    )
    session.add(goal)
    session.flush()
    _record(session, grant, "goal.add", goal.public_id, actor.user, {"number": goal.number})
    return goal


def set_status(
    session: Session, grant: Grant, public_id: str, *, status: str, note: str = "", seen: str = "", actor: Actor
) -> Goal:
    """Set the status of a goal; the event log holds the earlier ones. `seen` is the status that the form was opened on.

    Raises NotFound, ValidationFailed by field, and Conflict with both statuses where somebody else has set it
    meanwhile.
    """
    goal = session.scalar(select(Goal).where(Goal.public_id == public_id, Goal.grant_id == grant.id).with_for_update())
    if goal is None:
        raise NotFound("Målet findes ikke.")
    if status not in GOAL_STATUSES:
        raise ValidationFailed("Vælg en status.", errors={"status": ["Vælg en af mulighederne."]})
    if len(note) > LONGEST_NOTE:
        raise ValidationFailed("Bemærkningen er for lang.", errors={"status_note": [f"Højst {LONGEST_NOTE} tegn."]})
    before = goal.status
    if before not in (seen or before, status):
        now, mine = GOAL_STATUSES[before], GOAL_STATUSES[status]
        raise Conflict(f"En anden satte målet til »{now}«, mens du skrev »{mine}«. Åbn siden igen, og ret målet.")
    if (goal.status, goal.status_note) == (status, note):
        raise Conflict(f"Målet står allerede som »{GOAL_STATUSES[status]}«.")
    goal.status, goal.status_on, goal.status_note = status, actor.day, note
    session.flush()
    _record(session, grant, "goal.status", goal.public_id, actor.user, {"before": before, "after": status})
    return goal


def rate(session: Session, grant: Grant, new: Rating, *, actor: Actor) -> Progression:
    """Store a rating from 1 to 5; the earlier answer to the same question is marked as replaced.

    A mentor answers only for the mentor. Raises NotAllowed, ValidationFailed by field.
    """
    if new.party not in RATERS or new.point not in POINTS or new.score not in SCORES or len(new.note) > LONGEST_NOTE:
        errors = {"score": ["Vælg et tal fra 1 til 5."]} if new.score not in SCORES else {"point": ["Vælg hvornår."]}
        raise ValidationFailed("Vælg, hvem der svarer, hvornår og et tal fra 1 til 5.", errors=errors)
    if new.party not in may_rate(actor):
        raise NotAllowed("Du kan kun svare for dig selv.")
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    old = session.scalars(
        select(Progression).where(
            Progression.grant_id == grant.id,
            Progression.party == new.party,
            Progression.point == new.point,
            ~Progression.replaced,
        )
    ).one_or_none()
    if old is not None and (old.score, old.note, old.rated_on) == (new.score, new.note, actor.day):
        return old
    if old is not None and _is_anothers(session, old, actor):
        raise NotAllowed("En anden mentor har svaret. Sagsbehandleren kan rette svaret.")
    if old is not None:
        old.replaced = True
    row = Progression(
        grant_id=grant.id,
        party=new.party,
        point=new.point,
        score=new.score,
        note=new.note,
        rated_on=actor.day,
        by_id=actor.user.id,
    )
    session.add(row)
    session.flush()
    detail = {"party": new.party, "point": new.point, "score": row.score}
    _record(session, grant, "progression.add", grant.public_id, actor.user, detail)
    return row


def may_rate(actor: Actor) -> list[str]:
    """Return the parties a user may answer for: case staff for both, a mentor for the mentor only."""
    return list(RATERS) if {role.role for role in roles_on(actor.user, actor.day)} & CASE_STAFF else ["mentor"]


def _is_anothers(session: Session, row: Progression, actor: Actor) -> bool:
    """Tell whether a mentor would replace what another mentor of the course has answered."""
    if set(RATERS) <= set(may_rate(actor)):
        return False
    theirs = {role.mentor_id for role in session.get_one(User, row.by_id).roles} - {None}
    return bool(theirs) and theirs.isdisjoint(role.mentor_id for role in roles_on(actor.user, actor.day))


def likely_point(grant: Grant, on: date) -> str:
    """Return the point of the course on that day: the first third is the start, the last third the end."""
    length, so_far = (grant.last_day - grant.start).days or 1, (on - grant.start).days
    return "start" if so_far * 3 < length else "end" if so_far * 3 > 2 * length else "middle"


def _check(grant: Grant, new: NewGoal) -> None:
    errors = {}
    if not new.text.strip():
        errors["text"] = ["Skriv et konkret mål, der kan måles."]
    elif len(new.text) > LONGEST_GOAL:
        errors["text"] = [f"Højst {LONGEST_GOAL} tegn."]
    if new.area and new.area not in TASKS:
        errors["area"] = ["Vælg et område fra listen."]
    latest = months_after(grant.start, FURTHEST_MONTHS)
    if new.target_on is not None and not grant.start <= new.target_on <= latest:
        errors["target_on"] = [f"Vælg en dag fra {grant.start:%d.%m.%Y} til {latest:%d.%m.%Y}."]
    if errors:
        raise ValidationFailed("Målet kan ikke gemmes. Ret felterne.", errors=errors)


def _record(
    session: Session, grant: Grant, action: str, subject_id: str, by: User, detail: Mapping[str, object]
) -> None:
    subject = action.partition(".")[0]
    audit.record(
        session,
        by=by,
        action=action,
        subject=subject,
        subject_id=subject_id,
        citizens=[grant.citizen_id],
        detail=detail,
    )
