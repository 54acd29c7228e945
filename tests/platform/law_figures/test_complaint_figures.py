"""Klagens og aktindsigtens frister bevogtes: a moved date, another section or a lost row makes a worked case fail."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.law.law import DatedValue, Law
from jobcenter_mentor.platform.law_figures.loader import law
from jobcenter_mentor.platform.law_figures.worked_cases import WorkedCase, load_cases
from tests.platform.law_figures.test_corrections import moved, section
from tests.platform.law_figures.test_mutations import readers, some_case_fails

FIGURES = [name for name in law().names() if name.startswith(("decision.", "citation.complaint"))]
FIRST_DAY = date(2010, 1, 1)
"""Nothing is asked of a day before it, so a figure that begins on it may as well begin earlier."""
QUOTING = [case for case in load_cases(resource_dir("rules")) if case.path.parent.name == "complaints" and case.wording]


def rows() -> Iterator[Any]:
    for name in FIGURES:
        for index, dated in enumerate(law().parameter(name).values):
            yield pytest.param(name, index, id=f"{name} {dated.valid_from}")


def with_row(name: str, index: int, *instead: DatedValue) -> Law:
    """Return the law with one dated row of a figure replaced, or without it."""
    figure, parts = law().parameter(name), {other: law().parameter(other) for other in law().names()}
    values = (*figure.values[:index], *instead, *figure.values[index + 1 :])
    return Law({**parts, name: replace(figure, values=values)})


@pytest.mark.parametrize(("name", "index"), list(rows()))
def test_another_act_or_section_fails_a_case(name: str, index: int) -> None:
    row = law().parameter(name).values[index]
    acts = replace(row, source=replace(row.source, act="BEK nr. 1 af 1. januar 2010"))
    sections = replace(row, source=replace(row.source, section="§ 1"))

    assert some_case_fails(with_row(name, index, acts), readers()[name])
    assert some_case_fails(with_row(name, index, sections), readers()[name])


@pytest.mark.parametrize(("name", "index"), list(rows()))
def test_a_lost_row_fails_a_case(name: str, index: int) -> None:
    assert some_case_fails(with_row(name, index), readers()[name])


@pytest.mark.parametrize("days", [-1, 1])
@pytest.mark.parametrize(("name", "index"), list(rows()))
def test_a_date_moved_by_one_day_fails_a_case(name: str, index: int, days: int) -> None:
    row = law().parameter(name).values[index]
    if (row.valid_from, days) == (FIRST_DAY, -1):
        return
    assert some_case_fails(moved(law().parameter(name), index, days), readers()[name]), row.valid_from + timedelta(days)


@pytest.mark.parametrize("case", QUOTING, ids=lambda case: case.title)
def test_a_case_of_a_complaint_quotes_its_section_letter_by_letter(case: WorkedCase) -> None:
    quoted = re.fullmatch(r"(\d{4}_\d+) § (\w+): (.+)", case.wording)

    assert quoted is not None
    assert quoted[3] in section(quoted[1], quoted[2])
