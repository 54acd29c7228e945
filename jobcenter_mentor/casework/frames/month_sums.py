"""Månedssummer: each course's months and the sums of them, kept in the transaction of the act that changes them.

The tables that a course's hours and cost are counted from are handed over by the features that they belong to.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import (
    COURSES,
    MEETINGS,
    PAY_LINES,
    PERIODS,
    CourseMonth,
    MonthSum,
    Reservation,
)
from jobcenter_mentor.domain.accounts.course_months import CourseCost, Figures, Hours
from jobcenter_mentor.domain.kernel.target_groups import number_on

UNKNOWN_GROUP = -1
AT_ONCE = 500
"""How many courses are counted together when all are counted again."""


class SumKey(NamedTuple):
    """What a monthly sum counts: one month of one frame kind and rate (per cent), team, group and mentor type."""

    year: int
    month: int
    frame_kind: str
    rate_percent: int
    team_id: int
    group_number: int
    mentor_type: str


Stored = dict[SumKey, tuple[int, Figures]]
"""A course's months as stored, with their row ids."""
_NOTHING = Figures()


def keep(session: Session, *grant_ids: int) -> None:
    """Update the months and sums of courses; every act that changes a course's hours or cost calls it last.

    It locks the courses, counts their months again, stores what differs and adds the differences to the sums.
    """
    session.flush()
    for first in range(0, len(grant_ids), AT_ONCE):
        ids = {"ids": sorted(grant_ids[first : first + AT_ONCE])}
        courses = session.execute(_course().with_for_update(of=COURSES.table), ids).all()
        _replace(session, _stored(session, ids), _counted(session, courses))


def _replace(session: Session, stored: dict[int, Stored], counted: dict[int, dict[SumKey, Figures]]) -> None:
    """Put the counted months in place of the stored ones where they differ, and change the sums by as much."""
    gone: list[int] = []
    new: list[tuple[int, SumKey, Figures]] = []
    sums: dict[SumKey, Counter[str]] = defaultdict(Counter)
    for grant_id, months in counted.items():
        before = stored.get(grant_id, {})
        for key in before.keys() | months.keys():
            row_id, old = before.get(key, (None, _NOTHING))
            now = months.get(key, _NOTHING)
            if now != old:
                gone += [] if row_id is None else [row_id]
                new += [(grant_id, key, now)] if key in months else []
                sums[key].update(now._asdict())
                sums[key].subtract(old._asdict())
    if gone:
        table = CourseMonth.__table__
        session.execute(delete(table).where(table.c.id.in_(gone)))
    _store(session, new)
    add(session, {key: Figures(**figures) for key, figures in sums.items()})


def add(session: Session, changes: dict[SumKey, Figures]) -> None:
    """Add to the sums in the order of their keys, so that two writers never wait for each other."""
    rows = [key._asdict() | figures._asdict() for key, figures in sorted(changes.items()) if any(figures)]
    if rows:
        session.execute(_adding(session.get_bind().dialect.name), rows)


def rebuild(session: Session) -> int:
    """Count all courses again and replace what was stored; returns how many courses have cost.

    This is for a municipality that has just been filled by other means than the services.
    """
    session.flush()
    for model in (CourseMonth, MonthSum):
        session.execute(delete(model).execution_options(synchronize_session=False))
    ids = session.scalars(select(COURSES.table.c.id).order_by(COURSES.table.c.id)).all()
    add(session, _counted_in(session, ids))
    return len(ids)


def begin(session: Session, grant_ids: Sequence[int]) -> None:
    """Enter many new courses, which have no months yet, in the months and sums."""
    session.flush()
    add(session, _counted_in(session, grant_ids))


def forget(session: Session, grant_ids: Sequence[int]) -> None:
    """Remove the months of courses that are about to be deleted, and subtract them from the sums."""
    session.flush()
    for first in range(0, len(grant_ids), AT_ONCE):
        some = grant_ids[first : first + AT_ONCE]
        _replace(session, _stored(session, {"ids": some}), {number: {} for number in some})


def _counted_in(session: Session, ids: Sequence[int]) -> dict[SumKey, Figures]:
    """Store the months of courses that have none, and return the sums of them."""
    sums: dict[SumKey, Counter[str]] = defaultdict(Counter)
    for first in range(0, len(ids), AT_ONCE):
        courses = session.execute(_course(), {"ids": ids[first : first + AT_ONCE]}).all()
        rows = [
            (course_id, key, figures)
            for course_id, months in _counted(session, courses).items()
            for key, figures in months.items()
        ]
        _store(session, rows)
        for _, key, figures in rows:
            sums[key].update(figures._asdict())
    return {key: Figures(**figures) for key, figures in sums.items()}


def delivered_by_year(session: Session, grant_id: int) -> dict[tuple[int, str], int]:
    """Return what a course has delivered by year and frame, in øre; a reservation may not be lower."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    for key, (_, figures) in _stored(session, {"ids": [grant_id]}).get(grant_id, {}).items():
        found[key.year, key.frame_kind] += figures.delivered
    return {key: amount for key, amount in found.items() if amount}


def _counted(session: Session, courses: Sequence[Any]) -> dict[int, dict[SumKey, Figures]]:
    """Count the months of some courses from the rows they are made of."""
    ids = {"ids": [course.id for course in courses]}
    hours, reserved, held, billed = (_by_course(session, part, ids) for part in _PARTS)
    found = {}
    for course in courses:
        cost = CourseCost(
            kind=course.frame_kind,
            rate=course.rate_percent,
            start=course.start,
            price=course.hourly_price,
            share=course.place_share,
            ended_on=course.ended_on,
            hours=[_hours_of(*row, price=course.hourly_price) for row in hours[course.id]],
            reserved=reserved[course.id],
            held=held[course.id],
            billed=billed[course.id],
        )
        agreed = course.decided_on or course.start
        found[course.id] = {
            SumKey(*month, course.team_id, group_in(month[0], course.group_number, agreed), course.mentor_type): figures
            for month, figures in cost.by_month().items()
        }
    return found


def group_in(year: int, group: int | None, agreed: date) -> int:
    """Return the group at the agreement by its number in a year: one of § 2 has its number of § 6 from 2020."""
    found = None if group is None else number_on(group, agreed, date(year, 12, 31))
    return UNKNOWN_GROUP if found is None else found


def _hours_of(first_day: date, last_day: date, minutes: int, own: int | None, *, price: int) -> Hours:
    """Return an hours period at its own price, or the course's."""
    return Hours(first_day, last_day, minutes, price if own is None else own)


def _by_course(
    session: Session, statement_of: Any, ids: Mapping[str, Sequence[int]]
) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for grant_id, *values in session.execute(statement_of(), ids):
        found[grant_id].append(tuple(values))
    return found


def _stored(session: Session, ids: Mapping[str, Sequence[int]]) -> dict[int, Stored]:
    """Return the stored months of some courses, with their row ids."""
    width = 2 + len(SumKey._fields)
    found: dict[int, Stored] = defaultdict(dict)
    for row in session.execute(_STORED, ids):
        found[row[1]][SumKey(*row[2:width])] = (row[0], Figures(*row[width:]))
    return found


def _store(session: Session, rows: Sequence[tuple[int, SumKey, Figures]]) -> None:
    if rows:
        values = [{"grant_id": grant_id} | key._asdict() | figures._asdict() for grant_id, key, figures in rows]
        session.execute(insert(CourseMonth.__table__), values)


_STORED = select(
    CourseMonth.id,
    CourseMonth.grant_id,
    *(getattr(CourseMonth, name) for name in SumKey._fields),
    *(getattr(CourseMonth, name) for name in Figures._fields),
).where(CourseMonth.grant_id.in_(bindparam("ids", expanding=True)))


@cache
def _adding(dialect: str) -> Any:
    """Return the statement that adds to a sum or begins it; it is built once for each kind of database."""
    insert_into = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert_into(MonthSum.__table__)
    more = {name: MonthSum.__table__.c[name] + statement.excluded[name] for name in Figures._fields}
    return statement.on_conflict_do_update(index_elements=list(SumKey._fields), set_=more)


def _of(table: Table) -> Any:
    return table.c.grant_id.in_(bindparam("ids", expanding=True))


@cache
def _course() -> Select[Any]:
    grant = COURSES.table
    account = ("id", "team_id", "group_number", "mentor_type", "frame_kind", "rate_percent")
    names = (*account, "start", "decided_on", "ended_on", "hourly_price", "place_share")
    return select(*(grant.c[name] for name in names)).where(grant.c.id.in_(bindparam("ids", expanding=True)))


@cache
def _hours() -> Select[Any]:
    period = PERIODS.table
    names = ("grant_id", "first_day", "last_day", "minutes_per_week", "hourly_price")
    return select(*(period.c[name] for name in names)).where(_of(period)).order_by(period.c.first_day)


@cache
def _reserved() -> Select[Any]:
    line = Reservation.__table__.c
    return (
        select(line.grant_id, line.year, line.frame_kind, line.rate_percent, line.cost)
        .where(line.grant_id.in_(bindparam("ids", expanding=True)))
        .order_by(line.year, line.id)
    )


@cache
def _held() -> Select[Any]:
    meeting = MEETINGS.table
    statement = select(meeting.c.grant_id, meeting.c.met_on, meeting.c.minutes)
    return statement.where(_of(meeting), meeting.c.held, ~meeting.c.corrected)


@cache
def _billed() -> Select[Any]:
    line = PAY_LINES.table
    statement = select(line.c.grant_id, line.c.first_day, line.c.last_day, line.c.amount)
    return statement.where(_of(line), line.c.rejected_on.is_(None))


_PARTS = (_hours, _reserved, _held, _billed)
