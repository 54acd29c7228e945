"""Tests that hours have one exact text, read back to the same minutes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.hours import hours_figure, hours_short, hours_words

MINUTES = st.integers(-60_000, 600_000)


def minutes_of(text: str) -> int:
    """Return the minutes of a text of hours as a person reads it."""
    sign, bare = (-1, text[1:]) if text.startswith("−") else (1, text)
    bare = bare.replace(".", "").replace(",", ".")
    hours = re.search(r"([0-9.]+)(?: t\b| time|$)", bare)
    rest = re.search(r"([0-9]+) min", bare)
    exact = (float(hours[1]) * 60 if hours else 0) + (int(rest[1]) if rest else 0)
    assert exact == pytest.approx(round(exact))
    return sign * round(exact)


@pytest.mark.parametrize(
    ("minutes", "figure", "short", "words"),
    [
        (0, "0", "0 t", "0 timer"),
        (60, "1", "1 t", "1 time"),
        (45, "0,75", "0,75 t", "45 minutter"),
        (150, "2,5", "2,5 t", "2 timer og 30 minutter"),
        (50, "50 min", "50 min", "50 minutter"),
        (110, "1 t 50 min", "1 t 50 min", "1 time og 50 minutter"),
        (61, "1 t 1 min", "1 t 1 min", "1 time og 1 minut"),
        (-90, "−1,5", "−1,5 t", "−1 time og 30 minutter"),
        (75_000, "1.250", "1.250 t", "1.250 timer"),
    ],
)
def test_hours_are_said_exactly(minutes: int, figure: str, short: str, words: str) -> None:
    assert (hours_figure(minutes), hours_short(minutes), hours_words(minutes)) == (figure, short, words)


@given(MINUTES)
def test_no_text_of_hours_loses_a_minute(minutes: int) -> None:
    assert minutes_of(hours_figure(minutes)) == minutes
    assert minutes_of(hours_short(minutes)) == minutes
    assert minutes_of(hours_words(minutes)) == minutes
