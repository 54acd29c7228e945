"""Sider om borgerens forhold: written, ended and kept, by those who may change the citizen's contact data."""

from sqlalchemy import select

from jobcenter_mentor.people.citizens.models import Consideration
from tests.builders import a_citizen, nobodys_cpr
from tests.casefile.documents.test_service import a_document


def test_a_guardian_is_written_shown_and_ended(as_caseworker, session):
    citizen = a_citizen(session)
    session.commit()
    told = {"name": "Poul Dam", "address": "Torvet 3, 9999 Sønderå", "letters": "instead", "valid_from": "01-09-2014"}

    saved = as_caseworker.post(f"/borgere/{citizen.public_id}/hensyn?slags=guardian", data=told)
    row = session.scalars(select(Consideration)).one()
    shown = as_caseworker.get(f"/borgere/{citizen.public_id}").text
    as_caseworker.post(f"/borgere/hensyn/{row.public_id}", data={"last_day": "10-10-2014", "because": "Ophævet"})
    after = as_caseworker.get(f"/borgere/{citizen.public_id}").text

    assert saved.status_code == 303
    assert "Brevene sendes hertil i stedet for til borgeren" in shown
    assert "Tidligere (1)" in after
    assert "Ophævet" in after


def test_a_missing_language_is_said_at_the_field(as_caseworker, session):
    citizen = a_citizen(session)
    session.commit()

    answer = as_caseworker.post(
        f"/borgere/{citizen.public_id}/hensyn?slags=interpreter", data={"valid_from": "01-09-2014"}
    )

    assert answer.status_code == 422
    assert "Skriv sproget." in answer.text


def test_a_new_cpr_number_is_masked_on_the_page_and_the_old_one_finds_the_citizen(as_caseworker, session):
    old, new = nobodys_cpr(81), nobodys_cpr(82)
    citizen = a_citizen(session, cpr=old)
    session.commit()
    told = {"cpr": new, "replaced_on": "01-10-2014", "reason": "Nyt nummer fra CPR"}

    changed = as_caseworker.post(f"/borgere/{citizen.public_id}/nyt-cpr", data=told)
    page = as_caseworker.get(f"/borgere/{citizen.public_id}").text
    found = as_caseworker.post("/borgere/cpr", data={"cpr": old})

    assert changed.status_code == 303
    assert "Nyt nummer fra CPR" in page
    assert old[6:] not in page
    assert found.location.endswith(citizen.public_id)


def test_merging_is_shown_first_and_done_when_confirmed(as_team_leader, session):
    stays, goes = a_citizen(session), a_citizen(session, cpr=nobodys_cpr(83))
    session.commit()
    address = f"/sammenlaeg/{stays.public_id}"

    shown = as_team_leader.post(address, data={"cpr": nobodys_cpr(83)})
    seal = shown.text.split('name="seal"')[1].split('value="')[1].split('"')[0]
    told = {"other": goes.public_id, "seal": seal, "reason": "Samme pas", "sure": "y"}
    unsure = as_team_leader.post(f"{address}/bekraeft", data=told | {"sure": ""})
    done = as_team_leader.post(f"{address}/bekraeft", data=told)

    assert (shown.status_code, unsure.status_code, done.status_code) == (200, 422, 303)
    assert as_team_leader.get(f"/borgere/{goes.public_id}").status_code == 404


def test_empty_forms_are_shown_again_on_every_page_of_facts_documents_and_letters(as_team_leader, session):
    citizen = a_citizen(session)
    document = a_document(session, citizen, as_team_leader.user)
    session.commit()
    key = citizen.public_id
    pages = [f"/borgere/{key}/hensyn", f"/borgere/{key}/nyt-cpr", f"/sammenlaeg/{key}", f"/sammenlaeg/{key}/bekraeft"]
    pages += [f"/dokumenter/ny/{key}"] + [f"/dokumenter/{document.public_id}/{act}" for act in ("erstat", "fjern")]

    assert {page: as_team_leader.post(page, data={}).status_code for page in pages} == dict.fromkeys(pages, 422)
