"""Sub-courses (delforløb): stored with the hours periods in the same transaction, and joined to courses for statistics.

They are joined by the rule of the evaluation (SFI 15:10, chapter 3, note 8): the same citizen and form, with no day
between.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from secrets import randbits
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod, SubCourse, SubCourseVersion

AT_ONCE = 500
"""How many courses are written in one round of statements."""
DAY = timedelta(days=1)


class SubcourseLine(NamedTuple):
    """A sub-course as it should be stored."""

    grant_id: int
    citizen_id: int
    course_id: int
    form: str
    first_day: date
    last_day: date
    minutes_per_week: int


LINE = tuple(getattr(SubCourse, name) for name in SubcourseLine._fields)
PERIODS = (
    select(
        Grant.id.label("grant_id"),
        Grant.citizen_id,
        Grant.form,
        GrantPeriod.first_day,
        GrantPeriod.last_day,
        GrantPeriod.minutes_per_week,
    )
    .join(Grant, Grant.id == GrantPeriod.grant_id)
    .order_by(Grant.citizen_id, Grant.form, GrantPeriod.first_day, Grant.id)
)


def keep(session: Session, grant_ids: Iterable[int]) -> None:
    """Update the sub-courses after hours periods were written, for one course or for many.

    The citizens' other courses are read too, since a new one may join two that were apart. Writing the same twice
    changes nothing. Call it after the frames, so that all writers lock in the same order.
    """
    _keep(session, grant_ids, leaving=False)


def forget(session: Session, grant_ids: Iterable[int]) -> None:
    """Remove the sub-courses of courses that are about to be deleted; what they joined is separated again."""
    _keep(session, grant_ids, leaving=True)


def keep_all(session: Session) -> None:
    """Update all sub-courses."""
    keep(session, session.scalars(select(Grant.id)))


def joined(periods: Iterable[Any]) -> Iterator[SubcourseLine]:
    """Give the sub-courses of hours periods, each with its joined course; expects the order of `PERIODS`.

    A period that only changes the price, not the hours, continues the sub-course before it.
    """
    before: SubcourseLine | None = None
    reach = date.min
    for grant_id, citizen_id, form, first_day, last_day, minutes in periods:
        same = before is not None and (before.citizen_id, before.form) == (citizen_id, form)
        follows = same and first_day <= reach + DAY
        line = SubcourseLine(grant_id, citizen_id, grant_id, form, first_day, last_day, minutes)
        if before is not None and follows:
            line = line._replace(course_id=before.course_id)
            if (before.grant_id, before.minutes_per_week, before.last_day + DAY) == (grant_id, minutes, first_day):
                line, before = before._replace(last_day=last_day), None
        if before is not None:
            yield before
        before, reach = line, max(reach, last_day) if same else last_day
    if before is not None:
        yield before


def differing(session: Session) -> list[int]:
    """Return the grants whose stored sub-courses differ from those calculated again from the periods."""
    kept = {SubcourseLine(*row) for row in session.execute(select(*LINE))}
    right = set(joined(session.execute(PERIODS)))
    return sorted({line.grant_id for line in kept ^ right})


def _keep(session: Session, grant_ids: Iterable[int], *, leaving: bool) -> None:
    session.flush()
    wanted, changed = sorted(set(grant_ids)), False
    for begin in range(0, len(wanted), AT_ONCE):
        changed |= _keep_some(session, wanted[begin : begin + AT_ONCE], leaving=leaving)
    if changed:
        session.execute(update(SubCourseVersion).values(number=randbits(62)))


def _keep_some(session: Session, grants: list[int], *, leaving: bool) -> bool:
    """Update the sub-courses of the citizens of some courses; returns whether anything had to change."""
    citizens = select(Grant.citizen_id).where(Grant.id.in_(grants))
    periods = PERIODS.where(Grant.citizen_id.in_(citizens))
    right = set(joined(session.execute(periods.where(Grant.id.not_in(grants)) if leaving else periods)))
    kept = session.execute(select(SubCourse.id, *LINE).where(SubCourse.citizen_id.in_(citizens))).all()
    wrong = [row[0] for row in kept if tuple(row[1:]) not in right]
    missing = sorted(
        right - {SubcourseLine(*row[1:]) for row in kept}, key=lambda line: (line.citizen_id, line.first_day)
    )
    for begin in range(0, len(wrong), AT_ONCE):
        session.execute(delete(SubCourse).where(SubCourse.id.in_(wrong[begin : begin + AT_ONCE])))
    if missing:
        session.execute(insert(SubCourse), [line._asdict() for line in missing])
    return bool(wrong or missing)
