"""Follow the use of a frame (rammens forløb) month by month, and find the day it is used up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from jobcenter_mentor.domain.kernel.periods import month_of


def running_totals(year: int, by_month: Sequence[int], *, until: date) -> list[tuple[date, int]]:
    """Return (day, øre since 1 January) at the end of each month before `until`, and on that day."""
    points, total = [(date(year - 1, 12, 31), 0)], 0
    for number in range(1, until.month + 1):
        total += by_month[number - 1]
        points.append((min(month_of(year, number).last, until), total))
    return points


def day_reached(points: Sequence[tuple[date, int]], limit: int) -> date | None:
    """Return the day the line through the points first passes the limit, evenly by day; None where it does not."""
    for (before, low), (after, high) in pairwise(points):
        if low <= limit < high:
            days = (after - before).days
            return before + timedelta(days=-(-(limit - low) * days // (high - low)))
    return None
