"""Make the municipal report (kommunerapport): citizens, courses, hours, full-time persons, cost and refund.

The figures are by month and target group.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.service import find_frame
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.money import percent_half_away, share
from jobcenter_mentor.domain.kernel.periods import month_of
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, groups_on
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.reports.month_counts import (
    FULL_WEEK,
    UNKNOWN,
    Cells,
    ReportMonth,
    cells_of,
    course_months,
    told_months,
)
from jobcenter_mentor.figures.reports.reader_scope import ACTION, whose
from jobcenter_mentor.figures.reports.refund_accounts import Counted, by_account
from jobcenter_mentor.figures.reports.small_groups import is_small
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.access.policy import teams_on, visible
from jobcenter_mentor.platform.audit import service as audit

OTHERS = "Øvrige målgrupper"
LONGEST_DAYS = 3 * 366
FORMS = {"individual": "Individuel", "place": "Plads"}
COUNTED = ["month", "citizen_id", "grant_id", "started", "granted", "used", "held", "cost"]
COURSE_COLUMNS = [
    "id",
    "citizen_id",
    "public_id",
    "case_number",
    "team",
    "group",
    "mentor_type",
    "form",
    "legal_basis",
    "start",
    "last_day",
    "rate_percent",
]
HOURS = ["id", "granted", "held", "cost"]


@dataclass(frozen=True)
class MunicipalReport:
    """The municipal report (kommunerapport): `by_month` has a row a month and target group, `courses` a row a course.

    `courses` is None where they are not listed. Hours are whole minutes, money whole øre; `full_time` are persons of 37
    hours a week. `by_account` has one row a month and account; `whose` says what part of the municipality it covers.
    """

    first: date
    last: date
    made_on: date
    made_by: str
    by_month: pd.DataFrame
    by_account: pd.DataFrame
    courses: pd.DataFrame | None
    whose: str


def check_period(first: date, last: date) -> None:
    """Refuse a period that ends before it begins or is longer than three years."""
    if last < first:
        raise ValidationFailed("Perioden kan ikke bruges.", errors={"last": ["Slutdato ligger før startdato."]})
    if (last - first).days > LONGEST_DAYS:
        raise ValidationFailed("Perioden kan ikke bruges.", errors={"last": ["Perioden er længere end tre år."]})


def municipal_report(
    session: Session, *, first: date, last: date, with_courses: bool, reason: str, actor: Actor, law: Law
) -> MunicipalReport:
    """Make the municipal report of the courses in the reader's reach (kommunerapport).

    With `with_courses` each course is listed: the reason is required and the citizens are logged one by one. Raises
    ValidationFailed for an impossible period or a missing reason.
    """
    check_period(first, last)
    if with_courses and not reason.strip():
        raise ValidationFailed(
            "Skriv, hvad listen skal bruges til.", errors={"reason": ["Skriv, hvad listen skal bruges til."]}
        )
    listed = _listed(session, first, last, actor) if with_courses else None
    by_month, accounts = _told(session, first, last, actor, law)
    audit.record(
        session,
        by=actor.user,
        action="export.persons" if with_courses else "statistics.read",
        subject="report",
        subject_id="kommune",
        citizens=sorted(set(listed["citizen_id"])) if listed is not None else (),
        detail={"first": first.isoformat(), "last": last.isoformat(), "reason": reason.strip()},
    )
    return MunicipalReport(
        first, last, actor.day, actor.user.full_name, by_month, accounts, listed, whose(session, actor)
    )


def _told(session: Session, first: date, last: date, actor: Actor, law: Law) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the months by target group, without hidden ones, and all of them by account, in the reader's reach."""
    reach = teams_on(actor.user, ACTION, on=actor.day)
    everybody = course_months(session, first.replace(month=1, day=1), last, by=None, on=actor.day)
    refunds = _refunds(everybody, _frames(session, first, last))
    is_apart = reach is not None and not reach
    inside = course_months(session, first, last, by=actor.user, on=actor.day) if is_apart else everybody
    by_month: dict[date, list[ReportMonth]] = {month: [] for month in told_months(first, last, on=actor.day)}
    for row in inside:
        if row.month in by_month:
            by_month[row.month].append(row)
    names = {month: _names(cells_of(rows), reach or [None]) for month, rows in by_month.items()}
    counted = [
        Counted(row, names[row.month][row.group], refunds[row.grant_id, row.month])
        for rows in by_month.values()
        for row in rows
        if not reach or row.team_id in reach
    ]
    return _summed([one for one in counted if one.group]), by_account(counted, law)


def _names(cells: Cells, teams: Sequence[int | None]) -> dict[str, str]:
    """Return the shown name of each target group of a month in some teams (None is all), empty where it is not shown.

    The hidden groups are shown together where all citizens are: it is what the others leave of them.
    """
    rest = "" if any(cells.is_hidden("group", None, team) for team in teams) else OTHERS
    return {
        group: rest if any(cells.is_hidden("group", group, team) for team in teams) else group
        for group in cells.names["group"]
    }


def _frames(session: Session, first: date, last: date) -> dict[tuple[int, str], int]:
    """Return the amount of each frame of each year in the period; a year without one has no refund."""
    years = range(first.year, last.year + 1)
    frames = {(year, kind): find_frame(session, year=year, kind=kind) for year in years for kind in FRAME_NAMES}
    return {key: frame.amount for key, frame in frames.items() if frame is not None}


def _refunds(rows: list[ReportMonth], frames: dict[tuple[int, str], int]) -> dict[tuple[int, date], int]:
    """Return each course's refund of each month in øre: the rate of its cost, limited by what the frame still covers.

    `rows` are all courses from the first of January on, because all of them use up the frame, month by month.
    """
    left, by_month = dict(frames), defaultdict(list)
    refunds = {(row.grant_id, row.month): 0 for row in rows}
    for row in rows:
        if row.frame_kind in FRAME_NAMES:
            by_month[row.month, row.frame_kind].append(row)
        elif row.frame_kind == "none_unlimited":
            refunds[row.grant_id, row.month] = percent_half_away(row.cost, row.rate)
    for month, kind in sorted(by_month):
        inside, year = by_month[month, kind], (month.year, kind)
        covered = min(sum(row.cost for row in inside), left.get(year, 0))
        if covered:
            left[year] -= covered
            for row, base in zip(inside, share(covered, [row.cost for row in inside]), strict=True):
                refunds[row.grant_id, row.month] = percent_half_away(base, row.rate)
    return refunds


def _summed(shown: list[Counted]) -> pd.DataFrame:
    """Sum by month and target group. Where fewer than five began, the cell is empty."""
    rows = [
        {name: getattr(one.row, name) for name in COUNTED} | {"group": one.group, "refund": one.refund} for one in shown
    ]
    summed = (
        pd.DataFrame(rows, columns=[*COUNTED, "group", "refund"])
        .groupby(["month", "group"], sort=True)
        .agg(
            citizens=("citizen_id", "nunique"),
            courses=("grant_id", "nunique"),
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
        used / (month_of(month.year, month.month).days * FULL_WEEK)
        for month, used in zip(table["month"], table["used"], strict=True)
    ]
    return table


def _listed(session: Session, first: date, last: date, actor: Actor) -> pd.DataFrame:
    """Return the courses that the user may export, with hours and cost in the period, without names and CPR numbers."""
    ended = func.coalesce(Grant.ended_on, Grant.last_day)
    statement = (
        select(
            Grant.id,
            Grant.citizen_id,
            Grant.public_id,
            Grant.case_number,
            Team.name,
            Grant.group_number,
            Grant.mentor_type,
            Grant.form,
            Grant.legal_basis,
            Grant.start,
            ended,
            Grant.rate_percent,
            func.coalesce(Grant.decided_on, Grant.start).label("agreed"),
        )
        .join(Team, Team.id == Grant.team_id)
        .where(Grant.start <= last, ended >= first)
        .order_by(Grant.case_number, Grant.id)
    )
    rows = session.execute(visible(statement, Grant, actor.user, "export.persons", actor.day)).all()
    listed = pd.DataFrame([tuple(row)[:-1] for row in rows], columns=COURSE_COLUMNS)
    listed["group"] = [groups_on(row.agreed).get(row.group_number, UNKNOWN) for row in rows]
    listed["mentor_type"] = [MENTOR_TYPES.get(code, code) for code in listed["mentor_type"]]
    listed["form"] = [FORMS.get(code, code) for code in listed["form"]]
    months = course_months(session, first, last, by=actor.user, on=actor.day)
    hours = pd.DataFrame([(row.grant_id, row.granted, row.held, row.cost) for row in months], columns=HOURS)
    return listed.join(hours.groupby("id").sum(), on="id")
