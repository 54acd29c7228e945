"""F1-F3: reservations by 2, 8 and 32 processes in a tight frame, on SQLite and PostgreSQL, beside the raw transaction.

F1: no overspending and sums that agree; F2: commits a second; F3: waiting times of 32 users who think 0.2 s.
Run it as `python -m benchmarks.bench_reserve [--smoke]`.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

from benchmarks.approving import Approvals
from benchmarks.measuring import Measure, Report, in_turn
from benchmarks.reserving import FLOORS, Course, Way, checking_outside_the_lock, through_the_service
from jobcenter_mentor.app import create_app
from tests.databases import SqliteFiles, a_config, postgresql

WRITERS = (2, 8, 32)
LEAST_SPEED = {"sqlite": 0.4, "postgresql": 0.5}
"""F2: the service's commits a second as a share of the raw transaction's."""
LONGEST_WAIT = 3.0
"""F3: p95 and p99 of the service, in times the raw transaction's."""
THINK = 0.2


class Faults:
    """What went wrong in the runs of one way of reserving."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.found: list[str] = []

    def speed(self, way: Way, writers: int, each: int) -> Measure:
        """Return a measure of the seconds that all writers together need."""

        def measure() -> float:
            seconds, _, faults = self.course.run(way, writers, each)
            self.found += faults
            return seconds

        return measure

    def waits(self, way: Way, each: int) -> tuple[float, float]:
        """Return p95 and p99 of a reservation's seconds among 32 users."""
        _, latencies, faults = self.course.run(way, WRITERS[-1], each, think=THINK)
        self.found += faults
        cuts = quantiles(latencies, n=100)
        return cuts[94], cuts[98]


def main(*, smoke: bool) -> None:
    """Measure both databases and print the report."""
    rounds, each = (3, 2) if smoke else (20, 20)
    report = Report("reserve", "smoke" if smoke else "full", rounds)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgresql())
        for engine, address in (("sqlite", SqliteFiles(folder).fresh()), ("postgresql", server.fresh())):
            measure_engine(report, engine, address, rounds, each)
    report.finish(strict=not smoke)
    if any(goal["id"].startswith("F1") and not goal["ok"] for goal in report.goals):
        sys.exit("F1: a frame was overspent, sums disagree, or the broken way was not caught.")


def measure_engine(report: Report, engine: str, address: str, rounds: int, each: int) -> None:
    """Measure one database: speed, waits, correctness, and that the check has teeth."""
    course = Course(create_app(a_config(address)), WRITERS[-1])
    faults = Faults(course)
    for writers in WRITERS:
        ways = {"raw": FLOORS[engine], "service": through_the_service}
        seconds = in_turn({name: faults.speed(way, writers, each) for name, way in ways.items()}, rounds)
        for name in ways:
            ratio = report.add(f"{engine} {writers} writers {name}", seconds[name], seconds["raw"])
        report.goal(f"F2 {engine} {writers}", 1 / ratio, at_least=LEAST_SPEED[engine])
    measure_waits(report, engine, faults, rounds, each)
    measure_approvals(report, engine, course, rounds)
    report.goal(f"F1 {engine} faults", len(faults.found), at_most=0)
    broken = Faults(course)
    in_turn({"broken": broken.speed(checking_outside_the_lock, 8, each)}, 1)
    report.goal(f"F1 {engine} broken way caught", len(broken.found), at_least=1)


def measure_approvals(report: Report, engine: str, course: Course, rounds: int) -> None:
    """F1-F3 through the whole grant service: approvals beside as many raw reservations, without and with thinking."""
    approvals, each, found = Approvals(course.app, WRITERS[-1]), 2, []
    for writers, think in (*((number, 0.0) for number in WRITERS), (WRITERS[-1], THINK)):
        seconds: dict[str, list[float]] = {"raw": [], "approve": []}
        slowest: dict[str, list[float]] = {"raw": [], "approve": []}
        for number in range(min(rounds // 3, 5) + 1):
            for name in seconds:
                run = approvals.run(writers, each, think) if name == "approve" else None
                taken, latencies, faults = run or course.run(FLOORS[engine], writers, each, think)
                found += faults
                if number:
                    seconds[name].append(taken)
                    slowest[name].append(quantiles(latencies, n=20)[-1])
        label = f"{engine} {writers} {'thinking ' if think else ''}leaders"
        if think:
            report.goal(f"F3 {label} p95", report.add(label, slowest["approve"], slowest["raw"]), at_most=LONGEST_WAIT)
        else:
            ratio = report.add(label, seconds["approve"], seconds["raw"])
            report.goal(f"F2 {label}", 1 / ratio, at_least=LEAST_SPEED[engine])
    report.goal(f"F1 {engine} approvals faults", len(found), at_most=0)


def measure_waits(report: Report, engine: str, faults: Faults, rounds: int, each: int) -> None:
    """F3: in each round the raw way and the service, 32 users each."""
    taken: dict[str, list[tuple[float, float]]] = {"raw": [], "service": []}
    for number in range(min(rounds, 5) + 1):
        for name, way in (("raw", FLOORS[engine]), ("service", through_the_service)):
            found = faults.waits(way, each)
            if number:
                taken[name].append(found)
    for place, label in enumerate(("p95", "p99")):
        by_way = {name: [waits[place] for waits in found] for name, found in taken.items()}
        ratio = report.add(f"{engine} 32 users {label}", by_way["service"], by_way["raw"])
        report.goal(f"F3 {engine} {label}", ratio, at_most=LONGEST_WAIT)


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv)
