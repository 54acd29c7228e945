"""Read how often courses are renewed, end early and begin, by season, from the courses so far.

Only what was known on the day counts. Weeks are named by their Wednesday; minutes are minutes a week.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log

from jobcenter_mentor.domain.kernel.capacity import monday_of

WEEK = timedelta(weeks=1)
LOOK_BACK = 104
"""The past weeks that show the season; the rates are read from the last 52."""
YEAR = 52
GAP = 28
"""Days after an end within which the citizen's next course is a renewal of it."""
HALF_LIFE = 16.0
"""The weeks until a week of inflow counts half as much as the latest."""
SEASON_WEIGHT = 0.6
"""The usual weeks of inflow given to each month beforehand: the more, the flatter the season of a short past."""
HAZARD_BEFORE, HAZARD_WEIGHT = 0.008, 60.0
"""The share of running courses that end early in a week before any is known, and the course weeks it counts for."""
RENEWED_BEFORE, RENEWED_WEIGHT = 0.3, 4.0
"""The share of ended courses that are renewed before any is known, and the courses it counts for."""
LASTING_BEFORE, LASTING_WEIGHT = 0.985, 6.0
"""The part of new courses that run a week more, before any is known, and the courses it counts for."""


@dataclass(frozen=True)
class Span:
    """A period of hours: minutes a week from a day to a day, both included."""

    first: date
    last: date
    minutes: float


@dataclass(frozen=True)
class ForecastCourse:
    """A course as known on the day; `stopped` when it ended early, `traits` the areas and skills it needs."""

    key: int
    citizen: int
    decided: date
    spans: tuple[Span, ...]
    stopped: bool = False
    traits: frozenset[str] = frozenset()

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.spans[0].first

    @property
    def last(self) -> date:
        """Return the last day, as planned or as it became."""
        return self.spans[-1].last

    def minutes_on(self, day: date) -> float:
        """Return the minutes a week on a day; none outside the course."""
        return next((span.minutes for span in self.spans if span.first <= day <= span.last), 0.0)


def midweek(day: date) -> date:
    """Return the Wednesday of the week."""
    return monday_of(day) + timedelta(days=2)


@dataclass(frozen=True)
class Renewals:
    """The renewals (forlængelser): days from decision to the old course's end, of how many that ended.

    `factor` is the new hours in parts of the old, `gaps` the days from the end to the new beginning.
    """

    leads: Sequence[int]
    ended: int
    factor: float
    gaps: Sequence[int]

    @property
    def rate(self) -> float:
        """Return the share of ended courses that are renewed."""
        return (len(self.leads) + RENEWED_BEFORE * RENEWED_WEIGHT) / (self.ended + RENEWED_WEIGHT)

    def chance(self, days_left: int) -> float:
        """Return the chance of a renewal that is not decided so many days before the end (negative: after it)."""
        late = bisect_left(self.leads, days_left)
        early = len(self.leads) - late
        before = RENEWED_WEIGHT * max(0.0, min(1.0, (days_left + GAP) / GAP))
        return (late + RENEWED_BEFORE * before) / (self.ended - early + RENEWED_WEIGHT)

    def begun(self, days: int) -> float:
        """Return the part of the renewals that have begun so many days after the end."""
        return (bisect_left(self.gaps, days) + 1.0) / (len(self.gaps) + 1.0)


@dataclass(frozen=True)
class Inflow:
    """The inflow (tilgang): new courses a week by season, days from decision to start, and how long they last.

    `level` is a usual week's number; `spread` its variance in parts of it; `weeks` the number of past weeks behind it.
    """

    level: float
    spread: float
    weeks: float
    season: Sequence[float]
    leads: Sequence[int]
    lasting: Sequence[float]

    def unknown(self, week: date, today: date) -> float:
        """Return how many courses will begin in a week and are not decided today."""
        days = (week - today).days
        share = bisect_left(self.leads, days) / len(self.leads) if self.leads else float(days > 0)
        return self.level * self.season[week.month - 1] * share

    def runs(self, weeks: int) -> float:
        """Return the part that still runs so many weeks after the start."""
        return self.lasting[min(weeks, len(self.lasting) - 1)]


@dataclass(frozen=True)
class Rates:
    """The rates on the day: renewals, inflow, the part of running courses that ends early in a week, first courses."""

    renewals: Renewals
    inflow: Inflow
    hazard: float
    stops: int
    new: Sequence[ForecastCourse]
    followed: frozenset[int]


def rates_of(courses: Sequence[ForecastCourse], today: date) -> Rates:
    """Return the rates of the courses known today; few or none give the usual rates."""
    follower = successors(courses)
    followers = {course.key for course in follower.values()}
    new = [course for course in courses if course.key not in followers]
    stops, hazard = _hazard(courses, today)
    return Rates(
        renewals=_renewals(courses, follower, today),
        inflow=_inflow(new, today),
        hazard=hazard,
        stops=stops,
        new=[course for course in new if today - YEAR * WEEK <= course.first <= today],
        followed=frozenset(follower),
    )


def successors(courses: Iterable[ForecastCourse]) -> Mapping[int, ForecastCourse]:
    """Return the next course of each renewed one, by its key: the same citizen's, soon after the end."""
    by_citizen: dict[int, list[ForecastCourse]] = defaultdict(list)
    for course in courses:
        by_citizen[course.citizen].append(course)
    found = {}
    for own in by_citizen.values():
        own.sort(key=lambda course: (course.first, course.key))
        for before, after in pairwise(own):
            if -7 <= (after.first - before.last).days <= GAP:
                found[before.key] = after
    return found


def _renewals(courses: Sequence[ForecastCourse], follower: Mapping[int, ForecastCourse], today: date) -> Renewals:
    """Return the renewals of courses that ended in the last year, long enough ago to be renewed."""
    latest = today - timedelta(days=GAP)
    ended = [course for course in courses if latest - YEAR * WEEK <= course.last <= latest and not course.stopped]
    pairs = [(course, follower[course.key]) for course in ended if course.key in follower]
    old = sum(course.spans[-1].minutes for course, _ in pairs)
    return Renewals(
        leads=sorted((course.last - after.decided).days for course, after in pairs),
        ended=len(ended),
        factor=sum(after.spans[0].minutes for _, after in pairs) / old if old else 1.0,
        gaps=sorted((after.first - course.last).days for course, after in pairs),
    )


def _hazard(courses: Iterable[ForecastCourse], today: date) -> tuple[int, float]:
    """Return the courses that ended early in the last year, and the part of the running ones a week."""
    since, stops, days = today - YEAR * WEEK, 0, 0
    for course in courses:
        days += max(0, (min(course.last, today) - max(course.first, since)).days)
        stops += course.stopped and since <= course.last <= today
    return stops, (stops + HAZARD_BEFORE * HAZARD_WEIGHT) / (days / 7 + HAZARD_WEIGHT)


def _inflow(new: Sequence[ForecastCourse], today: date) -> Inflow:
    """Return the level, the season, the time from decision to start, and how long courses last."""
    counts = _weekly(new, today)
    season = _season(counts)
    level, weeks = level_of(counts, season)
    year = [course for course in new if today - YEAR * WEEK <= course.decided <= today]
    return Inflow(
        level=level,
        spread=_restlessness(counts, season, level),
        weeks=weeks,
        season=season,
        leads=sorted((course.first - course.decided).days for course in year),
        lasting=_lasting(new, today),
    )


def _weekly(new: Iterable[ForecastCourse], today: date) -> list[tuple[date, int]]:
    """Return the new courses of each whole past week, oldest first, from the first week with any."""
    per: dict[date, int] = defaultdict(int)
    for course in new:
        per[midweek(course.first)] += 1
    this = midweek(today)
    oldest = max(min(per, default=this), this - LOOK_BACK * WEEK)
    return [(oldest + n * WEEK, per[oldest + n * WEEK]) for n in range((this - oldest).days // 7)]


def _season(counts: Sequence[tuple[date, int]]) -> list[float]:
    """Return the twelve months' parts of a usual week; flat while a year is not yet known."""
    if len(counts) < YEAR:
        return [1.0] * 12
    usual = sum(count for _, count in counts) / len(counts)
    begun, weeks = [0.0] * 12, [0.0] * 12
    for week, count in counts:
        begun[week.month - 1] += count
        weeks[week.month - 1] += usual
    weight = SEASON_WEIGHT * 4 * max(usual, 0.01)
    return [(seen + weight) / (expected + weight) for seen, expected in zip(begun, weeks, strict=True)]


def level_of(counts: Sequence[tuple[date, int]], season: Sequence[float]) -> tuple[float, float]:
    """Return a usual week's number, the latest weeks first, and the weeks behind it."""
    begun = expected = 0.0
    for age, (week, count) in enumerate(reversed(counts)):
        weight = exp(-log(2) * age / HALF_LIFE)
        begun += weight * count
        expected += weight * season[week.month - 1]
    return (begun / expected if expected else 0.0), expected


def _restlessness(counts: Sequence[tuple[date, int]], season: Sequence[float], level: float) -> float:
    """Return the variance of a week's number in parts of it, never under one."""
    last = counts[-YEAR:]
    usual = [level * season[week.month - 1] for week, _ in last]
    if not sum(usual):
        return 1.0
    return max(1.0, sum((count - mean) ** 2 for (_, count), mean in zip(last, usual, strict=True)) / sum(usual))


def _lasting(new: Sequence[ForecastCourse], today: date) -> list[float]:
    """Return the part of new courses that still ran after 0, 1, 2 ... weeks, for the length of the forecast."""
    since = today - timedelta(weeks=YEAR + 13)
    lasting = []
    for weeks in range(14):
        old = [course for course in new if since <= course.first <= today - weeks * WEEK]
        ran = sum(course.last >= course.first + weeks * WEEK for course in old)
        prior = LASTING_BEFORE**weeks
        lasting.append((ran + prior * LASTING_WEIGHT) / (len(old) + LASTING_WEIGHT))
    return lasting
