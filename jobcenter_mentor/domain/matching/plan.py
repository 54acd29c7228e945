"""Plan the whole waiting list at once: prices of mentor hours, assignment by regret, local search, a proven bound.

Everything is done in the order of ids, so the order in which citizens and mentors are given doesn't matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jobcenter_mentor.domain.matching.bound import sharpened
from jobcenter_mentor.domain.matching.prices import Floats, Problem, Tell, bound_at, find_prices, quiet, worth_at
from jobcenter_mentor.domain.matching.regret import Assignment

MOST_MOVED_PERCENT = 5


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
