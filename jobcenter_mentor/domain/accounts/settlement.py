"""A course for settlement (afregning): its billed lines, and what they are compared with.

Amounts are øre, time is minutes, both days included. Faults are found by `domain.accounts.delivery_check`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.periods import Period, month_of

ITEMS = {
    "hours": "Mentortimer",
    "transport": "Transport",
    "mileage": "Kørsel",
    "sickness": "Sygdom",
    "course": "Kursus",
    "overhead": "Overhead",
    "prep": "Forberedelse",
}
"""What a line is for."""


@dataclass(frozen=True)
class Bill:
    """A billed line of an invoice or of wages; `mentor_id` is None where the name is not a known mentor's.

    `agreed` is the highest price agreed on the line's days, None where none is in force; then `price_gap` says what is
    missing. `hundredths` are the hours as written on an invoice, None where only minutes are known. Hours and amount
    are those after corrections. `sender_fits` is whether the bill comes from whom the mentor works for.
    """

    id: int
    kind: str
    grant_id: int | None
    citizen_id: int
    mentor_id: int | None
    period: Period
    minutes: int
    hourly_price: int
    amount: int
    item: str = "hours"
    hundredths: int | None = None
    agreed: int | None = None
    price_gap: str = ""
    sender_fits: bool = True

    @property
    def is_hours(self) -> bool:
        """Tell whether the line is for hours."""
        return self.item == "hours"

    @property
    def reckoned(self) -> int:
        """Return hours times price in øre, by the hours as written or by whole minutes, whichever is more.

        0,67 hours are written for 40 minutes, and 0,83 for 50: a sender may honestly calculate by either.
        """
        of_minutes = round_half_away(Fraction(self.minutes * self.hourly_price, 60))
        if self.hundredths is None:
            return of_minutes
        return max(of_minutes, round_half_away(Fraction(self.hundredths * self.hourly_price, 100)))

    def worth(self, minutes: int) -> int:
        """Return the øre that so many of the line's minutes cost at its own price, at most the line's amount."""
        return min(self.amount, round_half_away(Fraction(minutes * self.hourly_price, 60)))


@dataclass(frozen=True)
class Held:
    """A held meeting: day, minutes and mentor."""

    day: date
    minutes: int
    mentor_id: int


@dataclass(frozen=True)
class MonthTimesheet:
    """A monthly time sheet (timeseddel): its minutes when made; `approved` where somebody has approved it."""

    mentor_id: int
    first_day: date
    minutes: int
    approved: bool


@dataclass(frozen=True)
class Settled:
    """A course for settlement: its days, hours periods (first, last, minutes a week), held meetings and all lines.

    `absences` are the days on which a mentor was away. `place_share` n: 1/n of the time is this citizen's.
    """

    grant_id: int
    citizen_id: int
    mentor_ids: frozenset[int]
    period: Period
    hours: tuple[tuple[Period, int], ...]
    held: tuple[Held, ...]
    bills: tuple[Bill, ...]
    sheets: tuple[MonthTimesheet, ...] = ()
    absences: tuple[tuple[int, Period], ...] = ()
    place_share: int = 1

    @cached_property
    def counted(self) -> tuple[Held, ...]:
        """Return the meetings that can be settled: those inside the course."""
        return tuple(one for one in self.held if self.period.contains(one.day))

    @cached_property
    def hour_bills(self) -> tuple[Bill, ...]:
        """Return the lines for hours, the earliest first."""
        return tuple(sorted((b for b in self.bills if b.is_hours), key=lambda b: (b.period.first, b.id)))

    @cached_property
    def runs(self) -> list[tuple[Period, list[Bill]]]:
        """Return the runs of whole months that lines share, with the lines; no line is in two of them."""
        runs: list[tuple[Period, list[Bill]]] = []
        for bill in self.hour_bills:
            months = whole_months(bill.period)
            if runs and months.first <= runs[-1][0].last:
                before, bills = runs[-1]
                runs[-1] = (Period(before.first, max(before.last, months.last)), [*bills, bill])
            else:
                runs.append((months, [bill]))
        return runs

    def part(self, minutes: int) -> int:
        """Return the citizen's part of the time in minutes, half away from zero."""
        return round_half_away(Fraction(minutes, self.place_share))

    def granted_in_weeks(self, period: Period) -> int:
        """Return the citizen's granted minutes in every week (Monday to Sunday) that the period touches."""
        monday, total = period.first - timedelta(days=period.first.weekday()), 0
        while monday <= period.last:
            week = Period(monday, monday + timedelta(days=6))
            total += max((minutes for days, minutes in self.hours if days.overlap(week)), default=0)
            monday += timedelta(days=7)
        return self.part(total)


@dataclass(frozen=True)
class Fault:
    """A difference (forskel): the check, the line, what is wrong in Danish, and the amount at risk in øre."""

    check: str
    bill_id: int
    words: str
    at_risk: int


def whole_months(period: Period) -> Period:
    """Return the whole months that a period touches."""
    return Period(period.first.replace(day=1), month_of(period.last.year, period.last.month).last)
