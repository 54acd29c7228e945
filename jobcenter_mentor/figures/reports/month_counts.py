"""Count courses month by month (forløb) for the municipal report and the report builder, and hide small groups.

Only whole months that are over are shown, each hidden or shown by itself: target groups, mentor types and ages by team,
by the one rule of `small_groups`, tied where they print the same figure. So two reports of either kind, with other
periods, splits or teams, reveal nothing by difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.money import delivered_cost, round_half_away
from jobcenter_mentor.domain.kernel.periods import Period, month_of, months_before
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, groups_on
from jobcenter_mentor.figures.reports.small_groups import Mask, hidden, with_sums
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible

DIMENSIONS = ("group", "mentor_type", "age")
UNKNOWN = "Ukendt målgruppe"
FULL_WEEK = 37 * 60
"""Minutes a week of a full-time person."""
AGES = ((18, "Under 18 år"), (25, "18-24 år"), (30, "25-29 år"), (40, "30-39 år"), (50, "40-49 år"), (60, "50-59 år"))
OLDEST = "60 år og derover"


@dataclass(frozen=True)
class ReportMonth:
    """A course in a month (forløb): where it counts and what it adds.

    Amounts are minutes, øre, and minutes a week times days (`used`).
    """

    month: date
    citizen_id: int
    team_id: int
    group: str
    mentor_type: str
    age: str
    granted: int = 0
    used: int = 0
    held: int = 0
    cost: int = 0
    meetings: int = 0
    absences: int = 0
    grant_id: int = 0
    started: int = 0
    frame_kind: str = ""
    rate: Decimal = Decimal(0)


@dataclass(frozen=True)
class Cells:
    """What may be shown of a month (celler): by dimension the names down, the teams across, and the mask with sums."""

    teams: list[int]
    names: dict[str, list[str]]
    masks: dict[str, Mask]

    def is_hidden(self, dimension: str, name: str | None, team: int | None) -> bool:
        """Tell whether a figure is hidden (skjult). `name` None is all of the dimension, `team` None all teams.

        A name or team that is missing has nobody.
        """
        mask, names = self.masks[dimension], self.names[dimension]
        if (name is not None and name not in names) or (team is not None and team not in self.teams):
            return False
        down = -1 if name is None else names.index(name)
        return bool(mask[down, -1 if team is None else self.teams.index(team)])


def months_between(first: date, last: date) -> list[date]:
    """Return the months by their first day (måneder), both ends included."""
    return [month.first.replace(day=1) for month in Period(first, last).split_by_month()]


def last_finished_month(on: date) -> date:
    """Return the first day of the last finished month (måned); a running month would reveal newcomers by difference."""
    return months_before(on.replace(day=1), 1)


def told_months(first: date, last: date, *, on: date) -> list[date]:
    """Return the months that may be shown (måneder): whole in the period and over, by their first day."""
    over = min(last, on - timedelta(days=1))
    months = (month_of(days.first.year, days.first.month) for days in Period(first, last).split_by_month())
    return [month.first for month in months if first <= month.first and month.last <= over]


def course_months(session: Session, first: date, last: date, *, by: User | None, on: date) -> list[ReportMonth]:
    """Return all courses month by month (forløb), only the days of a period, both ends included.

    `by` limits them to what a reader may have figures of, None is the whole municipality.
    """
    courses = session.execute(_courses(first, last, by, on)).all()
    ids = {course.id for course in courses}
    parts, held = _periods(session, first, last, ids), meetings.delivered(session, first=first, last=last)
    contacts = _contacts(session, first, last)
    return [
        _course_month(course, days, parts[course.id], held.get(course.id, ()), contacts)
        for course in courses
        for days in Period(max(first, course.start), min(last, course.ended)).split_by_month()
    ]


def cells_of(rows: Sequence[ReportMonth]) -> Cells:
    """Return what may be shown of a month (celler), from all its rows."""
    teams = sorted({row.team_id for row in rows})
    names = {dimension: sorted({getattr(row, dimension) for row in rows}) for dimension in DIMENSIONS}
    counts = {dimension: _counted(rows, dimension, names[dimension], teams) for dimension in DIMENSIONS}
    masks = {dimension: hidden(counts[dimension]) for dimension in DIMENSIONS}
    while True:
        before = sum(int(mask.sum()) for mask in masks.values())
        sums: Any = np.logical_or.reduce([mask[-1] for mask in masks.values()])
        masks = {dimension: hidden(counts[dimension], _with_last(masks[dimension], sums)) for dimension in DIMENSIONS}
        if sum(int(mask.sum()) for mask in masks.values()) == before:
            return Cells(teams, names, masks)


def _with_last(mask: Mask, sums: Any) -> Mask:
    mask[-1] |= sums
    return mask


def _counted(rows: Sequence[ReportMonth], dimension: str, names: list[str], teams: list[int]) -> Any:
    """Count the citizens of a month by a dimension and team, with the sums."""
    people: dict[tuple[int, int], set[int]] = defaultdict(set)
    for row in rows:
        people[names.index(getattr(row, dimension)), teams.index(row.team_id)].add(row.citizen_id)
    counts = np.zeros((len(names), len(teams)), np.int64)
    for cell, citizens in people.items():
        counts[cell] = len(citizens)
    return with_sums(counts)


def _courses(first: date, last: date, by: User | None, on: date) -> Any:
    ended_on = func.coalesce(Grant.ended_on, Grant.last_day)
    statement = (
        select(
            Grant.id,
            Grant.citizen_id,
            Grant.team_id,
            Grant.group_number,
            Grant.mentor_type,
            Grant.start,
            ended_on.label("ended"),
            Grant.place_share,
            Grant.frame_kind,
            Grant.rate_percent,
            Citizen.birth_date,
            func.coalesce(Grant.decided_on, Grant.start).label("agreed"),
        )
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .where(Grant.start <= last, ended_on >= first, ended_on >= Grant.start)
    )
    return statement if by is None else visible(statement, Grant, by, "statistics.read", on)


def _periods(session: Session, first: date, last: date, ids: set[int]) -> dict[int, list[tuple[date, date, int]]]:
    found: dict[int, list[tuple[date, date, int]]] = defaultdict(list)
    columns = (GrantPeriod.grant_id, GrantPeriod.first_day, GrantPeriod.last_day, GrantPeriod.minutes_per_week)
    within = select(*columns).where(GrantPeriod.first_day <= last, GrantPeriod.last_day >= first)
    for key, begin, end, minutes in session.execute(within):
        if key in ids:
            found[key].append((begin, end, minutes))
    return found


def _contacts(session: Session, first: date, last: date) -> dict[tuple[int, int, int], tuple[int, int]]:
    """Return how many meetings were held and how many were not, by course, year and month."""
    year, month = extract("year", Meeting.met_on), extract("month", Meeting.met_on)
    held = func.sum(case((Meeting.held, 1), else_=0))
    statement = (
        select(Meeting.grant_id, year, month, held, func.count() - held)
        .where(~Meeting.corrected, Meeting.met_on.between(first, last))
        .group_by(Meeting.grant_id, year, month)
    )
    return {(key, int(y), int(m)): (int(h), int(a)) for key, y, m, h, a in session.execute(statement)}


def _course_month(
    course: Any, days: Period, parts: Iterable[tuple[date, date, int]], held: Iterable[Any], contacts: Any
) -> ReportMonth:
    month = days.first.replace(day=1)
    used = sum(
        minutes * ((min(days.last, until) - max(days.first, begin)).days + 1)
        for begin, until, minutes in parts
        if begin <= days.last and until >= days.first
    )
    now = [part for part in held if (part.year, part.month) == (month.year, month.month)]
    kept, missed = contacts.get((course.id, month.year, month.month), (0, 0))
    return ReportMonth(
        month,
        course.citizen_id,
        course.team_id,
        groups_on(course.agreed).get(course.group_number, UNKNOWN),
        MENTOR_TYPES.get(course.mentor_type, course.mentor_type),
        _age(course.birth_date, month),
        granted=round_half_away(Fraction(used, 7)),
        used=used,
        held=sum(part.minutes for part in now),
        cost=sum(delivered_cost(part.minutes, part.hourly_price, course.place_share) for part in now),
        meetings=kept,
        absences=missed,
        grant_id=course.id,
        started=int(days.first == course.start),
        frame_kind=course.frame_kind,
        rate=Decimal(course.rate_percent) / 100,
    )


def _age(born: date, month: date) -> str:
    """Return the age group on the first day of the month."""
    years = month.year - born.year - ((born.month, born.day) > (month.month, month.day))
    return next((name for below, name in AGES if years < below), OLDEST)
