"""Suppliers and contracts (leverandører): who sells mentor hours, and at which price on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from jobcenter_mentor.domain.kernel.errors import DomainError, NotFound, NotInForce, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import check_cvr
from jobcenter_mentor.people.suppliers.models import Contract, FrameContract, Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

DEAREST_HOUR = 1_000_000
"""The highest price of an hour, in øre; more is a slip of the pen."""


@dataclass(frozen=True)
class NewSupplier:
    """A new supplier from a form."""

    name: str
    cvr: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""


def register(session: Session, new: NewSupplier, *, actor: Actor) -> Supplier:
    """Register a supplier. Raises ValidationFailed on a wrong CVR number or a name already taken."""
    name = new.name.strip()
    cvr = checked_cvr(new.cvr)
    if session.scalar(select(Supplier.id).where(Supplier.name == name)) is not None:
        message = f"Leverandøren {name} findes allerede."
        raise ValidationFailed(message, errors={"name": [message]})
    supplier = Supplier(name=name, cvr=cvr, contact_name=new.contact_name, phone=new.phone, email=new.email)
    session.add(supplier)
    session.flush()
    record(session, supplier, actor)
    return supplier


def add_contract(
    session: Session,
    supplier: Supplier,
    *,
    hourly_price: int,
    valid_from: date,
    valid_to: date | None = None,
    frame: FrameContract | None = None,
    actor: Actor,
) -> Contract:
    """Add a price: one hour in øre from a day on; an open price before it ends the day before.

    A price of a frame contract lies within it and ends with it. Raises ValidationFailed when the price can't be right,
    the days are swapped or outside the frame, or when two prices would overlap or leave a gap of days without price.
    """
    if not 0 < hourly_price <= DEAREST_HOUR:
        raise _wrong("hourly_price", "Timeprisen skal være over 0 kr. og højst 10.000 kr.")
    if frame is not None:
        valid_to = valid_to or frame.valid_to
        if valid_from < frame.valid_from or valid_to > frame.valid_to:
            raise _wrong("valid_from", f"Prisen ligger uden for rammekontrakten {_days(frame)}.")
    if valid_to is not None and valid_to < valid_from:
        raise _wrong("valid_to", "Slutdato ligger før startdato.")
    lock(session, supplier)
    _make_room(supplier, valid_from, valid_to)
    contract = Contract(valid_from=valid_from, valid_to=valid_to, hourly_price=hourly_price)
    contract.frame_contract_id = frame.id if frame is not None else None
    supplier.contracts.append(contract)
    session.flush()
    record(session, supplier, actor)
    return contract


def _make_room(supplier: Supplier, first: date, last: date | None) -> None:
    """End the open price before a new one; refuse an overlap, and days without price next to the new one."""
    for earlier in supplier.contracts:
        until = earlier.valid_to
        in_frame = until is not None and until >= first and earlier.frame_contract_id is not None
        if earlier.valid_from < first and (until is None or in_frame):
            if until is not None and last is not None and last < until:
                raise _gap("valid_to", last, until + timedelta(days=1))
            earlier.valid_to = first - timedelta(days=1)
        if (earlier.valid_to or date.max) >= first and earlier.valid_from <= (last or date.max):
            raise _wrong("valid_from", f"Prisen overlapper den fra {earlier.valid_from:%d.%m.%Y}.")
    before = max((row.valid_to for row in supplier.contracts if row.valid_to and row.valid_to < first), default=None)
    after = min((row.valid_from for row in supplier.contracts if row.valid_from > first), default=None)
    if before is not None and (first - before).days > 1:
        raise _gap("valid_from", before, first)
    if after is not None and last is not None and (after - last).days > 1:
        raise _gap("valid_to", last, after)


def _gap(field: str, before: date, after: date) -> ValidationFailed:
    """Name the days without price between two days that have one."""
    first, last = before + timedelta(days=1), after - timedelta(days=1)
    return _wrong(
        field, f"Der bliver ingen pris {first:%d.%m.%Y}–{last:%d.%m.%Y}. Ret datoen, så perioderne hænger sammen."
    )


def get_supplier(session: Session, public_id: str, *, actor: Actor) -> Supplier:
    """Return a supplier with its contracts. Raises NotFound when there is none that the user may see."""
    statement = visible(
        select(Supplier).where(Supplier.public_id == public_id), Supplier, actor.user, "supplier.read", actor.day
    )
    found = session.scalar(statement.options(selectinload(Supplier.contracts), selectinload(Supplier.frames)))
    if found is None:
        raise NotFound("Leverandøren findes ikke.")
    return found


def list_suppliers(session: Session, *, actor: Actor) -> Sequence[Supplier]:
    """Return the suppliers that the user may see, by name, with their contracts."""
    statement = visible(select(Supplier), Supplier, actor.user, "supplier.read", actor.day)
    return session.scalars(
        statement.options(selectinload(Supplier.contracts)).order_by(Supplier.sort_key, Supplier.id)
    ).all()


def find_contract_price(session: Session, supplier_id: int, day: date) -> int | None:
    """Return the contract's price of one hour in øre on a day, None where no contract is in force."""
    return session.scalar(
        select(Contract.hourly_price)
        .where(Contract.supplier_id == supplier_id, Contract.valid_from <= day)
        .where(or_(Contract.valid_to.is_(None), Contract.valid_to >= day))
        .order_by(Contract.valid_from.desc())
        .limit(1)
    )


def price_of_contract(session: Session, supplier_id: int, day: date) -> int:
    """Return the contract's price in øre on a day. Raises NotInForce, naming supplier and day, where there is none."""
    price = find_contract_price(session, supplier_id, day)
    if price is None:
        name = session.scalars(select(Supplier.name).where(Supplier.id == supplier_id)).one()
        message = f"{name} har ingen timepris den {day:%d.%m.%Y}. Indtast kontraktens pris først."
        raise NotInForce("contract", day, message)
    return price


def checked_cvr(text: str) -> str:
    """Return a checked CVR number; empty is allowed. Raises ValidationFailed at the field."""
    if not text:
        return ""
    try:
        return check_cvr(text)
    except DomainError as error:
        raise _wrong("cvr", error.message) from error


def record(session: Session, supplier: Supplier, actor: Actor) -> None:
    """Log that a supplier, its contracts or its prices were written."""
    audit.record(
        session,
        by=actor.user,
        action="supplier.write",
        subject="supplier",
        subject_id=supplier.public_id,
        detail={"on": actor.day.isoformat()},
    )


def _days(frame: FrameContract) -> str:
    return f"{frame.valid_from:%d.%m.%Y}–{frame.valid_to:%d.%m.%Y}"


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
