"""CPR numbers over time (CPR-numre): a new number from a day; the old one still finds the citizen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import birth_date_of, check_cpr, mask_cpr, sex_of
from jobcenter_mentor.people.citizens.models import Citizen, FormerNumber
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import blind_index


def change(
    session: Session, citizen: Citizen, cpr: str, *, replaced_on: date, reason: str, actor: Actor
) -> FormerNumber:
    """Change the CPR number from a day that is not ahead; birth date and sex follow the new number.

    A number the citizen had before may come back. Raises ValidationFailed by field, and Conflict when the number is
    somebody's: two rows of one person are merged.
    """
    if not actor.may("citizen.contact.write", citizen):
        raise NotAllowed("Du har ikke adgang til at ændre borgerens CPR-nummer.")
    number = _checked(cpr, actor.day)
    errors = {}
    if number == citizen.cpr:
        errors["cpr"] = ["Det er det nummer, borgeren har nu."]
    if not citizen.birth_date <= replaced_on <= actor.day:
        errors["replaced_on"] = ["Dagen skal ligge mellem borgerens fødsel og i dag."]
    if not reason.strip():
        errors["reason"] = ["Skriv, hvorfor nummeret skiftes."]
    if errors:
        raise ValidationFailed("CPR-nummeret kan ikke skiftes. Ret felterne.", errors=errors)
    _require_unused(session, citizen, number)
    former = FormerNumber(
        citizen_id=citizen.id,
        cpr=citizen.cpr,
        cpr_index=citizen.cpr_index,
        replaced_on=replaced_on,
        reason=reason.strip(),
        by_id=actor.user.id,
    )
    session.add(former)
    citizen.cpr, citizen.cpr_index = number, blind_index(number)
    citizen.birth_date, citizen.sex = birth_date_of(number), "K" if sex_of(number) == "kvinde" else "M"
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="citizen.cpr_change",
        subject="citizen",
        subject_id=citizen.public_id,
        citizens=[citizen.id],
        detail={"replaced_on": str(replaced_on), "reason": reason.strip()},
    )
    return former


def former_of(session: Session, citizen: Citizen) -> list[tuple[str, date, str]]:
    """Return the earlier numbers, masked, with the day and the reason of each change, newest first."""
    rows = session.scalars(select(FormerNumber).where(FormerNumber.citizen_id == citizen.id))
    found = sorted(rows, key=lambda row: (row.replaced_on, row.id), reverse=True)
    return [(mask_cpr(row.cpr), row.replaced_on, row.reason) for row in found]


def numbered(index: bytes) -> ColumnElement[bool]:
    """Return the condition that a citizen has the number now or had it earlier, for a query on `Citizen`."""
    earlier = select(FormerNumber.citizen_id).where(FormerNumber.cpr_index == index)
    return (Citizen.cpr_index == index) | Citizen.id.in_(earlier)


def not_merged() -> ColumnElement[bool]:
    """Return the condition that a citizen is not merged into another, for a query on `Citizen`."""
    gone = select(FormerNumber.old_citizen_id).where(FormerNumber.old_citizen_id == Citizen.id)
    return ~gone.correlate(Citizen).exists()


def formerly(session: Session, indexes: Iterable[bytes]) -> dict[bytes, int]:
    """Return the citizens' ids by the numbers among those given that the citizen no longer has."""
    rows: Any = select(FormerNumber.cpr_index, FormerNumber.citizen_id)
    return dict(session.execute(rows.where(FormerNumber.cpr_index.in_(list(indexes)))).all())


def owners_of(session: Session, indexes: Sequence[bytes]) -> dict[bytes, int]:
    """Return the citizen's id by each number, present or earlier; numbers that are nobody's are left out."""
    now: Any = select(Citizen.cpr_index, Citizen.id).where(Citizen.cpr_index.in_(indexes))
    return formerly(session, indexes) | dict(session.execute(now).all())


def is_used(session: Session, number: str) -> bool:
    """Return whether the number of ten digits is or was somebody's."""
    return session.scalar(select(Citizen.id).where(numbered(blind_index(number)))) is not None


def _require_unused(session: Session, citizen: Citizen, number: str) -> None:
    """Raise Conflict when another citizen has or had the number; one that this citizen gets back is former no more."""
    owner = session.scalar(select(Citizen.id).where(numbered(blind_index(number))))
    if owner is None:
        return
    back = select(FormerNumber).where(FormerNumber.cpr_index == blind_index(number))
    former = session.scalar(back.where(FormerNumber.old_citizen_id.is_(None)))
    if owner == citizen.id and former is not None:
        session.delete(former)
        session.flush()
        return
    text = "En anden borger er oprettet med det nummer. Er det samme person, lægger teamlederen de to sammen."
    raise Conflict(text, errors={"cpr": [text]})


def _checked(text: str, on: date) -> str:
    try:
        return check_cpr(text, on).number
    except DomainError as error:
        raise ValidationFailed(error.message, errors={"cpr": [error.message]}) from error
