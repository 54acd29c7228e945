"""A mentor's hours (kapacitet) week by week: available, booked and absent, in minutes a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from jobcenter_mentor.domain.kernel.hours import hours_figure
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.periods import is_working_day

WORKING_DAYS = 5
DAYS_A_WEEK = 7
FOREVER = date(9999, 12, 31)
"""The last day of an absence until further notice (indtil videre)."""
FULL_TIME = 37 * 60
"""The minutes of a full week's work; more needs a reason."""


@dataclass(frozen=True)
class HoursPeriod:
    """Minutes a week available (timer til rådighed) from a day until `last`; None means without end."""

    first: date
    last: date | None
    minutes: int


@dataclass(frozen=True)
class AbsencePeriod:
    """An absence (fravær), with its first and last day included."""

    first: date
    last: date
    reason: str

    @property
    def is_open(self) -> bool:
        """Tell whether the absence lasts until further notice (indtil videre)."""
        return self.last == FOREVER


class Booking(NamedTuple):
    """The booked minutes a week (aftalt tid) of one course; a place of 1/n counts as its share of the function."""

    grant_id: int
    first: date
    last: date
    minutes: int
    share: int = 1


class MentorWeek(NamedTuple):
    """A mentor's week in minutes; `away` is the reason where the whole week is absence (fravær)."""

    monday: date
    available: int
    booked: int
    away: str = ""

    @property
    def free(self) -> int:
        """Return the free minutes (ledige minutter), negative when more is booked than available."""
        return self.available - self.booked


def period_words(first: date, last: date) -> str:
    """Return the days of an absence in Danish: "13.10.2014–17.10.2014" or "fra 13.10.2014 indtil videre"."""
    return f"fra {first:%d.%m.%Y} indtil videre" if last == FOREVER else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(
    hours: Sequence[HoursPeriod],
    away: Sequence[AbsencePeriod],
    booked: Sequence[Booking],
    first: date,
    count: int,
    days_off: Collection[date] = (),
) -> list[MentorWeek]:
    """Return a mentor's weeks, `count` of them from the week of `first`.

    A week takes the highest hours period that touches it, less a fifth for each working day of absence, rounded half up
    to minutes. A course counts with its highest hours of the week. Each holiday of `days_off` takes a fifth both of the
    available hours and of those booked, so a week is not overbooked because of Christmas.
    """
    monday = monday_of(first)
    promised = _promised(booked, monday, count)
    off: dict[int, list[date]] = defaultdict(list)
    for day in days_off:
        off[(day - monday).days // DAYS_A_WEEK].append(day)
    return [
        _week(hours, away, promised[number], monday + timedelta(weeks=number), off.get(number, ()))
        for number in range(count)
    ]


def _promised(booked: Sequence[Booking], monday: date, count: int) -> list[Fraction | int]:
    """Return the minutes booked in each week; a course counts once, with its highest hours of the week."""
    totals: list[Fraction | int] = [0] * count
    highest: dict[int, list[Fraction | int]] = {}
    for row in booked:
        mine = row.minutes if row.share == 1 else Fraction(row.minutes, row.share)
        first = max(0, (row.first - monday).days // DAYS_A_WEEK)
        last = min(count - 1, (row.last - monday).days // DAYS_A_WEEK)
        counted = highest.setdefault(row.grant_id, [0] * count)
        for number in range(first, last + 1):
            if mine > counted[number]:
                totals[number] += mine - counted[number]
                counted[number] = mine
    return totals


def holidays_of(first: date, count: int) -> dict[date, list[date]]:
    """Return the weekdays that are not working days (helligdage), by the Monday of each of `count` weeks."""
    mondays = [monday_of(first) + timedelta(weeks=number) for number in range(count)]
    weeks = {monday: [monday + timedelta(days=number) for number in range(WORKING_DAYS)] for monday in mondays}
    return {monday: [day for day in days if not is_working_day(day)] for monday, days in weeks.items()}


def _week(
    hours: Sequence[HoursPeriod],
    away: Sequence[AbsencePeriod],
    promised: Fraction | int,
    monday: date,
    days_off: Collection[date],
) -> MentorWeek:
    sunday, minutes = monday + timedelta(days=6), 0
    for row in hours:
        if row.minutes > minutes and row.first <= sunday and (row.last is None or row.last >= monday):
            minutes = row.minutes
    near = [row for row in away if row.first <= sunday and row.last >= monday] if away else ()
    if not near and not days_off:
        return MentorWeek(monday, minutes, _part(promised, WORKING_DAYS))
    workdays = [monday + timedelta(days=number) for number in range(WORKING_DAYS)]
    open_days = [day for day in workdays if day not in days_off]
    reasons = [next((row.reason for row in near if row.first <= day <= row.last), None) for day in open_days]
    there = reasons.count(None)
    return MentorWeek(
        monday=monday,
        available=_part(minutes, there),
        booked=_part(promised, len(open_days)),
        away=(reasons[0] or "fravær") if reasons and there == 0 else "",
    )


def _part(minutes: Fraction | int, days: int) -> int:
    """Return the minutes of a week with fewer working days than five, rounded half up."""
    if days == WORKING_DAYS and isinstance(minutes, int):
        return minutes
    return round_half_away(Fraction(minutes) * days / WORKING_DAYS)


class Cell(NamedTuple):
    """A cell of the hours table (timetabel): `kind` is "0" to "3" by the share booked, "full", "over" or "off"."""

    kind: str
    figure: str
    words: str


def cell_of(week: MentorWeek) -> Cell:
    """Return the week as a cell, with texts such as "16/18" and "2 fri".

    The kinds "0" to "3" are under 35, 65, 85 and 100 per cent booked.
    """
    return Cell("off", "", week.away) if week.away else _cell(week.available, week.booked)


@lru_cache(4096)
def _cell(available: int, booked: int) -> Cell:
    """Return the cell of a pair of figures; cached, as the same few pairs occur in most weeks."""
    figure, free = f"{hours_figure(booked)}/{hours_figure(available)}", available - booked
    if free < 0:
        return Cell("over", figure, f"{hours_figure(-free)} over")
    if available == 0:
        return Cell("off", "", "ingen timer")
    if free == 0:
        return Cell("full", figure, "fuld")
    percent = 100 * booked // available
    kind = "0" if percent < 35 else "1" if percent < 65 else "2" if percent < 85 else "3"
    return Cell(kind, figure, f"{hours_figure(free)} fri")
