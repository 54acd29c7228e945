"""Forecast the year's delivered cost (forventet ved årets slut) by month, with a band of 8 of 10 outcomes.

It uses the monthly figures alone: what running courses are granted in the coming months, how much of the granted was
delivered so far, how many courses end early, and how many new ones begin. Amounts in øre, rounded at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

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


TEN_PER_CENT = 1.2816
"""Standard deviations from the middle to either end of a band that leaves a tenth outside on each side."""
MEMORY = 0.8
"""The weight of a month of delivery, beside the month after it."""
RATE_BEFORE, RATE_SPREAD, RATE_WEIGHT = 0.85, 0.10, 2.0
"""The delivered part of the granted before any month is known, its monthly spread, and the months it counts for."""
HAZARD_BEFORE, HAZARD_WEIGHT = 0.03, 30.0
"""The share of running courses that end early in a month before any is known, and the course months it counts for."""
UNEVEN = 0.6
"""The squared spread of the cost of a course, in parts of its mean."""
INTAKE_MONTHS = 9
"""The past months that show how many new courses begin."""
RESTLESS = 2.4
"""The least variance of a month's new courses, in parts of their number.

It is tuned on other made-up years than the tests use.
"""


class Seen(NamedTuple):
    """A past month: øre granted and delivered; courses with hours granted, begun, and ended early."""

    granted: int = 0
    delivered: int = 0
    running: int = 0
    started: int = 0
    stopped: int = 0


class Band(NamedTuple):
    """The total cost at the end of a day in øre: 1 of 10 outcomes is below `low`, 1 of 10 above `high`."""

    day: date
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Expected:
    """The forecast of the sum since 1 January, from today to New Year, with its rates.

    `delivery_rate` is the delivered part of the granted, `ending_rate` the share of courses that end early in a month,
    `new_courses` how many begin in a month.
    """

    points: list[Band]
    delivery_rate: float
    ending_rate: float
    new_courses: float

    @property
    def at_year_end(self) -> Band:
        """Return the forecast at the end of the year."""
        return self.points[-1]

    def used_up(self, amount: int) -> tuple[date | None, date | None, date | None]:
        """Return the earliest, expected and latest day the frame is used up; None for one after New Year."""
        high = day_reached([(band.day, band.high) for band in self.points], amount)
        middle = day_reached([(band.day, band.middle) for band in self.points], amount)
        return high, middle, day_reached([(band.day, band.low) for band in self.points], amount)


def expect(year: int, *, until: date, months: Sequence[Seen], before: Sequence[Seen]) -> Expected:
    """Return the forecast after the day `until`, from the year's twelve months and the twelve before them.

    Coming months already hold what is granted in them. A day outside the year gives what is delivered, without a band.
    """
    so_far = sum(month.delivered for month in months)
    if until >= date(year, 12, 31):
        return Expected([Band(date(year, 12, 31), so_far, so_far, so_far)], 0.0, 0.0, 0.0)
    view = _View(until, months, before)
    points = [Band(until, so_far, so_far, so_far)]
    for last in range(until.month, 13):
        mean, spread = view.until_month(last)
        middle, half = so_far + round(mean), round(TEN_PER_CENT * spread)
        end = month_of(year, last).last
        if end > until:
            points.append(Band(end, max(so_far, middle - half), middle, middle + half))
    return Expected(points, view.rate, view.hazard, view.intake)


class _View:
    """The view from a day: the rates of the past months, and the coming months under them."""

    def __init__(self, until: date, months: Sequence[Seen], before: Sequence[Seen]) -> None:
        self.month, self.months = until.month, months
        self.past_part = until.day / month_of(until.year, until.month).days
        self.before, self.whole_year_before = before, all(month.started for month in before)
        self.history = [*before, *months[: until.month - 1]]
        current = months[until.month - 1]
        self.rate, self.rate_spread, self.rate_weight = self._delivery(current)
        self.stops, self.hazard = self._ending(current)
        self.intake, self.intake_spread, self.intake_months = self._arrivals()
        self.length, self.monthly = self._course()

    def until_month(self, last: int) -> tuple[float, float]:
        """Return mean and standard deviation of what is delivered from tomorrow to the end of a month."""
        ahead = [self._ahead(number) for number in range(self.month, last + 1)]
        known = sum(kept for kept, _ in ahead)
        total = self.rate * sum(kept + new for kept, new in ahead)
        variance = self.rate_spread**2 * sum((kept + new) ** 2 for kept, new in ahead)
        variance += (self.rate_spread * sum(map(sum, ahead))) ** 2 * 2 / self.rate_weight
        variance += self._ending_variance(self.rate * known, len(ahead) - self.past_part)
        variance += self._arrival_variance(last)
        return total, sqrt(variance)

    def _ahead(self, number: int) -> tuple[float, float]:
        """Return what is granted in the rest of a month: what is left of the known, and what new courses bring."""
        part = 1 - self.past_part if number == self.month else 1.0
        alive = (1 - self.hazard) ** (self._until(number) + part / 2)
        new = sum(self._begin(begun) * self._worth(number - begun) for begun in range(self.month, number + 1))
        return self.months[number - 1].granted * part * alive, new * (part if number == self.month else 1.0)

    def _until(self, number: int) -> float:
        """Return the months from today to the beginning of a month; none for the current."""
        return max(0.0, number - self.month - self.past_part)

    def _begin(self, number: int) -> float:
        """Return the new courses of a month not granted yet, as recently and as in the same month a year ago."""
        part = 1 - self.past_part if number == self.month else 1.0
        last_year = self.before[number - 1].started
        usual = (self.intake + last_year) / 2 if self.whole_year_before else self.intake
        return max(0.0, usual - self.months[number - 1].started) * part

    def _worth(self, age: int) -> float:
        """Return the granted cost of a new course some months after it begins; half a month first and last."""
        running = min(max(self.length - 0.5 - age, 0.0), 1.0) if age else 0.5
        return self.monthly * running * (1 - self.hazard) ** age

    def _delivery(self, current: Seen) -> tuple[float, float, float]:
        """Return the delivered part of the granted, its spread from month to month, and the months behind it."""
        seen = [(month.granted, month.delivered) for month in self.history]
        seen.append((round(current.granted * self.past_part), current.delivered))
        parts = [(granted, made, MEMORY**age) for age, (granted, made) in enumerate(reversed(seen)) if granted > 0]
        usual = sum(granted for granted, *_ in parts) / len(parts) if parts else 1.0
        given = sum(weight * granted for granted, _, weight in parts) + RATE_WEIGHT * usual
        rate = (sum(weight * made for _, made, weight in parts) + RATE_WEIGHT * usual * RATE_BEFORE) / given
        seen_weight = sum(weight * granted / usual for granted, _, weight in parts)
        off = sum(weight * granted / usual * (made / granted - rate) ** 2 for granted, made, weight in parts)
        months = seen_weight + RATE_WEIGHT
        return rate, sqrt((off + RATE_WEIGHT * RATE_SPREAD**2) / months), months

    def _ending(self, current: Seen) -> tuple[int, float]:
        """Return how many courses ended early in a year, and the share of running ones a month."""
        year = self.history[-12:]
        stops = sum(month.stopped for month in year) + current.stopped
        exposed = sum(month.running for month in year) + current.running * self.past_part
        return stops, (stops + HAZARD_BEFORE * HAZARD_WEIGHT) / (exposed + HAZARD_WEIGHT)

    def _arrivals(self) -> tuple[float, float, int]:
        """Return new courses a month, the variance of their number in parts of it, and the months behind it."""
        counts = [month.started for month in self.history[-INTAKE_MONTHS:]]
        while counts and not counts[0]:
            counts.pop(0)
        if not counts:
            return 0.0, RESTLESS, 1
        mean = sum(counts) / len(counts)
        variance = sum((count - mean) ** 2 for count in counts) / max(len(counts) - 1, 1)
        return mean, max(RESTLESS, variance / mean), len(counts)

    def _course(self) -> tuple[float, float]:
        """Return the calendar months a course touches and its granted cost in a whole month."""
        year = [month for month in self.history[-12:] if month.running]
        running, started = sum(month.running for month in year), sum(month.started for month in year)
        if not running or not started:
            return 7.0, 0.0
        length = min(max(running / started, 2.0), 13.0)
        return length, sum(month.granted for month in year) / running * length / (length - 1)

    def _ending_variance(self, known: float, horizon: float) -> float:
        """Return the variance from which courses end early, and from the certainty of their share."""
        running = max(self.months[self.month - 1].running, 1)
        chance = known**2 / running * (1 + UNEVEN) * min(self.hazard * horizon / 3, 1 / 12)
        return chance + (known * horizon / 2 * self.hazard) ** 2 / (self.stops + 1)

    def _arrival_variance(self, last: int) -> float:
        """Return the variance from how many new courses begin, what each costs, and how certain both are."""
        variance = mean = 0.0
        for begun in range(self.month, last + 1):
            worth = self.rate * sum(self._worth(number - begun) for number in range(begun, last + 1))
            expected = self._begin(begun)
            variance += (self.intake_spread + UNEVEN) * expected * worth**2
            mean += expected * worth
        certain = self.intake * self.intake_months
        return variance + (mean**2 * self.intake_spread / certain if certain else 0.0)
