"""Tests of Danish working days over Easter and New Year, and of how far a deadline may be postponed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.periods import add_working_days
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import (
    case_time_expected,
    contract_reports,
    discharge_planning,
    latest_snooze,
    monthly_reports,
    working_days_before,
)

EASTER = date(2014, 4, 16)
"""The Wednesday before Maundy Thursday; work begins again on Tuesday the 22nd."""


@pytest.mark.parametrize(
    ("on", "days", "latest"),
    [
        (date(2014, 10, 15), 0, date(2014, 10, 15)),
        (date(2014, 10, 13), 1, date(2014, 10, 12)),
        (date(2014, 4, 21), 1, date(2014, 4, 15)),
        (date(2014, 4, 22), 1, date(2014, 4, 21)),
        (date(2015, 1, 2), 2, date(2014, 12, 29)),
    ],
)
def test_a_deadline_is_so_many_working_days_old(on: date, days: int, latest: date) -> None:
    assert working_days_before(on, days) == latest


@given(st.dates(date(2012, 1, 1), date(2024, 12, 31)), st.integers(0, 12))
def test_the_limit_is_the_other_way_round_of_counting_on(on: date, days: int) -> None:
    latest = working_days_before(on, days)

    assert add_working_days(latest, days) <= on < add_working_days(latest + timedelta(days=1), days)


def test_the_law_waits_for_nobody_and_a_local_rule_ten_working_days(law: Law) -> None:
    assert latest_snooze(EASTER, "law", law.on(EASTER)) == EASTER
    assert latest_snooze(EASTER, "local", law.on(EASTER)) == date(2014, 5, 6)
    assert latest_snooze(EASTER, "agreement", law.on(EASTER)) == date(2014, 5, 6)


def test_a_report_is_due_each_month_of_the_course_also_from_the_31st(law: Law) -> None:
    reports = monthly_reports(start=date(2015, 12, 31), end=date(2016, 3, 31), law=law.on(date(2015, 12, 1)))

    assert [report.due for report in reports] == [date(2016, 1, 31), date(2016, 2, 29)]
    assert {report.authority for report in reports} == {"agreement"}


def test_a_contract_asks_for_a_report_of_each_so_many_weeks_and_of_what_is_left() -> None:
    reports = contract_reports(start=date(2014, 9, 1), end=date(2014, 10, 31), weeks=4, days=7, contract="2014/7")

    assert [report.due for report in reports] == [date(2014, 10, 5), date(2014, 11, 2), date(2014, 11, 7)]
    assert reports[0].what == "Leverandørens rapport til og med 28.09.2014 skal være modtaget"
    last = contract_reports(start=date(2014, 9, 1), end=date(2014, 9, 28), weeks=4, days=0, contract="2014/7")
    assert [report.due for report in last] == [date(2014, 9, 28)]


def test_discharge_is_planned_three_months_ahead_or_at_once() -> None:
    assert discharge_planning(date(2014, 5, 31), on=date(2014, 1, 2)).due == date(2014, 2, 28)
    assert discharge_planning(date(2014, 5, 31), on=date(2014, 5, 2)).due == date(2014, 5, 2)


def test_a_case_that_takes_longer_is_due_on_the_day_the_citizen_was_told() -> None:
    deadline = case_time_expected(EASTER)

    assert (deadline.due, deadline.authority) == (EASTER, "law")
