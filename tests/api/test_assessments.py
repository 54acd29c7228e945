"""Vurdering over API'et: the answers of the contract, the same as the command gives."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.api import assessments
from jobcenter_mentor.cli.main import main
from tests.api.callers import Caller, a_caller
from tests.builders import a_user

CITIZEN = {
    "group": 3,
    "visitation": "aktivitetsparat",
    "can_take_other_offers": False,
    "cannot_because": "personal",
    "first_offer": True,
    "age": 34,
    "situation": None,
    "integration_programme": False,
    "psychiatric_inpatient": False,
    "discharge_date": None,
    "education_admission_date": None,
    "education_kind": None,
    "single_parent": None,
}
EXAMPLE = {
    "id": "example-1",
    "date": "2014-05-05",
    "action": "grant",
    "citizen": CITIZEN,
    "request": {
        "start": "2014-05-12",
        "weeks": 13,
        "hours_per_week": 2,
        "mentor_type": "INT",
        "cost": 7800.00,
        "cost_excluded": 0.00,
        "place_share": 1,
        "contacts": [],
    },
    "agreement": None,
    "budget": {"frame_remaining": 120000.00},
}
"""The example of the contract."""
E3 = {
    "id": "E3",
    "date": "2015-02-23",
    "citizen": CITIZEN | {"group": 13},
    "request": {"start": "2015-03-02", "weeks": 26, "hours_per_week": 2, "mentor_type": "EKST", "cost": "18200.00"},
    "budget": {"frame_remaining": "10000.00"},
}
WITH_TRANSPORT = EXAMPLE | {"id": "kørsel", "request": EXAMPLE["request"] | {"cost_excluded": 1800}}


def assessed(caller: Caller, case: Any) -> Any:
    answer = caller.post("/assessments", json=case)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_the_example_of_the_contract_gets_its_answer(caller: Caller) -> None:
    answer = assessed(caller, EXAMPLE)

    assert (answer["id"], answer["law"], answer["outcome"]) == ("example-1", "LAB 2014", "must")
    assert answer["max_period"]["last_day"] == "2014-11-11"
    part = {"rate": "0.50", "frame": "mentor_2014", "base": "7800.00", "amount": "3900.00"}
    parts = [part | {"from": "2014-05-12", "to": "2014-08-10"}]
    assert answer["reimbursement"] == part | {"own_cost": "3900.00", "account": None, "parts": parts}


def test_where_the_frame_is_short_the_rest_is_the_municipalitys_own_cost(caller: Caller) -> None:
    paid = assessed(caller, E3)["reimbursement"]

    assert (paid["base"], paid["amount"], paid["own_cost"]) == ("18200.00", "5000.00", "13200.00")


def test_what_is_not_the_mentors_is_not_refunded(caller: Caller) -> None:
    paid = assessed(caller, WITH_TRANSPORT)["reimbursement"]

    assert (paid["base"], paid["amount"], paid["own_cost"]) == ("6000.00", "3000.00", "4800.00")


def test_the_api_answers_as_the_command(caller: Caller) -> None:
    cases = [EXAMPLE, E3, WITH_TRANSPORT, EXAMPLE | {"unknown": 1}, "ikke en sag"]

    command = CliRunner().invoke(main, ["assess", "-", "--json"], input=json.dumps(cases))

    assert assessed(caller, cases) == json.loads(command.stdout)


def test_a_list_gives_a_list_and_one_case_one_answer(caller: Caller) -> None:
    assert assessed(caller, [EXAMPLE]) == [assessed(caller, EXAMPLE)]
    assert assessed(caller, []) == []


def test_a_case_that_cannot_be_read_does_not_stop_the_others(caller: Caller) -> None:
    wrong = EXAMPLE | {"id": "forkert", "request": {"start": "2014-02-31", "weeks": "mange"}}

    answers = assessed(caller, [wrong, EXAMPLE])

    assert answers[0]["id"] == "forkert"
    assert list(answers[0]["error"]["errors"]) == ["request.start", "request.weeks"]
    assert answers[1]["outcome"] == "must"


@pytest.mark.parametrize("body", ['"tekst"', "5", "null", "true"])
def test_what_is_no_case_and_no_list_is_refused(caller: Caller, body: str) -> None:
    answer = caller.post("/assessments", data=body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json["message"] == "Send en sag eller en liste af sager."


@pytest.mark.parametrize(("number", "status"), [(assessments.MOST_CASES, 200), (assessments.MOST_CASES + 1, 422)])
def test_at_most_a_thousand_cases_are_answered_at_a_time(caller: Caller, number: int, status: int) -> None:
    assert caller.post("/assessments", json=[{}] * number).status_code == status


@pytest.mark.parametrize("amount", ["1E999999", "-1", "1E-999999", "0.001", True, [1], {"a": 1}])
def test_an_impossible_amount_is_an_error_of_its_field(caller: Caller, amount: Any) -> None:
    answer = assessed(caller, EXAMPLE | {"request": EXAMPLE["request"] | {"cost": amount}})

    assert list(answer["error"]["errors"]) == ["request.cost"]


@pytest.mark.parametrize("hours", ["1E999999", "1E-999999", "169", -1])
def test_impossible_hours_are_an_error_or_nothing_of_their_field(caller: Caller, hours: Any) -> None:
    answer = assessed(caller, EXAMPLE | {"request": EXAMPLE["request"] | {"hours_per_week": hours}})

    assert set(answer.get("error", {}).get("errors", {})) <= {"request.hours_per_week"}


@pytest.mark.parametrize(("role", "status"), [("MK", 200), ("RE", 200), ("LK", 403), ("AD", 403)])
def test_who_may_read_the_law_may_assess(app: Flask, session: Session, role: str, status: int) -> None:
    caller = a_caller(app, session, a_user(session, role))

    assert caller.post("/assessments", json=EXAMPLE).status_code == status


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"request": EXAMPLE["request"] | {"cost": None}}, "request.hourly_rate"),
        ({"request": EXAMPLE["request"] | {"cost": -1}}, "request.cost"),
        ({"date": "2013-05-06", "citizen": CITIZEN | {"group": 13}}, "citizen.group"),
        ({"date": "2021-05-03", "citizen": CITIZEN | {"group": 14}}, "citizen.group"),
        ({"agreement": {"date": "2013-12-02", "group": 12}}, "agreement.group"),
    ],
)
def test_hours_without_a_price_and_a_group_unknown_that_day_are_errors_of_their_field(
    caller: Caller, change: dict[str, Any], field: str
) -> None:
    assert list(assessed(caller, EXAMPLE | change)["error"]["errors"]) == [field]


def test_e10_leaves_transport_out_of_the_base_and_in_the_own_cost(caller: Caller) -> None:
    citizen = CITIZEN | {"group": 8, "visitation": None, "can_take_other_offers": True, "cannot_because": None}
    request = EXAMPLE["request"] | {"start": "2020-05-11", "mentor_type": "EKST"}
    case = EXAMPLE | {"id": "E10", "date": "2020-05-04", "citizen": citizen}
    of_the_catalogue = case | {"request": request | {"cost": "14000.00", "cost_excluded": "2400.00"}}
    of_the_contract = case | {"request": request | {"cost": "10000.00", "cost_excluded": "1500.00"}}

    paid = [answer["reimbursement"] for answer in assessed(caller, [of_the_catalogue, of_the_contract])]

    assert [(one["base"], one["amount"], one["own_cost"]) for one in paid] == [
        ("11600.00", "5800.00", "8200.00"),
        ("8500.00", "4250.00", "5750.00"),
    ]
