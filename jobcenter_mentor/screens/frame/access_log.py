"""One line for each request (adgangslog): who by id, which route by its pattern, and how it went.

The address itself is never written: it holds ids, and links their secret. A request's id is in the answer as
X-Request-Id, is the number that an error page shows, and begins each line about it.
"""

import logging
from collections.abc import Iterable
from secrets import choice
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, has_request_context, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("jobcenter_mentor.access")
REQUEST_ID, ROUTE, USER = "jobcenter.request_id", "jobcenter.route", "jobcenter.user"
OFTEN = frozenset({"/livez", "/readyz", "/healthz", "/static/<path:filename>"})
"""Routes that are asked all the time; they are logged when they go wrong."""
LETTERS = "bcdfghjkmnpqrstvwxz"


class AccessLog:
    """Give each request its id, and write its line when it has been answered."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        environ[REQUEST_ID], begun, answered = new_id(), perf_counter(), "500"

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal answered
            answered = status.partition(" ")[0]
            return start_response(status, [*headers, ("X-Request-Id", environ[REQUEST_ID])], *rest)

        try:
            return self.app(environ, started)
        finally:
            self._write(environ, answered, (perf_counter() - begun) * 1000)

    def _write(self, environ: "WSGIEnvironment", status: str, milliseconds: float) -> None:
        route = environ.get(ROUTE, "-")
        if route in OFTEN and status in {"200", "304"}:
            return
        method, user, address = environ["REQUEST_METHOD"], environ.get(USER, "-"), environ.get("REMOTE_ADDR", "-")
        told = (environ[REQUEST_ID], method, route, status, milliseconds, user, address)
        log.info("%s %s %s %s %.0f ms bruger=%s fra=%s", *told)


def register(app: Flask) -> None:
    """Note route and user of each request for its line."""
    app.after_request(_noted)


def request_id() -> str:
    """Return the id of this request; a new one outside of any."""
    known = request.environ.get(REQUEST_ID) if has_request_context() else None
    return str(known or new_id())


def new_id() -> str:
    """Return a new id that can be read aloud on the phone; only letters, so that no masking of numbers changes it."""
    return "".join(choice(LETTERS) for _ in range(10))


def _noted(response: Response) -> Response:
    """Store the pattern of the route and the user's id for the line, without asking the database."""
    user = g.get("_login_user")
    request.environ[ROUTE] = request.url_rule.rule if request.url_rule else "-"
    request.environ[USER] = getattr(user, "id", None) or "-"
    return response
