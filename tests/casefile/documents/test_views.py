"""Sider om dokumenter: uploaded on a form, handed out as an attachment that the browser may not guess about."""

import io

from sqlalchemy import select

from jobcenter_mentor.casefile.documents.models import Document
from tests.builders import a_citizen
from tests.casefile.documents.test_service import PDF, PNG

FIELDS = {"title": "Lægeerklæring", "dated": "15-10-2014", "party": "Egen læge", "course": ""}


def sent(client, citizen, content, name):
    return client.post(f"/dokumenter/ny/{citizen.public_id}", data=FIELDS | {"file": (io.BytesIO(content), name)})


def test_a_document_is_uploaded_listed_and_handed_out_unchanged(as_caseworker, session):
    citizen = a_citizen(session)
    session.commit()

    assert sent(as_caseworker, citizen, PDF, "Emil Krogh læge.pdf").status_code == 303
    document = session.scalars(select(Document)).one()
    page = as_caseworker.get(f"/borgere/{citizen.public_id}").text
    file = as_caseworker.get(f"/dokumenter/{document.public_id}")

    assert "Lægeerklæring" in page
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "Krogh" not in file.headers["Content-Disposition"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_named_as_another_type_is_refused_at_the_field_and_nothing_is_kept(as_caseworker, session):
    citizen = a_citizen(session)
    session.commit()

    answer = sent(as_caseworker, citizen, PNG, "scan.pdf")

    assert answer.status_code == 422
    assert "Filen hedder .pdf, men indholdet er PNG." in answer.text
    assert session.scalars(select(Document)).all() == []


def test_a_missing_file_is_asked_for(as_caseworker, session):
    citizen = a_citizen(session)
    session.commit()

    answer = as_caseworker.post(f"/dokumenter/ny/{citizen.public_id}", data=FIELDS)

    assert answer.status_code == 422
    assert "Vælg en fil." in answer.text
