"""Export the running courses (forløb) in the sheet of the profile, so that it can be imported again.

Imported again unchanged, it changes nothing, and exported again it is the same. Citizens with a protected name and
courses without a mentor are left out: neither could stand in the sheet as they are.
"""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from operator import itemgetter
from typing import Any

from sqlalchemy import func, null, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.reports.named_reports import Made, NamedExtractOrder
from jobcenter_mentor.figures.reports.service import check_period
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.access.policy import visible, within
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.law_figures.service import get_municipality
from jobcenter_mentor.platform.workbook import SheetColumn as Cell
from jobcenter_mentor.platform.workbook import write_workbook
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn, profile_of

AT_ONCE = 1000
"""Rows that the database hands over at a time."""
KINDS_OF_CELL = {"date": "date", "hours": "hours", "amount": "kroner"}


def export_courses(session: Session, asked: NamedExtractOrder) -> Made:
    """Write the courses that touch the period (forløb) as a sheet of the kind `courses`. Each person is logged.

    Raises ValidationFailed for an impossible period or a missing reason.
    """
    check_period(asked.first, asked.last)
    if not asked.reason.strip():
        said = "Skriv, hvad arket skal bruges til."
        raise ValidationFailed(said, errors={"reason": [said]})
    out, citizens = BytesIO(), set[int]()
    rows = _noting(course_rows(session, asked.first, asked.last, actor=Actor(asked.by, asked.on)), citizens)
    words = [
        ("Kommune", get_municipality(session).name),
        ("Periode", f"{asked.first:%d.%m.%Y} til {asked.last:%d.%m.%Y}, begge dage med"),
        ("Population", "Forløb med en mentor, der berører perioden. Borgere med navnebeskyttelse er ikke med."),
        ("Timer pr. uge", "Timerne, da forløbet begyndte."),
        ("Lavet", f"{asked.on:%d.%m.%Y} af {asked.by.full_name}"),
    ]
    count = write_workbook(out, profile_of("courses").title, cells("courses"), rows, words)
    audit.record(
        session,
        by=asked.by,
        action="export.persons",
        subject="report",
        subject_id="forloeb",
        citizens=sorted(citizens),
        detail={"first": f"{asked.first}", "last": f"{asked.last}", "reason": asked.reason.strip(), "rows": count},
    )
    return Made(out.getvalue(), count)


def cells(kind: str) -> list[Cell]:
    """Return the columns of a sheet (kolonner) as the profile names them. A row is a tuple in their order."""
    return [
        Cell(column.heading, itemgetter(place), KINDS_OF_CELL.get(column.type, "text"))
        for place, column in enumerate(profile_of(kind).columns)
    ]


def course_rows(session: Session, first: date, last: date, *, actor: Actor) -> Iterator[tuple[Any, ...]]:
    """Yield the rows (rækker), read from the database as they are written.

    The citizen's row id stands after the last column.
    """
    inside = _COURSES.where(Grant.start <= last, first <= ENDED, within(Citizen, actor.user, "citizen.cpr", actor.day))
    statement = visible(inside, Grant, actor.user, "export.persons", actor.day)
    names = [_name_of(column) for column in profile_of("courses").columns]
    found = session.execute(statement.execution_options(yield_per=AT_ONCE))
    for row in found:
        given = row._mapping
        yield (*(name(given) for name in names), given["citizen_id"])


ENDED = func.coalesce(Grant.ended_on, Grant.last_day)
_AT_START = (
    select(GrantPeriod.minutes_per_week)
    .where(GrantPeriod.grant_id == Grant.id)
    .order_by(GrantPeriod.first_day)
    .limit(1)
    .correlate(Grant)
    .scalar_subquery()
)
_EDUCATED = (
    select(CitizenStatus.has_education)
    .where(CitizenStatus.citizen_id == Grant.citizen_id, CitizenStatus.valid_from <= Grant.start)
    .order_by(CitizenStatus.valid_from.desc())
    .limit(1)
    .correlate(Grant)
    .scalar_subquery()
)
_COURSES: Any = (
    select(
        Grant.citizen_id,
        Citizen.cpr,
        Citizen.first_name,
        Citizen.last_name,
        Grant.benefit,
        Grant.visitation,
        (Mentor.first_name + " " + Mentor.last_name).label("mentor"),
        Grant.mentor_type,
        Mentor.phone,
        Mentor.email,
        Grant.start,
        Grant.last_day,
        _AT_START.label("minutes_per_week"),
        Grant.hourly_price,
        Grant.goal,
        Grant.form,
        User.username.label("caseworker"),
        Team.name.label("team"),
        null().label("benefit_name"),
        _EDUCATED.label("has_education"),
    )
    .join(Citizen, Citizen.id == Grant.citizen_id)
    .join(Mentor, Mentor.id == Grant.mentor_id)
    .join(Team, Team.id == Grant.team_id)
    .outerjoin(User, User.id == Grant.caseworker_id)
    .where(Citizen.protected.is_(False))
    .order_by(Grant.case_number, Grant.id)
)


def _name_of(column: ProfileColumn) -> Callable[[Any], Any]:
    """Return the function that fills a column of the profile from a course."""
    names = {code: words[0] for code, words in column.choices.items()}
    if column.field == "cpr":
        return lambda row: f"{row['cpr'][:6]}-{row['cpr'][6:]}"
    if column.field == "match_group":
        return lambda row: names.get(row["visitation"])
    if column.field == "hourly_price":
        return lambda row: row["hourly_price"] or None
    if names:
        return lambda row: names.get(row[column.field])
    return itemgetter(column.field)


def _noting(rows: Iterator[tuple[Any, ...]], citizens: set[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows unchanged and note which citizens they are about."""
    for row in rows:
        citizens.add(row[-1])
        yield row
