"""Sent forms (sendte formularer): a form's token is spent with what the form makes, and its answer is kept for a while.

The token's hash is the key of its row, so the database itself lets one of two equal sendings through: the other waits
for the first to end, and then finds its answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.database.db import now
from jobcenter_mentor.platform.drafts.models import SentForm

KEPT = timedelta(hours=12)
"""Longer than the CSRF token of the same form is good, so that a form can't be sent again once its row has gone."""


class AlreadySentError(Exception):
    """The form (formular) has been sent before; its first sending gives the answer."""


@dataclass(frozen=True)
class FormSubmission:
    """One sending of a form (afsendelse): whose it is, and a digest of where it goes and what it says."""

    token_hash: str
    user_id: int | None
    digest: str

    def spend(self, session: Session) -> None:
        """Write the token first in the transaction of the act. Raises AlreadySentError where it is written already."""
        row = {"token_hash": self.token_hash, "user_id": self.user_id, "digest": self.digest}
        try:
            session.execute(insert(SentForm).values(row))
        except IntegrityError as error:
            raise AlreadySentError from error

    def find(self, session: Session) -> SentForm | None:
        """Find the first sending of the same token."""
        return session.get(SentForm, self.token_hash, populate_existing=True)

    def keep(self, session: Session, answer: str) -> None:
        """Keep the answer that was given, for the next who sends the form."""
        session.execute(update(SentForm).where(SentForm.token_hash == self.token_hash).values(answer=answer))

    def release(self, session: Session) -> None:
        """Give the token back: nothing came of it, and the form may be sent again."""
        session.execute(delete(SentForm).where(SentForm.token_hash == self.token_hash))


def forget(session: Session, *, at: datetime | None = None) -> int:
    """Delete the sent forms that are too old to be sent again; return how many."""
    gone = session.execute(delete(SentForm).where(SentForm.sent_at < (at or now()) - KEPT))
    return cast(CursorResult[None], gone).rowcount
