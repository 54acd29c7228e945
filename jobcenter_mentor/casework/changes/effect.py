"""What a change does to the citizen (virkning), and from which day: never a day before it is decided."""

from datetime import date
from typing import NamedTuple

from jobcenter_mentor.casework.changes.ending_text import UNHEARD
from jobcenter_mentor.casework.grants.models import Decision, Grant

HOURS, EXTENSION, ENDING = "hours", "extension", "ending"
"""The kinds of change (ændringens art)."""


class ChangeDays(NamedTuple):
    """The days of a change: the first at other hours or of an extension, and the last of the support."""

    start: date
    last_day: date


def is_burdening(grant: Grant, decision: Decision) -> bool:
    """Tell whether a change burdens the citizen: fewer hours, or an ending that needs a hearing."""
    if decision.kind == HOURS:
        day = decision.start or grant.start
        return (decision.minutes_per_week or 0) < grant.minutes_on(day)
    return decision.kind == ENDING and decision.end_code not in UNHEARD


def days_of(grant: Grant, decision: Decision, on: date) -> ChangeDays:
    """Return the days a change takes effect (virkningsdage): as proposed, but a burdening change takes nothing back.

    A hearing may last past the proposed day; then the change takes effect on the day of the decision.
    """
    start, last_day = decision.start or grant.start, decision.last_day or grant.last_day
    if decision.approved_on is None and is_burdening(grant, decision):
        start, last_day = (max(start, on), last_day) if decision.kind == HOURS else (start, max(last_day, on))
    return ChangeDays(start, last_day)
