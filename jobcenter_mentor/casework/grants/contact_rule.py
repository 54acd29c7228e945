"""The contact rule of a course (kontaktkravet): how often contact is required, by the law or by the municipality.

LAB §§ 93, 96, stk. 3, og 96 c. Whether a course is under the law's rule is frozen at the grant; how often follows the
law of the day an interval ends, so running courses went over to every second week on 1 January 2016. From 2020 the law
requires none. The municipality's own interval applies to every course; the shorter of the two binds.
"""

from datetime import date
from typing import Any, NamedTuple

from jobcenter_mentor.domain.law.deadlines import (
    BY_LAW,
    ContactInterval,
    NextContact,
    contact_due_by_law,
    contact_interval,
    next_contact,
)
from jobcenter_mentor.domain.law.law import Law


def is_bound(course: Any) -> bool:
    """Tell whether the law's rule applies (retten og pligten); `course` is a grant or a row of its columns."""
    return bool(course.right_and_duty) and course.contact_interval_days is not None


def interval_on(course: Any, day: date, law: Law) -> ContactInterval | None:
    """Return the most days between contacts as they are that day, and whose rule it is; None without a rule."""
    return contact_interval(law.on(day), by_law=is_bound(course))


def days_between(course: Any, day: date, law: Law) -> int | None:
    """Return the most days between contacts as they are that day."""
    found = interval_on(course, day, law)
    return found.days if found else None


def days_by_law(course: Any, day: date, law: Law) -> int | None:
    """Return the most days between contacts that the law itself demands that day, whatever the municipality asks."""
    found = law.on(day).find(BY_LAW) if is_bound(course) else None
    return found if isinstance(found, int) else None


def own_days(course: Any, day: date, law: Law) -> int | None:
    """Return the municipality's own days between contacts (kommunens egen frist) where they bind: shorter or alone."""
    found = interval_on(course, day, law)
    return found.days if found and found.authority == "local" else None


def next_due(course: Any, day: date, law: Law) -> NextContact | None:
    """Return the last day for the next contact after a contact or the start, and whose rule it is."""
    return next_contact(law.on(day), by_law=is_bound(course))


def due_after(course: Any, day: date, law: Law) -> date | None:
    """Return the last day for the next contact after a contact or the start (kontakt senest)."""
    found = next_due(course, day, law)
    return found.due if found else None


class LateContact(NamedTuple):
    """How many days a contact is late, and whose interval is broken (kontaktbrud); the law's goes first."""

    days: int
    authority: str


def late_contact(course: Any, after: date, day: date, law: Law) -> LateContact | None:
    """Return how late a day is after an interval counted from `after`, None where it is not.

    The law's interval goes first.
    """
    legal = contact_due_by_law(after, law.on(after)) if is_bound(course) else None
    if legal is not None and day > legal:
        return LateContact((day - legal).days, "law")
    due = due_after(course, after, law)
    return LateContact((day - due).days, "local") if due is not None and day > due else None
