"""Make considerations and documents: a guardian, representatives, interpreters, exemptions, Maja's papers."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents import service as documents
from jobcenter_mentor.casefile.documents.service import NewDocument
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.people.citizens import considerations
from jobcenter_mentor.people.citizens.considerations import NewConsideration
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

SHOWN = "2014-0873"
"""Maja Jensen's course, which is in the screenshots."""
SINCE = date(2014, 3, 1)
TEXT = b"BT /F1 14 Tf 72 760 Td (Statusattest. Opdigtet til demonstrationen.) Tj ET"
PARTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%b\nendstream" % (len(TEXT), TEXT),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)
"""The parts of a PDF page of one line."""
MOTHER = NewConsideration(
    "representative", SINCE, name="Kirsten Jensen", address="Åvej 12, 9999 Sønderå", phone="00101112", letters="copy"
)
MORNINGS = NewConsideration("no_calls", SINCE, note="Før kl. 11, sover dårligt")
GUARDIAN = NewConsideration(
    "guardian", SINCE, name="Poul Dam", address="Torvet 3, 9999 Sønderå", phone="00131415", letters="instead"
)
OTHERS = (
    GUARDIAN,
    NewConsideration("post_exempt", SINCE, note="Oplyst af borgerservice"),
    NewConsideration("post_exempt", SINCE, date(2014, 8, 31), note="Havde ikke NemID"),
    NewConsideration("no_calls", SINCE, note="Onsdag, har barnet"),
)
INTERPRETERS = 4


def write_facts(session: Session, by: User) -> None:
    """Write considerations and documents of one caseworker's citizens, by the services."""
    grant = session.scalars(select(Grant).where(Grant.case_number == SHOWN)).one()
    maja = session.get_one(Citizen, grant.citizen_id)
    own = select(Citizen).join(Grant, Grant.citizen_id == Citizen.id)
    own = own.where(Citizen.caseworker_id == by.id, Citizen.id != maja.id, ~Citizen.protected)
    people = list(session.scalars(own.where(Grant.last_day > DEMO_DAY).order_by(Citizen.id).distinct()))
    for fact in (MOTHER, MORNINGS):
        considerations.record(session, maja, fact, actor=Actor(by, DEMO_DAY))
    danish = [citizen for citizen in people if citizen.language == "dansk"]
    for citizen, fact in zip(danish, OTHERS, strict=False):
        considerations.record(session, citizen, fact, actor=Actor(by, DEMO_DAY))
    for citizen in [citizen for citizen in people if citizen.language != "dansk"][:INTERPRETERS]:
        fact = NewConsideration("interpreter", SINCE, language=citizen.language)
        considerations.record(session, citizen, fact, actor=Actor(by, DEMO_DAY))
    _papers(session, maja, grant, by)


def _papers(session: Session, maja: Citizen, grant: Grant, by: User) -> None:
    dated = DEMO_DAY - timedelta(days=20)
    note = NewDocument("Statusattest", dated, "attest.pdf", _page(), "Egen læge", grant.public_id)
    first = documents.add(session, maja, note, actor=Actor(by, DEMO_DAY - timedelta(days=15)))
    documents.replace(session, first, note, because="Side 2 manglede", actor=Actor(by, DEMO_DAY - timedelta(days=14)))


def _page() -> bytes:
    """Return the parts as a PDF."""
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(PARTS, start=1):
        places.append(len(made))
        made += b"%d 0 obj%b endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    return made + head + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
