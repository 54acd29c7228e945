"""The signs a text may hold and those corrected silently, the same in forms, sheets and the API."""

from __future__ import annotations

import re
import unicodedata

from jobcenter_mentor.domain.kernel.errors import ValidationFailed

HIDDEN = "Teksten har skjulte tegn, der kan vende eller skjule den. Skriv den igen, eller sæt den ind som ren tekst."
CONTROL = "Teksten har et styretegn (kode {:04X}), som ikke kan gemmes. Skriv den igen."
BULLET = "\u2022"
_PLAIN = re.compile(r"[ -~æøåÆØÅéÉöÖüÜäÄ\n]*")
_BULLETS = re.compile("^([ \t]*)[\uf000-\uf0ff]", re.MULTILINE)
"""The signs that Word's bullets (Symbol and Wingdings) become outside Word, at the beginning of a line."""
_JOINERS = {"\u200c", "\u200d"}
"""Joiners that Persian and Indian letters and families of emoji need."""
_TAGS = range(0xE0020, 0xE0080)
"""Signs within the flags of England, Scotland and Wales."""
_DROPPED = dict.fromkeys(map(ord, "\u00ad\ufeff\u200e\u200f\u061c"))
"""Soft hyphen, byte order mark and marks of direction, which are invisible and change no letter."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SPENT = r"(op)?brugt|tom|tømt|fuld|overskred\w*|overskrid\w*|rækker|række|slut|sluppet op|dækker|tillader"
MONEY_REASON = re.compile(
    r"\b(mentorramme\w*|refusion\w*|rådighedsbeløb\w*|spare(krav|mål|runde|plan)\w*"
    rf"|(kommunens|jobcentrets|vores|årets) (ramme|budget|økonomi|penge|midler)\w*"
    rf"|(rammen|rammerne|budgettet|budgetterne|pengene|midlerne)\b[^.]{{0,40}}\b({SPENT})"
    r"|(plads|penge|midler|råd|dækning)\b[^.]{0,30}\bi (ramme|budget)\w*"
    r"|(kommunen|jobcentret|vi) har (desværre )?(ikke|ingen) (længere |flere )?(råd|penge|midler)"
    r"|har (kommunen|jobcentret|vi) (desværre )?(ikke|ingen) (længere |flere )?(råd|penge|midler)"
    r"|(det|der) er (desværre )?(ikke (længere )?(råd|penge|midler)|ingen (penge|midler)) til"
    r"|(af|på grund af) (økonomiske (grunde|årsager|hensyn)|(kommunens )?(økonomi|besparelser))"
    r"|er (for|alt for) (dyr|dyrt|dyre)( for (kommunen|jobcentret|os))"
    r"|(kommunen|jobcentret|vi) (skal|må|er nødt til at) spare)",
    re.I,
)
"""Words that give money as the reason; a citizen's own money and "inden for rammerne af" are not among them."""


def written(text: str) -> str:
    """Return the text as stored: composed letters, plain line ends and bullets.

    Raises ValidationFailed (code bad_chars) on control signs, signs that turn or hide text, and invalid signs.
    """
    text = _put_right(text)
    for sign in text:
        if not _may_stand(sign):
            control = unicodedata.category(sign) == "Cc"
            raise ValidationFailed(CONTROL.format(ord(sign)) if control else HIDDEN, code="bad_chars")
    return text


def readable(text: str) -> str:
    """Return the allowed signs of a text, for searching and for showing again in a refused field."""
    return "".join(filter(_may_stand, _put_right(text)))


def _put_right(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).translate(_DROPPED)
    return _BULLETS.sub(rf"\1{BULLET}", text)


def alphabets(text: str) -> set[str]:
    """Return the alphabets of the letters: LATIN, CYRILLIC, GREEK and so on."""
    return {unicodedata.name(sign, "?").split()[0] for sign in text if sign.isalpha() and not sign.isascii()} | (
        {"LATIN"} if any(sign.isascii() and sign.isalpha() for sign in text) else set()
    )


def mixes_alphabets(text: str) -> bool:
    """Tell whether a word mixes Latin letters with ones that only look like them (а, ο), by trick or by mistake."""
    return any(len(found) > 1 and "LATIN" in found for found in map(alphabets, re.split(r"[\s.@_-]+", text)))


def _may_stand(sign: str) -> bool:
    if sign.isprintable() or unicodedata.category(sign)[0] != "C":
        return True
    if sign in _JOINERS or sign in "\n\t" or ord(sign) in _TAGS:
        return True
    return unicodedata.category(sign) == "Cn" and 0x1F000 <= ord(sign) < 0x1FB00  # emoji newer than this Python
