"""Enhver regel bevogtes: a changed figure, a flipped answer or a forgotten question must make a case fail."""

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.law import (
    deadlines,
    eligibility,
    refund_ways,
    reimbursement,
    right_and_duty,
    terms,
    verdict,
    warnings,
)
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.law import Law, LocalFigureValue, Parameter, Value
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures.loader import law
from jobcenter_mentor.platform.law_figures.worked_cases import WorkedCase, load_cases, run_case

CASES = load_cases(resource_dir("rules"))
READ_ELSEWHERE = (
    "office.",
    "local.full_time_persons",
)
FIGURES = [name for name in law().names() if not name.startswith(READ_ELSEWHERE)]
"""All but those of the office (who approves, how long a hearing lasts) and the municipality's own count of persons."""
MUST = next(case for case in CASES if case.path.stem == "s93" and case.expect["outcome"] == "must")


def changed_values(value: Value) -> Iterator[Value]:
    """Other values of the same kind: a list without each of its members, a figure a step away."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, tuple):
        yield from (tuple(m for m in value if m != member) for member in value)
    elif isinstance(value, Decimal):
        yield value - Decimal("0.01")
    else:
        yield f"{value}x" if isinstance(value, str) else value + 1


def changed_figures() -> Iterator[tuple[str, LocalFigureValue]]:
    for name in FIGURES:
        if name == "mentor.law":
            continue  # the rules know the laws by their names
        for dated in law().parameter(name).values:
            for value in () if dated.value is None else changed_values(dated.value):
                yield (
                    f"{name} {dated.valid_from} = {value}",
                    LocalFigureValue(name, dated.valid_from, value, dated.source),
                )


class Noting(Law):
    """The law, noting which figures it was asked for."""

    asked: set[str]

    def parameter(self, name: str) -> Parameter:
        self.asked.add(name)
        return super().parameter(name)

    def with_figures(self, rows: Iterable[LocalFigureValue]) -> Law:
        changed = super().with_figures(rows)
        noting = Noting({name: changed.parameter(name) for name in changed.names()})
        noting.asked = self.asked
        return noting


@cache
def readers() -> dict[str, list[WorkedCase]]:
    """Return the cases that read each figure, so that a changed one is tried on those alone."""
    found: dict[str, list[WorkedCase]] = defaultdict(list)
    figures = {name: law().parameter(name) for name in law().names()}
    for case in CASES:
        noting = Noting(figures)
        noting.asked = set()
        run_case(case, noting)
        for name in noting.asked:
            found[name].append(case)
    return found


def fails(case: WorkedCase, with_law: Law) -> bool:
    """Tell whether a case notices the change; a law that can't be read at all is noticed too."""
    try:
        return bool(run_case(case, with_law))
    except KeyError:
        return True


def some_case_fails(with_law: Law, cases: Sequence[WorkedCase] = CASES) -> bool:
    return any(fails(case, with_law) for case in cases)


def read_anew() -> Law:
    """Return the law without anything it has worked out before."""
    return Law({name: law().parameter(name) for name in law().names()})


def days_from(case: WorkedCase, day: date) -> int:
    """Tell how near a case lies to the day a figure changes."""
    own = next((value for value in case.facts.values() if isinstance(value, date)), day)
    return (own - day).days if own >= day else 10_000


@pytest.mark.parametrize("figure", [pytest.param(row, id=name) for name, row in changed_figures()])
def test_changing_a_figure_fails_a_case(figure: LocalFigureValue) -> None:
    cases = sorted(readers()[figure.name], key=lambda case: days_from(case, figure.valid_from))

    assert some_case_fails(law().with_figures([figure]), cases)


@pytest.mark.parametrize("group", range(15))
@pytest.mark.parametrize("name", ["mentor.s93_groups", "mentor.s96c_groups", "reimbursement.groups_without"])
def test_adding_a_group_to_a_list_of_groups_fails_a_case(name: str, group: int) -> None:
    dated = law().parameter(name).values[0]
    if group in dated.value or (name, group) == ("mentor.s96c_groups", 3):
        return  # it is there already, or § 93 goes before

    assert some_case_fails(
        law().with_figures([LocalFigureValue(name, dated.valid_from, (*dated.value, group), dated.source)]),
        readers()[name],
    )


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_that_is_gone_is_named_and_never_guessed(name: str) -> None:
    without = Law({other: law().parameter(other) for other in law().names() if other != name})
    answers = (run_case(case, without) for case in readers()[name] if name not in case.local)

    assert any(name in line for lines in answers for line in lines)


def flipped(answer: Any) -> Any:
    if isinstance(answer, bool) or answer is None:
        return not answer
    return answer + 1 if isinstance(answer, int) else f"{answer}x"


def flip(result: Any) -> Any:
    """The same findings with other answers; a question that was not asked stays unasked."""
    if isinstance(result, list):
        return [*map(flip, result[:-1]), flip(result[-1])] if result else result
    if not isinstance(result, Finding):
        return result
    return replace(result, answer=flipped(result.answer), asks=None)


MODULES = (right_and_duty, eligibility, refund_ways, reimbursement, terms)


def rule_functions() -> Iterator[tuple[ModuleType, str]]:
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_ours = function.__module__ == module.__name__ and not name.startswith("_")
            if is_ours and "Finding" in str(inspect.signature(function).return_annotation):
                yield module, name


@pytest.mark.parametrize(("module", "name"), [pytest.param(m, n, id=n) for m, n in rule_functions()])
def test_flipping_the_answer_of_a_rule_fails_a_case(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    right = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *args: flip(right(*args)))
    if hasattr(verdict, name):
        monkeypatch.setattr(verdict, name, getattr(module, name))

    assert some_case_fails(read_anew())


DAY = timedelta(days=1)
OTHER_RESULTS: list[tuple[ModuleType, str, Callable[[Any], Any]]] = [
    (terms, "longest_period", lambda period: period and replace(period, last_day=period.last_day + DAY)),
    (terms, "longest_period", lambda period: period and replace(period, extension="none")),
    (terms, "last_day_of_months", lambda day: day - DAY),
    (right_and_duty, "mentors_last_day", lambda day: day - DAY),
    (right_and_duty, "breaches_by_law", lambda breaches: breaches[1:]),
    (deadlines, "contact_due_by_law", lambda due: due and due + DAY),
    (eligibility, "last_day_of_months", lambda day: day - DAY),
    (refund_ways, "number_on", lambda number: number and number + 1),
    (reimbursement, "stretches", lambda parts: [(parts[0][0], way) for _, way in parts]),
    (eligibility, "months_before", lambda day: day + DAY),
    (
        eligibility,
        "discharge_window",
        lambda window: window and replace(window, last_certain_start=window.earliest_start),
    ),
    (verdict, "last_day_of_months", lambda day: day + DAY),
    (verdict, "contradictions", lambda _: []),
    (verdict, "warnings_of", lambda _: []),
    (reimbursement, "way_on", lambda way: replace(way, frame="mentor_2014")),
    (reimbursement, "frozen_group", lambda agreed: agreed and replace(agreed, number=5)),
    (reimbursement, "dated_costs", lambda costs: costs and costs[:1]),
    (reimbursement, "divide_half_away", lambda whole, parts: whole // parts),
    (warnings, "weeks_without_contact", lambda mondays: [] if mondays else [date(2014, 5, 12)]),
    (warnings, "last_day_checked", lambda day: day + DAY),
    (reimbursement, "without_amounts", lambda refund: replace(refund, amount=0)),
    (deadlines, "add_working_days", lambda day: day + DAY),
    (deadlines, "months_after", lambda day: day + DAY),
]


@pytest.mark.parametrize(("module", "name", "change"), OTHER_RESULTS)
def test_changing_what_a_rule_works_out_fails_a_case(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, change: Callable[[Any], Any]
) -> None:
    right = getattr(module, name)
    if name == "divide_half_away":
        monkeypatch.setattr(module, name, change)
    else:
        monkeypatch.setattr(module, name, lambda *args, **named: change(right(*args, **named)))

    assert some_case_fails(read_anew())


@pytest.mark.parametrize(
    ("fact", "other", "rule"),
    [
        ("can_take_other_offers", True, "lab2014.s93.who"),
        ("cannot_because", "other", "lab2014.s93.who"),
        ("first_offer", False, "lab2014.s93.firstonly"),
        ("integration_programme", True, "lab2014.applies"),
        ("psychiatric_inpatient", True, "lab2014.s31b.psych.right"),
        ("group", 13, "lab2014.s93.who"),
    ],
)
def test_changing_the_named_fact_changes_the_reason(fact: str, other: object, rule: str) -> None:
    before = assess(facts_from_dict(MUST.facts), law()).finding(rule)
    after = assess(facts_from_dict({**MUST.facts, "citizen": {**MUST.facts["citizen"], fact: other}}), law()).finding(
        rule
    )

    assert fact in before.facts
    assert after is None or (after.answer, after.question) != (before.answer, before.question)


@pytest.mark.parametrize(
    "fact", ["group", "visitation", "can_take_other_offers", "cannot_because", "first_offer", "integration_programme"]
)
def test_a_fact_that_a_rule_needs_and_nobody_gave_is_asked_for(fact: str) -> None:
    given = {**MUST.facts, "citizen": {**MUST.facts["citizen"], fact: None}}

    assessment = assess(facts_from_dict(given), law())

    assert assessment.outcome == "undecided"
    assert assessment.missing == (f"citizen.{fact}",)
    assert any(finding.question.startswith("Spørg:") for finding in assessment.findings)


def test_a_day_without_law_names_no_figure_to_the_user() -> None:
    with pytest.raises(NotInForce, match=r"^Loven for denne dag er endnu ikke lagt ind\.$"):
        assess(facts_from_dict({"date": "2009-12-31"}), law())
