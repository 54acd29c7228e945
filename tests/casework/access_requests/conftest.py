"""Fælles for testene af aktindsigt: a citizen with papers of each kind, a caseworker and a leader of the team."""

import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from pypdf import PdfReader, PdfWriter
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents import service as documents
from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.documents.service import NewDocument
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.access_requests import answer, service
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.pdf_pages import AccessPaper, set_sheets
from jobcenter_mentor.casework.access_requests.service import NewRequest
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_municipality, a_user

RECEIVED = date(2014, 10, 6)
CANARY = "Kanariefuglen Pip"


@pytest.fixture
def law(session: Session) -> Law:
    return law_of(session)


@pytest.fixture
def user(session: Session) -> User:
    return a_user(session)


@pytest.fixture
def leader(session: Session) -> User:
    return a_user(session, "TL")


@pytest.fixture
def citizen(session: Session, user: User) -> Citizen:
    a_municipality(session)
    return a_citizen(session, caseworker_id=user.id, address="Havnegade 3, 9999 Sønderå")


@pytest.fixture
def request_of(session: Session, citizen: Citizen, user: User, law: Law) -> Callable[..., AccessRequest]:
    """Return a way to take a request in."""

    def receive(**changes: object) -> AccessRequest:
        told = {"received_on": RECEIVED, "asked_by": "citizen"} | changes
        return service.receive(session, citizen, NewRequest(**told), actor=Actor(user, WORKING_DAY), law=law)  # type: ignore[arg-type]

    return receive


@pytest.fixture
def paper(session: Session, citizen: Citizen, user: User) -> Callable[..., Document]:
    """Return a way to take a document in."""

    def add(title: str, content: bytes, name: str = "fil.pdf", **changes: object) -> Document:
        new = NewDocument(title, date(2014, 9, 1), name, content, **changes)  # type: ignore[arg-type]
        return documents.add(session, citizen, new, actor=Actor(user, WORKING_DAY))

    return add


def a_pdf(pages: Sequence[str]) -> bytes:
    """Return a PDF with one text a page."""
    writer = PdfWriter()
    for some in set_sheets([AccessPaper(words) for words in pages], {}):
        for page in some:
            writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def answered(session: Session, row: AccessRequest, user: User, leader: User, law: Law) -> bytes:
    """Propose and approve, and return what was handed out."""
    service.propose(session, row, actor=Actor(user, WORKING_DAY))
    bound = answer.collect(session, row, on=WORKING_DAY)
    written = answer.draft(session, row, bound, on=WORKING_DAY, law=law, address_confirmed=True)
    answer.approve(session, row, bound, written, letters.render(written), actor=Actor(leader, WORKING_DAY))
    return answer.read(session, row, has_reason=True, actor=Actor(leader, WORKING_DAY))
