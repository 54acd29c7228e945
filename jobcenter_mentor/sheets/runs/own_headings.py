"""The municipality's own headings and values (egne overskrifter), taught on the preview and used by later sheets.

They can be forgotten again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.sheets.intake.headings import folded
from jobcenter_mentor.sheets.intake.profiles import profile_of
from jobcenter_mentor.sheets.runs.models import ImportHeading, ImportValue


def list_taught(session: Session) -> Sequence[ImportHeading]:
    """Return all headings that the municipality has taught the system (egne overskrifter)."""
    return session.scalars(select(ImportHeading).order_by(ImportHeading.kind, ImportHeading.folded)).all()


@dataclass(frozen=True)
class Taught:
    """What was taught (lært): the field of each folded heading, and the code of each value by its field and text."""

    headings: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)


def taught_of(session: Session, kind: str) -> Taught:
    """Return the headings and values taught for a kind of sheet."""
    headings = session.scalars(select(ImportHeading).where(ImportHeading.kind == kind))
    values = session.scalars(select(ImportValue).where(ImportValue.kind == kind))
    return Taught({row.folded: row.field for row in headings}, {(row.field, row.value): row.code for row in values})


def list_values(session: Session) -> Sequence[ImportValue]:
    """Return all values that the municipality has taught the system (egne værdier)."""
    return session.scalars(select(ImportValue).order_by(ImportValue.kind, ImportValue.field, ImportValue.value)).all()


def teach_values(session: Session, kind: str, meanings: Mapping[tuple[str, str], str], *, by: User) -> int:
    """Remember what values mean (værdier): (field, text of the cell) to code; an empty code leaves it unknown.

    Return how many. Raises ValidationFailed for a code that the column doesn't have.
    """
    profile = profile_of(kind)
    columns = {column.field: column for column in profile.columns if column.choices}
    wanted = {(name, text.strip()[:100]): code for (name, text), code in meanings.items() if code and text.strip()}
    if not all(name in columns and code in columns[name].choices for (name, _), code in wanted.items()):
        raise ValidationFailed("Vælg en af mulighederne på listen.")
    known = {(row.field, row.value): row for row in list_values(session) if row.kind == kind}
    for (name, text), code in wanted.items():
        row = known.get((name, text))
        if row is None:
            session.add(ImportValue(kind=kind, field=name, value=text, code=code, by_id=by.id))
        else:
            row.code = code
    session.flush()
    _record(session, "import.teach", kind, by, sorted({name for name, _ in wanted}))
    return len(wanted)


def forget_value(session: Session, public_id: str, *, by: User) -> str:
    """Forget a value (glem) and return it. Raises NotFound."""
    row = session.scalar(select(ImportValue).where(ImportValue.public_id == public_id))
    if row is None:
        raise NotFound("Værdien findes ikke.")
    lock(session, row)
    session.delete(row)
    session.flush()
    _record(session, "import.forget", row.kind, by, [row.field])
    return row.value


def teach(session: Session, kind: str, meanings: Mapping[str, str], *, by: User) -> int:
    """Remember what headings mean (overskrifter): heading to field; an empty field leaves the heading unknown.

    Return how many. Raises ValidationFailed for a field that sheets of the kind don't have, or one that two headings
    claim.
    """
    wanted = {heading.strip()[:100]: to for heading, to in meanings.items() if to and heading.strip()}
    own = {folded(column.heading) for column in profile_of(kind).columns}
    if not all(profile_of(kind).has(to) for to in wanted.values()) or own & {folded(name) for name in wanted}:
        raise ValidationFailed("Vælg en af kolonnerne på listen.")
    if len(set(wanted.values())) < len(wanted):
        raise ValidationFailed("To overskrifter kan ikke betyde det samme. Vælg en anden kolonne for den ene.")
    known = {row.folded: row for row in list_taught(session) if row.kind == kind}
    for heading, to in wanted.items():
        row = known.get(folded(heading))
        if row is None:
            session.add(ImportHeading(kind=kind, folded=folded(heading), heading=heading, field=to, by_id=by.id))
        else:
            row.field = to
    session.flush()
    _record(session, "import.teach", kind, by, sorted(wanted.values()))
    return len(wanted)


def forget(session: Session, public_id: str, *, by: User) -> str:
    """Forget a heading (glem) and return it. Raises NotFound."""
    row = session.scalar(select(ImportHeading).where(ImportHeading.public_id == public_id))
    if row is None:
        raise NotFound("Overskriften findes ikke.")
    lock(session, row)
    session.delete(row)
    session.flush()
    _record(session, "import.forget", row.kind, by, [row.field])
    return row.heading


def _record(session: Session, action: str, kind: str, by: User, fields: list[str]) -> None:
    audit.record(session, by=by, action=action, subject="import", detail={"kind": kind, "fields": fields})
