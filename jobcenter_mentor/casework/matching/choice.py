"""A mentor chosen for a course (valg): the answers, the cost, what the law says, and what was not approved."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.course_change import TO_CLOSE
from jobcenter_mentor.casework.grants.models import MATCHES, Decision, Grant
from jobcenter_mentor.domain.kernel.errors import Conflict, NotInForce, ValidationFailed
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.ranking import Fit
from jobcenter_mentor.people.citizens.deceased import require_alive
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.mentors.service import price_on


@dataclass(frozen=True)
class Answers:
    """What the person who chooses answers: why, whether the wish is followed, whether it is beyond the normal."""

    choice_reason: str = ""
    wish_followed: bool | None = None
    beyond_normal: bool | None = None


@dataclass(frozen=True)
class Choice:
    """A mentor chosen and weighed, but not booked (valg): place in the ranking, law of the day, price in øre.

    `outside` says in words what goes beyond what was approved; empty where nothing does. `appraisal` is None for a
    course that was never assessed, on days whose law is not entered.
    """

    grant: Grant
    mentor: Mentor
    answers: Answers
    place: int
    fit: Fit
    price: int
    appraisal: Appraisal | None
    outside: tuple[str, ...]
    runner_up: dict[str, str | int] = field(default_factory=dict)


def lock_course(session: Session, grant: Grant, version: int | None) -> Grant:
    """Lock the course and read it again. Raises Conflict where it has changed since `version`.

    Raises ValidationFailed for a citizen who has died.
    """
    statement = select(Grant).where(Grant.id == grant.id).with_for_update(of=Grant)
    fresh = session.scalars(statement.execution_options(populate_existing=True)).one()
    if version is not None and fresh.version != version:
        raise Conflict("Forløbet er ændret af en anden, siden du åbnede siden. Se forslagene igen.")
    require_alive(fresh.citizen, TO_CLOSE)
    return fresh


def lock_mentor(session: Session, mentor_id: int) -> Mentor:
    """Lock a mentor's row, so that the hours are given to one course at a time."""
    return session.scalars(select(Mentor).where(Mentor.id == mentor_id).with_for_update(of=Mentor)).one()


def price_of(session: Session, mentor: Mentor, day: date, law: Law) -> int:
    """Return the price of an hour. Raises ValidationFailed where a supplier or the standard prices have none."""
    try:
        return price_on(session, mentor, day, law)
    except NotInForce as error:
        raise ValidationFailed(error.message, errors={"mentor": [error.message]}) from error


def outside_of(grant: Grant, mentor: Mentor, price: int) -> Iterator[str]:
    """Return in words what of a match goes beyond what was approved: the mentor type, the price of an hour."""
    if mentor.mentor_type != grant.mentor_type:
        granted, chosen = MENTOR_TYPES[grant.mentor_type].lower(), MENTOR_TYPES[mentor.mentor_type].lower()
        yield f"Godkendt er {granted}, valgt er {chosen}."
    if price > grant.approved_price:
        approved, wanted = format_kroner(grant.approved_price), format_kroner(price)
        more = format_kroner(price - grant.approved_price)
        yield f"Godkendt er {approved} kr. i timen, {mentor.name} koster {wanted} kr., {more} kr. mere."


def find_waiting(session: Session, grant: Grant) -> Decision | None:
    """Return the match of a course that waits for approval or was sent back, a substitute's included."""
    return session.scalars(
        select(Decision).where(
            Decision.grant_id == grant.id,
            Decision.kind.in_(MATCHES),
            Decision.approved_on.is_(None),
            Decision.withdrawn_on.is_(None),
        )
    ).first()


class WaitingMatch(NamedTuple):
    """A match that waits for approval or was sent back (valg, der venter), and the mentor's name."""

    public_id: str
    name: str


def waiting_in(session: Session, grant_ids: Collection[int]) -> dict[int, WaitingMatch]:
    """Return the matches of some courses that wait for approval, by grant id; one statement."""
    rows = session.execute(
        select(Decision.grant_id, Decision.public_id, Mentor.first_name, Mentor.last_name)
        .join(Mentor, Mentor.id == Decision.mentor_id)
        .where(Decision.grant_id.in_(grant_ids), Decision.kind.in_(MATCHES))
        .where(Decision.approved_on.is_(None), Decision.withdrawn_on.is_(None))
    )
    return {grant_id or 0: WaitingMatch(public_id, f"{first} {last}") for grant_id, public_id, first, last in rows}


def require_none_waiting(session: Session, grant: Grant, decision: Decision | None = None) -> None:
    """Raise Conflict where a match already waits for approval."""
    waiting = find_waiting(session, grant)
    if waiting is not None and waiting.status is DecisionStatus.WAITING and waiting is not decision:
        name = session.get_one(Mentor, waiting.mentor_id).name
        raise Conflict(f"{name} venter allerede på godkendelse i forløbet. Træk det valg tilbage først.")
