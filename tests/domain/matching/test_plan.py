"""Tests that a plan breaks no limit, its bound is confirmed by HiGHS, and the order given doesn't matter."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bench_match import broken, highs, points
from benchmarks.matchdata import made_up
from jobcenter_mentor.domain.matching.pairs import Need, Offer
from jobcenter_mentor.domain.matching.plan import solve
from jobcenter_mentor.domain.matching.points import points_of
from jobcenter_mentor.domain.matching.precedence import law_first
from jobcenter_mentor.domain.matching.prices import Problem, bound_at
from jobcenter_mentor.domain.matching.ranking import score
from tests.domain.matching.test_ranking import needs, offers


@st.composite
def corps(draw):
    """Return a small waiting list, with hours of any length and limits anywhere."""
    citizens, mentors = draw(st.integers(0, 7)), draw(st.integers(0, 4))
    grid = st.lists(st.integers(0, 120), min_size=citizens * mentors, max_size=citizens * mentors)
    values = np.array(draw(grid), dtype=np.int64).reshape(citizens, mentors)
    needs = np.array(draw(st.lists(st.integers(1, 300), min_size=citizens, max_size=citizens)), dtype=np.int64)
    rooms = np.array(draw(st.lists(st.integers(0, 600), min_size=mentors, max_size=mentors)), dtype=np.int64)
    return Problem(tuple(range(1, citizens + 1)), tuple(range(1, mentors + 1)), values, needs, rooms)


@given(corps())
@settings(max_examples=15, deadline=None)
def test_no_limit_is_broken_and_the_bound_lies_above_the_best(problem):
    found = solve(problem)

    assert broken(problem, found.placed) == 0
    assert points(problem, found.placed) == found.value <= found.bound
    if (problem.values > 0).any():
        best, _ = highs(problem)
        assert points(problem, best) <= found.bound


@given(corps(), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_given_does_not_matter(problem, random):
    rows, columns = list(range(len(problem.citizens))), list(range(len(problem.mentors)))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = Problem(
        tuple(problem.citizens[i] for i in rows),
        tuple(problem.mentors[j] for j in columns),
        problem.values[np.ix_(rows, columns)],
        problem.needs[rows],
        problem.rooms[columns],
    )

    assert solve(shuffled) == solve(problem)


@given(
    corps(), st.lists(st.integers(0, 300), min_size=4, max_size=4), st.lists(st.floats(0, 2), min_size=4, max_size=4)
)
@settings(max_examples=15, deadline=None)
def test_more_hours_never_lower_the_bound(problem, more, prices):
    roomier = replace(problem, rooms=problem.rooms + np.array(more[: len(problem.mentors)], dtype=np.int64))
    at = np.array(prices[: len(problem.mentors)])

    assert bound_at(roomier, at) >= bound_at(problem, at)
    assert solve(roomier).bound >= solve(problem).value


def test_a_middling_list_comes_close_to_its_bound():
    problem = made_up(120, 20, 5)

    found = solve(problem)

    assert found.value >= 0.97 * found.bound
    assert broken(problem, found.placed) == 0


@given(corps(), st.sets(st.integers(1, 7)))
@settings(max_examples=25, deadline=None)
def test_no_course_of_the_law_is_left_out_for_another(problem, demanded):
    kept = law_first(problem, solve(problem), demanded)

    assert broken(problem, kept.placed) == 0
    assert points(problem, kept.placed) == kept.value <= kept.bound
    for i in (i for i in demanded & set(problem.citizens) if i not in kept.placed):
        for mentor, room in zip(problem.mentors, problem.rooms, strict=True):
            firm = sum(problem.needs[k - 1] for k, j in kept.placed.items() if j == mentor and k in demanded)
            assert problem.values[i - 1, mentor - 1] == 0 or firm + problem.needs[i - 1] > room


@pytest.mark.parametrize("seed", [1, 2])
def test_after_an_absence_at_most_five_percent_of_the_untouched_pairs_move(seed):
    problem = made_up(120, 20, seed)
    before = solve(problem).placed
    values = problem.values.copy()
    values[:, 6] = 0

    after = solve(replace(problem, values=values), before)

    untouched = {citizen: mentor for citizen, mentor in before.items() if mentor != 7}
    moved = sum(after.placed.get(citizen) != mentor for citizen, mentor in untouched.items())
    assert moved <= 0.05 * len(untouched)
    assert broken(replace(problem, values=values), after.placed) == 0


@given(st.lists(needs, max_size=3), st.lists(offers, max_size=3, unique_by=lambda offer: offer.key))
@settings(max_examples=15, deadline=None)
def test_many_pairs_at_once_have_the_points_of_each(some: list[Need], others: list[Offer]):
    weights = {"hours": 50, "experience": 130}

    found = points_of(some, others, weights)

    for i, need in enumerate(some):
        for j, offer in enumerate(others):
            fit = score(need, offer, weights)
            assert found[i, j] == fit.points if not fit.blocked else found[i, j] < -(10**8)
