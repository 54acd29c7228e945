"""The municipality's readings of what the law leaves open, under two keys (kommunens læsninger)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.law.open_points import CLAIMS_A_RIGHT, OpenPoint, readable
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.law_figures import two_keys
from jobcenter_mentor.platform.law_figures.models import LocalReading

LEAST, LONGEST = 20, 1000
NO_RIGHT = (
    "Brevet giver mentoren som et tilbud, når loven lader punktet stå åbent, og nævner bestemmelsen om tilbud. Skriv "
    "derfor ikke, at borgeren har ret til mentoren, men hvad I lægger vægt på, når I giver den som et tilbud."
)
"""Letters of a text that says how something is read; a word is no reason (forvaltningsloven § 24)."""
OWN = "Du har selv foreslået læsningen. En anden skal godkende."
WAITS = "Der venter allerede en læsning af det punkt. Godkend eller afvis den først."


@dataclass(frozen=True)
class NewReading:
    """A reading as it is typed: an empty `wording` takes the one in force back from the day."""

    point: str
    wording: str
    valid_from: date | None
    reason: str
    takes_back: bool = False


def points() -> dict[str, OpenPoint]:
    """Return the points a reading can be stated of, by their code."""
    return {point.code: point for point in readable()}


def propose(session: Session, new: NewReading, *, actor: Actor) -> LocalReading:
    """Propose a reading; no decision rests on it before another has approved it.

    Raises ValidationFailed by field, Conflict where one of the point waits already.
    """
    errors = _errors(session, new)
    if errors:
        raise ValidationFailed(
            "Forslaget er ikke gemt. Ret de markerede felter.", errors={name: [said] for name, said in errors.items()}
        )
    if any(row.point == new.point for row in list_waiting(session)):
        raise Conflict(WAITS)
    row = LocalReading(
        point=new.point,
        wording="" if new.takes_back else new.wording.strip(),
        valid_from=new.valid_from,
        reason=new.reason.strip(),
        proposed_by_id=actor.user.id,
        proposed_on=actor.day,
    )
    _kept(session, row)
    _record(session, row, "reading.propose", actor.user)
    return row


def approve(session: Session, row: LocalReading, *, actor: Actor) -> LocalReading:
    """Put a reading in force. Raises NotAllowed for its proposer, InvalidTransition when it is decided already.

    Conflict where a later reading has come in force meanwhile.
    """
    two_keys.require_approvable(session, row, OWN, by=actor.user)
    newest = _newest(session, row.point)
    if newest is not None and newest.valid_from >= row.valid_from:
        raise Conflict(f"En læsning fra {newest.valid_from:%d.%m.%Y} er godkendt. Afvis, og foreslå en senere dag.")
    row.approved_by_id, row.approved_on = actor.user.id, actor.day
    _kept(session, row)
    _record(session, row, "reading.approve", actor.user)
    return row


def reject(session: Session, row: LocalReading, *, actor: Actor) -> LocalReading:
    """Reject or withdraw a proposal; it is kept with the day. Raises InvalidTransition when it is decided already."""
    two_keys.reject(session, row, actor=actor)
    _record(session, row, "reading.reject", actor.user)
    return row


def get_reading(session: Session, public_id: str) -> LocalReading:
    """Return a proposal or a reading in force. Raises NotFound."""
    found = session.scalar(select(LocalReading).where(LocalReading.public_id == public_id))
    if found is None:
        raise NotFound("Læsningen findes ikke.")
    return found


def list_waiting(session: Session) -> list[LocalReading]:
    """Return the proposals that wait, oldest first."""
    return two_keys.waiting(session, LocalReading)


def list_decided(session: Session) -> list[LocalReading]:
    """Return what was approved or rejected, newest first."""
    return two_keys.decided(session, LocalReading)


def _errors(session: Session, new: NewReading) -> dict[str, str]:
    point = points().get(new.point)
    errors = {} if point else {"point": "Vælg et af de punkter, loven lader stå åbent."}
    letters = sum(sign.isalpha() for sign in new.wording)
    if new.takes_back and new.wording.strip():
        errors["wording"] = "Lad teksten være tom, når læsningen tages tilbage, eller fjern krydset."
    elif not new.takes_back and letters < LEAST:
        errors["wording"] = "Skriv, hvordan kommunen læser loven, så borgeren kan forstå det. Teksten står i brevet."
    elif point and not point.right_stands and CLAIMS_A_RIGHT.search(new.wording):
        errors["wording"] = NO_RIGHT
    elif wrong := reason_errors_of({"wording": new.wording}):
        errors["wording"] = wrong["wording"][0]
    elif len(new.wording) > LONGEST:
        errors["wording"] = f"Højst {LONGEST} tegn."
    if not new.reason.strip():
        errors["reason"] = "Skriv, hvem der har besluttet det, og hvorfor."
    if words := _wrong_day(session, new, point):
        errors["valid_from"] = words
    return errors


def _wrong_day(session: Session, new: NewReading, point: OpenPoint | None) -> str:
    """Say what is wrong with the day; empty where nothing is."""
    if new.valid_from is None:
        return "Skriv den dag, læsningen gælder fra, dd-mm-åååå."
    if point is None:
        return ""
    if not point.is_open(new.valid_from):
        until = f"til {point.last:%d.%m.%Y}" if point.last else "og frem"
        return f"Punktet er åbent fra {point.first:%d.%m.%Y} {until}. Vælg en dag i den tid."
    newest = _newest(session, point.code)
    if newest is not None and new.valid_from <= newest.valid_from:
        return f"Kommunen har en læsning fra {newest.valid_from:%d.%m.%Y}. Den ændres fra en senere dag."
    if new.takes_back and (newest is None or not newest.wording):
        return "Kommunen har ingen læsning at tage tilbage."
    return ""


def _newest(session: Session, point: str) -> LocalReading | None:
    """Return the last reading of a point that is in force or will be."""
    approved = select(LocalReading).where(LocalReading.point == point, LocalReading.approved_on.is_not(None))
    return session.scalar(approved.order_by(LocalReading.valid_from.desc()).limit(1))


def _kept(session: Session, row: LocalReading) -> None:
    """Write the row. Raises Conflict where somebody else was first, as the database tells."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise Conflict(WAITS) from error


def _record(session: Session, row: LocalReading, action: str, by: User) -> None:
    detail = {"point": row.point, "valid_from": str(row.valid_from), "takes_back": not row.wording}
    audit.record(session, by=by, action=action, subject="local_reading", subject_id=row.public_id, detail=detail)
