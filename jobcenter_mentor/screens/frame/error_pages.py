"""The one place where an error becomes a page (fejlsider); the API has its own answer.

A page that the user may not see and one that does not exist give the same answer; both are logged as refused.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from jobcenter_mentor.domain.kernel.errors import (
    Conflict,
    DomainError,
    InvalidTransition,
    NotAllowed,
    NotFound,
    ReasonNeeded,
)
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.faults import cause_of
from jobcenter_mentor.platform.logs import masked
from jobcenter_mentor.platform.pages.door import acting_user, draw_without_database, is_for_api
from jobcenter_mentor.screens.frame.access_log import request_id
from jobcenter_mentor.screens.frame.guard import action_asked, typed

Handler = Callable[[Any], ResponseReturnValue]
STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    InvalidTransition: 409,
    DomainError: 422,
    StaleDataError: 409,
    IntegrityError: 409,
    DataError: 422,
    OperationalError: 503,
    InterfaceError: 503,
    PoolTimeout: 503,
}
"""The HTTP status of each kind of error; the first kind that an error belongs to decides."""
AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""Errors of a database that does not answer: it is stopped, out of reach or busy."""


def register(app: Flask, *, api: Handler) -> None:
    """Register the handlers; `api` answers other systems. Each error is logged here, once and without an address."""
    app.log_exception = _logged_by_its_page  # type: ignore[assignment, method-assign]
    pages: dict[type[Exception], Handler] = {
        DomainError: _domain_error,
        HTTPException: _http_error,
        CSRFError: _too_old,
        StaleDataError: _changed_meanwhile,
        IntegrityError: _changed_meanwhile,
        DataError: _cannot_be_kept,
        InternalServerError: _unexpected,
        **dict.fromkeys(AWAY, _away),
    }
    for kind, page in pages.items():
        app.register_error_handler(kind, _by_who_asks(page, api))


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error of the trade, the protocol or the database."""
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def log_refusal() -> None:
    """Log that the user asked for something out of reach, in its own transaction; nothing for a stranger."""
    action = action_asked()
    if action is None or not current_user.is_authenticated:
        return
    asked_for = [masked(str(value).replace("\0", "")) for value in (request.view_args or {}).values()]
    db.session.rollback()
    with transaction() as session:
        audit.record(
            session,
            by=acting_user(),
            action=action,
            subject=action.partition(".")[0],
            subject_id=asked_for[-1] if asked_for else "",
            refused=True,
        )


def noted(error: Exception) -> str:
    """Write the error in the program's own log under the number of this request and return the number.

    A database that is away takes one line, any other error its traceback.
    """
    cause: Exception = getattr(error, "original_exception", None) or error
    known = isinstance(cause, AWAY)
    told = (request_id(), request.method, request.endpoint or "-", cause_of(cause) if known else type(cause).__name__)
    current_app.logger.error("Fejl %s på %s %s: %s", *told, exc_info=None if known else cause)
    return request_id()


def _logged_by_its_page(_error: Any) -> None:
    """Write nothing: the page of the error does, and Flask's own line would hold the address."""


def _by_who_asks(page: Handler, api: Handler) -> Handler:
    """Return a handler that answers a person with a page and another system in its own way.

    An error page has the user's menu round it, so the database may go away while the page is made.
    """

    def answered(error: Exception) -> ResponseReturnValue:
        try:
            return api(error) if is_for_api() else page(error)
        except AWAY as gone:
            return api(gone) if is_for_api() else _away(gone)

    return answered


def _domain_error(error: DomainError) -> ResponseReturnValue:
    """Show an error of the trade, or ask for the reason that a look needs; "not found" says no more than that."""
    if isinstance(error, ReasonNeeded) and request.method == "GET":
        return redirect(url_for("auth.reason", next=request.full_path.rstrip("?")), 303)
    status = status_of(error)
    if status in {403, 404}:
        log_refusal()
    message = "" if status == 404 else error.message
    return render_template("platform/pages/error.html", code=status, message=message, errors=error.errors), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    """Show an error of the protocol; a redirect goes its way."""
    status = status_of(error)
    if status < 400:
        return error
    return render_template("platform/pages/error.html", code=status), status


def _too_old(_error: CSRFError) -> ResponseReturnValue:
    """Show what was typed in a form whose token is too old or missing."""
    return render_template("screens/frame/too_old.html", typed=typed(), back=request.path), 400


def _changed_meanwhile(_error: Exception) -> ResponseReturnValue:
    """Say that somebody else was first; nothing was stored."""
    return render_template("platform/pages/error.html", code=409), 409


def _cannot_be_kept(error: DataError) -> ResponseReturnValue:
    """Say that the database cannot store a value; nothing was stored. The form should have said so itself."""
    reference = noted(error)
    return render_template("platform/pages/error.html", code=422, reference=reference), 422


def _away(error: SQLAlchemyError) -> ResponseReturnValue:
    """Say that the database did not answer in time; nothing was stored, and the page is made without the database."""
    reference = noted(error)
    draw_without_database()
    return render_template("platform/pages/error.html", code=503, reference=reference), 503, {"Retry-After": "60"}


def _unexpected(error: InternalServerError) -> ResponseReturnValue:
    """Say that something is wrong with the system, with a number to ask about and no details."""
    reference = noted(error)
    return render_template("platform/pages/error.html", code=500, reference=reference), 500
