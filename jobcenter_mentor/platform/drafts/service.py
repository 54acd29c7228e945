"""Save drafts (kladder), find them again for the same user, form and case, and discard them.

A page takes four steps: `find` when the form is shown, the macro `autosave` inside the form, `Kept.values` as the
form's data, and `discard` in the transaction that saves what was written.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import now
from jobcenter_mentor.platform.drafts.models import Draft

LONGEST = 60_000
"""Characters of a draft in all; a log note is at most 4,000."""
LONGEST_NAME = {"form": 40, "case_key": 80}

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class StoredDraft:
    """A stored draft (gemt kladde): every field by name with what was typed, and when it was saved (UTC)."""

    values: dict[str, list[str]]
    saved_at: datetime


def save(session: Session, *, form: str, case_key: str, values: Values, by: User) -> datetime:
    """Save a draft (kladde) over the one before; return when. The audit log holds the first save, not each keystroke.

    Raises ValidationFailed when the draft or its names are longer than a form can be.
    """
    typed = json.dumps({name: list(texts) for name, texts in values.items()}, ensure_ascii=False)
    if len(typed) > LONGEST or len(form) > LONGEST_NAME["form"] or len(case_key) > LONGEST_NAME["case_key"]:
        raise ValidationFailed("Kladden er for lang til at blive gemt undervejs. Gem siden, eller kort teksten af.")
    session.execute(select(User.id).where(User.id == by.id).with_for_update())
    row = session.scalar(select(Draft).where(*_of(form, case_key, by)))
    if row is None:
        row = Draft(user_id=by.id, form=form, case_key=case_key)
        session.add(row)
        _record(session, "draft.begin", form, case_key, by)
    row.typed, row.saved_at = typed, now()
    session.flush()
    return row.saved_at


def find(session: Session, *, form: str, case_key: str, by: User) -> StoredDraft | None:
    """Find the user's own draft (kladde) to this form of this case, None where there is none."""
    row = session.scalar(select(Draft).where(*_of(form, case_key, by)))
    return None if row is None else StoredDraft(json.loads(row.typed), row.saved_at)


def discard(session: Session, *, form: str, case_key: str, by: User) -> None:
    """Delete a draft (kladde) that has been saved or isn't wanted; a missing one is no error."""
    gone = session.execute(delete(Draft).where(*_of(form, case_key, by)).returning(Draft.id)).all()
    if gone:
        _record(session, "draft.discard", form, case_key, by)


def _of(form: str, case_key: str, by: User) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of one user's draft to one form of one case."""
    return Draft.user_id == by.id, Draft.form == form, Draft.case_key == case_key


def _record(session: Session, action: str, form: str, case_key: str, by: User) -> None:
    audit.record(session, by=by, action=action, subject="draft", subject_id=case_key[:36], detail={"form": form})
