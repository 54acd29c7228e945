"""Tests of the running sum of a frame and the day the frame is used up."""

from datetime import date

from jobcenter_mentor.domain.forecast.year_end import day_reached, running_totals
from jobcenter_mentor.domain.kernel.money import delivered_cost


def test_held_minutes_cost_their_part_of_an_hour_half_away_from_zero() -> None:
    assert delivered_cost(90, 30_000) == 45_000
    assert delivered_cost(1, 30) == 1
    assert delivered_cost(90, 30_000, 4) == 11_250


def test_the_running_sum_ends_today() -> None:
    points = running_totals(2014, [100, 200, 300, *[0] * 9], until=date(2014, 3, 15))

    assert points == [
        (date(2013, 12, 31), 0),
        (date(2014, 1, 31), 100),
        (date(2014, 2, 28), 300),
        (date(2014, 3, 15), 600),
    ]


def test_the_frame_is_used_up_where_the_line_crosses_it() -> None:
    points = [(date(2014, 10, 31), 1_000), (date(2014, 11, 30), 4_000)]

    assert day_reached(points, 2_000) == date(2014, 11, 10)
    assert day_reached(points, 4_000) is None
    assert day_reached(points, 9_000) is None
