"""Timetabellen: 800 mentors x 12 weeks with 4,000 courses, beside its floor.

The floor reads the same rows with the plain driver and adds them up week by week, without holidays, prices, skills or
words. Wrong sums and more than two SELECTs fail. Run it as `python -m benchmarks.bench_corps [--smoke]`.
"""

import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import event
from sqlalchemy.orm import Session

from benchmarks.measuring import Report, in_turn
from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.matching import hours_table
from jobcenter_mentor.casework.matching.hours_table import CorpsWeeks
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import db
from tests.builders import a_citizen, a_grant, a_mentor, a_user
from tests.databases import a_config

DAY = date(2014, 9, 1)
WEEKS = 12
SELECT_HOURS = "SELECT mentor_id, minutes_per_week FROM mentor_hours"
SELECT_BOOKED = """SELECT g.mentor_id, p.first_day, p.last_day, p.minutes_per_week FROM "grant" g
JOIN grant_period p ON p.grant_id = g.id WHERE coalesce(g.ended_on, g.last_day) >= ? AND p.first_day <= ?"""


def fill(session: Session, mentors: int) -> None:
    """Make mentors with five courses each, of one to three hours a week."""
    rng = Random(1)
    citizen = a_citizen(session)
    for _ in range(mentors):
        mentor = a_mentor(session)
        for _ in range(5):
            start = DAY - timedelta(days=rng.randrange(0, 150))
            last = start + timedelta(days=181)
            a_grant(
                session,
                citizen,
                mentor_id=mentor.id,
                start=start,
                last_day=last,
                minutes_per_week=60 * rng.randint(1, 3),
            )
    session.commit()


def floor(path: Path) -> list[tuple[int, int]]:
    """Add up hours and bookings of each week in plain Python."""
    mondays = [DAY + timedelta(weeks=number) for number in range(WEEKS)]
    sundays = [monday + timedelta(days=6) for monday in mondays]
    spans = [(monday.isoformat(), sunday.isoformat()) for monday, sunday in zip(mondays, sundays, strict=True)]
    cells: dict[tuple[int, int], list[int]] = {}
    with sqlite3.connect(path) as connection:
        for mentor, minutes in connection.execute(SELECT_HOURS):
            for week in range(WEEKS):
                cells[mentor, week] = [minutes, 0]
        for mentor, first, last, minutes in connection.execute(SELECT_BOOKED, (spans[0][0], spans[-1][1])):
            for week, (monday, sunday) in enumerate(spans):
                if first <= sunday and last >= monday:
                    cells[mentor, week][1] += minutes
    shown = {key: f"{booked / 60:g}/{hours / 60:g}" for key, (hours, booked) in cells.items()}
    assert len(shown) == len(cells)
    return [
        (sum(h for (_, w), (h, _) in cells.items() if w == n), sum(b for (_, w), (_, b) in cells.items() if w == n))
        for n in range(WEEKS)
    ]


def main() -> None:
    """Fill a file, look at the table and print the ratio."""
    smoke = "--smoke" in sys.argv
    mentors = 100 if smoke else 800
    rounds = 3 if smoke else 9
    with TemporaryDirectory() as folder:
        path = Path(folder) / "corps.db"
        app = create_app(a_config(f"sqlite:///{path}"))
        sent: list[str] = []
        with app.app_context():
            db.create_all()
            session = db.session()
            event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
            user = a_user(session, "MK")
            fill(session, mentors)
            _ = [role.role for role in user.roles]
            sent.clear()
            _check(hours_table.corps(session, actor=Actor(user, DAY)), floor(path), mentors, sent)

            def ours() -> float:
                session.expire_all()
                _ = [role.role for role in user.roles]
                began = perf_counter()
                hours_table.corps(session, actor=Actor(user, DAY))
                return perf_counter() - began

            def least() -> float:
                began = perf_counter()
                floor(path)
                return perf_counter() - began

            taken = in_turn({"floor": least, "heat": ours}, rounds)
            session.close()
            db.engine.dispose()
    report = Report("corps", f"{mentors} x {WEEKS}", rounds)
    report.add("floor", taken["floor"], taken["floor"])
    report.goal("heat table", report.add("heat", taken["heat"], taken["floor"]), at_most=3)
    report.finish(strict=False)


def _check(found: CorpsWeeks, sums: list[tuple[int, int]], mentors: int, sent: list[str]) -> None:
    """Hold the totals against the floor's, and count the statements."""
    assert found.count == mentors
    for cell, (hours, booked) in zip(found.totals, sums, strict=True):
        assert cell.figure.replace(".", "") == f"{booked // 60}/{hours // 60}", (cell, booked, hours)
    selects = [one for one in sent if one.lstrip("( ").startswith("SELECT")]
    assert len(selects) <= 2, selects


if __name__ == "__main__":
    main()
