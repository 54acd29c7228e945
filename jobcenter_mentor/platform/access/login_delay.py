"""Count failed log-ins (mislykkede forsøg), and delay the next one after the free ones.

Strangers are counted for the account at their own address, for the account as a whole and for their address. A browser
that has logged in to the account before is counted by itself alone, so nobody else's tries keep its owner out.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access.models import LoginDelay

Keys = Mapping[str, str]
"""Rows of failed tries by what is counted: account, account_here, address, browser, key."""

FREE = {"account_here": 5, "browser": 5, "account": 25, "address": 50, "key": 20}
"""Failed tries before the first delay. An address is shared by a whole jobcentre: 50 in a row, without one success."""
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 450))
"""One after the other; together the 15 minutes that an account may be closed by others."""
REST = timedelta(minutes=15)
"""How long an account then stays open, whoever fails meanwhile; only addresses are counted."""
LASTING = {"address": timedelta(minutes=15), "key": timedelta(minutes=15)}
"""What goes on being delayed: guessers who share an address with nobody's account."""
FORGOTTEN = timedelta(hours=1)
SWEPT = timedelta(days=1)


class LoginWait(NamedTuple):
    """Whether tries have failed, and when the next is allowed; None when it is allowed now."""

    has_failed: bool
    heard_again: datetime | None


def of_stranger(username: str, address: str) -> dict[str, str]:
    """Return what a try from an unknown browser is counted by."""
    return {
        "account_here": _key("account_here", f"{username}\n{address}"),
        "account": _key("account", username),
        "address": _key("address", address),
    }


def of_browser(username: str, browser: str) -> dict[str, str]:
    """Return what a try is counted by from a browser that has been logged in to the account."""
    return {"browser": _key("browser", f"{username}\n{browser}")}


def of_system(address: str) -> dict[str, str]:
    """Return what a try with an API key is counted by."""
    return {"key": _key("key", address)}


def standing(session: Session, keys: Keys, *, at: datetime) -> LoginWait:
    """Return how it stands with what a try is counted by."""
    rows = session.scalars(select(LoginDelay).where(LoginDelay.key.in_(keys.values()))).all()
    waits = [row.next_try_at for row in rows if row.failures >= FREE[_kind(row)] and row.next_try_at > at]
    return LoginWait(bool(rows), max(waits, default=None))


def fail(session: Session, keys: Keys, *, at: datetime) -> None:
    """Count a failed try; rows are made and locked in one order, so that tries at once wait for each other."""
    new = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for key in sorted(keys.values()):
        row = {"key": key, "failures": 0, "next_try_at": at}
        session.execute(new(LoginDelay).values(row).on_conflict_do_nothing(index_elements=["key"]))
        _count(session.get_one(LoginDelay, key, with_for_update=True, populate_existing=True), at)


def forget(session: Session, keys: Keys, *, at: datetime) -> None:
    """Start from nothing after a success, and sweep out what is a day old."""
    session.execute(delete(LoginDelay).where(LoginDelay.key.in_(keys.values())))
    session.execute(delete(LoginDelay).where(LoginDelay.next_try_at < at - SWEPT))


def _count(row: LoginDelay, at: datetime) -> None:
    """Count one more failure, and return when the next try is allowed."""
    kind, quiet = _kind(row), at - row.next_try_at
    spent = row.failures - FREE[kind] >= len(DELAYS) - 1 and kind not in LASTING
    if quiet > FORGOTTEN or (spent and quiet >= REST):
        row.failures = 0
    elif spent:
        return
    row.failures += 1
    row.next_try_at = at + _delay(kind, row.failures - FREE[kind])


def _delay(kind: str, beyond: int) -> timedelta:
    """Return the delay after so many failures beyond the free ones."""
    if beyond < 0:
        return timedelta()
    return DELAYS[beyond] if beyond < len(DELAYS) else LASTING[kind]


def _kind(row: LoginDelay) -> str:
    return row.key.partition(":")[0]


def _key(kind: str, text: str) -> str:
    return f"{kind}:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
