"""Navngivne rapporter: each by the name that `export` knows it by, from the period asked for to the workbook."""

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
    """Bestilling: the period, both days included, why persons are taken out, who asks, the working day and the law."""

    first: date
    last: date
    reason: str
    by: User
    on: date
    law: Law


@dataclass(frozen=True)
class Made:
    """Færdig rapport: the workbook, how many rows it holds, and how many lines were held back to be corrected."""

    content: bytes
    rows: int
    held_back: int = 0

    @property
    def told(self) -> dict[str, int]:
        """What a machine is told besides; nothing where nothing can be held back."""
        return {"held_back": self.held_back} if self.held_back else {}


def _municipal(session: Session, asked: NamedExtractOrder) -> Made:
    """Kommunerapporten; with a reason each course is listed."""
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
    """Registreringen til staten; the reason is required."""
    found = register_lines(
        session, first=asked.first, last=asked.last, reason=asked.reason, actor=Actor(asked.by, asked.on)
    )
    content = write_registration(found, get_municipality(session).name)
    return Made(content, len(found.sound), len(found.held_back))


REPORTS: dict[str, Callable[[Session, NamedExtractOrder], Made]] = {
    "kommune": _municipal,
    "statsregistrering": _registration,
}
