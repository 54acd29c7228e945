"""Make years with courses by other rules than the forecast assumes, to see whether its band is right.

Starts vary with the season and with a level that drifts; lengths are 8 to 26 weeks and some courses go on; each citizen
comes to an individual share of the weeks; summer and Christmas are thin; endings come early or hardly at all (Weibull),
and now and then several courses stop in one week.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jobcenter_mentor.domain.forecast.year_end import Seen

SEASON = (1.25, 1.05, 1.05, 0.95, 1.0, 0.85, 0.5, 1.35, 1.2, 1.05, 1.0, 0.7)
HOLIDAYS = {7: 0.6, 12: 0.85}
YEARS = {"steady": 0.0, "growing": 0.003, "falling": -0.003}
"""The weekly growth of the level of new courses in each of the three years, in logarithm."""


@dataclass(frozen=True)
class Drawn:
    """A course: first week's Monday, weeks granted, weeks before an early end, cost a week, and each week's cost."""

    start: date
    weeks: int
    stopped_after: int | None
    price: int
    spent: tuple[int, ...]

    @property
    def lived(self) -> int:
        """Return the weeks it ran."""
        return self.weeks if self.stopped_after is None else self.stopped_after


class Municipality:
    """A municipality: 2014 is forecast, earlier years are its history; `size` is the courses begun in a usual week."""

    def __init__(self, seed: int, size: float, trend: float = 0.0) -> None:
        self.draw = Random(seed)
        self.courses = list(self._courses(date(2012, 7, 2), 130, size, trend))
        self.decided = {course: course.start - timedelta(days=self.draw.randint(5, 25)) for course in self.courses}

    def seen(self, year: int, today: date) -> list[Seen]:
        """Return a year's months as known on a day."""
        sums = [[0] * 5 for _ in range(12)]
        for course in self.courses:
            if self.decided[course] > today:
                continue
            self._add(sums, course, year, today)
        return [Seen(*month) for month in sums]

    def outcome(self, year: int) -> int:
        """Return the actual cost of the year."""
        return sum(month.delivered for month in self.seen(year, date(year + 1, 12, 31)))

    def _add(self, sums: list[list[int]], course: Drawn, year: int, today: date) -> None:
        stop = course.start + timedelta(weeks=course.lived)
        known = course.lived if course.stopped_after is not None and stop <= today else course.weeks
        touched = set()
        for week in range(known):
            day = course.start + timedelta(weeks=week)
            if day.year == year:
                sums[day.month - 1][0] += course.price
                touched.add(day.month)
                if day <= today and week < course.lived:
                    sums[day.month - 1][1] += course.spent[week]
        for month in touched:
            sums[month - 1][2] += 1
        if course.start.year == year:
            sums[course.start.month - 1][3] += 1
        if known < course.weeks and stop.year == year:
            sums[stop.month - 1][4] += 1

    def _courses(self, first: date, weeks: int, size: float, trend: float) -> Iterator[Drawn]:
        level, shocks = 1.0, {self.draw.randrange(weeks) for _ in range(2)}
        following: list[tuple[int, float]] = []
        for week in range(weeks):
            monday = first + timedelta(weeks=week)
            level *= self.draw.lognormvariate(trend, 0.025)
            count = self._poisson(size * level * SEASON[monday.month - 1])
            again = [engaged for begin, engaged in following if begin == week]
            for engaged in [self.draw.betavariate(6, 1.6) for _ in range(count)] + again:
                course = self._course(monday, week, engaged, shocks)
                if course.stopped_after is None and self.draw.random() < 0.25:
                    following.append((week + course.weeks + self.draw.randint(0, 3), engaged))
                yield course

    def _course(self, monday: date, week: int, engaged: float, shocks: set[int]) -> Drawn:
        draw = self.draw
        weeks = draw.choice((8, 13, 26, 26, 26))
        stopped = round(draw.weibullvariate(120, 0.75)) + 1
        struck = [shock - week for shock in shocks if 0 < shock - week < weeks and draw.random() < 0.06]
        stopped = min([stopped, *struck])
        price = round(60_000 * draw.lognormvariate(0, 0.5))
        spent = tuple(
            round(price * draw.uniform(0.6, 1.4))
            if draw.random() < engaged * HOLIDAYS.get((monday + timedelta(weeks=n)).month, 1.0)
            else 0
            for n in range(weeks)
        )
        return Drawn(monday, weeks, stopped if stopped < weeks else None, price, spent)

    def _poisson(self, mean: float) -> int:
        """Return the random arrivals of a week."""
        count, waited = 0, self.draw.expovariate(1)
        while waited < mean:
            count, waited = count + 1, waited + self.draw.expovariate(1)
        return count
