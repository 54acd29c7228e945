"""Target groups over the API: benefit and education, in Danish or as codes; what wasn't there that day is refused."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import CitizenStatus
from jobcenter_mentor.platform.access import api_keys
from tests.api import callers
from tests.api.callers import Caller, a_caller
from tests.api.test_referrals import BODY
from tests.builders import nobodys_cpr

TODAY = date(2026, 11, 30)
YOUNG = BODY | {"cpr": nobodys_cpr(2991, date(2004, 5, 5)), "referred_on": "2026-11-27"}


@pytest.fixture
def caller_of_2026(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Caller:
    monkeypatch.setitem(app.config, "WORKING_DATE", TODAY)
    monkeypatch.setattr(callers, "YEAR", api_keys.NewToken("Fagsystemet", date(2026, 1, 1), date(2026, 12, 31)))
    return a_caller(app, session)


def test_a_referral_tells_the_education_and_what_else_the_law_asks(caller_of_2026: Caller, session: Session) -> None:
    told = {
        "benefit": "kontanthjaelp",
        "has_education": False,
        "education_kind": "study_or_job_qualifying",
        "education_admission_date": "2026-11-01",
        "direct_hours": 2,
        "refugee_full_refund": False,
        "first_offer": False,
    }

    answer = caller_of_2026.post("/referrals", json=YOUNG | told)

    assert answer.status_code == 201, answer.text
    assert session.scalars(select(CitizenStatus.has_education)).one() is False
    referral = session.scalars(select(Referral)).one()
    assert (referral.education_kind, referral.education_admission_date) == (told["education_kind"], date(2026, 11, 1))
    assert (referral.direct_minutes_per_week, referral.refugee_full_refund, referral.first_offer) == (120, False, False)


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({}, "has_education", "Svar på, om borgeren har en erhvervskompetencegivende uddannelse."),
        ({"benefit": "Uddannelseshjælp"}, "benefit", "findes ikke den 27.11.2026. Vælg kontanthjælp."),
        ({"visitation": None}, "visitation", "Visitation mangler."),
        ({"visitation": "Jobparat", "has_education": False}, "visitation", "Vælg aktivitetsparat, uddannelsesparat"),
        (
            {"has_education": True, "education_admission_date": "2019-05-05", "education_kind": "other"},
            "education_admission_date",
            "16-års fødselsdag",
        ),
        ({"has_education": True, "direct_hours": 3}, "direct_minutes_per_week", "kan ikke være flere"),
    ],
)
def test_what_can_not_be_is_refused_by_field_and_nothing_is_written(
    caller_of_2026: Caller, session: Session, told: dict[str, Any], field: str, words: str
) -> None:
    answer = caller_of_2026.post("/referrals", json=YOUNG | told)

    assert answer.status_code == 422
    assert words in str(answer.json["errors"]), answer.text
    assert field in str(answer.json["errors"])
    assert session.scalars(select(Referral)).all() == []


def test_an_assessment_takes_the_benefit_instead_of_the_group(caller_of_2026: Caller) -> None:
    citizen = {
        "benefit": "kontanthjaelp",
        "visitation": "aktivitetsparat",
        "age": 22,
        "has_education": False,
        "integration_programme": False,
        "psychiatric_inpatient": False,
        "education_kind": "study_or_job_qualifying",
        "education_admission_date": "2026-11-01",
    }
    request = {"start": "2026-12-01", "weeks": 4, "mentor_type": "EKST", "hours_per_week": 2, "cost": 1000}

    case = {"date": "2026-11-30", "citizen": citizen, "request": request}
    answer = caller_of_2026.post("/assessments", json=case).json
    too_young = case | {"citizen": citizen | {"age": 16, "education_admission_date": "2025-05-01"}}

    assert (answer["outcome"], answer["right"], answer["right_and_duty"]) == ("must", True, False)
    assert caller_of_2026.post("/assessments", json=too_young).json["missing"] == [
        "citizen.age",
        "citizen.education_admission_date",
    ]
