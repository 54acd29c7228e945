"""Sider om korps, mentorer, match og leverandører: seen by the right people, with errors at the fields."""

from datetime import date

import pytest
from sqlalchemy import select

from jobcenter_mentor.casework.matching.models import Match
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.suppliers.models import Contract, Supplier
from tests.builders import a_grant, a_mentor, a_user
from tests.casework.matching.test_service import a_waiting_grant
from tests.logins import logged_in

MENTOR = {
    "first_name": "Samira",
    "last_name": "Haddad",
    "mentor_type": "INT",
    "phone": "20304050",
    "email": "samira@example.dk",
    "minutes_per_week": "18",
    "hours_from": "01-10-2014",
    "hourly_price": "325,00",
    "competences": "misbrug, gæld",
}


@pytest.fixture
def plain_forms(app):
    """No tokens: they are tested where forms are."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def coordinator(app, session, plain_forms):
    return logged_in(app, session, a_user(session, "MK"))


def text_of(response):
    return response.get_data(as_text=True)


def test_the_home_of_the_coordinator_shows_hours_and_who_waits(session, coordinator):
    mentor = a_mentor(session, last_name="Haddad")
    a_grant(session, mentor_id=mentor.id)
    waiting = a_waiting_grant(session)

    page = text_of(coordinator.get("/korpset"))

    assert "Samira Haddad" in page
    assert "2/18" in page
    assert waiting.case_number in page
    assert "Krogh" not in page


def test_a_caseworker_without_mentors_sees_an_empty_corps(app, session):
    caseworker = logged_in(app, session, a_user(session, "SB"))

    page = text_of(caseworker.get("/korpset"))

    assert "En matchkoordinator opretter dem." in page
    assert "Begynd med at oprette en mentor" not in page


@pytest.mark.parametrize("path", ["/korpset", "/mentorer/ny", "/matchning", "/leverandoerer"])
def test_a_mentor_has_no_business_there(app, session, path):
    mentor = logged_in(app, session, a_user(session, "MI", mentor=a_mentor(session)))

    assert mentor.get(path).status_code in (403, 404)


def test_a_mentor_is_registered_and_shown(session, coordinator):
    answer = coordinator.post("/mentorer/ny", data=MENTOR)

    mentor = session.scalars(select(Mentor)).one()
    page = text_of(coordinator.get(answer.location))
    assert answer.status_code == 303
    assert (mentor.phone, mentor.prices[0].hourly_price, mentor.hours[0].minutes_per_week) == ("20304050", 32500, 1080)
    assert "325,00 kr." in page


def test_what_was_typed_stays_with_the_errors_at_the_fields(session, coordinator):
    answer = coordinator.post("/mentorer/ny", data=MENTOR | {"first_name": "Ikke opgivet", "phone": "1234"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Telefonnummer: 8 cifre, evt. +45." in page
    assert 'value="Ikke opgivet"' in page
    assert session.scalars(select(Mentor)).all() == []


def test_a_mentor_is_amended_from_the_form_as_it_was_shown(session, coordinator):
    coordinator.post("/mentorer/ny", data=MENTOR)
    mentor = session.scalars(select(Mentor)).one()

    shown = text_of(coordinator.get(f"/mentorer/{mentor.public_id}/ret"))
    stale = coordinator.post(f"/mentorer/{mentor.public_id}/ret", data=MENTOR | {"version": "9"})
    saved = coordinator.post(
        f"/mentorer/{mentor.public_id}/ret", data=MENTOR | {"version": f"{mentor.version}", "area": "Nordby"}
    )

    assert 'value="gæld, misbrug"' in shown
    assert (stale.status_code, saved.status_code) == (422, 303)
    assert session.scalars(select(Mentor.area)).one() == "Nordby"


def test_absence_and_place_function_are_added_on_the_mentors_page(session, coordinator):
    where = f"/mentorer/{a_mentor(session).public_id}"

    wrong = coordinator.post(f"{where}/fravaer", data={"first_day": "20-10-2014", "last_day": "01-10-2014"})
    coordinator.post(f"{where}/fravaer", data={"first_day": "20-10-2014", "last_day": "31-10-2014", "reason": "orlov"})
    place = {"workplace": "Kantinen", "places": "4", "minutes_per_week": "5", "valid_from": "01-10-2014"}
    coordinator.post(f"{where}/plads", data=place)

    page = text_of(coordinator.get(where))
    assert (wrong.status_code, "Slutdato ligger før startdato." in text_of(wrong)) == (422, True)
    assert "Orlov" in page
    assert "Kantinen" in page


def test_the_list_is_filtered(session, coordinator):
    a_mentor(session, first_name="Yusuf", phone="")
    a_mentor(session, first_name="Anders")

    page = text_of(coordinator.get("/mentorer?flawed=1"))

    assert "Yusuf" in page
    assert "Anders" not in page


def test_a_mentor_is_chosen_in_one_step_from_the_ranking(session, coordinator):
    grant = a_waiting_grant(session)
    mentor = a_mentor(session)

    page = text_of(coordinator.get(f"/matchning/{grant.public_id}"))
    answer = coordinator.post(
        f"/matchning/{grant.public_id}", data={"mentor": mentor.public_id, "version": f"{grant.version}"}
    )

    assert "18 t ledig om ugen" in page
    assert (answer.status_code, answer.location) == (303, f"/aftaler/{grant.public_id}")
    assert session.scalars(select(Match.mentor_id)).all() == [mentor.id]


def test_a_choice_that_lacks_a_reason_is_shown_again_with_what_it_lacks(session, coordinator):
    grant = a_waiting_grant(session, wishes="en kvinde")
    mentor = a_mentor(session, minutes_per_week=60)

    answer = coordinator.post(f"/matchning/{grant.public_id}", data={"mentor": mentor.public_id})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Svar på, om borgerens ønske er fulgt." in page
    assert "Skriv hvorfor: kun 1 t ledig" in page


def test_an_unknown_course_or_mentor_is_not_found(session, coordinator):
    grant = a_waiting_grant(session)
    a_mentor(session)

    assert coordinator.get("/matchning/findes-ikke").status_code == 404
    assert coordinator.get("/mentorer/findes-ikke").status_code == 404
    assert coordinator.post(f"/matchning/{grant.public_id}", data={"mentor": "findes-ikke"}).status_code == 422


def test_a_supplier_and_its_contract_are_made(session, coordinator):
    made = coordinator.post("/leverandoerer", data={"name": "Fremad ApS", "cvr": ""})
    wrong = coordinator.post("/leverandoerer", data={"name": "Fremad ApS", "cvr": "1"})
    coordinator.post(f"{made.location}/kontrakt", data={"hourly_price": "425,00", "valid_from": "01-07-2014"})

    assert (made.status_code, wrong.status_code) == (303, 422)
    assert "425,00 kr." in text_of(coordinator.get(made.location))
    assert "Fremad ApS" in text_of(coordinator.get("/leverandoerer"))


def test_a_supplier_sees_its_own_courses_only(app, session):
    supplier = Supplier(name="Fremad ApS")
    supplier.contracts = [Contract(valid_from=date(2014, 1, 1), hourly_price=42500)]
    session.add(supplier)
    session.flush()
    own = a_grant(session, mentor_id=a_mentor(session, supplier_id=supplier.id, mentor_type="EKST").id)
    other = a_grant(session, mentor_id=a_mentor(session).id)
    contact = logged_in(app, session, a_user(session, "LK", supplier_id=supplier.id))

    page = text_of(contact.get("/leverandoer"))

    assert own.case_number in page
    assert other.case_number not in page
    assert "425,00 kr." in page
