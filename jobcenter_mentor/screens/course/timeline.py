"""The time line of a course: deadlines ahead, the day, meetings with the start of their notes, changes of hours."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, Protocol

from jobcenter_mentor.casework.grants.contact_rule import late_contact
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.hours import hours_short
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.screens.course.queries import CoursePage, Line

LONGEST = 90
"""Signs of a note on the time line; the log shows the whole note."""


class Moment(NamedTuple):
    """A point on the time line: `state` is next, today, done or breach."""

    day: date
    state: str
    title: str
    small: str


class TimelineContact(Protocol):
    """A registered contact as the time line shows it; minutes is its length."""

    @property
    def met_on(self) -> date:
        """Return the day."""

    @property
    def minutes(self) -> int:
        """Return the length in minutes."""

    @property
    def held(self) -> bool:
        """Tell whether it was held."""

    @property
    def corrected(self) -> bool:
        """Tell whether a newer entry replaces it."""

    @property
    def note(self) -> str:
        """Return the note."""


def timeline(
    page: CoursePage, contacts: Iterable[TimelineContact], counting: Sequence[date], *, on: date, law: Law
) -> list[Moment]:
    """Return the time line (tidslinje), newest first.

    A counted contact that came more than the interval after the one before is a breach.
    """
    grant = page.grant
    moments = [Moment(row.due_on, "next", row.what, row.section) for row in page.followups if _is_coming(row, on)]
    moments.append(Moment(on, "today", "I dag", ""))
    over = dict(_late(grant, counting, law))
    moments += [_met(contact, over) for contact in contacts if not contact.corrected]
    moments += _hours(grant, on)
    if grant.ended_on:
        moments.append(Moment(grant.ended_on, _state(grant.ended_on, on), "Ophør", grant.end_reason))
    return sorted(moments, key=lambda moment: (moment.day, moment.state == "today"), reverse=True)


def _met(contact: TimelineContact, over: dict[date, str]) -> Moment:
    words = f"Møde, {hours_short(contact.minutes)}" if contact.held else "Møde ikke afholdt"
    if contact.held and contact.met_on in over:
        return Moment(contact.met_on, "breach", words, over[contact.met_on])
    note = " ".join(contact.note.split())
    return Moment(contact.met_on, "done", words, note if len(note) <= LONGEST else f"{note[: LONGEST - 1].rstrip()}…")


def _hours(grant: Grant, on: date) -> Iterator[Moment]:
    """Return the decision, the first day, and each day the hours a week were changed."""
    granted = f"{hours_short(grant.periods[0].minutes_per_week)}/uge" if grant.periods else ""
    if grant.decided_on:
        yield Moment(grant.decided_on, "done", "Bevilling", granted)
    yield Moment(grant.start, _state(grant.start, on), "Første dag", "" if grant.decided_on else granted)
    for before, period in pairwise(grant.periods):
        if period.minutes_per_week != before.minutes_per_week:
            words = f"Timer ændret til {hours_short(period.minutes_per_week)}/uge"
            yield Moment(period.first_day, _state(period.first_day, on), words, period.reason)


def _state(day: date, on: date) -> str:
    return "done" if day <= on else "next"


def _is_coming(row: Line, on: date) -> bool:
    return row.done_on is None and bool(row.due_on >= on)


def _late(grant: Grant, counting: Sequence[date], law: Law) -> Iterator[tuple[date, str]]:
    """Return each contact that came late, with the days since the one before, the days beyond and whose interval."""
    for before, day in pairwise([grant.start, *sorted(counting)]):
        if late := late_contact(grant, before, day, law):
            whose = "lovens frist" if late.authority == "law" else "kommunens egen frist"
            yield day, f"{(day - before).days} dage siden sidst, {late.days} over {whose}"
