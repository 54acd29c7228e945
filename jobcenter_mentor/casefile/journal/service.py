"""The journal: the acts of a case write in it as they happen; a person may add a note; every reading is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal.models import COURSES, JournalEntry
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import needs_reason, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page

KINDS = {
    "contact": "Kontakt",
    "decision": "Afgørelse",
    "letter": "Brev",
    "document": "Dokument",
    "note": "Notat",
    "handover": "Overdragelse",
    "complaint": "Klage",
    "access": "Aktindsigt",
}
LONGEST_TITLE, LONGEST_TEXT = 200, 4000
Line = Row[*tuple[Any, ...]]
"""An entry with `who` and `text`, read by name; a note on health has no text here."""


class Writer(Protocol):
    """The user who writes, known here by number."""

    @property
    def id(self) -> Any:
        """Row id of the user."""


@dataclass(frozen=True)
class JournalCase:
    """The case that is written about: the citizen, and the course and case number where there is one."""

    citizen_id: int
    grant_id: int | None = None
    case_number: str = ""


@dataclass(frozen=True)
class JournalFilter:
    """What to show: a kind of `KINDS` or all, one course or all; pages count from 1, 0 is all on one page for print."""

    kind: str = ""
    grant: str = ""
    page: int = 1


@dataclass(frozen=True)
class Journal:
    """A page of a citizen's journal, and the courses to choose between, case number by public id."""

    citizen: Citizen
    page: Page[Line]
    courses: dict[str, str]


def record(
    session: Session,
    kind: str,
    title: str,
    case: JournalCase,
    *,
    about: tuple[str, str],
    by: Writer | None,
    on: date,
    text: str = "",
    is_health: bool = False,
    is_internal: bool = False,
) -> JournalEntry:
    """Add an entry to the journal in the transaction of the act; the act itself logs who did it.

    `about` is subject and public id. A long title is cut at 200 signs. Sheets that are read in are not written here
    line by line.
    """
    entry = JournalEntry(
        citizen_id=case.citizen_id,
        grant_id=case.grant_id,
        case_number=case.case_number,
        day=on,
        kind=kind,
        title=title[:LONGEST_TITLE],
        text=text or None,
        is_health=is_health,
        is_internal=is_internal,
        subject=about[0],
        subject_id=about[1],
        by_id=None if by is None else by.id,
    )
    session.add(entry)
    session.flush()
    return entry


def add_note(
    session: Session,
    citizen: Citizen,
    *,
    title: str,
    text: str,
    is_health: bool,
    grant: str,
    actor: Actor,
    is_internal: bool = False,
) -> JournalEntry:
    """Add a note to the journal, on one course (its public id) or on the citizen.

    The same note from the same user on the same day is one. Raises ValidationFailed by field, NotFound for a course
    of somebody else.
    """
    errors = {}
    if not title.strip() or len(title) > LONGEST_TITLE:
        errors["title"] = [f"Skriv, hvad notatet handler om, på højst {LONGEST_TITLE} tegn."]
    if not text.strip() or len(text) > LONGEST_TEXT:
        errors["text"] = [f"Skriv notatet på højst {LONGEST_TEXT} tegn."]
    if errors:
        raise ValidationFailed("Notatet kan ikke gemmes. Ret felterne.", errors=errors)
    session.execute(select(Citizen.id).where(Citizen.id == citizen.id).with_for_update())
    case = _case(session, citizen, grant)
    written = select(JournalEntry).where(
        JournalEntry.citizen_id == citizen.id,
        JournalEntry.by_id == actor.user.id,
        JournalEntry.day == actor.day,
        JournalEntry.title == title.strip(),
        JournalEntry.kind == "note",
    )
    same = next((row for row in session.scalars(written) if row.text == text.strip()), None)
    if same is not None:
        return same
    about = ("citizen", citizen.public_id)
    marks = {"is_health": is_health, "is_internal": is_internal}
    entry = record(
        session, "note", title.strip(), case, about=about, by=actor.user, on=actor.day, text=text.strip(), **marks
    )
    _log(session, "note.write", "journal", entry.public_id, citizen.id, actor.user, marks)
    return entry


def show(session: Session, public_id: str, chosen: JournalFilter, *, actor: Actor) -> Journal:
    """Return the journal, newest first, and log that it was read. Raises NotFound."""
    citizen = citizens.get_citizen(session, public_id, actor=actor, action="note.read")
    statement = visible(_entries(citizen.id, chosen), JournalEntry, actor.user, "note.read", actor.day)
    count = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    if chosen.page:
        statement = statement.limit(ROWS_PER_PAGE).offset((chosen.page - 1) * ROWS_PER_PAGE)
    rows = list(session.execute(statement).all())
    _log(session, "note.read", "citizen", public_id, citizen.id, actor.user, {"kind": chosen.kind})
    return Journal(citizen, Page(rows, count, chosen.page or 1), _courses(session, citizen.id))


def list_of_grant(session: Session, grant_id: int, *, actor: Actor) -> Sequence[Line]:
    """Return the journal of a course, newest first; the page of the course logs it."""
    statement = select(*COLUMNS).outerjoin(WRITER, WRITER.c.id == JournalEntry.by_id)
    found = visible(
        statement.where(JournalEntry.grant_id == grant_id), JournalEntry, actor.user, "note.read", actor.day
    )
    return session.execute(found.order_by(JournalEntry.day.desc(), JournalEntry.id.desc())).all()


def get_note(session: Session, public_id: str, *, actor: Actor) -> tuple[JournalEntry, Citizen]:
    """Return a note on health and log it. Raises NotFound outside the user's reach."""
    entry = _note(session, public_id, actor)
    _log(session, "citizen.health.read", "journal", public_id, entry.citizen_id, actor.user, {})
    return entry, session.get_one(Citizen, entry.citizen_id)


def asks_why(session: Session, public_id: str, *, actor: Actor) -> bool:
    """Return whether the reader must give a reason, for health notes on a colleague's citizen. Raises NotFound."""
    return needs_reason(actor.user, "citizen.health.read", on=actor.day, subject=_note(session, public_id, actor))


def _note(session: Session, public_id: str, actor: Actor) -> JournalEntry:
    statement = select(JournalEntry).where(JournalEntry.public_id == public_id, JournalEntry.is_health)
    entry = session.scalar(visible(statement, JournalEntry, actor.user, "citizen.health.read", actor.day))
    if entry is None:
        raise NotFound("Notatet findes ikke.")
    return entry


WRITER = User.__table__.alias("writer")
SHOWN = ("public_id", "day", "kind", "title", "text", "is_health", "subject", "subject_id", "case_number")
COLUMNS = (*(getattr(JournalEntry, name) for name in SHOWN), WRITER.c.full_name.label("who"))


def _entries(citizen_id: int, chosen: JournalFilter) -> Select[Any]:
    statement = select(*COLUMNS).outerjoin(WRITER, WRITER.c.id == JournalEntry.by_id)
    statement = statement.where(JournalEntry.citizen_id == citizen_id)
    if chosen.kind:
        statement = statement.where(JournalEntry.kind == chosen.kind)
    if chosen.grant:
        grant = COURSES.table
        wanted = select(grant.c.id).where(grant.c.public_id == chosen.grant)
        statement = statement.where(JournalEntry.grant_id.in_(wanted))
    return statement.order_by(JournalEntry.day.desc(), JournalEntry.id.desc())


def _courses(session: Session, citizen_id: int) -> dict[str, str]:
    grant = COURSES.table
    rows = session.execute(select(grant.c.public_id, grant.c.case_number).where(grant.c.citizen_id == citizen_id))
    return dict(rows.all())


def _case(session: Session, citizen: Citizen, public_id: str) -> JournalCase:
    if not public_id:
        return JournalCase(citizen.id)
    grant = COURSES.table
    wanted = select(grant.c.id, grant.c.case_number)
    found = session.execute(
        wanted.where(grant.c.public_id == public_id, grant.c.citizen_id == citizen.id)
    ).one_or_none()
    if found is None:
        raise NotFound("Forløbet findes ikke.")
    return JournalCase(citizen.id, *found)


def _log(
    session: Session, action: str, subject: str, subject_id: str, citizen_id: int, by: User, detail: dict[str, Any]
) -> None:
    audit.record(
        session, by=by, action=action, subject=subject, subject_id=subject_id, citizens=[citizen_id], detail=detail
    )
