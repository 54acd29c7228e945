"""Find periods that share a day with another (optagne dage) without comparing each with each."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import Generic, TypeVar

DAY = timedelta(days=1)
Holder = TypeVar("Holder")


class PeriodDays(Generic[Holder]):
    """The days of some periods as pieces that do not overlap, each with one holder whose period covers all of it."""

    def __init__(self) -> None:
        self.starts: list[date] = []
        self.pieces: list[tuple[date, date, Holder]] = []

    def row_on(self, first: date, last: date) -> Holder | None:
        """Return a holder that shares a day with the period, None where there is none."""
        at = bisect_right(self.starts, last) - 1
        return self.pieces[at][2] if at >= 0 and self.pieces[at][1] >= first else None

    def take(self, first: date, last: date, holder: Holder) -> None:
        """Lay a period over those already there. Each piece is laid once and removed once."""
        begin, end = bisect_left(self.starts, first), bisect_right(self.starts, last)
        if begin > 0 and self.pieces[begin - 1][1] >= first:
            begin -= 1
        laid = [(first, last, holder)]
        if begin < end:
            left, right = self.pieces[begin], self.pieces[end - 1]
            if left[0] < first:
                laid.insert(0, (left[0], first - DAY, left[2]))
            if right[1] > last:
                laid.append((last + DAY, right[1], right[2]))
        self.pieces[begin:end] = laid
        self.starts[begin:end] = [piece[0] for piece in laid]
