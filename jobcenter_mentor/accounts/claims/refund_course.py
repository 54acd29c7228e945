"""From grant to refund: one course by month with the lines behind it, and one month over all courses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, lazyload

from jobcenter_mentor.accounts.claims.refund_chain import MonthSums, sums_by_month
from jobcenter_mentor.accounts.invoices.line_check import InvoiceLineCheck, check_lines
from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine, PayLine, TimeSheet
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page


@dataclass
class ChainMonth:
    """Month from grant to refund: its sums and their lines; lines are empty for who may not read invoices."""

    first: date
    sums: MonthSums
    meetings: list[Meeting] = field(default_factory=list)
    sheets: list[TimeSheet] = field(default_factory=list)
    lines: list[InvoiceLineCheck] = field(default_factory=list)
    claimed: list[ClaimLine] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether there is a difference: more billed than held, or a fault on a line."""
        return self.sums.unproven > 0 or any(line.faults for line in self.lines)


@dataclass(frozen=True)
class CourseChain:
    """The months of a course from grant to refund, oldest first."""

    grant: Grant
    months: list[ChainMonth]

    @property
    def total(self) -> MonthSums:
        """The sums of all months."""
        total = MonthSums()
        for link in self.months:
            total = total.plus(link.sums)
        return total

    @property
    def unproven(self) -> int:
        """Minutes billed beyond what was held, month by month: one month never makes up for another."""
        return sum(link.sums.unproven for link in self.months)


@dataclass(frozen=True)
class CourseMonthSums:
    """A course in a month: its sums and, as initials and case number, whom it is for."""

    public_id: str
    case_number: str
    initials: str
    mentor: str
    sums: MonthSums
    citizen_id: int


def of_course(session: Session, public_id: str, *, actor: Actor) -> CourseChain:
    """Return a course from grant to refund; the citizen seen is logged. Raises NotFound outside the user's reach."""
    grant = grants.get_grant(session, public_id, actor=actor, action="hours.read")
    months = {link.first: link for link in _months(session, grant)}
    meetings = session.scalars(
        select(Meeting).where(Meeting.grant_id == grant.id, Meeting.held, ~Meeting.corrected).order_by(Meeting.met_on)
    )
    for meeting in meetings:
        _of(months, meeting.met_on).meetings.append(meeting)
    for sheet in session.scalars(select(TimeSheet).where(TimeSheet.grant_id == grant.id)):
        _of(months, sheet.first_day).sheets.append(sheet)
    if actor.may("invoice.read", grant):
        for line in _lines(session, grant):
            _of(months, line.line.first_day).lines.append(line)
    if actor.may("claim.read"):
        for claimed in _claimed(session, grant):
            _of(months, claimed.first_day).claimed.append(claimed)
    audit.record(
        session, by=actor.user, action="hours.read", subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )
    return CourseChain(grant, [months[first] for first in sorted(months)])


def of_month(
    session: Session, *, year: int, month: int, differing: bool, page: int, actor: Actor
) -> Page[CourseMonthSums]:
    """One month of the courses the user may see, the largest difference first; the persons shown are logged."""
    person = joinedload(Grant.citizen).lazyload(Citizen.statuses)
    statement = select(Grant).options(lazyload(Grant.periods), person, joinedload(Grant.mentor))
    reached = visible(statement, Grant, actor.user, "hours.read", actor.day).where(
        Grant.start < _next(year, month), Grant.last_day >= date(year, month, 1)
    )
    courses = {grant.id: grant for grant in session.scalars(reached)}
    sums = sums_by_month(session, year=year, grant_ids=None)
    rows = [_row(grant, sums.get(key, {}).get(month, MonthSums())) for key, grant in courses.items()]
    if differing:
        rows = [row for row in rows if row.sums.unproven]
    rows.sort(key=lambda row: (-row.sums.unproven, -row.sums.invoiced, row.case_number))
    first = (page - 1) * ROWS_PER_PAGE
    shown = rows[first : first + ROWS_PER_PAGE]
    ids = {row.public_id for row in shown}
    citizens = [grant.citizen_id for grant in courses.values() if grant.public_id in ids]
    audit.record(
        session,
        by=actor.user,
        action="hours.read",
        subject="chain",
        subject_id=f"{year}-{month:02d}",
        citizens=citizens,
    )
    return Page(shown, len(rows), page)


def _months(session: Session, grant: Grant) -> Sequence[ChainMonth]:
    """Return the months of the course, and those with something billed or claimed outside it."""
    years = session.scalars(select(PayLine.first_day).where(PayLine.grant_id == grant.id)).all()
    first = min([grant.start, *years]).year
    last = max([grant.ended_on or grant.last_day, *years]).year
    return [
        ChainMonth(date(year, month, 1), sums)
        for year in range(first, last + 1)
        for month, sums in sums_by_month(session, year=year, grant_ids=[grant.id]).get(grant.id, {}).items()
    ]


def _of(months: dict[date, ChainMonth], day: date) -> ChainMonth:
    """Return the month of a day, made where nothing else lies in it."""
    return months.setdefault(day.replace(day=1), ChainMonth(day.replace(day=1), MonthSums()))


def _lines(session: Session, grant: Grant) -> list[InvoiceLineCheck]:
    statement = select(PayLine).where(PayLine.grant_id == grant.id).order_by(PayLine.first_day, PayLine.id)
    return check_lines(session, session.scalars(statement).all())


def _claimed(session: Session, grant: Grant) -> Sequence[ClaimLine]:
    statement = select(ClaimLine).join(Claim).where(ClaimLine.grant_id == grant.id, Claim.closed_on.is_not(None))
    return session.scalars(statement.options(joinedload(ClaimLine.claim)).order_by(ClaimLine.id)).all()


def _row(grant: Grant, sums: MonthSums) -> CourseMonthSums:
    mentor = grant.mentor.name if grant.mentor else ""
    return CourseMonthSums(grant.public_id, grant.case_number, grant.citizen.initials, mentor, sums, grant.citizen_id)


def _next(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
