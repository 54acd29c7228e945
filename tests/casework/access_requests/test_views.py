"""Siderne om aktindsigt: from the request to the answer, forged forms, protected names, who may open the papers."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.access_requests.models import AccessOmission, AccessRequest
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import a_grant, a_team, a_user
from tests.casework.access_requests.conftest import CANARY, a_pdf, texts
from tests.logins import Visitor, logged_in

Receive = Callable[..., AccessRequest]
Paper = Callable[..., Document]


@pytest.fixture
def caseworker(session: Session, client: FlaskClient, user: User) -> Visitor:
    return logged_in(client.application, session, user)


@pytest.fixture
def boss(session: Session, client: FlaskClient, leader: User) -> Visitor:
    return logged_in(client.application, session, leader)


def papers(visitor: Visitor, row: AccessRequest) -> bytes:
    """Open the collected papers, with a reason where one is asked."""
    address = f"/aktindsigt/{row.public_id}/papirer.pdf"
    answer = visitor.get(address)
    if (answer.location or "").startswith("/begrundelse"):
        visitor.post("/begrundelse", data={"next": address, "reason": "Skal godkende svaret"})
        answer = visitor.get(address)
    assert answer.mimetype == "application/pdf", answer.status
    return answer.data


def test_the_pages_lead_from_the_request_to_the_answer(
    session: Session, citizen: Citizen, paper: Paper, caseworker: Visitor, boss: Visitor
) -> None:
    document = paper("Attest", a_pdf(["Side et", CANARY]))
    new = f"/aktindsigt/ny/{citizen.public_id}"
    assert new in caseworker.get(f"/borgere/{citizen.public_id}").text
    assert caseworker.post(new, data={"received_on": "06-10-2014", "asked_by": ""}).status_code == 422
    assert "ikke part" in caseworker.post(new, data={"received_on": "06-10-2014", "asked_by": "nobody"}).text

    address = caseworker.post(new, data={"received_on": "06-10-2014", "asked_by": "citizen"}).location
    twice = caseworker.post(new, data={"received_on": "07-10-2014", "asked_by": "citizen"})
    assert (twice.status_code, "allerede en åben anmodning" in twice.text) == (422, True)
    told = {"paper": f"document:{document.public_id}", "pages": "2", "section": "15b", "reason": "Om naboen."}
    assert caseworker.post(f"{address}/udelad", data=told).status_code == 303
    assert "Side 2 udeladt, forvaltningsloven § 15 b" in caseworker.get(address).text
    assert caseworker.post(f"{address}/indstil").status_code == 303
    assert caseworker.post(f"{address}/godkend").status_code == 403
    assert "Godkend svaret" in boss.get(address).text

    assert boss.post(f"{address}/godkend").status_code == 303
    row = session.scalars(select(AccessRequest)).one()
    pages = texts(papers(boss, row))
    letter = session.scalars(select(Letter)).one()
    words = " ".join(texts(boss.get(f"/breve/{letter.public_id}.pdf").data))

    assert "Side et" in pages[1]
    assert CANARY not in " ".join(pages)
    assert "men ikke det hele" in words
    assert "side 2: Om naboen (forvaltningsloven § 15 b" in words
    assert "Hvis du er uenig" in words
    assert "Besvaret: noget udeladt" in caseworker.get("/aktindsigt").text


def test_a_full_answer_has_no_guidance_on_complaints(
    session: Session, paper: Paper, request_of: Receive, caseworker: Visitor, boss: Visitor
) -> None:
    paper("Attest", a_pdf(["Side et"]))
    address = f"/aktindsigt/{request_of().public_id}"
    caseworker.post(f"{address}/indstil")

    assert boss.post(f"{address}/godkend").status_code == 303
    words = " ".join(texts(boss.get(f"/breve/{session.scalars(select(Letter)).one().public_id}.pdf").data))

    assert "Du får alle papirer i sagen" in words
    assert "klage" not in words


def test_a_forged_form_brings_nothing_internal_into_the_papers(
    session: Session, paper: Paper, request_of: Receive, caseworker: Visitor, boss: Visitor
) -> None:
    document, row = paper(CANARY, a_pdf([CANARY]), is_internal=True), request_of()
    address, key = f"/aktindsigt/{row.public_id}", f"document:{document.public_id}"
    forged = {
        "include": key,
        "paper": key,
        "omission": document.public_id,
        "is_internal": "",
        "section": "15b",
        "reason": "Med",
        "pages": "",
    }

    assert caseworker.post(f"{address}/udelad", data=forged).status_code == 422
    assert caseworker.post(f"{address}/tag-med", data=forged).status_code == 422
    assert caseworker.post(f"{address}/indstil", data=forged).status_code == 303
    assert boss.post(f"{address}/godkend", data=forged).status_code == 303

    assert session.scalars(select(AccessOmission)).all() == []
    assert CANARY not in " ".join(texts(papers(boss, row)))
    assert row.outcome == "none" if len(texts(papers(boss, row))) == 2 else row.outcome == "partly"


def test_another_teams_people_find_neither_page_nor_papers(
    session: Session, client: FlaskClient, request_of: Receive
) -> None:
    row = request_of()
    stranger = logged_in(client.application, session, a_user(session, team=a_team(session, "Team Job")))

    for address in (f"/aktindsigt/{row.public_id}", f"/aktindsigt/{row.public_id}/papirer.pdf"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/aktindsigt/{row.public_id}/indstil").status_code == 404
    assert row.public_id not in stranger.get("/aktindsigt").text


def test_a_colleague_and_the_leader_write_why_before_the_papers_are_opened(
    session: Session, client: FlaskClient, request_of: Receive, caseworker: Visitor, boss: Visitor
) -> None:
    row, address = request_of(), ""
    address = f"/aktindsigt/{row.public_id}/papirer.pdf"
    colleague = logged_in(client.application, session, a_user(session))

    assert caseworker.get(address).mimetype == "application/pdf"
    for other in (colleague, boss):
        assert other.get(address).location.startswith("/begrundelse")
        assert papers(other, row).startswith(b"%PDF")
    assert session.scalars(select(Event.action)).all().count("access_request.papers") == 3


def test_a_protected_citizens_papers_ask_why_and_the_letter_asks_twice(
    session: Session, citizen: Citizen, request_of: Receive, caseworker: Visitor, boss: Visitor
) -> None:
    citizen.protected = True
    session.flush()
    row = request_of()
    address = f"/aktindsigt/{row.public_id}"

    assert citizen.name not in caseworker.get(address).text
    assert caseworker.get(f"{address}/papirer.pdf").mimetype != "application/pdf"
    assert papers(caseworker, row).startswith(b"%PDF")
    caseworker.post(f"{address}/indstil")
    refused = boss.post(f"{address}/godkend")
    assert (refused.status_code, "Bekræft" in refused.text) == (422, True)
    assert boss.post(f"{address}/godkend", data={"address_confirmed": "y"}).status_code == 303


def test_the_letter_of_another_party_bears_that_partys_address_and_no_other(
    session: Session, citizen: Citizen, request_of: Receive, caseworker: Visitor, boss: Visitor
) -> None:
    named = {"party_name": "Nadia Holm", "party_address": "Torvet 1, 9999 Sønderå", "party_why": "Virksomhedens mentor"}
    row = request_of(asked_by="party", **named)
    caseworker.post(f"/aktindsigt/{row.public_id}/indstil")
    boss.post(f"/aktindsigt/{row.public_id}/godkend")

    letter = session.scalars(select(Letter)).one()
    words = " ".join(texts(boss.get(f"/breve/{letter.public_id}.pdf").data))

    assert "Kære Nadia Holm" in words
    assert "Torvet 1" in words
    assert citizen.address.split(",")[0] not in words
    assert "Nadia Holm" in caseworker.get(f"/breve/{letter.public_id}/sendt").text


def test_a_case_number_leads_to_the_form_and_a_deleted_or_unknown_one_is_told(
    session: Session, citizen: Citizen, caseworker: Visitor
) -> None:
    grant = a_grant(session, citizen)

    assert f"/aktindsigt/ny/{citizen.public_id}" in caseworker.get(f"/aktindsigt?sag={grant.case_number}").location
    assert "findes ikke i dit team" in caseworker.get("/aktindsigt?sag=1999-0001").text


def test_a_file_that_can_not_be_read_stops_the_proposal_and_is_named(
    session: Session, paper: Paper, request_of: Receive, caseworker: Visitor
) -> None:
    paper("Halv", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    row = request_of()

    answer = caseworker.post(f"/aktindsigt/{row.public_id}/indstil")

    assert (answer.status_code, "»Halv« af 01.09.2014" in answer.text) == (422, True)
    session.refresh(row)
    assert row.proposed_on is None


def test_a_delay_makes_a_letter_and_moves_the_day(session: Session, request_of: Receive, caseworker: Visitor) -> None:
    row = request_of()
    address = f"/aktindsigt/{row.public_id}"
    assert caseworker.post(f"{address}/udskyd", data={"expected_on": "15-10-2014", "reason": "Stor"}).status_code == 422

    told = {"expected_on": "24-10-2014", "reason": "Sagen fylder 900 sider."}
    assert caseworker.post(f"{address}/udskyd", data=told).status_code == 303

    letter = session.scalars(select(Letter)).one()
    words = " ".join(texts(caseworker.get(f"/breve/{letter.public_id}.pdf").data))
    session.refresh(row)
    assert row.answer_by == date(2014, 10, 24)
    assert "Du får svar senest den 24. oktober 2014." in words
    assert "Sagen fylder 900 sider." in words
    assert "klage" not in words
