"""Navne- og adressebeskyttelse: hidden by default, and never shown to a mentor or a supplier."""

import pytest

from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.protection import postal_lines, shown_address, shown_name

MENTORS_AND_SUPPLIERS = ["MI", "MV", "ML", "MF", "LK", "mentor", "supplier", "ØK", "RE", "somebody new"]


def a_person(**changes):
    values = {
        "first_name": "Emil",
        "last_name": "Krogh",
        "address": "Åvej 3, 9999 Sønderå",
        "protected": True,
        "released_contact": True,
    }
    return Citizen(**(values | changes))


@pytest.mark.parametrize("receiver", MENTORS_AND_SUPPLIERS)
def test_a_protected_name_and_address_never_reach(receiver):
    person = a_person()

    shown = " ".join([shown_name(person, receiver), shown_address(person, receiver), *postal_lines(person, receiver)])

    assert not any(word in shown for word in ("Emil", "Krogh", "Åvej", "9999"))


@pytest.mark.parametrize("receiver", ["SB", "TL", "MK", "staff"])
def test_case_staff_see_initials_and_a_mark(receiver):
    assert shown_name(a_person(), receiver) == "E.K. (navnebeskyttet)"
    assert shown_address(a_person(), receiver) == "Adressen er beskyttet"


def test_the_citizen_gets_letters_under_name_and_address():
    assert postal_lines(a_person(), "citizen") == ("Emil Krogh", "Åvej 3", "9999 Sønderå")


@pytest.mark.parametrize(("released", "shown"), [(True, "Åvej 3, 9999 Sønderå"), (False, "")])
def test_an_outside_mentor_sees_an_address_that_is_released(released, shown):
    assert shown_address(a_person(protected=False, released_contact=released), "MV") == shown


def test_an_open_name_is_shown_to_all():
    assert shown_name(a_person(protected=False), "LK") == "Emil Krogh"
