"""Tests of the names of target groups by day, and the names a sheet uses."""

from datetime import date

import pytest

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.target_groups import (
    GROUPS,
    MENTOR_TYPES,
    benefit_code,
    fits,
    groups_on,
    in_sentence,
    mentor_type_code,
    visitation_code,
)


def test_groups_without_a_rule_of_visitation_take_all_but_the_education_ready() -> None:
    assert fits(5, "match2")
    assert not fits(5, "uddannelsesparat")


def test_the_names_of_a_sheet_become_codes() -> None:
    assert benefit_code(" kontanthjælp ") == "kontanthjaelp"
    assert visitation_code("Åbenlyst uddannelsesparat") == "aabenlyst_uddannelsesparat"
    assert [mentor_type_code(n) for n in ("Intern (INT)", "virk", "Frivillig mentor")] == ["INT", "VIRK", "FRIV"]


@pytest.mark.parametrize("read", [benefit_code, visitation_code, mentor_type_code])
def test_a_name_that_nobody_knows_is_refused(read: object) -> None:
    with pytest.raises(DomainError, match="kendes ikke"):
        read("Ukendt")


def test_there_are_ten_mentor_types_and_fourteen_groups_and_none() -> None:
    assert len(MENTOR_TYPES) == 10
    assert list(GROUPS) == list(range(15))


def test_the_names_of_the_groups_follow_the_day() -> None:
    assert groups_on(date(2019, 12, 31))[6] == "Førtidspensionist"
    assert groups_on(date(2020, 1, 1))[6] == "Sygedagpengemodtager"
    assert groups_on(date(2025, 6, 30))[5] == "Aktivitetsparat uddannelseshjælpsmodtager"
    assert groups_on(date(2025, 7, 1))[5] == "Aktivitetsparat under 30 år uden uddannelse"


def test_a_name_inside_a_sentence_is_small_and_an_abbreviation_stays() -> None:
    assert [in_sentence(name) for name in ("Kontanthjælp", "SU")] == ["kontanthjælp", "SU"]
