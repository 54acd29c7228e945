"""Sends a complaint on to the appeals board (Ankestyrelsen), and records what the board decides."""

from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.complaints import clocks, service
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.domain.kernel.complaint_codes import AT_ONCE, BOARD_OUTCOMES, STATUSES
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, ValidationFailed
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.pages.filters import dk_date


def forward(
    session: Session, complaint: Complaint, *, forwarded_on: date, letter: service.Sent | None, body: str, actor: Actor
) -> Complaint:
    """Send the complaint to the appeals board (`body`): its deadline stops, and the citizen is informed by `letter`.

    Only a dead citizen gets no letter. Raises InvalidTransition, ValidationFailed by field.
    """
    lock(session, complaint)
    check_forward(complaint, forwarded_on, actor.day)
    citizen = session.get_one(Citizen, complaint.citizen_id)
    if citizen.died_on is None:
        service.keep_letter(session, complaint, letter, actor)
    clocks.stop(session, complaint, f"Sendt til {body} {dk_date(forwarded_on)}", actor=actor)
    complaint.forwarded_on, complaint.status = forwarded_on, "board"
    session.flush()
    late = ". Klagefristen er ikke overholdt" if complaint.route == AT_ONCE else ""
    service.note_act(session, complaint, "complaint.forward", f"Klage sendt til {body}{late}", forwarded_on, actor.user)
    return complaint


def check_forward(complaint: Complaint, forwarded_on: date, on: date) -> None:
    """Check that the complaint can be sent on that day. Raises InvalidTransition, ValidationFailed."""
    if complaint.status not in ("forward", "late"):
        first = complaint.status == "review"
        text = "Klagen skal genvurderes først." if first else f"Klagen er nu: {STATUSES[complaint.status].lower()}."
        raise InvalidTransition(text)
    first_day = complaint.stands_on or complaint.reviewed_on or complaint.received_on
    before = f"Klagen kan tidligst være sendt den {dk_date(first_day)}."
    if errors := service.day_errors("forwarded_on", first_day, forwarded_on, on, before):
        raise ValidationFailed("Dagen kan ikke bruges.", errors=errors)


def answer(session: Session, complaint: Complaint, *, board_outcome: str, board_on: date, actor: Actor) -> Complaint:
    """Store the decision of the appeals board. Raises InvalidTransition, ValidationFailed by field."""
    lock(session, complaint)
    if complaint.status != "board" or complaint.forwarded_on is None:
        raise InvalidTransition("Klagen er ikke hos Ankestyrelsen.")
    sent = f"Klagen blev sendt den {dk_date(complaint.forwarded_on)} og kan ikke være afgjort før."
    errors = service.day_errors("board_on", complaint.forwarded_on, board_on, actor.day, sent)
    if board_outcome not in BOARD_OUTCOMES:
        errors["board_outcome"] = ["Vælg, hvad Ankestyrelsen afgjorde."]
    if errors:
        raise ValidationFailed("Afgørelsen kan ikke gemmes. Ret felterne.", errors=errors)
    complaint.board_outcome, complaint.board_on, complaint.status = board_outcome, board_on, "answered"
    session.flush()
    title = f"Ankestyrelsens afgørelse: {BOARD_OUTCOMES[board_outcome].lower()}"
    service.note_act(session, complaint, "complaint.answer", title, board_on, actor.user)
    return complaint
