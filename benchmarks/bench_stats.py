"""E1-E3: statistics of the sub-courses, kept and recomputed, beside NumPy in memory, a bare loop and window functions.

E1: the figures as the report reads them (course id kept) beside an in-memory NumPy floor. E2: all recomputed from the
database beside a sorted stream with a Python loop, and beside SQLite's window functions. E3: no figure differs.
Run it as `python -m benchmarks.bench_stats [--smoke]`.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.measuring import Measure, Report, in_turn
from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.grants.models import SubCourse
from jobcenter_mentor.figures.reports import course_columns
from jobcenter_mentor.figures.reports.period_statistics import statistics_of_database
from jobcenter_mentor.figures.reports.statistics import statistics
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from tests import builders as a
from tests.databases import SqliteFiles, a_config

FIRST, LAST = date(2012, 1, 1), date(2014, 4, 30)
CITIZENS, SUB_COURSES = 44_691, 80_477
FORMS = ("individual", "place")
STREAM = (
    "SELECT citizen_id, form, first_day, last_day, minutes_per_week FROM sub_course"
    " ORDER BY citizen_id, form, first_day, id"
)
WINDOWS = """
WITH marked AS (
  SELECT *, CASE WHEN julianday(first_day) <= 1 + julianday(MAX(last_day) OVER (PARTITION BY citizen_id, form
    ORDER BY first_day, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) THEN 0 ELSE 1 END AS begins
  FROM sub_course),
numbered AS (
  SELECT *, SUM(begins) OVER (ORDER BY citizen_id, form, first_day, id) AS course FROM marked)
SELECT MIN(citizen_id), MIN(form), MIN(first_day), MAX(last_day), COUNT(*),
  MAX(CASE WHEN begins THEN minutes_per_week END) FROM numbered GROUP BY course
"""
DURATION_ENDS, HOURS_ENDS = (30, 60, 90, 120, 150, 180, 210, 360), (0, 1, 2, 3, 4, 5, 10)
Courses = dict[str, np.ndarray[Any, Any]]


def sub_courses(count: int, citizens: int) -> Iterator[dict[str, Any]]:
    """Give sub-courses, 40 % of which go on the day after the last one; kept with their course."""
    rng, number, free_from = Random(2014), 0, dict[tuple[int, str], date]()
    while number < count:
        citizen, form = rng.randrange(1, citizens + 1), "place" if rng.random() < 0.04 else "individual"
        start = free_from.get((citizen, form), FIRST) + timedelta(days=rng.randrange(2, 400))
        course = number + 1
        while True:
            number += 1
            end = start + timedelta(days=rng.randrange(13, 240))
            yield {
                "id": number,
                "grant_id": number,
                "citizen_id": citizen,
                "course_id": course,
                "form": form,
                "first_day": start,
                "last_day": end,
                "minutes_per_week": rng.choice((0, 60, 60, 90, 120, 180, 300)),
            }
            start = end + timedelta(days=1)
            if number >= count or rng.random() >= 0.4:
                break
        free_from[citizen, form] = end


def figures(courses: Courses, subs: Courses, first: int, last: int) -> dict[str, Any]:
    """Return the floor's figures of the courses that start in a period; `courses` in any order."""
    inside = (courses["first"] >= first) & (courses["first"] <= last)
    days, hours, form = (courses[name][inside] for name in ("days", "hours", "form"))
    count = max(int(inside.sum()), 1)
    held = np.clip(np.minimum(subs["last"], last) - np.maximum(subs["first"], first) + 1, 0, None)
    found = {
        "citizens": int(np.count_nonzero(np.bincount(courses["citizen"][inside]))),
        "sub_courses": int(courses["parts"][inside].sum()),
        "courses": int(inside.sum()),
        "mean_days": float(days.mean()),
        "median_days": float(np.median(days)),
        "durations": (100 * np.bincount(np.searchsorted(DURATION_ENDS, days), minlength=9) / count).tolist(),
        "full_time_persons": float((held * subs["hours"]).sum()) / ((last - first + 1) * 37),
        "implausible": [int((hours == 0).sum()), int((hours >= 37).sum()), int((days > 365).sum())],
    }
    for place, name in enumerate(FORMS):
        own = hours[form == place]
        given = own[own > 0]
        classes = 100 * np.bincount(np.searchsorted(HOURS_ENDS, own), minlength=8) / len(own)
        found[name] = [float(given.mean()), float(np.median(given)), *classes.tolist()]
    return found


def whole_and_years(courses: Courses, subs: Courses) -> dict[str, Any]:
    """Return the figures of the period and of each start year in it."""
    periods = {"whole": (FIRST, LAST)}
    periods |= {str(y): (max(FIRST, date(y, 1, 1)), min(LAST, date(y, 12, 31))) for y in (2012, 2013, 2014)}
    return {name: figures(courses, subs, begin.toordinal(), end.toordinal()) for name, (begin, end) in periods.items()}


def in_memory(subs: Courses) -> dict[str, Any]:
    """Floor of E1: sort, compare neighbours, reduce."""
    order = np.argsort((subs["citizen"] << 33) | (subs["form"] << 32) | subs["first"], kind="stable")
    ordered = {name: column[order] for name, column in subs.items()}
    begins = np.ones(len(order), bool)
    same = (np.diff(ordered["citizen"]) == 0) & (np.diff(ordered["form"]) == 0)
    begins[1:] = ~(same & (ordered["first"][1:] <= ordered["last"][:-1] + 1))
    at = np.flatnonzero(begins)
    courses = {name: ordered[name][at] for name in ("citizen", "form", "first", "hours")}
    courses["days"] = np.maximum.reduceat(ordered["last"], at) - courses["first"] + 1
    courses["parts"] = np.add.reduceat(np.ones(len(order), np.int64), at)
    return whole_and_years(courses, subs)


def bare_stream(raw: sqlite3.Connection) -> dict[str, Any]:
    """Floor of E2: the covering index in its order, and one Python loop that joins."""
    day = {text: number for number, text in _days()}
    joined: list[list[Any]] = []
    subs: list[tuple[int, int, float]] = []
    whose: tuple[int, str] | None = None
    reach = 0
    for citizen, form, first, last, minutes in raw.execute(STREAM):
        begin, end, hours = day[first], day[last], minutes / 60
        subs.append((begin, end, hours))
        if whose == (citizen, form) and begin <= reach + 1:
            course = joined[-1]
            course[3] = max(course[3], end - course[2] + 1)
            course[5] += 1
            reach = max(reach, end)
        else:
            joined.append([citizen, FORMS.index(form), begin, end - begin + 1, hours, 1])
            whose, reach = (citizen, form), end
    return whole_and_years(_columns(joined, COURSE), _columns(subs, ("first", "last", "hours")))


def windows(raw: sqlite3.Connection) -> dict[str, Any]:
    """Peer of E2: the joining by window functions in SQLite."""
    day = {text: number for number, text in _days()}
    courses = [
        (citizen, FORMS.index(form), day[first], day[last] - day[first] + 1, minutes / 60, parts)
        for citizen, form, first, last, parts, minutes in raw.execute(WINDOWS)
    ]
    spans = raw.execute("SELECT first_day, last_day, minutes_per_week FROM sub_course")
    subs = [(day[first], day[last], minutes / 60) for first, last, minutes in spans]
    return whole_and_years(_columns(courses, COURSE), _columns(subs, ("first", "last", "hours")))


COURSE = ("citizen", "form", "first", "days", "hours", "parts")


def _columns(rows: list[Any], names: tuple[str, ...]) -> Courses:
    table = np.array(rows)
    return {
        name: table[:, place] if name == "hours" else table[:, place].astype(np.int64)
        for place, name in enumerate(names)
    }


def _days() -> Iterator[tuple[int, str]]:
    for number in range(date(2011, 1, 1).toordinal(), date(2040, 1, 1).toordinal()):
        yield number, date.fromordinal(number).isoformat()


def as_floor(found: dict[str, Any]) -> dict[str, Any]:
    """Put the product's document into the floor's shape."""
    shaped = {}
    for name, part in {"whole": found, **found["by_year"]}.items():
        shaped[name] = {key: part[key] for key in ("citizens", "sub_courses", "courses", "mean_days", "median_days")}
        shaped[name]["durations"] = list(part["duration_classes"].values())
        shaped[name]["full_time_persons"] = part["full_time_persons"]
        shaped[name]["implausible"] = list(part["implausible"].values())
        for form in FORMS:
            hours = part["hours"][form]
            shaped[name][form] = [hours["mean"], hours["median"], *hours["classes"].values()]
    return shaped


def differences(one: Any, other: Any) -> int:
    """Count figures that differ by more than the four decimals that are given."""
    if isinstance(one, dict):
        return sum(differences(one[key], other[key]) for key in one) + (set(one) != set(other))
    if isinstance(one, list):
        return sum(differences(left, right) for left, right in zip(one, other, strict=True))
    return int(abs(one - other) > 0.0001)


def timed(work: Callable[[], Any]) -> Measure:
    """Return a measure of some work."""

    def measure() -> float:
        begin = time.perf_counter()
        work()
        return time.perf_counter() - begin

    return measure


def main(*, smoke: bool) -> None:
    """Fill a database, hold the answers against each other, measure, print the report."""
    count, citizens, rounds = (4_000, 2_200, 3) if smoke else (SUB_COURSES, CITIZENS, 11)
    report = Report("stats", "smoke" if smoke else "L", rounds)
    with tempfile.TemporaryDirectory() as name:
        address = SqliteFiles(Path(name)).fresh()
        app = create_app(a_config(address))
        with app.app_context():
            user = _filled(list(sub_courses(count, citizens)))
            raw = sqlite3.connect(address.removeprefix("sqlite:///"))
            with transaction() as session:
                wrong = measure_all(report, session, raw, user, rounds)
            raw.close()
            db.engine.dispose()
    report.finish(strict=not smoke)
    if wrong:
        sys.exit(f"{wrong} figures differ")


def _filled(rows: list[dict[str, Any]]) -> int:
    """Write the sub-courses, their foreign keys left open, and a reader; return the reader's id."""
    with transaction() as session:
        user = a.a_user(session, "ØK").id
    with db.engine.connect() as connection:
        bare = connection.connection.driver_connection
        assert bare is not None
        bare.execute("PRAGMA foreign_keys=OFF")
        connection.execute(insert(SubCourse), rows)
        connection.commit()
        bare.execute("PRAGMA foreign_keys=ON")
        bare.execute("ANALYZE")
    return user


def measure_all(report: Report, session: Session, raw: sqlite3.Connection, user_id: int, rounds: int) -> int:
    """Measure E1 and E2 and count the differences of E3, which is returned."""
    user = session.scalars(select(User).where(User.id == user_id)).one()
    sub, _ = course_columns.recomputed(session)
    subs = {"citizen": sub.citizen, "form": sub.form, "first": sub.first, "last": sub.last, "hours": sub.hours}
    mixed = np.random.default_rng(1).permutation(len(sub.first))
    subs = {name: column[mixed] for name, column in subs.items()}

    def product() -> dict[str, Any]:
        return statistics_of_database(session, first=FIRST, last=LAST, actor=Actor(user, a.WORKING_DAY))

    def again() -> dict[str, Any]:
        return statistics(*course_columns.recomputed(session), FIRST, LAST)

    def cold() -> dict[str, Any]:
        course_columns._copies.clear()
        return product()

    right = in_memory(subs)
    found = {"E1": as_floor(product()), "E2": as_floor(again()), "stream": bare_stream(raw), "windows": windows(raw)}
    wrong = sum(differences(right, one) for one in found.values())
    report.goal("E3", wrong, at_most=0)
    seconds = in_turn({"floor": timed(lambda: in_memory(subs)), "kept": timed(product)}, rounds)
    report.goal("E1", report.add("kept course id", seconds["kept"], seconds["floor"]), at_most=1.0)
    ways = {
        "stream": timed(lambda: bare_stream(raw)),
        "again": timed(again),
        "windows": timed(lambda: windows(raw)),
        "cold": timed(cold),
    }
    seconds = in_turn(ways, rounds)
    report.goal("E2", report.add("recomputed", seconds["again"], seconds["stream"]), at_most=1.3)
    faster = median(w / own for w, own in zip(seconds["windows"], seconds["again"], strict=True))
    report.goal("E2 beside window functions", faster, at_least=2.5)
    report.add("SQLite window functions", seconds["windows"], seconds["stream"])
    report.add("kept, first reading after a change", seconds["cold"], seconds["stream"])
    return wrong


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv[1:])
