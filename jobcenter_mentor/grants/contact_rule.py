"""The contact rule of a course (kontaktkravet): how often contact is asked for, by the law or by the municipality.

LAB §§ 93, 96, stk. 3, og 96 c. Whether a course is under the law's rule is frozen at the grant; how often follows the
law of the day an interval ends, so running courses went over to every second week on 1 January 2016. From 2020 the law
asks for none. The municipality's own interval holds in every course; the shorter of the two binds.
"""

from datetime import date
from typing import Any

from jobcenter_mentor.domain.deadlines import ContactInterval, NextContact, contact_interval, next_contact
from jobcenter_mentor.domain.law import Law


def is_bound(course: Any) -> bool:
    """Tell whether the law's rule holds (retten og pligten). `course` is a grant or a row of its columns."""
    return bool(course.right_and_duty) and course.contact_interval_days is not None


def interval_on(course: Any, day: date, law: Law) -> ContactInterval | None:
    """Return the most days between contacts as they are that day, and whose rule it is; None without a rule."""
    return contact_interval(law.on(day), by_law=is_bound(course))


def days_between(course: Any, day: date, law: Law) -> int | None:
    """Return the most days between contacts as they are that day."""
    found = interval_on(course, day, law)
    return found.days if found else None


def next_due(course: Any, day: date, law: Law) -> NextContact | None:
    """Return the last day for the next contact after a contact or the start, and whose rule it is."""
    return next_contact(law.on(day), by_law=is_bound(course))


def due_after(course: Any, day: date, law: Law) -> date | None:
    """Return the last day for the next contact after a contact or the start (kontakt senest)."""
    found = next_due(course, day, law)
    return found.due if found else None
