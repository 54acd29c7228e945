"""Åbne sider: pages behind a signed link, without log-in; few requests a minute, and one page for every bad link."""

from collections import deque
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from jobcenter_mentor.auth.policy import public
from jobcenter_mentor.domain.errors import NotFound

MOST, WINDOW = 60, 60.0
"""Requests of one address within so many seconds, over all pages behind links."""

View = Callable[..., ResponseReturnValue]


def behind_link(view: View) -> View:
    """Declare a page behind a signed link: open to all, held to `MOST` requests a minute from one address.

    A link that is no good (`NotFound`) gives the same page whatever is wrong with it.
    """

    @wraps(view)
    def guarded(**parts: Any) -> ResponseReturnValue:
        if _too_many(request.remote_addr or ""):
            return render_template("errors/error.html", code=429), 429
        try:
            return view(**parts)
        except NotFound:
            return render_template("links/refused.html"), 404

    return public(guarded)


def _too_many(address: str) -> bool:
    """Tell whether an address has asked too often, and note that it asks now."""
    seen: dict[str, deque[float]] = current_app.extensions.setdefault("link_visits", {})
    at = monotonic()
    if len(seen) > 10_000:
        seen.clear()
    visits = seen.setdefault(address, deque())
    while visits and at - visits[0] > WINDOW:
        visits.popleft()
    visits.append(at)
    return len(visits) > MOST
