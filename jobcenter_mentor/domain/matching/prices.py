"""Find prices of mentor hours: Lagrange prices of a minute at each mentor, and the bound they prove.

Whatever the prices, no plan exceeds what all hours cost at them plus what each citizen gains beyond them. The search
uses the best few mentors of each citizen, chosen again now and then; the bound counts all mentors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Tell = Callable[[int, int], None]
"""A callback for progress: so many of so many steps."""

STEPS = 400
EACH = 20
FEW = 48
PART = 500
FIRST_STEP, SHORTER, KEEP = 0.04, 0.985, 0.7
"""The first step as a share of the even price, the shortening of each step, and the momentum of the direction."""
NEVER = -1e9


@dataclass(frozen=True)
class Problem:
    """The problem of a plan: `values[i, j]` are points of citizen i with mentor j, 0 where a hard limit bars them.

    `needs` and `rooms` are minutes a week; `citizens` and `mentors` are ids, each once.
    """

    citizens: tuple[int, ...]
    mentors: tuple[int, ...]
    values: Ints
    needs: Ints
    rooms: Ints


def quiet(done: int, total: int) -> None:
    """Ignore the progress."""


def bound_at(problem: Problem, prices: Floats) -> float:
    """Return the bound at given prices (points a minute, none negative); no plan is worth more."""
    return float(prices @ problem.rooms + worth_at(problem, prices).sum())


def worth_at(problem: Problem, prices: Floats) -> Floats:
    """Return what each citizen gains beyond the prices at the best mentor, never below 0; in parts, to save memory."""
    gained = np.zeros(len(problem.citizens))
    for first in range(0, len(gained), PART):
        part = slice(first, first + PART)
        reduced = problem.values[part] - np.outer(problem.needs[part], prices)
        gained[part] = np.where(problem.values[part] > 0, reduced, 0.0).max(axis=1, initial=0.0)
    return gained


def find_prices(problem: Problem, *, tell: Tell = quiet) -> Floats:
    """Return the prices with the lowest bound: deflected subgradient steps that shorten, from one price for all."""
    if not problem.values.size:
        return np.zeros(len(problem.mentors))
    even = _even_price(problem)
    walk = _PriceWalk(np.full(len(problem.mentors), even), even * FIRST_STEP)
    best, lowest = np.zeros(len(problem.mentors)), bound_at(problem, np.zeros(len(problem.mentors)))
    for step in range(0, STEPS, EACH):
        tell(step, STEPS)
        found = walk.on(problem, few_best(problem, walk.prices))
        bound = bound_at(problem, found)
        if bound < lowest:
            best, lowest = found, bound
    return best


def few_best(problem: Problem, prices: Floats) -> tuple[Ints, Floats]:
    """Return the columns and values of each citizen's best few mentors under the prices, in the order of columns."""
    count = min(FEW, len(problem.mentors))
    few = np.empty((len(problem.citizens), count), dtype=np.int64)
    for first in range(0, len(few), PART):
        part = slice(first, first + PART)
        loss = (np.outer(problem.needs[part], prices) - problem.values[part]).astype(np.float32)
        loss[problem.values[part] <= 0] = -NEVER
        few[part] = np.argpartition(loss, count - 1, axis=1)[:, :count]
    few.sort(axis=1)
    values = np.take_along_axis(problem.values, few, axis=1)
    return few, np.where(values > 0, values, NEVER)


def _even_price(problem: Problem) -> float:
    """Return the one price at which those who gain most from an hour fill all rooms.

    A low price where there is room for all.
    """
    density = problem.values.max(axis=1) / problem.needs
    order = np.argsort(-density, kind="stable")
    full = np.flatnonzero(np.cumsum(problem.needs[order]) > problem.rooms.sum())
    return float(density[order[full[0]]]) if len(full) else float(density.mean()) / 10


class _PriceWalk:
    """The search for the lowest bound: the current prices, the direction and the length of the next step."""

    def __init__(self, prices: Floats, length: float) -> None:
        self.prices = prices
        self.way = np.zeros(len(prices))
        self.length = length

    def on(self, problem: Problem, few: tuple[Ints, Floats]) -> Floats:
        """Take `EACH` steps with the best few mentors of each citizen; return the best prices found."""
        columns, values = few
        rows, least, best = np.arange(len(columns)), np.inf, self.prices
        for _ in range(EACH):
            gain = values - problem.needs[:, None] * self.prices[columns]
            choice = gain.argmax(axis=1)
            top = gain[rows, choice]
            load = np.bincount(columns[rows, choice], weights=problem.needs * (top > 0), minlength=len(self.prices))
            bound = float(self.prices @ problem.rooms + np.maximum(top, 0.0).sum())
            if bound < least:
                best, least = self.prices, bound
            self.way = KEEP * self.way + (1 - KEEP) * (problem.rooms - load) / np.maximum(problem.rooms, 60)
            self.prices = np.maximum(0.0, self.prices - self.length * self.way)
            self.length *= SHORTER
        return best
