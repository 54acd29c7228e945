"""Lists the courses that end soon, each with its last notes, goals and hours and a proposed decision (forlængelse)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from jobcenter_mentor.casework.agreements import goals
from jobcenter_mentor.casework.agreements.goals import Picture
from jobcenter_mentor.casework.agreements.models import Goal, Progression
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.meetings.contact_breach import running
from jobcenter_mentor.casework.meetings.course_log import contact_words
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.service import HoursUsed, hours_used
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.renewals import CourseSoFar, Proposal, propose
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import Reader, reader_on, visible
from jobcenter_mentor.platform.audit import service as audit

LAST_NOTES = 3


@dataclass(frozen=True)
class ExpiringCourse:
    """A course that ends soon: initials and case number, the days left and the proposed decision."""

    id: str
    case_number: str
    citizen_id: int
    initials: str
    last_day: date
    days_left: int
    proposal: Proposal


@dataclass(frozen=True)
class Renewal:
    """The draft of the decision: the last notes (day, contact, text), goals, hours and the proposal.

    `start` is the day after the last day; minutes a week are those of the last day.
    """

    grant: Grant
    days_left: int
    notes: list[tuple[date, str, str]]
    picture: Picture
    used: HoursUsed
    granted_minutes: int
    proposal: Proposal
    start: date
    minutes_per_week: int


def list_renewals(session: Session, *, actor: Actor, law: Law, mine: bool = False) -> list[ExpiringCourse]:
    """Return the courses that end within local.review_days_before_end and have no course after them, earliest first.

    Five statements however many there are. The caller logs which citizens were shown.
    """
    until = actor.day + timedelta(days=law.on(actor.day).whole("local.review_days_before_end"))
    rows = session.execute(_ending(reader_on(actor.user, actor.day), actor.day, until, mine)).all()
    proposals = _proposals(session, {row.id: bool(row.right_and_duty) for row in rows}, actor.day)
    return [
        ExpiringCourse(
            id=row.public_id,
            case_number=row.case_number,
            citizen_id=row.citizen_id,
            initials=f"{row.first_name[:1]}.{row.last_name[:1]}.",
            last_day=row.last_day,
            days_left=(row.last_day - actor.day).days,
            proposal=proposals[row.id],
        )
        for row in rows
    ]


@lru_cache(maxsize=512)
def _ending(reader: Reader, on: date, until: date, mine: bool) -> Select[Any]:
    """Build the statement of the courses that end, once for each reader and day."""
    following = aliased(Grant)
    statement: Any = (
        select(
            Grant.id,
            Grant.public_id,
            Grant.case_number,
            Grant.citizen_id,
            Grant.last_day,
            Grant.right_and_duty,
            Citizen.first_name,
            Citizen.last_name,
        )
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .where(*running(on), Grant.last_day <= until, Grant.ended_on.is_(None))
        .where(~select(following.id).where(following.previous_grant_id == Grant.id).exists())
        .order_by(Grant.last_day, Grant.id)
    )
    if mine:
        statement = statement.where(deputies.held_by(Grant.caseworker_id, reader.user, on))
    shown: Select[Any] = visible(statement, Grant, reader.user, "grant.propose", on)
    return shown


def show(session: Session, public_id: str, *, actor: Actor) -> Renewal:
    """Return the draft of one course and log the access. Raises NotFound outside the user's scope."""
    grant = grants.get_grant(session, public_id, actor=actor, action="grant.propose")
    audit.record(
        session,
        by=actor.user,
        action="grant.renewal",
        subject="grant",
        subject_id=public_id,
        citizens=[grant.citizen_id],
    )
    noted = select(Meeting).where(Meeting.grant_id == grant.id, ~Meeting.corrected, Meeting.note != "")
    latest = session.scalars(noted.order_by(Meeting.met_on.desc(), Meeting.id.desc()).limit(LAST_NOTES)).all()
    return Renewal(
        grant=grant,
        days_left=(grant.last_day - actor.day).days,
        notes=[(row.met_on, contact_words(row), row.note) for row in latest],
        picture=goals.picture_of(session, grant.id),
        used=hours_used(session, [grant.id], on=actor.day)[grant.id],
        granted_minutes=granted_so_far(grant.periods, actor.day),
        proposal=_proposals(session, {grant.id: bool(grant.right_and_duty)}, actor.day)[grant.id],
        start=grant.last_day + timedelta(days=1),
        minutes_per_week=grant.minutes_on(grant.last_day),
    )


def granted_so_far(periods: Iterable[Any], on: date) -> int:
    """Return the minutes granted from the first day up to and including the day, rounded down for each period.

    `periods` have a first and a last day and minutes a week.
    """
    spans = [(period.minutes_per_week, (min(period.last_day, on) - period.first_day).days + 1) for period in periods]
    return sum(minutes * max(days, 0) // 7 for minutes, days in spans)


def _proposals(session: Session, right_and_duty: Mapping[int, bool], on: date) -> dict[int, Proposal]:
    """Return the proposal for each course by row id, in four statements.

    The mapping says of each course whether it is right and duty (ret og pligt).
    """
    key = {"ids": list(right_and_duty)}
    statuses: dict[int, list[str]] = defaultdict(list)
    for grant_id, status in session.execute(STATUSES, key):
        statuses[grant_id].append(status)
    periods: dict[int, list[Any]] = defaultdict(list)
    for period in session.execute(PERIODS, key):
        periods[period.grant_id].append(period)
    scores = dict(session.execute(SCORES, key).all())
    used = hours_used(session, right_and_duty, on=on)
    return {
        grant_id: propose(
            CourseSoFar(
                right_and_duty=must,
                goals=statuses[grant_id],
                granted_minutes=granted_so_far(periods[grant_id], on),
                used_minutes=used[grant_id].total,
                score=scores.get(grant_id),
            )
        )
        for grant_id, must in right_and_duty.items()
    }


IDS: Any = bindparam("ids", expanding=True)
STATUSES: Any = select(Goal.grant_id, Goal.status).where(Goal.grant_id.in_(IDS))
PERIODS = select(GrantPeriod.grant_id, GrantPeriod.first_day, GrantPeriod.last_day, GrantPeriod.minutes_per_week).where(
    GrantPeriod.grant_id.in_(IDS)
)
SCORES: Any = (
    select(Progression.grant_id, Progression.score)
    .where(Progression.grant_id.in_(IDS), Progression.party == "mentor", ~Progression.replaced)
    .order_by(Progression.id)
)
