"""Frame contracts (rammekontrakter): what may be bought of a supplier in a period, and its first price."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.people.suppliers.models import FrameContract, Supplier
from jobcenter_mentor.people.suppliers.service import add_contract, record
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.locks import lock


@dataclass(frozen=True)
class NewFrameContract:
    """A new frame contract: `minutes` and `amount` (øre) in all, None for no limit; the price is øre an hour."""

    title: str
    valid_from: date
    valid_to: date
    hourly_price: int
    minutes: int | None = None
    amount: int | None = None
    report_weeks: int | None = None
    report_days: int = 7


def add_frame(session: Session, supplier: Supplier, new: NewFrameContract, *, actor: Actor) -> FrameContract:
    """Add a frame contract with its first price. Raises ValidationFailed by field, also when two would overlap."""
    if not new.title.strip():
        raise _wrong("title", "Skriv kontraktens navn eller nummer.")
    if new.valid_to < new.valid_from:
        raise _wrong("valid_to", "Slutdato ligger før startdato.")
    for field, value in (("minutes", new.minutes), ("amount", new.amount), ("report_weeks", new.report_weeks)):
        if value is not None and value <= 0:
            raise _wrong(field, "Skriv et tal over 0, eller lad feltet være tomt.")
    if not 0 <= new.report_days <= 90:
        raise _wrong("report_days", "Skriv et tal fra 0 til 90.")
    lock(session, supplier)
    for known in supplier.frames:
        if known.valid_from <= new.valid_to and known.valid_to >= new.valid_from:
            days = f"{known.valid_from:%d.%m.%Y}–{known.valid_to:%d.%m.%Y}"
            raise _wrong("valid_from", f"Rammekontrakten overlapper {known.title} ({days}).")
    frame = FrameContract(
        title=new.title.strip(),
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        minutes=new.minutes,
        amount=new.amount,
        report_weeks=new.report_weeks,
        report_days=new.report_days,
    )
    supplier.frames.append(frame)
    session.flush()
    add_contract(
        session,
        supplier,
        hourly_price=new.hourly_price,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        frame=frame,
        actor=actor,
    )
    record(session, supplier, actor)
    return frame


def frame_of(supplier: Supplier, public_id: str) -> FrameContract | None:
    """Return a frame contract of the supplier, None for an empty id. Raises NotFound for one of somebody else."""
    if not public_id:
        return None
    found = next((frame for frame in supplier.frames if frame.public_id == public_id), None)
    if found is None:
        raise NotFound("Rammekontrakten findes ikke.")
    return found


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
