"""Make the tables of chapter 3 of the evaluation for the municipality: first courses by start year.

A first course is the first since 1 January 2012, as the evaluation counts. Years are start years. The last one ends
with the last finished half-year, so that figures of two days in a row reveal nobody. Small groups are hidden by
`small_groups`, over all tables together.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, SubCourse
from jobcenter_mentor.figures.reports.evaluation_shapes import SHAPES
from jobcenter_mentor.figures.reports.evaluation_tables import NationalTable, protected
from jobcenter_mentor.figures.reports.national import SINCE
from jobcenter_mentor.figures.reports.reader_scope import whose
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

COURSES = ["citizen", "course", "form", "first", "last", "minutes", "sex", "born", "benefit"]
STATUSES = ["citizen", "since", "match_group", "support"]
MATCHED_UNTIL = date(2013, 12, 31)


@dataclass(frozen=True)
class Evaluation:
    """The tables (evaluering) with their years as columns, the end of the period, and whose figures they are.

    The first of all tables' columns is all years.
    """

    years: list[int]
    until: date
    tables: list[NationalTable]
    made_on: date
    made_by: str
    whose: str


def evaluate(session: Session, *, actor: Actor) -> Evaluation:
    """Make the tables of the courses that the user may have figures of (tabeller), and log it."""
    until = last_finished_half(actor.day)
    people = first_courses(session, until, actor)
    years = [*range(int(people["year"].min()), until.year + 1)] if len(people) else []
    tables = protected(SHAPES, people, years) if years else []
    audit.record(session, by=actor.user, action="statistics.read", subject="report", subject_id="evaluering")
    return Evaluation(years, until, tables, actor.day, actor.user.full_name, whose(session, actor))


def last_finished_half(on: date) -> date:
    """Return the last day of the last finished half-year (halvår)."""
    return date(on.year, 1 if on.month <= 6 else 7, 1) - timedelta(days=1)


def first_courses(session: Session, until: date, actor: Actor) -> pd.DataFrame:
    """Return the citizens' first courses (første forløb), one row a citizen with what the tables need."""
    courses = _courses(session, until, actor)
    people = courses.sort_values(["first", "course"]).drop_duplicates("citizen").reset_index(drop=True)
    first, last = pd.to_datetime(people["first"]), pd.to_datetime(people["last"])
    born = pd.to_datetime(people["born"])
    birthday_ahead = (born.dt.month * 100 + born.dt.day) > (first.dt.month * 100 + first.dt.day)
    people["age"] = first.dt.year - born.dt.year - birthday_ahead
    people["year"], people["half"] = first.dt.year, first.dt.year * 2 + (first.dt.month > 6)
    people["days"] = (last - first).dt.days + 1
    people["hours"] = people["minutes"] / 60
    return _with_status(session, people, first)


def _courses(session: Session, until: date, actor: Actor) -> pd.DataFrame:
    """Return the courses in reach that began in the period: hours and form at the start, the last day of all parts."""
    statement = (
        select(
            SubCourse.citizen_id,
            SubCourse.course_id,
            SubCourse.form,
            SubCourse.first_day,
            SubCourse.last_day,
            SubCourse.minutes_per_week,
            Citizen.sex,
            Citizen.birth_date,
            Grant.benefit,
        )
        .join(Grant, Grant.id == SubCourse.course_id)
        .join(Citizen, Citizen.id == SubCourse.citizen_id)
        .order_by(SubCourse.course_id, SubCourse.first_day, SubCourse.id)
    )
    rows = session.execute(visible(statement, Grant, actor.user, "statistics.read", actor.day)).all()
    parts = pd.DataFrame([tuple(row) for row in rows], columns=COURSES)
    reach = parts.groupby("course")["last"].max()
    courses = parts.drop_duplicates("course").copy()
    courses["last"] = courses["course"].map(reach)
    return courses[(courses["first"] >= SINCE) & (courses["first"] <= until)]


def _with_status(session: Session, people: pd.DataFrame, first: Any) -> pd.DataFrame:
    """Add the benefit registered on the first day, and the match group of the quarter's end, 2013 at the latest."""
    columns = (CitizenStatus.citizen_id, CitizenStatus.valid_from, CitizenStatus.match_group, CitizenStatus.support)
    rows = session.execute(select(*columns).order_by(CitizenStatus.valid_from)).all()
    statuses = pd.DataFrame([tuple(row) for row in rows], columns=STATUSES)
    statuses["since"] = pd.to_datetime(statuses["since"]).astype("datetime64[s]")
    matched_on = (first + pd.offsets.QuarterEnd(0)).clip(upper=pd.Timestamp(MATCHED_UNTIL))
    people["match_group"] = _on_day(people, statuses, matched_on, "match_group")
    people["support"] = _on_day(people, statuses, first, "support")
    return people


def _on_day(people: pd.DataFrame, statuses: pd.DataFrame, days: Any, column: str) -> Any:
    """Return the status in force on each person's day, in the order of the people."""
    statuses = statuses.astype({"citizen": "int64"})  # a table without rows has no type of its own
    asked = pd.DataFrame(
        {"citizen": people["citizen"].astype("int64"), "day": days.astype("datetime64[s]"), "at": people.index}
    )
    found = pd.merge_asof(
        asked.sort_values("day", kind="stable"), statuses, left_on="day", right_on="since", by="citizen"
    )
    return found.set_index("at")[column].reindex(people.index).replace({np.nan: None})
