"""Virkning: what a change does against the citizen, and from which day: never one before it is decided."""

from datetime import date
from typing import NamedTuple

from jobcenter_mentor.casework.changes.ending_text import UNHEARD
from jobcenter_mentor.casework.grants.models import Decision, Grant

HOURS, EXTENSION, ENDING = "hours", "extension", "ending"
"""The kinds of change (ændringens art)."""


class ChangeDays(NamedTuple):
    """Dagene, ændringen handler om: the first at other hours or of an extension, and the last of the support."""

    start: date
    last_day: date


def is_burdening(grant: Grant, decision: Decision) -> bool:
    """Er ændringen til skade for borgeren? Fewer hours, or an ending about which the citizen is heard."""
    if decision.kind == HOURS:
        day = decision.start or grant.start
        return (decision.minutes_per_week or 0) < grant.minutes_on(day)
    return decision.kind == ENDING and decision.end_code not in UNHEARD


def days_of(grant: Grant, decision: Decision, on: date) -> ChangeDays:
    """Virkningsdagene: as proposed, but what burdens takes nothing back if it is decided after them.

    A hearing may last past the day that was asked for; then the change takes effect on the day of the decision.
    """
    start, last_day = decision.start or grant.start, decision.last_day or grant.last_day
    if decision.approved_on is None and is_burdening(grant, decision):
        start, last_day = (max(start, on), last_day) if decision.kind == HOURS else (start, max(last_day, on))
    return ChangeDays(start, last_day)
