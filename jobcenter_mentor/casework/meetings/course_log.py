"""Shows the log of a course with earlier texts and answers, and stores the answer to a note."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Goal
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_check import clock
from jobcenter_mentor.casework.meetings.contact_deadline import counts_as_contact
from jobcenter_mentor.casework.meetings.models import Meeting, NoteReply
from jobcenter_mentor.casework.meetings.service import HoursUsed, hours_used
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import ABSENCE_REASONS, CONTACT_FORMS, PROGRESS, SUBJECTS, TASKS
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page, asked_page

LONGEST_REPLY = 2000


@dataclass(frozen=True)
class Entry:
    """A contact in the log with its words in Danish; `earlier` are the texts it replaced, newest first."""

    meeting: Meeting
    contact: str
    worked_on: list[str]
    goal: str
    progress: str
    counts: bool
    writer: str
    replies: list[tuple[NoteReply, str]]
    earlier: list["Entry"]


@dataclass(frozen=True)
class Logbook:
    """The page of a log: the course, a page of its contacts newest first, and the hours of the week and in all."""

    grant: Grant
    page: Page[Entry]
    used: HoursUsed


def show(session: Session, public_id: str, *, actor: Actor, page: int = 1) -> Logbook:
    """Return the part of the log that the user may read, and log the access. Raises NotFound.

    The number of statements doesn't grow with the log: count, meetings of the page with the texts they replaced,
    goals, replies and the names of the writers.
    """
    grant = grants.get_grant(session, public_id, actor=actor)
    audit.record(
        session, by=actor.user, action="log.read", subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )
    mine = visible(select(Meeting).where(Meeting.grant_id == grant.id), Meeting, actor.user, "log.own.read", actor.day)
    newest = mine.where(~Meeting.corrected).order_by(Meeting.met_on.desc(), Meeting.id.desc())
    count = session.scalar(select(func.count()).select_from(newest.order_by(None).subquery())) or 0
    page = asked_page(page, count)
    shown = session.scalars(newest.limit(ROWS_PER_PAGE).offset((page - 1) * ROWS_PER_PAGE)).all()
    replaced = session.scalars(mine.where(Meeting.corrected)).all()
    sees_aim = actor.may("course.aim.read", grant)
    entries = _entries(session, shown, replaced, sees_aim)
    return Logbook(grant, Page(entries, count, page), hours_used(session, [grant.id], on=actor.day)[grant.id])


def reply(session: Session, public_id: str, text: str, *, actor: Actor) -> tuple[NoteReply, Grant]:
    """Answer a note. Raises NotFound, ValidationFailed by field.

    The same answer again on the same day is stored once.
    """
    statement = select(Meeting).where(Meeting.public_id == public_id)
    meeting = session.scalar(visible(statement, Meeting, actor.user, "log.answer", actor.day))
    if meeting is None:
        raise NotFound("Mødet findes ikke.")
    if not text.strip() or len(text) > LONGEST_REPLY:
        words = f"Skriv et svar på højst {LONGEST_REPLY} tegn."
        raise ValidationFailed(words, errors={"text": [words]})
    grant = session.get_one(Grant, meeting.grant_id)
    same = select(NoteReply).where(
        NoteReply.meeting_id == meeting.id,
        NoteReply.by_id == actor.user.id,
        NoteReply.text == text.strip(),
        NoteReply.replied_on == actor.day,
    )
    found = session.scalar(same)
    if found is not None:
        return found, grant
    row = NoteReply(meeting_id=meeting.id, text=text.strip(), by_id=actor.user.id, replied_on=actor.day)
    session.add(row)
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="meeting.answer",
        subject="meeting",
        subject_id=public_id,
        citizens=[grant.citizen_id],
    )
    return row, grant


def contact_words(meeting: Meeting) -> str:
    """Return the contact in words: form, time of day and length, or why it was not held."""
    if not meeting.held:
        return f"Ikke afholdt. {ABSENCE_REASONS[meeting.absence_reason]}"
    at = "" if meeting.began is None else f" kl. {clock(meeting.began)}"
    return f"{CONTACT_FORMS[meeting.form]}{at}, {hours_words(meeting.minutes)}"


def earlier_texts(session: Session, meeting: Meeting) -> list[Entry]:
    """Return the earlier versions of a meeting, newest first."""
    rows = []
    while meeting.corrects_id is not None:
        meeting = session.get_one(Meeting, meeting.corrects_id)
        rows.append(meeting)
    return [_entry(row, {}, [], {row.logged_by_id or 0: writer_of(session, row)}, None) for row in rows]


def writer_of(session: Session, meeting: Meeting) -> str:
    """Return who wrote the entry: the name of a colleague or mentor, or that it came by link or sheet."""
    writer = session.get(User, meeting.logged_by_id) if meeting.logged_by_id else None
    return _writer(meeting, {writer.id: writer.full_name} if writer else {})


def _entries(session: Session, shown: Sequence[Meeting], replaced: Sequence[Meeting], sees_aim: bool) -> list[Entry]:
    """Return the entries, each with the texts it replaced."""
    rows = [*shown, *replaced]
    ids = [row.id for row in rows]
    goal_ids = {row.goal_id for row in rows if row.goal_id and sees_aim}
    texts = dict(session.execute(select(Goal.id, Goal.text).where(Goal.id.in_(goal_ids))).all())
    said: dict[int, list[tuple[NoteReply, str]]] = defaultdict(list)
    answers = (
        select(NoteReply, User.full_name).join(User, User.id == NoteReply.by_id).where(NoteReply.meeting_id.in_(ids))
    )
    for answer, name in session.execute(answers.order_by(NoteReply.id)):
        said[answer.meeting_id].append((answer, name))
    writers = {row.logged_by_id for row in rows}
    names = dict(session.execute(select(User.id, User.full_name).where(User.id.in_(writers))).all())
    made: dict[int, Entry] = {}
    for row in sorted(rows, key=lambda row: row.id):
        made[row.id] = _entry(row, texts, said[row.id], names, made.get(row.corrects_id or 0))
    return [made[row.id] for row in shown]


def _entry(
    row: Meeting,
    goals: dict[int, str],
    replies: list[tuple[NoteReply, str]],
    names: dict[int, str],
    before: Entry | None,
) -> Entry:
    words = [TASKS[code] for code in row.topics] + [SUBJECTS[code] for code in row.subjects]
    return Entry(
        meeting=row,
        contact=contact_words(row),
        worked_on=words,
        goal=goals.get(row.goal_id or 0, ""),
        progress=PROGRESS.get(row.progress, ""),
        counts=counts_as_contact(row),
        writer=_writer(row, names),
        replies=(before.replies if before else []) + replies,
        earlier=[before, *before.earlier] if before else [],
    )


def _writer(row: Meeting, names: dict[int, str]) -> str:
    if row.link_id is not None:
        return "Mentor, med link"
    return names.get(row.logged_by_id or 0, "Importeret")
