"""Tests of a value on a day, its end, its source, and the municipality's own figures."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.law.law import DatedValue, Law, LocalFigureValue, Parameter, Source, Value

OLD, NEW = Source("LAB", "§ 1", ""), Source("LAB", "§ 2", "")


def a_law(*values: tuple[int, Value | None, Source], name: str = "mentor.tal") -> Law:
    dated = tuple(DatedValue(date(year, 1, 1), value, source) for year, value, source in values)
    return Law({name: Parameter(name, "Tal", "A figure.", "days", "law", date(2026, 1, 1), dated)})


def test_a_value_runs_until_the_next() -> None:
    law = a_law((2014, 7, OLD), (2016, 14, NEW))

    assert law.on(date(2015, 12, 31))["mentor.tal"] == 7
    assert law.on(date(2016, 1, 1))["mentor.tal"] == 14
    assert str(law.on(date(2016, 1, 1)).source("mentor.tal")) == "LAB § 2"


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2016, 1, 1)])
def test_before_and_after_there_is_no_value(day: date) -> None:
    with pytest.raises(NotInForce) as missing:
        a_law((2014, 7, OLD), (2016, None, NEW)).on(day)["mentor.tal"]

    assert (missing.value.parameter, missing.value.day) == ("mentor.tal", day)
    assert f"{day:%d.%m.%Y}" in missing.value.message


def test_a_figure_that_does_not_exist_is_named() -> None:
    with pytest.raises(NotInForce, match=r"mentor\.andet"):
        a_law((2014, 7, OLD)).on(date(2014, 1, 1)).whole("mentor.andet")


def test_a_local_figure_is_laid_over_and_the_law_itself_unchanged() -> None:
    law = a_law((2014, 7, OLD))

    with_local = law.with_figures([LocalFigureValue("mentor.tal", date(2015, 1, 1), 5, NEW)])

    assert [with_local.on(date(year, 6, 1))["mentor.tal"] for year in (2014, 2015)] == [7, 5]
    assert law.on(date(2015, 6, 1))["mentor.tal"] == 7
    assert law.names() == ["mentor.tal"]


def test_a_local_figure_of_the_same_date_replaces_the_default() -> None:
    law = a_law((2014, 7, OLD)).with_figures([LocalFigureValue("mentor.tal", date(2014, 1, 1), 5, NEW)])

    assert law.on(date(2014, 1, 1))["mentor.tal"] == 5


def test_each_kind_of_figure_is_read_as_its_kind() -> None:
    day = date(2014, 1, 1)

    assert a_law((2014, 7, OLD)).on(day).whole("mentor.tal") == 7
    assert a_law((2014, Decimal("0.5"), OLD)).on(day).decimal("mentor.tal") == Decimal("0.5")
    assert a_law((2014, True, OLD)).on(day).flag("mentor.tal") is True
    assert a_law((2014, "x", OLD)).on(day).text("mentor.tal") == "x"
    assert a_law((2014, (3,), OLD)).on(day).members("mentor.tal") == (3,)


def test_a_figure_of_another_kind_is_an_error_of_the_program() -> None:
    with pytest.raises(TypeError, match=r"mentor\.tal"):
        a_law((2014, True, OLD)).on(date(2014, 1, 1)).whole("mentor.tal")
