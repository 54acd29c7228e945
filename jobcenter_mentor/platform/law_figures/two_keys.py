"""Two keys (to nøgler): what one person proposes of the local law is decided by another, and stays decided."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.models import TwoKeys

Row = TypeVar("Row", bound=TwoKeys)


def waiting(session: Session, kind: type[Row]) -> list[Row]:
    """Return the proposals that wait, oldest first."""
    waits = kind.approved_on.is_(None), kind.rejected_on.is_(None)
    return list(session.scalars(select(kind).where(*waits).order_by(kind.id)))


def decided(session: Session, kind: type[Row]) -> list[Row]:
    """Return what was approved or rejected, newest first."""
    ended = kind.approved_on.is_not(None) | kind.rejected_on.is_not(None)
    return list(session.scalars(select(kind).where(ended).order_by(kind.id.desc())))


def require_approvable(session: Session, row: TwoKeys, own: str, *, by: User) -> None:
    """Lock a proposal for its approval. Raises NotAllowed with the words `own` for its proposer, else as `reject`."""
    _take(session, row)
    if by.id == row.proposed_by_id:
        raise NotAllowed(own)


def reject(session: Session, row: TwoKeys, *, actor: Actor) -> None:
    """Reject or withdraw a proposal; it is kept with the day. Raises InvalidTransition when it is decided already."""
    _take(session, row)
    row.rejected_by_id, row.rejected_on = actor.user.id, actor.day
    session.flush()


def _take(session: Session, row: TwoKeys) -> None:
    lock(session, row)
    if not row.waits:
        raise InvalidTransition("Forslaget er allerede afgjort.")
