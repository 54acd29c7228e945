"""Tests that each rule of the catalogue is asked, stated, calculated, a figure, or left out with its reason."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.law import (
    eligibility,
    refund_ways,
    reimbursement,
    right_and_duty,
    terms,
)
from jobcenter_mentor.domain.law.rules.catalogue import GUIDING, RULES
from jobcenter_mentor.domain.law.rules.rulebook import SAME_QUESTION, stated
from jobcenter_mentor.platform.law_figures.loader import law

README = (resource_dir("rules") / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([a-z0-9._-]+) \| ([a-z ]+) \| (.+) \|$", README, re.M)
ROWS = [row for row in ROWS if row[0] != "rule"]
CATALOGUE = {rule: (how, where) for rule, how, where in ROWS if how != "ours"}
NAMED = 146
"""The number of rule ids in the catalogue that the law was entered from."""


def is_function(path: str) -> bool:
    module, _, name = path.rpartition(".")
    return callable(getattr(import_module(f"jobcenter_mentor.domain.{module}"), name, None))


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "finding": lambda rule, where: rule in RULES.keys() - GUIDING or where in RULES,
    "guides": lambda rule, _: rule in GUIDING,
    "function": lambda _, where: is_function(where),
    "figure": lambda _, where: where in law().names(),
    "not carried": lambda rule, where: rule not in RULES and len(where) > 20,
}


def test_no_rule_of_the_catalogue_is_forgotten() -> None:
    assert len(CATALOGUE) == NAMED
    assert len(ROWS) == len({rule for rule, _, _ in ROWS})


@pytest.mark.parametrize("rule", CATALOGUE)
def test_a_rule_is_where_the_table_says(rule: str) -> None:
    how, where = CATALOGUE[rule]

    assert CHECKS[how](rule, where)


def test_every_rule_in_code_stands_in_the_table() -> None:
    assert set(RULES) <= {name for rule, _, where in ROWS for name in (rule, where)}
    assert {rule for by_law in SAME_QUESTION.values() for rule in by_law.values()} <= set(RULES)


def test_every_rule_says_section_source_and_confidence() -> None:
    sure = {"text", "prep", "sfi", "sec", "inf", "unconfirmed", "local"}

    assert [name for name, rule in RULES.items() if not (rule.question and rule.section and rule.source)] == []
    assert {rule.confidence for rule in RULES.values()} <= sure


def test_what_guides_is_stated_once_a_day_and_never_what_decides() -> None:
    today = law().on(date(2014, 5, 5))

    assert stated("lab2014.s31c.content", today) is stated("lab2014.s31c.content", today)
    assert str(stated("lab2014.s31c.content", today).answer).count(",") == 5
    with pytest.raises(TypeError, match=r"lab2014\.s31c\.duration"):
        stated("lab2014.s31c.duration", today)


MODULES = (right_and_duty, eligibility, refund_ways, reimbursement, terms)


def test_every_rule_function_names_its_act_and_section_in_its_docstring() -> None:
    functions = [
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and "Finding" in str(inspect.signature(function).return_annotation)
    ]

    words = ("LAB §", "LAB chapter", "The order's §", "The municipality's")
    assert [f.__name__ for f in functions if not (f.__doc__ or "").startswith(words)] == []
