"""Read the sub-courses of the database as columns (delforløb), once and again only when they have changed.

The copy holds numbers, days and hours, no names. The database is asked at each reading who may see which courses.
"""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, SubCourse, SubCourseVersion
from jobcenter_mentor.figures.reports.statistics import FORMS, CourseStatistics, SubCourses, Whole, courses_of, join
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import teams_on, visible

ACTION = "statistics.read"
VERSION = select(SubCourseVersion.number)
STREAM = select(
    SubCourse.citizen_id,
    SubCourse.form,
    SubCourse.first_day,
    SubCourse.last_day,
    SubCourse.minutes_per_week,
).order_by(SubCourse.citizen_id, SubCourse.form, SubCourse.first_day, SubCourse.id)
"""The statement, read in the order of the covering index."""
KEPT = STREAM.add_columns(SubCourse.course_id, SubCourse.grant_id)


@dataclass(frozen=True)
class StoredSubcourses:
    """The sub-courses with their course numbers and grants (delforløb), in index order, and the courses they make."""

    sub: SubCourses
    course: Whole
    grant: Whole
    courses: CourseStatistics


_copies: dict[int, StoredSubcourses] = {}
"""The newest copy by its version. Versions are random, so two databases never share one."""


def kept(session: Session) -> StoredSubcourses:
    """Return the stored courses (forløb), up to date with the transaction; one statement where the copy is valid."""
    number = session.scalars(VERSION).one()
    found = _copies.get(number)
    if found is None:
        rows = _rows(session, KEPT)
        sub, course, grant = _columns(rows), _whole(rows, 5), _whole(rows, 6)
        found = StoredSubcourses(sub, course, grant, courses_of(sub, course))
        _copies.clear()
        _copies[number] = found
    return found


def recomputed(session: Session) -> tuple[SubCourses, CourseStatistics]:
    """Return all sub-courses joined again (omregning), without the stored number of the course."""
    sub = _columns(_rows(session, STREAM))
    return sub, join(sub)


def in_reach(session: Session, actor: Actor) -> tuple[SubCourses, CourseStatistics]:
    """Return the stored courses that the reader may have figures of (forløb).

    They are the same arrays where that is all of them.
    """
    copy = kept(session)
    if teams_on(actor.user, ACTION, on=actor.day) is None:
        return copy.sub, copy.courses
    grants = np.array(session.scalars(visible(select(Grant.id), Grant, actor.user, ACTION, actor.day)).all(), np.int64)
    seen = np.isin(copy.grant, grants)
    sub = copy.sub.take(seen)
    return sub, courses_of(sub, copy.course[seen])


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Fetch rows with the driver's own cursor, because only bare tuples are as fast as a bare loop."""
    connection = session.connection()
    cursor = connection.connection.cursor()
    try:
        cursor.execute(str(statement.compile(dialect=connection.dialect)))
        return list(cursor.fetchall())
    finally:
        cursor.close()


def _columns(rows: list[tuple[Any, ...]]) -> SubCourses:
    """Turn rows of the statement into columns; a repeated day is read once."""
    days = {row[place] for row in rows for place in (2, 3)}
    number = {day: (day if isinstance(day, date) else date.fromisoformat(day)).toordinal() for day in days}
    citizen = _whole(rows, 0)
    return SubCourses(
        np.cumsum(np.diff(citizen, prepend=citizen[:1]) != 0),
        _whole(rows, 1, {name: place for place, name in enumerate(FORMS)}),
        _whole(rows, 2, number),
        _whole(rows, 3, number),
        _whole(rows, 4) / 60,
    )


def _whole(rows: list[tuple[Any, ...]], place: int, meaning: dict[Any, int] | None = None) -> Whole:
    """Return one column as whole numbers."""
    values = map(itemgetter(place), rows)
    return np.fromiter(map(meaning.__getitem__, values) if meaning else values, np.int64, len(rows))
