"""Make the journal and letters of meetings and decisions, a complaint and requests for access."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters import dispatch
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.access_requests import service as access_requests
from jobcenter_mentor.casework.access_requests.service import NewRequest
from jobcenter_mentor.casework.complaints import service as complaints
from jobcenter_mentor.casework.complaints.service import NewComplaint
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import ABSENCE_REASONS, CONTACT_FORMS
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import now

CAME, ASKED, TODAY = date(2014, 10, 6), date(2014, 10, 14), date(2014, 10, 15)


def write_journal(session: Session) -> None:
    """Write meetings and grants to the journal, in bulk."""
    met = (Meeting.public_id, Meeting.met_on, Meeting.form, Meeting.minutes, Meeting.held, Meeting.absence_reason)
    case = (Grant.id.label("grant_id"), Grant.citizen_id, Grant.case_number)
    meetings = select(*met, Meeting.logged_by_id, *case).join(Grant, Grant.id == Meeting.grant_id)
    rows = [
        _row(row, row.met_on, "contact", _words(row), "meeting", row.logged_by_id)
        for row in session.execute(meetings.where(~Meeting.corrected).order_by(Meeting.met_on, Meeting.id))
    ]
    decided = select(Decision.public_id, Decision.approved_on, Decision.approved_by_id, *case)
    decided = decided.join(Grant, Grant.id == Decision.grant_id).where(Decision.approved_on.is_not(None))
    rows += [
        _row(row, row.approved_on, "decision", "Bevilling", "decision", row.approved_by_id)
        for row in session.execute(decided.where(Decision.kind == "grant"))
    ]
    session.execute(insert(JournalEntry), rows)


def complain(session: Session, law: Law) -> None:
    """Make one complaint about a grant in Team Unge, which waits for reassessment."""
    lone = session.scalars(select(User).where(User.username == "lone")).one()
    statement = (
        select(Decision)
        .join(Grant, Grant.id == Decision.grant_id)
        .where(Grant.caseworker_id == lone.id, Decision.kind == "grant", Decision.approved_on <= CAME)
        .where(Decision.case_number != SHOWN, Grant.last_day >= TODAY)
        .order_by(Decision.approved_on.desc(), Decision.id)
    )
    decision = session.scalars(statement.limit(1)).first()
    if decision is not None:
        text = "Jeg har fået to timer om ugen og har brug for fire."
        complaints.receive(session, decision, NewComplaint(CAME, text), actor=Actor(lone, TODAY), law=law)


def ask_for_access(session: Session, law: Law) -> None:
    """Make two requests for access (aktindsigt): one of a citizen of Lone's, and one in another team."""
    lone = session.scalars(select(User).where(User.username == "lone")).one()
    running = select(Grant).join(Citizen, Citizen.id == Grant.citizen_id)
    running = running.where(Grant.last_day >= TODAY, Grant.case_number != SHOWN, ~Citizen.protected)
    running = running.where(Citizen.died_on.is_(None), Grant.team_id == Citizen.team_id).order_by(Grant.id)
    own = session.scalars(running.where(Citizen.caseworker_id == lone.id).limit(1)).first()
    team_id = own.team_id if own else 0
    elsewhere = running.where(Citizen.team_id != team_id, Citizen.caseworker_id.is_not(None))
    other = session.scalars(elsewhere.limit(1)).first()
    for grant, day in ((own, ASKED), (other, CAME)):
        if grant is not None:
            by = session.get_one(User, grant.citizen.caseworker_id)
            asked = NewRequest(day, "citizen", grant.case_number)
            access_requests.receive(session, grant.citizen, asked, actor=Actor(by, TODAY), law=law)


def _row(row: Any, day: date, kind: str, title: str, subject: str, by_id: int | None) -> dict[str, object]:
    return {
        "public_id": str(uuid4()),
        "citizen_id": row.citizen_id,
        "grant_id": row.grant_id,
        "case_number": row.case_number,
        "day": day,
        "kind": kind,
        "title": title,
        "text": None,
        "is_health": False,
        "subject": subject,
        "subject_id": row.public_id,
        "by_id": by_id,
        "recorded_at": now(),
    }


def _words(row: Any) -> str:
    if not row.held:
        return f"Møde ikke afholdt. {ABSENCE_REASONS[row.absence_reason]}"
    return f"{CONTACT_FORMS[row.form]}, {hours_words(row.minutes)}"


LETTERS = 20
UNSENT = 4
"""The number of the newest letters that nobody has marked as sent yet."""
SHOWN = "2014-0873"
"""Maja Jensen's course, which is in the screenshots and always among them."""


def send_letters(session: Session, law: Law) -> None:
    """Make the letters; older decisions have the note that they were sent before the system."""
    newest = (
        select(Decision)
        .join(Citizen, Citizen.id == Decision.citizen_id)
        .where(Decision.approved_on.is_not(None), ~Citizen.protected)
        .order_by(Decision.case_number != SHOWN, Decision.approved_on.desc(), Decision.id.desc())
    )
    for number, decision in enumerate(session.scalars(newest.limit(LETTERS)).all()):
        _send(session, decision, law, marked=not 0 < number <= UNSENT)


def _send(session: Session, decision: Decision, law: Law, *, marked: bool) -> None:
    on, approver = decision.approved_on, session.get_one(User, decision.approved_by_id)
    grant = session.get_one(Grant, decision.grant_id)
    if on is None:
        raise ValueError("The decision has not been approved.")
    draft = deciding.letter_draft(session, decision, on=on, law=law)
    letter = letters.keep(
        session,
        draft,
        letters.render(draft),
        citizen_id=decision.citizen_id,
        referral_id=decision.referral_id,
        grant_id=grant.id,
        actor=Actor(approver, on),
    )
    if marked:
        dispatch.mark(session, letter, channel="digital", sent_on=on, actor=Actor(approver, on))
    decision.letter_id, grant.letter_note = letter.id, ""
    session.flush()
