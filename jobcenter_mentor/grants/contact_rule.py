"""Kontaktkravet i et forløb: how often the law of a day asks for contact, where the grant gave a right-and-duty mentor.

LAB §§ 93, 96, stk. 3, og 96 c. Whether a course is under the rule is frozen at the grant; how often follows the law of
the day an interval ends, so running courses went over to every second week on 1 January 2016. From 2020 no interval is
confirmed and none is asked for.
"""

from datetime import date
from typing import Any

from jobcenter_mentor.domain.deadlines import contact_due_by_law
from jobcenter_mentor.rules import loader


def is_bound(course: Any) -> bool:
    """Er forløbet under kontaktkravet? `course` is a grant or a row of its columns."""
    return bool(course.right_and_duty) and course.contact_interval_days is not None


def interval_on(course: Any, day: date) -> int | None:
    """Dage mellem kontakter, as the law of the day has it; None where the course or the day knows no such rule."""
    found = loader.law().on(day).find("mentor.contact_interval_days") if is_bound(course) else None
    return found if isinstance(found, int) else None


def due_after(course: Any, day: date) -> date | None:
    """Næste kontakt senest after a contact or the start; None where the course or the law knows no such rule."""
    return contact_due_by_law(day, loader.law().on(day)) if is_bound(course) else None
