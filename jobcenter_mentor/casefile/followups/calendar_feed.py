"""The calendar address, made, renewed and closed by the user; it gives dates and case numbers, never a name.

The token is random and shown once; the database holds only its SHA-256. The rights are the user's of the day.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import CalendarFeed, FollowUp
from jobcenter_mentor.casefile.followups.queries import DueFilter, statement_due
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotFound
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit

AHEAD = 183
"""Days ahead that the calendar shows; what is overdue stands on its day."""


def renew(session: Session, *, actor: Actor) -> str:
    """Return the token of a new address; it is not stored. The old address no longer works."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == actor.user.id))
    session.add(CalendarFeed(user_id=actor.user.id, token_hash=_digest(token), made_on=actor.day))
    audit.record(session, by=actor.user, action="calendar.renew", subject="user", subject_id=actor.user.public_id)
    return token


def close(session: Session, *, by: User) -> None:
    """Close the address, so that nobody can read the calendar. Raises InvalidTransition where there is none."""
    gone = session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == by.id).returning(CalendarFeed.user_id))
    if not gone.all():
        raise InvalidTransition("Kalenderadressen er allerede lukket.")
    audit.record(session, by=by, action="calendar.close", subject="user", subject_id=by.public_id)


def made_on(session: Session, user: User) -> date | None:
    """Return the day the address was made; None when the user has none."""
    return session.scalar(select(CalendarFeed.made_on).where(CalendarFeed.user_id == user.id))


@dataclass(frozen=True)
class CalendarMeeting:
    """A meeting agreed (aftalt møde): a key that never changes, the case number, the day, and when it was written."""

    key: str
    case_number: str
    day: date
    stamp: datetime


def user_behind(session: Session, token: str) -> User:
    """Return whose calendar an address gives. Raises NotFound for an unknown address and for a closed user."""
    found = select(User).join(CalendarFeed, CalendarFeed.user_id == User.id)
    user = session.scalar(found.where(CalendarFeed.token_hash == _digest(token), User.active))
    if user is None:
        raise NotFound("Kalenderen findes ikke.")
    return user


def calendar_of(session: Session, user: User, meetings: Iterable[CalendarMeeting], *, on: date) -> bytes:
    """Return the calendar: a whole-day event for each open deadline of the user, and for each meeting agreed."""
    calendar, name = Calendar(), "Frister og møder"
    for key, text in (("prodid", f"-//Jobcenter Mentor//{name}//DA"), ("version", "2.0"), ("x-wr-calname", name)):
        calendar.add(key, text)
    statement = statement_due(actor=Actor(user, on), chosen=DueFilter(days=AHEAD, mine=True))
    columns = (FollowUp.public_id, FollowUp.case_number, FollowUp.due_on, FollowUp.recorded_at)
    for key, case_number, due_on, stamp in session.execute(statement.with_only_columns(*columns)):
        calendar.add_component(_event(key, f"Frist {case_number}", due_on, stamp))
    for meeting in meetings:
        calendar.add_component(_event(meeting.key, f"Møde {meeting.case_number}", meeting.day, meeting.stamp))
    audit.record(session, by=user, action="calendar.read", subject="user", subject_id=user.public_id)
    return bytes(calendar.to_ical())


def _event(key: str, summary: str, day: date, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@jobcenter-mentor")
    event.add("dtstamp", stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
