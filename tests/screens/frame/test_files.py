"""Filer: what a page hands out as a file holds no more of a protected citizen than the page itself."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents import service as documents
from jobcenter_mentor.casefile.documents.service import NewDocument
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.changes import service as changes
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens import considerations
from jobcenter_mentor.people.citizens.considerations import NewConsideration, addressee
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_mentor, a_referral, a_user
from tests.casefile.letters.samples import GRANT
from tests.casework.grants.cases import KNOWN, granted, proposed, the_frames
from tests.logins import logged_in
from tests.reading import pdf_text, read

NAME, STREET, OTHER_STREET = "Hemmeligsen", "Skjultestræde", "Forældrevej"
SECRETS = (NAME, STREET, OTHER_STREET)
REASON = "Brevet skal lægges i kuvert i dag"
REFERRAL = {
    "goal": "Tager bussen selv.",
    "goal_by": "01-03-2015",
    "tasks": "transport",
    "barriers": "mental",
    "consulted": "ja",
    "consulted_on": "14-10-2014",
    "can_take_other_offers": "nej",
    "cannot_because": "personal",
    "first_offer": "ja",
    "start": "20-10-2014",
    "weeks": "26",
    "minutes_per_week": "2",
    "mentor_type": "INT",
    "referred_on": "09-10-2014",
    "reason": "Aftalt.",
}


@dataclass
class Case:
    """A protected citizen whose letters go to a guardian of the same name, and the files that are about the case."""

    citizen: Citizen
    drafts: list[str]
    kept: list[str]


@pytest.fixture
def case(session: Session, law: Law) -> Case:
    the_frames(session)
    by = a_user(session, "SB")
    referral = a_referral(session)
    citizen, grant = referral.citizen, granted(session, referral, law=law)
    grant.mentor_id = a_mentor(session).id
    _protect(session, citizen, by)
    waiting = proposed(session, a_referral(session, citizen), by=by, law=law, minutes_per_week=60)
    more = NewChange("hours", "Har brug for mere.", start=date(2014, 12, 1), minutes_per_week=180)
    change = changes.propose(session, grant, more, actor=Actor(by, WORKING_DAY), law=law)
    facts.add(session, change, KNOWN, actor=Actor(by, WORKING_DAY))
    to = addressee(citizen, WORKING_DAY)
    values = replace(GRANT, recipient=to.lines, copy_to=to.copy_to)
    draft = letters.decision_draft("decision", values, address_confirmed=True)
    pdf = letters.render(draft)
    assert all(secret in pdf_text(pdf) for secret in (NAME, OTHER_STREET))
    letter = letters.keep(session, draft, pdf, citizen_id=citizen.id, grant_id=grant.id, actor=Actor(by, WORKING_DAY))
    file = NewDocument("Udtalelse", WORKING_DAY, "udtalelse.pdf", pdf, grant=grant.public_id, released=True)
    document = documents.add(session, citizen, file, actor=Actor(by, WORKING_DAY))
    session.commit()
    return Case(
        citizen,
        drafts=[
            f"/bevillinger/afgoerelse/{waiting.public_id}/brev",
            f"/aendringer/afgoerelse/{change.public_id}/brev",
            f"/aendringer/hoering/{change.public_id}/brev",
        ],
        kept=[f"/breve/{letter.public_id}.pdf", f"/dokumenter/{document.public_id}"],
    )


def _protect(session: Session, citizen: Citizen, by) -> None:
    citizen.last_name, citizen.address = NAME, f"{STREET} 1, 9999 Sønderå"
    citizen.protected = citizen.released_contact = True
    since = date(2014, 1, 1)
    for new in (
        NewConsideration("guardian", since, name=f"Bo {NAME}", address=f"{OTHER_STREET} 2", letters="instead"),
        NewConsideration("representative", since, name=f"Ib {NAME}", address=f"{OTHER_STREET} 3", letters="copy"),
    ):
        considerations.record(session, citizen, new, actor=Actor(by, WORKING_DAY))
    session.refresh(citizen)


def shown(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("role", ["SB", "TL", "MK"])
def test_a_letter_that_is_looked_through_hides_name_and_address(
    app: Flask, session: Session, case: Case, role: str
) -> None:
    visitor = logged_in(app, session, a_user(session, role))

    answers = [visitor.get(address) for address in case.drafts]

    assert [(answer.status_code, shown(read(answer))) for answer in answers] == [(200, [])] * 3
    assert all("Adressen er beskyttet" in read(answer) for answer in answers)


def test_the_letter_of_a_case_that_is_being_opened_hides_name_and_address(
    app: Flask, session: Session, case: Case
) -> None:
    visitor = logged_in(app, session, a_user(session, "SB"))

    answer = visitor.post(f"/henvisninger/brev?borger={case.citizen.public_id}", data=REFERRAL)

    assert answer.mimetype == "application/pdf", answer.text
    assert shown(read(answer)) == []


@pytest.mark.parametrize("role", ["MK", "RE"])
def test_a_kept_file_is_closed_to_who_may_not_see_the_name(app: Flask, session: Session, case: Case, role: str) -> None:
    visitor = logged_in(app, session, a_user(session, role))

    for address in case.kept:
        visitor.post("/begrundelse", data={"next": address, "reason": REASON})
        answer = visitor.get(address)
        assert (answer.status_code, shown(read(answer))) == (403, [])
        assert "Kun sagsbehandleren og teamlederen" in answer.text


@pytest.mark.parametrize("role", ["SB", "TL"])
def test_a_kept_file_opens_with_a_reason_that_is_logged(app: Flask, session: Session, case: Case, role: str) -> None:
    visitor = logged_in(app, session, a_user(session, role))

    for address in case.kept:
        asked = visitor.get(address)
        visitor.post("/begrundelse", data={"next": address, "reason": REASON})
        opened = visitor.get(address)
        assert (asked.status_code, asked.location) == (303, f"/begrundelse?next={address}")
        assert (opened.status_code, NAME in read(opened)) == (200, True)

    looks = session.scalars(select(Event).where(Event.action == "citizen.protected")).all()
    assert [(look.user_id, look.citizen_ids) for look in looks] == [(visitor.user.id, [case.citizen.id])] * 2


def test_no_page_links_to_a_file_that_the_reader_may_not_open(app: Flask, session: Session, case: Case) -> None:
    coordinator, leader = (logged_in(app, session, a_user(session, role)) for role in ("MK", "TL"))
    page = f"/borgere/{case.citizen.public_id}"

    linked = [[address in visitor.get(page).text for address in case.kept] for visitor in (coordinator, leader)]

    assert linked == [[False, False], [True, True]]


def test_the_pages_of_a_protected_citizen_name_no_guardian(app: Flask, session: Session, case: Case) -> None:
    letter = case.kept[0].removeprefix("/breve/").removesuffix(".pdf")
    leader = logged_in(app, session, a_user(session, "TL"))

    pages = [leader.get(f"/borgere/{case.citizen.public_id}").text, leader.get(f"/breve/{letter}/sendt").text]

    assert [shown(page) for page in pages] == [[], []]
    assert "Navnet er beskyttet" in pages[0]
