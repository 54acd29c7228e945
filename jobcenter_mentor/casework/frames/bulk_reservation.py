"""Many reservations at once: each frame is locked once, and the cost lines take their part in the order they come."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import service
from jobcenter_mentor.casework.frames.service import CostLine, Taken
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES


@dataclass
class Place:
    """The row of a frame, what is left in it, and what has been taken since, in øre."""

    frame_id: int
    left: int
    covered: int = 0
    beyond: int = 0


@dataclass
class Book:
    """The reservations of many courses: `remaining` follows what was taken, and nothing is written before `close`.

    What does not fit becomes own cost, as with `may_go_beyond`.
    """

    session: Session
    places: dict[tuple[int, str], Place | None] = field(default_factory=dict)
    taken: list[tuple[int, Taken]] = field(default_factory=list)

    def remaining(self, year: int, kind: str) -> int | None:
        """Return the øre left in a frame, None where none is set for the year."""
        place = self._place(year, kind)
        return place.left if place else None

    def take(self, key: int, lines: Sequence[CostLine]) -> None:
        """Take the cost lines (udgiftslinjer) of a course; `key` identifies the course until it has its row."""
        for line in sorted(lines, key=lambda line: (line.year, line.frame_kind)):
            place = self._place(line.year, line.frame_kind) if line.frame_kind in FRAME_NAMES else None
            covered = min(line.cost, place.left) if place else 0
            beyond = line.cost - covered
            if place:
                place.left, place.covered, place.beyond = (
                    place.left - covered,
                    place.covered + covered,
                    place.beyond + beyond,
                )
            frame_id = place.frame_id if place else None
            taken = Taken(frame_id, line.year, line.frame_kind, line.cost, covered, beyond, line.rate_percent)
            self.taken.append((key, taken))

    def close(self, grant_ids: Sequence[int]) -> None:
        """Write the reservations; `grant_ids` are the rows of the courses by their keys.

        Raises Conflict like `reserve`.
        """
        rows = [{"grant_id": grant_ids[key]} | taken._asdict() for key, taken in self.taken]
        for place in self.places.values():
            if place and (place.covered or place.beyond):
                service.change(self.session, place.frame_id, place.covered, place.beyond)
        if rows:
            self.session.execute(service.ADD, rows)

    def _place(self, year: int, kind: str) -> Place | None:
        """Return a frame's place, locking its row the first time it is asked for."""
        if (year, kind) not in self.places:
            row = self.session.execute(service.LOCK, {"of_year": year, "of_kind": kind}).one_or_none()
            self.places[year, kind] = Place(row.id, row.amount - row.covered) if row else None
        return self.places[year, kind]
