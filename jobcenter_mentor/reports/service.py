"""Kommunerapporten: citizens, courses, hours, full-time persons, cost and refund by month and target group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import Team, User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.domain.errors import ValidationFailed
from jobcenter_mentor.domain.forecast import delivered_cost
from jobcenter_mentor.domain.money import percent_half_away, share
from jobcenter_mentor.domain.periods import Period, month_of
from jobcenter_mentor.domain.refund_ways import FRAMED
from jobcenter_mentor.domain.target_groups import GROUPS, MENTOR_TYPES
from jobcenter_mentor.frames.service import find_frame
from jobcenter_mentor.grants.models import Grant, GrantPeriod
from jobcenter_mentor.meetings import service as meetings
from jobcenter_mentor.meetings.service import Delivered
from jobcenter_mentor.reports.accounts import by_account
from jobcenter_mentor.reports.hiding import is_small
from jobcenter_mentor.rules.service import law

OTHERS = "Øvrige målgrupper"
UNKNOWN = "Ukendt målgruppe"
LONGEST_DAYS = 3 * 366
FULL_WEEK = 37 * 60
"""Minutes a week of a full-time person."""
FORMS = {"individual": "Individuel", "place": "Plads"}
MONTH_COLUMNS = ["id", "citizen_id", "group", "month", "started", "granted", "used", "held", "cost", "refund"]
COURSE_COLUMNS = [
    "id", "public_id", "case_number", "team", "group", "mentor_type", "form", "legal_basis", "start", "last_day",
    "rate_percent",
]  # fmt: skip


@dataclass(frozen=True)
class MunicipalReport:
    """Kommunerapport: `by_month` has one row a month and target group, `courses` one row a course or None.

    Hours are whole minutes, money whole øre; `full_time` are persons of 37 hours a week. `by_account` has one row a
    month and account.
    """

    first: date
    last: date
    made_on: date
    made_by: str
    by_month: pd.DataFrame
    by_account: pd.DataFrame
    courses: pd.DataFrame | None


def check_period(first: date, last: date) -> None:
    """Refuse a period that ends before it begins or is longer than three years."""
    if last < first:
        raise ValidationFailed("Perioden kan ikke bruges.", errors={"last": ["Slutdato ligger før startdato."]})
    if (last - first).days > LONGEST_DAYS:
        raise ValidationFailed("Perioden kan ikke bruges.", errors={"last": ["Perioden er længere end tre år."]})


def municipal_report(
    session: Session, *, first: date, last: date, with_courses: bool, reason: str, by: User, on: date
) -> MunicipalReport:
    """Lav kommunerapporten of the courses in the reader's reach.

    With `with_courses` each course is listed: the reason is required and the citizens are logged one by one.
    Raises ValidationFailed for an impossible period or a missing reason.
    """
    check_period(first, last)
    if with_courses and not reason.strip():
        raise ValidationFailed(
            "Skriv, hvad listen skal bruges til.", errors={"reason": ["Skriv, hvad listen skal bruges til."]}
        )
    courses = _courses(session, first, last, by, on)
    months = _by_course_and_month(session, courses, first, last)
    _refund(months, _frames(session, first, last))
    shown = _joined(months)
    audit.record(
        session,
        by=by,
        action="export.persons" if with_courses else "statistics.read",
        subject="report",
        subject_id="kommune",
        citizens=sorted({course.citizen_id for course in courses}) if with_courses else (),
        detail={"first": first.isoformat(), "last": last.isoformat(), "reason": reason.strip()},
    )
    listed = _listed(courses, months) if with_courses else None
    accounts = by_account(months, shown, law(session))
    return MunicipalReport(first, last, on, by.full_name, _summed(months, shown, first, last), accounts, listed)


def _courses(session: Session, first: date, last: date, by: User, on: date) -> list[Row[Any]]:
    """Return the courses that touch the period, one row each."""
    ended = func.coalesce(Grant.ended_on, Grant.last_day)
    statement = (
        select(
            Grant.id,
            Grant.public_id,
            Grant.case_number,
            Grant.citizen_id,
            Team.name.label("team"),
            Grant.group_number,
            Grant.mentor_type,
            Grant.form,
            Grant.legal_basis,
            Grant.start,
            ended.label("last_day"),
            Grant.frame_kind,
            Grant.rate_percent,
            Grant.hourly_price,
            Grant.place_share,
        )
        .join(Team, Team.id == Grant.team_id)
        .where(Grant.start <= last, ended >= first)
        .order_by(Grant.case_number, Grant.id)
    )
    return list(session.execute(visible(statement, Grant, by, "statistics.read", on)))


def _group(course: Row[Any]) -> str:
    """Return the name of a course's target group."""
    return UNKNOWN if course.group_number is None else GROUPS.get(course.group_number, UNKNOWN)


def _by_course_and_month(session: Session, courses: list[Row[Any]], first: date, last: date) -> list[dict[str, Any]]:
    """Return one row a course and month of the period: minutes granted and held, and the cost of those held."""
    held = meetings.delivered(session, first=first, last=last)
    periods = _periods(session, {course.id for course in courses})
    return [
        _month_row(course, month.first, month.last, periods.get(course.id, []), held.get(course.id, ()))
        for course in courses
        for month in Period(max(first, course.start), min(last, course.last_day)).split_by_month()
    ]


def _month_row(
    course: Row[Any],
    begin: date,
    end: date,
    periods: list[tuple[date, date, int]],
    held: Sequence[Delivered],
) -> dict[str, Any]:
    """Return one course's month; `held` is what it delivered in the whole period."""
    now = [part for part in held if (part.year, part.month) == (begin.year, begin.month)]
    return {
        "id": course.id,
        "citizen_id": course.citizen_id,
        "group": _group(course),
        "month": begin.replace(day=1),
        "started": int(begin <= course.start <= end),
        "granted": (used := _used(periods, begin, end)) // 7,
        "used": used,
        "held": sum(part.minutes for part in now),
        "cost": sum(delivered_cost(part.minutes, part.hourly_price, course.place_share) for part in now),
        "refund": 0,
        "frame_kind": course.frame_kind,
        "rate": Decimal(course.rate_percent) / 100,
    }


def _used(periods: list[tuple[date, date, int]], first: date, last: date) -> int:
    """Return the minutes a week granted times the days, of some days; a seventh of it are the minutes granted."""
    return sum(
        minutes * ((min(last, end) - max(first, begin)).days + 1)
        for begin, end, minutes in periods
        if begin <= last and end >= first
    )


def _periods(session: Session, wanted: set[int]) -> dict[int, list[tuple[date, date, int]]]:
    """Return the hours periods of some courses."""
    found: dict[int, list[tuple[date, date, int]]] = {}
    columns = (GrantPeriod.grant_id, GrantPeriod.first_day, GrantPeriod.last_day, GrantPeriod.minutes_per_week)
    for grant_id, begin, end, minutes in session.execute(select(*columns)):
        if grant_id in wanted:
            found.setdefault(grant_id, []).append((begin, end, minutes))
    return found


def _frames(session: Session, first: date, last: date) -> dict[tuple[int, str], int]:
    """Return the amount of each frame of each year in the period; a year without one has no refund."""
    years = range(first.year, last.year + 1)
    frames = {(year, kind): find_frame(session, year=year, kind=kind) for year in years for kind in FRAMED}
    return {key: frame.amount for key, frame in frames.items() if frame is not None}


def _refund(rows: list[dict[str, Any]], frames: dict[tuple[int, str], int]) -> None:
    """Fill in each row's refund in øre: its rate of the cost, of what the frame still covers month by month."""
    left = dict(frames)
    by_month: dict[tuple[date, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["frame_kind"] in FRAMED:
            by_month.setdefault((row["month"], row["frame_kind"]), []).append(row)
        elif row["frame_kind"] == "none_unlimited":
            row["refund"] = percent_half_away(row["cost"], row["rate"])
    for month, kind in sorted(by_month):
        inside, year = by_month[month, kind], (month.year, kind)
        covered = min(sum(row["cost"] for row in inside), left.get(year, 0))
        if covered:
            left[year] -= covered
            for row, base in zip(inside, share(covered, [row["cost"] for row in inside]), strict=True):
                row["refund"] = percent_half_away(base, row["rate"])


def _summed(rows: list[dict[str, Any]], joined: dict[tuple[date, str], str], first: date, last: date) -> pd.DataFrame:
    """Sum by month and target group, small groups joined within their month; a month that stays small is left out.

    Each month is treated alone, so it reads the same whatever the period, and two reports tell nothing by difference.
    Fewer than five that began are not told: the cell is empty.
    """
    months = pd.DataFrame(rows, columns=MONTH_COLUMNS)
    months["group"] = [joined.get((row["month"], row["group"])) for row in rows]
    summed = (
        months.dropna(subset=["group"])
        .groupby(["month", "group"], sort=True)
        .agg(
            citizens=("citizen_id", "nunique"),
            courses=("id", "nunique"),
            started=("started", "sum"),
            granted=("granted", "sum"),
            used=("used", "sum"),
            held=("held", "sum"),
            cost=("cost", "sum"),
            refund=("refund", "sum"),
        )
    )
    told = [None if is_small(int(count)) else int(count) for count in summed["started"]]
    summed["started"] = pd.Series(told, index=summed.index, dtype=object)
    table = summed.reset_index()
    table["full_time"] = [
        used / (_days_of(month, first, last) * FULL_WEEK)
        for month, used in zip(table["month"], table["used"], strict=True)
    ]
    return table


def _days_of(month: date, first: date, last: date) -> int:
    """Return how many days of a month lie in the period."""
    return (min(last, month_of(month.year, month.month).last) - max(first, month)).days + 1


def _joined(rows: list[dict[str, Any]]) -> dict[tuple[date, str], str]:
    """Give each month's groups their names: the small ones are joined, with the next ones, until that is large."""
    citizens: dict[date, dict[str, set[int]]] = {}
    for row in rows:
        citizens.setdefault(row["month"], {}).setdefault(row["group"], set()).add(row["citizen_id"])
    names = {}
    for month, groups in citizens.items():
        together: set[int] = set()
        shown = dict[str, str]()
        for group, people in sorted(groups.items(), key=lambda item: (len(item[1]), item[0])):
            joins = is_small(len(people)) or is_small(len(together))
            shown[group] = OTHERS if joins else group
            together |= people if joins else set()
        if not is_small(len(together)):
            names.update({(month, group): name for group, name in shown.items()})
    return names


def _listed(courses: list[Row[Any]], months: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the list of courses, each with its hours and cost in the period. No name and no CPR number."""
    sums = pd.DataFrame(months, columns=MONTH_COLUMNS).groupby("id")[["granted", "held", "cost"]].sum()
    listed = pd.DataFrame(
        [
            {
                "id": course.id,
                "public_id": course.public_id,
                "case_number": course.case_number,
                "team": course.team,
                "group": _group(course),
                "mentor_type": MENTOR_TYPES.get(course.mentor_type, course.mentor_type),
                "form": FORMS.get(course.form, course.form),
                "legal_basis": course.legal_basis,
                "start": course.start,
                "last_day": course.last_day,
                "rate_percent": course.rate_percent,
            }
            for course in courses
        ],
        columns=COURSE_COLUMNS,
    )
    return listed.join(sums, on="id")
