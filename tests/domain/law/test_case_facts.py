"""Tests that a case is read strictly, every wrong field by its path, and written back exactly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.facts import DatedCost, PreviousAgreement

WHOLE = {
    "id": "a",
    "date": "2014-05-05",
    "action": "extend",
    "citizen": {"group": 3, "visitation": "aktivitetsparat", "first_offer": True, "discharge_date": date(2014, 6, 1)},
    "request": {
        "start": "2014-05-12",
        "weeks": 13,
        "hours_per_week": 2.5,
        "mentor_type": "INT",
        "cost_excluded": "10.00",
        "costs": [{"from": "2014-05-12", "to": "2014-06-12", "amount": 100.25}],
        "contacts": ["2014-05-13"],
        "previous_agreement": {"start": "2014-01-01", "end": "2014-05-11"},
    },
    "agreement": {"date": "2014-05-05", "group": 3},
    "budget": {"frame_remaining": 120000},
}


def test_a_whole_case_is_read_in_ore_and_minutes() -> None:
    facts = facts_from_dict(WHOLE)

    assert facts.request.minutes_per_week == 150
    assert facts.request.costs == (DatedCost(date(2014, 5, 12), date(2014, 6, 12), 10025),)
    assert facts.request.previous_agreement == PreviousAgreement(date(2014, 1, 1), date(2014, 5, 11))
    assert facts.request.last_day == date(2014, 8, 10)
    assert facts.budget.frame_remaining == 12000000


def test_what_nobody_gave_is_not_known() -> None:
    facts = facts_from_dict({"date": "2014-05-05", "citizen": None, "budget": None})

    assert facts.action == "grant"
    assert facts.citizen.integration_programme is None
    assert facts.request.last_day is None
    assert facts.agreement is None


@pytest.mark.parametrize("given", [WHOLE, {"date": "2014-05-05"}])
def test_a_case_that_is_kept_reads_back_to_itself(given: dict[str, object]) -> None:
    facts = facts_from_dict(given)

    assert facts_from_dict(facts_to_dict(facts)) == facts


@given(st.integers(0, 168 * 60))
def test_every_number_of_minutes_survives_as_hours(minutes: int) -> None:
    facts = facts_from_dict({"date": "2014-05-05", "request": {"hours_per_week": minutes / 60, "cost": 0}})

    assert facts.request.minutes_per_week == minutes
    assert facts_from_dict(facts_to_dict(facts)) == facts


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"vejr": 1}, "vejr"),
        ({"citizen": {"grp": 3}}, "citizen.grp"),
        ({"citizen": 3}, "citizen"),
        ({"citizen": {"group": "3"}}, "citizen.group"),
        ({"citizen": {"group": True}}, "citizen.group"),
        ({"citizen": {"group": 15}}, "citizen.group"),
        ({"citizen": {"visitation": "rask"}}, "citizen.visitation"),
        ({"citizen": {"first_offer": "ja"}}, "citizen.first_offer"),
        ({"citizen": {"discharge_date": "31-12-2014"}}, "citizen.discharge_date"),
        ({"citizen": {"discharge_date": "2014-02-31"}}, "citizen.discharge_date"),
        ({"citizen": {"discharge_date": "0001-01-02"}}, "citizen.discharge_date"),
        ({"request": {"weeks": 0}}, "request.weeks"),
        ({"request": {"weeks": 1.5}}, "request.weeks"),
        ({"request": {"hours_per_week": -1}}, "request.hours_per_week"),
        ({"request": {"hours_per_week": 168.5}}, "request.hours_per_week"),
        ({"request": {"hours_per_week": "to"}}, "request.hours_per_week"),
        ({"request": {"hours_per_week": True}}, "request.hours_per_week"),
        ({"request": {"cost": -1}}, "request.cost"),
        ({"request": {"cost": "1.234,50"}}, "request.cost"),
        ({"request": {"cost": 0.001}}, "request.cost"),
        ({"request": {"cost": "1e999999999"}}, "request.cost"),
        ({"request": {"start": "9999-12-31"}}, "request.start"),
        ({"request": {"costs": [3]}}, "request.costs[0]"),
        ({"request": {"mentor_type": "X"}}, "request.mentor_type"),
        ({"request": {"contacts": "2014-05-13"}}, "request.contacts"),
        ({"request": {"contacts": ["2014-05-13", "i går"]}}, "request.contacts[1]"),
        ({"request": {"costs": [{"from": "2014-05-12", "amount": 1}]}}, "request.costs[0].to"),
        ({"request": {"costs": [{"from": "2014-05-12", "to": "2014-05-11", "amount": 1}]}}, "request.costs[0].to"),
        ({"request": {"start": "2014-05-12", "end": "2014-05-11"}}, "request.end"),
        (
            {"request": {"previous_agreement": {"start": "2014-05-12", "end": "2014-05-11"}}},
            "request.previous_agreement.end",
        ),
        ({"agreement": {"grp": 1}}, "agreement.grp"),
        ({"date": None}, "date"),
        ({"date": "i dag"}, "date"),
        ({"date": "2014-W19-1"}, "date"),
        ({"id": " "}, "id"),
        ({"action": "vent"}, "action"),
    ],
)
def test_a_wrong_field_is_refused_by_its_path(change: dict[str, object], path: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        facts_from_dict({"date": "2014-05-05", **change})

    assert list(refused.value.errors) == [path]


def test_all_wrong_fields_are_told_at_once() -> None:
    with pytest.raises(ValidationFailed) as refused:
        facts_from_dict({"date": "2014-05-05", "citizen": {"group": -1, "age": "x"}, "x": 1})

    assert set(refused.value.errors) == {"x", "citizen.group", "citizen.age"}


def test_a_case_that_is_no_case_is_refused() -> None:
    with pytest.raises(ValidationFailed) as refused:
        facts_from_dict(["date"])

    assert list(refused.value.errors) == ["sag"]


def test_a_number_may_name_a_case() -> None:
    assert facts_from_dict({"id": 7, "date": "2014-05-05"}).id == "7"


def test_facts_that_have_been_judged_are_kept_as_they_were_given() -> None:
    facts = facts_from_dict({"date": "2014-05-05", "request": {"start": "2014-05-12", "weeks": 13}})
    before = facts_to_dict(facts)

    assert facts.request.last_day is not None
    assert facts_to_dict(facts) == before
    assert facts_from_dict(facts_to_dict(facts)) == facts


@pytest.mark.parametrize("hours", [-1, 10**9])
def test_impossible_hours_of_direct_contact_are_refused_by_their_path(hours: int) -> None:
    with pytest.raises(ValidationFailed) as refused:
        facts_from_dict({**WHOLE, "request": {**WHOLE["request"], "direct_contact_hours": hours}})

    assert "Timer i alt skal ligge fra 0 til" in refused.value.errors["request.direct_contact_hours"][0]
