"""Tests of CPR numbers as typed, their warnings and birth dates, and of CVR and P-numbers."""

from datetime import date

import pytest

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.identifiers import age_on, birth_date_of, check_cpr, check_cvr, mask_cpr, sex_of

TODAY = date(2014, 10, 15)
LATER = date(2036, 12, 31)
VALID = "0203364008"  # passes modulus 11 and belongs to nobody before 2036


@pytest.mark.parametrize("typed", [VALID, "020336-4008", "020336 4008", f" {VALID} "])
def test_a_cpr_number_is_ten_digits_however_it_is_typed(typed: str) -> None:
    checked = check_cpr(typed, LATER)

    assert (checked.number, checked.warnings) == (VALID, ())


def test_a_number_that_fails_modulus_11_is_accepted_with_a_warning() -> None:
    assert check_cpr("030483-1234", TODAY).warnings == ("cpr_mod11",)


def test_a_number_typed_as_a_number_gets_its_zero_back() -> None:
    checked = check_cpr(304831234, TODAY)

    assert (checked.number, checked.warnings) == ("0304831234", ("cpr_zero_restored", "cpr_mod11"))


def test_a_number_of_ten_digits_may_be_typed_as_a_number() -> None:
    assert check_cpr(2512489991, TODAY).number == "2512489991"


def test_a_replacement_number_has_sixty_added_to_the_day() -> None:
    checked = check_cpr("630483-1234", TODAY)

    assert checked.warnings == ("cpr_replacement",)
    assert birth_date_of(checked.number) == date(1983, 4, 3)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("030483123", "cpr_format"),
        ("03048312345", "cpr_format"),
        ("030483-12A4", "cpr_format"),
        ("٠٣٠٤٨٣١٢٣٤", "cpr_format"),
        ("1,5E+09", "cpr_format"),
        (30483123, "cpr_format"),
        ("310283-1234", "cpr_date"),
        ("001383-1234", "cpr_date"),
        ("161014-4000", "cpr_future"),
        ("151013-1000", "cpr_date"),
        ("010290-5000", "cpr_date"),
    ],
)
def test_a_number_that_cannot_be_anyones_is_refused_with_its_reason(typed: str | int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_cpr(typed, TODAY)

    assert refused.value.code == code
    assert str(typed) not in refused.value.message


def test_a_hundred_years_is_the_highest_age_and_the_refusal_says_where_to_look() -> None:
    assert check_cpr("151014-1000", TODAY).number == "1510141000"
    with pytest.raises(DomainError, match=r"er borgeren 101 år. Højst 100 år.*det syvende ciffer"):
        check_cpr("141013-1000", TODAY)


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("0102031000", 1903),
        ("0102034000", 2003),
        ("0102374000", 1937),
        ("0102365000", 2036),
        ("0102575000", 2057),
        ("0102585000", 1858),
        ("0102369000", 2036),
        ("0102379000", 1937),
    ],
)
def test_the_seventh_digit_tells_the_century(number: str, year: int) -> None:
    assert birth_date_of(number) == date(year, 2, 1)


def test_the_mask_keeps_the_birth_date_only() -> None:
    assert mask_cpr("0304831234") == "030483-****"


def test_age_turns_on_the_birthday() -> None:
    assert [age_on(date(1984, 5, 5), date(2014, 5, day)) for day in (4, 5)] == [29, 30]


def test_the_last_digit_tells_the_sex() -> None:
    assert (sex_of("0304831234"), sex_of("0304831235")) == ("kvinde", "mand")


@pytest.mark.parametrize("typed", ["13585628", "DK 13585628", "13 58 56 28", 13585628])
def test_a_cvr_number_has_eight_digits_and_a_check_digit(typed: str | int) -> None:
    assert check_cvr(typed) == "13585628"


@pytest.mark.parametrize("typed", ["13585627", "1358562", "abc"])
def test_a_wrong_cvr_number_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="CVR"):
        check_cvr(typed)
