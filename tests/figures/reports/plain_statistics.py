"""The statistics in plain Python (statistik): the definitions of `docs/contracts.md` written again, row by row."""

from datetime import date, timedelta
from statistics import mean, median
from typing import Any, NamedTuple

DURATION_ENDS = {
    "1-30": 30,
    "31-60": 60,
    "61-90": 90,
    "91-120": 120,
    "121-150": 150,
    "151-180": 180,
    "181-210": 210,
    "211-360": 360,
    "over_360": 10**9,
}
HOURS_ENDS = {
    "0_or_unknown": 0,
    "0.01-1": 1,
    "1.01-2": 2,
    "2.01-3": 3,
    "3.01-4": 4,
    "4.01-5": 5,
    "5.01-10": 10,
    "over_10": 10**9,
}


class Sub(NamedTuple):
    """One row of the file; hours 0 where none are given."""

    citizen: str
    start: date
    end: date
    hours: float
    kind: str


def courses_of(rows: list[Sub], gap: int) -> list[list[Sub]]:
    """Join what follows on each other."""
    courses: list[list[Sub]] = []
    for row in sorted(rows, key=lambda row: (row.citizen, row.kind, row.start)):
        last = courses[-1] if courses else []
        same = last and (last[0].citizen, last[0].kind) == (row.citizen, row.kind)
        if same and row.start <= max(part.end for part in last) + timedelta(days=1 + gap):
            last.append(row)
        else:
            courses.append([row])
    return courses


def plain_statistics(rows: list[Sub], first: date, last: date, gap: int = 0) -> dict[str, Any]:
    """Return what the product must return, not rounded."""
    courses = courses_of(rows, gap)
    whole = _figures(rows, courses, first, last)
    whole["by_year"] = {}
    for year in range(first.year, last.year + 1):
        part = _figures(rows, courses, max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        if part["courses"]:
            whole["by_year"][str(year)] = part
    return whole


def _figures(rows: list[Sub], all_courses: list[list[Sub]], first: date, last: date) -> dict[str, Any]:
    courses = [course for course in all_courses if first <= course[0].start <= last]
    days = [(max(part.end for part in course) - course[0].start).days + 1 for course in courses]
    hours = [course[0].hours for course in courses]
    period = (last - first).days + 1
    used = sum(
        row.hours * ((min(row.end, last) - max(row.start, first)).days + 1)
        for row in rows
        if row.start <= last and row.end >= first
    )
    return {
        "citizens": len({course[0].citizen for course in courses}),
        "sub_courses": sum(len(course) for course in courses),
        "courses": len(courses),
        "mean_days": mean(days) if days else None,
        "median_days": median(days) if days else None,
        "duration_classes": _classes(days, DURATION_ENDS),
        "hours": {
            kind: _hours([course[0].hours for course in courses if course[0].kind == kind])
            for kind in ("individual", "place")
        },
        "full_time_persons": used / (period * 37),
        "implausible": {
            "zero_or_missing_hours": sum(hour == 0 for hour in hours),
            "hours_37_or_more": sum(hour >= 37 for hour in hours),
            "over_one_year": sum(day > 365 for day in days),
        },
    }


def _hours(hours: list[float]) -> dict[str, Any]:
    given = [hour for hour in hours if hour]
    return {
        "mean": mean(given) if given else None,
        "median": median(given) if given else None,
        "classes": _classes(hours, HOURS_ENDS),
    }


def _classes(values: list[Any], ends: dict[str, int]) -> dict[str, float]:
    counts = dict.fromkeys(ends, 0)
    for value in values:
        counts[next(name for name, end in ends.items() if value <= end)] += 1
    return {name: 100 * count / max(len(values), 1) for name, count in counts.items()}
