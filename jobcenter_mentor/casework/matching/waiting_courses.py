"""The waiting list (venteliste): the courses without a mentor, those the law demands first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit


@dataclass(frozen=True)
class WaitingCitizen:
    """A citizen on the waiting list: `is_late` when the course has begun.

    `is_demanded` says that the law demands it (right and duty, or a right).
    """

    grant: Grant
    age: int
    days: int
    is_demanded: bool
    is_late: bool
    minutes: int
    wishes: str


def list_waiting(session: Session, *, actor: Actor) -> list[WaitingCitizen]:
    """Return running and coming courses without a mentor, those the law demands first, then by start; logs the look."""
    statement = (
        select(Grant, Referral.wishes, Referral.wished_language, Referral.referred_on)
        .outerjoin(Referral, Referral.id == Grant.referral_id)
        .where(
            Grant.mentor_id.is_(None),
            Grant.last_day >= actor.day,
            or_(Grant.ended_on.is_(None), Grant.ended_on >= actor.day),
        )
    )
    rows: Sequence[Row[Grant, str | None, str | None, date | None]] = session.execute(
        visible(statement, Grant, actor.user, "match.read", actor.day)
    ).all()
    found = [_waiting(*row, actor.day) for row in rows]
    if found:
        shown = [one.grant.citizen_id for one in found]
        audit.record(session, by=actor.user, action="match.waiting", subject="grant", citizens=shown)
    return sorted(found, key=lambda one: (not one.is_demanded, one.grant.start, one.grant.case_number))


def statement_waiting(on: date) -> Select[Grant]:
    """Build the statement of running and coming courses without a mentor."""
    return select(Grant).where(
        Grant.mentor_id.is_(None), Grant.last_day >= on, or_(Grant.ended_on.is_(None), Grant.ended_on >= on)
    )


def is_demanded(grant: Grant) -> bool:
    """Tell whether the law demands the course (kræver loven forløbet): a right, with or without a duty."""
    return bool(grant.right)


def _waiting(
    grant: Grant, wishes: str | None, language: str | None, referred_on: date | None, on: date
) -> WaitingCitizen:
    since = grant.decided_on or referred_on or grant.start
    wanted = [f"taler {language}"] if language else []
    wanted += [wishes] if wishes else []
    return WaitingCitizen(
        grant=grant,
        age=age_on(grant.citizen.birth_date, on),
        days=max(0, (on - since).days),
        is_demanded=is_demanded(grant),
        is_late=grant.start <= on,
        minutes=grant.minutes_on(max(on, grant.start)),
        wishes=" · ".join(wanted),
    )
