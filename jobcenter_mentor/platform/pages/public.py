"""Guard the pages behind a signed link (åbne sider): few bad links a minute, and one page for all of them."""

from collections import deque
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.platform.access.policy import public
from jobcenter_mentor.platform.pages.proxies import neighbourhood

MOST, WINDOW = 60, 60.0
"""Bad links from one address within so many seconds, over all pages behind links; good ones are never held back."""
MOST_ADDRESSES = 10_000

View = Callable[..., ResponseReturnValue]


def behind_link(view: View) -> View:
    """Declare a page behind a signed link: open to all, but not after `MOST` bad links a minute from one address.

    A link that is no good (`NotFound`) gives the same page whatever is wrong with it.
    """

    @wraps(view)
    def guarded(**parts: Any) -> ResponseReturnValue:
        bad_links = _bad_links(neighbourhood(request.remote_addr))
        if len(bad_links) >= MOST:
            return render_template("platform/pages/error.html", code=429), 429
        try:
            return view(**parts)
        except NotFound:
            bad_links.append(monotonic())
            return render_template("platform/links/refused.html"), 404

    return public(guarded)


def _bad_links(address: str) -> deque[float]:
    """Return when an address has tried bad links within the last minute."""
    seen: dict[str, deque[float]] = current_app.extensions.setdefault("bad_links", {})
    if len(seen) > MOST_ADDRESSES:
        seen.clear()
    tries = seen.setdefault(address, deque(maxlen=MOST))
    while tries and monotonic() - tries[0] > WINDOW:
        tries.popleft()
    return tries
