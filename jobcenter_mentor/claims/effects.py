"""Virkning på rammen: what one more grant would cost, and how long the frame would last with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.claims.cockpit import IN_FRAME, chosen_kind, seen, year_before
from jobcenter_mentor.domain.course_months import spread
from jobcenter_mentor.domain.expected import expect
from jobcenter_mentor.domain.forecast import day_reached, running_totals
from jobcenter_mentor.domain.money import percent_half_away
from jobcenter_mentor.frames.models import Frame
from jobcenter_mentor.frames.service import FRAME_NAMES, CostLine, remaining


@dataclass(frozen=True)
class Effect:
    """Virkning af en bevilling mere: its cost, refund and own cost in øre, and the day the frame is used up.

    `before` and `after` are None where the frame is expected to last the year; `has_frame` is False where the year
    has no frame or the grant touches none.
    """

    year: int
    cost: int
    refund: int
    has_frame: bool
    before: date | None
    after: date | None

    @property
    def own_cost(self) -> int:
        """Egen udgift."""
        return self.cost - self.refund


def effect(session: Session, lines: Sequence[CostLine], *, first_day: date, last_day: date, on: date) -> Effect:
    """Virkningen af en bevilling mere on the frame of the working day's year, before anybody approves it.

    `lines` are its cost by year, as they would be reserved; the days tell when it is delivered. Reads the monthly
    sums, writes nothing.
    """
    year = on.year
    kind = chosen_kind(year, next((line.frame_kind for line in lines if line.year == year), None))
    frame = session.scalar(select(Frame).where(Frame.year == year, Frame.kind == kind))
    cost, refund = sum(line.cost for line in lines), sum(_refund_of(session, line) for line in lines)
    within = sum(line.cost for line in lines if (line.year, line.frame_kind) == (year, kind))
    if frame is None or not within:
        return Effect(year, cost, refund, False, None, None)
    months = seen(session.execute(IN_FRAME, {"year": year, "kind": kind}).all())
    expected = expect(year, until=on, months=months, before=year_before(session, year, kind))
    points = [(band.day, band.middle) for band in expected.points]
    more = _delivered_by(points, within, max(first_day, on), min(last_day, date(year, 12, 31)), expected.delivery_rate)
    with_it = [(day, total + added) for (day, total), added in zip(points, more, strict=True)]
    past = day_reached(running_totals(year, [month.delivered for month in months], until=on), frame.amount)
    before, after = (past or day_reached(curve, frame.amount) for curve in (points, with_it))
    return Effect(year, cost, refund, True, before, after)


def _refund_of(session: Session, line: CostLine) -> int:
    """Return the refund of a line: the rate of what its frame can take, of all where there is no frame."""
    base = line.cost
    if line.frame_kind in FRAME_NAMES:
        base = min(base, remaining(session, year=line.year, kind=line.frame_kind) or 0)
    return percent_half_away(base, Decimal(line.rate_percent) / 100)


def _delivered_by(
    points: Sequence[tuple[date, int]], cost: int, first_day: date, last_day: date, rate: float
) -> list[int]:
    """Return how much of a cost is delivered at each point of the curve, by days and at the rate of the others."""
    if last_day < first_day:
        return [0 for _ in points]
    parts = spread(first_day, last_day, round(cost * rate))
    reached = [sum(part for month, part in parts if month <= (day.year, day.month)) for day, _ in points]
    return [0, *reached[1:]]
