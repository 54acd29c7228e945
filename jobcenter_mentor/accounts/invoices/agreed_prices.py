"""Agreed prices (aftalte priser): what an hour of a mentor may cost on a day, read for many courses at once.

The mentor's own dated price, else the supplier's contract of the day, else the price of the course (the municipality's
standard price when it was granted). Without any, the gap is named and nothing can be paid.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.people.mentors.models import Mentor, MentorPrice
from jobcenter_mentor.people.suppliers.models import Contract


@dataclass(frozen=True)
class AgreedPrice:
    """The agreed price of an hour in øre, None where none is in force; `gap` then says what is missing, in Danish."""

    price: int | None
    gap: str = ""


@dataclass
class PriceList:
    """The price list of some mentors."""

    mentors: dict[int, Mentor] = field(default_factory=dict)
    own: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))
    contracts: dict[int, list[tuple[date, date, int]]] = field(default_factory=lambda: defaultdict(list))

    def agreed(self, mentor_id: int | None, grant: Grant, period: Period) -> AgreedPrice:
        """Return the highest price in force on the first or the last day of a period."""
        days = {period.first, period.last}
        found = [self._on(mentor_id, grant, day) for day in sorted(days)]
        prices = [one.price for one in found if one.price is not None]
        gaps = [one for one in found if one.price is None]
        return gaps[0] if gaps else AgreedPrice(max(prices))

    def _on(self, mentor_id: int | None, grant: Grant, day: date) -> AgreedPrice:
        """Return the price of a day."""
        mentor = self.mentors.get(mentor_id) if mentor_id is not None else None
        if mentor is None:
            return AgreedPrice(_of_course(grant, day))
        if mentor.mentor_type == "FRIV":
            return AgreedPrice(0)
        own = [price for valid_from, price in self.own[mentor.id] if valid_from <= day]
        if own:
            return AgreedPrice(own[-1])
        if mentor.supplier_id is not None:
            contract = [price for a, b, price in self.contracts[mentor.supplier_id] if a <= day <= b]
            gap = f"Der er ingen kontrakt med {mentor.employer or 'leverandøren'} den {day:%d.%m.%Y}. Opret kontrakten."
            return AgreedPrice(contract[-1]) if contract else AgreedPrice(None, gap)
        price = _of_course(grant, day)
        gap = f"{mentor.name} har ingen timepris den {day:%d.%m.%Y}. Sæt mentorens pris."
        return AgreedPrice(price) if price else AgreedPrice(None, gap)


def price_list(session: Session, mentor_ids: Iterable[int]) -> PriceList:
    """Return the prices of some mentors, in three statements."""
    ids = sorted(set(mentor_ids))
    found = PriceList({one.id: one for one in session.scalars(select(Mentor).where(Mentor.id.in_(ids)))})
    for price in session.scalars(
        select(MentorPrice).where(MentorPrice.mentor_id.in_(ids)).order_by(MentorPrice.valid_from)
    ):
        found.own[price.mentor_id].append((price.valid_from, price.hourly_price))
    suppliers = {one.supplier_id for one in found.mentors.values() if one.supplier_id is not None}
    statement = select(Contract).where(Contract.supplier_id.in_(suppliers)).order_by(Contract.valid_from)
    for contract in session.scalars(statement):
        last = contract.valid_to or date.max
        found.contracts[contract.supplier_id].append((contract.valid_from, last, contract.hourly_price))
    return found


def _of_course(grant: Grant, day: date) -> int | None:
    """Return the price of the course on a day, None where it has none."""
    own = next((p.hourly_price for p in grant.periods if p.first_day <= day <= p.last_day), None)
    return own or grant.hourly_price or None
