"""Facts of a hearing (partshøring): added and taken back until it begins, and written in the hearing letter."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.letter_words import in_words
from jobcenter_mentor.casework.grants.hearing_facts.models import HeardFact
from jobcenter_mentor.casework.grants.hearing_text import find
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.grants.proposal import record
from jobcenter_mentor.domain.kernel.errors import Conflict, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import errors_of
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.pages.filters import dk_date

MOST = 10
"""The most facts in one letter; nobody can answer more than that."""


@dataclass(frozen=True)
class NewFact:
    """A new fact: what is known, from whom, and since which day."""

    fact: str
    source: str
    known_on: date


def add(session: Session, decision: Decision, new: NewFact, *, actor: Actor) -> HeardFact:
    """Add a fact; raises ValidationFailed by field, and Conflict where it is there already or the hearing has begun."""
    fact, source = new.fact.strip(), " ".join(new.source.split()).rstrip(".")
    errors = {} if fact else {"fact": ["Skriv, hvad kommunen ved."]}
    if not source:
        errors["source"] = ["Skriv, hvem eller hvad kommunen har det fra."]
    if new.known_on > actor.day:
        errors["known_on"] = [f"Dagen kan ikke ligge efter i dag, {dk_date(actor.day)}."]
    errors = errors_of({"fact": fact, "source": source}) | errors
    if errors:
        raise ValidationFailed("Oplysningen er ikke gemt. Ret de markerede felter.", errors=errors)
    lock(session, decision)
    _require_unheard(session, decision)
    known = of(session, decision)
    if any((one.fact, one.source, one.known_on) == (fact, source, new.known_on) for one in known):
        raise Conflict("Oplysningen står der allerede.")
    if len(known) >= MOST:
        raise Conflict(f"Brevet kan højst have {MOST} oplysninger. Fjern en, der betyder mindre.")
    row = HeardFact(decision_id=decision.id, fact=fact, source=source, known_on=new.known_on, by_id=actor.user.id)
    session.add(row)
    session.flush()
    record(session, decision, "hearing.fact", actor.user, {"fact": row.public_id})
    return row


def take_back(session: Session, decision: Decision, public_id: str, *, by: User) -> None:
    """Remove a fact; raises Conflict where it is removed already or the hearing has begun."""
    lock(session, decision)
    _require_unheard(session, decision)
    row = next((one for one in of(session, decision) if one.public_id == public_id), None)
    if row is None:
        raise Conflict("Oplysningen er allerede fjernet.")
    session.delete(row)
    record(session, decision, "hearing.fact_back", by, {"fact": public_id})


def of(session: Session, decision: Decision) -> list[HeardFact]:
    """Return the facts the citizen is heard about, the oldest first."""
    wanted = select(HeardFact).where(HeardFact.decision_id == decision.id)
    return list(session.scalars(wanted.order_by(HeardFact.known_on, HeardFact.id)))


def words_of(row: HeardFact) -> str:
    """Return the fact as a sentence for the letter, with where and when it came from."""
    said = row.fact if row.fact.endswith((".", "!", "?", "«")) else f"{row.fact}."
    return f"{said} Vi fik det fra {row.source} {in_words(row.known_on)}."


def _require_unheard(session: Session, decision: Decision) -> None:
    if find(session, decision) is not None:
        raise Conflict("Høringen er begyndt. Oplysningerne kan ikke ændres.")
