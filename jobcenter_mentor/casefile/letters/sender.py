"""The sender of letters (afsender): who the municipality is, and what a letter can't leave without."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.letter_values import Sender
from jobcenter_mentor.domain.kernel.errors import DomainError, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import check_cvr
from jobcenter_mentor.domain.kernel.text import written
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.models import Municipality

NAMES = {
    "name": "kommunens navn",
    "unit": "jobcentrets navn",
    "address": "adressen, som også klager sendes til",
    "phone": "telefonnummeret",
    "email": "e-mailadressen",
    "cvr": "CVR-nummeret",
    "hours": "åbningstiden",
}
NEEDED = ("name", "unit", "address", "phone")
"""What every letter must bear: who writes, where to call, and where a complaint is sent (forvaltningsloven § 25)."""
COLUMNS = {"unit": "jobcentre", "hours": "opening_hours"}
"""The columns that have another name than the fact."""
HOW = "Den, der driver systemet, angiver det med kommandoen »jobcenter-mentor municipality«."


@dataclass(frozen=True)
class Office:
    """The municipality as it sends letters (afsender); empty texts are not known."""

    name: str = ""
    unit: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    cvr: str = ""
    hours: str = ""

    @property
    def complaint_address(self) -> str:
        """Where a complaint is sent (adressen for klager): the unit that decided has it first."""
        return f"{self.unit}, {self.address}" if self.unit and self.address else ""

    @property
    def missing(self) -> list[str]:
        """The facts that a letter can't leave without and that nobody has entered."""
        return [name for name in NEEDED if not getattr(self, name)]


def office(session: Session) -> Office:
    """Return what is entered about the municipality; all empty before it is set up."""
    row = session.scalar(select(Municipality))
    return Office(**{name: getattr(row, COLUMNS.get(name, name)) for name in NAMES}) if row else Office()


def set_facts(session: Session, facts: dict[str, str], *, by: User) -> Office:
    """Keep the facts given and leave the others as they are. Raises ValidationFailed, by the names of the facts."""
    typed = check(facts)
    row = session.scalar(select(Municipality))
    if row is None:
        row = Municipality(id=1, name="", jobcentre="", address="", phone="", email="")
        session.add(row)
        session.flush()
    lock(session, row)
    for name, text in typed.items():
        setattr(row, COLUMNS.get(name, name), text)
    session.flush()
    detail: dict[str, Any] = {"facts": sorted(typed)}
    audit.record(session, by=by, action="municipality.change", subject="municipality", subject_id="1", detail=detail)
    return office(session)


def check(facts: dict[str, str]) -> dict[str, str]:
    """Return the facts as they are kept. Raises ValidationFailed, by the names of the facts."""
    typed, errors = {}, {}
    for name, text in facts.items():
        try:
            typed[name] = " ".join(written(text).split())
        except ValidationFailed as error:
            errors[name] = [error.message]
    errors |= {name: [words] for name, text in typed.items() if (words := _flaw(name, text))}
    if errors:
        raise ValidationFailed(" ".join(words for texts in errors.values() for words in texts), errors=errors)
    return typed | ({"cvr": check_cvr(typed["cvr"])} if "cvr" in typed else {})


def sender_of(session: Session, caseworker: str) -> Sender:
    """Return the head of a letter that somebody signs."""
    own = asdict(office(session)) | {"caseworker": caseworker}
    named = {"municipality": own.pop("name"), "jobcentre": own.pop("unit")}
    return Sender(**named, **{one.name: own[one.name] for one in fields(Sender) if one.name in own})


def gap_of(sender: dict[str, str]) -> str:
    """Say what the head of a letter lacks and who can enter it; empty where nothing does."""
    known = {"name": sender["municipality"], "unit": sender["jobcentre"], **sender}
    lacking = [NAMES[name] for name in NEEDED if not known.get(name)]
    return f"Afsenderen mangler: {', '.join(lacking)}. {HOW}" if lacking else ""


def _flaw(name: str, text: str) -> str:
    """Say what is wrong with a fact; empty where nothing is."""
    longest: int = getattr(Municipality, COLUMNS.get(name, name)).type.length
    if not text:
        return f"Skriv {NAMES[name]}. En oplysning kan ændres, men ikke tømmes."
    if len(text) > longest and name != "cvr":
        return f"{NAMES[name].capitalize()} må højst være på {longest} tegn."
    if name == "cvr":
        try:
            check_cvr(text)
        except DomainError as error:
            return error.message
    return ""
