"""Recognise placeholders in contact details (kontaktoplysninger): texts that are no real name or address."""

from __future__ import annotations

import re

_NOBODY = {
    "afventer",
    "anonym",
    "call center",
    "callcenter",
    "diverse",
    "fiktiv",
    "findes ikke",
    "hovednummer",
    "ikke angivet",
    "ikke kendt",
    "ikke opgivet",
    "ikke oplyst",
    "ikke relevant",
    "ikke tildelt",
    "ingen",
    "ingen mentor",
    "intet",
    "mangler",
    "mentor",
    "n/a",
    "na",
    "navn",
    "omstilling",
    "omstillingen",
    "reception",
    "se journal",
    "senere",
    "tbd",
    "test",
    "tilknyttes senere",
    "ubekendt",
    "udfyldes",
    "ukendt",
    "uoplyst",
    "vikar",
    "x",
}
_FILLER = re.compile(r"[\W_\d]*|(.)\1*", re.DOTALL)
_DIGIT_RUNS = ("0123456789", "9876543210", "1234567890")


def is_placeholder(text: str) -> bool:
    """Tell whether a text is empty or a placeholder, such as "Ikke opgivet", "Call Center", "xxx" or "-"."""
    words = " ".join(re.sub(r"[.,:;()»«\"']", " ", text.casefold()).split())
    return words in _NOBODY or bool(_FILLER.fullmatch(words.replace(" ", "")))


def is_placeholder_phone(text: str) -> bool:
    """Tell whether a telephone number is made up: all digits alike (00000000) or a run of them (12345678)."""
    digits = re.sub(r"\D", "", text)
    national = digits[2:] if len(digits) == 10 and digits.startswith("45") else digits
    return len(set(national)) < 2 or any(national in run for run in _DIGIT_RUNS)


def is_placeholder_email(text: str) -> bool:
    """Tell whether an e-mail address is made up, by the part before @ or the domain's name: ikke@opgivet.dk."""
    local, _, domain = text.casefold().partition("@")
    pieces = re.split(r"[._+-]", local)
    host = domain.split(".")[0]
    return (
        is_placeholder(" ".join(pieces))
        or {"noreply", "opgivet", "oplyst"} & {*pieces, host} != set()
        or is_placeholder(host)
    )


def can_be_reached(contact: str) -> bool:
    """Tell whether a contact text holds a real telephone number or e-mail address.

    Several are separated by comma, semicolon or line break.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", contact)]
    addresses = [piece for piece in pieces if "@" in piece]
    numbers = [piece for piece in pieces if "@" not in piece and len(re.sub(r"\D", "", piece)) >= 8]
    return not all(map(is_placeholder_email, addresses)) or not all(map(is_placeholder_phone, numbers))


def flaws_of(name: str, phone: str, email: str) -> list[str]:
    """Return the faults of contact details as Danish sentences; an empty list when all three can be used."""
    flaws = []
    if is_placeholder(name) or any(part.casefold() in _NOBODY for part in name.split() if len(part) > 2):
        flaws.append(f"Navnet »{name}« er ikke en persons navn.")
    if not phone:
        flaws.append("Telefonnummer mangler.")
    elif is_placeholder_phone(phone):
        flaws.append(f"Telefonnummeret {phone} ser opdigtet ud.")
    if not email:
        flaws.append("E-mail mangler.")
    elif is_placeholder_email(email):
        flaws.append(f"E-mailadressen {email} ser opdigtet ud.")
    return flaws
