"""Forlængelse klar til beslutning: courses that end within 28 days, with notes, goals, hours and a proposal."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, lazyload, selectinload

from jobcenter_mentor.agreements import goals
from jobcenter_mentor.agreements.goals import Picture
from jobcenter_mentor.agreements.models import Goal, Progression
from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth import deputies
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.citizens.models import Citizen
from jobcenter_mentor.domain.errors import NotFound
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.renewals import CourseSoFar, Proposal, propose
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.meetings.breaches import running
from jobcenter_mentor.meetings.history import contact_words
from jobcenter_mentor.meetings.models import Meeting
from jobcenter_mentor.meetings.service import HoursUsed, hours_used

LAST_NOTES = 3


@dataclass(frozen=True)
class Ending:
    """Forløb, der udløber: initials and case number, the days left and the proposed decision."""

    id: str
    case_number: str
    citizen_id: int
    initials: str
    last_day: date
    days_left: int
    proposal: Proposal


@dataclass(frozen=True)
class Renewal:
    """Kladden til beslutningen: the last notes (day, contact, text), goals, hours and the proposal.

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


def list_renewals(session: Session, *, by: User, on: date, law: Law, mine: bool = False) -> list[Ending]:
    """Forløb, der udløber inden for fristen (local.review_days_before_end) without a course after them; soonest first.

    Five statements however many there are. The caller records who was seen, as on any list.
    """
    until = on + timedelta(days=law.on(on).whole("local.review_days_before_end"))
    following = aliased(Grant)
    statement = (
        select(Grant, Citizen.first_name, Citizen.last_name)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .where(*running(on), Grant.last_day <= until, Grant.ended_on.is_(None))
        .where(~select(following.id).where(following.previous_grant_id == Grant.id).exists())
        .options(lazyload("*"), selectinload(Grant.periods))
    )
    if mine:
        statement = statement.where(deputies.held_by(Grant.caseworker_id, by, on))
    rows = session.execute(visible(statement, Grant, by, "grant.propose", on).order_by(Grant.last_day, Grant.id)).all()
    proposals = _proposals(session, [grant for grant, _, _ in rows], on)
    return [
        Ending(
            id=grant.public_id, case_number=grant.case_number, citizen_id=grant.citizen_id,
            initials=f"{first[:1]}.{last[:1]}.", last_day=grant.last_day, days_left=(grant.last_day - on).days,
            proposal=proposals[grant.id],
        )
        for grant, first, last in rows
    ]  # fmt: skip


def show(session: Session, public_id: str, *, by: User, on: date) -> Renewal:
    """Vis kladden of one course and record that it was read. Raises NotFound outside the user's scope."""
    statement = visible(select(Grant).where(Grant.public_id == public_id), Grant, by, "grant.propose", on)
    grant = session.scalar(statement)
    if grant is None:
        raise NotFound("Forløbet findes ikke.")
    audit.record(
        session, by=by, action="grant.renewal", subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )  # fmt: skip
    noted = select(Meeting).where(Meeting.grant_id == grant.id, ~Meeting.corrected, Meeting.note != "")
    latest = session.scalars(noted.order_by(Meeting.met_on.desc(), Meeting.id.desc()).limit(LAST_NOTES)).all()
    return Renewal(
        grant=grant,
        days_left=(grant.last_day - on).days,
        notes=[(row.met_on, contact_words(row), row.note) for row in latest],
        picture=goals.picture_of(session, grant.id),
        used=hours_used(session, [grant.id], on=on)[grant.id],
        granted_minutes=granted_so_far(grant, on),
        proposal=_proposals(session, [grant], on)[grant.id],
        start=grant.last_day + timedelta(days=1),
        minutes_per_week=grant.minutes_on(grant.last_day),
    )


def granted_so_far(grant: Grant, on: date) -> int:
    """Bevilgede minutter fra første dag til og med dagen, rounded down to whole minutes a period."""
    spans = [(period, (min(period.last_day, on) - period.first_day).days + 1) for period in grant.periods]
    return sum(period.minutes_per_week * max(days, 0) // 7 for period, days in spans)


def _proposals(session: Session, grants: Sequence[Grant], on: date) -> dict[int, Proposal]:
    """Return the proposal of each course; three statements."""
    ids = [grant.id for grant in grants]
    statuses: dict[int, list[str]] = defaultdict(list)
    for grant_id, status in session.execute(select(Goal.grant_id, Goal.status).where(Goal.grant_id.in_(ids))):
        statuses[grant_id].append(status)
    rated = select(Progression.grant_id, Progression.score).where(
        Progression.grant_id.in_(ids), Progression.party == "mentor", ~Progression.replaced
    )
    scores = dict(session.execute(rated.order_by(Progression.id)).all())
    used = hours_used(session, ids, on=on)
    return {
        grant.id: propose(
            CourseSoFar(
                right_and_duty=bool(grant.right_and_duty), goals=statuses[grant.id],
                granted_minutes=granted_so_far(grant, on), used_minutes=used[grant.id].total,
                score=scores.get(grant.id),
            )
        )
        for grant in grants
    }  # fmt: skip
