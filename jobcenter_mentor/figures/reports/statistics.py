"""Join sub-courses to courses and calculate their figures (statistik), in columns of numbers.

Days are ordinals (`date.toordinal`), both ends included; hours are hours a week, 0 where none are given. Definitions
follow the evaluation (SFI 15:10, chapter 3): adjacent sub-courses are one course, hours are those at its start.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMS = ("individual", "place")
FULL_WEEK = 37
LONG_DAYS = 365
DURATIONS = ("1-30", "31-60", "61-90", "91-120", "121-150", "151-180", "181-210", "211-360", "over_360")
DURATION_ENDS = (30, 60, 90, 120, 150, 180, 210, 360)
HOURS = ("0_or_unknown", "0.01-1", "1.01-2", "2.01-3", "3.01-4", "4.01-5", "5.01-10", "over_10")
HOURS_ENDS = (0, 1, 2, 3, 4, 5, 10)
PLACES = 4
"""Decimals of a result; a figure is never rounded before it is used."""

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Sums = tuple[Whole, Real, Real]
"""Days in order, and the running sums of hours and of hours times day."""
EPOCH = date(2010, 1, 1).toordinal()
"""Sums count days from here, so that no precision is lost."""


@dataclass(frozen=True)
class SubCourses:
    """Sub-courses in columns (delforløb), where `citizen` is any number from 0 that identifies a citizen.

    `form` is the place in `FORMS`.
    """

    citizen: Whole
    form: Whole
    first: Whole
    last: Whole
    hours: Real

    def take(self, rows: Any) -> "SubCourses":
        """Return the rows of a mask or an order (udvalg)."""
        return SubCourses(self.citizen[rows], self.form[rows], self.first[rows], self.last[rows], self.hours[rows])

    def used_until(self, day: int) -> float:
        """Return days times hours a week up to and including a day: what began less what had ended.

        Both are looked up in the running sums.
        """
        begun, ended = self._sums
        return _of(begun, day - EPOCH + 1) - _of(ended, day - EPOCH)

    @cached_property
    def _sums(self) -> tuple[Sums, Sums]:
        """Return the running sums over the first days and over the last days, made once."""
        return _running(self.first - EPOCH, self.hours), _running(self.last - EPOCH, self.hours)


@dataclass(frozen=True)
class CourseStatistics:
    """Courses in columns, ordered by first day (forløb): hours at the start, number of sub-courses, classes."""

    citizen: Whole
    form: Whole
    first: Whole
    days: Whole
    hours: Real
    parts: Whole
    duration_class: Whole
    hours_class: Whole

    def part(self, first: int, last: int) -> "CourseStatistics":
        """Return the courses that begin in the period (forløb)."""
        begin, end = np.searchsorted(self.first, (first, last + 1))
        columns = (getattr(self, name)[begin:end] for name in self.__dataclass_fields__)
        return CourseStatistics(*columns)


def join(sub: SubCourses, gap_days: int = 0) -> CourseStatistics:
    """Join sub-courses to courses (forløb): same citizen and form, at most `gap_days` days between."""
    sub = sub.take(np.lexsort((sub.first, sub.form, sub.citizen)))
    if not len(sub.first):
        return _courses(sub, np.zeros(0, np.int64))
    another = np.empty(len(sub.first), bool)
    another[0] = True
    another[1:] = (np.diff(sub.citizen) != 0) | (np.diff(sub.form) != 0)
    far = int(sub.last.max()) + gap_days + 2
    step = np.cumsum(another) * far
    reach = np.maximum.accumulate(sub.last + step) - step
    starts = another.copy()
    starts[1:] |= sub.first[1:] > reach[:-1] + 1 + gap_days
    return _courses(sub, np.flatnonzero(starts))


def courses_of(sub: SubCourses, course: Whole) -> CourseStatistics:
    """Return the courses by the stored number (forløb); `sub` is in stored order, where a course stands together."""
    starts = np.flatnonzero(np.diff(course, prepend=-1))
    return _courses(sub, starts)


def statistics(sub: SubCourses, courses: CourseStatistics, first: date, last: date) -> dict[str, Any]:
    """Return the statistics (statistik) of courses that start in the period, in all and per start year.

    The shape is that of `docs/contracts.md`.
    """
    begin, end = first.toordinal(), last.toordinal()
    whole = _measured(sub, courses.part(begin, end), begin, end)
    years = {}
    for year in range(first.year, last.year + 1):
        opens, closes = max(begin, date(year, 1, 1).toordinal()), min(end, date(year, 12, 31).toordinal())
        started = courses.part(opens, closes)
        if len(started.first):
            years[str(year)] = _measured(sub, started, opens, closes)
    return {**whole, "by_year": years}


def full_time_persons(sub: SubCourses, first: int, last: int) -> float:
    """Return full-time persons (fuldtidspersoner): days in the period times hours a week, over its days times 37."""
    return (sub.used_until(last) - sub.used_until(first - 1)) / ((last - first + 1) * FULL_WEEK)


def _running(days: Whole, hours: Real) -> Sums:
    order = np.argsort(days)
    days, hours = days[order], hours[order]
    return days, np.append(0, np.cumsum(hours)), np.append(0, np.cumsum(hours * days))


def _of(sums: Sums, day: int) -> float:
    """Return the sum of hours times the days from each one's own day to this one, for those before it."""
    days, hours, weighted = sums
    place = np.searchsorted(days, day)
    return float(hours[place] * day - weighted[place])


def _courses(sub: SubCourses, starts: Whole) -> CourseStatistics:
    """Return the courses that begin at some places of the ordered sub-courses, ordered by first day."""
    if not len(starts):
        none = np.zeros(0, np.int64)
        return CourseStatistics(none, none, none, none, np.zeros(0), none, none, none)
    days = np.maximum.reduceat(sub.last, starts) - sub.first[starts] + 1
    parts = np.diff(starts, append=len(sub.first))
    order = np.argsort(sub.first[starts], kind="stable")
    at, days, parts = starts[order], days[order], parts[order]
    hours = sub.hours[at]
    return CourseStatistics(
        sub.citizen[at],
        sub.form[at],
        sub.first[at],
        days,
        hours,
        parts,
        np.searchsorted(DURATION_ENDS, days),
        np.searchsorted(HOURS_ENDS, hours),
    )


def _measured(sub: SubCourses, courses: CourseStatistics, first: int, last: int) -> dict[str, Any]:
    """Return the figures of some courses, and the full-time persons of the period."""
    count = len(courses.first)
    return {
        "citizens": int(np.count_nonzero(np.bincount(courses.citizen))) if count else 0,
        "sub_courses": int(courses.parts.sum()),
        "courses": count,
        "mean_days": _rounded(courses.days.mean()) if count else None,
        "median_days": _rounded(np.median(courses.days)) if count else None,
        "duration_classes": _shares(courses.duration_class, DURATIONS),
        "hours": {name: _hours(courses, place) for place, name in enumerate(FORMS)},
        "full_time_persons": _rounded(full_time_persons(sub, first, last)),
        "implausible": {
            "zero_or_missing_hours": int(np.count_nonzero(courses.hours_class == 0)),
            "hours_37_or_more": int(np.count_nonzero(courses.hours >= FULL_WEEK)),
            "over_one_year": int(np.count_nonzero(courses.days > LONG_DAYS)),
        },
    }


def _hours(courses: CourseStatistics, form: int) -> dict[str, Any]:
    """Return the hours of one form; mean and median leave out those without hours."""
    of_form = courses.form == form
    given = courses.hours[of_form & (courses.hours > 0)]
    return {
        "mean": _rounded(given.mean()) if len(given) else None,
        "median": _rounded(np.median(given)) if len(given) else None,
        "classes": _shares(courses.hours_class[of_form], HOURS),
    }


def _shares(classes: Whole, names: tuple[str, ...]) -> dict[str, float]:
    """Return the share of each class in per cent; 0 each where there is nothing."""
    counts = np.bincount(classes, minlength=len(names))
    total = max(len(classes), 1)
    return {name: _rounded(100 * count / total) for name, count in zip(names, counts, strict=True)}


def _rounded(value: Any) -> float:
    return round(float(value), PLACES)
