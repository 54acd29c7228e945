"""Give courses that the law requires precedence (lovens forrang) over courses that it does not require."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from jobcenter_mentor.domain.matching.plan import Optimum
from jobcenter_mentor.domain.matching.prices import Problem


def law_first(problem: Problem, found: Optimum, demanded: Collection[int]) -> Optimum:
    """Return the plan with room for the law's courses in free hours, otherwise in those of courses it does not require.

    Each goes where least is lost; those who lose their hours take free hours elsewhere. The bound is unchanged.
    """
    table = _Table(problem, found.placed, demanded)
    waiting = [row for row in table.unplaced() if problem.citizens[row] in demanded]
    for row in sorted(waiting, key=lambda row: (-int(problem.values[row].max()), row)):
        table.make_room(row)
    for row in sorted(table.unplaced(), key=lambda row: (-int(problem.values[row].max()), row)):
        table.take_free(row)
    placed = {problem.citizens[row]: problem.mentors[column] for row, column in table.where.items()}
    value = sum(int(problem.values[row, column]) for row, column in table.where.items())
    return found if placed == found.placed else replace(found, placed=placed, value=value)


class _Table:
    """The plan during exchanges: rows of citizens, columns of mentors, minutes left with each."""

    def __init__(self, problem: Problem, placed: Mapping[int, int], demanded: Collection[int]) -> None:
        column = {mentor: j for j, mentor in enumerate(problem.mentors)}
        self.problem = problem
        self.where = {i: column[placed[key]] for i, key in enumerate(problem.citizens) if key in placed}
        self.left = problem.rooms.copy()
        self.giving: dict[int, set[int]] = {j: set() for j in column.values()}
        for row, j in self.where.items():
            self.left[j] -= problem.needs[row]
            if problem.citizens[row] not in demanded:
                self.giving[j].add(row)

    def unplaced(self) -> list[int]:
        """Return the rows without a mentor that some mentor may take."""
        return [i for i in range(len(self.problem.citizens)) if i not in self.where and self.problem.values[i].any()]

    def make_room(self, row: int) -> None:
        """Place a course of the law where its gain less the loss of the others is largest."""
        needed, ways = int(self.problem.needs[row]), []
        for j in map(int, np.flatnonzero(self.problem.values[row] > 0)):
            out = self._giving_up(j, needed - int(self.left[j]))
            if out is not None:
                lost = sum(int(self.problem.values[one, j]) for one in out)
                ways.append((lost - int(self.problem.values[row, j]), j, out))
        if ways:
            _, column, out = min(ways)
            for one in out:
                self._move(one, None)
            self._move(row, column)

    def take_free(self, row: int) -> None:
        """Place a citizen in free hours, where the points are highest."""
        may = (self.problem.values[row] > 0) & (self.left >= self.problem.needs[row])
        if may.any():
            self._move(row, int(np.where(may, self.problem.values[row], -1).argmax()))

    def _giving_up(self, column: int, minutes: int) -> list[int] | None:
        """Return whom to move for so many minutes, the fewest points a minute first; None where that is not enough."""
        out: list[int] = []
        worth = {row: self.problem.values[row, column] / self.problem.needs[row] for row in self.giving[column]}
        for row in sorted(worth, key=lambda row: (worth[row], row)):
            if minutes <= 0:
                break
            out.append(row)
            minutes -= int(self.problem.needs[row])
        return out if minutes <= 0 else None

    def _move(self, row: int, column: int | None) -> None:
        if row in self.where:
            self.left[self.where[row]] += self.problem.needs[row]
            self.giving[self.where.pop(row)].discard(row)
        if column is not None:
            self.where[row] = column
            self.left[column] -= self.problem.needs[row]
