"""Count the monthly sums again by independent queries (natlig kontrol), and store the differences."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, extract, func, select, union
from sqlalchemy.orm import Session, aliased

from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames.models import MonthSum, Reservation, SumDifference
from jobcenter_mentor.casework.frames.month_sums import SumKey, group_in
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.accounts.course_months import spread
from jobcenter_mentor.domain.kernel.money import delivered_cost
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.audit import service as audit

WHOLE_YEAR = 0
"""The month of a figure that is compared for the whole year, because a reservation is made for a year."""
BY_MONTH = ("delivered", "minutes")
BY_YEAR = ("granted", "invoiced")
FIGURE_NAMES = {
    "granted": "Bevilget",
    "delivered": "Leveret",
    "minutes": "Minutter afholdt",
    "invoiced": "Faktureret",
}
Counted = Counter[tuple[SumKey, str]]


def recount(session: Session, *, by: User | None, on: date) -> int:
    """Count all years again (natlig kontrol) and replace the stored differences; return how many there are.

    Sums that are missing, as after an upgrade, are filled first.
    """
    if session.scalar(select(MonthSum.year).limit(1)) is None:
        month_sums.rebuild(session)
    session.execute(delete(SumDifference))
    found = [difference for year in _years(session) for difference in _differences(session, year, on)]
    session.add_all(found)
    audit.record(session, by=by, action="frame.recount", subject="frame", detail={"differences": len(found)})
    return len(found)


def list_differences(session: Session, *, year: int) -> list[tuple[SumDifference, str]]:
    """Return the differences of the year (afvigelser) with the names of their teams."""
    return [(difference, team) for difference, team in session.execute(_DIFFERENCES, {"year": year})]


_DIFFERENCES = (
    select(SumDifference, Team.name)
    .join(Team, Team.id == SumDifference.team_id)
    .where(SumDifference.year == bindparam("year"))
    .order_by(SumDifference.month, SumDifference.id)
)


def _years(session: Session) -> list[int]:
    """Return the years that have a sum, a reservation, a meeting or a bill."""
    asked = (
        select(MonthSum.year),
        select(Reservation.year),
        select(extract("year", Meeting.met_on)),
        select(extract("year", PayLine.first_day)),
        select(extract("year", PayLine.last_day)),
    )
    return sorted({int(year) for year in session.scalars(union(*asked))})


def _differences(session: Session, year: int, on: date) -> list[SumDifference]:
    kept, counted = _kept(session, year), _counted(session, year)
    return [
        SumDifference(found_on=on, figure=figure, kept=kept[key, figure], counted=counted[key, figure], **key._asdict())
        for key, figure in sorted(kept.keys() | counted.keys())
        if kept[key, figure] != counted[key, figure]
    ]


def _kept(session: Session, year: int) -> Counted:
    kept: Counted = Counter()
    for row in session.scalars(select(MonthSum).where(MonthSum.year == year)):
        key = SumKey(*(getattr(row, name) for name in SumKey._fields))
        for figure in BY_MONTH:
            kept[key, figure] += getattr(row, figure)
        for figure in BY_YEAR:
            kept[key._replace(month=WHOLE_YEAR), figure] += getattr(row, figure)
    return kept


def _counted(session: Session, year: int) -> Counted:
    """Return the reservations, the meetings and the bills of a year, counted."""
    counted: Counted = Counter()
    statement = (
        select(func.sum(Reservation.cost), Reservation.frame_kind, Reservation.rate_percent, *_ACCOUNT)
        .join(Grant, Grant.id == Reservation.grant_id)
        .where(Reservation.year == year)
        .group_by(Reservation.frame_kind, Reservation.rate_percent, *_ACCOUNT)
    )
    for cost, *account in session.execute(statement):
        counted[SumKey(year, WHOLE_YEAR, *_whole(year, account)), "granted"] += int(cost)
    courses = {row.id: row for row in session.execute(_courses(year))}
    held = meetings.delivered(session, first=date(year, 1, 1), last=date(year, 12, 31))
    for grant_id, parts in held.items():
        course = courses[grant_id]
        for part in parts:
            key = SumKey(year, part.month, *_whole(year, course[1:7]))
            counted[key, "minutes"] += part.minutes
            counted[key, "delivered"] += delivered_cost(part.minutes, part.hourly_price, course.place_share)
    for grant_id, amount in _billed(session, year):
        course = courses[grant_id]
        counted[SumKey(year, WHOLE_YEAR, *_whole(year, course[1:7])), "invoiced"] += amount
    return counted


def _billed(session: Session, year: int) -> list[tuple[int, int]]:
    """Return the year's part of each bill and pay line that is not rejected, by course."""
    statement = select(PayLine.grant_id, PayLine.first_day, PayLine.last_day, PayLine.amount).where(
        PayLine.rejected_on.is_(None),
        PayLine.grant_id.is_not(None),
        PayLine.first_day <= date(year, 12, 31),
        PayLine.last_day >= date(year, 1, 1),
    )
    return [
        (grant_id, sum(part for month, part in spread(first, last, amount) if month[0] == year))
        for grant_id, first, last, amount in session.execute(statement)
        if grant_id is not None
    ]


def _courses(year: int) -> Any:
    """Return the courses with the year's frame kind and rate, from their first reservation or else the course."""
    first = select(func.min(Reservation.id)).where(Reservation.grant_id == Grant.id, Reservation.year == year)
    reserved = aliased(Reservation)
    kind = func.coalesce(reserved.frame_kind, Grant.frame_kind)
    rate = func.coalesce(reserved.rate_percent, Grant.rate_percent)
    statement = select(Grant.id, kind, rate, *_ACCOUNT, Grant.place_share)
    return statement.outerjoin(reserved, reserved.id == first.scalar_subquery())


def _whole(year: int, account: Any) -> tuple[str, int, int, int, str]:
    """Return kind, rate, team, group and mentor type, with the group's number of the year or the unknown one's."""
    kind, rate, team_id, group, mentor_type, agreed = account
    return kind, rate, team_id, group_in(year, group, agreed), mentor_type


_ACCOUNT = (Grant.team_id, Grant.group_number, Grant.mentor_type, func.coalesce(Grant.decided_on, Grant.start))
