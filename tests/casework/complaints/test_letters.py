"""Klagens breve: one page each, the matter first, what to do now, the right board, and never how sure a reading is."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.complaints import letters as drafts
from jobcenter_mentor.casework.notices import service as notices
from jobcenter_mentor.casework.notices.service import Delay
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import a_local_figure, a_municipality, a_referral, a_user
from tests.casework.complaints.cases import a_complaint, a_decision, reviewed

DAYS = [date(2014, 10, 15), date(2019, 6, 3), date(2026, 11, 30)]
WHY = "Vi venter på en udtalelse fra din læge."
INTERNAL = re.compile(
    r"ikke læst|uafklaret|dl\.|decision\.|citation\.|\b(text|inf|prep|unconfirmed)\b|None|\{|borgeren", re.I
)


def lix(text: str) -> float:
    """Return the LIX of a text: words in a sentence, and how many of them are long."""
    words = re.findall(r"[A-Za-zÆØÅæøåé]+", text)
    sentences = max(len(re.findall(r"[.:!?](?=\s|$)", text)), 1)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.fixture
def user(session: Session) -> User:
    a_municipality(session)
    return a_user(session)


def notice(session: Session, user: User, law: Law, on: date) -> LetterDraft:
    complaint = a_complaint(session, a_decision(session, user, on), user, law, on)
    delay = Delay(complaint.review_due, on + timedelta(days=50), WHY)
    return drafts.notice(session, complaint, delay, actor=Actor(user, on), law=law)


def partly(session: Session, user: User, law: Law, on: date) -> LetterDraft:
    complaint = a_complaint(session, a_decision(session, user, on), user, law, on)
    return drafts.partly(session, complaint, "Du får en time mere om ugen.", actor=Actor(user, on), law=law)


def upheld(session: Session, user: User, law: Law, on: date) -> LetterDraft:
    complaint = a_complaint(session, a_decision(session, user, on), user, law, on)
    return drafts.sent(session, reviewed(session, complaint, "upheld", user, law, on), actor=Actor(user, on), law=law)


def rest(session: Session, user: User, law: Law, on: date) -> LetterDraft:
    complaint = a_complaint(session, a_decision(session, user, on), user, law, on)
    return drafts.sent(session, reviewed(session, complaint, "partly", user, law, on), actor=Actor(user, on), law=law)


def late(session: Session, user: User, law: Law, on: date) -> LetterDraft:
    complaint = a_complaint(session, a_decision(session, user, on - timedelta(days=60)), user, law, on)
    if complaint.status == "review":
        complaint = reviewed(session, complaint, "upheld", user, law, on)
    return drafts.sent(session, complaint, actor=Actor(user, on), law=law)


def case_time(session: Session, user: User, law: Law, on: date) -> LetterDraft:
    referral = a_referral(session, referred_on=on - timedelta(days=20))
    a_local_figure(session, "local.case_time_weeks", "4", date(2014, 1, 1))
    told = {"expected_on": on + timedelta(days=50), "why": WHY, "actor": Actor(user, on)}
    return notices.draft_of_referral(session, referral, **told, law=law_of(session))


LETTERS: list[Callable[[Session, User, Law, date], LetterDraft]] = [notice, partly, upheld, rest, late, case_time]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_is_one_plain_page(
    session: Session, user: User, on: date, letter: Callable[[Session, User, Law, date], LetterDraft]
) -> None:
    draft = letter(session, user, law_of(session), on)
    pages = PdfReader(io.BytesIO(letters.render(draft))).pages
    text = " ".join(pages[0].extract_text().split())
    body = " ".join([draft.values["verdict"], *(words for _, words in draft.values["parts"])])

    assert len(pages) == 1 + bool(draft.values["data_notice"])
    assert text.index(draft.values["verdict"][:25]) < text.index("Det skal du gøre nu")
    assert ("Sådan svarer du" in text) is (letter is partly)
    assert INTERNAL.findall(body) == []
    assert lix(body) < 40, (lix(body), body)


@pytest.mark.parametrize(
    ("on", "section", "board"),
    [
        (date(2014, 10, 15), "§ 13, stk. 2", "Ankestyrelsens Beskæftigelsesudvalg"),
        (date(2026, 11, 30), "§ 12 i", "Ankestyrelsens Beskæftigelsesudvalg"),
    ],
)
def test_a_partial_yes_asks_whether_the_complaint_stands_under_the_order_of_the_day(
    session: Session, user: User, on: date, section: str, board: str
) -> None:
    draft = partly(session, user, law_of(session), on)
    said = " ".join(words for _, words in draft.values["parts"])

    assert draft.values["legal_basis"].startswith(section)
    assert "Gælder din klage stadig for resten?" in said
    assert "4 uger" in said
    assert f"{board} inden 14 dage" in said


def test_a_complaint_over_a_decision_of_before_july_2013_goes_to_the_old_board(session: Session, user: User) -> None:
    law, on = law_of(session), date(2013, 7, 10)
    complaint = a_complaint(session, a_decision(session, user, date(2013, 6, 20)), user, law, on)

    assert drafts.body_of(a_decision(session, user, date(2013, 6, 30)), law) == "beskæftigelsesankenævnet"
    said = drafts.sent(session, reviewed(session, complaint, "upheld", user, law, on), actor=Actor(user, on), law=law)
    assert "beskæftigelsesankenævnet" in said.values["verdict"]


def test_a_late_complaint_is_said_to_be_late(session: Session, user: User) -> None:
    draft = late(session, user, law_of(session), date(2026, 11, 30))

    assert "klagefristen var slut" in draft.values["verdict"]
    assert draft.values["legal_basis"].startswith("§ 13, stk. 1")


def test_no_letter_without_words_about_why(session: Session, user: User) -> None:
    draft = notice(session, user, law_of(session), date(2014, 10, 15))

    with pytest.raises(ValidationFailed, match="Forklaringen mangler"):
        letters.render(LetterDraft(draft.kind, draft.title, draft.template, {**draft.values, "parts": ()}))
