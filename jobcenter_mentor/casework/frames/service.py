"""Reservations: take cost from the frame, give it back, and return what is left.

A frame's row is locked before it is read (SQLite: the whole transaction is IMMEDIATE) and changed by a conditional
UPDATE, so that no number of writers brings `covered` above the amount.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.domain.kernel.frame_kinds import FIRST_YEAR, FRAME_NAMES, LAST_YEAR
from jobcenter_mentor.domain.kernel.money import format_kroner

_LINES = Reservation.__table__
_FRAME = Frame.__table__
LOCK = (
    select(_FRAME.c.id, _FRAME.c.amount, _FRAME.c.covered)
    .where(_FRAME.c.year == bindparam("of_year"), _FRAME.c.kind == bindparam("of_kind"))
    .with_for_update()
)
CHANGE = (
    update(_FRAME)
    .where(
        _FRAME.c.id == bindparam("frame_id"),
        _FRAME.c.covered + bindparam("more_covered") <= _FRAME.c.amount,
        _FRAME.c.covered + bindparam("more_covered") >= 0,
    )
    .values(covered=_FRAME.c.covered + bindparam("more_covered"), beyond=_FRAME.c.beyond + bindparam("more_beyond"))
)
ADD = insert(_LINES)
HELD = (
    select(_LINES)
    .where(_LINES.c.grant_id == bindparam("of_grant"))
    .order_by(_LINES.c.year, _LINES.c.frame_kind, _LINES.c.id)
)
GIVE_UP = delete(_LINES).where(_LINES.c.grant_id == bindparam("of_grant"))
WAITING = (
    select(_LINES.c.id, _LINES.c.beyond)
    .where(_LINES.c.frame_id == bindparam("of_frame"), _LINES.c.beyond > 0)
    .order_by(_LINES.c.id)
)
COVER = (
    update(_LINES)
    .where(_LINES.c.id == bindparam("of_id"))
    .values(covered=_LINES.c.covered + bindparam("moved"), beyond=_LINES.c.beyond - bindparam("moved"))
)
"""The statements of a reservation, built once: nothing is built, and no object loaded, while a frame is locked."""


@dataclass(frozen=True)
class CostLine:
    """A cost line (udgiftslinje): a grant's cost in one accounting year, in øre, with frame kind and statutory rate."""

    year: int
    cost: int
    frame_kind: str
    rate_percent: int


def kinds_of(year: int) -> tuple[str, ...]:
    """Return the kinds of frame a year has.

    One in 2014-2015, two until 2018, the one for the unemployed in 2019, else none.
    """
    return tuple(kind for kind in FRAME_NAMES if FIRST_YEAR[kind] <= year <= LAST_YEAR[kind])


def find_frame(session: Session, *, year: int, kind: str, team_id: int | None = None) -> Frame | None:
    """Return the year's frame, or a team's local budget; None where none is set."""
    whose = Frame.team_id.is_(None) if team_id is None else Frame.team_id == team_id
    return session.scalar(select(Frame).where(Frame.year == year, Frame.kind == kind, whose))


def remaining(session: Session, *, year: int, kind: str) -> int | None:
    """Return the øre left in a frame, None where none is set for the year."""
    return session.scalar(select(Frame.amount - Frame.covered).where(Frame.year == year, Frame.kind == kind))


class Taken(NamedTuple):
    """What one cost line has reserved, in øre; `frame_id` is None where no frame is set."""

    frame_id: int | None
    year: int
    frame_kind: str
    cost: int
    covered: int
    beyond: int
    rate_percent: int


def list_reservations(session: Session, grant_id: int) -> Sequence[Reservation]:
    """Return the reservations of a course, by year."""
    statement = select(Reservation).where(Reservation.grant_id == grant_id).order_by(Reservation.year, Reservation.id)
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def reserve(session: Session, *, grant_id: int, lines: Sequence[CostLine], may_go_beyond: bool) -> list[Taken]:
    """Reserve the cost of a course, each line in the frame of its year.

    What does not fit becomes own cost (`beyond`) where the law demands the grant or somebody answers for it; otherwise
    Conflict is raised, with what is left. Frames are taken in order of year and kind, so that two writers never wait
    for each other.
    """
    ordered = sorted(lines, key=lambda line: (line.year, line.frame_kind))
    taken = [_take(session, line, may_go_beyond) for line in ordered]
    if taken:
        session.execute(ADD, [{"grant_id": grant_id} | line._asdict() for line in taken])
    return taken


def release(session: Session, *, grant_id: int) -> None:
    """Release all that a course has reserved beyond what is delivered; own cost of other grants moves into the room."""
    resize(session, grant_id=grant_id, lines=[], may_go_beyond=True)


def resize(session: Session, *, grant_id: int, lines: Sequence[CostLine], may_go_beyond: bool) -> list[Taken]:
    """Change the reservation in one step of the same transaction; raises Conflict like `reserve`.

    A year never goes below what is delivered in it.
    """
    session.flush()
    held = session.execute(HELD, {"of_grant": grant_id}).all()
    wanted = _at_least_delivered(lines, held, month_sums.delivered_by_year(session, grant_id))
    for row in held:
        if row.frame_id is not None:
            change(session, row.frame_id, -row.covered, -row.beyond)
    session.execute(GIVE_UP, {"of_grant": grant_id})
    taken = reserve(session, grant_id=grant_id, lines=wanted, may_go_beyond=may_go_beyond)
    for frame_id in sorted({row.frame_id for row in held if row.frame_id is not None}):
        _fill_up(session, frame_id)
    return taken


def _at_least_delivered(
    lines: Sequence[CostLine], held: Sequence[Row[*tuple[object, ...]]], delivered: dict[tuple[int, str], int]
) -> list[CostLine]:
    """Raise each year's line to what is delivered in it; a year that loses its line keeps one for that."""
    rates = {row.frame_kind: row.rate_percent for row in held}
    found = {(line.year, line.frame_kind): line for line in lines}
    for (year, kind), cost in delivered.items():
        line = found.get((year, kind), CostLine(year, 0, kind, rates.get(kind, 0)))
        found[year, kind] = replace(line, cost=max(line.cost, cost))
    return list(found.values())


def cover_waiting(session: Session, frame: Frame) -> None:
    """Let a frame just set or raised cover the reservations that had no frame, oldest first."""
    loose = session.scalars(
        select(Reservation).where(
            Reservation.year == frame.year, Reservation.frame_kind == frame.kind, Reservation.frame_id.is_(None)
        )
    ).all()
    for reservation in loose:
        reservation.frame_id = frame.id
        change(session, frame.id, 0, reservation.beyond)
    session.flush()
    _fill_up(session, frame.id)
    session.refresh(frame)


def _take(session: Session, line: CostLine, may_go_beyond: bool) -> Taken:
    """Take one line from its frame and return what was reserved."""
    frame = _lock(session, line) if line.frame_kind in FRAME_NAMES else None
    covered = _covered_part(frame, line, may_go_beyond)
    beyond = line.cost - covered
    if frame is not None:
        change(session, frame.id, covered, beyond)
    frame_id = frame.id if frame is not None else None
    return Taken(frame_id, line.year, line.frame_kind, line.cost, covered, beyond, line.rate_percent)


def _lock(session: Session, line: CostLine) -> Row[int, int, int] | None:
    """Return a frame's id, amount and covered sum, and lock it until the transaction ends."""
    return session.execute(LOCK, {"of_year": line.year, "of_kind": line.frame_kind}).one_or_none()


def _covered_part(frame: Row[int, int, int] | None, line: CostLine, may_go_beyond: bool) -> int:
    """Return the øre of a line that its frame covers; raises Conflict where all must be covered and is not."""
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


def change(session: Session, frame_id: int, covered: int, beyond: int) -> None:
    """Add to (or take from) a frame's sums, only if `covered` stays between zero and the amount.

    Otherwise raises Conflict.
    """
    more = {"frame_id": frame_id, "more_covered": covered, "more_beyond": beyond}
    if session.connection().execute(CHANGE, more).rowcount != 1:
        raise Conflict("Rammen blev ændret af en anden samtidig. Prøv igen.")


def _fill_up(session: Session, frame_id: int) -> None:
    """Let own cost of older reservations move into room that was given back."""
    left = select(_FRAME.c.amount - _FRAME.c.covered).where(_FRAME.c.id == frame_id).with_for_update()
    room: int = session.execute(left).scalar_one()
    moves = []
    for row in session.execute(WAITING, {"of_frame": frame_id}) if room else ():
        moved = min(room, row.beyond)
        if not moved:
            break
        moves.append({"of_id": row.id, "moved": moved})
        room -= moved
    if moves:
        session.connection().execute(COVER, moves)
        total = sum(move["moved"] for move in moves)
        change(session, frame_id, total, -total)
