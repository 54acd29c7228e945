"""The hearing of a proposal (partshøring), and what the decision letter says of it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.letter_words import in_words
from jobcenter_mentor.casework.grants.models import Decision, Hearing


def find(session: Session, decision: Decision) -> Hearing | None:
    """Return the hearing of a proposal, None where none has begun."""
    return session.scalar(select(Hearing).where(Hearing.decision_id == decision.id))


def words_for(hearing: Hearing | None, note: str, on: date) -> str:
    """Return what the letter says of the hearing; empty while it isn't over, which blocks the letter."""
    if note.strip():
        return note.strip()
    if hearing is None or not hearing.is_over(on):
        return ""
    if hearing.left_out_reason:
        return f"Vi har ikke spurgt dig først: {hearing.left_out_reason}"
    asked = f"Vi skrev til dig {in_words(hearing.sent_on)}."
    if hearing.answered_on is None:
        return f"{asked} Du har ikke svaret inden {in_words(hearing.last_day)}."
    return f"{asked} Du svarede {in_words(hearing.answered_on)}: »{hearing.answer}«"
