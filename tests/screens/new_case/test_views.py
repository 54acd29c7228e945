"""Sider om henvisninger: one page in three parts; a mistake keeps what was typed and writes nothing."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from jobcenter_mentor.casework.referrals.models import Referral
from tests.builders import a_citizen, a_referral, a_team, nobodys_cpr

NEED = {
    "form_key": "2b7e1516-28ae-4d2a-8bf7-158809cf4f3c",
    "other_offers": "no_personal",
    "first_offer": "ja",
    "barriers": ["mental", "sleep"],
    "tasks": ["transport", "structure"],
    "goal": "Emil tager selv bussen inden den 15. januar 2015.",
    "wishes": "Ældre mand",
    "consulted_on": "14-10-2014",
    "other_support": "none",
    "beyond_normal": "",
    "decisive": "",
    "start": "20-10-2014",
    "weeks": "26",
    "minutes_per_week": "2,5",
    "mentor_type": "INT",
}


def referrals(session):
    return session.scalars(select(Referral).order_by(Referral.id)).all()


def sent(visitor, citizen, **changes):
    return visitor.post(f"/henvisninger/ny?borger={citizen.public_id}", data=NEED | changes)


def test_the_form_opens_with_group_and_visitation(as_caseworker, session):
    citizen = a_citizen(session)

    page = as_caseworker.get(f"/henvisninger/ny?borger={citizen.public_id}").text

    assert "Kontanthjælp" in page
    assert "Aktivitetsparat" in page
    assert "01.01.2014" in page


def test_the_form_asks_for_the_citizen_first(as_caseworker, session):
    citizen = a_citizen(session, cpr=nobodys_cpr(5))

    asked = as_caseworker.get("/henvisninger/ny").text
    found = as_caseworker.post("/henvisninger/borger", data={"cpr": nobodys_cpr(5)})
    unknown = as_caseworker.post("/henvisninger/borger", data={"cpr": nobodys_cpr(6)})

    assert "CPR-nummer" in asked
    assert found.location.endswith(f"borger={citizen.public_id}")
    assert "Opret borgeren først" in unknown.text


def test_a_referral_is_saved_with_every_answer(as_caseworker, session):
    answer = sent(as_caseworker, a_citizen(session))

    kept = referrals(session)[0]
    assert answer.status_code == 303
    assert (kept.can_take_other_offers, kept.cannot_because, kept.first_offer) == (False, "personal", True)
    assert (kept.decisive, kept.beyond_normal) == (None, None)
    assert (kept.minutes_per_week, kept.weeks, kept.tasks) == (150, 26, ["transport", "structure"])
    assert kept.consulted


def test_a_form_sent_twice_gives_the_same_case(as_caseworker, session):
    citizen = a_citizen(session)

    first, second = sent(as_caseworker, citizen), sent(as_caseworker, citizen)

    assert first.location == second.location
    assert len(referrals(session)) == 1


WRONG = [
    ({"minutes_per_week": "0"}, "over 0"),
    ({"minutes_per_week": "-2"}, "over 0"),
    ({"minutes_per_week": "38"}, "mere end 37 timer"),
    ({"minutes_per_week": "2:30"}, "Skriv timer som tal"),
    ({"minutes_per_week": "NaN"}, "Skriv timer som tal"),
    ({"weeks": "30"}, "længere end 6 måneder"),
    ({"weeks": "0"}, "mindst 1"),
    ({"weeks": "to"}, "helt tal"),
    ({"start": "31-04-2014"}, "Ikke en gyldig dato"),
    ({"start": ""}, "Skriv første dag"),
    ({"consulted_on": "14-10-2024"}, "fremtiden"),
    ({"mentor_type": "XX"}, "Vælg en af mulighederne"),
    ({"tasks": ["cleaning"]}, "Vælg blandt mulighederne"),
    ({"tasks": []}, "mindst én opgave"),
    ({"other_offers": "maybe"}, "Vælg en af mulighederne"),
    ({"other_support": "sel85"}, "delt"),
    ({"goal": ""}, "Skriv et konkret mål"),
    ({"goal": "x" * 1001}, "Højst 1000 tegn"),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_a_wrong_field_is_told_in_danish_and_nothing_is_written(as_caseworker, session, changes, words):
    answer = sent(as_caseworker, a_citizen(session), **changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert "Ældre mand" in answer.text
    assert referrals(session) == []


def test_the_referral_page_leads_to_the_decision(as_caseworker, session):
    referral = a_referral(session, case_number="2014-0921")

    page = as_caseworker.get(f"/henvisninger/{referral.public_id}").text

    assert "E.K., sag 2014-0921" in page
    assert f"/bevillinger/ny/{referral.public_id}" in page
    assert "20.10.2014–19.04.2015" in page


@pytest.mark.parametrize(
    ("kind", "day", "shown"),
    [
        ("study_or_job_qualifying", None, ("Dagen mangler", "studie- eller erhvervskompetencegivende")),
        ("other", date(2014, 9, 1), ("01.09.2014", "en anden uddannelse")),
        ("", date(2014, 9, 1), ("01.09.2014", "uddannelsens art mangler")),
    ],
)
def test_half_an_answer_on_education_stands_on_the_page(as_caseworker, session, kind, day, shown):
    referral = a_referral(session, education_kind=kind, education_admission_date=day)

    page = as_caseworker.get(f"/henvisninger/{referral.public_id}").text

    assert [words in page for words in shown] == [True, True]


def test_the_waiting_list_counts_what_it_shows(as_caseworker, session):
    a_referral(session, case_number="2014-0921")
    a_referral(session, a_citizen(session, team_id=a_team(session, "Team Voksen").id), case_number="2014-0999")

    page = as_caseworker.get("/henvisninger?mentor_type=INT").text

    assert "2014-0921" in page
    assert "2014-0999" not in page
    assert '<span class="count">1</span>' in page


def test_another_teams_citizen_and_referral_are_not_found(as_caseworker, session):
    foreign = a_citizen(session, team_id=a_team(session, "Team Voksen").id)
    referral = a_referral(session, foreign)

    assert as_caseworker.get(f"/henvisninger/ny?borger={foreign.public_id}").status_code == 404
    assert sent(as_caseworker, foreign).status_code == 404
    assert as_caseworker.get(f"/henvisninger/{referral.public_id}").status_code == 404
    assert as_caseworker.post(f"/henvisninger/{referral.public_id}/tilbage", data={"reason": "Fejl"}).status_code == 404


def test_an_amended_referral_shows_its_answers_again(as_caseworker, session):
    referral = a_referral(session)
    address = f"/henvisninger/{referral.public_id}/ret"

    opened = as_caseworker.get(address).text
    answer = as_caseworker.post(address, data=NEED | {"weeks": "13", "version": referral.version})

    assert 'value="no_personal" checked' in opened
    assert answer.status_code == 303
    assert referral.weeks == 13


def test_a_stale_form_shows_both_versions_and_may_then_be_saved(as_caseworker, session):
    referral = a_referral(session, wishes="Ung kvinde")
    address = f"/henvisninger/{referral.public_id}/ret"
    opened = referral.version
    as_caseworker.post(address, data=NEED | {"wishes": "Ung mand", "version": opened})

    stale = as_caseworker.post(address, data=NEED | {"version": opened})
    again = as_caseworker.post(address, data=NEED | {"version": opened + 1})

    assert stale.status_code == 409
    assert "Ung mand" in stale.text
    assert "Ældre mand" in stale.text
    assert again.status_code == 303


def test_a_referral_is_withdrawn_with_a_reason(as_caseworker, session):
    referral = a_referral(session)
    address = f"/henvisninger/{referral.public_id}/tilbage"

    assert as_caseworker.post(address, data={"reason": ""}).status_code == 422
    assert as_caseworker.post(address, data={"reason": "Borgeren er flyttet"}).status_code == 303
    assert referral.closed_reason == "Trukket tilbage: Borgeren er flyttet"


def test_a_coordinator_reads_but_does_not_refer(as_coordinator, session):
    citizen = a_citizen(session)

    assert sent(as_coordinator, citizen).status_code in (403, 404)
    assert session.scalar(select(func.count(Referral.id))) == 0


def test_a_coordinator_sees_no_link_that_the_role_may_not_follow(as_coordinator, session):
    referral = a_referral(session)

    listed, shown = (as_coordinator.get(f"/henvisninger{page}") for page in ("", f"/{referral.public_id}"))

    assert (listed.status_code, shown.status_code) == (200, 200)
    for link in ("/henvisninger/ny", "/ret", "/tilbage"):
        assert link not in listed.text + shown.text


def test_the_form_to_amend_holds_every_answer_and_saving_it_changes_none(as_caseworker, session):
    sent(as_caseworker, a_citizen(session), first_offer="ja", decisive="nej", beyond_normal="ja")
    (referral,) = referrals(session)
    address = f"/henvisninger/{referral.public_id}/ret"

    page = as_caseworker.get(address).text
    chosen = dict(re.findall(r'type="radio"[^>]* name="(\w+)" value="(\w*)" checked', page))
    as_caseworker.post(
        address, data=NEED | {"first_offer": "", "beyond_normal": "", "decisive": ""} | chosen | {"version": "1"}
    )

    session.expire_all()
    assert (referral.first_offer, referral.decisive, referral.beyond_normal) == (True, False, True)
    assert (referral.tasks, referral.barriers, referral.wishes) == (NEED["tasks"], NEED["barriers"], "Ældre mand")


def test_a_form_sent_again_with_other_answers_is_not_lost_in_silence(as_caseworker, session):
    citizen = a_citizen(session)
    sent(as_caseworker, citizen)

    again = sent(as_caseworker, citizen, goal="Emil laver selv mad tre dage om ugen inden den 1. februar 2015.")

    assert again.status_code == 422
    assert "allerede gemt som sag" in again.text
    assert "Emil laver selv mad" in again.text
    assert len(referrals(session)) == 1
