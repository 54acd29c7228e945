"""Tests that each day's cost is in its own year, sums are exact, and nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.kernel.money import period_cost
from jobcenter_mentor.domain.law.assessment import Reimbursement
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.refund_ways import AgreedGroup, way_on
from jobcenter_mentor.domain.law.reimbursement import reimburse, split_cost
from jobcenter_mentor.platform.law_figures import loader

DAY = date(2014, 5, 5)
ACTIVITY_READY = AgreedGroup(3, DAY, discharge_right=False)
REQUEST = {"start": "2014-12-22", "end": "2015-01-10", "hours_per_week": 2}


def refund_of(law: Law, remaining: object = 1000000, **request: object) -> Reimbursement:
    given = {"date": "2014-12-01", "request": {**REQUEST, **request}, "budget": {"frame_remaining": remaining}}
    return reimburse(facts_from_dict(given), ACTIVITY_READY, law)


def test_a_week_costs_its_hours_times_the_price() -> None:
    assert split_cost(120, date(2014, 5, 5), date(2014, 5, 11), 30000) == [(2014, 60000)]


def test_the_days_over_new_year_fall_in_their_own_years() -> None:
    assert split_cost(120, date(2014, 12, 29), date(2015, 1, 4), 30000) == [(2014, 25714), (2015, 34286)]


@given(
    st.integers(0, 168 * 60),
    st.dates(date(2010, 1, 1), date(2020, 1, 1)),
    st.integers(0, 1500),
    st.integers(0, 10**6),
)
def test_the_years_sum_exactly_to_the_cost_of_the_period(minutes: int, first: date, length: int, price: int) -> None:
    parts = split_cost(minutes, first, first + timedelta(days=length), price)

    assert sum(cost for _, cost in parts) == period_cost(minutes, length + 1, price)
    assert [year for year, _ in parts] == list(range(first.year, (first + timedelta(days=length)).year + 1))


def test_the_frame_is_used_from_the_first_part_on(law: Law) -> None:
    refund = refund_of(law, remaining=1200, cost=2000)

    assert [(part.base, part.amount) for part in refund.parts] == [(100000, 50000), (100000, 10000)]
    assert (refund.amount, refund.own_cost) == (60000, 140000)


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(1, 12))
def test_parts_sum_to_the_whole_and_nothing_is_paid_twice(cost: int, remaining: int, places: int) -> None:
    refund = refund_of(loader.law(), remaining / 100, cost=cost / 100, place_share=places)

    assert sum(part.base for part in refund.parts) == refund.base
    assert sum(part.amount for part in refund.parts) == refund.amount
    assert refund.amount <= (min(refund.base, remaining) + 1) // 2
    assert abs((refund.amount + refund.own_cost) * places - cost) <= places


def test_a_price_without_hours_gives_no_cost(law: Law) -> None:
    refund = refund_of(law, hourly_rate=300, hours_per_week=None)

    assert (refund.base, refund.amount, refund.parts) == (None, None, ())


def test_a_mentor_who_costs_nothing_costs_nothing(law: Law) -> None:
    refund = refund_of(law, cost=0)

    assert (refund.base, refund.amount, refund.own_cost) == (0, 0, 0)


def test_an_excluded_cost_above_the_cost_leaves_nothing_to_refund(law: Law) -> None:
    assert refund_of(law, hourly_rate=1, cost_excluded=1000).base == 0


def test_a_group_in_none_of_the_lists_is_not_guessed(law: Law) -> None:
    with pytest.raises(NotInForce, match="Målgruppe 15 findes ikke"):
        way_on(AgreedGroup(15, DAY, discharge_right=False), law.on(DAY))


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 6, 1)], ids=str)
def test_a_group_that_is_not_there_that_day_is_named_with_those_that_are(law: Law, day: date) -> None:
    with pytest.raises(NotInForce, match=rf"Målgruppe 14 findes ikke den {day:%d.%m.%Y}. Vælg en af 0 til 13."):
        way_on(AgreedGroup(14, day, discharge_right=False), law.on(day))
