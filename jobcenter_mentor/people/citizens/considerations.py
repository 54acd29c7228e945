"""Considerations (hensyn): stored with dates, ended and never overwritten; letters and matching ask here."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.consideration_kinds import ACTS_FOR, KINDS, ONE_AT_A_TIME
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import A_YEAR_AHEAD, is_a_year_ahead
from jobcenter_mentor.people.citizens.models import Citizen, Consideration
from jobcenter_mentor.people.citizens.protection import postal_lines, shown_helper
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import may, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

NEEDED = {
    "representative": {"name": "Skriv navnet."},
    "guardian": {"name": "Skriv navnet."},
    "interpreter": {"language": "Skriv sproget."},
    "no_calls": {"note": "Skriv, hvornår der ikke må ringes."},
}
"""What must be filled in, by kind."""


@dataclass(frozen=True)
class NewConsideration:
    """A new consideration of a kind of `domain.considerations.KINDS`; fields that the kind doesn't use are empty."""

    kind: str
    valid_from: date
    valid_to: date | None = None
    name: str = ""
    address: str = ""
    phone: str = ""
    language: str = ""
    letters: str = ""
    note: str = ""


@dataclass(frozen=True)
class Addressee:
    """The addressee of a letter (modtager): the address lines, who gets a copy and who acts for the citizen, or "".

    `represented_by` is the sentence that names whoever acts for the citizen (forvaltningsloven § 8).
    """

    lines: tuple[str, ...]
    copy_to: str = ""
    acting: str = ""
    represented_by: str = ""


def record(session: Session, citizen: Citizen, new: NewConsideration, *, actor: Actor) -> Consideration:
    """Add a consideration (hensyn). Raises ValidationFailed by field, also where another of the kind is in force."""
    _require_may_write(citizen, actor)
    session.execute(select(Citizen.id).where(Citizen.id == citizen.id).with_for_update())
    errors = _errors(new, actor.day) or _overlaps(_all(session, citizen.id), new)
    if errors:
        raise ValidationFailed("Det særlige hensyn er ikke gemt. Ret felterne.", errors=errors)
    row = Consideration(citizen_id=citizen.id, recorded_by_id=actor.user.id, **asdict(new))
    session.add(row)
    session.flush()
    _record(session, citizen, "citizen.consideration", actor.user, kind=new.kind, valid_from=str(new.valid_from))
    return row


def end(
    session: Session, row: Consideration, citizen: Citizen, *, last_day: date | None, because: str, actor: Actor
) -> None:
    """End a consideration on its last day; no day means that it was a mistake and never in force. It stays on the list.

    Raises Conflict when it has ended already, ValidationFailed without a reason or with a day before its first.
    """
    _require_may_write(citizen, actor)
    lock(session, row)
    if row.ended_because:
        raise Conflict("Det særlige hensyn er allerede afsluttet.")
    errors = {}
    if not because.strip():
        errors["because"] = ["Skriv, hvorfor det ikke gælder længere."]
    if last_day is not None and last_day < row.valid_from:
        errors["last_day"] = [f"Dagen ligger før {row.valid_from:%d.%m.%Y}, hvor forholdet begynder."]
    if errors:
        raise ValidationFailed("Det særlige hensyn kan ikke afsluttes. Ret felterne.", errors=errors)
    row.valid_to = last_day or row.valid_from - timedelta(days=1)
    row.ended_because = because.strip()
    session.flush()
    _record(session, citizen, "citizen.consideration_end", actor.user, kind=row.kind, valid_to=str(row.valid_to))


def list_of(session: Session, citizen: Citizen, *, actor: Actor) -> list[Consideration]:
    """Return a citizen's considerations, newest first, ended ones included; none for who may not see contact data."""
    reached = visible(
        select(Citizen.id).where(Citizen.id == citizen.id), Citizen, actor.user, "citizen.contact.read", actor.day
    )
    rows = select(Consideration).where(Consideration.citizen_id.in_(reached))
    return list(session.scalars(rows.order_by(Consideration.valid_from.desc(), Consideration.id.desc())))


def get(session: Session, public_id: str, *, actor: Actor) -> tuple[Consideration, Citizen]:
    """Return a consideration that may be corrected. Raises NotFound outside the user's reach."""
    wanted = select(Consideration, Citizen).join(Citizen, Citizen.id == Consideration.citizen_id)
    found = visible(
        wanted.where(Consideration.public_id == public_id), Citizen, actor.user, "citizen.contact.write", actor.day
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound("Forholdet findes ikke.")
    return row[0], row[1]


def addressee(citizen: Citizen, on: date) -> Addressee:
    """Return who gets the citizen's letters that day: the citizen, or who acts for the citizen where they go there."""
    own = postal_lines(citizen, "citizen")
    acting = [row for row in citizen.considerations if row.kind in ACTS_FOR and row.is_in_force(on)]
    instead = next((row for row in acting if row.letters == "instead"), None)
    copies = [f"{row.name} ({KINDS[row.kind].lower()})" for row in acting if row.letters == "copy"]
    if instead is not None:
        at = f"v/ {KINDS[instead.kind].lower()} {instead.name}"
        own = (own[0], at, *(line.strip() for line in instead.address.split(",") if line.strip()))
        return Addressee(own, ", ".join(copies), at, _represented(acting))
    return Addressee(own, ", ".join(copies), "", _represented(acting))


def channel(citizen: Citizen, on: date) -> str:
    """Return the channel suggested for a letter: paper for the exempt and for letters to who acts for the citizen."""
    return "paper" if any(_is_by_paper(row) for row in citizen.considerations if row.is_in_force(on)) else "digital"


def channels(session: Session, citizen_ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the suggested channels by citizen id in one statement; who is not in it gets Digital Post."""
    wanted = select(Consideration).where(Consideration.citizen_id.in_(list(citizen_ids)), *_in_force(on))
    return {row.citizen_id: "paper" for row in session.scalars(wanted) if _is_by_paper(row)}


def interpreters(session: Session, citizen_ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the interpreter's language by citizen id, for those who need one that day, in one statement."""
    rows = select(Consideration.citizen_id, Consideration.language).where(
        Consideration.citizen_id.in_(list(citizen_ids)), Consideration.kind == "interpreter", *_in_force(on)
    )
    return dict(session.execute(rows).all())


def at_meetings(session: Session, citizen: Citizen, reader: str, on: date) -> list[tuple[str, str]]:
    """Return what to consider at a meeting that day as kind and words, such as ("Tolk", "arabisk"); the page logs it.

    Of who acts for the citizen the kind alone, with the name where the reader may see contact data.
    """
    rows = select(Consideration).where(
        Consideration.citizen_id == citizen.id, Consideration.kind != "post_exempt", *_in_force(on)
    )
    order = list(KINDS)
    found = sorted(session.scalars(rows), key=lambda row: order.index(row.kind))
    return [(KINDS[row.kind], _words(row, citizen, reader)) for row in found]


def _represented(acting: list[Consideration]) -> str:
    return " ".join(f"Din {KINDS[row.kind].lower()} er {row.name}." for row in acting)


def _words(row: Consideration, citizen: Citizen, reader: str) -> str:
    return shown_helper(citizen, reader, row.name) if row.kind in ACTS_FOR else row.language or row.note


def _is_by_paper(row: Consideration) -> bool:
    return row.kind == "post_exempt" or (row.kind in ACTS_FOR and row.letters == "instead")


def _in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    return (Consideration.valid_from <= on, or_(Consideration.valid_to.is_(None), Consideration.valid_to >= on))


def _errors(new: NewConsideration, on: date) -> dict[str, list[str]]:
    """Return what is wrong with the row in itself, by field."""
    if new.kind not in KINDS:
        raise ValidationFailed("Vælg, hvilket forhold det er.")
    errors = {name: [text] for name, text in NEEDED.get(new.kind, {}).items() if not getattr(new, name).strip()}
    if new.letters and not new.address.strip():
        errors["address"] = ["Skriv adressen, når breve skal sendes hertil."]
    if is_a_year_ahead(new.valid_from, on):
        errors["valid_from"] = [A_YEAR_AHEAD]
    if new.valid_to is not None and new.valid_to < new.valid_from:
        errors["valid_to"] = ["Slutdato ligger før startdato."]
    return errors


def _overlaps(known: list[Consideration], new: NewConsideration) -> dict[str, list[str]]:
    """Return the clash with a row of the same days, where there may be one only."""
    for row in known:
        both = row.kind == new.kind and new.kind in ONE_AT_A_TIME
        both = both or (row.letters == new.letters == "instead")
        ends = row.valid_to or date.max
        if both and ends >= row.valid_from and new.valid_from <= ends and row.valid_from <= (new.valid_to or date.max):
            what = "Brevene sendes allerede til en anden" if new.letters else f"»{KINDS[row.kind]}« gælder allerede"
            return {"valid_from": [f"{what} fra {row.valid_from:%d.%m.%Y}. Afslut det først."]}
    return {}


def _all(session: Session, citizen_id: int) -> list[Consideration]:
    return list(session.scalars(select(Consideration).where(Consideration.citizen_id == citizen_id)))


def _require_may_write(citizen: Citizen, actor: Actor) -> None:
    if not may(actor.user, "citizen.contact.write", on=actor.day, subject=citizen):
        raise NotAllowed("Du har ikke adgang til at ændre borgerens forhold.")


def _record(session: Session, citizen: Citizen, action: str, by: User, **detail: object) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="citizen",
        subject_id=citizen.public_id,
        citizens=[citizen.id],
        detail=dict(detail),
    )
