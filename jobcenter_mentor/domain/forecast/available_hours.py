"""Forecast the hours of the mentors from contracts, known absence, and the rates of past absence and contracts.

Minutes a week. Hours count as in the hours table: the highest period that touches the week, less a fifth for each
working day of absence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from math import sqrt

from jobcenter_mentor.domain.kernel.capacity import WORKING_DAYS, AbsencePeriod, HoursPeriod, monday_of

WEEK = timedelta(weeks=1)
YEAR, LOOK_BACK = 52, 104
GAP = 28
"""Days after a contract's end within which the next period counts as its extension."""
PROLONGED_BEFORE, PROLONGED_WEIGHT = 0.6, 3.0
"""The share of contract periods extended before any is known, and the periods it counts for."""
SEASON_WEEKS = 0.05
"""The weeks that the year's absence counts for beside the week's own."""
TURNOVER, NOTICE = 0.8, 3
"""The part of last year's growth or fall in hours that is expected to continue, and the weeks of notice."""
SUDDEN = 0.7
"""Weeks ahead at which half of the usual absence is not yet known."""


@dataclass(frozen=True)
class ForecastMentor:
    """A mentor with hours, absences, `traits` (areas and skills) and the last day as a mentor where it is known."""

    key: int
    hours: tuple[HoursPeriod, ...]
    away: tuple[AbsencePeriod, ...] = ()
    traits: frozenset[str] = frozenset()
    leaves: date | None = None

    def contracted(self, monday: date) -> int:
        """Return the contract minutes of the week, without regard to absence."""
        sunday = monday + timedelta(days=6)
        return max(
            (row.minutes for row in self.hours if row.first <= sunday and (row.last or sunday) >= monday), default=0
        )

    def ends(self) -> tuple[date, int] | None:
        """Return the last contract period's end and minutes; None where it has no end or the mentor leaves."""
        last = max(self.hours, key=lambda row: row.first, default=None)
        if last is None or last.last is None or self.leaves is not None:
            return None
        return last.last, last.minutes


@dataclass(frozen=True)
class CorpsRates:
    """The rates of the corps: part of the hours lost to absence by week, contracts extended, growth a week."""

    absence: Sequence[float]
    prolonged: float
    growth: float
    periods: int
    absence_spread: float


def days_away(helper: ForecastMentor) -> Mapping[date, int]:
    """Return the working days of absence in each week, by its Monday."""
    days: dict[date, set[date]] = defaultdict(set)
    for away in helper.away:
        for number in range((away.last - away.first).days + 1):
            day = away.first + timedelta(days=number)
            if day.weekday() < WORKING_DAYS:
                days[monday_of(day)].add(day)
    return {monday: len(found) for monday, found in days.items()}


def corps_rates(helpers: Sequence[ForecastMentor], today: date) -> CorpsRates:
    """Return the rates of the last two years' hours and absences, week by week."""
    mondays = [monday_of(today) - number * WEEK for number in range(LOOK_BACK, 0, -1)]
    given, lost = dict.fromkeys(mondays, 0), dict.fromkeys(mondays, 0.0)
    for helper in helpers:
        away = days_away(helper)
        for monday in mondays:
            if minutes := helper.contracted(monday):
                given[monday] += minutes
                lost[monday] += minutes * away.get(monday, 0) / WORKING_DAYS
    known, prolonged = _prolonged(helpers, today)
    absence = _by_week(given, lost)
    off = [lost[day] / given[day] - absence[day.isocalendar().week - 1] for day in mondays if given[day]]
    return CorpsRates(
        absence=absence,
        prolonged=(prolonged + PROLONGED_BEFORE * PROLONGED_WEIGHT) / (known + PROLONGED_WEIGHT),
        growth=_growth([given[monday] for monday in mondays[-YEAR:]]),
        periods=known,
        absence_spread=sqrt(sum(part**2 for part in off) / len(off)) if off else 0.0,
    )


def _by_week(given: Mapping[date, int], lost: Mapping[date, float]) -> list[float]:
    """Return the part of the hours lost to absence in each of 53 weeks: its own, its neighbours', the year's."""
    usual = sum(lost.values()) / (sum(given.values()) or 1)
    hours, gone = [0.0] * 53, [0.0] * 53
    for monday, minutes in given.items():
        for away, weight in ((-1, 1), (0, 6), (1, 1)):
            place = (monday.isocalendar().week - 1 + away) % 53
            hours[place] += weight * minutes
            gone[place] += weight * lost[monday]
    prior = SEASON_WEEKS * sum(hours) / 53
    return [(part + prior * usual) / (full + prior) if full else usual for part, full in zip(gone, hours, strict=True)]


def _prolonged(helpers: Sequence[ForecastMentor], today: date) -> tuple[int, int]:
    """Return how many contract periods ended in the last year, and how many of them continued."""
    since, latest = today - YEAR * WEEK, today - timedelta(days=GAP)
    known = gone_on = 0
    for helper in helpers:
        rows = sorted(helper.hours, key=lambda row: row.first)
        for row, following in zip_longest(rows, rows[1:]):
            if row.last is None or not since <= row.last <= latest or (helper.leaves and row.last >= helper.leaves):
                continue
            known += 1
            gone_on += following is not None and (following.first - row.last).days <= GAP
    return known, gone_on


def _growth(weeks: Sequence[int]) -> float:
    """Return the dampened growth a week in parts of the hours, between the half years' means."""
    half = len(weeks) // 2
    before, after = sum(weeks[:half]), sum(weeks[half:])
    if before <= 0 or not weeks[0]:
        return 0.0
    return TURNOVER * (after - before) / half / (after or 1)
