"""A1, A2 and A4: one assessment beside bare ifs, the re-assessment of all grants, and one answer through every door.

A1: the rules of 2014-2015 with findings against the same answers in bare ifs. A2: 5,000 and 80,477 re-assessed under a
changed law. A4: function, bulk, impact list, API, command and page agree.
Run it as `python -m benchmarks.bench_rules [--smoke]`.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from time import process_time
from typing import Any

from benchmarks.doors import differing
from benchmarks.measuring import Measure, Report, in_turn
from benchmarks.pages import a_municipality, on_pages, reading, rebuilt, warm
from benchmarks.ruling import DATES, as_answer, people, within_one_law, written_by_hand
from jobcenter_mentor.casework.assessments.figure_impact import OpenCourse, impact
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law, LocalFigureValue, Source
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.models import LocalFigure as ProposedFigure
from jobcenter_mentor.platform.law_figures.service import law as law_of

MOST_OF_FLOOR = 3.0
MOST_OF_SINGLE = 1.3
MOST_GROWTH = 10.5
MOST_ON_A_PAGE = 1.1
PEERS = {"zen-engine": "zen", "OpenFisca-Core": "openfisca_core"}
SINGLE = 200
"""Calls in one sample of A1."""


def main(*, smoke: bool) -> None:
    """Measure and print the report; wrong answers end it."""
    rounds, few, many, people_each, doors = (3, 500, 5_000, 200, 40) if smoke else (5, 5_000, 80_477, 44_691, 500)
    report = Report("rules", "smoke" if smoke else "full", rounds)
    law = loader.law()
    single(report, law, rounds)
    pages(report, rounds)
    bulk(report, law, rounds, few, many)
    differences = same_in_bulk(law, people_each) + same_in_the_impact_list(law, people_each)
    differences += differing(law, doors)
    report.goal("A4 differences", differences, at_most=0)
    for peer, module in PEERS.items():
        report.results.append({"name": peer, "skipped": find_spec(module) is None})
    report.finish(strict=not smoke)
    if differences:
        sys.exit("A4: the doors do not give the same assessment.")


def single(report: Report, law: Law, rounds: int) -> None:
    """A1: one citizen at a time, all rules, every finding with text and section."""
    cases = [within_one_law(case) for case in people(SINGLE, DATES[2])]
    wrong = [case for case in cases if as_answer(assess(case, law)) != written_by_hand(case)]
    if wrong:
        sys.exit(f"A1: floor and product differ in {len(wrong)} cases, first {facts_to_dict(wrong[0])}")
    seconds = in_turn(
        {"bare ifs": timed(written_by_hand, cases), "assess": timed(lambda case: assess(case, law), cases)}, rounds
    )
    for name, taken in seconds.items():
        ratio = report.add(f"A1 {name}", taken, seconds["bare ifs"])
    report.goal("A1", ratio, at_most=MOST_OF_FLOOR)


def pages(report: Report, rounds: int) -> None:
    """A page's assessment beside the function's on a warm law; with it what reading the law costs the page."""
    cases = [within_one_law(case) for case in people(SINGLE, DATES[2])]
    with a_municipality() as session:
        known = law_of(session)
        candidates: dict[str, Measure] = {
            "function": lambda: warm(cases, known),
            "page": lambda: on_pages(cases, session),
            "law rebuilt": lambda: rebuilt(cases, known),
            "reading the law": lambda: reading(len(cases), session),
        }
        seconds = in_turn(candidates, rounds)
    ratios = {name: report.add(f"pages {name}", taken, seconds["function"]) for name, taken in seconds.items()}
    report.goal("page beside function", ratios["page"], at_most=MOST_ON_A_PAGE)


def timed(work: Callable[[CaseFacts], object], cases: Sequence[CaseFacts]) -> Measure:
    """Return a measure of the processor seconds for all the cases; what else runs on the machine does not count."""

    def measure() -> float:
        begun = process_time()
        for case in cases:
            work(case)
        return process_time() - begun

    return measure


def changed(law: Law) -> Law:
    """Return the law with another ceiling of hours."""
    source = Source("Målingen", "", "")
    return law.with_figures([LocalFigureValue("local.hours_ceiling_week", DATES[0], 4, source)])


def bulk(report: Report, law: Law, rounds: int, few: int, many: int) -> None:
    """A2: all open grants and all courses under a changed law, beside as many single assessments."""
    other = changed(law)
    cases = [case for day in DATES for case in people(-(-many // len(DATES)), day)][:many]
    spread = cases[:: max(1, many // few)][:few]
    candidates = {
        "single": timed(lambda case: assess(case, law), spread),
        "few": timed(lambda case: assess(case, other), spread),
        "many": timed(lambda case: assess(case, other), cases),
    }
    seconds = in_turn(candidates, rounds)
    report.goal("A2 bulk", report.add(f"A2 {len(spread)}", seconds["few"], seconds["single"]), at_most=MOST_OF_SINGLE)
    growth = report.add(f"A2 {len(cases)}", seconds["many"], seconds["few"]) * 10 * len(spread) / len(cases)
    report.goal("A2 growth", growth, at_most=MOST_GROWTH)


def same_in_bulk(law: Law, count: int) -> int:
    """A4: count the people whose assessment differs between a fresh law, one used for all, and the stored facts."""
    differences = 0
    for day in DATES:
        fresh = Law({name: law.parameter(name) for name in law.names()})
        for number, case in enumerate(people(count, day)):
            answer = assess(case, law)
            again = facts_from_dict(facts_to_dict(case)) if number % 10 == 0 else case
            differences += answer != assess(again, fresh)
    return differences


def same_in_the_impact_list(law: Law, count: int) -> int:
    """A4: count the courses on which the impact list and two assessments by hand do not agree."""
    other, figure, differences = changed(law), ProposedFigure(valid_from=DATES[0]), 0
    for day in DATES:
        cases = list(people(count, day, seed=11))
        courses = [as_course(case) for case in cases]
        listed = {found.course.public_id for found in impact(courses, law, other, figure, day).impacts}
        moved = {case.id for case in cases if drawn(assess(case, law)) != drawn(assess(case, other))}
        differences += len(listed ^ moved)
    return differences


def as_course(case: CaseFacts) -> OpenCourse:
    """Return a case as a running course with its kept facts."""
    start, last_day = case.request.start or case.date, case.request.last_day or case.date
    return OpenCourse(str(case.id), "", 0, start, last_day, None, False, facts_to_dict(case))


def drawn(answer: Assessment) -> tuple[Any, ...]:
    """Return what a caseworker would see move: answers, warnings, period, refund and contact."""
    told = tuple((found.rule, found.answer) for found in answer.findings)
    return told, answer.warnings, answer.max_period, answer.reimbursement, answer.min_contact_interval_days


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv)
