"""Målgrupper: the number of § 2 from benefit and visitation, and the names a sheet uses."""

from datetime import date

import pytest

from jobcenter_mentor.domain.errors import DomainError
from jobcenter_mentor.domain.target_groups import (
    BENEFITS,
    GROUPS,
    MENTOR_TYPES,
    benefit_code,
    fits,
    group_number,
    mentor_type_code,
    visitation_code,
)

DAY = date(2014, 5, 5)


@pytest.mark.parametrize(
    ("benefit", "visitation", "number"),
    [
        ("dagpenge", None, 1),
        ("dagpenge", "jobparat", 1),
        ("kontanthjaelp", "jobparat", 2),
        ("kontanthjaelp", "aktivitetsparat", 3),
        ("revalidering", None, 4),
        ("sygedagpenge", "sygemeldt", 5),
        ("ledighedsydelse", None, 7),
        ("selvforsoergende", None, 10),
        ("ressourceforloeb", None, 11),
        ("uddannelseshjaelp", "uddannelsesparat", 12),
        ("uddannelseshjaelp", "aabenlyst_uddannelsesparat", 12),
        ("uddannelseshjaelp", "aktivitetsparat", 13),
        ("jobafklaring", None, 14),
        ("beskaeftiget", None, 0),
    ],
)
def test_benefit_and_visitation_give_the_number(benefit: str, visitation: str | None, number: int) -> None:
    assert group_number(benefit, visitation, DAY) == number
    assert fits(number, visitation)


@pytest.mark.parametrize(
    ("benefit", "visitation"),
    [
        ("kontanthjaelp", None),
        ("kontanthjaelp", "uddannelsesparat"),
        ("uddannelseshjaelp", "jobparat"),
        ("dagpenge", "aktivitetsparat"),
        ("sygedagpenge", "jobparat"),
        ("kontanthjaelp", "match2"),
    ],
)
def test_a_visitation_that_does_not_fit_is_refused(benefit: str, visitation: str | None) -> None:
    with pytest.raises(DomainError) as refused:
        group_number(benefit, visitation, DAY)

    assert refused.value.code == "cross_field"
    assert BENEFITS[benefit].lower() in refused.value.message.lower()


@pytest.mark.parametrize(
    ("benefit", "visitation", "number"),
    [
        ("kontanthjaelp", "match1", 2),
        ("kontanthjaelp", "match3", 3),
        ("uddannelseshjaelp", "match1", 12),
        ("uddannelseshjaelp", "match2", 13),
        ("sygedagpenge", "match2", 5),
    ],
)
def test_before_2014_a_match_group_stands_in_for_the_visitation(benefit: str, visitation: str, number: int) -> None:
    assert group_number(benefit, visitation, date(2013, 12, 31)) == number


@pytest.mark.parametrize(("benefit", "visitation"), [("su", None), ("kontanthjaelp", "rask")])
def test_unknown_words_are_refused(benefit: str, visitation: str | None) -> None:
    with pytest.raises(DomainError) as refused:
        group_number(benefit, visitation, DAY)

    assert refused.value.code == "choice"


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
