"""From grant to refund (fra bevilling til refusion): hours granted, held and billed, and the refund by month, in øre.

The same sums stand on the course's chain page and in the cockpit; each is made of rows that can be opened.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine, PayLine
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.domain.accounts.course_months import spread
from jobcenter_mentor.domain.kernel.money import delivered_cost, round_half_away
from jobcenter_mentor.domain.kernel.periods import Period


@dataclass
class MonthSums:
    """The sums of one course in one month. Minutes are the citizen's part of the time, amounts are øre.

    `granted` is what the hours periods allow, `delivered` what was held at the granted price, `invoiced` what is
    billed and not rejected (whatever it is for), `released` the part of it that may be paid, `refunded` what closed
    claims ask the state for.
    """

    granted_minutes: int = 0
    held_minutes: int = 0
    billed_minutes: int = 0
    granted: int = 0
    delivered: int = 0
    invoiced: int = 0
    released: int = 0
    refunded: int = 0

    @property
    def not_held(self) -> int:
        """Minutes granted but not held; negative where more was held than granted."""
        return self.granted_minutes - self.held_minutes

    @property
    def unproven(self) -> int:
        """Minutes billed beyond what was held."""
        return max(0, self.billed_minutes - self.held_minutes)

    def plus(self, other: "MonthSums") -> "MonthSums":
        """Return the sums of two months together."""
        return MonthSums(*(own + theirs for own, theirs in zip(astuple(self), astuple(other), strict=True)))


Sums = dict[int, dict[int, MonthSums]]
"""Grant id -> month 1-12 -> sums."""


def sums_by_month(session: Session, *, year: int, grant_ids: list[int] | None = None) -> Sums:
    """Return grant id -> month 1-12 -> sums of one year; all courses, or those named. Holds no person."""
    found: Sums = defaultdict(lambda: defaultdict(MonthSums))
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    for grant_id, month, minutes, cost in _granted(session, whole, grant_ids):
        sums = found[grant_id][month]
        sums.granted_minutes += minutes
        sums.granted += cost
    for grant_id, month, minutes, cost in _delivered(session, whole, grant_ids):
        sums = found[grant_id][month]
        sums.held_minutes += minutes
        sums.delivered += cost
    _add_billed(session, whole, grant_ids, found)
    _add_refunded(session, year, grant_ids, found)
    return {grant_id: dict(months) for grant_id, months in found.items()}


def _granted(session: Session, whole: Period, grant_ids: list[int] | None) -> Iterator[tuple[int, int, int, int]]:
    """Yield grant, month, minutes and cost of what the hours periods allow; one rounding a period."""
    price = func.coalesce(GrantPeriod.hourly_price, Grant.hourly_price)
    statement = (
        select(
            Grant.id,
            Grant.place_share,
            GrantPeriod.first_day,
            GrantPeriod.last_day,
            GrantPeriod.minutes_per_week,
            price,
        )
        .join(Grant, Grant.id == GrantPeriod.grant_id)
        .where(GrantPeriod.first_day <= whole.last, GrantPeriod.last_day >= whole.first)
    )
    for grant_id, parts, first, last, weekly, hour in session.execute(statement.where(_among(Grant.id, grant_ids))):
        days = (last - first).days + 1
        cost = round_half_away(Fraction(weekly * days * hour, 7 * 60 * parts))
        minutes = round_half_away(Fraction(weekly * days, 7 * parts))
        shares = zip(spread(first, last, minutes), spread(first, last, cost), strict=True)
        for ((in_year, month), own_minutes), (_, own_cost) in shares:
            if in_year == whole.first.year:
                yield grant_id, month, own_minutes, own_cost


def _delivered(session: Session, whole: Period, grant_ids: list[int] | None) -> Iterator[tuple[int, int, int, int]]:
    """Yield grant, month, minutes and cost of what was held."""
    held = meetings.delivered(session, first=whole.first, last=whole.last)
    wanted = held.keys() if grant_ids is None else held.keys() & set(grant_ids)
    places = select(Grant.id, Grant.place_share).where(_among(Grant.id, grant_ids))
    shares = {row.id: row.place_share for row in session.execute(places)}
    for grant_id in wanted:
        for part in held[grant_id]:
            cost = delivered_cost(part.minutes, part.hourly_price, shares[grant_id])
            yield grant_id, part.month, round_half_away(Fraction(part.minutes, shares[grant_id])), cost


def _add_billed(session: Session, whole: Period, grant_ids: list[int] | None, found: Sums) -> None:
    """Add the lines that are billed and not rejected; a line over several months is shared by days."""
    columns = (
        PayLine.grant_id,
        PayLine.first_day,
        PayLine.last_day,
        PayLine.minutes,
        PayLine.amount,
        PayLine.released_on,
    )
    statement = select(*columns).where(
        PayLine.grant_id.is_not(None),
        PayLine.rejected_on.is_(None),
        PayLine.first_day <= whole.last,
        PayLine.last_day >= whole.first,
    )
    rows = session.execute(statement.where(_among(PayLine.grant_id, grant_ids)))
    for grant_id, first, last, minutes, amount, released in rows:
        for (in_year, month), part in spread(first, last, amount):
            if in_year == whole.first.year:
                found[grant_id or 0][month].invoiced += part
                found[grant_id or 0][month].released += part if released else 0
        for (in_year, month), part in spread(first, last, minutes):
            if in_year == whole.first.year:
                found[grant_id or 0][month].billed_minutes += part


def _add_refunded(session: Session, year: int, grant_ids: list[int] | None, found: Sums) -> None:
    """Add what closed claims ask the state for; corrections count with their sign."""
    statement = (
        select(ClaimLine.grant_id, ClaimLine.first_day, ClaimLine.last_day, ClaimLine.refund)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimLine.year == year, Claim.closed_on.is_not(None))
    )
    for grant_id, first, last, refund in session.execute(statement.where(_among(ClaimLine.grant_id, grant_ids))):
        for (_, month), part in spread(first, last, refund):
            found[grant_id][month].refunded += part


def _among(column: ColumnElement[Any] | InstrumentedAttribute[Any], grant_ids: list[int] | None) -> ColumnElement[bool]:
    """Narrow a query to the courses named."""
    return true() if grant_ids is None else column.in_(grant_ids)
