"""Papirerne samlet: in order with an index, each left-out page named in its place, and nothing internal in it."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import DictionaryObject, Fit, NameObject, StreamObject
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.access_requests import answer, case_file, omission
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.pdf_pages import Unreadable, docx_text, read_pdf
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Hearing
from jobcenter_mentor.casework.meetings.models import Meeting, NoteReply
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_referral
from tests.casework.access_requests.conftest import CANARY, a_pdf, answered, texts
from tests.casework.grants.cases import KNOWN

Receive = Callable[..., AccessRequest]
Paper = Callable[..., Document]


def a_png() -> bytes:
    """Return an image of one white dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    head = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    dot = zlib.compress(b"\x00\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


def a_docx(*paragraphs: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def whole(pdf: bytes) -> bytes:
    """Return everything that stands in the file, its streams unpacked."""
    found = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_papers_of_all_kinds_stand_in_order_with_the_pages_of_the_index(
    session: Session, citizen: Citizen, request_of: Receive, paper: Paper, user: User, leader: User, law: Law
) -> None:
    paper("Attest", a_pdf(["Attest side et", "Attest side to"]))
    paper("Billede", a_png(), "billede.png")
    paper("Word", a_docx("Første afsnit", "Andet afsnit"), "brev.docx")
    journal.add_note(
        session,
        citizen,
        title="Samtale",
        text="Borgeren vil arbejde.",
        is_health=True,
        grant="",
        actor=Actor(user, date(2014, 8, 1)),
    )

    pages = texts(answered(session, request_of(), user, leader, law))

    assert "1 01.08.2014 Notat Samtale 2" in pages[0]
    assert "2 01.09.2014 Dokument Attest 3-4" in pages[0]
    assert "Borgeren vil arbejde." in pages[1]
    assert "Attest side to" in pages[3]
    assert "Side 4 af 7 · nr. 2, side 2 af 2" in pages[3]
    assert "Første afsnit Andet afsnit" in pages[5]
    assert "Dokument: Attest, tilføjet" in pages[6]
    assert len(pages) == 7


def test_each_left_out_page_is_named_with_its_section_in_its_place(
    session: Session, request_of: Receive, paper: Paper, user: User, leader: User, law: Law
) -> None:
    document = paper("Attest", a_pdf(["Side et", CANARY, "Side tre"]))
    row = request_of()
    told = {"section": "15b", "reason": "Handler om naboen.", "by": user}
    omission.leave_out(session, row, f"document:{document.public_id}", pages="2", **told)

    pdf = answered(session, row, user, leader, law)
    pages = texts(pdf)

    assert "Side et" in pages[1]
    assert "side 2 af 3 er udeladt" in pages[2]
    assert "forvaltningsloven § 15 b" in pages[2]
    assert "Side tre" in pages[3]
    assert "Side 2: Udeladt efter forvaltningsloven § 15 b" in pages[0]
    assert CANARY not in " ".join(pages)
    assert row.outcome == "partly"


def test_a_paper_left_out_is_named_by_kind_and_day_and_not_by_its_title(
    session: Session, request_of: Receive, paper: Paper, user: User, leader: User, law: Law
) -> None:
    document = paper(f"Om {CANARY}", a_pdf([CANARY]))
    row = request_of()
    key = f"document:{document.public_id}"
    omission.leave_out(session, row, key, pages="", section="14", reason="Brevet er til vores advokat.", by=user)

    pdf = answered(session, row, user, leader, law)

    assert "Udeladt efter forvaltningsloven § 14" in texts(pdf)[1]
    assert CANARY not in " ".join(texts(pdf))
    assert CANARY.encode() not in whole(pdf)


def test_nothing_of_a_left_out_page_stays_behind_in_the_file(
    session: Session, request_of: Receive, paper: Paper, user: User, leader: User, law: Law
) -> None:
    """Pages that share resources, and a link, a note and a list of contents that lead to the page that is left out."""
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf(["Side et", "Side to"])))
    secret = StreamObject()
    secret.set_data(CANARY.encode())
    secret.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    shared = DictionaryObject({NameObject("/Hemmelig"): writer._add_object(secret)})
    for page in writer.pages:
        page["/Resources"][NameObject("/XObject")] = shared  # type: ignore[index]
    writer.pages[0][NameObject("/Metadata")] = writer._add_object(secret)
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), target_page_index=1, fit=Fit.fit()))
    writer.add_annotation(1, FreeText(text=CANARY, rect=(0, 0, 90, 50)))
    writer.add_outline_item(title=CANARY, page_number=1)
    writer.add_attachment("hemmelig.txt", CANARY.encode())
    out = io.BytesIO()
    writer.write(out)
    document, row = paper("Attest", out.getvalue()), request_of()
    told = {"section": "15b", "reason": "Handler om naboen.", "by": user}
    omission.leave_out(session, row, f"document:{document.public_id}", pages="2", **told)
    assert CANARY.encode() in whole(out.getvalue())

    pdf = answered(session, row, user, leader, law)

    assert CANARY.encode() not in whole(pdf)
    assert CANARY.encode("utf-16-be") not in whole(pdf)
    assert "Side et" in texts(pdf)[1]


def internal_things(session: Session, citizen: Citizen, user: User, paper: Paper) -> None:
    """Put the canary in everything that is internal."""
    grant, referral = a_grant(session, citizen, mentor_id=a_mentor(session).id), a_referral(session, citizen)
    paper(CANARY, a_pdf([CANARY]), is_internal=True)
    paper(CANARY, a_docx(CANARY), "notat.docx", is_internal=True)
    journal.add_note(
        session,
        citizen,
        title=CANARY,
        text=CANARY,
        is_health=False,
        is_internal=True,
        grant="",
        actor=Actor(user, WORKING_DAY),
    )
    record = AssessmentRecord(
        referral_id=referral.id,
        assessed_on=WORKING_DAY,
        law="lab2014",
        outcome="must",
        facts={"x": CANARY},
        result={"x": CANARY},
    )
    session.add(record)
    session.flush()
    session.add(
        Decision(
            kind="hours",
            case_number=grant.case_number,
            team_id=grant.team_id,
            citizen_id=citizen.id,
            grant_id=grant.id,
            assessment_id=record.id,
            proposed_by_id=user.id,
            proposed_on=WORKING_DAY,
            reason=CANARY,
            return_comment=CANARY,
        )
    )
    meeting = Meeting(
        grant_id=grant.id,
        mentor_id=grant.mentor_id or 0,
        met_on=WORKING_DAY,
        minutes=60,
        form="phone",
        held=True,
        note="Vi tog bussen.",
    )
    session.add(meeting)
    session.flush()
    session.add(NoteReply(meeting_id=meeting.id, text=CANARY, by_id=user.id, replied_on=WORKING_DAY))
    session.flush()


def test_nothing_internal_is_in_the_papers(
    session: Session, citizen: Citizen, request_of: Receive, paper: Paper, user: User, leader: User, law: Law
) -> None:
    internal_things(session, citizen, user, paper)
    row = request_of()

    pdf = answered(session, row, user, leader, law)

    assert CANARY not in " ".join(texts(pdf))
    assert CANARY.encode() not in whole(pdf)
    assert "Vi tog bussen." in " ".join(texts(pdf))
    assert " ".join(texts(pdf)).count("forvaltningsloven § 12") == 2 * 6
    assert row.outcome == "partly"


def test_the_citizens_own_answers_and_log_are_in_the_papers(
    session: Session, citizen: Citizen, request_of: Receive, user: User, leader: User, law: Law
) -> None:
    grant = a_grant(session, citizen, mentor_id=a_mentor(session, mentor_type="EKST").id)
    record = AssessmentRecord(assessed_on=WORKING_DAY, law="lab2014", outcome="must", facts={}, result={})
    session.add(record)
    session.flush()
    decision = Decision(
        kind="ending",
        case_number=grant.case_number,
        team_id=grant.team_id,
        citizen_id=citizen.id,
        grant_id=grant.id,
        assessment_id=record.id,
        proposed_by_id=user.id,
        proposed_on=date(2014, 9, 1),
        approved_on=date(2014, 9, 9),
        reason="Målet er nået.",
    )
    meeting = Meeting(
        grant_id=grant.id, mentor_id=grant.mentor_id or 0, met_on=date(2014, 9, 2), minutes=60, form="phone", held=True
    )
    session.add_all([decision, meeting])
    session.flush()
    answer_of = {"decision_id": decision.id, "citizen_id": citizen.id, "team_id": grant.team_id, "by_id": user.id}
    facts.add(session, decision, KNOWN, actor=Actor(user, WORKING_DAY))
    session.add(Hearing(**answer_of, sent_on=date(2014, 9, 1), answered_on=date(2014, 9, 5), answer="Jeg vil gerne."))
    session.add(
        NoteReply(meeting_id=meeting.id, text="Godt gået ude hos jer.", by_id=user.id, replied_on=date(2014, 9, 3))
    )
    session.flush()

    told = " ".join(texts(answered(session, request_of(case_number=grant.case_number), user, leader, law)))

    for words in (
        "Jeg vil gerne.",
        "Vi fik det fra din mentor",
        "Målet er nået.",
        "Logbog: Telefon, 1 time",
        "Godt gået ude hos jer.",
    ):
        assert words in told


def test_one_case_holds_no_papers_of_another(
    session: Session, citizen: Citizen, request_of: Receive, paper: Paper, user: User, leader: User, law: Law
) -> None:
    one = a_grant(session, citizen, start=date(2013, 1, 1), last_day=date(2013, 6, 30))
    two = a_grant(session, citizen)
    paper("Første", a_pdf(["Fra den første"]), grant=one.public_id)
    paper("Anden", a_pdf([CANARY]), grant=two.public_id)

    told = " ".join(texts(answered(session, request_of(case_number=one.case_number), user, leader, law)))

    assert "Fra den første" in told
    assert CANARY not in told


def test_files_that_can_not_be_read_are_all_named(session: Session, request_of: Receive, paper: Paper) -> None:
    locked = PdfWriter(clone_from=io.BytesIO(a_pdf(["Låst"])))
    locked.encrypt("hemmelig")
    out = io.BytesIO()
    locked.write(out)
    paper("Låst", out.getvalue())
    paper("Halv", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    paper("Skæv", a_png()[:40] + b"IEND", "skaev.png")
    paper("God", a_pdf(["God"]))

    with pytest.raises(ValidationFailed) as refused:
        answer.collect(session, request_of(), on=WORKING_DAY)

    assert "»Låst« af 01.09.2014: filen er beskyttet med adgangskode." in refused.value.message
    assert "»Halv« af 01.09.2014: filen er beskadiget." in refused.value.message
    assert "»Skæv« af 01.09.2014: billedet er beskadiget." in refused.value.message
    assert "God" not in refused.value.message.replace("Godkend", "")


def test_a_page_that_is_not_there_can_not_be_left_out(
    session: Session, request_of: Receive, paper: Paper, user: User
) -> None:
    document, row = paper("Attest", a_pdf(["Side et"])), request_of()
    told = {"section": "15b", "reason": "Handler om naboen.", "by": user}
    left_out = omission.leave_out(session, row, f"document:{document.public_id}", pages="1", **told)
    left_out.pages = "3"  # as one that was entered before the pages were counted

    with pytest.raises(ValidationFailed, match="kun 1 sider"):
        answer.collect(session, row, on=WORKING_DAY)


def test_three_hundred_papers_stand_in_order_in_one_file(
    session: Session, citizen: Citizen, request_of: Receive, user: User
) -> None:
    for number in range(300):
        day = date(2014, 1, 1) + timedelta(days=number // 3)
        journal.record(
            session,
            "note",
            f"Papir {number:03d}",
            journal.JournalCase(citizen.id),
            about=("citizen", citizen.public_id),
            by=user,
            on=day,
            text="Tekst",
        )
    row = request_of()

    bound = answer.collect(session, row, on=WORKING_DAY)
    reader = PdfReader(io.BytesIO(bound.pdf))
    titles = [(one.title, reader.get_destination_page_number(one)) for one in reader.outline]  # type: ignore[union-attr]

    assert [title for title, _ in titles[1:301]] == [f"{number + 1}. Papir {number:03d}" for number in range(300)]
    assert [page for _, page in titles] == sorted(page for _, page in titles)
    assert all(
        f"Papir {number:03d}" in reader.pages[page].extract_text()
        for number, (_, page) in enumerate(titles[1:301])
        if number % 60 == 0
    )
    assert len(case_file.papers_of(session, row)) == 300


@pytest.mark.parametrize("content", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", a_pdf(["x"])[:200]])
def test_a_damaged_pdf_is_told_and_never_breaks(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_pdf(content)


def test_the_text_of_a_word_document_is_read_and_a_bomb_is_not() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

    assert docx_text(a_docx("Et", "To")) == "Et\nTo"
    with pytest.raises(Unreadable):
        docx_text(bomb.getvalue())
