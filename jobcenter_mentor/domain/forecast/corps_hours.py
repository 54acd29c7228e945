"""Forecast the mentor hours available and needed, this week and twelve ahead, with a band (prognosen).

Every figure is the sum of its lines: courses that run, end and may be renewed, begin; mentors' hours, absences and
contracts. Minutes a week; each line is rounded to whole minutes before it is summed. The band contains 8 of 10
outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import sqrt
from typing import NamedTuple

from jobcenter_mentor.domain.forecast.available_hours import (
    NOTICE,
    SUDDEN,
    CorpsRates,
    ForecastMentor,
    corps_rates,
    days_away,
)
from jobcenter_mentor.domain.forecast.rates import GAP, WEEK, ForecastCourse, Rates, midweek, rates_of
from jobcenter_mentor.domain.kernel.capacity import WORKING_DAYS, monday_of

HORIZON = 12
TEN_PER_CENT = 1.2816
"""Standard deviations from the middle to either end of a band that leaves a tenth outside on each side."""
UNEVEN = 0.4
"""The squared spread of the hours of a new course, in parts of their mean."""
DRIFT = 0.010
"""The weekly drift of the level of the inflow, in parts of it."""
SHARE_WEIGHT = 3.0
"""New courses at which the mean hours of an area or a skill count as much as those of all."""

KINDS = {
    "running": "Bevilget",
    "renewal": "Kan blive forlænget",
    "new": "Nye forløb, som endnu ikke er bevilget",
    "hours": "Mentortimer",
    "prolonged": "Aftale, der kan blive forlænget",
    "absence": "Fravær, som endnu ikke er meldt",
    "turnover": "Nye og stoppede mentorer",
}


class ForecastLine(NamedTuple):
    """A line: a kind of `KINDS`, the course's or mentor's key (0 for an estimate), minutes, and their variance.

    `number` is a part of one for a course or a contract, or how many new courses.
    """

    kind: str
    key: int
    minutes: int
    variance: float
    number: float = 1.0


@dataclass(frozen=True)
class ForecastFigure:
    """A figure with a band: the sum of its lines in minutes a week; 1 of 10 outcomes is below `low`, 1 above `high`."""

    lines: Sequence[ForecastLine]

    @cached_property
    def middle(self) -> int:
        """Return the expected minutes."""
        return sum(line.minutes for line in self.lines)

    @property
    def low(self) -> int:
        """Return the lower end of the band."""
        return max(0, self.middle - self._half)

    @property
    def high(self) -> int:
        """Return the upper end of the band."""
        return self.middle + self._half

    @property
    def variance(self) -> float:
        """Return the variance of the sum."""
        return sum(line.variance for line in self.lines)

    @property
    def _half(self) -> int:
        return round(TEN_PER_CENT * sqrt(self.variance))


@dataclass(frozen=True)
class OutlookWeek:
    """A week of the forecast (uge i prognosen)."""

    monday: date
    capacity: ForecastFigure
    demand: ForecastFigure

    @property
    def spare(self) -> int:
        """Return the spare minutes; negative when hours are missing."""
        return self.capacity.middle - self.demand.middle

    def scarcity(self, extra: int) -> str:
        """Return the scarcity (knaphed): short, tight, spare, or open where the band contains both.

        Short is where hours are missing; tight where they are not, yet an hour more is worth `extra` points to those
        who wait.
        """
        half = TEN_PER_CENT * sqrt(self.capacity.variance + self.demand.variance)
        if self.spare < -half:
            return "short"
        return "tight" if extra > 0 else "spare" if self.spare > half else "open"


class Outlook:
    """The forecast from a day: rates from all courses and mentors, then weeks for the whole or for one trait."""

    def __init__(self, courses: Sequence[ForecastCourse], helpers: Sequence[ForecastMentor], today: date) -> None:
        self.courses, self.helpers, self.today = courses, helpers, today
        self.rates: Rates = rates_of(courses, today)
        self.corps: CorpsRates = corps_rates(helpers, today)
        self.days_away = {helper.key: days_away(helper) for helper in helpers}
        self.mondays = [monday_of(today) + number * WEEK for number in range(HORIZON + 1)]
        self.not_known = [self._not_known(monday, ahead) for ahead, monday in enumerate(self.mondays)]

    def weeks(self, trait: str = "", *, ahead: Iterable[int] = range(HORIZON + 1)) -> list[OutlookWeek]:
        """Return the requested weeks, 0 is this week, of all or of one area's or skill's own courses and mentors.

        A mentor with two skills is in the capacity of both.
        """
        courses = [course for course in self.courses if not trait or trait in course.traits]
        courses = [course for course in courses if course.last >= self.today - timedelta(days=GAP)]
        helpers = [helper for helper in self.helpers if not trait or trait in helper.traits]
        inflow = _Newcomers(self, trait)
        return [
            OutlookWeek(
                self.mondays[number],
                ForecastFigure(list(self._capacity(helpers, number))),
                ForecastFigure([*self._demand(courses, number), *inflow.lines(number)]),
            )
            for number in ahead
        ]

    def _demand(self, courses: Sequence[ForecastCourse], number: int) -> Iterator[ForecastLine]:
        """Yield known courses that still run that week, and those that end before it and may be renewed."""
        day = midweek(self.mondays[number])
        for course in courses:
            weeks = max(0, (day - max(self.today, course.first)).days) / 7
            if minutes := course.minutes_on(day):
                alive = (1 - self.rates.hazard) ** weeks
                yield ForecastLine(
                    "running", course.key, round(minutes * alive), minutes**2 * alive * (1 - alive), alive
                )
            elif course.last < day and not course.stopped and course.key not in self.rates.followed:
                yield from self._renewal(course, day)

    def _renewal(self, course: ForecastCourse, day: date) -> Iterator[ForecastLine]:
        renewals, weeks = self.rates.renewals, max(0, (course.last - max(self.today, course.first)).days) / 7
        since = (day - course.last).days
        alive = (1 - self.rates.hazard) ** weeks * self.rates.inflow.runs(since // 7)
        chance = renewals.chance((course.last - self.today).days) * renewals.begun(since) * alive
        minutes = course.spans[-1].minutes * renewals.factor
        if round(minutes * chance):
            yield ForecastLine(
                "renewal", course.key, round(minutes * chance), minutes**2 * chance * (1 - chance), chance
            )

    def _capacity(self, helpers: Sequence[ForecastMentor], number: int) -> Iterator[ForecastLine]:
        """Yield hours and known absence mentor by mentor, contracts that may continue, and the year's rates."""
        monday, contracted, prolonged = self.mondays[number], 0.0, self.corps.prolonged
        for helper in helpers:
            if minutes := helper.contracted(monday):
                contracted += minutes
                there = WORKING_DAYS - self.days_away[helper.key].get(monday, 0)
                yield ForecastLine("hours", helper.key, round(minutes * there / WORKING_DAYS), 0.0)
            elif (end := helper.ends()) and self.today - timedelta(days=GAP) <= end[0] < monday:
                share = prolonged if end[0] >= self.today else prolonged / 2
                contracted += share * end[1]
                yield ForecastLine(
                    "prolonged", helper.key, round(share * end[1]), end[1] ** 2 * share * (1 - share), share
                )
        lost = contracted * self.not_known[number]
        spread = (contracted * self.corps.absence_spread) ** 2 + 2 * lost * contracted / max(1, len(helpers))
        if contracted:
            yield ForecastLine("absence", 0, -round(lost), spread)
        if contracted and number > NOTICE:
            growth = contracted * self.corps.growth * (number - NOTICE)
            yield ForecastLine("turnover", 0, round(growth), (contracted * DRIFT / 2) ** 2 * number + growth**2 / 4)

    def _not_known(self, monday: date, ahead: int) -> float:
        """Return the part of the hours that absence not yet known will take: the usual, less what is known."""
        contracted = lost = 0.0
        for helper in self.helpers:
            minutes = helper.contracted(monday)
            contracted += minutes
            lost += minutes * self.days_away[helper.key].get(monday, 0) / WORKING_DAYS
        known = lost / contracted if contracted else 0.0
        usual = self.corps.absence[monday.isocalendar().week - 1]
        return max(0.0, usual - known) * ahead / (ahead + SUDDEN)


class _Newcomers:
    """The inflow of a part (tilgang): its share of the new courses, their hours, and how certain the level is."""

    def __init__(self, outlook: Outlook, trait: str) -> None:
        self.rates, self.today, self.mondays = outlook.rates, outlook.today, outlook.mondays
        new = self.rates.new
        own = [course for course in new if not trait or trait in course.traits]
        self.share = len(own) / len(new) if new else 0.0
        every = sum(course.spans[0].minutes for course in new) / len(new) if new else 0.0
        given = sum(course.spans[0].minutes for course in own) + SHARE_WEIGHT * every
        self.minutes = given / (len(own) + SHARE_WEIGHT)
        self.own = len(own)

    def lines(self, number: int) -> Iterator[ForecastLine]:
        """Yield the line of the courses that begin by that week and are not decided today; none where none come."""
        inflow, count, running = self.rates.inflow, 0.0, 0.0
        for begun in range(number + 1):
            coming = self.share * inflow.unknown(midweek(self.mondays[begun]), self.today)
            count += coming
            running += coming * inflow.runs(number - begun)
        minutes = running * self.minutes
        if not round(minutes):
            return
        chance = (inflow.spread * self.share + 1 - self.share + UNEVEN) * running * self.minutes**2
        level = inflow.spread / max(1.0, inflow.level * inflow.weeks) + 1 / max(1, self.own) + DRIFT**2 * number**1.5
        yield ForecastLine("new", 0, round(minutes), chance + level * minutes**2, count)
