"""Read a supplier's account: hours and kroner left on frame contracts, invoice lines, and reports and how timely.

Timeliness is read from the stamps of the deadlines: the day a report was given against the day it was due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices.models import Invoice, PayLine
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.suppliers.models import FrameContract, Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible

REPORT = "report"
YEAR, AHEAD = timedelta(days=365), timedelta(days=28)
LINES = 20


@dataclass(frozen=True)
class FrameUse:
    """The use of a frame contract: minutes and øre of the invoice lines in its days that are not rejected."""

    frame: FrameContract
    minutes: int
    amount: int

    @property
    def minutes_left(self) -> int | None:
        """Return the minutes left; negative when more is bought, None without a limit."""
        return None if self.frame.minutes is None else self.frame.minutes - self.minutes

    @property
    def amount_left(self) -> int | None:
        """Return the øre left; negative when more is bought, None without a limit."""
        return None if self.frame.amount is None else self.frame.amount - self.amount


@dataclass(frozen=True)
class Reports:
    """The reports of the last year: given in time, given late, due and missing; mean days late of the late.

    `coming` are those not given that fall due within four weeks, today's among them.
    """

    in_time: int
    late: int
    missing: Sequence[Any]
    coming: Sequence[Any]
    mean_days_late: int

    @property
    def percent_in_time(self) -> int | None:
        """Return the percent in time of all that were due, rounded half up; None where none was."""
        due = self.in_time + self.late + len(self.missing)
        return (200 * self.in_time + due) // (2 * due) if due else None


@dataclass(frozen=True)
class Ledger:
    """A supplier's account: `lines` are the newest invoice lines; None for who may not see invoices."""

    frames: list[FrameUse]
    reports: Reports
    lines: Sequence[Any] | None


def get_ledger(session: Session, supplier: Supplier, *, actor: Actor) -> Ledger:
    """Return what a supplier that the user may see has used, and reports and lines of the user's own scope."""
    lines = _lines(session, supplier, actor) if actor.may("invoice.read") else None
    frames = [_use(session, supplier, frame) for frame in reversed(supplier.frames)]
    return Ledger(frames, _reports(session, supplier, actor), lines)


def _use(session: Session, supplier: Supplier, frame: FrameContract) -> FrameUse:
    statement = select(func.coalesce(func.sum(PayLine.minutes), 0), func.coalesce(func.sum(PayLine.amount), 0)).where(
        PayLine.supplier_id == supplier.id,
        PayLine.rejected_on.is_(None),
        PayLine.first_day >= frame.valid_from,
        PayLine.first_day <= frame.valid_to,
    )
    minutes, amount = session.execute(statement).one()
    return FrameUse(frame, int(minutes), int(amount))


def _lines(session: Session, supplier: Supplier, actor: Actor) -> Sequence[Any]:
    """Return the newest invoice lines without naming the citizen."""
    statement = visible(select(PayLine), PayLine, actor.user, "invoice.read", actor.day).where(
        PayLine.supplier_id == supplier.id
    )
    columns = statement.outerjoin(Invoice, Invoice.id == PayLine.invoice_id).with_only_columns(
        Invoice.number,
        PayLine.first_day,
        PayLine.last_day,
        PayLine.minutes,
        PayLine.amount,
        PayLine.released_on,
        PayLine.rejected_on,
    )
    return session.execute(columns.order_by(PayLine.first_day.desc(), PayLine.id.desc()).limit(LINES)).all()


def _reports(session: Session, supplier: Supplier, actor: Actor) -> Reports:
    statement = (
        visible(select(FollowUp), FollowUp, actor.user, "followup.read", actor.day)
        .join(Grant, Grant.id == FollowUp.grant_id)
        .join(Mentor, Mentor.id == Grant.mentor_id)
        .where(Mentor.supplier_id == supplier.id, FollowUp.kind == REPORT, FollowUp.dropped_on.is_(None))
        .where(FollowUp.due_on > actor.day - YEAR, FollowUp.due_on <= actor.day + AHEAD)
        .with_only_columns(FollowUp.case_number, FollowUp.what, FollowUp.due_on, FollowUp.done_on)
        .order_by(FollowUp.due_on)
    )
    found = session.execute(statement).all()
    coming = [row for row in found if row.done_on is None and row.due_on >= actor.day]
    rows = [row for row in found if row.due_on <= actor.day]
    late = [(row.done_on - row.due_on).days for row in rows if row.done_on and row.done_on > row.due_on]
    missing = [row for row in rows if row.done_on is None and row.due_on < actor.day]
    in_time = sum(1 for row in rows if row.done_on and row.done_on <= row.due_on)
    mean = (2 * sum(late) + len(late)) // (2 * len(late)) if late else 0
    return Reports(in_time, len(late), missing, coming, mean)
