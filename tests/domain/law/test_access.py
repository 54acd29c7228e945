"""Tests of the deadline of access over Easter and other holidays, page numbers as typed, and sections in words."""

from datetime import date

import pytest

from jobcenter_mentor.domain.kernel.errors import NotInForce, ValidationFailed
from jobcenter_mentor.domain.law.access import access_deadline, expected_answer, pages_words, read_pages, section_words
from jobcenter_mentor.domain.law.law import Law


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2014, 10, 6), date(2014, 10, 15)),
        (date(2014, 4, 14), date(2014, 4, 28)),
        (date(2026, 4, 1), date(2026, 4, 15)),
        (date(2014, 5, 8), date(2014, 5, 20)),
        (date(2026, 4, 27), date(2026, 5, 7)),
        (date(2026, 12, 18), date(2027, 1, 4)),
    ],
    ids=["plain week", "Easter 2014", "Easter 2026", "Store bededag 2014", "no Store bededag 2026", "Christmas"],
)
def test_the_clock_counts_seven_working_days_from_the_day_after(law: Law, received: date, due: date) -> None:
    deadline = access_deadline(received, law.on(received))

    assert (deadline.due, deadline.authority) == (due, "law")
    assert deadline.section == "forvaltningsloven § 16, stk. 2"


def test_before_the_act_was_in_force_no_clock_is_invented(law: Law) -> None:
    with pytest.raises(NotInForce):
        access_deadline(date(2013, 12, 30), law.on(date(2013, 12, 30)))


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("", ()), ("2", (2,)), ("2-3, 5", (2, 3, 5)), ("5,2–3", (2, 3, 5)), (" 1 - 2 ", (1, 2)), ("3,3", (3,))],
)
def test_pages_are_read_as_they_are_typed(typed: str, pages: tuple[int, ...]) -> None:
    assert read_pages(typed) == pages
    assert read_pages(pages_words(pages)) == pages


@pytest.mark.parametrize("typed", ["0", "3-2", "to", "1-", "-1", "٣", "99999", "1;2"])
def test_what_is_no_page_is_told_at_the_field(typed: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        read_pages(typed)

    assert set(refused.value.errors) == {"pages"}


def test_a_section_is_written_as_the_act_writes_it() -> None:
    assert section_words("15b") == "forvaltningsloven § 15 b"
    assert section_words("12") == "forvaltningsloven § 12"


def test_a_promised_answer_has_the_promised_day() -> None:
    deadline = expected_answer(date(2014, 11, 3))

    assert (deadline.due, deadline.authority) == (date(2014, 11, 3), "law")
