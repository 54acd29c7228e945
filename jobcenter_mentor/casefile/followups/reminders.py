"""Reminders (påmindelser): one mail a day to who has deadlines, with numbers only; a log stops a second mail.

The numbers are counted by the statement of the lists when the mail is made: nothing that is done, nothing of other
teams. No citizen, case number or colleague is named.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp, Reminder
from jobcenter_mentor.casefile.followups.queries import MY_DAY, DueFilter, count_due, statement_due
from jobcenter_mentor.domain.kernel.periods import is_working_day
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import lateness
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.deputies import CASEWORK
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import roles_on
from jobcenter_mentor.platform.database.db import now

TOLD_FOR = timedelta(days=7)
"""How long a mail that failed is told of."""
SUBJECT = "Dine frister i Jobcenter Mentor"


@dataclass(frozen=True)
class Digest:
    """The day's message: what is due by law and by other rules, what is overdue, and what waits for the leader."""

    user_id: int
    to: str
    name: str
    law: int
    other: int
    over: int
    at_leader: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to remind of; then no mail is sent."""
        return not (self.law or self.other or self.at_leader)

    def text(self, address: str) -> str:
        """Return the message: a greeting, numbers and the address of the system."""
        lines = [f"Hej {self.name}", ""]
        if self.law or self.other:
            lines.append(f"Frister på Min dag: {self.law + self.other}")
            lines.append(f"Efter loven: {self.law}. Lokale og aftalte: {self.other}. Over fristen: {self.over}.")
            lines += [f"{address}/min-dag", ""]
        if self.at_leader:
            lines.append(f"Frister, der venter på dig som teamleder: {self.at_leader}")
            lines += [f"{address}/opfoelgning?hvem=team&frist=leder", ""]
        lines.append("Du får højst én besked om dagen og kun på arbejdsdage. Svar ikke på mailen.")
        return "\n".join(lines)


def list_receivers(session: Session, *, on: date) -> list[User]:
    """Return the open users with casework and a mail address whose mail of the day isn't begun, or is tried again.

    None on a day that is no working day.
    """
    if not is_working_day(on):
        return []
    begun = select(Reminder.user_id).where(Reminder.day == on, ~Reminder.again)
    users = session.scalars(
        select(User).where(User.active, User.email != "", User.id.not_in(begun)).order_by(User.id)
    ).all()
    return [user for user in users if _has_casework(user, on)]


def make_digest(session: Session, user: User, *, on: date, law: Law) -> Digest:
    """Count what stands on a user's day just now."""
    counted = statement_due(actor=Actor(user, on), chosen=MY_DAY).with_only_columns(FollowUp.authority, FollowUp.due_on)
    rows = session.execute(counted).all()
    by_law = sum(row.authority == "law" for row in rows)
    return Digest(
        user_id=user.id,
        to=user.email,
        name=next(iter(user.full_name.split()), user.username),
        law=by_law,
        other=len(rows) - by_law,
        over=sum(row.due_on < on for row in rows),
        at_leader=_at_leader(session, user, on, law),
    )


def begin(session: Session, user_id: int, *, on: date) -> bool:
    """Note that the mail is sent now; False when another run has begun it. The caller commits before it sends."""
    row = session.scalar(_of(user_id, on).with_for_update())
    if row is None:
        session.add(Reminder(user_id=user_id, day=on))
    elif row.again:
        row.begun_at, row.failed_at, row.why, row.again = now(), None, "", False
    else:
        return False
    session.flush()
    return True


def finish(session: Session, user_id: int, *, on: date) -> None:
    """Note that the mail is sent."""
    session.scalars(_of(user_id, on)).one().sent_at = now()


def fail(session: Session, user_id: int, *, on: date, why: str, again: bool) -> None:
    """Note why the mail was not sent, and whether it is tried again the same day."""
    row = session.scalar(_of(user_id, on))
    if row is None:
        session.add(row := Reminder(user_id=user_id, day=on))
    row.failed_at, row.why, row.again = now(), why[:300], again


def list_failed(session: Session, *, on: date) -> list[tuple[Reminder, User]]:
    """Return the newest mail of each open user where it could not be sent these days, for Drift."""
    newest = select(Reminder.user_id, func.max(Reminder.day).label("day")).group_by(Reminder.user_id).subquery()
    found = (
        select(Reminder, User)
        .join(newest, (newest.c.user_id == Reminder.user_id) & (newest.c.day == Reminder.day))
        .join(User, User.id == Reminder.user_id)
        .where(Reminder.failed_at.is_not(None), Reminder.day >= on - TOLD_FOR, User.active)
        .order_by(Reminder.day.desc(), User.sort_key)
    )
    return [(row, user) for row, user in session.execute(found)]


def own_failed(session: Session, user: User, *, on: date) -> Reminder | None:
    """Return the user's newest mail where it could not be sent these days; None where it was."""
    mine = select(Reminder).where(Reminder.user_id == user.id, Reminder.day >= on - TOLD_FOR)
    newest = session.scalar(mine.order_by(Reminder.day.desc()).limit(1))
    return newest if newest is not None and newest.failed_at is not None else None


def _of(user_id: int, on: date) -> Select[Reminder]:
    return select(Reminder).where(Reminder.user_id == user_id, Reminder.day == on)


def _has_casework(user: User, on: date) -> bool:
    return any(role.role in CASEWORK for role in roles_on(user, on))


def _at_leader(session: Session, user: User, on: date, law: Law) -> int:
    """Count what has gone to a team leader, as the list »Hos teamlederen« does; 0 for others."""
    if not any(role.role == "TL" for role in roles_on(user, on)):
        return 0
    return count_due(session, actor=Actor(user, on), chosen=DueFilter(late=lateness(on, law.on(on))))
