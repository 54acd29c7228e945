"""Return the class that compares and imports each kind of sheet (slags ark)."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.sheets.intake.row_check import SheetRow
from jobcenter_mentor.sheets.kinds.citizen_rows import SheetPeople
from jobcenter_mentor.sheets.kinds.course_rows import CourseSheet
from jobcenter_mentor.sheets.kinds.invoice_rows import Invoices
from jobcenter_mentor.sheets.kinds.mentor_rows import Meetings, Mentors
from jobcenter_mentor.sheets.kinds.referral_rows import Citizens, Referrals
from jobcenter_mentor.sheets.undo.trace import Trace


class Taker(Protocol):
    """Compares and imports the valid rows of one sheet (modtager)."""

    def compare(self, row: SheetRow) -> None:
        """Set the row's status and changes, or refuse it."""

    def take(self, row: SheetRow) -> None:
        """Import a new or changed row. Raises DomainError."""


@runtime_checkable
class ManyAtOnce(Protocol):
    """Imports all new rows of a sheet at once (modtager)."""

    def take_new(self, rows: list[SheetRow], trace: Trace, progress: Callable[[int, int], None] | None) -> None:
        """Import new rows, note in the trace what is made, and report progress. Raises DomainError."""


class TakerKind(Protocol):
    """A class of takers (modtager), called with the valid rows of one sheet."""

    def __call__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> Taker:
        """Make the taker of a sheet."""
        ...


_TAKERS: dict[str, TakerKind] = {
    "citizens": Citizens,
    "referrals": Referrals,
    "courses": CourseSheet,
    "mentors": Mentors,
    "meetings": Meetings,
    "invoices": Invoices,
}


def people_of(taker: Taker) -> SheetPeople | None:
    """Return the citizens and caseworkers that a taker knows; None for kinds that open no cases."""
    return taker.people if isinstance(taker, Citizens | Referrals | CourseSheet) else None


def taker_of(kind: str) -> TakerKind:
    """Return the class of takers for a kind of sheet."""
    return _TAKERS[kind]
