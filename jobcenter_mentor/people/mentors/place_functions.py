"""Place mentor functions (pladsmentorfunktioner), within the hours that the company has released."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.hours import hours_short
from jobcenter_mentor.people.mentors.contract_hours import WEEK
from jobcenter_mentor.people.mentors.models import Mentor, MentorFunction
from jobcenter_mentor.people.suppliers.models import CompanyAgreement
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit


def place_function(
    session: Session,
    mentor: Mentor,
    *,
    workplace: str,
    minutes_per_week: int,
    places: int,
    valid_from: date,
    valid_to: date | None = None,
    agreement: CompanyAgreement | None = None,
    actor: Actor,
) -> MentorFunction:
    """Add a place mentor function: minutes a week for all places together, of the hours a company has released.

    Raises ValidationFailed by field, also when the company's agreement has no such hours or places left.
    """
    if places < 1:
        raise _wrong("places", "Der skal være mindst én plads.")
    if not 0 < minutes_per_week <= WEEK:
        raise _wrong("minutes_per_week", "Uden for det tilladte (over 0 og højst 168 timer).")
    if valid_to is not None and valid_to < valid_from:
        raise _wrong("valid_to", "Slutdato ligger før startdato.")
    same = (MentorFunction.mentor_id == mentor.id, MentorFunction.workplace == workplace)
    if session.scalar(select(MentorFunction.id).where(*same, MentorFunction.valid_from == valid_from).limit(1)):
        raise _wrong("workplace", f"Mentoren har allerede en funktion på {workplace} fra {valid_from:%d.%m.%Y}.")
    if agreement is not None:
        _check_released(session, agreement, minutes_per_week, places, valid_from, valid_to)
    function = MentorFunction(
        company_agreement_id=agreement.id if agreement is not None else None,
        mentor_id=mentor.id,
        workplace=workplace,
        minutes_per_week=minutes_per_week,
        places=places,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(function)
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="mentor.function",
        subject="mentor",
        subject_id=mentor.public_id,
        detail={"on": actor.day.isoformat()},
    )
    return function


def list_functions(session: Session, mentor: Mentor) -> Sequence[MentorFunction]:
    """Return the place functions of a mentor, the newest first."""
    of_mentor = select(MentorFunction).where(MentorFunction.mentor_id == mentor.id)
    return session.scalars(of_mentor.order_by(MentorFunction.valid_from.desc(), MentorFunction.id)).all()


@dataclass(frozen=True)
class Placed:
    """What the place mentors use of a company agreement (virksomhedsaftale): minutes a week and places."""

    functions: list[MentorFunction] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """Minutes a week of all functions together."""
        return sum(one.minutes_per_week for one in self.functions)

    @property
    def places(self) -> int:
        """Places of all functions together."""
        return sum(one.places for one in self.functions)


def list_of_agreements(session: Session, agreement_ids: Sequence[int], on: date) -> dict[int, Placed]:
    """Return the running and coming place functions under company agreements with their mentors, by agreement id."""
    statement = select(MentorFunction).where(
        MentorFunction.company_agreement_id.in_(agreement_ids), func.coalesce(MentorFunction.valid_to, on) >= on
    )
    found = {key: Placed() for key in agreement_ids}
    for one in session.scalars(statement.order_by(MentorFunction.valid_from, MentorFunction.id)):
        found[one.company_agreement_id or 0].functions.append(one)
    return found


def _check_released(
    session: Session, agreement: CompanyAgreement, minutes: int, places: int, first: date, last: date | None
) -> None:
    """Refuse a function outside the agreement's days, or above its released hours or places together with the others.

    The agreement is locked, so that two functions at once are heard one after the other.
    """
    session.scalars(select(CompanyAgreement).where(CompanyAgreement.id == agreement.id).with_for_update()).one()
    if first < agreement.valid_from or (agreement.valid_to or date.max) < (last or first):
        raise _wrong("valid_from", "Funktionen ligger uden for virksomhedsaftalens periode.")
    others = session.execute(
        select(
            func.coalesce(func.sum(MentorFunction.minutes_per_week), 0),
            func.coalesce(func.sum(MentorFunction.places), 0),
        )
        .where(MentorFunction.company_agreement_id == agreement.id)
        .where(func.coalesce(MentorFunction.valid_to, first) >= first)
        .where(MentorFunction.valid_from <= (last or date.max))
    ).one()
    left, free = agreement.released_minutes - others[0], agreement.places - others[1]
    if minutes > left:
        raise _wrong("minutes_per_week", f"{agreement.company} har kun frikøbt {hours_short(left)}/uge mere.")
    if places > free:
        raise _wrong("places", f"Aftalen med {agreement.company} har kun {free} ledige pladser.")


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
