"""Påmindelser: one mail a day to who has deadlines, with numbers only, and a log so that none is sent twice.

The numbers are counted by the statement of the lists when the mail is made: nothing that is done, nothing of other
teams. No citizen, case number or colleague is named.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.deputies import CASEWORK
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import roles_on
from jobcenter_mentor.db import now
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.periods import is_working_day
from jobcenter_mentor.domain.radar import lateness
from jobcenter_mentor.followups.due import MY_DAY, DueFilter, count_due, statement_due
from jobcenter_mentor.followups.models import FollowUp, Reminder

SUBJECT = "Dine frister i Jobcenter Mentor"


@dataclass(frozen=True)
class Digest:
    """Dagens besked: what stands on Min dag by law and by other rules, what is over, and what waits at the leader."""

    user_id: int
    to: str
    name: str
    law: int
    other: int
    over: int
    at_leader: int

    @property
    def is_empty(self) -> bool:
        """Intet at minde om? Then no mail is sent."""
        return not (self.law or self.other or self.at_leader)

    def text(self, address: str) -> str:
        """Beskeden: a greeting, numbers and the address of the system."""
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


def list_digests(session: Session, *, on: date, law: Law) -> list[Digest]:
    """Dagens beskeder: to open users with casework, a mail address and something due, not begun that day already.

    None on a day that is no working day.
    """
    if not is_working_day(on):
        return []
    begun = select(Reminder.user_id).where(Reminder.day == on)
    users = session.scalars(
        select(User).where(User.active, User.email != "", User.id.not_in(begun)).order_by(User.id)
    ).all()
    digests = [_digest(session, user, on, law) for user in users if _has_casework(user, on)]
    return [digest for digest in digests if not digest.is_empty]


def begin(session: Session, digest: Digest, *, on: date) -> bool:
    """Notér, at beskeden nu sendes; False when another run has begun it. The caller commits before it sends."""
    if session.scalar(select(Reminder.id).where(Reminder.user_id == digest.user_id, Reminder.day == on)) is not None:
        return False
    session.add(Reminder(user_id=digest.user_id, day=on))
    session.flush()
    return True


def finish(session: Session, digest: Digest, *, on: date) -> None:
    """Notér, at beskeden er sendt."""
    row = session.scalars(select(Reminder).where(Reminder.user_id == digest.user_id, Reminder.day == on)).one()
    row.sent_at = now()


def forget(session: Session, digest: Digest, *, on: date) -> None:
    """Slet noteringen of a mail that was surely not sent, so that the next try sends it."""
    session.execute(delete(Reminder).where(Reminder.user_id == digest.user_id, Reminder.day == on))


def _has_casework(user: User, on: date) -> bool:
    return any(role.role in CASEWORK for role in roles_on(user, on))


def _digest(session: Session, user: User, on: date, law: Law) -> Digest:
    counted = statement_due(by=user, on=on, chosen=MY_DAY).with_only_columns(FollowUp.authority, FollowUp.due_on)
    rows = session.execute(counted).all()
    by_law = sum(row.authority == "law" for row in rows)
    return Digest(
        user_id=user.id,
        to=user.email,
        name=user.full_name.split()[0],
        law=by_law,
        other=len(rows) - by_law,
        over=sum(row.due_on < on for row in rows),
        at_leader=_at_leader(session, user, on, law),
    )


def _at_leader(session: Session, user: User, on: date, law: Law) -> int:
    """Count what has gone to a team leader, as the list »Hos teamlederen« does; 0 for others."""
    if not any(role.role == "TL" for role in roles_on(user, on)):
        return 0
    return count_due(session, by=user, on=on, chosen=DueFilter(late=lateness(on, law.on(on))))
