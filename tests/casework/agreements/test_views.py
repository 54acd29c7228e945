"""Aftalens sider: prefilled, refused by item, accepted by each party."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jobcenter_mentor.casework.agreements.models import Agreement, Answer
from tests.builders import WORKING_DAY, a_grant, a_municipality, a_user
from tests.casework.agreements.test_service import a_course, drafted
from tests.logins import logged_in

AGREEMENT = {
    "goal": "Tager selv bussen.",
    "mentor_name": "Samira Haddad",
    "mentor_contact": "20304050",
    "tasks": ["transport"],
    "start": "20-10-2014",
    "last_day": "19-04-2015",
    "minutes_per_week": "2",
    "complaint_guidance": "Du kan klage.",
    "contact_interval_days": "7",
}

SPOKEN = {"answer": "accepted", "how": "phone", "answered_on": "15-10-2014", "given_by": "guardian"}


@pytest.fixture
def caseworker(app, session):
    app.config["WTF_CSRF_ENABLED"] = False
    a_municipality(session)
    return logged_in(app, session, a_user(session, "SB"))


def text_of(response):
    return response.get_data(as_text=True)


def test_a_course_without_mentor_points_to_the_match(session, caseworker):
    grant = a_grant(session, start=date(2014, 10, 20))

    assert f"/matchning/{grant.public_id}" in text_of(caseworker.get(f"/aftaler/{grant.public_id}"))


def test_the_form_is_filled_and_saved_with_its_letter(session, caseworker):
    grant = a_course(session)

    shown = text_of(caseworker.get(f"/aftaler/{grant.public_id}/ny"))
    answer = caseworker.post(f"/aftaler/{grant.public_id}/ny", data=AGREEMENT)

    agreement = session.scalars(select(Agreement)).one()
    assert grant.mentor.name in shown
    assert answer.status_code == 303
    assert agreement.letter_id is not None
    assert "Udskriv (PDF)" in text_of(caseworker.get(answer.location))


def test_the_items_missing_are_all_named_and_the_rest_is_kept(session, caseworker):
    grant = a_course(session)

    answer = caseworker.post(f"/aftaler/{grant.public_id}/ny", data=AGREEMENT | {"goal": "", "tasks": []})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Målet med støtten mangler (LAB § 31 c, stk. 2)." in page
    assert "Opgaverne mangler" in page
    assert "Samira Haddad" in page


def test_each_party_accepts_and_the_page_says_when_it_is_made(session, caseworker, law):
    agreement = drafted(session, a_course(session), a_user(session, "SB"), law)
    where = f"/aftaler/{agreement.grant.public_id}"

    for party in ("jobcentre", "mentor", "citizen"):
        caseworker.post(f"{where}/{agreement.public_id}/accept", data={"party": party} | SPOKEN)

    page = text_of(caseworker.get(where))
    again = caseworker.post(f"{where}/{agreement.public_id}/accept", data={"party": "mentor"} | SPOKEN)
    assert "Indgået" in page
    assert (again.status_code, "har allerede accepteret" in text_of(again)) == (422, True)


def test_consent_is_not_written_before_it_is_said_how_when_and_by_whom(session, caseworker, law):
    agreement = drafted(session, a_course(session), a_user(session, "SB"), law)
    where = f"/aftaler/{agreement.grant.public_id}/{agreement.public_id}/accept"

    clicked = caseworker.post(where, data={"party": "citizen"})
    halves = [caseworker.post(where, data={"party": "citizen"} | SPOKEN | {left_out: ""}) for left_out in SPOKEN]
    untouched = session.scalars(select(Agreement.citizen_accepted_on)).one()
    caseworker.post(where, data={"party": "citizen"} | SPOKEN)

    assert [answer.status_code for answer in (clicked, *halves)] == [422] * 5
    assert untouched is None
    assert "Vælg, hvem der gav svaret" in text_of(clicked)
    assert session.scalars(select(Agreement.citizen_accepted_on)).one() == date(2014, 10, 15)
    shown = text_of(caseworker.get(f"/aftaler/{agreement.grant.public_id}"))
    assert "i telefonen, givet af værgen, skrevet af" in shown


def test_the_database_keeps_no_consent_that_nobody_gave(session, caseworker, law):
    agreement = drafted(session, a_course(session), a_user(session, "SB"), law)

    session.add(
        Answer(
            agreement_id=agreement.id,
            party="citizen",
            answer="accepted",
            how="phone",
            answered_on=WORKING_DAY,
            by_id=caseworker.user.id,
        )
    )

    with pytest.raises(IntegrityError):
        session.flush()


def test_beginning_without_the_citizen_asks_why(session, caseworker, law):
    agreement = drafted(session, a_course(session), a_user(session, "SB"), law)
    where = f"/aftaler/{agreement.grant.public_id}/{agreement.public_id}/uden-borger"

    silent = caseworker.post(where, data={"absent_reason": ""})
    caseworker.post(where, data={"absent_reason": "Mødte ikke op."})

    assert (silent.status_code, "Skriv hvorfor." in text_of(silent)) == (422, True)
    assert session.scalars(select(Agreement.citizen_absent_reason)).one() == "Mødte ikke op."


def test_a_mentor_accepts_from_the_own_page(app, session, caseworker, law):
    grant = a_course(session)
    agreement = drafted(session, grant, a_user(session, "SB"), law)
    mentor = logged_in(app, session, a_user(session, "MI", mentor=grant.mentor))

    page = text_of(mentor.get(f"/aftaler/{grant.public_id}"))
    mentor.post(f"/aftaler/{grant.public_id}/{agreement.public_id}/accept", data={"party": "mentor"})

    assert "Acceptér aftalen som mentor" in page
    assert "Acceptér aftalen som borgeren" not in page
    assert session.scalars(select(Agreement.mentor_accepted_on)).one() is not None


def test_another_teams_course_is_not_found(session, caseworker):
    assert caseworker.get("/aftaler/findes-ikke").status_code == 404
