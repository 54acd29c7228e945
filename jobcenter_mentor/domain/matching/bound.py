"""Sharpen the bound of a plan by filling each mentor's hours as a knapsack, because no mentor can give scraps of hours.

Given what each citizen gains (`worth`), no plan exceeds the sum of it and what each mentor's best fill gains beyond it.
The worth at the hour prices gives their bound or a lower one; a few more steps lower it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jobcenter_mentor.domain.matching.prices import Floats, Ints, Problem

MOST_CELLS = 4_000_000
"""The number of cells (citizens x mentors x units of room) above which the bound of the prices is not sharpened."""
STEPS = 20
FIRST_STEP, SHORTER = 2.5, 0.87


def sharpened(problem: Problem, worth: Floats, bound: float) -> float:
    """Return the lowest bound found, at most the given one; large problems return the given one."""
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
