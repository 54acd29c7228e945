"""Logs contacts, corrects them, and updates the contact deadline of a right-and-duty course."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import bindparam, case, extract, func, select
from sqlalchemy.orm import Session, defaultload, lazyload

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.agreements import service as agreements
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.grants.models import DECIDED, Grant, GrantPeriod
from jobcenter_mentor.casework.matching.models import Substitute
from jobcenter_mentor.casework.meetings.contact_check import NewMeeting as NewMeeting
from jobcenter_mentor.casework.meetings.contact_check import check, values_of
from jobcenter_mentor.casework.meetings.contact_check import told_of as told_of
from jobcenter_mentor.casework.meetings.contact_deadline import LogEntry, move_deadlines
from jobcenter_mentor.casework.meetings.contact_deadline import contacts_of as contacts_of
from jobcenter_mentor.casework.meetings.contact_deadline import counts_as_contact as counts_as_contact
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import ABSENCE_REASONS, CONTACT_FORMS
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import roles_on, visible
from jobcenter_mentor.platform.audit import service as audit

USED = (
    select(
        Meeting.grant_id,
        func.sum(Meeting.minutes),
        func.sum(case((Meeting.met_on.between(bindparam("monday"), bindparam("sunday")), Meeting.minutes), else_=0)),
    )
    .where(Meeting.grant_id.in_(bindparam("ids", expanding=True)), Meeting.held, ~Meeting.corrected)
    .group_by(Meeting.grant_id)
)
LOG = (
    select(*(getattr(Meeting, name) for name in LogEntry._fields))
    .where(Meeting.grant_id == bindparam("grant_id"))
    .order_by(Meeting.met_on.desc(), Meeting.id.desc())
)


@dataclass(frozen=True)
class HoursUsed:
    """The minutes held in all and in the ISO week of the day (forbrugte timer)."""

    total: int = 0
    this_week: int = 0


@dataclass(frozen=True)
class Delivered:
    """The minutes held in one month at one price of an hour in øre (leveret tid)."""

    year: int
    month: int
    minutes: int
    hourly_price: int


def get_course(session: Session, public_id: str, *, actor: Actor, action: str = "hours.enter") -> Grant:
    """Return the course whose log the user may write. Raises NotFound."""
    statement = select(Grant).where(Grant.public_id == public_id)
    statement = visible(statement, Grant, actor.user, action, actor.day)
    return _one_course(session.scalar(statement.options(*COURSE_ONLY)))


def get_meeting(session: Session, public_id: str, *, actor: Actor) -> tuple[Meeting, Grant]:
    """Return a logged meeting and its course, if the user may change that entry. Raises NotFound."""
    wanted = select(Meeting).where(Meeting.public_id == public_id)
    meeting = session.scalar(visible(wanted, Meeting, actor.user, "hours.enter", actor.day))
    if meeting is None:
        raise NotFound("Mødet findes ikke.")
    statement = visible(select(Grant).where(Grant.id == meeting.grant_id), Grant, actor.user, "hours.enter", actor.day)
    return meeting, _one_course(session.scalar(statement.options(*COURSE_ONLY)))


def log(session: Session, grant: Grant, new: NewMeeting, *, actor: Actor, law: Law) -> Meeting:
    """Log a meeting, held or not.

    The same form sent again returns the meeting it made. Raises NotFound outside the user's scope, ValidationFailed
    by field, and Conflict when the form was saved before with other contents.
    """
    _lock(session, grant, actor)
    mentor_id = _mentor_who_met(session, grant, actor)
    found = _find_of_form(session, grant, new, mentor_id)
    if found is not None:
        return found
    if mentor_id is None:
        raise ValidationFailed("Der er ikke valgt en mentor til forløbet. Vælg en mentor, før I registrerer møder.")
    check(session, grant, new, mentor_id=mentor_id, on=actor.day)
    meeting = row_of(grant, new)
    meeting.mentor_id, meeting.logged_by_id = mentor_id, actor.user.id
    return keep(session, grant, meeting, "meeting.log", actor=actor, law=law)


def correct(session: Session, meeting: Meeting, grant: Grant, new: NewMeeting, *, actor: Actor, law: Law) -> Meeting:
    """Correct a logged meeting: a new row replaces it, and the old text is stored.

    Raises Conflict when somebody else has corrected it already, otherwise as `log`.
    """
    _lock(session, grant, actor)
    if not actor.may("hours.enter", meeting):
        raise NotFound("Mødet findes ikke.")
    session.refresh(meeting)
    found = _find_of_form(session, grant, new, meeting.mentor_id)
    if found is not None:
        return found
    if meeting.corrected:
        raise Conflict("Mødet er rettet af en anden, mens du skrev. Se begge udgaver, ret til, og gem igen.")
    check(session, grant, new, mentor_id=meeting.mentor_id, on=actor.day, instead_of=meeting.id)
    corrected = row_of(grant, new)
    corrected.mentor_id, corrected.corrects_id, corrected.logged_by_id = meeting.mentor_id, meeting.id, actor.user.id
    meeting.corrected = True
    return keep(session, grant, corrected, "meeting.correct", actor=actor, law=law)


def list_of_grant(session: Session, grant_id: int) -> list[LogEntry]:
    """Return the log of a course, newest first; replaced texts are marked `corrected`."""
    return [LogEntry(*row) for row in session.execute(LOG, {"grant_id": grant_id})]


def hours_in(log: Iterable[LogEntry], *, on: date) -> HoursUsed:
    """Return the hours used, counted as `hours_used` does, from a log that is already loaded."""
    held = [(entry.met_on.isocalendar()[:2], entry.minutes) for entry in log if entry.held and not entry.corrected]
    week = on.isocalendar()[:2]
    return HoursUsed(sum(minutes for _, minutes in held), sum(minutes for when, minutes in held if when == week))


def hours_used(session: Session, grant_ids: Iterable[int], *, on: date) -> dict[int, HoursUsed]:
    """Return the minutes held in each course in all, and in the week of the day; one statement."""
    ids = list(grant_ids)
    monday = on - timedelta(days=on.weekday())
    rows = session.execute(USED, {"ids": ids, "monday": monday, "sunday": monday + timedelta(days=6)})
    return dict.fromkeys(ids, HoursUsed()) | {row[0]: HoursUsed(int(row[1]), int(row[2])) for row in rows}


def delivered(session: Session, *, first: date, last: date) -> dict[int, list[Delivered]]:
    """Return what each course delivered from `first` to `last`, both included, at the price of its hours period."""
    year, month = extract("year", Meeting.met_on), extract("month", Meeting.met_on)
    price = func.coalesce(GrantPeriod.hourly_price, Grant.hourly_price)
    statement = (
        select(Meeting.grant_id, year, month, func.sum(Meeting.minutes), price)
        .join(Grant, Grant.id == Meeting.grant_id)
        .outerjoin(
            GrantPeriod,
            (GrantPeriod.grant_id == Meeting.grant_id)
            & (GrantPeriod.first_day <= Meeting.met_on)
            & (GrantPeriod.last_day >= Meeting.met_on),
        )
        .where(Meeting.held, ~Meeting.corrected, Meeting.met_on.between(first, last))
        .group_by(Meeting.grant_id, year, month, price)
    )
    found: dict[int, list[Delivered]] = defaultdict(list)
    for grant_id, *figures in session.execute(statement):
        found[grant_id].append(Delivered(*map(int, figures)))
    return found


def warnings_of(session: Session, grant: Grant, meeting: Meeting) -> list[str]:
    """Return warnings of a missing agreement, too many hours in the week, or two meetings on a day."""
    warnings = []
    if meeting.held and grant.origin == DECIDED and not agreements.is_agreed(session, grant.id):
        warnings.append("Aftalen er ikke indgået endnu, og støtten må først begynde, når den er. Få den på plads.")
    used, granted = hours_used(session, [grant.id], on=meeting.met_on)[grant.id], grant.minutes_on(meeting.met_on)
    if used.this_week > granted:
        warnings.append(
            f"Der er nu registreret flere timer i uge {meeting.met_on.isocalendar().week}, end der er bevilget."
        )
    same_day = session.scalar(
        select(func.count(Meeting.id)).where(
            Meeting.grant_id == grant.id, Meeting.met_on == meeting.met_on, Meeting.held, ~Meeting.corrected
        )
    )
    if (same_day or 0) > 1:
        warnings.append(
            f"Der er registreret {same_day} møder den {meeting.met_on:%d.%m.%Y}. Ret det ene, hvis det er en fejl."
        )
    return warnings


COURSE_ONLY = (lazyload(Grant.mentor), defaultload(Grant.citizen).lazyload(Citizen.statuses))


def _one_course(found: Grant | None) -> Grant:
    if found is None:
        raise NotFound("Forløbet findes ikke.")
    return found


def _lock(session: Session, grant: Grant, actor: Actor) -> None:
    """Lock the course for writing and check the scope; the same form sent twice at once waits for itself."""
    statement = visible(select(Grant.id).where(Grant.id == grant.id), Grant, actor.user, "hours.enter", actor.day)
    if session.scalar(statement.with_for_update(of=Grant)) is None:
        raise NotFound("Forløbet findes ikke.")


def _mentor_who_met(session: Session, grant: Grant, actor: Actor) -> int | None:
    """Return the mentor the meeting belongs to: a substitute who logs it as one, otherwise the mentor of the course."""
    own = {role.mentor_id for role in roles_on(actor.user, actor.day)} - {None}
    if not own or grant.mentor_id in own:
        return grant.mentor_id
    standing_in = select(Substitute.mentor_id).where(
        Substitute.grant_id == grant.id,
        Substitute.mentor_id.in_(own),
        Substitute.first_day <= actor.day,
        Substitute.last_day >= actor.day,
    )
    return session.scalar(standing_in.limit(1)) or grant.mentor_id


def _find_of_form(session: Session, grant: Grant, new: NewMeeting, mentor_id: int | None) -> Meeting | None:
    """Return the meeting this form made, None when it has made none. Raises Conflict when the contents were others."""
    if not new.form_id:
        return None
    found = session.scalar(select(Meeting).where(Meeting.public_id == new.form_id))
    if found is None:
        return None
    if (found.grant_id, found.mentor_id) != (grant.id, mentor_id) or told_of(found) != values_of(new):
        raise Conflict("Mødet er allerede gemt. Åbn det i logbogen, og ret det der.")
    return found


def row_of(grant: Grant, new: NewMeeting) -> Meeting:
    """Return the row of a new log entry; the caller fills in who logged it and which mentor it belongs to."""
    return Meeting(public_id=new.form_id or str(uuid4()), grant_id=grant.id, corrected=False, **values_of(new))


def keep(
    session: Session, grant: Grant, meeting: Meeting, action: str, *, actor: Actor, law: Law, through: str = ""
) -> Meeting:
    """Store the row, update deadlines and sums, and log the action.

    `through` is the id of the signed link it came by. The actor is then who made the link, and no writer is named.
    """
    session.add(meeting)
    session.flush()
    move_deadlines(session, grant, meeting, actor=actor, writer=None if through else actor.user, law=law)
    month_sums.keep(session, grant.id)
    detail = {"grant": grant.public_id, "met_on": f"{meeting.met_on}", "held": meeting.held, "form": meeting.form}
    audit.record(
        session,
        by=None if through else actor.user,
        action=action,
        subject="meeting",
        subject_id=meeting.public_id,
        citizens=[grant.citizen_id],
        detail=detail | ({"link": through} if through else {}),
    )
    _journalise(session, grant, meeting, None if through else actor.user, actor.day)
    return meeting


def _journalise(session: Session, grant: Grant, meeting: Meeting, by: User | None, on: date) -> None:
    """Write the contact in the journal; the note itself stays in the log."""
    how = f"{CONTACT_FORMS[meeting.form]}, {hours_words(meeting.minutes)}"
    words = how if meeting.held else f"Møde ikke afholdt. {ABSENCE_REASONS[meeting.absence_reason]}"
    day = "" if meeting.met_on == on else f" den {meeting.met_on:%d.%m.%Y}"
    title = f"{words}{day}{', rettet' if meeting.corrects_id else ''}"
    title += ". Mentoren er bekymret" if meeting.concern else ""
    case = journal.JournalCase(grant.citizen_id, grant.id, grant.case_number)
    journal.record(session, "contact", title, case, about=("meeting", meeting.public_id), by=by, on=on)
