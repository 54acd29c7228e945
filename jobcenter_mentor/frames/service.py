"""Reservationer: takes cost from the frame, gives it back, and tells what is left.

A frame's row is locked before it is read (SQLite: the whole transaction is IMMEDIATE) and changed by a conditional
UPDATE, so that no number of writers brings `covered` above the amount.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.errors import Conflict
from jobcenter_mentor.domain.money import format_kroner
from jobcenter_mentor.frames.models import Frame, Reservation

FRAME_NAMES = {
    "mentor_2014": "Mentorramme (refusion)",
    "unemployment": "Ramme for ledige",
    "other_groups": "Ramme for øvrige grupper",
}
"""Frame kinds that have an amount; costs of other kinds meet no frame."""
LOCK = (
    select(Frame.id, Frame.amount, Frame.covered)
    .where(Frame.year == bindparam("year"), Frame.kind == bindparam("kind"))
    .with_for_update()
)
CHANGE = (
    update(Frame)
    .where(
        Frame.id == bindparam("frame_id"),
        Frame.covered + bindparam("more_covered") <= Frame.amount,
        Frame.covered + bindparam("more_covered") >= 0,
    )
    .values(covered=Frame.covered + bindparam("more_covered"), beyond=Frame.beyond + bindparam("more_beyond"))
    .returning(Frame.id)
    .execution_options(synchronize_session=False)
)
"""The two statements of a reservation, built once: nothing is put together while a frame is locked."""


@dataclass(frozen=True)
class CostLine:
    """Udgiftslinje: the cost of a grant in one accounting year, in øre, with its frame kind and statutory rate."""

    year: int
    cost: int
    frame_kind: str
    rate_percent: int


def find_frame(session: Session, *, year: int, kind: str) -> Frame | None:
    """Årets ramme, None where none is set."""
    return session.scalar(select(Frame).where(Frame.year == year, Frame.kind == kind))


def remaining(session: Session, *, year: int, kind: str) -> int | None:
    """Return the øre left in a frame, None where none is set for the year."""
    return session.scalar(select(Frame.amount - Frame.covered).where(Frame.year == year, Frame.kind == kind))


def list_reservations(session: Session, grant_id: int) -> Sequence[Reservation]:
    """Forløbets reservationer, by year."""
    return session.scalars(
        select(Reservation).where(Reservation.grant_id == grant_id).order_by(Reservation.year, Reservation.id)
    ).all()


def reserve(session: Session, *, grant_id: int, lines: Sequence[CostLine], may_go_beyond: bool) -> list[Reservation]:
    """Reservér udgiften ved et forløb, each line in its year's frame.

    What does not fit becomes own cost (`beyond`) where the law demands the grant or somebody answers for it;
    otherwise Conflict is raised, with what is left. Frames are taken in order of year and kind, so that two writers
    never wait for each other.
    """
    ordered = sorted(lines, key=lambda line: (line.year, line.frame_kind))
    reservations = [_reserve_line(session, grant_id, line, may_go_beyond) for line in ordered]
    session.add_all(reservations)
    session.flush()
    return reservations


def release(session: Session, *, grant_id: int) -> None:
    """Frigiv alt, et forløb har reserveret; other grants' own cost moves into the room."""
    held = list_reservations(session, grant_id)
    for reservation in sorted(held, key=lambda r: (r.year, r.frame_kind)):
        session.delete(reservation)
        session.flush()
        if reservation.frame_id is not None:
            _change(session, reservation.frame_id, -reservation.covered, -reservation.beyond)
            _fill_up(session, reservation.frame_id)


def resize(session: Session, *, grant_id: int, lines: Sequence[CostLine], may_go_beyond: bool) -> list[Reservation]:
    """Ændr reservationen, in one step of the same transaction; raises Conflict like `reserve`."""
    held = list_reservations(session, grant_id)
    for reservation in sorted(held, key=lambda r: (r.year, r.frame_kind)):
        if reservation.frame_id is not None:
            _change(session, reservation.frame_id, -reservation.covered, -reservation.beyond)
    session.execute(delete(Reservation).where(Reservation.grant_id == grant_id))
    reservations = reserve(session, grant_id=grant_id, lines=lines, may_go_beyond=may_go_beyond)
    for frame_id in {r.frame_id for r in held if r.frame_id is not None}:
        _fill_up(session, frame_id)
    return reservations


def cover_waiting(session: Session, frame: Frame) -> None:
    """Dæk de ventende: a frame just set or raised covers the reservations that had to do without it, oldest first."""
    loose = session.scalars(
        select(Reservation).where(
            Reservation.year == frame.year, Reservation.frame_kind == frame.kind, Reservation.frame_id.is_(None)
        )
    ).all()
    for reservation in loose:
        reservation.frame_id = frame.id
        _change(session, frame.id, 0, reservation.beyond)
    session.flush()
    _fill_up(session, frame.id)
    session.refresh(frame)


def _reserve_line(session: Session, grant_id: int, line: CostLine, may_go_beyond: bool) -> Reservation:
    """Take one line from its frame and return the row that says so."""
    frame = _lock(session, line) if line.frame_kind in FRAME_NAMES else None
    covered = _covered_part(frame, line, may_go_beyond)
    beyond = line.cost - covered
    if frame is not None:
        _change(session, frame.id, covered, beyond)
    return Reservation(
        frame_id=frame.id if frame is not None else None,
        grant_id=grant_id,
        year=line.year,
        frame_kind=line.frame_kind,
        cost=line.cost,
        covered=covered,
        beyond=beyond,
        rate_percent=line.rate_percent,
    )


def _lock(session: Session, line: CostLine) -> Row[int, int, int] | None:
    """Read a frame's id, amount and covered sum and keep others from changing it until the transaction ends."""
    return session.execute(LOCK, {"year": line.year, "kind": line.frame_kind}).one_or_none()


def _covered_part(frame: Row[int, int, int] | None, line: CostLine, may_go_beyond: bool) -> int:
    """Return the øre of a line that its frame covers. Raises Conflict where all must be covered and is not."""
    room = frame.amount - frame.covered if frame is not None else 0
    fits = min(line.cost, room)
    if fits < line.cost and not may_go_beyond and line.frame_kind in FRAME_NAMES:
        name = FRAME_NAMES[line.frame_kind]
        if frame is None:
            raise Conflict(f"{name} for {line.year} er ikke fastsat. Bed økonomi om at fastsætte den.")
        raise Conflict(
            f"{name} for {line.year} har {format_kroner(room)} kr. tilbage, og bevillingen koster "
            f"{format_kroner(line.cost)} kr. Skriv en begrundelse for at gå over rammen."
        )
    return fits


def _change(session: Session, frame_id: int, covered: int, beyond: int) -> None:
    """Add to (or take from) a frame's sums, only if `covered` stays between zero and the amount."""
    more = {"frame_id": frame_id, "more_covered": covered, "more_beyond": beyond}
    changed = session.scalars(CHANGE, more).one_or_none()
    if changed is None:
        raise Conflict("Rammen blev ændret af en anden samtidig. Prøv igen.")


def _fill_up(session: Session, frame_id: int) -> None:
    """Let own cost of older reservations move into room that was given back."""
    room = session.execute(
        select(Frame.amount - Frame.covered).where(Frame.id == frame_id).with_for_update()
    ).scalar_one()
    waiting = session.scalars(
        select(Reservation).where(Reservation.frame_id == frame_id, Reservation.beyond > 0).order_by(Reservation.id)
    )
    for reservation in waiting:
        moved = min(room, reservation.beyond)
        if moved <= 0:
            break
        reservation.covered += moved
        reservation.beyond -= moved
        room -= moved
        _change(session, frame_id, moved, -moved)
    session.flush()
