"""Protection of name and address (navne- og adressebeskyttelse): the one place that writes them for a reader.

A receiver is a role code of the matrix, "staff", "mentor", "supplier" or "citizen" (the person's own letter).
"""

from typing import Protocol

CASE_STAFF = frozenset({"SB", "TL", "MK", "staff"})
ADDRESS_READERS = frozenset({"SB", "TL", "MK", "MI", "MV", "ML", "MF", "staff", "mentor"})
OUTSIDE_MENTORS = frozenset({"MV", "ML", "MF"})
HIDDEN_NAME = "Navnebeskyttet borger"
HIDDEN_ADDRESS = "Adressen er beskyttet"


class ProtectedPerson(Protocol):
    """What is needed to write a person's name; a citizen or a row of a list."""

    @property
    def first_name(self) -> str:
        """The first name."""

    @property
    def last_name(self) -> str:
        """The last name."""

    @property
    def protected(self) -> bool:
        """Whether name and address are protected."""


class Resident(ProtectedPerson, Protocol):
    """What is needed to write a citizen's address."""

    @property
    def address(self) -> str:
        """The address."""

    @property
    def phone(self) -> str:
        """The phone number."""

    @property
    def email(self) -> str:
        """The e-mail address."""

    @property
    def released_contact(self) -> bool:
        """Whether contact data are released to mentors outside the municipality."""


def shown_name(person: ProtectedPerson, receiver: str) -> str:
    """Return the name as the receiver may see it: a protected one is initials to case staff, hidden from others."""
    name = f"{person.first_name} {person.last_name}"
    if not person.protected or receiver == "citizen":
        return name
    if receiver in CASE_STAFF:
        return f"{person.first_name[:1]}.{person.last_name[:1]}. (navnebeskyttet)"
    return HIDDEN_NAME


def shown_address(person: Resident, receiver: str) -> str:
    """Return the address as the receiver may see it: hidden when protected, empty to those who have no use for it.

    Mentors outside the municipality see it only when the caseworker has released the contact data.
    """
    if receiver == "citizen":
        return person.address
    if not _has_use(person, receiver):
        return ""
    return HIDDEN_ADDRESS if person.protected else person.address


def contact_of(person: Resident, receiver: str) -> tuple[str, str]:
    """Return phone and e-mail by the same rule as the address: empty when protected or of no use to the receiver."""
    hidden = person.protected or not _has_use(person, receiver)
    return ("", "") if hidden else (person.phone, person.email)


def shown_helper(person: Resident, receiver: str, name: str) -> str:
    """Return the helper's name by the same rule: the guardian is often a relative and would reveal a protected name."""
    return "" if person.protected or not _has_use(person, receiver) else name


def postal_lines(person: Resident, receiver: str) -> tuple[str, ...]:
    """Return the lines of the addressee (modtagerblok): the name, then one line for each part of the address."""
    lines = shown_address(person, receiver).replace("\n", ",").split(",")
    return (shown_name(person, receiver), *(line.strip() for line in lines if line.strip()))


def _has_use(person: Resident, receiver: str) -> bool:
    return receiver in ADDRESS_READERS and (receiver not in OUTSIDE_MENTORS or person.released_contact)
