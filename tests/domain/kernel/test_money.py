"""Tests of whole øre, one rounding rule and shares that sum exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.money import (
    format_kroner,
    from_decimal,
    parse_kroner,
    percent_half_away,
    round_half_away,
    share,
    to_decimal_string,
)

amounts = st.integers(min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("1.234,50", 123450),
        ("1234,50", 123450),
        ("kr. 450,-", 45000),
        ("450 kr.", 45000),
        ("450,- kr", 45000),
        ("1 234", 123400),
        ("5.180.000", 518_000_000),
        ("1\u00a0234,5", 123450),
        ("1234.50", 123450),
        ("412,5", 41250),
        ("-12,00", -1200),
        ("0", 0),
        ("DKK 7", 700),
    ],
)
def test_danish_amounts_are_read(text: str, ore: int) -> None:
    assert parse_kroner(text) == ore


@pytest.mark.parametrize(
    "text", ["1.234", "1,234.50", "1,234", "12.34,50", "tolv", "", "1.234,567", "5.18.000", "1e3", "٤٥", "1,2,3"]
)
def test_an_amount_that_can_be_read_in_two_ways_or_none_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_kroner(text)

    assert refused.value.code == "number_format"


@given(amounts)
def test_a_shown_amount_reads_back_to_itself(ore: int) -> None:
    assert parse_kroner(format_kroner(ore)) == ore
    assert from_decimal(Decimal(to_decimal_string(ore))) == ore


def test_amounts_are_shown_in_danish_and_for_machines() -> None:
    assert [format_kroner(ore) for ore in (123450, -5, 100000000)] == ["1.234,50", "-0,05", "1.000.000,00"]
    assert [to_decimal_string(ore) for ore in (123450, -5)] == ["1234.50", "-0.05"]


@pytest.mark.parametrize("amount", [Decimal("0.001"), Decimal("NaN"), Decimal("Infinity")])
def test_an_amount_finer_than_an_ore_is_refused(amount: Decimal) -> None:
    with pytest.raises(DomainError, match="decimaler"):
        from_decimal(amount)


def test_halves_are_rounded_away_from_zero() -> None:
    assert [round_half_away(Fraction(n, 2)) for n in (1, -1, 3, -3, 2)] == [1, -1, 2, -2, 1]
    assert percent_half_away(10001, Decimal("0.50")) == 5001


@given(amounts, st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_shares_sum_exactly_and_none_is_an_ore_from_its_part(amount: int, weights: list[int]) -> None:
    parts = share(amount, weights)

    assert sum(parts) == amount
    assert all(abs(Fraction(amount * w, sum(weights)) - part) < 1 for w, part in zip(weights, parts, strict=True))


def test_the_largest_remainder_gets_the_spare_ore_and_the_first_of_equals() -> None:
    assert share(100, [1, 1, 1]) == [34, 33, 33]
    assert share(-100, [1, 1, 1]) == [-34, -33, -33]
    assert share(10, [1, 2]) == [3, 7]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_an_amount_cannot_be_shared_without_weights(weights: list[int]) -> None:
    with pytest.raises(DomainError):
        share(100, weights)
