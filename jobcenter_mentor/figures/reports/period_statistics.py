"""Statistics of a period (statistik), of a file or of the database, by one definition."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.reports.course_columns import in_reach
from jobcenter_mentor.figures.reports.statistics import join, statistics
from jobcenter_mentor.figures.reports.subcourse_file import read_sub_courses
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit


def check_order(first: date, last: date) -> None:
    """Refuse a period that ends before it begins."""
    if last < first:
        said = f"Slutdatoen {last:%d.%m.%Y} ligger før startdatoen {first:%d.%m.%Y}. Ret en af dem."
        raise ValidationFailed(f"Perioden kan ikke bruges. {said}", errors={"last": [said]})


def statistics_of_file(content: bytes, *, first: date, last: date, gap_days: int = 0) -> dict[str, Any]:
    """Return the statistics of a file of sub-courses (statistik).

    Raises ValidationFailed with the faults of the file by line and column.
    """
    check_order(first, last)
    sub = read_sub_courses(content)
    return statistics(sub, join(sub, gap_days), first, last)


def statistics_of_database(
    session: Session, *, first: date, last: date, gap_days: int = 0, actor: Actor
) -> dict[str, Any]:
    """Return the statistics of the courses that the user may have figures of (statistik), and log it.

    With a gap allowed, the courses are joined again.
    """
    check_order(first, last)
    sub, courses = in_reach(session, actor)
    detail = {"first": first.isoformat(), "last": last.isoformat()}
    audit.record(
        session, by=actor.user, action="statistics.read", subject="report", subject_id="statistik", detail=detail
    )
    return statistics(sub, join(sub, gap_days) if gap_days else courses, first, last)
