"""Rammens beløb: proposed by one person, in force once another has approved it; every change is kept."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.domain.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.money import format_kroner
from jobcenter_mentor.frames.models import Frame, FrameChange
from jobcenter_mentor.frames.service import FRAME_NAMES, cover_waiting, find_frame

LARGEST = 100_000_000_000
"""A frame above one milliard kroner (in øre) is a typing error."""


def propose_change(
    session: Session, *, year: int, kind: str, amount: int, reason: str, by: User, on: date
) -> FrameChange:
    """Propose a frame's amount in øre; nothing changes before another person approves."""
    errors = {
        "year": [] if 2000 <= year <= 2100 else ["Skriv et årstal, fx 2014."],
        "kind": [] if kind in FRAME_NAMES else ["Vælg en af rammerne."],
        "amount": [] if 0 < amount <= LARGEST else ["Beløbet skal være over 0 kr. og højst 1 mia. kr."],
        "reason": [] if reason.strip() else ["Skriv, hvor beløbet kommer fra."],
    }
    wrong = {field: messages for field, messages in errors.items() if messages}
    if wrong:
        raise ValidationFailed("Rammen kan ikke foreslås.", errors=wrong)
    change = FrameChange(
        year=year, kind=kind, amount=amount, reason=reason.strip(), proposed_by_id=by.id, proposed_on=on
    )
    session.add(change)
    session.flush()
    audit.record(session, by=by, action="frame.change", subject="frame_change", subject_id=change.public_id)
    return change


def approve_change(session: Session, change: FrameChange, *, by: User, on: date) -> Frame:
    """Godkend et beløb: put it in force.

    Raises NotAllowed for the one who proposed it, InvalidTransition the second time, and Conflict where more is
    reserved inside the frame than the new amount.
    """
    if change.proposed_by_id == by.id:
        raise NotAllowed("Den, der har foreslået beløbet, kan ikke selv godkende det.")
    if change.approved_on is not None:
        raise InvalidTransition("Beløbet er allerede godkendt.")
    change.approved_by_id, change.approved_on = by.id, on
    frame = find_frame(session, year=change.year, kind=change.kind)
    if frame is None:
        frame = Frame(year=change.year, kind=change.kind, amount=change.amount)
        session.add(frame)
        session.flush()
    else:
        _set_amount(session, frame, change.amount)
    cover_waiting(session, frame)
    audit.record(session, by=by, action="frame.approve", subject="frame_change", subject_id=change.public_id)
    return frame


def get_change(session: Session, public_id: str) -> FrameChange:
    """Hent et forslag, approved or not. Raises NotFound."""
    found = session.scalar(select(FrameChange).where(FrameChange.public_id == public_id))
    if found is None:
        raise NotFound("Forslaget findes ikke.")
    return found


def list_changes(session: Session, *, year: int) -> Sequence[FrameChange]:
    """Return all amounts proposed for a year, newest first."""
    return session.scalars(select(FrameChange).where(FrameChange.year == year).order_by(FrameChange.id.desc())).all()


def _set_amount(session: Session, frame: Frame, amount: int) -> None:
    """Change the amount of a frame in use, only if what is covered still fits."""
    fitted = session.scalars(
        update(Frame).where(Frame.id == frame.id, Frame.covered <= amount).values(amount=amount).returning(Frame.id)
    ).one_or_none()
    if fitted is None:
        covered = session.scalar(select(Frame.covered).where(Frame.id == frame.id)) or 0
        raise Conflict(
            f"Der er allerede reserveret {format_kroner(covered)} kr. i rammen; beløbet kan ikke være lavere."
        )


def list_frames(session: Session, *, year: int) -> Sequence[Frame]:
    """Return the frames in force for a year."""
    return session.scalars(select(Frame).where(Frame.year == year).order_by(Frame.kind)).all()
