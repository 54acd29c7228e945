"""Estimate what one more grant would cost (virkning), and how long the frame or the budget lasts with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.frames.service import CostLine, kinds_of, remaining
from jobcenter_mentor.domain.accounts.course_months import spread
from jobcenter_mentor.domain.forecast.year_end import day_reached, expect, running_totals
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.money import percent_half_away
from jobcenter_mentor.figures.budget.year_months import chosen_kind, months_of, year_before
from jobcenter_mentor.platform.access.models import Team


@dataclass(frozen=True)
class Effect:
    """The effect of one more grant (virkning): cost, refund and own cost in øre, and when the amount is used up.

    `before` and `after` are days, None where the amount is expected to last the year; `has_frame` is False where there
    is no frame or budget, or the grant touches none. `team` is whose budget it is, in a year without a frame.
    """

    year: int
    cost: int
    refund: int
    has_frame: bool
    before: date | None
    after: date | None
    team: str = ""

    @property
    def own_cost(self) -> int:
        """Return the municipality's own cost (egen udgift), in øre."""
        return self.cost - self.refund


def effect(
    session: Session, lines: Sequence[CostLine], *, first_day: date, last_day: date, on: date, team: str = ""
) -> Effect:
    """Return the effect of one more grant (virkning) on the frame of the working day's year, before it is approved.

    `lines` are its cost by year, as they would be reserved; the days say when it is delivered. A year without a frame
    uses the budget of the `team` with that public id. Reads the monthly sums and writes nothing.
    """
    year = on.year
    kind = chosen_kind(year, next((line.frame_kind for line in lines if line.year == year), None))
    amount, name = _limit(session, year, kind, team)
    cost, refund = sum(line.cost for line in lines), sum(_refund_of(session, line) for line in lines)
    kinds = (kind,) if kinds_of(year) else None
    within = sum(line.cost for line in lines if line.year == year and (kinds is None or line.frame_kind in kinds))
    if amount is None or not within:
        return Effect(year, cost, refund, False, None, None, name)
    months = months_of(session, year, kind, team or None)
    expected = expect(year, until=on, months=months, before=year_before(session, year, kind, team or None))
    points = [(band.day, band.middle) for band in expected.points]
    more = _delivered_by(points, within, max(first_day, on), min(last_day, date(year, 12, 31)), expected.delivery_rate)
    with_it = [(day, total + added) for (day, total), added in zip(points, more, strict=True)]
    past = day_reached(running_totals(year, [month.delivered for month in months], until=on), amount)
    before, after = (past or day_reached(curve, amount) for curve in (points, with_it))
    return Effect(year, cost, refund, True, before, after, name)


def _limit(session: Session, year: int, kind: str, team: str) -> tuple[int | None, str]:
    """Return the amount of the frame, or of the team's budget and the team's name; None where it is not set."""
    if kinds_of(year):
        return session.scalar(select(Frame.amount).where(Frame.year == year, Frame.kind == kind)), ""
    budget = select(Team.name, Frame.amount).outerjoin(Frame, (Frame.team_id == Team.id) & (Frame.year == year))
    found = session.execute(budget.where(Team.public_id == team)).one_or_none()
    return (found.amount, found.name) if found else (None, "")


def _refund_of(session: Session, line: CostLine) -> int:
    """Return the refund of a line: the rate of what its frame can take, or of everything where there is no frame."""
    base = line.cost
    if line.frame_kind in FRAME_NAMES:
        base = min(base, remaining(session, year=line.year, kind=line.frame_kind) or 0)
    return percent_half_away(base, Decimal(line.rate_percent) / 100)


def _delivered_by(
    points: Sequence[tuple[date, int]], cost: int, first_day: date, last_day: date, rate: float
) -> list[int]:
    """Return how much of a cost is delivered at each point of the curve, by days and at the others' rate."""
    if last_day < first_day:
        return [0 for _ in points]
    parts = spread(first_day, last_day, round(cost * rate))
    reached = [sum(part for month, part in parts if month <= (day.year, day.month)) for day, _ in points]
    return [0, *reached[1:]]
