"""Tests of quotas, pairing and the national tables over twenty seeds."""

from random import Random

import pytest

from jobcenter_mentor_demo.drawing import Drawn, draw, quotas
from jobcenter_mentor_demo.municipality import SIZES
from jobcenter_mentor_demo.stories import STORIES
from tests.demo.tables import First, p_value, p_values

KNOWN = {2013: [], 2014: [story.drawn for story in STORIES]}
SEEDS = range(20)


def a_year(year: int, seed: int, size: str = "S") -> list[Drawn]:
    return draw(year, SIZES[size].newcomers[year], Random(seed), KNOWN[year])


def counted(drawn: list[Drawn]) -> list[First]:
    return [First(d.year, d.support, d.age, d.sex, d.form, d.minutes, d.visitation) for d in drawn]


@pytest.mark.parametrize("year", [2013, 2014])
def test_the_tables_hold_in_at_least_nineteen_of_twenty_seeds(year: int) -> None:
    by_seed = [p_values(counted(a_year(year, seed)), year) for seed in SEEDS]

    for table in by_seed[0]:
        assert sum(found[table] > 0.01 for found in by_seed) >= 19, table


def test_a_skewed_municipality_fails_the_tables() -> None:
    alike = [First(2014, "SU", 22, "K", "individual", 60, None)] * 400

    assert max(p_values(alike, 2014).values()) < 0.01


def test_the_tables_hold_for_ten_thousand_too() -> None:
    assert min(p_values(counted(a_year(2013, 1, "M")), 2013).values()) > 0.01


def test_quotas_sum_and_follow_the_shares() -> None:
    assert quotas({"a": 50.0, "b": 30.0, "c": 20.0}, 7) == {"a": 4, "b": 2, "c": 1}


def test_uddannelseshjaelp_is_for_those_under_thirty_and_from_2014() -> None:
    drawn = [*a_year(2013, 3), *a_year(2014, 3)]

    assert all(d.age < 30 and d.year == 2014 for d in drawn if d.benefit == "uddannelseshjaelp")


def test_a_child_supports_itself() -> None:
    drawn = [d for seed in SEEDS for d in a_year(2013, seed) if d.age < 18]

    assert drawn
    assert {d.benefit for d in drawn} == {"selvforsoergende"}


def test_the_same_seed_draws_the_same_people() -> None:
    assert a_year(2014, 5) == a_year(2014, 5) != a_year(2014, 6)


def test_small_cells_are_pooled() -> None:
    assert p_value({"a": 97, "b": 3}, {"a": 96.0, "b": 2.0, "c": 2.0}) > 0.5
