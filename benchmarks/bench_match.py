"""D1-D3: a whole waiting list at once beside HiGHS, CP-SAT, a plain greedy and a random draw.

D1: 500 x 80, >= 99 % of the proven bound in <= 1/20 of HiGHS' time to a gap of 1 %. D2: 5,000 x 800, >= 98.5 % in
<= 10x the time of the greedy, >= 1.3x random's points. D3: no room, language or exclusion broken. HiGHS' own bound is
the check of ours on the smaller list. Run it as `python -m benchmarks.bench_match [--smoke]`.
"""

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from time import perf_counter

import numpy as np

from benchmarks.matchdata import made_up
from benchmarks.measuring import Measure, Report, in_turn
from jobcenter_mentor.domain.matching.plan import solve
from jobcenter_mentor.domain.matching.prices import Problem

Placed = dict[int, int]
TIME_LIMIT = 60


def greedy(problem: Problem) -> Placed:
    """Floor: sort all pairs by points, take what fits."""
    values, mentors = problem.values.ravel(), len(problem.mentors)
    room, needs, placed = problem.rooms.tolist(), problem.needs.tolist(), {}
    for pair in np.argsort(-values, kind="stable").tolist():
        citizen, mentor = divmod(pair, mentors)
        if values[pair] <= 0 or len(placed) == len(needs):
            break
        if citizen not in placed and room[mentor] >= needs[citizen]:
            placed[citizen] = mentor
            room[mentor] -= needs[citizen]
    return {problem.citizens[i]: problem.mentors[j] for i, j in placed.items()}


def drawn(problem: Problem) -> Placed:
    """Peer: each citizen in turn with a mentor drawn among those who may and have room."""
    draw, room, placed = np.random.default_rng(1), problem.rooms.copy(), {}
    for citizen, need in enumerate(problem.needs):
        fits = np.flatnonzero((problem.values[citizen] > 0) & (room >= need))
        if len(fits):
            mentor = int(draw.choice(fits))
            placed[problem.citizens[citizen]] = problem.mentors[mentor]
            room[mentor] -= need
    return placed


def highs(problem: Problem) -> tuple[Placed, float]:
    """Peer and check: SciPy's milp to a gap of 1 %; the pairs and the proven bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - a peer, not a need
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    rows, columns = np.nonzero(problem.values > 0)
    count = len(rows)
    once = csr_matrix((np.ones(count), (rows, np.arange(count))), shape=(len(problem.citizens), count))
    hours = csr_matrix((problem.needs[rows], (columns, np.arange(count))), shape=(len(problem.mentors), count))
    limits = [LinearConstraint(once, -np.inf, 1), LinearConstraint(hours, -np.inf, problem.rooms)]
    found = milp(
        -problem.values[rows, columns].astype(float),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=limits,
        options={"mip_rel_gap": 0.01, "time_limit": TIME_LIMIT},
    )
    chosen = np.flatnonzero(found.x > 0.5)
    placed = {problem.citizens[rows[k]]: problem.mentors[columns[k]] for k in chosen}
    return placed, -float(found.mip_dual_bound)


def points(problem: Problem, placed: Placed) -> int:
    """Points of a plan."""
    return sum(int(problem.values[i - 1, j - 1]) for i, j in placed.items())


def broken(problem: Problem, placed: Placed) -> int:
    """D3, counted apart from the product: pairs that may not be, and minutes booked beyond a room."""
    booked = dict.fromkeys(problem.mentors, 0)
    wrong = 0
    for citizen, mentor in placed.items():
        wrong += int(problem.values[citizen - 1, mentor - 1] <= 0)
        booked[mentor] += int(problem.needs[citizen - 1])
    return wrong + sum(booked[mentor] > int(problem.rooms[mentor - 1]) for mentor in problem.mentors)


def timed(work: Callable[[], object]) -> Measure:
    """Return a measure of the seconds of some work."""

    def measure() -> float:
        begun = perf_counter()
        work()
        return perf_counter() - begun

    return measure


def main(*, smoke: bool) -> None:
    """Measure both sizes and print the report."""
    rounds = 3 if smoke else 5
    report = Report("match", "smoke" if smoke else "full", rounds)
    small = made_up(60, 12, 1) if smoke else made_up(500, 80, 1)
    large = made_up(300, 50, 2) if smoke else made_up(5000, 800, 2)
    wrong = measure_small(report, small, rounds) + measure_large(report, large, rounds)
    wrong += sum(broken(one, solve(one).placed) for one in (made_up(120, 20, seed) for seed in range(3, 13)))
    report.goal("D3 broken limits", wrong, at_most=0)
    report.finish(strict=not smoke)
    if wrong:
        sys.exit("D3: a hard limit is broken.")


def measure_small(report: Report, problem: Problem, rounds: int) -> int:
    """D1 beside HiGHS once a round; our bound may not lie below what HiGHS has found."""
    found = solve(problem)
    exact, bound = highs(problem)
    if not max(points(problem, exact), found.value) <= found.bound:
        sys.exit(f"D1: a plan of {points(problem, exact)} lies above the bound {found.bound}.")
    candidates = {"product": timed(lambda: solve(problem)), "highs": timed(lambda: highs(problem))}
    seconds = in_turn(candidates | {"greedy": timed(lambda: greedy(problem))}, min(rounds, 3))
    ratio = report.add("D1 product", seconds["product"], seconds["highs"])
    report.add("D1 greedy", seconds["greedy"], seconds["highs"])
    report.goal("D1 share of the bound", found.value / found.bound, at_least=0.99)
    report.goal("D1 time of HiGHS", ratio, at_most=1 / 20)
    report.goal("D1 own bound of HiGHS'", found.bound / bound, at_least=0.0)
    if find_spec("ortools") is None:
        report.results.append({"name": "D1 CP-SAT", "skipped": "ortools is not installed"})
    else:
        report.results.append({"name": "D1 CP-SAT", "points": cp_sat(), "product": found.value})
    return broken(problem, found.placed)


def cp_sat() -> int:
    """Peer in a process of its own: CP-SAT on the D1 list, 60 seconds at most; its points."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.matchpeer"], capture_output=True, text=True, check=True)
    return int(done.stdout)


def measure_large(report: Report, problem: Problem, rounds: int) -> int:
    """D2 beside the greedy and a random draw."""
    found = solve(problem)
    seconds = in_turn({"greedy": timed(lambda: greedy(problem)), "product": timed(lambda: solve(problem))}, rounds)
    report.add("D2 greedy", seconds["greedy"], seconds["greedy"])
    ratio = report.add("D2 product", seconds["product"], seconds["greedy"])
    report.goal("D2 share of the bound", found.value / found.bound, at_least=0.985)
    report.goal("D2 time of the greedy", ratio, at_most=10)
    report.goal("D2 points of random", found.value / points(problem, drawn(problem)), at_least=1.3)
    report.goal("D2 points of the greedy", found.value / points(problem, greedy(problem)), at_least=1.0)
    return broken(problem, found.placed) + broken(problem, greedy(problem))


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv)
