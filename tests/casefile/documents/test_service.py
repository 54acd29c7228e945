"""Dokumenter: known by their content, encrypted, journalised, read by those of the case, and never lost unseen."""

import io
import zipfile

import pytest
from sqlalchemy import LargeBinary, cast, select, text

from jobcenter_mentor.casefile.documents import service
from jobcenter_mentor.casefile.documents.filetypes import checked
from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.documents.service import NewDocument
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_team, a_user

ON = WORKING_DAY
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"


def docx(**parts):
    """Make a package; parts are by name with `__` for a slash."""
    inside = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
    inside |= {name.replace("__", "/"): content for name, content in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in inside.items():
            if content is not None:
                package.writestr(name, content)
    return made.getvalue()


def a_document(session, citizen, by, **changes):
    """Take a doctor's note in."""
    values = {"title": "Lægeerklæring", "dated": ON, "filename": "læge.pdf", "content": PDF, "party": "Egen læge"}
    return service.add(session, citizen, NewDocument(**(values | changes)), actor=Actor(by, ON))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("a.pdf", PDF, "pdf"), ("A.JPEG", JPG, "jpg"), ("a.b.png", PNG, "png"), ("brev.docx", docx(), "docx")],
)
def test_the_four_types_are_known_by_their_content(name, content, kind):
    assert checked(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b" \n", "Filen er tom"),
        ("a.pdf", PDF + b"\0" * (10 * 1024 * 1024), "større end 10 MB"),
        ("a.pdf", PNG, "Filen hedder .pdf, men indholdet er PNG"),
        ("a.pdf", b"MZ" + b"\0" * 60, "Filen hedder .pdf, men indholdet er et program"),
        ("a.exe", b"MZ" + b"\0" * 60, "Filen er et program"),
        ("a.docx", docx(xl__workbook_xml="x").replace(b"word/", b"xxxx/"), "men indholdet er et Excel-ark"),
        ("a.docx", docx(word__vbaProject_bin="x").replace(b"Project_bin", b"Project.bin"), "makroer"),
        ("a.docx", docx(**{"word__..__x": "x"}), "beskadiget"),
        ("a.docx", docx()[:-30], "beskadiget"),
        ("a.docx", docx(word__big="0" * (101 * 1024 * 1024)), "100 MB"),
        ("a.pdf", b"%PDF-1.7 <script>", "ikke hel"),
        ("a.jpg", JPG[:-2], "ikke hel"),
        ("a.txt", b"hej med dig", "noget andet"),
        ("a", PDF, "Giv den endelsen .pdf"),
    ],
)
def test_what_can_not_be_taken_in_is_said_at_the_file(name, content, said):
    with pytest.raises(ValidationFailed) as refused:
        checked(name, content)

    assert said in refused.value.errors["file"][0]


def test_a_document_is_encrypted_journalised_at_once_and_its_reading_logged(session):
    by, citizen = a_user(session), a_citizen(session)
    grant = a_grant(session, citizen)

    document = a_document(session, citizen, by, grant=grant.public_id)
    _, content = service.read(session, document.public_id, actor=Actor(by, ON))

    stored = session.scalar(select(cast(Document.__table__.c.content, LargeBinary)))
    assert content == PDF
    assert PDF not in bytes(stored)
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.grant_id, entry.kind, entry.subject_id) == (grant.id, "document", document.public_id)
    assert "Egen læge" in entry.text
    looks = session.scalars(select(Event).where(Event.action == "document.read")).all()
    assert [look.citizen_ids for look in looks] == [[citizen.id]]


def test_documents_are_reached_as_the_case_and_by_mentors_only_when_released(session):
    by, citizen = a_user(session), a_citizen(session)
    mentor = a_mentor(session)
    grant = a_grant(session, citizen, mentor_id=mentor.id)
    secret = a_document(session, citizen, by, grant=grant.public_id)
    shared = a_document(session, citizen, by, grant=grant.public_id, released=True)
    own, other = a_user(session, "MI", mentor=mentor), a_user(session, "SB", team=a_team(session, "Team Voksen"))

    assert service.read(session, shared.public_id, actor=Actor(own, ON))[0] == shared
    for public_id, reader in ((secret.public_id, own), (shared.public_id, other)):
        with pytest.raises(NotFound):
            service.read(session, public_id, actor=Actor(reader, ON))


def test_a_new_version_keeps_the_old_one_and_a_removed_one_leaves_its_trace(session):
    by, citizen = a_user(session), a_citizen(session)
    old = a_document(session, citizen, by)
    better = NewDocument("Lægeerklæring", ON, "læge.png", PNG)

    new = service.replace(session, old, better, because="Sidste side manglede", actor=Actor(by, ON))
    service.remove(session, new, because="Forkert borger", actor=Actor(by, ON))

    assert service.read(session, old.public_id, actor=Actor(by, ON))[1] == PDF
    listed = service.list_of_citizen(session, citizen.id, actor=Actor(by, ON))
    assert [(row.replaced_because, row.removed_because) for row in listed] == [
        ("", "Forkert borger"),
        ("Sidste side manglede", ""),
    ]
    assert session.execute(text("SELECT content FROM document WHERE removed_on IS NOT NULL")).scalar() is None
    with pytest.raises(NotFound):
        service.read(session, new.public_id, actor=Actor(by, ON))
    with pytest.raises(Conflict):
        service.replace(session, old, better, because="Igen", actor=Actor(by, ON))


def test_removing_needs_a_reason(session):
    by, citizen = a_user(session), a_citizen(session)
    document = a_document(session, citizen, by)

    with pytest.raises(ValidationFailed) as refused:
        service.remove(session, document, because=" ", actor=Actor(by, ON))

    assert refused.value.errors.keys() == {"because"}
