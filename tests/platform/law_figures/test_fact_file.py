"""Sager fra en fil: what stands there is what is read."""

from io import StringIO

import pytest

from jobcenter_mentor.platform.law_figures.fact_file import CaseFileRejected, read_cases


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2014-02-30", "2014-02-30"),
        ("7800.00", "7800.00"),
        ("2:30", "2:30"),
        ("010", "010"),
        ("9" * 5000, "9" * 5000),
        ("-3", -3),
        ("13", 13),
        ("false", False),
        ("null", None),
    ],
)
def test_a_value_is_read_as_it_stands(text: str, value: object) -> None:
    assert read_cases(StringIO(f"{{a: {text}}}")) == [{"a": value}]


def test_a_list_of_cases_stays_a_list() -> None:
    assert read_cases(StringIO('[{"id": 1}, {"id": 2}]')) == [{"id": 1}, {"id": 2}]


def test_a_name_that_stands_twice_is_refused_with_its_line() -> None:
    with pytest.raises(CaseFileRejected, match="Linje 2: »date« står to gange"):
        read_cases(StringIO("date: 2014-05-05\ndate: 2015-05-05\n"))


@pytest.mark.parametrize("text", ["", "tekst", "7", "{", "[" * 3000, "!!python/name:os.system x", "? [1, 2]\n: 3"])
def test_what_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(CaseFileRejected):
        read_cases(StringIO(text))
