"""Time sheets (timesedler): the held minutes of a month, from the log, approved by somebody who did not log them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.accounts.invoices.models import TimeSheet
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import month_of
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock_office


@dataclass(frozen=True)
class Shown:
    """A time sheet as shown: `now` is what the log holds today, in minutes; a difference is a corrected meeting."""

    sheet: TimeSheet
    grant_id: str
    case_number: str
    initials: str
    mentor: str
    now: int
    citizen_id: int

    @property
    def difference(self) -> int:
        """The minutes of today's log less those of the sheet."""
        return self.now - self.sheet.minutes


def draw(session: Session, *, year: int, month: int, actor: Actor) -> int:
    """Make the month's time sheets from the log within the user's reach; return how many were new or changed.

    An approved sheet is left as it is. Raises ValidationFailed for a month that is not over.
    """
    days = month_of(year, month)
    if days.last >= actor.day:
        raise ValidationFailed("Måneden er ikke slut. Timesedler laves, når alle møder i måneden er afholdt.")
    lock_office(session)
    held = (Meeting.held, ~Meeting.corrected, Meeting.met_on.between(days.first, days.last))
    statement = (
        select(Meeting.grant_id, Meeting.mentor_id, func.sum(Meeting.minutes))
        .join(Grant, Grant.id == Meeting.grant_id)
        .where(*held)
        .group_by(Meeting.grant_id, Meeting.mentor_id)
    )
    kept = {(one.grant_id, one.mentor_id): one for one in session.scalars(_of_month(year, month))}
    drawn = []
    for grant_id, mentor_id, minutes in session.execute(
        visible(statement, Grant, actor.user, "hours.approve", actor.day)
    ):
        sheet = kept.get((grant_id, mentor_id))
        if sheet is None:
            sheet = TimeSheet(
                grant_id=grant_id, mentor_id=mentor_id, year=year, month=month, minutes=0, drawn_on=actor.day
            )
            session.add(sheet)
        if sheet.approved_on is None and sheet.minutes != minutes:
            sheet.minutes, sheet.drawn_on = int(minutes), actor.day
            drawn.append(grant_id)
    session.flush()
    if drawn:
        citizens = session.scalars(select(Grant.citizen_id).where(Grant.id.in_(drawn))).all()
        subject = f"{year}-{month:02d}"
        audit.record(
            session, by=actor.user, action="hours.draw", subject="time_sheet", subject_id=subject, citizens=citizens
        )
    return len(drawn)


def approve(session: Session, public_ids: Sequence[str], *, actor: Actor) -> int:
    """Approve time sheets; return how many.

    Raises NotFound outside the user's scope, NotAllowed for who logged a meeting of the month, InvalidTransition for
    one that is approved, ValidationFailed where the log has changed since the sheet was drawn.
    """
    statement = select(TimeSheet).where(TimeSheet.public_id.in_(public_ids))
    wanted = visible(statement, TimeSheet, actor.user, "hours.approve", actor.day).order_by(TimeSheet.id)
    locked = wanted.with_for_update(of=TimeSheet).execution_options(populate_existing=True)
    sheets = session.scalars(locked).all()
    if len(sheets) != len(set(public_ids)):
        raise NotFound("Timesedlen findes ikke.")
    for sheet in sheets:
        _check(session, sheet, actor.user)
        sheet.approved_by_id, sheet.approved_on = actor.user.id, actor.day
    session.flush()
    grants = [sheet.grant_id for sheet in sheets]
    citizens = session.scalars(select(Grant.citizen_id).where(Grant.id.in_(grants))).all()
    audit.record(session, by=actor.user, action="hours.approve", subject="time_sheet", citizens=citizens)
    return len(sheets)


def list_sheets(session: Session, *, year: int, month: int, actor: Actor) -> list[Shown]:
    """Return the month's time sheets in the user's reach, those that wait first; the look is logged."""
    days = month_of(year, month)
    now = (
        select(func.coalesce(func.sum(Meeting.minutes), 0))
        .where(
            Meeting.grant_id == TimeSheet.grant_id,
            Meeting.mentor_id == TimeSheet.mentor_id,
            Meeting.held,
            ~Meeting.corrected,
            Meeting.met_on.between(days.first, days.last),
        )
        .scalar_subquery()
    )
    statement = (
        select(TimeSheet, Grant.public_id, Grant.case_number, Citizen, Mentor, now)
        .join(Grant, Grant.id == TimeSheet.grant_id)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .join(Mentor, Mentor.id == TimeSheet.mentor_id)
        .where(TimeSheet.year == year, TimeSheet.month == month)
        .options(lazyload(Citizen.statuses))
        .order_by(TimeSheet.approved_on.is_not(None), Grant.case_number, TimeSheet.id)
    )
    found = session.execute(visible(statement, TimeSheet, actor.user, "hours.read", actor.day)).all()
    citizens = [citizen.id for _, _, _, citizen, _, _ in found]
    audit.record(session, by=actor.user, action="hours.read", subject="time_sheet", citizens=citizens)
    return [
        Shown(sheet, grant_id, number, citizen.initials, mentor.name, int(minutes), citizen.id)
        for sheet, grant_id, number, citizen, mentor, minutes in found
    ]


def _check(session: Session, sheet: TimeSheet, by: User) -> None:
    if sheet.approved_on is not None:
        raise InvalidTransition("Timesedlen er allerede godkendt.")
    days = month_of(sheet.year, sheet.month)
    statement = select(Meeting.logged_by_id, Meeting.minutes).where(
        Meeting.grant_id == sheet.grant_id,
        Meeting.mentor_id == sheet.mentor_id,
        Meeting.held,
        ~Meeting.corrected,
        Meeting.met_on.between(days.first, days.last),
    )
    logged = session.execute(statement).all()
    if by.id in {row.logged_by_id for row in logged}:
        raise NotAllowed("Du har selv registreret timer på timesedlen. En anden skal godkende den.")
    if sum(row.minutes for row in logged) != sheet.minutes:
        raise ValidationFailed("Logbogen er rettet, siden timesedlen blev lavet. Lav månedens timesedler igen.")


def _of_month(year: int, month: int) -> Select[TimeSheet]:
    return select(TimeSheet).where(TimeSheet.year == year, TimeSheet.month == month)
