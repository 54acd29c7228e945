"""Documents (dokumenter): received, read, replaced and removed.

Each act is in the journal at once, each reading logged.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, undefer

from jobcenter_mentor.casefile.documents.filetypes import checked
from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.journal.models import COURSES
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import require_protected
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import may, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

LONGEST = 200
"""Signs of a title, a party and a reason."""


@dataclass(frozen=True)
class NewDocument:
    """A new document: its title, day, from or to whom, and the file; `grant` is the course's public id or ""."""

    title: str
    dated: date
    filename: str
    content: bytes
    party: str = ""
    grant: str = ""
    released: bool = False
    is_internal: bool = False


def add(session: Session, citizen: Citizen, new: NewDocument, *, actor: Actor) -> Document:
    """Add a document and a journal entry. Raises ValidationFailed at the field, `file` included."""
    _require_may_write(citizen, actor)
    document = _stored(session, citizen.id, _course(session, citizen, new.grant), new, actor)
    _journal(session, document, "tilføjet", actor)
    _log(session, "document.add", document, actor.user)
    return document


def replace(session: Session, old: Document, new: NewDocument, *, because: str, actor: Actor) -> Document:
    """Replace a document by a new version; the old one can still be read. Raises ValidationFailed, Conflict."""
    _require_may_write(session.get_one(Citizen, old.citizen_id), actor)
    _require_current(session, old)
    reason = _reason(because)
    document = _stored(session, old.citizen_id, old.grant_id, new, actor)
    old.replaced_by_id, old.replaced_because = document.id, reason
    session.flush()
    _journal(session, document, f"ny version: {reason}", actor)
    _log(session, "document.replace", document, actor.user, old=old.public_id, because=reason)
    return document


def remove(session: Session, document: Document, *, because: str, actor: Actor) -> None:
    """Remove a document: the content is deleted, title, day and reason stay. Raises ValidationFailed, Conflict."""
    _require_may_write(session.get_one(Citizen, document.citizen_id), actor)
    _require_current(session, document)
    reason = _reason(because)
    document.content, document.removed_on, document.removed_by_id = None, actor.day, actor.user.id
    document.removed_because = reason
    session.flush()
    _journal(session, document, f"fjernet: {reason}", actor)
    _log(session, "document.remove", document, actor.user, because=reason)


def get(session: Session, public_id: str, *, actor: Actor, action: str = "document.read") -> tuple[Document, Citizen]:
    """Return a document without its content. Raises NotFound outside the user's reach."""
    wanted = select(Document, Citizen).join(Citizen, Citizen.id == Document.citizen_id)
    found = visible(wanted.where(Document.public_id == public_id), Document, actor.user, action, actor.day)
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound("Dokumentet findes ikke.")
    return row[0], row[1]


def read(session: Session, public_id: str, *, has_reason: bool = False, actor: Actor) -> tuple[Document, bytes]:
    """Return a document with its content and log it. Raises NotFound outside the user's reach, and when it is removed.

    Of a protected citizen NotAllowed without the right to the name, ReasonNeeded without a written reason.
    """
    wanted = select(Document).where(Document.public_id == public_id, Document.removed_on.is_(None))
    document = session.scalar(
        visible(wanted, Document, actor.user, "document.read", actor.day).options(undefer(Document.content))
    )
    if document is None or document.content is None:
        raise NotFound("Dokumentet findes ikke.")
    citizen = session.get_one(Citizen, document.citizen_id)
    require_protected(session, citizen, has_reason=has_reason, actor=actor)
    _log(session, "document.read", document, actor.user)
    return document, document.content


def list_of_citizen(session: Session, citizen_id: int, *, actor: Actor) -> list[Document]:
    """Return a citizen's documents, newest first, earlier versions and removed ones too; the page logs it."""
    return _list(session, select(Document).where(Document.citizen_id == citizen_id), actor)


def list_of_course(session: Session, grant_id: int, *, actor: Actor) -> list[Document]:
    """Return the documents of a course, as `list_of_citizen`."""
    return _list(session, select(Document).where(Document.grant_id == grant_id), actor)


def courses_of(session: Session, citizen_id: int) -> dict[str, str]:
    """Return the citizen's courses to choose between: case number by public id, newest first."""
    grant = COURSES.table
    rows = select(grant.c.public_id, grant.c.case_number).where(grant.c.citizen_id == citizen_id)
    return dict(session.execute(rows.order_by(grant.c.start.desc())).all())


def _list(session: Session, wanted: Select[Any], actor: Actor) -> list[Document]:
    found = visible(wanted, Document, actor.user, "document.read", actor.day)
    return list(session.scalars(found.order_by(Document.dated.desc(), Document.id.desc())))


def _stored(session: Session, citizen_id: int, grant_id: int | None, new: NewDocument, actor: Actor) -> Document:
    errors = {}
    if not new.title.strip() or len(new.title) > LONGEST:
        errors["title"] = [f"Skriv en titel på højst {LONGEST} tegn."]
    if new.dated > actor.day:
        errors["dated"] = ["Dokumentets dato kan ikke ligge efter i dag."]
    if new.is_internal and new.released:
        errors["is_internal"] = ["Et internt dokument kan ikke vises for leverandøren. Fjern det ene kryds."]
    try:
        kind = checked(new.filename, new.content)
    except ValidationFailed as error:
        raise ValidationFailed(error.message, errors=errors | error.errors) from error
    if errors:
        raise ValidationFailed("Dokumentet kan ikke gemmes. Ret felterne.", errors=errors)
    document = Document(
        citizen_id=citizen_id,
        grant_id=grant_id,
        title=new.title.strip(),
        dated=new.dated,
        party=new.party.strip()[:LONGEST],
        filename=new.filename[-LONGEST:],
        kind=kind,
        size=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        content=new.content,
        released=new.released,
        is_internal=new.is_internal,
        uploaded_on=actor.day,
        uploaded_by_id=actor.user.id,
    )
    session.add(document)
    session.flush()
    return document


def _course(session: Session, citizen: Citizen, public_id: str) -> int | None:
    """Return the row id of the citizen's course. Raises NotFound for any other."""
    if not public_id:
        return None
    grant = COURSES.table
    wanted = select(grant.c.id).where(grant.c.public_id == public_id, grant.c.citizen_id == citizen.id)
    found: int | None = session.scalar(wanted)
    if found is None:
        raise NotFound("Forløbet findes ikke.")
    return found


def _require_may_write(citizen: Citizen, actor: Actor) -> None:
    if not may(actor.user, "document.write", on=actor.day, subject=citizen):
        raise NotAllowed("Du har ikke adgang til at ændre borgerens dokumenter.")


def _require_current(session: Session, document: Document) -> None:
    """Raise Conflict for a document that was removed or replaced meanwhile."""
    lock(session, document)
    if document.removed_on is not None or document.replaced_by_id is not None:
        raise Conflict("Dokumentet er allerede fjernet eller erstattet. Åbn borgerens side igen.")


def _reason(because: str) -> str:
    if not because.strip() or len(because) > LONGEST:
        raise ValidationFailed("Skriv hvorfor.", errors={"because": [f"Skriv hvorfor på højst {LONGEST} tegn."]})
    return because.strip()


def _journal(session: Session, document: Document, what: str, actor: Actor) -> None:
    number = ""
    if document.grant_id is not None:
        grant = COURSES.table
        number = session.scalar(select(grant.c.case_number).where(grant.c.id == document.grant_id)) or ""
    case = journal.JournalCase(document.citizen_id, document.grant_id, number)
    party = f"\nFra eller til: {document.party}" if document.party else ""
    journal.record(
        session,
        "document",
        f"{document.title}, {what}",
        case,
        about=("document", document.public_id),
        by=actor.user,
        on=actor.day,
        text=f"Dateret {document.dated:%d.%m.%Y}, {document.filename}{party}",
    )


def _log(session: Session, action: str, document: Document, by: User, **detail: object) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="document",
        subject_id=document.public_id,
        citizens=[document.citizen_id],
        detail={"sha256": document.sha256, **detail},
    )
