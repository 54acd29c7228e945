"""What runs by the clock (natkørsler): each once for every Danish day, claimed by its row, caught up when missed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Update, and_, func, or_, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.clock import danish
from jobcenter_mentor.platform.jobs.models import NightlyRun

LEASE = timedelta(seconds=40)
AGAIN_AFTER, MOST_ATTEMPTS = timedelta(minutes=15), 6
"""When, and how often in all, one that failed is tried, e.g. with no mail server. Each may be run twice."""


@dataclass(frozen=True)
class Nightly:
    """One of them: its name, its title on Drift, its hour on a Danish clock, the function and whether it can wait.

    `run` is given the working day. One that is `of_the_day` is not caught up after midnight.
    """

    name: str
    title: str
    at: time
    run: Callable[[date], None]
    of_the_day: bool = False

    def due_day(self, moment: datetime) -> date | None:
        """Return the newest day that it ought to have run on by then, None where that day is over and can't be."""
        there = danish(moment)
        if there.time() >= self.at:
            return there.date()
        return None if self.of_the_day else there.date() - timedelta(days=1)


def list_due(session: Session, every: Iterable[Nightly], *, at: datetime) -> list[tuple[Nightly, date]]:
    """Return what is due and not done, not under way and not given up; of missed days the newest alone."""
    wanted = [(one, day) for one in every if (day := one.due_day(at)) is not None]
    known = select(NightlyRun).where(NightlyRun.day >= danish(at).date() - timedelta(days=1))
    rows = {(row.name, row.day): row for row in session.scalars(known)}
    return [(one, day) for one, day in wanted if _is_waiting(rows.get((one.name, day)), at)]


def claim(session: Session, name: str, day: date, *, at: datetime) -> int | None:
    """Begin a run; returns which attempt it is, None where another worker has it.

    Raises IntegrityError where another began it in the same moment.
    """
    row = session.scalar(select(NightlyRun).where(NightlyRun.name == name, NightlyRun.day == day))
    if row is None:
        session.add(NightlyRun(name=name, day=day, started_at=at, lease_until=at + LEASE))
        session.flush()
        return 1
    free = or_(
        and_(NightlyRun.next_try_at.is_not(None), NightlyRun.next_try_at <= at),
        and_(NightlyRun.next_try_at.is_(None), NightlyRun.lease_until < at),
    )
    taken = update(NightlyRun).where(
        NightlyRun.id == row.id, NightlyRun.finished_at.is_(None), NightlyRun.attempts < MOST_ATTEMPTS, free
    )
    taken = taken.values(attempts=NightlyRun.attempts + 1, next_try_at=None, lease_until=at + LEASE)
    attempt: int | None = session.scalar(
        taken.returning(NightlyRun.attempts).execution_options(synchronize_session=False)
    )
    return attempt


def prolong(session: Session, name: str, day: date, attempt: int, *, at: datetime) -> None:
    """Keep a run in the hands of the worker that does it."""
    session.execute(_held(name, day, attempt).values(lease_until=at + LEASE))


def finish(session: Session, name: str, day: date, attempt: int, *, at: datetime) -> None:
    """Note that it is done."""
    session.execute(_held(name, day, attempt).values(finished_at=at, lease_until=None, message=""))


def fail(session: Session, name: str, day: date, attempt: int, *, message: str, at: datetime) -> None:
    """Note why it failed, and when it is tried again."""
    again = at + AGAIN_AFTER if attempt < MOST_ATTEMPTS else None
    session.execute(_held(name, day, attempt).values(next_try_at=again, lease_until=None, message=message[:500]))


def list_newest(session: Session) -> list[NightlyRun]:
    """Return the newest run of each, by name."""
    newest = select(NightlyRun.name, func.max(NightlyRun.day).label("day")).group_by(NightlyRun.name).subquery()
    at = and_(NightlyRun.name == newest.c.name, NightlyRun.day == newest.c.day)
    return list(session.scalars(select(NightlyRun).join(newest, at).order_by(NightlyRun.name)))


def _is_waiting(row: NightlyRun | None, at: datetime) -> bool:
    if row is None:
        return True
    if row.finished_at is not None or row.attempts >= MOST_ATTEMPTS:
        return False
    if row.next_try_at is not None:
        return row.next_try_at <= at
    return row.lease_until is not None and row.lease_until < at


def _held(name: str, day: date, attempt: int) -> Update:
    mine = (NightlyRun.name == name, NightlyRun.day == day, NightlyRun.attempts == attempt)
    still = update(NightlyRun).where(*mine, NightlyRun.finished_at.is_(None))
    return still.execution_options(synchronize_session=False)
