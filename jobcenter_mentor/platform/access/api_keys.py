"""Make, find and end API keys (API-nøgler), by which another system acts as a user until their last day.

The key is random and shown once; the database holds only its SHA-256, and no rights: those are the user's of the day.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.models import ApiToken, User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

LONGEST = timedelta(days=366)
"""How long a key may last: it is renewed at least once a year."""
USED_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class NewToken:
    """A new API key (API-nøgle), named after the system that gets it; both days are included."""

    name: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class ActiveToken:
    """A valid API key (API-nøgle): its user, and when its last use was noted."""

    id: int
    user: User
    used_at: datetime | None

    def is_due(self, at: datetime) -> bool:
        """Tell whether the use is to be noted, which is at most once a day."""
        return self.used_at is None or at - self.used_at >= USED_EVERY


def make(session: Session, user: User, new: NewToken, *, by: User) -> tuple[ApiToken, str]:
    """Make an API key (API-nøgle); return its row and the key itself, which is not stored.

    Raises ValidationFailed for a period that ends before it begins or lasts more than a year, Conflict for a closed
    user.
    """
    if not user.active:
        raise Conflict(f"{user.full_name} er lukket og kan ikke få en API-nøgle.")
    _check(new)
    key = secrets.token_urlsafe(32)
    token = ApiToken(
        user_id=user.id,
        name=new.name.strip(),
        token_hash=_digest(key),
        valid_from=new.valid_from,
        valid_to=new.valid_to,
    )
    session.add(token)
    session.flush()
    detail = {"user": user.public_id, "from": new.valid_from.isoformat(), "to": new.valid_to.isoformat()}
    audit.record(session, by=by, action="token.make", subject="token", subject_id=token.public_id, detail=detail)
    return token, key


def stop(session: Session, user: User, public_id: str, *, by: User, at: datetime) -> ApiToken:
    """End an API key, so that nobody gets in with it any more. Raises NotFound, InvalidTransition where it is ended."""
    lock(session, user)
    statement = select(ApiToken).where(ApiToken.public_id == public_id, ApiToken.user_id == user.id)
    token = session.scalar(statement)
    if token is None:
        raise NotFound("Nøglen findes ikke.")
    if token.ended_at is not None:
        raise InvalidTransition("Nøglen er allerede afsluttet.")
    token.ended_at = at
    detail = {"user": user.public_id}
    audit.record(session, by=by, action="token.stop", subject="token", subject_id=public_id, detail=detail)
    return token


def list_tokens(session: Session, user: User) -> list[ApiToken]:
    """Return the keys of a user, the newest first, those that are ended too."""
    return list(session.scalars(select(ApiToken).where(ApiToken.user_id == user.id).order_by(ApiToken.id.desc())))


def find_active(session: Session, key: str, *, on: date) -> ActiveToken | None:
    """Return the key with its user and roles; None when unknown, ended, outside its days or of a closed user."""
    row = session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(
            ApiToken.token_hash == _digest(key),
            ApiToken.ended_at.is_(None),
            ApiToken.valid_from <= on,
            ApiToken.valid_to >= on,
            User.active.is_(True),
        )
    ).one_or_none()
    return None if row is None else ActiveToken(row[0].id, row[1], row[0].used_at)


def is_known(session: Session, key: str) -> bool:
    """Tell whether the key was ever made, also when it opens nothing any more."""
    return session.scalar(select(ApiToken.id).where(ApiToken.token_hash == _digest(key))) is not None


def touch(session: Session, active: ActiveToken, *, at: datetime) -> None:
    """Note that the key is in use; the door calls it at most once a day."""
    session.execute(update(ApiToken).where(ApiToken.id == active.id).values(used_at=at))


def _check(new: NewToken) -> None:
    errors: dict[str, list[str]] = {}
    if not new.name.strip():
        errors["name"] = ["Skriv, hvilket system nøglen er til."]
    if new.valid_to < new.valid_from:
        errors["valid_to"] = ["Slutdato ligger før startdato."]
    elif new.valid_to - new.valid_from > LONGEST:
        errors["valid_to"] = ["En nøgle gælder højst et år. Vælg en tidligere dato."]
    if errors:
        raise ValidationFailed("Nøglen er ikke oprettet. Ret de markerede felter.", errors=errors)


def _digest(key: str) -> bytes:
    """Return the SHA-256 of a key."""
    return sha256(key.encode()).digest()
