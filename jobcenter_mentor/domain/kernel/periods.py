"""Calculate periods (perioder): both days included, months as the law counts them, Danish working days."""

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
    """A period (periode) with both days included; raises DomainError when they are swapped."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DomainError("Slutdatoen ligger før startdatoen.", code="date_order")

    @property
    def days(self) -> int:
        """Return the number of days, with the first and the last counted."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """Return the number of begun weeks (påbegyndte uger)."""
        return -(-self.days // 7)

    def contains(self, day: date) -> bool:
        """Tell whether the day is in the period; the first and the last day are."""
        return self.first <= day <= self.last

    def overlap(self, other: Period) -> Period | None:
        """Return the days that are in both periods, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def split_by_year(self) -> list[Period]:
        """Return one period per calendar year."""
        years = range(self.first.year, self.last.year + 1)
        return [Period(max(self.first, date(y, 1, 1)), min(self.last, date(y, 12, 31))) for y in years]

    def split_by_month(self) -> list[Period]:
        """Return one period per calendar month."""
        numbers = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        months = [month_of(number // 12, number % 12 + 1) for number in numbers]
        return [Period(max(self.first, month.first), min(self.last, month.last)) for month in months]


def month_of(year: int, month: int) -> Period:
    """Return the month from its first to its last day."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months_after(day: date, months: int) -> date:
    """Return the same date months later (earlier when negative), or the last day of a month without that date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """Return the same date months earlier: 31 May less 3 months is 28 or 29 February (LAB § 31 b, stk. 2)."""
    return months_after(day, -months)


def last_day_of_months(start: date, months: int) -> date:
    """Return the last day of a period of whole months: 13 January and 6 months end on 12 July.

    It is the day before the same date, or the last day of the month where that date does not exist: 31 August and 6
    months end on 28 or 29 February.
    """
    same = months_after(start, months)
    return same - timedelta(days=1) if same.day == start.day else same


FAR_AHEAD = "Dagen ligger mere end et år fremme. Se efter, om årstallet er rigtigt."


def is_far_ahead(promised: date, on: date) -> bool:
    """Tell whether a promised day is over a year away, which is a mistyped year and would hide the deadline."""
    return promised > months_after(on, 12)


A_YEAR_AHEAD = "Dagen ligger et år eller mere fremme. Se efter, om årstallet er rigtigt."


def is_a_year_ahead(day: date, on: date) -> bool:
    """Tell whether a day registered beforehand is so far ahead that its year must be mistyped."""
    return day >= months_after(on, 12)


@cache
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year, categories=("public", "optional")))


def is_working_day(day: date) -> bool:
    """Tell whether the day is a working day.

    Saturdays, Sundays, public holidays, 1 May, 5 June, 24 and 31 December are not.
    """
    return day.weekday() < 5 and day not in _days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the day some working days later; the day itself is not counted, and 0 gives the day itself."""
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """Return the day itself if it is a working day, otherwise the next one."""
    return day if is_working_day(day) else add_working_days(day, 1)


def last_working_day(day: date) -> date:
    """Return the day itself if it is a working day, otherwise the one before."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
