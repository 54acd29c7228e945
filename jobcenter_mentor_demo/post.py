"""Make the letters of the twenty newest decisions by the letter service."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import dispatch
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

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
