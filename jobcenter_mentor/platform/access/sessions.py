"""Log users in (log-ind); failed tries delay the next, and a session lasts until it is ended or too old.

Times are the real clock in UTC. The cookie holds a random token; the database only its SHA-256.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, joinedload

from jobcenter_mentor.platform.access import login_delay, passwords
from jobcenter_mentor.platform.access.models import LoginSession, User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.clock import danish

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
ACTIVE = (
    select(LoginSession.id, LoginSession.seen_at, User)
    .join(User, User.id == LoginSession.user_id)
    .where(
        LoginSession.token_hash == bindparam("digest"),
        LoginSession.ended_at.is_(None),
        LoginSession.seen_at > bindparam("last_seen"),
        LoginSession.begun_at > bindparam("first_begun"),
        User.active.is_(True),
    )
    .options(joinedload(User.roles))
)
"""The session of a token with its user and all roles: the one statement that every request begins with."""


@dataclass(frozen=True)
class Attempt:
    """A try to log in (forsøg): by whom, what it is counted by, what a success forgets, until when it is refused."""

    username: str
    user: User | None
    keys: login_delay.Keys
    forgotten: login_delay.Keys
    wait_until: datetime | None

    @property
    def password_hash(self) -> str:
        """The hash to compare with; empty for an unknown or closed user."""
        return self.user.password_hash if self.user is not None and self.user.active else ""

    @property
    def heard_again(self) -> str:
        """Return when the next try is allowed, as Danish time rounded up to the minute; empty when it is now."""
        if self.wait_until is None:
            return ""
        return danish(self.wait_until + timedelta(seconds=59)).strftime("%H.%M")


@dataclass(frozen=True)
class ActiveSession:
    """An open session (aktiv session): its user, and when its last use was noted."""

    id: int
    user: User
    seen_at: datetime


def attempt_by(session: Session, username: str, address: str, *, browser: str = "", at: datetime) -> Attempt:
    """Return what a try to log in meets: the same delay whether the user exists or not.

    `browser` is the id of one that has been logged in to the account before.
    """
    name = username.strip().lower()
    keys = login_delay.of_browser(name, browser) if browser else login_delay.of_stranger(name, address)
    forgotten = keys | login_delay.of_stranger(name, address)
    wait = login_delay.standing(session, keys, at=at).heard_again
    return Attempt(name, session.scalar(select(User).where(User.username == name)), keys, forgotten, wait)


def answer(session: Session, attempt: Attempt, password: str, *, right: bool, at: datetime) -> str | None:
    """Begin a session and return its token, or count the failed try and return None.

    Many tries at once don't get round the delay: it is looked up again where it is written.
    """
    if attempt.user is None or not right or login_delay.standing(session, attempt.keys, at=at).heard_again:
        _fail(session, attempt, at=at)
        return None
    return _begin(session, attempt, attempt.user, passwords.renewed(attempt.password_hash, password), at=at)


def find_active(session: Session, token: str, *, at: datetime) -> ActiveSession | None:
    """Return the session of a token with its user and roles; None when ended, unused for 30 minutes or 10 hours old."""
    asked = {"digest": _digest(token), "last_seen": at - IDLE, "first_begun": at - LONGEST}
    row = session.execute(ACTIVE, asked).unique().one_or_none()
    return None if row is None else ActiveSession(row.id, row.User, row.seen_at)


def touch(session: Session, active: ActiveSession, *, at: datetime) -> None:
    """Note that the session is in use; the door calls it at most once a minute."""
    session.execute(update(LoginSession).where(LoginSession.id == active.id).values(seen_at=at))


def end(session: Session, token: str, *, by: User, at: datetime) -> None:
    """End the session of a token (log ud)."""
    session.execute(update(LoginSession).where(LoginSession.token_hash == _digest(token)).values(ended_at=at))
    _record(session, by, "logout")


def password_right(attempt: Attempt, password: str) -> bool:
    """Tell whether the password is right; an unknown user takes as long, and no session is needed."""
    return passwords.matches(attempt.password_hash, password)


def _fail(session: Session, attempt: Attempt, *, at: datetime) -> None:
    """Count a failed try, and log it."""
    login_delay.fail(session, attempt.keys, at=at)
    _record(session, attempt.user, "login.failed", refused=True)


def _begin(session: Session, attempt: Attempt, user: User, new_hash: str | None, *, at: datetime) -> str:
    """Forget the failed tries, renew an old hash and write the session."""
    if new_hash is not None:
        session.execute(update(User).where(User.id == user.id).values(password_hash=new_hash))
    login_delay.forget(session, attempt.forgotten, at=at)
    token = secrets.token_urlsafe(32)
    session.add(LoginSession(token_hash=_digest(token), user_id=user.id, begun_at=at, seen_at=at))
    _record(session, user, "login")
    return token


def _digest(token: str) -> bytes:
    """Return the SHA-256 of a token."""
    return sha256(token.encode()).digest()


def _record(session: Session, user: User | None, action: str, *, refused: bool = False) -> None:
    """Log it; a try by an unknown name is logged without the name, which may be a password in the wrong box."""
    audit.record(
        session, by=user, action=action, subject="user", subject_id=user.public_id if user else "", refused=refused
    )
