"""Tests that both days count, months follow the law, and working days fall between Danish holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.periods import (
    Period,
    add_working_days,
    is_working_day,
    last_day_of_months,
    month_of,
    months_before,
)

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))
lengths = st.integers(min_value=0, max_value=2000)


def test_both_days_are_counted() -> None:
    assert Period(date(2014, 5, 5), date(2014, 5, 5)).days == 1
    assert [Period(date(2014, 5, 5), date(2014, 5, last)).weeks for last in (5, 11, 12)] == [1, 1, 2]


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(DomainError, match="Slutdatoen ligger før startdatoen") as refused:
        Period(date(2014, 5, 5), date(2014, 5, 4))

    assert refused.value.code == "date_order"


def test_overlap_is_what_both_hold() -> None:
    may, june = Period(date(2014, 5, 1), date(2014, 5, 31)), Period(date(2014, 5, 31), date(2014, 6, 30))

    assert may.overlap(june) == Period(date(2014, 5, 31), date(2014, 5, 31))
    assert may.overlap(Period(date(2014, 6, 1), date(2014, 6, 1))) is None
    assert may.contains(date(2014, 5, 31))
    assert not may.contains(date(2014, 6, 1))


@given(days, lengths)
def test_the_years_of_a_period_hold_each_day_once(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    years = period.split_by_year()

    assert sum(year.days for year in years) == period.days
    assert all(year.first.year == year.last.year for year in years)
    assert (years[0].first, years[-1].last) == (period.first, period.last)


@given(days, lengths)
def test_the_months_of_a_period_hold_each_day_once(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))

    months = period.split_by_month()

    assert (months[0].first, months[-1].last) == (period.first, period.last)
    assert sum(month.days for month in months) == period.days
    assert all((month.first.year, month.first.month) == (month.last.year, month.last.month) for month in months)


def test_a_month_runs_from_its_first_to_its_last_day() -> None:
    assert month_of(2014, 12) == Period(date(2014, 12, 1), date(2014, 12, 31))
    assert month_of(2016, 2).days == 29


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2014-01-13", "2014-07-12"),
        ("2014-08-31", "2015-02-28"),
        ("2015-08-31", "2016-02-29"),
        ("2014-08-29", "2015-02-28"),
        ("2014-08-28", "2015-02-27"),
        ("2014-10-31", "2015-04-30"),
        ("2014-07-01", "2014-12-31"),
        ("2016-02-29", "2016-08-28"),
    ],
)
def test_six_months_end_the_day_before_the_same_date(start: str, last: str) -> None:
    assert last_day_of_months(date.fromisoformat(start), 6) == date.fromisoformat(last)


@given(days)
def test_six_months_are_181_to_184_days(start: date) -> None:
    assert 181 <= (last_day_of_months(start, 6) - start).days + 1 <= 184


@pytest.mark.parametrize(
    ("day", "before"), [("2014-05-31", "2014-02-28"), ("2016-05-31", "2016-02-29"), ("2014-03-15", "2013-12-15")]
)
def test_three_months_before_is_the_same_date_or_the_last_of_the_month(day: str, before: str) -> None:
    assert months_before(date.fromisoformat(day), 3) == date.fromisoformat(before)


@pytest.mark.parametrize("off", ["2014-05-03", "2014-05-04", "2014-04-18", "2014-05-01", "2014-06-05", "2014-12-24"])
def test_weekends_holidays_and_the_days_off_by_custom_are_not_working_days(off: str) -> None:
    assert not is_working_day(date.fromisoformat(off))


def test_working_days_skip_christmas_and_start_the_day_after() -> None:
    assert add_working_days(date(2014, 12, 23), 1) == date(2014, 12, 29)
    assert add_working_days(date(2014, 5, 5), 5) == date(2014, 5, 12)
    assert add_working_days(date(2014, 5, 3), 0) == date(2014, 5, 3)
