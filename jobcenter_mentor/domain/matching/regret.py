"""Assign citizens to mentors by regret, and improve the plan by chains of moves.

A chain is what a coordinator does by hand: this one takes that one's place, who goes to a third mentor, and so on,
until somebody finds free hours, nobody is needed any more, or the first place is filled again (a swap). Every chain
raises the value and exceeds no room; ties go to the lowest id.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcenter_mentor.domain.matching.prices import NEVER, Floats, Ints, Problem, Tell, few_best, quiet

ROUNDS = 60
SHAKES, MOST_SHAKES, EMPTIED, SEED = 5_000, 10, 4, 2014
LONGEST = 8
ROOM_FOR_ALL = 2**50


@dataclass(frozen=True)
class _Step:
    """One link of a chain: the gain of each citizen's best chain of this length, its column, and whom it replaces."""

    gain: Floats
    column: Ints
    after: Ints


class Assignment:
    """An assignment: `where[i]` is the mentor's column of citizen i (the last column is nobody), `room` what is left.

    `held` are those who remain where they are; at most `moves_left` of them may still be moved.
    """

    def __init__(self, problem: Problem, prices: Floats) -> None:
        count, self.none = len(problem.citizens), len(problem.mentors)
        self.needs = problem.needs
        self.rows = np.arange(count)
        self.columns, self.values = few_best(problem, prices)
        self.gains = self.values - problem.needs[:, None] * prices[self.columns]
        self.sizes, self.size_of = np.unique(problem.needs, return_inverse=True)
        self.where: Ints = np.full(count, self.none, dtype=np.int64)
        self.now: Floats = np.zeros(count)
        self.room: Ints = np.append(problem.rooms, ROOM_FOR_ALL)
        self.held: NDArray[np.bool_] = np.zeros(count, dtype=bool)
        self.moves_left = 0

    def put(self, citizen: int, mentor: int, value: float) -> None:
        """Place a citizen with a mentor, away from the earlier place; a held pair uses one move."""
        if self.held[citizen]:
            self.held[citizen] = False
            self.moves_left -= 1
        self.room[self.where[citizen]] += self.needs[citizen]
        self.where[citizen], self.now[citizen] = mentor, value
        self.room[mentor] -= self.needs[citizen]

    def hold(self, percent: int) -> None:
        """Hold those already placed; at most so many per cent of them may move after this."""
        self.held = self.where != self.none
        self.moves_left = int(self.held.sum()) * percent // 100

    def fill(self) -> None:
        """Place the rest: those with most to lose at second best first, each where it gains most beyond the prices."""
        order = np.argsort(-self.gains, axis=1, kind="stable")
        gains = np.maximum(np.take_along_axis(self.gains, order, axis=1), 0.0)
        second = gains[:, 1] if gains.shape[1] > 1 else np.zeros(len(gains))
        for citizen in np.lexsort((self.rows, -gains[:, 0], second - gains[:, 0])):
            columns = self.columns[citizen][order[citizen]]
            values = self.values[citizen][order[citizen]]
            fits = (self.room[columns] >= self.needs[citizen]) & (values > 0)
            if self.where[citizen] == self.none and fits.any():
                best = int(fits.argmax())
                self.put(int(citizen), int(columns[best]), float(values[best]))

    def improve(self, *, tell: Tell = quiet) -> None:
        """Improve until no chain helps, at most `ROUNDS` rounds."""
        for number in range(ROUNDS):
            tell(number, ROUNDS)
            if not self._round():
                break

    def shake(self) -> None:
        """Empty a few mentors, fill and improve again, and keep what is better; random from a fixed seed."""
        draw = np.random.default_rng(SEED)
        times = min(MOST_SHAKES, SHAKES // max(1, len(self.rows))) if self.none else 0
        for _ in range(times):
            before = (self.where.copy(), self.now.copy(), self.room.copy())
            emptied = np.isin(self.where, draw.integers(0, self.none, EMPTIED))
            for citizen in np.flatnonzero(emptied):
                self.put(int(citizen), self.none, 0.0)
            self.fill()
            self.improve()
            if self.now.sum() <= before[1].sum():
                self.where, self.now, self.room = before

    def _round(self) -> int:
        """Make the best chains that touch each mentor once, the short ones first; return how many were made."""
        steps = self._steps()
        made, touched = 0, np.zeros(self.none + 1, dtype=bool)
        for length in range(1, LONGEST + 1):
            gain = steps[length - 1].gain
            hopeful = np.flatnonzero(gain > 1e-6)
            for citizen in hopeful[np.argsort(-gain[hopeful], kind="stable")]:
                if not touched[self.where[citizen]]:
                    made += self._make(steps[:length], int(citizen), touched)
        return made

    def _steps(self) -> list[_Step]:
        """Return the best chains of one to `LONGEST` moves that begin with each citizen."""
        gain = -self.now
        steps = []
        own = self.columns == self.where[:, None]
        for _ in range(LONGEST):
            open_gain, after = self._places(np.where(self._stuck(), NEVER, gain))
            onward = open_gain[self.columns, self.size_of[:, None]]
            total = np.where(own, NEVER, self.values - self.now[:, None] + onward)
            best = total.argmax(axis=1)
            column, found = self.columns[self.rows, best], total[self.rows, best]
            leaves = found < -self.now
            step = _Step(
                np.where(leaves, -self.now, found),
                np.where(leaves, self.none, column),
                np.where(leaves, -1, after[column, self.size_of]),
            )
            steps.append(step)
            gain = step.gain
        return steps

    def _stuck(self) -> NDArray[np.bool_]:
        return self.held & (self.moves_left < 1)

    def _places(self, gain: Floats) -> tuple[Floats, Ints]:
        """Return the best place for each size at each mentor: what its holder gains by moving on, 0 for free hours."""
        best = np.full((self.none + 1, len(self.sizes)), NEVER)
        holder = np.full(best.shape, -1, dtype=np.int64)
        largest = np.searchsorted(self.sizes, self.needs + self.room[self.where], side="right") - 1
        order = np.argsort(gain, kind="stable")
        order = order[self.where[order] != self.none]
        best[self.where[order], largest[order]] = gain[order]
        holder[self.where[order], largest[order]] = order
        free = np.searchsorted(self.sizes, self.room[:-1], side="right") - 1
        roomy = np.flatnonzero(free >= 0)
        beats = roomy[best[roomy, free[roomy]] <= 0]
        best[beats, free[beats]], holder[beats, free[beats]] = 0.0, -1
        for size in range(len(self.sizes) - 2, -1, -1):
            more = best[:, size + 1] > best[:, size]
            best[more, size], holder[more, size] = best[more, size + 1], holder[more, size + 1]
        return best, holder

    def _make(self, steps: list[_Step], citizen: int, touched: NDArray[np.bool_]) -> bool:
        """Make the chain that begins with a citizen, or the ring within it, where it is valid; mark its mentors."""
        chain = self._ring(self._chain(steps, citizen))
        mentors = [column for _, column in chain if column != self.none]
        left = [int(self.where[i]) for i, _ in chain if self.where[i] != self.none]
        if touched[mentors + left].any() or len(set(mentors)) < len(mentors):
            return False
        values = [self._value(i, column) for i, column in chain]
        if sum(values) - sum(self.now[i] for i, _ in chain) < 1e-6 or min(values) < 0:
            return False
        if int(sum(self.held[i] for i, _ in chain)) > self.moves_left and any(self.held[i] for i, _ in chain):
            return False
        change = dict.fromkeys(mentors + left, 0)
        for i, column in chain:
            change[int(self.where[i])] = change.get(int(self.where[i]), 0) + int(self.needs[i])
            change[column] = change.get(column, 0) - int(self.needs[i])
        if any(self.room[mentor] + more < 0 for mentor, more in change.items()):
            return False
        for (i, column), value in zip(chain, values, strict=True):
            self.put(i, column, value)
        touched[mentors + left] = True
        touched[self.none] = False
        return True

    def _chain(self, steps: list[_Step], citizen: int) -> list[tuple[int, int]]:
        """Return who moves where, from the first mover on."""
        chain, mover = [], citizen
        for step in reversed(steps):
            chain.append((mover, int(step.column[mover])))
            mover = int(step.after[mover]) if step.column[mover] != self.none else -1
            if mover < 0:
                return chain
        return [*chain, (mover, self.none)]

    def _ring(self, chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the ring where somebody comes twice in a chain, otherwise the chain itself."""
        first: dict[int, int] = {}
        for place, (mover, _) in enumerate(chain):
            if mover in first:
                return chain[first[mover] : place]
            first[mover] = place
        return chain

    def _value(self, citizen: int, column: int) -> float:
        if column == self.none:
            return 0.0
        return float(self.values[citizen][self.columns[citizen] == column][0])
