"""Tests that one rule decides what a text may hold, in forms and in sheets."""

from typing import Any

import pytest
from flask import Flask
from wtforms import StringField, TextAreaField

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.text import mixes_alphabets, written
from jobcenter_mentor.platform.pages.forms import BaseForm
from jobcenter_mentor.sheets.intake.cell_texts import read_text

LAWFUL = {
    "a bullet of Word": ("\uf0b7 Ring til lægen", "\u2022 Ring til lægen"),
    "a family of emoji": ("\U0001f468\u200d\U0001f469\u200d\U0001f467 flytter", None),
    "Persian with a joiner": ("می\u200cخواهم", None),
    "the flag of Scotland": ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", None),
    "a soft hyphen": ("mentor\u00adstøtte", "mentorstøtte"),
    "a letter in two parts": ("A\u030ase", "Åse"),
    "a line break of Word": ("Ring\x0bSkriv", "Ring\nSkriv"),
}
UNLAWFUL = ["Em\u202eil", "Emil\u2066x\u2069", "Ring\x07", "Emil\x00", "Kro\u200bgh", "Kro\ud800gh", "\x1b[31mrød"]


class _Form(BaseForm):
    note = TextAreaField("Note")
    name = StringField("Navn")


def in_form(text: str) -> tuple[Any, list[str]]:
    with Flask(__name__).test_request_context(method="POST", data={"note": text, "name": "Emil"}):
        form = _Form(meta={"csrf": False})
        form.validate()
        return form.note.data, list(form.note.errors)


@pytest.mark.parametrize("what", LAWFUL)
def test_a_lawful_text_is_kept_alike_in_forms_and_sheets(what: str) -> None:
    typed, kept = LAWFUL[what]

    assert written(typed) == (kept or typed)
    assert in_form(typed) == (kept or typed, [])
    assert read_text(typed, [], longest=100, lines=True) == (kept or typed)


@pytest.mark.parametrize("typed", UNLAWFUL)
def test_an_unlawful_sign_is_refused_alike_in_forms_and_sheets(typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_text(typed, [], longest=100, lines=True)
    if "\ud800" not in typed:  # no browser can send one
        shown, errors = in_form(typed)
        assert (errors, refused.value.code) == ([refused.value.message], "bad_chars")
        assert shown.isprintable()


def test_words_that_mix_alphabets_are_known_and_words_of_several_are_not() -> None:
    assert all(map(mixes_alphabets, ["m\u0430il", "Samir\u0430 Haddad"]))
    assert not any(map(mixes_alphabets, ["Søren Дмитрий", "Åse Lund-Öberg"]))
