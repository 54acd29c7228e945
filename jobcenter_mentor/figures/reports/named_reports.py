"""Make each report by the name that `export` uses (navngivne rapporter), from the period to the workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.reports.registration import register_lines, write_registration
from jobcenter_mentor.figures.reports.report_workbook import write_municipal_report
from jobcenter_mentor.figures.reports.service import municipal_report
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import get_municipality


@dataclass(frozen=True)
class NamedExtractOrder:
    """An order (bestilling): the period, both days included, why persons are listed, the user, the day, the law."""

    first: date
    last: date
    reason: str
    by: User
    on: date
    law: Law


@dataclass(frozen=True)
class Made:
    """A finished report (færdig rapport): the workbook, its number of rows, and of lines held back for correction."""

    content: bytes
    rows: int
    held_back: int = 0

    @property
    def told(self) -> dict[str, int]:
        """Return what a machine is given besides (held_back); nothing where nothing can be held back."""
        return {"held_back": self.held_back} if self.held_back else {}


def _municipal(session: Session, asked: NamedExtractOrder) -> Made:
    """Make the municipal report (kommunerapport); with a reason each course is listed."""
    report = municipal_report(
        session,
        first=asked.first,
        last=asked.last,
        with_courses=bool(asked.reason),
        reason=asked.reason,
        actor=Actor(asked.by, asked.on),
        law=asked.law,
    )
    return Made(write_municipal_report(report, get_municipality(session).name), len(report.by_month))


def _registration(session: Session, asked: NamedExtractOrder) -> Made:
    """Make the state's registration (statsregistrering); the reason is required."""
    found = register_lines(
        session, first=asked.first, last=asked.last, reason=asked.reason, actor=Actor(asked.by, asked.on)
    )
    content = write_registration(found, get_municipality(session).name)
    return Made(content, len(found.sound), len(found.held_back))


REPORTS: dict[str, Callable[[Session, NamedExtractOrder], Made]] = {
    "kommune": _municipal,
    "statsregistrering": _registration,
}
