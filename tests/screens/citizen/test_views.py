"""Sider om borgere: in Danish, within the team, with CPR masked and every look logged."""

import pytest
from sqlalchemy import func, select

from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_referral, a_team, nobodys_cpr
from tests.statements import LOGIN_RIGHTS_AND_AUDIT, statements_sent

CPR = nobodys_cpr(11)
NEW = {
    "cpr": CPR,
    "first_name": "Mette",
    "last_name": "Østergård Jensen",
    "benefit": "kontanthjaelp",
    "visitation": "aktivitetsparat",
    "status_from": "02-06-2014",
    "phone": "+45 12 34 56 78",
    "email": "mette@example.dk",
}


@pytest.fixture
def foreign(session):
    return a_citizen(session, first_name="Fremmed", cpr=CPR, team_id=a_team(session, "Team Voksen").id)


def test_the_list_shows_ones_own_team_and_its_count(as_caseworker, session, foreign):
    a_citizen(session, first_name="Åse", last_name="Bæk")

    page = as_caseworker.get("/borgere").text

    assert "Åse Bæk" in page
    assert "Fremmed" not in page


def test_a_page_of_a_list_with_nonsense_filters_still_opens(as_caseworker, session):
    a_citizen(session)

    answer = as_caseworker.get("/borgere?benefit=x&visitation=%01&sort=%27&page=-3&mine=2")

    assert answer.status_code == 200


def test_the_citizens_page_shows_the_case_with_the_number_masked(as_caseworker, session):
    citizen = a_citizen(session, cpr=CPR, first_name="Åse", last_name="Bæk", phone="12345678")
    a_referral(session, citizen, case_number="2014-0921")
    a_grant(session, citizen, case_number="2014-0500")

    page = as_caseworker.get(f"/borgere/{citizen.public_id}").text

    assert "2014-0921" in page
    assert "2014-0500" in page
    assert f"{CPR[:6]}-****" in page
    assert CPR[6:] not in page
    assert "<title>Å.B." in page


def test_opening_the_citizens_page_is_logged(as_caseworker, session):
    citizen = a_citizen(session)

    as_caseworker.get(f"/borgere/{citizen.public_id}")

    look = session.scalars(select(Event).where(Event.action == "citizen.read")).one()
    assert (look.user_id, look.citizen_ids) == (as_caseworker.user.id, [citizen.id])


def test_another_teams_citizen_is_like_an_unknown_one(as_caseworker, foreign):
    known = as_caseworker.get(f"/borgere/{foreign.public_id}")
    unknown = as_caseworker.get("/borgere/11111111-2222-4333-8444-555555555555")

    assert (known.status_code, unknown.status_code) == (404, 404)
    assert "Fremmed" not in known.text


@pytest.mark.parametrize("path", ["ret", "status"])
def test_another_teams_forms_are_not_found(as_caseworker, foreign, path):
    assert as_caseworker.get(f"/borgere/{foreign.public_id}/{path}").status_code == 404
    assert as_caseworker.post(f"/borgere/{foreign.public_id}/{path}", data={}).status_code == 404


def test_a_protected_citizen_is_marked_and_hidden(as_caseworker, session):
    citizen = a_citizen(session, protected=True, address="Hemmelig Vej 1", phone="12345678")

    pages = as_caseworker.get("/borgere").text + as_caseworker.get(f"/borgere/{citizen.public_id}").text

    assert "E.K. (navnebeskyttet)" in pages
    assert not any(word in pages for word in ("Emil", "Krogh", "Hemmelig", "12345678"))


def test_a_citizen_is_registered_by_the_form(as_caseworker, session):
    team = a_team(session)

    answer = as_caseworker.post("/borgere/ny", data=NEW | {"team": team.id})

    assert answer.status_code == 303
    assert session.scalars(select(Citizen)).one().name == "Mette Østergård Jensen"


WRONG = [
    ({"cpr": "310290-1234"}, "fødselsdato findes ikke"),
    ({"cpr": ""}, "Skriv CPR-nummeret"),
    ({"first_name": " "}, "Skriv fornavnet"),
    ({"visitation": "uddannelsesparat"}, "passer ikke"),
    ({"visitation": "hemmelig"}, "Vælg en af mulighederne"),
    ({"status_from": "31-04-2014"}, "Ikke en gyldig dato"),
    ({"phone": "ring til mig"}, "8 cifre"),
    ({"email": "to@a.dk, b@c.dk"}, "Ikke en gyldig e-mailadresse"),
    ({"first_name": "x" * 101}, "Højst 100 tegn"),
    ({"team": "999"}, "Vælg en af mulighederne"),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_a_wrong_field_is_told_in_danish_and_what_was_typed_is_kept(as_caseworker, session, changes, words):
    answer = as_caseworker.post("/borgere/ny", data=NEW | {"team": a_team(session).id} | changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert "Østergård Jensen" in answer.text
    assert session.scalar(select(func.count(Citizen.id))) == 0


def test_a_number_that_is_known_already_is_refused_with_the_number_masked(as_caseworker, session):
    a_citizen(session, cpr=CPR)

    answer = as_caseworker.post("/borgere/ny", data=NEW | {"team": a_team(session).id})

    assert answer.status_code == 422
    assert "er allerede oprettet" in answer.text


def test_markup_in_a_name_stays_text(as_caseworker, session):
    citizen = a_citizen(session, first_name="<script>alert(1)</script>", last_name="{{ 7*7 }}")

    page = as_caseworker.get(f"/borgere/{citizen.public_id}").text

    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_contact_data_are_amended_and_a_stale_form_is_a_conflict(as_caseworker, session):
    citizen = a_citizen(session)
    form = {"first_name": "Emil", "last_name": "Krogh", "version": citizen.version, "language": "dansk"}

    first = as_caseworker.post(f"/borgere/{citizen.public_id}/ret", data=form | {"phone": "11111111"})
    stale = as_caseworker.post(f"/borgere/{citizen.public_id}/ret", data=form | {"phone": "22222222"})

    assert (first.status_code, stale.status_code) == (303, 409)
    assert "11111111" in stale.text
    assert "22222222" in stale.text
    assert citizen.phone == "11111111"


def test_a_new_status_is_saved_from_its_day(as_caseworker, session):
    citizen = a_citizen(session)
    form = {"benefit": "sygedagpenge", "visitation": "", "valid_from": "01-10-2014"}

    answer = as_caseworker.post(f"/borgere/{citizen.public_id}/status", data=form)

    assert answer.status_code == 303
    assert [row.benefit for row in citizen.statuses] == ["kontanthjaelp", "sygedagpenge"]


def test_the_form_of_a_new_status_counts_from_today_and_shows_what_stands(as_caseworker, session):
    page = as_caseworker.get(f"/borgere/{a_citizen(session).public_id}/status").text

    assert f'value="{WORKING_DAY:%d-%m-%Y}"' in page
    assert '<option selected value="aktivitetsparat">' in page


def test_a_coordinator_sees_no_link_that_the_role_may_not_follow(as_coordinator, session):
    citizen = a_citizen(session)

    page = as_coordinator.get(f"/borgere/{citizen.public_id}").text + as_coordinator.get("/borgere").text

    for link in ("/henvisninger/ny", "/borgere/ny", f"/borgere/{citizen.public_id}/ret", "/status"):
        assert link not in page


def test_the_number_leads_to_the_citizen_without_standing_in_the_address(as_caseworker, session):
    citizen = a_citizen(session, cpr=CPR)

    answer = as_caseworker.post("/borgere/cpr", data={"cpr": CPR})

    assert answer.location.endswith(citizen.public_id)


@pytest.mark.parametrize("number", [CPR, nobodys_cpr(12), "", "abc", "310290-1234"])
def test_a_number_that_leads_nowhere_says_so(as_caseworker, foreign, number):
    answer = as_caseworker.post("/borgere/cpr", data={"cpr": number})

    assert answer.status_code == 422
    assert "Fremmed" not in answer.text


def test_the_full_number_replaces_the_button(as_caseworker, session):
    citizen = a_citizen(session, cpr=CPR)

    piece = as_caseworker.post(f"/borgere/{citizen.public_id}/cpr", headers={"HX-Request": "true"}).text

    assert f"{CPR[:6]}-{CPR[6:]}" in piece
    assert "<html" not in piece


def test_a_controller_is_asked_why_before_the_full_number(as_controller, session):
    citizen = a_citizen(session, cpr=CPR)
    address = f"/borgere/{citizen.public_id}/cpr"

    asked = as_controller.post(address)
    shown = as_controller.post(address, data={"reason": "Faktura uden navn"})

    assert asked.status_code == 422
    assert CPR[6:] not in asked.text
    assert CPR[6:] in shown.text


def test_a_protected_name_is_shown_after_a_reason(as_caseworker, session):
    citizen = a_citizen(session, protected=True, address="Hemmelig Vej 1, 9999 Sønderå")
    address = f"/borgere/{citizen.public_id}/beskyttet"

    assert as_caseworker.post(address, data={"reason": ""}).status_code == 422
    assert "Hemmelig Vej 1" in as_caseworker.post(address, data={"reason": "Brev skal sendes i dag"}).text


def test_a_protected_citizens_data_are_amended_after_a_reason_only(as_caseworker, session):
    citizen = a_citizen(session, protected=True, address="Hemmelig Vej 1")

    asked = as_caseworker.get(f"/borgere/{citizen.public_id}/ret").text
    address = f"/borgere/{citizen.public_id}/ret-beskyttet"
    refused = as_caseworker.post(address, data={"reason": ""})
    opened = as_caseworker.post(address, data={"reason": "Borgeren er flyttet i dag"}).text

    assert "Hemmelig Vej" not in asked + refused.text
    assert 'value="Hemmelig Vej 1"' in opened


def test_the_citizens_page_takes_few_statements_however_much_there_is(as_caseworker, session):
    citizen = a_citizen(session, caseworker_id=as_caseworker.user.id)
    for _ in range(3):
        a_grant(session, citizen, mentor_id=a_mentor(session).id)
        a_referral(session, citizen)
    address = f"/borgere/{citizen.public_id}"
    as_caseworker.get("/borgere")

    with statements_sent() as sent:
        page = as_caseworker.get(address)

    assert page.status_code == 200
    assert len(sent) <= 9 + LOGIN_RIGHTS_AND_AUDIT, "\n".join(sent)


def test_the_search_finds_names_cases_and_keeps_others_out(as_caseworker, session, foreign):
    citizen = a_citizen(session, first_name="Mette", last_name="Østergård Jensen")
    a_referral(session, citizen, case_number="2014-0921")

    assert "Mette Østergård Jensen" in as_caseworker.get("/borgere/soeg?q=Mette Jensen").text
    assert "Sag 2014-0921" in as_caseworker.get("/borgere/soeg?q=2014-09").text
    assert "Intet fundet" in as_caseworker.get("/borgere/soeg?q=Fremmed").text


def test_an_administrator_finds_no_citizens(as_admin, session):
    a_citizen(session, first_name="Mette")

    assert as_admin.get("/borgere/soeg?q=Mette").status_code == 403
    assert as_admin.get("/borgere").status_code in (403, 404)


def test_the_empty_search_page_opens(as_mentor):
    assert as_mentor.get("/borgere/soeg").status_code == 200


def test_the_box_opens_the_citizen_of_a_cpr_number_and_the_course_of_a_case_number(session, as_caseworker):
    citizen = a_citizen(session, cpr="0304831234", first_name="Mette", last_name="Jensen")
    grant = a_grant(session, citizen, case_number="2014-0921")

    by_number = as_caseworker.post("/borgere/soeg", data={"q": "030483-1234"})
    by_case = as_caseworker.post("/borgere/soeg", data={"q": " 2014-0921 "})
    by_name = as_caseworker.post("/borgere/soeg", data={"q": "Mette"})

    assert by_number.location == f"/borgere/{citizen.public_id}"
    assert by_case.location == f"/bevillinger/{grant.public_id}"
    assert by_name.location == "/borgere/soeg?q=Mette"
    assert "Sag 2014-0921" in as_caseworker.get("/borgere/soeg?q=2014-09").text


def test_a_cpr_number_never_stands_in_an_address(session, as_caseworker, as_controller):
    a_citizen(session, cpr="0304831234")

    unknown = as_caseworker.post("/borgere/soeg", data={"q": "020483-1234"})
    typed = as_caseworker.get("/borgere/soeg?q=030483-1234")
    not_allowed = as_controller.post("/borgere/soeg", data={"q": "0304831234"})

    assert [answer.location for answer in (unknown, typed, not_allowed)] == ["/borgere/soeg"] * 3
    assert "Ingen borger i dit team har det nummer" in as_caseworker.get("/borgere/soeg").text
    assert "Din rolle kan ikke søge på CPR-nummer" in as_controller.get("/borgere/soeg").text
