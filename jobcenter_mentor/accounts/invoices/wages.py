"""Wage lines (lønlinjer): internal mentors' pay for a month, a line a course, from approved time sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.accounts.invoices.agreed_prices import price_list
from jobcenter_mentor.accounts.invoices.models import PayLine, TimeSheet
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.periods import Period, month_of
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock_office

WAGED = frozenset({"INT", "BOST", "SAGS", "TILB", "VKON", "UDD", "HONO"})
"""Mentor types that the municipality pays itself; suppliers and workplaces send invoices, volunteers get none."""


@dataclass(frozen=True)
class Booked:
    """How many wage lines were made, and what stopped the others, in Danish."""

    lines: Sequence[PayLine]
    gaps: tuple[str, ...]


def book(session: Session, *, year: int, month: int, actor: Actor) -> Booked:
    """Make the month's wage lines from approved time sheets without one; a missing price makes no line and is named.

    The amount is the actual wage per hour x the approved hours (BEK § 122, stk. 1), a place mentor's time by places.
    Raises ValidationFailed for a month that is not over.
    """
    days = month_of(year, month)
    if days.last >= actor.day:
        raise ValidationFailed("Måneden er ikke slut. Lønlinjer laves af godkendte timesedler.")
    lock_office(session)
    found = session.execute(_unpaid(year, month, days)).all()
    prices = price_list(session, {mentor.id for _, _, mentor in found})
    lines, gaps = [], []
    for sheet, grant, mentor in found:
        last = grant.ended_on or grant.last_day
        period = Period(max(days.first, grant.start), max(grant.start, min(days.last, last)))
        agreed = prices.agreed(mentor.id, grant, period)
        if agreed.price is None:
            gaps.append(agreed.gap)
            continue
        minutes = round_half_away(Fraction(sheet.minutes, grant.place_share))
        lines.append(_line(grant, mentor, period, minutes, agreed.price, actor))
    session.add_all(lines)
    month_sums.keep(session, *{line.grant_id for line in lines if line.grant_id})
    if lines:
        citizens = [line.citizen_id for line in lines]
        subject = f"{year}-{month:02d}"
        audit.record(
            session, by=actor.user, action="invoice.enter", subject="wages", subject_id=subject, citizens=citizens
        )
    return Booked(lines, tuple(dict.fromkeys(gaps)))


def _unpaid(year: int, month: int, days: Period) -> Select[TimeSheet, Grant, Mentor]:
    """Approved sheets of waged mentors without a wage line that is paid or waits."""
    paid = (
        select(PayLine.id)
        .where(
            PayLine.kind == "wage",
            PayLine.rejected_on.is_(None),
            or_(PayLine.credited < PayLine.amount, PayLine.amount == 0),
            PayLine.grant_id == TimeSheet.grant_id,
            PayLine.mentor_id == TimeSheet.mentor_id,
            PayLine.first_day.between(days.first, days.last),
        )
        .exists()
    )
    return (
        select(TimeSheet, Grant, Mentor)
        .join(Grant, Grant.id == TimeSheet.grant_id)
        .join(Mentor, Mentor.id == TimeSheet.mentor_id)
        .where(
            TimeSheet.year == year,
            TimeSheet.month == month,
            TimeSheet.approved_on.is_not(None),
            TimeSheet.minutes > 0,
            Mentor.mentor_type.in_(WAGED),
            Mentor.supplier_id.is_(None),
            ~paid,
        )
        .options(lazyload(Grant.citizen), lazyload(Grant.mentor))
        .order_by(TimeSheet.id)
    )


def _line(grant: Grant, mentor: Mentor, period: Period, minutes: int, price: int, actor: Actor) -> PayLine:
    return PayLine(
        kind="wage",
        grant_id=grant.id,
        citizen_id=grant.citizen_id,
        mentor_id=mentor.id,
        first_day=period.first,
        last_day=period.last,
        minutes=minutes,
        hourly_price=price,
        amount=round_half_away(Fraction(minutes * price, 60)),
        entered_by_id=actor.user.id,
        entered_on=actor.day,
    )
