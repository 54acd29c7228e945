"""Brevet på papir: one page, the address alone in the envelope's window, easy to read, signed and in six languages."""

import io
import re

import pytest
from pypdf import PdfReader

from jobcenter_mentor.casefile.letters import service
from tests.casefile.letters.samples import DECISIONS, drafts, pages_of, words_of

KINDS = sorted(drafts())
MM = 72 / 25.4
A4_HEIGHT = 297
CAPITAL = 4
"""Millimetres a heading reaches above its line."""
WINDOW = (44, 79)
"""Millimetres from the top of what a C5 window may show."""


def lix(text: str) -> float:
    """Return the readability (LIX): words to a sentence, and the share of words of more than six letters."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = re.findall(r"[.:!?](?=\s+[A-ZÆØÅ»]|\s*$)", text)
    return len(words) / max(len(sentences), 1) + 100 * sum(len(word) > 6 for word in words) / len(words)


def placed(pdf: bytes) -> list[tuple[float, float, str]]:
    """Return the texts of the first page, each with its millimetres from the top and from the left."""
    found: list[tuple[float, float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            left, up = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((A4_HEIGHT - up / MM, left / MM, text.strip()))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "agreement"])
def test_every_letter_but_the_agreement_fits_one_page(kind: str) -> None:
    assert pages_of(service.render(drafts()[kind])) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_address_stands_in_the_window_of_the_envelope(kind: str) -> None:
    draft = drafts()[kind]
    page = placed(service.render(draft))

    in_window = [text for top, left, text in page if WINDOW[0] <= top <= WINDOW[1] and left < 115]
    headings = [top for top, _left, text in page if text == (draft.values.get("heading") or "Mentoraftale")]

    assert " ".join(in_window).split() == " ".join(draft.values["recipient"]).split()
    assert min(headings) - CAPITAL >= 95


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_ends_with_a_line_in_six_languages_and_a_phone_number(kind: str) -> None:
    words = words_of(service.render(drafts()[kind]))

    for part in (
        "This is an important letter",
        "warqad muhiim",
        "önemli bir mektup",
        "ważny list",
        "важливий лист",
        "scrisoare importantă",
    ):
        assert part in words
    assert "understand it: 00 10 20 30" in words


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_easy_to_read(kind: str) -> None:
    words = words_of(service.render(drafts()[kind])).partition("This is an important letter")[0]

    assert lix(words) < 40


@pytest.mark.parametrize("kind", sorted(DECISIONS))
def test_every_decision_tells_how_to_complain_and_writes_the_act_out_once(kind: str) -> None:
    words = words_of(service.render(drafts()[kind]))

    assert words.count("lov om en aktiv beskæftigelsesindsats") == 1
    for part in (
        "senest 4 uger efter den dag, du fik brevet",
        "ringe på 00 10 20 30",
        "lade en anden klage for dig",
        "Ankestyrelsens Beskæftigelsesudvalg",
        "ring til mig på 00 10 20 30",
        "Lone Bæk",
    ):
        assert part in words
