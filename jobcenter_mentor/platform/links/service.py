"""Make signed links (signerede links) that are opened as often as anybody likes and spent once.

Opening never spends a link, because mail scanners open links. An altered, expired, withdrawn or unknown link and one
of another purpose are all refused alike. A public page does: `get_link` on GET; on POST, after the form is found
valid, `spend` and then, where it is the first, the act itself, all in one transaction.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import blind_index, now
from jobcenter_mentor.platform.links.models import Link

SECRET_BYTES = 18
SIGNATURE = 16
"""Characters of the signature at the end of a token."""


@dataclass(frozen=True)
class Subject:
    """What a link is about: a kind (course, meeting, survey) and its public id."""

    kind: str
    id: str


@dataclass(frozen=True)
class Spending:
    """The spending of a link (indløsning), and whether it is the first; a repeat only shows the receipt again."""

    link: Link
    is_first: bool


def make(
    session: Session, *, purpose: str, subject: Subject, expires_on: date, actor: Actor, citizens: Sequence[int]
) -> str:
    """Make a link; return its token, which is not stored and cannot be shown again.

    `expires_on` is the last day it is good. `citizens` are whom it concerns, for the log. Raises ValidationFailed for
    a day that has passed.
    """
    if expires_on < actor.day:
        raise ValidationFailed("Linket kan ikke udløbe før i dag.", errors={"expires_on": ["Vælg en senere dag."]})
    token = _signed(purpose, token_urlsafe(SECRET_BYTES))
    link = Link(
        purpose=purpose,
        subject_kind=subject.kind,
        subject_id=subject.id,
        token_hash=_digest(token),
        expires_on=expires_on,
        made_by_id=actor.user.id,
    )
    session.add(link)
    session.flush()
    _record(session, link, "link.make", actor.user, citizens)
    return token


def get_link(session: Session, token: str, *, purpose: str, on: date, locked: bool = False) -> Link:
    """Return a link, spent or not, `locked` for writing.

    Raises NotFound, always in the same words, when it is no good.
    """
    return _good(session, token, purpose, on, locked=locked)


def spend(session: Session, token: str, *, purpose: str, body: str, on: date) -> Spending:
    """Spend a link (indløs): the first time it becomes spent; the same `body` again is a repeat.

    `body` is what was answered, in a fixed form. Raises NotFound as `get_link`, Conflict when it was spent on another
    answer. The caller keeps what came of it with `keep_result`.
    """
    link = _good(session, token, purpose, on, locked=True)
    digest = _digest(body)
    if link.spent_at is None:
        link.spent_at, link.body_digest = now(), digest
        session.flush()
        _record(session, link, "link.spend", None, [])
        return Spending(link, is_first=True)
    if not hmac.compare_digest(link.body_digest, digest):
        raise Conflict("Linket er allerede brugt. Det første svar gælder. Bed om et nyt link.")
    return Spending(link, is_first=False)


def withdraw(session: Session, subject: Subject, *, purpose: str, actor: Actor, citizens: Sequence[int]) -> int:
    """Withdraw all open links of a purpose and subject; return how many."""
    rows = list_open(session, subject, purpose=purpose, on=actor.day)
    for link in rows:
        link.withdrawn_on = actor.day
        _record(session, link, "link.withdraw", actor.user, citizens)
    session.flush()
    return len(rows)


def list_open(session: Session, subject: Subject, *, purpose: str, on: date) -> list[Link]:
    """Return the open links of a purpose and subject, newest first: neither spent, expired nor withdrawn."""
    statement = select(Link).where(
        Link.subject_kind == subject.kind,
        Link.subject_id == subject.id,
        Link.purpose == purpose,
        Link.spent_at.is_(None),
        Link.withdrawn_on.is_(None),
        Link.expires_on >= on,
    )
    return list(session.scalars(statement.order_by(Link.id.desc())))


def _good(session: Session, token: str, purpose: str, on: date, *, locked: bool) -> Link:
    """Return the link, locked for writing where it is to be spent. Raises NotFound when it is no good."""
    secret = token[:-SIGNATURE]
    genuine = token.isascii() and hmac.compare_digest(_signed(purpose, secret), token)
    statement = select(Link).where(
        Link.token_hash == _digest(token),
        Link.purpose == purpose,
        Link.withdrawn_on.is_(None),
        Link.expires_on >= on,
    )
    if locked:
        statement = statement.with_for_update(of=Link).execution_options(populate_existing=True)
    link = session.scalar(statement) if genuine else None
    if link is None:
        raise NotFound("Linket kan ikke bruges.")
    return link


def _signed(purpose: str, secret: str) -> str:
    """Return the token: the secret with a signature of it and its purpose under the installation's key."""
    signature = urlsafe_b64encode(blind_index(f"link|{purpose}|{secret}")).decode()
    return secret + signature[:SIGNATURE]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _record(session: Session, link: Link, action: str, by: User | None, citizens: Sequence[int]) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="link",
        subject_id=link.public_id,
        citizens=citizens,
        detail={"purpose": link.purpose, link.subject_kind: link.subject_id},
    )
