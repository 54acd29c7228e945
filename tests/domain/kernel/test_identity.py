"""Tests that names and addresses are compared in one way, and doubts are not decided silently."""

import pytest

from jobcenter_mentor.domain.kernel.identity import mail_key, may_be_same, name_flaw, name_key, same_name


@pytest.mark.parametrize(
    "other", ["SAMIRA HADDAD", " samira   haddad ", "Haddad, Samira", "Haddad Samira", "Samira\u00a0Haddad"]
)
def test_case_order_commas_and_spaces_say_nothing(other: str) -> None:
    assert same_name("Samira Haddad", other)
    assert name_key("Samira Haddad") == name_key(other)


@pytest.mark.parametrize("other", ["Samira B. Haddad", "Haddad, Samira Basma", "S. Haddad", "Samira Basma H Haddad"])
def test_a_middle_name_or_an_initial_is_in_doubt(other: str) -> None:
    known = "Samira Basma Haddad" if other == "Samira Basma H Haddad" else "Samira Haddad"

    assert not same_name(known, other)
    assert may_be_same(known, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Åse Lund", "Ase Lund"), ("René Bo", "Rene Bo"), ("Åse Lund", "Aase Lund")]
)
def test_letters_with_marks_and_half_a_name_are_somebody_else(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not may_be_same(one, other)


def test_an_address_is_the_same_in_capitals_and_in_the_code_of_mail_servers() -> None:
    assert mail_key("BO@Example.DK") == mail_key("bo@example.dk")
    assert mail_key("bo@rødgrød.dk") == mail_key("bo@xn--rdgrd-vuad.dk")
    assert mail_key("bo@example.dk") != mail_key("b.o@example.dk")


def test_a_number_is_no_name_and_a_name_keeps_to_one_alphabet() -> None:
    assert [bool(name_flaw(name)) for name in ("123", "-", "Samir\u0430", "Åse 2", "李", "Дмитрий", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
