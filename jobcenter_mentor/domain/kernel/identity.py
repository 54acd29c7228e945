"""Samme person: the one way to compare names and addresses - in sheets, when they are written, in forms, over the API.

Case, spaces, commas and the order of the names say nothing; letters with marks (é, å) are letters of their own.
"""

from __future__ import annotations

import re
import unicodedata

from jobcenter_mentor.domain.kernel.text import mixes_alphabets

NameKey = tuple[str, ...]
"""A name's words in the order of the alphabet; two names with the same words are one name."""
_BETWEEN = re.compile(r"[\s,.;]+")


def name_key(name: str) -> NameKey:
    """Navnets nøgle: "Haddad, Samira" and "SAMIRA  HADDAD" have the same one."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return tuple(sorted(word for word in _BETWEEN.split(plain) if word))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one (samme navn), in whatever order they are written."""
    return name_key(one) == name_key(other)


def may_be_same(one: str, other: str) -> bool:
    """Kan det være samme person? The one name has all words of the other, one in full; an initial stands for a word.

    True of the same name too. "Samira B. Haddad" may be "Samira Haddad" and "Samira Basma Haddad": somebody must say.
    """
    shorter, longer = sorted((name_key(one), name_key(other)), key=len)
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        found = word if word in left else next((of for of in left if _abbreviates(word, of)), None)
        if found is None:
            return False
        left.remove(found)
    whole = set(shorter) & set(longer)
    return shorter == longer or (len(shorter) > 1 and any(len(word) > 1 for word in whole))


def name_flaw(name: str) -> str:
    """Return what is wrong with a person's name as it was written, in Danish; empty where nothing is."""
    if name.strip() and not any(sign.isalpha() for sign in name):
        return "Et navn skal have bogstaver; her står et tal eller et tegn."
    if mixes_alphabets(name):
        return "Navnet blander bogstaver fra flere alfabeter (et bogstav, der ligner et andet). Skriv det igen."
    return ""


def name_flaws(**names: str) -> dict[str, list[str]]:
    """Return what is wrong with the names of a form, by field."""
    return {field: [flaw] for field, name in names.items() if (flaw := name_flaw(name))}


def mail_key(address: str) -> str:
    """Mailadressens nøgle: case says nothing; a domain is the same in letters and as mail servers write it (xn--)."""
    plain = unicodedata.normalize("NFC", address.strip()).casefold()
    local, at, domain = plain.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}" if not domain.isascii() else plain
    except UnicodeError:
        return plain


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether one is the initial of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)
