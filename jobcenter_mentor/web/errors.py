"""Fejlsider: the one place where an error becomes a page; the API has its own answer.

A page that the user may not see and one that doesn't exist give the same answer; both are logged as refused.
"""

import logging
import re
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.db import db, transaction
from jobcenter_mentor.domain.errors import Conflict, DomainError, InvalidTransition, NotAllowed, NotFound, ReasonNeeded
from jobcenter_mentor.web.door import acting_user, is_for_api
from jobcenter_mentor.web.guard import action_asked, typed

Handler = Callable[[Any], ResponseReturnValue]
STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    InvalidTransition: 409,
    DomainError: 422,
    StaleDataError: 409,
    IntegrityError: 409,
    OperationalError: 503,
}
"""The first kind an error belongs to decides."""
CPR_SHAPE = re.compile(r"\b(\d{6})-?\d{4}\b")


class CprFilter(logging.Filter):
    """Logfilter: masks what looks like a CPR number in the program's own log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message; always lets it through."""
        record.msg, record.args = CPR_SHAPE.sub(r"\1-****", record.getMessage()), ()
        return True


def register(app: Flask, *, api: Handler) -> None:
    """Register the handlers and the filter of the log; `api` answers other systems."""
    app.logger.addFilter(CprFilter())
    pages: dict[type[Exception], Handler] = {
        DomainError: _domain_error,
        HTTPException: _http_error,
        CSRFError: _too_old,
        StaleDataError: _changed_meanwhile,
        IntegrityError: _changed_meanwhile,
        OperationalError: _busy,
        InternalServerError: _unexpected,
    }
    for kind, page in pages.items():
        app.register_error_handler(kind, _by_who_asks(page, api))


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error of the trade, the protocol or the database."""
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def log_refusal() -> None:
    """Write that the user asked for something out of reach, in a transaction of its own; nothing for a stranger."""
    action = action_asked()
    if action is None or not current_user.is_authenticated:
        return
    asked_for = [
        CPR_SHAPE.sub(r"\1-****", str(value).replace("\0", "")) for value in (request.view_args or {}).values()
    ]
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


def noted(error: BaseException) -> str:
    """Write the error in the program's own log under a number of its own and return the number."""
    reference = token_hex(4)
    cause = getattr(error, "original_exception", None) or error
    current_app.logger.error("Fejl %s på %s %s", reference, request.method, request.endpoint, exc_info=cause)
    return reference


def _by_who_asks(page: Handler, api: Handler) -> Handler:
    """Return a handler that answers a person with a page and another system in its own way."""

    def answered(error: Exception) -> ResponseReturnValue:
        return api(error) if is_for_api() else page(error)

    return answered


def _domain_error(error: DomainError) -> ResponseReturnValue:
    """Show an error of the trade, or ask for the reason that a look needs; what isn't found says no more than that."""
    if isinstance(error, ReasonNeeded) and request.method == "GET":
        return redirect(url_for("auth.reason", next=request.full_path.rstrip("?")), 303)
    status = status_of(error)
    if status in {403, 404}:
        log_refusal()
    message = "" if status == 404 else error.message
    return render_template("errors/error.html", code=status, message=message, errors=error.errors), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    """Show an error of the protocol; a redirect goes its way."""
    status = status_of(error)
    if status < 400:
        return error
    return render_template("errors/error.html", code=status), status


def _too_old(_error: CSRFError) -> ResponseReturnValue:
    """Show what was typed in a form whose token is too old or missing."""
    return render_template("auth/too_old.html", typed=typed(), back=request.path), 400


def _changed_meanwhile(_error: Exception) -> ResponseReturnValue:
    """Say that somebody else was first; nothing was kept."""
    return render_template("errors/error.html", code=409), 409


def _busy(error: OperationalError) -> ResponseReturnValue:
    """Say that the database didn't answer in time; nothing was kept."""
    reference = noted(error)
    return render_template("errors/error.html", code=503, reference=reference), 503


def _unexpected(error: InternalServerError) -> ResponseReturnValue:
    """Say that something is wrong with the system, with a number to ask about and no details."""
    reference = noted(error)
    return render_template("errors/error.html", code=500, reference=reference), 500
