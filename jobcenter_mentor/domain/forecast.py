"""Rammens forløb: what is delivered and what is planned, month by month, and the day the frame is used up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from jobcenter_mentor.domain.money import round_half_away
from jobcenter_mentor.domain.periods import Period


@dataclass(frozen=True)
class Commitment:
    """Bevilgede timer: minutes a week in a period, at the price of an hour in øre; 1/`share` of a place function."""

    period: Period
    minutes_per_week: int
    hourly_price: int
    share: int = 1


def month_of(year: int, month: int) -> Period:
    """Måneden: from its first to its last day."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), following - timedelta(days=1))


def planned_by_month(commitments: Iterable[Commitment], *, year: int, after: date) -> list[int]:
    """Planlagt udgift: the twelve months of a year in øre, only days later than `after`; rounded once a month."""
    months = [month_of(year, number) for number in range(1, 13)]
    planned = [Fraction(0)] * 12
    for commitment in commitments:
        first = max(commitment.period.first, after + timedelta(days=1))
        if first > commitment.period.last:
            continue
        left = Period(first, commitment.period.last)
        weekly = Fraction(commitment.minutes_per_week * commitment.hourly_price, 7 * 60 * commitment.share)
        for index, month in enumerate(months):
            shared = left.overlap(month)
            planned[index] += weekly * (shared.days if shared else 0)
    return [round_half_away(cost) for cost in planned]


def delivered_cost(minutes: int, hourly_price: int, share: int = 1) -> int:
    """Leveret udgift: held minutes at the price of an hour, in whole øre, half away from zero."""
    return round_half_away(Fraction(minutes * hourly_price, 60 * share))


def running_totals(year: int, by_month: Sequence[int], *, until: date) -> list[tuple[date, int]]:
    """I alt siden 1. januar: (day, øre) at the end of each month before `until`, and on that day."""
    points, total = [(date(year - 1, 12, 31), 0)], 0
    for number in range(1, until.month + 1):
        total += by_month[number - 1]
        points.append((min(month_of(year, number).last, until), total))
    return points


def expected_totals(start: tuple[date, int], planned: Sequence[int]) -> list[tuple[date, int]]:
    """Forventet i alt: from today's point, (day, øre) at the end of this month and each later one."""
    day, total = start
    points = []
    for number in range(day.month, 13):
        total += planned[number - 1]
        last = month_of(day.year, number).last
        if last > day:
            points.append((last, total))
    return points


def day_reached(points: Sequence[tuple[date, int]], limit: int) -> date | None:
    """Dagen rammen er brugt: where the line through the points first passes the limit, evenly by day; else None."""
    for (before, low), (after, high) in pairwise(points):
        if low <= limit < high:
            days = (after - before).days
            return before + timedelta(days=-(-(limit - low) * days // (high - low)))
    return None
