"""Make courses and mentors by other rules than the twelve-week forecast assumes, to see how much it errs.

Starts come from a level that drifts, with a smooth season, holiday weeks and now and then a class of several at once.
Ends come early or hardly at all (Weibull). Each citizen has a different wish to continue. Mentors fall ill for long or
short, book their holiday some weeks before, give notice, are hired in spells, and have contracts by year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import cos, pi
from random import Random

from jobcenter_mentor.domain.forecast.available_hours import ForecastMentor
from jobcenter_mentor.domain.forecast.rates import ForecastCourse, Span
from jobcenter_mentor.domain.kernel.capacity import AbsencePeriod, HoursPeriod

FIRST, WEEKS = date(2012, 1, 2), 170
AREAS = ("Midtbyen", "Vestbyen", "Havnen")
SKILLS = ("psykiatri", "misbrug", "arabisk")
SHARES = (0.35, 0.2, 0.08)
Known = tuple[int, frozenset[str], list[tuple[date, HoursPeriod, date | None, date]], list[tuple[date, AbsencePeriod]]]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


class MadeUpCorps:
    """A municipality through three years; `size` is the courses begun in a usual week.

    Each fact has the day it became known.
    """

    def __init__(self, seed: int, size: float) -> None:
        self.draw, self.number = Random(seed), 0
        self.trend = self.draw.uniform(-0.0025, 0.0025)
        self.courses = list(self._courses(size))
        self.helpers = [self._helper(key) for key in range(1, round(size * 13) + 1)]
        self.came = self.courses_on(date(2016, 1, 1)), self.helpers_on(date(2016, 1, 1))

    def courses_on(self, today: date) -> list[ForecastCourse]:
        """Return the courses as known on a day: an early ending only when it has come."""
        return [
            course if stop is None or stop > today else cut(course, stop)
            for course, stop in self.courses
            if course.decided <= today
        ]

    def helpers_on(self, today: date) -> list[ForecastMentor]:
        """Return the mentors as known on a day."""
        return [
            ForecastMentor(
                key,
                tuple(
                    row if told <= today else replace(row, last=planned)
                    for known, row, planned, told in hours
                    if known <= today
                ),
                tuple(away for known, away in absences if known <= today),
                traits,
                next((row.last for known, row, planned, told in hours if told <= today and row.last != planned), None),
            )
            for key, traits, hours, absences in self.helpers
        ]

    def demand(self, monday: date, trait: str = "") -> float:
        """Return the minutes a week that courses actually had in a week."""
        day = monday + 2 * DAY
        return sum(course.minutes_on(day) for course in self.came[0] if not trait or trait in course.traits)

    def capacity(self, monday: date, trait: str = "") -> float:
        """Return the minutes mentors actually had in a week, without absence."""
        total = 0.0
        for helper in self.came[1]:
            if not trait or trait in helper.traits:
                days = [monday + n * DAY for n in range(5)]
                there = sum(not any(away.first <= day <= away.last for away in helper.away) for day in days)
                total += helper.contracted(monday) * there / 5
        return total

    def _courses(self, size: float) -> Iterator[tuple[ForecastCourse, date | None]]:
        draw, level = self.draw, 1.0
        depth, peak = draw.uniform(0.1, 0.35), draw.uniform(0, 12)
        for number in range(WEEKS):
            monday = FIRST + number * WEEK
            level *= draw.lognormvariate(self.trend, 0.02)
            season = 1 + depth * cos(2 * pi * (monday.timetuple().tm_yday / 30.4 - peak) / 12)
            thin = 0.35 if monday.isocalendar().week in (28, 29, 30, 52, 1) else 1.0
            mean = size * level * season * thin * draw.gammavariate(8, 1 / 8)
            together = draw.randint(3, 6) if draw.random() < 0.015 * size else 0
            for _ in range(self._poisson(mean) + together):
                yield from self._citizen(monday + draw.randrange(7) * DAY)

    def _citizen(self, start: date) -> Iterator[tuple[ForecastCourse, date | None]]:
        """Yield a citizen's courses one after the other."""
        draw = self.draw
        self.number += 1
        citizen, staying = self.number, draw.betavariate(1.2, 2.4)
        traits = self._traits(SHARES)
        minutes = 30 * draw.choice((3, 4, 4, 5, 6, 6, 8, 12))
        decided = start - draw.randint(2, 30) * DAY
        while True:
            self.number += 1
            weeks = draw.choice((8, 13, 20, 26, 26, 26, 39))
            last = start + weeks * WEEK - DAY
            stop = start + round(7 * draw.weibullvariate(130, 0.75)) * DAY + DAY
            course = ForecastCourse(self.number, citizen, decided, (Span(start, last, minutes),), traits=traits)
            yield course, stop if stop < last else None
            if stop < last or draw.random() > staying:
                return
            decided = last - draw.randint(-4, 45) * DAY
            start = last + draw.choice((1, 1, 1, 1, 8, 15)) * DAY
            minutes = max(60, minutes - draw.choice((0, 0, 30, 60)))

    def _helper(self, key: int) -> Known:
        """Return a mentor and the known hours: (known, period, end as first given, day the end is given)."""
        draw = self.draw
        traits = self._traits([1.3 * share for share in SHARES])
        minutes = 60 * draw.choice((4, 8, 10, 12, 15, 18, 20, 25))
        hired = FIRST if draw.random() < 0.72 else FIRST + draw.randrange(WEEKS) * WEEK
        leaves = hired + round(7 * draw.weibullvariate(330, 1.2)) * DAY
        hours, start, known = [], hired, hired - draw.randint(20, 60) * DAY
        yearly = draw.random() < 0.35
        while start <= leaves:
            end = start + (364 if yearly else 3000) * DAY
            planned = end if yearly else None
            last = min(end, leaves)
            told = last - draw.randint(14, 40) * DAY if leaves < end else date.max
            hours.append((known, HoursPeriod(start, last, minutes), planned, told))
            if not yearly:
                break
            known = end - draw.randint(5, 60) * DAY
            start, minutes = end + DAY, max(120, minutes + 60 * draw.choice((-2, 0, 0, 0, 2)))
        return key, traits, hours, list(self._absences())

    def _absences(self) -> Iterator[tuple[date, AbsencePeriod]]:
        draw = self.draw
        for year in range(2012, 2016):
            summer = date(year, 7, 1) + (draw.randrange(5) * 7 - date(year, 7, 1).weekday()) * DAY
            yield summer - draw.randint(20, 90) * DAY, AbsencePeriod(summer, summer + 20 * DAY, "ferie")
            autumn = date.fromisocalendar(year, 42, 1)
            if draw.random() < 0.5:
                yield autumn - draw.randint(5, 60) * DAY, AbsencePeriod(autumn, autumn + 4 * DAY, "ferie")
        day = FIRST
        while day < FIRST + WEEKS * WEEK:
            day += round(draw.expovariate(1 / 200)) * DAY + DAY
            length = draw.choice((1, 2, 3, 5, 10)) if draw.random() < 0.85 else draw.randint(30, 100)
            yield day, AbsencePeriod(day, day + length * DAY, "syg")
            day += length * DAY

    def _traits(self, shares: Sequence[float]) -> frozenset[str]:
        """Return a random area and skills."""
        area = self.draw.choices(AREAS, (5, 3, 2))[0]
        skills = [skill for skill, share in zip(SKILLS, shares, strict=True) if self.draw.random() < share]
        return frozenset([area, *skills])

    def _poisson(self, mean: float) -> int:
        """Return the random arrivals of a week."""
        count, waited = 0, self.draw.expovariate(1)
        while waited < mean:
            count, waited = count + 1, waited + self.draw.expovariate(1)
        return count


def cut(course: ForecastCourse, stop: date) -> ForecastCourse:
    """Return the course ended early, the day before `stop`."""
    only = course.spans[0]
    return replace(course, spans=(replace(only, last=stop - DAY),), stopped=True)
