"""Builds the mentor's own list of courses and the log page, with initials and case number only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.casefile.followups.calendar_feed import CalendarMeeting
from jobcenter_mentor.casework.agreements import goals
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_breach import running
from jobcenter_mentor.casework.meetings.contact_deadline import (
    contact_due,
    contacts_of,
    counting,
    counts_as_contact,
    last_day_of,
)
from jobcenter_mentor.casework.meetings.course_log import Entry, contact_words, earlier_texts, writer_of
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.service import HoursUsed, get_course, get_meeting, hours_used, told_of
from jobcenter_mentor.domain.kernel.needs import SUBJECTS, TASKS
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.considerations import at_meetings
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import reader_of
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible, within
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.drafts import service as drafts
from jobcenter_mentor.platform.drafts.service import StoredDraft

NEW, CORRECTION = "log", "log-ret"
"""The forms a draft is stored for."""
USUAL_LENGTHS = (30, 60, 90, 120)


@dataclass(frozen=True)
class LogbookCourse:
    """A course on the mentor's list: initials and case number only; `log_missing` is the agreed day nobody logged."""

    id: str
    case_number: str
    citizen_id: int
    initials: str
    last_day: date
    last_logged: date | None
    next_on: date | None
    next_meeting: str
    log_missing: date | None
    contact_due: date | None
    days_left: int | None


@dataclass(frozen=True)
class LogPage:
    """The log page: the course in short and the most likely answers.

    `held_until` is the day until which a meeting in person today meets the contact rule; None where the law sets no
    interval.
    """

    id: str
    citizen_id: int
    initials: str
    case_number: str
    goal: str
    tasks: list[str]
    goals: dict[int, str]
    agreed: str
    week: int
    used: HoursUsed
    granted: int
    held_until: date | None
    contact_due: date | None
    days_left: int | None
    is_right_and_duty: bool
    met_on: date
    minutes: int
    topics: list[str]
    kept: StoredDraft | None = None
    regards: Sequence[tuple[str, str]] = ()


def get_log_page(session: Session, public_id: str, *, actor: Actor, law: Law) -> LogPage:
    """Return the log page of a course in the user's scope, and log the access. Raises NotFound.

    The aim is left out for a mentor it has not been released to.
    """
    grant = get_course(session, public_id, actor=actor)
    newest = _newest(session, grant.id, actor)
    contacts = contacts_of(session, [grant.id])[grant.id]
    last_day, due = last_day_of(grant), contact_due(grant, contacts, law)
    sees_aim = actor.may("course.aim.read", grant)
    seen = [grant.citizen_id]
    audit.record(
        session, by=actor.user, action="meeting.read", subject="grant", subject_id=grant.public_id, citizens=seen
    )
    return LogPage(
        id=grant.public_id,
        citizen_id=grant.citizen_id,
        initials=grant.citizen.initials,
        case_number=grant.case_number,
        goal=grant.goal if sees_aim else "",
        goals=goals.open_goals(session, grant.id) if sees_aim else {},
        tasks=list(grant.tasks),
        agreed=_agreed(newest, actor.day),
        week=actor.day.isocalendar().week,
        used=hours_used(session, [grant.id], on=actor.day)[grant.id],
        granted=grant.minutes_on(actor.day),
        held_until=contact_due(grant, [*contacts, actor.day], law) if actor.day <= last_day else None,
        contact_due=due,
        days_left=None if due is None else (due - actor.day).days,
        is_right_and_duty=bool(grant.right_and_duty),
        met_on=min(actor.day, last_day),
        minutes=_likely_minutes(newest, grant.minutes_on(actor.day)),
        topics=list(newest.topics if newest else grant.tasks[:1]),
        kept=_kept(session, NEW, public_id, actor.user),
        regards=at_meetings(session, grant.citizen, reader_of(actor.user, on=actor.day), actor.day),
    )


@dataclass(frozen=True)
class Logged:
    """A logged meeting with its course: what was written, and whether it counts as the contact the law requires."""

    id: str
    page: LogPage
    told: dict[str, Any]
    contact: str
    topics: list[str]
    counts: bool
    corrected: bool
    writer: str = ""
    kept: StoredDraft | None = None
    earlier: tuple[Entry, ...] = ()


def get_logged(session: Session, public_id: str, *, actor: Actor, law: Law) -> Logged:
    """Return a logged meeting that the user may correct, and log the access. Raises NotFound."""
    meeting, grant = get_meeting(session, public_id, actor=actor)
    return Logged(
        id=meeting.public_id,
        page=get_log_page(session, grant.public_id, actor=actor, law=law),
        told=told_of(meeting),
        contact=contact_words(meeting),
        topics=[TASKS[code] for code in meeting.topics] + [SUBJECTS[code] for code in meeting.subjects],
        counts=counts_as_contact(meeting),
        corrected=meeting.corrected,
        writer=writer_of(session, meeting),
        kept=_kept(session, CORRECTION, public_id, actor.user),
        earlier=tuple(earlier_texts(session, meeting)),
    )


def get_newest(session: Session, public_id: str, *, actor: Actor, law: Law) -> Logged:
    """Return the newest version of a meeting that has been corrected, maybe more than once. Raises NotFound."""
    meeting, _ = get_meeting(session, public_id, actor=actor)
    while meeting.corrected:
        meeting = session.scalars(select(Meeting).where(Meeting.corrects_id == meeting.id)).one()
    return get_logged(session, meeting.public_id, actor=actor, law=law)


def list_courses(session: Session, *, actor: Actor, law: Law) -> list[LogbookCourse]:
    """Return the running courses whose log the user writes, with what is missing or due first (mine borgere).

    Two statements, and the log of which citizens were shown.
    """
    rows = session.execute(_statement_of_courses(actor)).all()
    logged: dict[int, list[Any]] = {grant.id: [] for grant, _, _ in rows}
    statement = select(
        Meeting.grant_id,
        Meeting.met_on,
        Meeting.next_on,
        Meeting.next_meeting,
        counting().label("counts"),
        within(Meeting, actor.user, "hours.enter", actor.day).label("is_own"),
    ).where(Meeting.grant_id.in_(logged), ~Meeting.corrected)
    for meeting in session.execute(statement.order_by(Meeting.met_on, Meeting.id)):
        logged[meeting.grant_id].append(meeting)
    courses = [
        _course(grant, f"{first[:1]}.{last[:1]}.", logged[grant.id], actor.day, law) for grant, first, last in rows
    ]
    seen = [course.citizen_id for course in courses]
    audit.record(session, by=actor.user, action="meeting.list", subject="grant", citizens=seen)
    return sorted(courses, key=_most_urgent)


def list_agreed(session: Session, *, actor: Actor) -> list[CalendarMeeting]:
    """Return the next agreed meeting, from today on, of each running course the user is mentor or substitute of."""
    if not any(role.mentor_id for role in actor.user.roles):
        return []
    courses = {grant.id: grant.case_number for grant, _, _ in session.execute(_statement_of_courses(actor))}
    columns = (Meeting.grant_id, Meeting.public_id, Meeting.next_on, Meeting.recorded_at)
    told = select(*columns).where(Meeting.grant_id.in_(courses), ~Meeting.corrected)
    newest = {row.grant_id: row for row in session.execute(told.order_by(Meeting.met_on, Meeting.id))}
    return [
        CalendarMeeting(row.public_id, courses[key], row.next_on, row.recorded_at)
        for key, row in sorted(newest.items())
        if row.next_on is not None and row.next_on >= actor.day
    ]


def _kept(session: Session, form: str, case_key: str, by: User) -> StoredDraft | None:
    """Return the draft, or discard it and return None if its form has been saved since."""
    kept = drafts.find(session, form=form, case_key=case_key, by=by)
    form_id = next(iter(kept.values.get("form_id", ())), "") if kept else ""
    if form_id and session.scalar(select(Meeting.id).where(Meeting.public_id == form_id)) is not None:
        drafts.discard(session, form=form, case_key=case_key, by=by)
        return None
    return kept


def _newest(session: Session, grant_id: int, actor: Actor) -> Meeting | None:
    """Return the last meeting held that the user may change, None before the first."""
    held = select(Meeting).where(Meeting.grant_id == grant_id, Meeting.held, ~Meeting.corrected)
    statement = visible(held, Meeting, actor.user, "hours.enter", actor.day)
    return session.scalar(statement.order_by(Meeting.met_on.desc(), Meeting.id.desc()).limit(1))


def _agreed(newest: Meeting | None, on: date) -> str:
    """Say what was agreed for today or before."""
    if newest is None or newest.next_on is None or newest.next_on > on:
        return ""
    return f"Aftalt: {newest.next_on:%d.%m.%Y} {newest.next_meeting}".strip()


def _likely_minutes(newest: Meeting | None, granted: int) -> int:
    """Return the usual length nearest to that of the last meeting, or to the hours of a week before the first."""
    likely = newest.minutes if newest else granted
    return min(USUAL_LENGTHS, key=lambda minutes: abs(minutes - likely))


def _statement_of_courses(actor: Actor) -> Select[Grant, str, str]:
    statement = (
        select(Grant, Citizen.first_name, Citizen.last_name)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .where(Grant.mentor_id.is_not(None), *running(actor.day))
        .options(lazyload(Grant.citizen), lazyload(Grant.mentor), lazyload(Grant.periods))
    )
    return visible(statement, Grant, actor.user, "hours.enter", actor.day)


def _course(grant: Grant, initials: str, logged: Sequence[Any], on: date, law: Law) -> LogbookCourse:
    newest = logged[-1] if logged else None
    agreed = newest.next_on if newest else None
    due = contact_due(grant, [meeting.met_on for meeting in logged if meeting.counts], law)
    return LogbookCourse(
        id=grant.public_id,
        case_number=grant.case_number,
        citizen_id=grant.citizen_id,
        initials=initials,
        last_day=last_day_of(grant),
        last_logged=newest.met_on if newest else None,
        next_on=agreed,
        next_meeting=newest.next_meeting if newest and newest.is_own else "",
        log_missing=agreed if agreed is not None and agreed <= on else None,
        contact_due=due,
        days_left=None if due is None else (due - on).days,
    )


def _most_urgent(course: LogbookCourse) -> tuple[bool, date, bool, date, str]:
    """Return the sort key: what is broken or missing first, then by the day contact is due."""
    far = date.max
    first = min(course.log_missing or far, course.contact_due or far)
    return (course.log_missing is None, first, course.contact_due is None, course.last_day, course.case_number)
