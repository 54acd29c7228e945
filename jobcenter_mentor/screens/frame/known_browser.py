"""Known browsers (kendte browsere): one that has logged in to an account does not wait for strangers' failed tries.

It holds a signed cookie with an id of its own and digests of the last accounts; the cookie opens nothing by itself.
"""

from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

LONGEST = 180 * 24 * 60 * 60
"""Seconds since the last log-in."""
MOST_ACCOUNTS = 5
"""People who share one machine."""


def known_browser(username: str) -> str:
    """Return the id of this browser where it has logged in to the account before; empty for any other."""
    held = _held()
    return held["id"] if _digest(username) in held["accounts"] else ""


def remembered(response: Response, username: str) -> Response:
    """Let the browser remember that it has logged in to the account."""
    held, mine = _held(), _digest(username)
    accounts = [mine, *(other for other in held["accounts"] if other != mine)][:MOST_ACCOUNTS]
    value = _box().dumps({"id": held["id"] or token_urlsafe(16), "accounts": accounts})
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(_name(), value, max_age=LONGEST, secure=secure, httponly=True, samesite="Lax")
    return response


def _held() -> dict[str, Any]:
    """Return the content of this browser's cookie; nothing for none, an old one and one that is not ours."""
    try:
        held: dict[str, Any] = _box().loads(request.cookies.get(_name(), ""), max_age=LONGEST)
    except BadData:
        return {"id": "", "accounts": []}
    return held


def _box() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known browser")


def _name() -> str:
    return "__Host-browser" if current_app.config["SESSION_COOKIE_SECURE"] else "browser"


def _digest(username: str) -> str:
    """Return a digest of the account, so that the cookie names nobody."""
    secret = current_app.config["SECRET_KEY"]
    return sha256(f"{secret}\n{username.strip().lower()}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
