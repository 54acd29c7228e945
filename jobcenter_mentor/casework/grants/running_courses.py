"""Import of many running courses at once: assessed one by one, written by a few statements."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames.bulk_reservation import Book
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants import case_assessment, subcourses
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Grant, GrantPeriod
from jobcenter_mentor.casework.grants.running_course import NewCourse, appraise_course, values_of
from jobcenter_mentor.casework.grants.year_cost import NO_FRAME
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.casework.referrals.models import CaseCounter
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.reimbursement import split_cost
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import Base, now

AT_ONCE = 500


def take_in_courses(
    session: Session,
    courses: Sequence[NewCourse],
    *,
    actor: Actor,
    law: Law,
    progress: Callable[[int, int], None] | None = None,
) -> list[int]:
    """Take in running courses as `take_in_course` does each; returns their row ids in order, logged in one row.

    The caller has checked the rows and that the citizens are within the user's scope.
    """
    if not courses:
        return []
    book, ids, numbers = Book(session), list[int](), _case_numbers(session, actor.day, len(courses))
    for first in range(0, len(courses), AT_ONCE):
        some = courses[first : first + AT_ONCE]
        appraisals = [_appraised(session, course, law, book, first + at) for at, course in enumerate(some)]
        assessed = iter(_write_assessments(session, appraisals, actor.user))
        values = [
            values_of(course, appraisal, law)
            | {"case_number": next(numbers), "mentor_id": course.mentor.id if course.mentor else None}
            | {"assessment_id": next(assessed) if appraisal else None}
            for course, appraisal in zip(some, appraisals, strict=True)
        ]
        ids += written(session, Grant, values)
        if progress is not None:
            progress(len(ids), len(courses))
    _write_periods(session, courses, ids)
    book.close(ids)
    month_sums.begin(session, ids)
    subcourses.keep(session, ids)
    people = [course.citizen.id for course in courses]
    audit.record(
        session, by=actor.user, action="grant.take_in", subject="grant", citizens=people, detail={"courses": len(ids)}
    )
    return ids


def written(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> list[int]:
    """Insert many rows at once and return their row ids in order.

    SQLite would return an id for each statement, but it lets nobody else write meanwhile and counts on from the
    highest.
    """
    stamped = [{**row, "recorded_at": now()} for row in rows]
    table = model.__table__
    if not stamped:
        return []
    if session.get_bind().dialect.name == "sqlite":
        highest = session.scalar(select(func.max(table.c.id))) or 0
        session.execute(insert(table), stamped)
        return list(range(highest + 1, highest + 1 + len(stamped)))
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, stamped))


def _appraised(session: Session, course: NewCourse, law: Law, book: Book, key: int) -> Appraisal | None:
    """Assess a course with what the courses before it have left of the frames, and take its part."""
    appraisal = appraise_course(session, course, law, book)
    book.take(key, appraisal.lines if appraisal else list(_cost_of(course)))
    return appraisal


def _cost_of(course: NewCourse) -> Iterator[CostLine]:
    """Give the cost by year of a course for which no law was found; nothing of it is refunded."""
    for year, cost in split_cost(course.minutes_per_week, course.start, course.last_day, course.hourly_price):
        yield CostLine(year, cost // course.place_share, NO_FRAME, 0)


def _write_assessments(session: Session, appraisals: Sequence[Appraisal | None], by: User) -> list[int]:
    rows = [case_assessment.columns_of(appraisal, referral_id=None, by=by) for appraisal in appraisals if appraisal]
    return written(session, AssessmentRecord, rows)


def _write_periods(session: Session, courses: Sequence[NewCourse], ids: Sequence[int]) -> None:
    rows = [
        {
            "grant_id": number,
            "first_day": course.start,
            "last_day": course.last_day,
            "minutes_per_week": course.minutes_per_week,
        }
        for number, course in zip(ids, courses, strict=True)
    ]
    session.execute(insert(GrantPeriod.__table__), [row | {"recorded_at": now()} for row in rows])


def _case_numbers(session: Session, on: date, count: int) -> Iterator[str]:
    """Take a block of case numbers; the counter's row stays locked until the transaction ends."""
    first = int(referrals.next_case_number(session, on).split("-")[1])
    counter = update(CaseCounter).where(CaseCounter.year == on.year).values(last=first + count - 1)
    session.execute(counter.execution_options(synchronize_session=False))
    return (f"{on.year}-{number:04d}" for number in range(first, first + count))
