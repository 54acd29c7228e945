"""Rammens forløb: planned months, the running sum and the day the frame is used up."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.forecast import (
    Commitment,
    day_reached,
    delivered_cost,
    expected_totals,
    month_of,
    planned_by_month,
    running_totals,
)
from jobcenter_mentor.domain.periods import Period

TWO_HOURS = Commitment(Period(date(2014, 10, 20), date(2015, 4, 19)), 120, 30_000)


def test_a_month_runs_from_its_first_to_its_last_day() -> None:
    assert month_of(2014, 12) == Period(date(2014, 12, 1), date(2014, 12, 31))
    assert month_of(2016, 2).days == 29


def test_a_course_costs_its_days_in_each_month() -> None:
    planned = planned_by_month([TWO_HOURS], year=2014, after=date(2014, 10, 15))

    assert planned[:9] == [0] * 9
    assert planned[9:] == [102_857, 257_143, 265_714]


def test_only_days_after_the_working_day_are_planned() -> None:
    assert planned_by_month([TWO_HOURS], year=2014, after=date(2014, 12, 30))[11] == 8_571
    assert planned_by_month([TWO_HOURS], year=2014, after=date(2015, 4, 19)) == [0] * 12


def test_a_place_mentor_is_divided_between_the_places() -> None:
    shared = Commitment(TWO_HOURS.period, 120, 30_000, share=4)

    assert planned_by_month([shared], year=2014, after=date(2014, 11, 30))[11] == 66_429
    assert delivered_cost(90, 30_000, 4) == 11_250


def test_held_minutes_cost_their_part_of_an_hour_half_away_from_zero() -> None:
    assert delivered_cost(90, 30_000) == 45_000
    assert delivered_cost(1, 30) == 1


def test_the_running_sum_ends_today() -> None:
    points = running_totals(2014, [100, 200, 300, *[0] * 9], until=date(2014, 3, 15))

    assert points == [
        (date(2013, 12, 31), 0),
        (date(2014, 1, 31), 100),
        (date(2014, 2, 28), 300),
        (date(2014, 3, 15), 600),
    ]


def test_the_expected_sum_goes_on_from_today_to_new_year() -> None:
    points = expected_totals((date(2014, 10, 15), 1_000), [0] * 9 + [10, 20, 30])

    assert points == [(date(2014, 10, 31), 1_010), (date(2014, 11, 30), 1_030), (date(2014, 12, 31), 1_060)]
    assert expected_totals((date(2014, 12, 31), 1_000), [0] * 12) == []


def test_the_frame_is_used_up_where_the_line_crosses_it() -> None:
    points = [(date(2014, 10, 31), 1_000), (date(2014, 11, 30), 4_000)]

    assert day_reached(points, 2_000) == date(2014, 11, 10)
    assert day_reached(points, 4_000) is None
    assert day_reached(points, 9_000) is None


@given(st.integers(1, 366), st.integers(1, 2_220), st.integers(1, 60_000))
def test_the_months_of_a_course_within_a_year_sum_to_its_cost(days: int, minutes: int, price: int) -> None:
    period = Period(date(2016, 1, 1), date.fromordinal(date(2016, 1, 1).toordinal() + days - 1))

    planned = planned_by_month([Commitment(period, minutes, price)], year=2016, after=date(2015, 12, 31))

    assert abs(sum(planned) - minutes * days * price / 420) <= 6.5
