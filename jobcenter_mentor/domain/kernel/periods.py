"""Perioder: days both included, months counted the way the law is read, working days with Danish holidays."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from jobcenter_mentor.domain.kernel.errors import DomainError

SHORTEST_MONTH = 28


@dataclass(frozen=True, order=True)
class Period:
    """Periode: from the first to the last day, both included. Raises DomainError when they are swapped."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DomainError("Slutdatoen ligger før startdatoen.", code="date_order")

    @property
    def days(self) -> int:
        """Antal dage, the first and the last counted."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """Antal påbegyndte uger."""
        return -(-self.days // 7)

    def contains(self, day: date) -> bool:
        """Ligger dagen i perioden? The first and the last day do."""
        return self.first <= day <= self.last

    def overlap(self, other: Period) -> Period | None:
        """Overlap: the days both periods hold, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def split_by_year(self) -> list[Period]:
        """Del ved nytår: one period per calendar year."""
        years = range(self.first.year, self.last.year + 1)
        return [Period(max(self.first, date(y, 1, 1)), min(self.last, date(y, 12, 31))) for y in years]

    def split_by_month(self) -> list[Period]:
        """Del ved månedsskifter: one period per calendar month."""
        numbers = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        months = [month_of(number // 12, number % 12 + 1) for number in numbers]
        return [Period(max(self.first, month.first), min(self.last, month.last)) for month in months]


def month_of(year: int, month: int) -> Period:
    """Måneden: from its first to its last day."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months_after(day: date, months: int) -> date:
    """Samme dato måneder senere (earlier when negative); the last day of that month where the date does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """Samme dato måneder tidligere: 31 May less 3 months is 28 or 29 February (LAB § 31 b, stk. 2)."""
    return months_after(day, -months)


def last_day_of_months(start: date, months: int) -> date:
    """Sidste dag i en periode på hele måneder: the day before the same date; 13 January and 6 months end on 12 July.

    Where that date does not exist, the last day of the month: 31 August and 6 months end on 28 or 29 February.
    """
    same = months_after(start, months)
    return same - timedelta(days=1) if same.day == start.day else same


FAR_AHEAD = "Dagen ligger mere end et år fremme. Se efter, om årstallet er rigtigt."


def is_far_ahead(promised: date, on: date) -> bool:
    """Tell whether a promised day is over a year away, which is a mistyped year and would hide the clock."""
    return promised > months_after(on, 12)


A_YEAR_AHEAD = "Dagen ligger et år eller mere fremme. Se efter, om årstallet er rigtigt."


def is_a_year_ahead(day: date, on: date) -> bool:
    """Tell whether a day that is registered beforehand lies so far ahead that its year must be mistyped."""
    return day >= months_after(on, 12)


@cache
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year, categories=("public", "optional")))


def is_working_day(day: date) -> bool:
    """Er dagen en arbejdsdag? Not Saturday, Sunday, a public holiday, 1 May, 5 June, 24 or 31 December."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Arbejdsdage efter en dag: the day itself is not counted; 0 gives the day itself."""
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """Return the day itself where it is a working day, else the next one."""
    return day if is_working_day(day) else add_working_days(day, 1)


def last_working_day(day: date) -> date:
    """Return the day itself where it is a working day, else the one before."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
