"""Tests that placeholders in contact details are found, and real people are not."""

import pytest

from jobcenter_mentor.domain.kernel.contacts import (
    can_be_reached,
    flaws_of,
    is_placeholder,
    is_placeholder_email,
    is_placeholder_phone,
)


@pytest.mark.parametrize(
    "text", ["", " ", "Ikke opgivet", "IKKE  OPLYST.", "Call Center", "xxx", "-", "...", "N/A", "?", "0"]
)
def test_a_placeholder_is_seen(text):
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["Samira Haddad", "Bo", "Ib", "Æ. Å. Ørn", "Mette", "Kim-Lee Oxholm"])
def test_a_real_name_is_no_placeholder(text):
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["00000000", "+45 11111111", "12345678", "87654321", ""])
def test_an_invented_number_is_seen(text):
    assert is_placeholder_phone(text)


@pytest.mark.parametrize("text", ["20304050", "+45 00 12 34 56", "45454545"])
def test_another_number_is_left_alone(text):
    assert not is_placeholder_phone(text)


@pytest.mark.parametrize(
    "text", ["ikke@opgivet.dk", "ikke.opgivet@example.dk", "xx@example.dk", "noreply@example.dk", "test@test.dk"]
)
def test_an_invented_address_is_seen(text):
    assert is_placeholder_email(text)


@pytest.mark.parametrize("text", ["samira@example.dk", "mentor1@example.dk", "bo.ibsen@example.dk"])
def test_a_real_address_is_left_alone(text):
    assert not is_placeholder_email(text)


def test_all_flaws_are_told_at_once():
    assert flaws_of("Call Center", "00000000", "") == [
        "Navnet »Call Center« er ikke en persons navn.",
        "Telefonnummeret 00000000 ser opdigtet ud.",
        "E-mail mangler.",
    ]


def test_one_part_of_a_name_may_be_the_flaw():
    assert flaws_of("Ukendt Hansen", "20304050", "a.hansen@example.dk") != []
    assert flaws_of("Na Hansen", "20304050", "a.hansen@example.dk") == []


def test_a_missing_phone_is_said_as_missing():
    assert flaws_of("Samira Haddad", "", "samira@example.dk") == ["Telefonnummer mangler."]
    assert flaws_of("Samira Haddad", "20304050", "ikke@opgivet.dk") == [
        "E-mailadressen ikke@opgivet.dk ser opdigtet ud."
    ]


@pytest.mark.parametrize(
    ("contact", "reached"),
    [
        ("20304050", True),
        ("00000000, samira@example.dk", True),
        ("20 30 40 50; ikke@opgivet.dk", True),
        ("00000000, ikke@opgivet.dk", False),
        ("Ikke opgivet", False),
        ("2030", False),
        ("", False),
    ],
)
def test_a_mentor_is_reached_by_one_real_number_or_address(contact, reached):
    assert can_be_reached(contact) is reached
