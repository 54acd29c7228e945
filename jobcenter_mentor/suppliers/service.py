"""Leverandører og kontrakter: who sells mentor hours, and at which price on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.domain.errors import DomainError, NotFound, ValidationFailed
from jobcenter_mentor.domain.identifiers import check_cvr
from jobcenter_mentor.suppliers.models import Contract, Supplier

DEAREST_HOUR = 1_000_000
"""The highest price of an hour, in øre; more is a slip of the pen."""


@dataclass(frozen=True)
class NewSupplier:
    """Ny leverandør: what a form gives."""

    name: str
    cvr: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""


def register(session: Session, new: NewSupplier, *, by: User, on: date) -> Supplier:
    """Opret en leverandør. Raises ValidationFailed on a wrong CVR number or a name already taken."""
    name = new.name.strip()
    cvr = _checked_cvr(new.cvr)
    if session.scalar(select(Supplier.id).where(Supplier.name == name)) is not None:
        message = f"Leverandøren {name} findes allerede."
        raise ValidationFailed(message, errors={"name": [message]})
    supplier = Supplier(name=name, cvr=cvr, contact_name=new.contact_name, phone=new.phone, email=new.email)
    session.add(supplier)
    session.flush()
    _record(session, supplier, by, on)
    return supplier


def add_contract(
    session: Session, supplier: Supplier, *, hourly_price: int, valid_from: date, valid_to: date | None = None,
    by: User, on: date,
) -> Contract:  # fmt: skip
    """Tilføj en kontrakt: the price of one hour in øre, from a day on; an open contract ends the day before.

    Raises ValidationFailed when the price can't be right, the days are swapped or two contracts would overlap.
    """
    if not 0 < hourly_price <= DEAREST_HOUR:
        raise _wrong("hourly_price", "Timeprisen skal være over 0 kr. og højst 10.000 kr.")
    if valid_to is not None and valid_to < valid_from:
        raise _wrong("valid_to", "Slutdato ligger før startdato.")
    for earlier in supplier.contracts:
        if earlier.valid_to is None and earlier.valid_from < valid_from:
            earlier.valid_to = valid_from - timedelta(days=1)
        if (earlier.valid_to or date.max) >= valid_from and earlier.valid_from <= (valid_to or date.max):
            raise _wrong("valid_from", f"Kontrakten overlapper kontrakten fra {earlier.valid_from:%d.%m.%Y}.")
    contract = Contract(valid_from=valid_from, valid_to=valid_to, hourly_price=hourly_price)
    supplier.contracts.append(contract)
    session.flush()
    _record(session, supplier, by, on)
    return contract


def get_supplier(session: Session, public_id: str, *, by: User, on: date) -> Supplier:
    """Hent en leverandør with its contracts. Raises NotFound when there is none that the user may see."""
    statement = visible(select(Supplier).where(Supplier.public_id == public_id), Supplier, by, "supplier.read", on)
    found = session.scalar(statement.options(selectinload(Supplier.contracts)))
    if found is None:
        raise NotFound("Leverandøren findes ikke.")
    return found


def list_suppliers(session: Session, *, by: User, on: date) -> Sequence[Supplier]:
    """Leverandører, som brugeren må se, by name, with their contracts."""
    statement = visible(select(Supplier), Supplier, by, "supplier.read", on)
    return session.scalars(statement.options(selectinload(Supplier.contracts)).order_by(Supplier.name)).all()


def find_contract_price(session: Session, supplier_id: int, day: date) -> int | None:
    """Return the contract's price of one hour in øre on a day, None where no contract is in force."""
    return session.scalar(
        select(Contract.hourly_price)
        .where(Contract.supplier_id == supplier_id, Contract.valid_from <= day)
        .where(or_(Contract.valid_to.is_(None), Contract.valid_to >= day))
        .order_by(Contract.valid_from.desc())
        .limit(1)
    )


def _checked_cvr(text: str) -> str:
    if not text:
        return ""
    try:
        return check_cvr(text)
    except DomainError as error:
        raise _wrong("cvr", error.message) from error


def _record(session: Session, supplier: Supplier, by: User, on: date) -> None:
    audit.record(
        session,
        by=by,
        action="supplier.write",
        subject="supplier",
        subject_id=supplier.public_id,
        detail={"on": on.isoformat()},
    )


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
