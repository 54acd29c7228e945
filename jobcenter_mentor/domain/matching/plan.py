"""Plan the whole waiting list at once: prices of mentor hours, assignment by regret, local search, a proven bound.

Everything is done in the order of ids, so the order in which citizens and mentors are given doesn't matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcenter_mentor.domain.matching.prices import Floats, Ints, Problem, Tell, bound_at, find_prices, quiet, worth_at
from jobcenter_mentor.domain.matching.regret import Assignment

MOST_MOVED_PERCENT = 5
MOST_CELLS = 4_000_000
"""The number of cells (citizens x mentors x units of room) above which the bound of the prices is not sharpened."""
STEPS = 20
FIRST_STEP, SHORTER = 2.5, 0.87


def sharpened(problem: Problem, worth: Floats, bound: float) -> float:
    """Return the lowest bound found, at most the given one; large problems return the given one.

    No mentor can give scraps of hours, so the hours of each are filled as a knapsack. Given what each citizen gains
    (`worth`), no plan exceeds the sum of it and what each mentor's best fill gains beyond it.
    """
    if not problem.values.size:
        return bound
    unit = int(np.gcd.reduce(problem.needs))
    units, rooms = problem.needs // unit, problem.rooms // unit
    if problem.values.size * (int(rooms.max()) + 1) > MOST_CELLS:
        return bound
    length = FIRST_STEP
    for _ in range(STEPS):
        found, times = _filled(problem.values, units, rooms, worth)
        bound = min(bound, found)
        worth = np.maximum(0.0, worth - length * (1 - times))
        length *= SHORTER
    return bound


def _filled(values: Ints, units: Ints, rooms: Ints, worth: Floats) -> tuple[float, Ints]:
    """Fill each mentor's room as well as possible; return the bound and how often each citizen is used."""
    count, mentors = values.shape
    profit = np.where(values > 0, np.maximum(values - worth[:, None], 0.0), 0.0)
    best = np.zeros((mentors, int(rooms.max()) + 1))
    taken: NDArray[np.bool_] = np.zeros((count, *best.shape), dtype=bool)
    for citizen in map(int, np.flatnonzero(profit.max(axis=1) > 0)):
        need = int(units[citizen])
        with_citizen = best[:, :-need] + profit[citizen][:, None]
        taken[citizen, :, need:] = with_citizen > best[:, need:]
        best[:, need:] = np.maximum(best[:, need:], with_citizen)
    column, left, times = np.arange(mentors), rooms.copy(), np.zeros(count, dtype=np.int64)
    bound = float(worth.sum() + best[column, rooms].sum())
    for citizen in range(count - 1, -1, -1):
        took = taken[citizen, column, left]
        left = left - took * units[citizen]
        times[citizen] = int(took.sum())
    return bound, times


@dataclass(frozen=True)
class Optimum:
    """The best plan found: citizen id to mentor id for those placed, its value and the bound no plan can exceed.

    `prices` are points a minute at each mentor, `worth` what each citizen gains beyond them, both by id.
    """

    placed: dict[int, int]
    value: int
    bound: int
    prices: dict[int, float]
    worth: dict[int, float]


def solve(given: Problem, previous: Mapping[int, int] | None = None, *, tell: Tell = quiet) -> Optimum:
    """Return a plan for all; no room is exceeded, and no pair with value 0 is made.

    `tell` receives the progress. With `previous` pairs those that are still valid remain, and at most 5 % of them may
    move.
    """
    problem = _in_order(given)
    if not problem.values.size:
        return Optimum({}, 0, 0, dict.fromkeys(problem.mentors, 0.0), dict.fromkeys(problem.citizens, 0.0))
    prices = find_prices(problem, tell=lambda done, total: tell(done, 2 * total))
    found = Assignment(problem, prices)
    if previous:
        _keep(problem, found, previous)
        found.hold(MOST_MOVED_PERCENT)
    found.fill()
    found.improve(tell=lambda done, total: tell(total + done, 2 * total))
    if not previous:
        found.shake()
    return _optimum(problem, found, prices)


def _keep(problem: Problem, found: Assignment, previous: Mapping[int, int]) -> None:
    """Put back those who may remain where they were and for whom there is room, in the order of ids."""
    column = {mentor: j for j, mentor in enumerate(problem.mentors)}
    for i, citizen in enumerate(problem.citizens):
        j = column.get(previous.get(citizen, -1))
        if j is not None and problem.values[i, j] > 0 and found.room[j] >= problem.needs[i]:
            found.put(i, j, float(problem.values[i, j]))


def _in_order(given: Problem) -> Problem:
    """Return citizens and mentors in the order of their ids; nobody needs less than a minute."""
    rows, columns = np.argsort(given.citizens, kind="stable"), np.argsort(given.mentors, kind="stable")
    return Problem(
        tuple(given.citizens[i] for i in rows),
        tuple(given.mentors[j] for j in columns),
        given.values[np.ix_(rows, columns)],
        np.maximum(given.needs[rows], 1),
        np.maximum(given.rooms[columns], 0),
    )


def _optimum(problem: Problem, found: Assignment, prices: Floats) -> Optimum:
    pairs = zip(problem.citizens, map(int, found.where), strict=True)
    value, worth = round(float(found.now.sum())), worth_at(problem, prices)
    bound = sharpened(problem, worth, bound_at(problem, prices))
    return Optimum(
        {citizen: problem.mentors[column] for citizen, column in pairs if column != found.none},
        value,
        max(value, int(bound + 1e-6)),
        dict(zip(problem.mentors, map(float, prices), strict=True)),
        dict(zip(problem.citizens, map(float, worth), strict=True)),
    )
