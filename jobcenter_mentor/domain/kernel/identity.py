"""Compare names and addresses in one way (samme person) in sheets, forms, the API and stored data.

Case, spaces, commas and the order of the names do not matter; letters with marks (é, å) are letters of their own.
"""

from __future__ import annotations

import re
import unicodedata

from jobcenter_mentor.domain.kernel.text import mixes_alphabets

NameKey = tuple[str, ...]
"""The words of a name in alphabetical order; two names with the same words are the same name."""
_BETWEEN = re.compile(r"[\s,.;]+")


def name_key(name: str) -> NameKey:
    """Return the key of a name: "Haddad, Samira" and "SAMIRA  HADDAD" have the same one."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return tuple(sorted(word for word in _BETWEEN.split(plain) if word))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same (samme navn), in whatever order they are written."""
    return name_key(one) == name_key(other)


def may_be_same(one: str, other: str) -> bool:
    """Tell whether two names may be of the same person, where somebody has to decide.

    One name has all the words of the other, at least one of them in full; an initial matches a word. "Samira B. Haddad"
    may be "Samira Haddad" and "Samira Basma Haddad". True of equal names too.
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
    """Return the fault of a person's name in Danish; empty where there is none."""
    if name.strip() and not any(sign.isalpha() for sign in name):
        return "Et navn skal have bogstaver; her står et tal eller et tegn."
    if mixes_alphabets(name):
        return "Navnet blander bogstaver fra flere alfabeter (et bogstav, der ligner et andet). Skriv det igen."
    return ""


def name_flaws(**names: str) -> dict[str, list[str]]:
    """Return the faults of the names in a form, by field."""
    return {field: [flaw] for field, name in names.items() if (flaw := name_flaw(name))}


def mail_key(address: str) -> str:
    """Return the key of an e-mail address: lower case, with the domain as mail servers write it (xn--)."""
    plain = unicodedata.normalize("NFC", address.strip()).casefold()
    local, at, domain = plain.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}" if not domain.isascii() else plain
    except UnicodeError:
        return plain


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether one word is the initial of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)
