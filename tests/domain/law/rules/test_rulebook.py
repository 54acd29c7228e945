"""Tests that a cached rule reads nothing but the facts of its cache key."""

import inspect
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from random import Random
from typing import Any

import pytest

from jobcenter_mentor import domain
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.law.facts import CaseFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.domain.law.law import Law

MODULES = [import_module(found.name) for found in walk_packages(domain.__path__, f"{domain.__name__}.")]
KEPT = {
    f"{module.__name__}.{name}": rule
    for module in MODULES
    for name, rule in inspect.getmembers(module, inspect.isfunction)
    if "answers" in inspect.getclosurevars(rule).nonlocals
}
DAYS = (date(2013, 5, 6), date(2014, 5, 5), date(2016, 2, 1), date(2020, 2, 3))
SOME_DAY, LATER = date(2014, 6, 2), date(2020, 3, 2)
GIVEN: dict[str, tuple[Any, ...]] = {
    "group": (None, 3, 5, 12, 13),
    "visitation": (None, "aktivitetsparat", "jobparat"),
    "cannot_because": (None, "personal", "other"),
    "age": (None, 25, 34),
    "situation": (None, "ordinaer_uddannelse", "fleksjob"),
    "education_kind": (None, "other", "study_or_job_qualifying"),
    "discharge_date": (None, SOME_DAY, LATER),
    "education_admission_date": (None, SOME_DAY, LATER),
    "start": (None, SOME_DAY, LATER),
    "minutes_per_week": (None, 120, 1200),
    "mentor_type": (None, "INT", "VIRK", "FRIV"),
    "place_share": (1, 4),
}


class Noting:
    """Facts or a law that record what is read of them; `parts` are recorded by their own fields."""

    def __init__(self, noted: Any, read: set[str], path: str = "", parts: tuple[str, ...] = ()) -> None:
        self._noted, self._read, self._path, self._parts = noted, read, path, parts

    def __getattr__(self, name: str) -> Any:
        if name in self._parts:
            return Noting(getattr(self._noted, name), self._read, f"{name}.")
        self._read.add(self._path + name)
        return getattr(self._noted, name)

    def __getitem__(self, name: str) -> Any:
        return self._noted[name]


def some_facts(chance: Random, day: date) -> CaseFacts:
    def drawn(names: Iterable[str]) -> dict[str, Any]:
        return {name: chance.choice(GIVEN.get(name, (None, True, False))) for name in names}

    asked = {"start", "minutes_per_week", "mentor_type", "place_share", "beyond_normal"}
    citizen = CitizenFacts(**drawn(CitizenFacts.__dataclass_fields__))
    return CaseFacts(day, citizen=citizen, request=RequestFacts(**drawn(sorted(asked))))


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_found_again_by_all_that_was_read(name: str, law: Law) -> None:
    """Run the rule without its cache; under a law that does not ask its question it gives nothing."""
    keys = set(inspect.getclosurevars(KEPT[name]).nonlocals["answers"].__reduce__()[1])
    chance, of_facts, of_law, asked = Random(name), set[str](), set[str](), 0

    for day, _ in product(DAYS, range(60)):
        facts = Noting(some_facts(chance, day), of_facts, parts=("citizen", "request"))
        with suppress(NotInForce, KeyError):
            inspect.unwrap(KEPT[name])(facts, Noting(law.on(day), of_law))
            asked += 1

    assert asked >= 60
    assert of_facts - keys == set()
    assert of_law & {"day", "at"} == set()
