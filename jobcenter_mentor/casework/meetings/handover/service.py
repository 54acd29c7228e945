"""Gathers the handover of a course: the last three notes, the open deadlines and the goals; printing is journalised."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.agreements import goals
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.course_log import contact_words
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.service import HoursUsed, hours_used
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import GOAL_STATUSES, TASKS
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.law_figures.service import get_municipality
from jobcenter_mentor.platform.pages.filters import dk_date

NOTES = 3
TITLE = "Overdragelse skrevet ud"
PRINTED = "handover"
"""Subject of the journal entry, by which it is found again."""


@dataclass(frozen=True)
class Note:
    """A note in the handover: the day, the contact in words, the note and the next step."""

    day: date
    contact: str
    note: str
    next_step: str
    is_concern: bool


@dataclass(frozen=True)
class Pack:
    """The handover (overdragelse): course, people, the last notes newest first, open deadlines and goals."""

    grant: Grant
    caseworker: str
    notes: list[Note]
    dates: list[tuple[date, str, str]]
    goals: list[tuple[str, str]]
    tasks: list[str]
    used: HoursUsed
    next_meeting: tuple[date, str] | None


def get_pack(session: Session, public_id: str, *, actor: Actor) -> Pack:
    """Return the handover of a course in the user's scope and log the access. Raises NotFound."""
    grant = grants.get_grant(session, public_id, actor=actor, action="handover.read")
    seen = [grant.citizen_id]
    audit.record(session, by=actor.user, action="handover.read", subject="grant", subject_id=public_id, citizens=seen)
    caseworker = session.get(User, grant.caseworker_id) if grant.caseworker_id else None
    newest = _meetings(session, grant)
    return Pack(
        grant=grant,
        caseworker=caseworker.full_name if caseworker else "Ingen",
        notes=[_note(meeting) for meeting in newest if meeting.note.strip()][:NOTES],
        dates=_dates(session, grant),
        goals=[(goal.text, GOAL_STATUSES[goal.status]) for goal in goals.picture_of(session, grant.id).goals],
        tasks=[TASKS.get(code, code) for code in grant.tasks],
        used=hours_used(session, [grant.id], on=actor.day)[grant.id],
        next_meeting=next(
            ((m.next_on, m.next_meeting) for m in newest[:1] if m.next_on and m.next_on >= actor.day), None
        ),
    )


def draft_of(session: Session, pack: Pack, *, on: date) -> LetterDraft:
    """Return the values of the printed handover; render it outside the writing transaction."""
    grant, office = pack.grant, get_municipality(session)
    values = {
        "sender": {"municipality": office.name, "jobcentre": office.jobcentre},
        "case_number": grant.case_number,
        "day": dk_date(on),
        "initials": grant.citizen.initials,
        "period": f"{dk_date(grant.start)}–{dk_date(grant.last_day)}",
        "legal_basis": grant.legal_basis or "Ikke vurderet",
        "hours": f"{hours_words(pack.used.total)} brugt, {hours_words(grant.minutes_on(on))} om ugen",
        "caseworker": pack.caseworker,
        "mentor": f"{grant.mentor.name}, {grant.mentor.phone}" if grant.mentor else "Ikke valgt",
        "goal": grant.goal,
        "goals": [list(pair) for pair in pack.goals],
        "tasks": ", ".join(pack.tasks),
        "dates": [[dk_date(due), what, section] for due, what, section in pack.dates],
        "notes": [[dk_date(note.day), note.contact, note.note, note.next_step] for note in pack.notes],
    }
    return LetterDraft("handover", f"Overdragelse, sag {grant.case_number}", "handover", values)


def journalise(session: Session, grant: Grant, *, actor: Actor) -> None:
    """Note in the journal that the handover was printed, once a day for each user."""
    same = select(JournalEntry.id).where(
        JournalEntry.grant_id == grant.id,
        JournalEntry.day == actor.day,
        JournalEntry.by_id == actor.user.id,
        JournalEntry.subject == PRINTED,
    )
    if session.scalar(same.limit(1)) is None:
        case, about = journal.JournalCase(grant.citizen_id, grant.id, grant.case_number), (PRINTED, grant.public_id)
        journal.record(session, "handover", TITLE, case, about=about, by=actor.user, on=actor.day)


def _meetings(session: Session, grant: Grant) -> list[Meeting]:
    statement = select(Meeting).where(Meeting.grant_id == grant.id, ~Meeting.corrected)
    return list(session.scalars(statement.order_by(Meeting.met_on.desc(), Meeting.id.desc())))


def _note(meeting: Meeting) -> Note:
    return Note(meeting.met_on, contact_words(meeting), meeting.note, meeting.next_step, meeting.concern)


def _dates(session: Session, grant: Grant) -> list[tuple[date, str, str]]:
    statement = select(FollowUp.due_on, FollowUp.what, FollowUp.section).where(
        FollowUp.grant_id == grant.id, FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None)
    )
    return [(due, what, section) for due, what, section in session.execute(statement.order_by(FollowUp.due_on))]
