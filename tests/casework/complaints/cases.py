"""Klager til test: a decision of a day, a complaint over it, and the letters of its steps as they are rendered."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.models import Letter, LetterSending
from jobcenter_mentor.casework.complaints import appeal
from jobcenter_mentor.casework.complaints import letters as drafts
from jobcenter_mentor.casework.complaints import service as complaints
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.complaints.service import NewComplaint
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests.builders import a_grant

BOARD = "Ankestyrelsens Beskæftigelsesudvalg"


def a_decision(session: Session, user: User, day: date, kind: str = "grant", **changes: Any) -> Decision:
    """Return an approved grant of a day, without a letter."""
    grant = a_grant(session, caseworker_id=user.id, **changes)
    record = AssessmentRecord(assessed_on=day, law="lab2014", outcome="must", facts={}, result={})
    session.add(record)
    session.flush()
    decision = Decision(
        kind=kind,
        case_number=grant.case_number,
        team_id=grant.team_id,
        citizen_id=grant.citizen_id,
        grant_id=grant.id,
        assessment_id=record.id,
        proposed_by_id=user.id,
        proposed_on=day,
        approved_on=day,
    )
    session.add(decision)
    session.flush()
    return decision


def a_complaint(
    session: Session, decision: Decision, user: User, law: Law, day: date, on: date | None = None, **more: Any
) -> Complaint:
    """Return a complaint that came on a day and was written down on the same, or later."""
    new = NewComplaint(day, more.pop("text", "For få timer"), **more)
    return complaints.receive(session, decision, new, actor=Actor(user, on or day), law=law)


def reviewed(
    session: Session, complaint: Complaint, outcome: str, user: User, law: Law, on: date, day: date | None = None
) -> Complaint:
    """Re-assess with what the outcome needs, the letter of a partial yes too."""
    told: dict[str, Any] = {"actor": Actor(user, on), "law": law}
    letter = (
        (drafts.partly(session, complaint, "Du får en time mere.", **told), b"%PDF") if outcome == "partly" else None
    )
    note = "Du får en time mere."
    return complaints.review(
        session, complaint, outcome=outcome, reviewed_on=day or on, note=note, letter=letter, **told
    )


def sent_on(
    session: Session, complaint: Complaint, user: User, law: Law, on: date, day: date | None = None
) -> Complaint:
    """Send the complaint on, with its letter."""
    letter = (drafts.sent(session, complaint, actor=Actor(user, on), law=law), b"%PDF")
    return appeal.forward(session, complaint, forwarded_on=day or on, letter=letter, body=BOARD, actor=Actor(user, on))


def posted(session: Session, letter: Letter | None, user: User, day: date) -> None:
    """Mark a letter as sent on a day."""
    assert letter is not None
    session.add(LetterSending(letter_id=letter.id, channel="paper", sent_on=day, by_id=user.id))
    session.flush()
    session.refresh(letter, ["posted_on", "channel"])
