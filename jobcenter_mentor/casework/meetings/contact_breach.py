"""Finds the courses that break the contact rule (kontaktkravet), and the state of each week of a course."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.contact_rule import LateContact, interval_on, is_bound, late_contact
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_deadline import (
    LogEntry,
    broken_days,
    counting,
    counts_as_contact,
    last_day_of,
)
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.law.deadlines import contact_interval
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import Reader, reader_on, visible

OWN_INTERVAL = "kommunens egen frist"


@dataclass(frozen=True)
class Breach:
    """A breach of the contact rule (kontaktbrud): no legal contact for more days than the interval.

    `attempts` counts what was tried since.
    """

    grant_id: str
    case_number: str
    citizen_id: int
    citizen: str
    section: str
    mentor: str
    last_contact: date | None
    days_since: int
    days_over: int
    attempts: dict[str, int]


@dataclass(frozen=True)
class ContactWeek:
    """A week of a course: minutes held, None for a week ahead; `granted` is minutes a week.

    `state` is met, breach, now, free (ahead) or none (no contact logged, and the law sets no interval).
    """

    monday: date
    number: int
    minutes: int | None
    granted: int
    state: str


def list_breaches(session: Session, *, actor: Actor, law: Law, mine: bool = False) -> list[Breach]:
    """Return the running courses whose last contact that counts (or start) is older than their interval, longest first.

    Courses with right and duty; all of them where the municipality has an interval of its own that day. Two
    statements: the courses with their last contact, and what was tried since.
    """
    everybody = contact_interval(law.on(actor.day), by_law=False) is not None
    found = session.execute(_statement_of_contact(reader_on(actor.user, actor.day), actor.day, mine, everybody))
    asked = ((row, late_contact(row, row.last_contact or row.start, actor.day, law)) for row in found)
    rows = [(row, late) for row, late in asked if late is not None]
    tried = _attempts(session, {row.id: row.last_contact or row.start for row, _ in rows})
    receiver = reader_of(actor.user, on=actor.day)
    breaches = [_breach(row, late, tried[row.id], receiver, actor.day) for row, late in rows]
    return sorted(breaches, key=lambda breach: (-breach.days_over, breach.case_number))


def weeks_of(grant: Grant, log: Iterable[LogEntry], *, on: date, law: Law) -> list[ContactWeek]:
    """Return the ISO weeks of a course from its start to its last day, with the hours and contacts of its log.

    A week is a breach when one of its days, up to the given day, lies more than the interval after the legal
    contact before it, or after the start (LAB §§ 93 and 96 c, the gap rule).
    """
    held = [entry for entry in log if entry.held and not entry.corrected]
    contacts = sorted(entry.met_on for entry in held if counts_as_contact(entry))
    minutes: Counter[date] = Counter()
    for entry in held:
        minutes[entry.met_on - timedelta(days=entry.met_on.weekday())] += entry.minutes
    last_day, monday, weeks = last_day_of(grant), grant.start - timedelta(days=grant.start.weekday()), []
    broken = broken_days(grant, contacts, min(on, last_day), law)
    while monday <= last_day:
        first, last = max(monday, grant.start), min(monday + timedelta(days=6), last_day)
        is_asked = is_bound(grant) or interval_on(grant, first, law) is not None
        state = _state(is_asked, broken, minutes[monday], first=first, last=last, on=on)
        so_far = minutes[monday] if first <= on else None
        weeks.append(ContactWeek(monday, monday.isocalendar().week, so_far, grant.minutes_on(first), state))
        monday += timedelta(days=7)
    return weeks


def running(on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of a course that runs that day (løbende)."""
    return Grant.start <= on, Grant.last_day >= on, or_(Grant.ended_on.is_(None), Grant.ended_on >= on)


@lru_cache(maxsize=512)
def _statement_of_contact(reader: Reader, on: date, mine: bool, everybody: bool) -> Select[Any]:
    met = select(func.max(Meeting.met_on)).where(Meeting.grant_id == Grant.id, counting(), Meeting.met_on <= on)
    last = met.correlate(Grant).scalar_subquery().label("last_contact")
    statement: Any = (
        select(
            Grant.id,
            Grant.public_id,
            Grant.case_number,
            Grant.start,
            Grant.legal_basis,
            Grant.right_and_duty,
            Grant.contact_interval_days,
            Grant.citizen_id,
            Citizen.first_name,
            Citizen.last_name,
            Citizen.protected,
            last,
            Mentor.first_name.label("mentor_first"),
            Mentor.last_name.label("mentor_last"),
        )
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .outerjoin(Mentor, Mentor.id == Grant.mentor_id)
        .where(*running(on))
    )
    if not everybody:
        statement = statement.where(Grant.right_and_duty.is_(True), Grant.contact_interval_days.is_not(None))
    if mine:
        statement = statement.where(deputies.held_by(Grant.caseworker_id, reader.user, on))
    shown: Select[Any] = visible(statement, Grant, reader.user, "grant.read", on)
    return shown


TRIED = select(Meeting.grant_id, Meeting.met_on, Meeting.form, Meeting.held).where(
    Meeting.grant_id.in_(bindparam("ids", expanding=True)), ~Meeting.corrected, ~counting()
)


def _attempts(session: Session, since: dict[int, date]) -> dict[int, Counter[str]]:
    """Count what was tried after the last legal contact, by form, or as `absent` where the meeting was not held."""
    tried: dict[int, Counter[str]] = {grant_id: Counter() for grant_id in since}
    for row in session.execute(TRIED, {"ids": list(since)}):
        if row.met_on >= since[row.grant_id]:
            tried[row.grant_id][row.form if row.held else "absent"] += 1
    return tried


def _breach(row: Row[Any], late: LateContact, tried: Counter[str], receiver: str, on: date) -> Breach:
    return Breach(
        grant_id=row.public_id,
        case_number=row.case_number,
        citizen_id=row.citizen_id,
        citizen=shown_name(row, receiver),
        section=row.legal_basis if late.authority == "law" else OWN_INTERVAL,
        mentor=f"{row.mentor_first} {row.mentor_last}" if row.mentor_first else "",
        last_contact=row.last_contact,
        days_since=(on - (row.last_contact or row.start)).days,
        days_over=late.days,
        attempts=dict(tried),
    )


def _state(
    is_asked: bool, broken: Sequence[tuple[date, date]], minutes: int, *, first: date, last: date, on: date
) -> str:
    if first > on:
        return "free"
    if any(begins <= min(last, on) and ends >= first for begins, ends in broken):
        return "breach"
    if on <= last:
        return "now"
    return "met" if minutes or is_asked else "none"
