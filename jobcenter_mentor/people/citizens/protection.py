"""Navne- og adressebeskyttelse: the one place that writes a citizen's name or address for somebody.

A receiver is a role code of the matrix, "staff", "mentor", "supplier" or "citizen" (the person's own letter).
"""

from typing import Protocol

CASE_STAFF = frozenset({"SB", "TL", "MK", "staff"})
ADDRESS_READERS = frozenset({"SB", "TL", "MK", "MI", "MV", "ML", "MF", "staff", "mentor"})
OUTSIDE_MENTORS = frozenset({"MV", "ML", "MF"})
HIDDEN_NAME = "Navnebeskyttet borger"
HIDDEN_ADDRESS = "Adressen er beskyttet"


class ProtectedPerson(Protocol):
    """Person: what is needed to write a name; a citizen or a row of a list."""

    @property
    def first_name(self) -> str:
        """Fornavn."""

    @property
    def last_name(self) -> str:
        """Efternavn."""

    @property
    def protected(self) -> bool:
        """Navne- og adressebeskyttelse."""


class Resident(ProtectedPerson, Protocol):
    """Borger med adresse: what is needed to write an address."""

    @property
    def address(self) -> str:
        """Adresse."""

    @property
    def phone(self) -> str:
        """Telefon."""

    @property
    def email(self) -> str:
        """E-mail."""

    @property
    def released_contact(self) -> bool:
        """Whether contact data are released to mentors outside the municipality."""


def shown_name(person: ProtectedPerson, receiver: str) -> str:
    """Navn, as the receiver may see it: a protected name is initials to case staff and hidden from all others."""
    name = f"{person.first_name} {person.last_name}"
    if not person.protected or receiver == "citizen":
        return name
    if receiver in CASE_STAFF:
        return f"{person.first_name[:1]}.{person.last_name[:1]}. (navnebeskyttet)"
    return HIDDEN_NAME


def shown_address(person: Resident, receiver: str) -> str:
    """Adresse, as the receiver may see it: hidden when protected, empty to those who have no use for it.

    Mentors outside the municipality see it only when the caseworker has released the contact data.
    """
    if receiver == "citizen":
        return person.address
    if not _has_use(person, receiver):
        return ""
    return HIDDEN_ADDRESS if person.protected else person.address


def contact_of(person: Resident, receiver: str) -> tuple[str, str]:
    """Telefon og e-mail, by the same rule as the address: empty when protected or of no use to the receiver."""
    hidden = person.protected or not _has_use(person, receiver)
    return ("", "") if hidden else (person.phone, person.email)


def shown_helper(person: Resident, receiver: str, name: str) -> str:
    """Navn på værge eller partsrepræsentant, by the same rule: often a relative, so it tells a protected name."""
    return "" if person.protected or not _has_use(person, receiver) else name


def postal_lines(person: Resident, receiver: str) -> tuple[str, ...]:
    """Modtagerblok til et brev: the name, then the address, one line for each comma or line break."""
    lines = shown_address(person, receiver).replace("\n", ",").split(",")
    return (shown_name(person, receiver), *(line.strip() for line in lines if line.strip()))


def _has_use(person: Resident, receiver: str) -> bool:
    return receiver in ADDRESS_READERS and (receiver not in OUTSIDE_MENTORS or person.released_contact)
