"""Where the rules once stood wrong: each such reading has its cases, on both sides of each date, from the wording."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.law.law import Law, Parameter
from jobcenter_mentor.platform.law_figures.loader import law
from jobcenter_mentor.platform.law_figures.worked_cases import ABSENT, WorkedCase, load_cases, run_case
from tests.platform.law_figures.test_mutations import FIGURES, readers, some_case_fails

CASES = [case for case in load_cases(resource_dir("rules")) if case.row is not None]
DAY = timedelta(days=1)
DAYS_OF_ROW: dict[int, tuple[str, ...]] = {
    1: ("2020-01-01", "2022-01-01", "2027-01-01"),
    2: ("2020-01-01",),
    3: ("2025-07-01",),
    4: ("2020-01-01",),
    5: ("2022-05-22",),
    6: ("2024-03-22",),
    7: ("2024-03-22",),
    8: ("2013-07-01", "2020-01-01"),
    9: ("2013-04-24", "2014-01-01", "2020-01-01"),
    10: ("2022-01-01", "2024-01-01"),
    11: ("2014-01-01", "2020-01-01"),
    12: ("2020-01-01",),
    13: ("2013-01-01", "2013-04-24"),
    14: ("2011-06-23", "2014-01-01"),
    15: ("2010-04-28", "2011-06-23", "2014-01-01"),
    16: ("2020-01-01", "2022-05-22"),
    17: ("2014-01-01", "2020-01-01"),
    18: ("2020-01-01",),
    19: ("2014-01-01", "2016-01-01"),
    20: ("2014-01-01", "2020-01-01"),
    21: ("2024-03-22",),
    22: (),
}
"""The days on which the reading of each row changes."""


def days_of(case: WorkedCase) -> set[date]:
    return {day for name in ("date", "day", "received", "granted", "told") if (day := case.facts.get(name)) is not None}


def test_there_are_a_thousand_worked_cases() -> None:
    assert len(load_cases(resource_dir("rules"))) >= 1000


def test_the_two_examples_of_cost_without_transport_are_kept_apart() -> None:
    """E10 is 14,000 kr. less 2,400; 10,000 less 1,500 is an example of its own."""
    costs = {
        case.name[:3]: (case.facts["request"]["cost"], case.expect["reimbursement"]["base"])
        for case in load_cases(resource_dir("rules"))
        if case.path.stem == "e6_e11" and "cost_excluded" in case.facts["request"]
    }

    assert costs == {"E10": (Decimal("14000.00"), "11600.00"), "Et ": (Decimal("10000.00"), "8500.00")}


def test_each_row_has_six_cases() -> None:
    found = Counter(case.row for case in CASES)

    assert set(found) == set(DAYS_OF_ROW)
    assert {row: count for row, count in found.items() if count < 6} == {}


def test_each_row_has_a_case_on_the_day_of_change_and_on_the_day_before() -> None:
    told: dict[int | None, set[date]] = defaultdict(set)
    for case in CASES:
        told[case.row] |= days_of(case)
    wanted = {(row, day) for row, days in DAYS_OF_ROW.items() for text in days for day in sides(text)}

    assert {(row, day) for row, day in wanted if day not in told[row]} == set()


def sides(text: str) -> tuple[date, date]:
    day = date.fromisoformat(text)
    return day - DAY, day


@cache
def section(text: str, number: str) -> str:
    page = (resource_dir("rules") / "sources" / f"{text}.md").read_text(encoding="utf-8")
    found = re.search(rf"^### § {number}\n(.*?)(?=^### |\Z)", page, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_case_quotes_the_section_letter_by_letter(case: WorkedCase) -> None:
    quoted = re.fullmatch(r"(\d{4}_\d+) § (\w+): (.+)", case.wording)

    assert quoted is not None
    assert quoted[3] in section(quoted[1], quoted[2])


def leaves(expected: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(expected, dict) and expected:
        for name, value in expected.items():
            yield from leaves(value, (*path, name))
    else:
        yield path


def changed(expected: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return the expectation with one answer changed by hand."""
    name, *rest = path
    if rest:
        return {**expected, name: changed(expected[name], tuple(rest))}
    value = expected[name]
    if isinstance(value, bool) or value is None:
        return {**expected, name: not value}
    if isinstance(value, list):
        return {**expected, name: [*value, "x"]}
    return {
        **expected,
        name: value + 1 if isinstance(value, int) else "noget andet" if value == ABSENT else f"{value}x",
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_changing_any_answer_of_a_case_by_hand_fails_it(case: WorkedCase) -> None:
    for path in leaves(dict(case.expect)):
        assert run_case(replace(case, expect=changed(dict(case.expect), path)), law()) != [], path


def moved(parameter: Parameter, index: int, days: int) -> Law:
    """Return the law with one date of a figure moved."""
    values = list(parameter.values)
    values[index] = replace(values[index], valid_from=values[index].valid_from + timedelta(days=days))
    parts = {name: law().parameter(name) for name in law().names()}
    return Law({**parts, parameter.name: replace(parameter, values=tuple(values))})


def dates() -> Iterator[Any]:
    """Every day on which a figure changes, moved one day each way; a new source for the same value changes nothing."""
    for name in FIGURES:
        values = law().parameter(name).values
        for index, dated in enumerate(values[1:], 1):
            if dated.value != values[index - 1].value:
                for days in (-1, 1):
                    yield pytest.param(name, index, days, id=f"{name} {dated.valid_from} {days:+}")


@pytest.mark.parametrize(("name", "index", "days"), list(dates()))
def test_moving_a_date_of_a_figure_by_one_day_fails_a_case(name: str, index: int, days: int) -> None:
    assert some_case_fails(moved(law().parameter(name), index, days), readers()[name])
