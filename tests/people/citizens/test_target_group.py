"""Target group by form: only what was there that day, asked of the education only where it decides."""

from datetime import date

import pytest

from jobcenter_mentor.casework.grants import case_assessment
from tests.builders import a_citizen


@pytest.fixture
def in_2026(app, monkeypatch):
    monkeypatch.setitem(app.config, "WORKING_DATE", date(2026, 11, 30))


def test_in_2014_nobody_is_asked_of_an_education_nor_offered_a_benefit_of_later(as_caseworker, session):
    page = as_caseworker.get(f"/borgere/{a_citizen(session).public_id}/status").text

    assert "has_education" not in page
    assert "Overgangsydelse" not in page
    assert "Førtidspension" in page
    assert "(ophørt)" not in page


@pytest.mark.usefixtures("in_2026")
def test_in_2026_the_young_are_asked_of_an_education_and_ended_benefits_say_so(as_caseworker, session):
    young, grown = a_citizen(session, birth_date=date(2004, 5, 5)), a_citizen(session)

    page = as_caseworker.get(f"/borgere/{young.public_id}/status").text

    assert "erhvervskompetencegivende uddannelse" in page
    assert "Uddannelseshjælp (ophørt)" in page
    assert "has_education" not in as_caseworker.get(f"/borgere/{grown.public_id}/status").text
    assert "has_education" in as_caseworker.get("/borgere/ny").text


@pytest.mark.usefixtures("in_2026")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"benefit": "uddannelseshjaelp"}, "Uddannelseshjælp findes ikke den 01.11.2026. Vælg kontanthjælp."),
        ({"has_education": ""}, "Svar på, om borgeren har en erhvervskompetencegivende uddannelse."),
        ({"visitation": "jobparat"}, "Vælg aktivitetsparat, uddannelsesparat eller åbenlyst uddannelsesparat."),
        ({"visitation": ""}, "Visitation mangler."),
        ({"benefit": "overgangsydelse", "valid_from": "01-01-2019"}, "Vælg integrationsydelse."),
    ],
)
def test_a_target_group_that_can_not_be_is_refused_at_its_field(as_caseworker, session, told, words):
    citizen = a_citizen(session, birth_date=date(1999, 5, 5))
    given = {"benefit": "kontanthjaelp", "visitation": "aktivitetsparat", "has_education": "nej"}

    answer = as_caseworker.post(
        f"/borgere/{citizen.public_id}/status", data=given | {"valid_from": "01-11-2026"} | told
    )

    assert answer.status_code == 422
    assert words in answer.text
    session.refresh(citizen)
    assert len(citizen.statuses) == 1


@pytest.mark.usefixtures("in_2026")
@pytest.mark.parametrize(
    ("visitation", "education", "number"),
    [
        ("jobparat", "ja", 2),
        ("aktivitetsparat", "ja", 3),
        ("uddannelsesparat", "nej", 4),
        ("aabenlyst_uddannelsesparat", "nej", 4),
        ("aktivitetsparat", "nej", 5),
    ],
)
def test_the_four_visitations_of_kontanthjaelp_give_their_groups(
    as_caseworker, session, law, visitation, education, number
):
    citizen = a_citizen(session, birth_date=date(1999, 5, 5))
    given = {"benefit": "kontanthjaelp", "visitation": visitation, "has_education": education}

    answer = as_caseworker.post(f"/borgere/{citizen.public_id}/status", data=given | {"valid_from": "01-11-2026"})

    assert answer.status_code == 303
    session.refresh(citizen)
    assert case_assessment.group_of(citizen, law.on(date(2026, 11, 30))) == number
    shown = as_caseworker.get(f"/borgere/{citizen.public_id}").text
    assert ("med uddannelse" if education == "ja" else "uden uddannelse") in shown
