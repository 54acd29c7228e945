"""Double click (dobbeltklik): a form that is sent twice has one effect, and both get the first one's answer.

Each form of a page holds a token of its own (`csrf()` in `macros/fields.html`), signed for its user. The first writing
transaction of the request spends it, so that it is spent exactly when the change is stored. Looks and drafts spend
none.
"""

import json
from hashlib import sha256
from hmac import digest as keyed
from secrets import token_urlsafe
from time import monotonic, sleep
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request, session
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from itsdangerous import BadSignature, Signer
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.drafts.sent_forms import AlreadySentError, FormSubmission
from jobcenter_mentor.platform.pages.door import acting_user, has_database, is_for_api
from jobcenter_mentor.screens.frame.guard import typed

FIELD = "form_token"
NOT_TOLD = frozenset({FIELD, "csrf_token"})
ANSWERED_BY_COOKIE = frozenset(
    {"auth.log_in", "auth.logout", "auth.reason", "meetings.log_by_link", "meetings.confirm"}
)
"""Endpoints whose effect is the browser's own cookie, which only their own answer can set."""
LOOKS = frozenset(
    {
        "referrals.preview",
        "referrals.assess",
        "referrals.find",
        "grants.assess",
        "assessments.try_it",
        "merging.preview",
        "citizens.find",
        "citizens.seek",
        "drafts.save",
        "drafts.discard",
    }
)
"""Endpoints that another button of a form asks before the form itself is sent; they carry nothing out."""
PATIENCE, PAUSE = 5.0, 0.05
"""Seconds to wait for the answer of a first sending that is still at work."""
LARGEST = 500_000
"""Bytes of a page that is stored as an answer."""


class SentOnce:
    """The form of this request: it spends its token in the first writing transaction that is stored."""

    def __init__(self, sending: FormSubmission) -> None:
        self.sending = sending
        self.is_spent = False

    def begin(self, own: Session) -> None:
        """Spend the token, unless an earlier transaction of the request has. Raises AlreadySentError."""
        if not self.is_spent:
            self.sending.spend(own)

    def committed(self) -> None:
        """Know that the token is spent."""
        self.is_spent = True


def register(app: Flask) -> None:
    """Let every form of the app be sent once; registered after the guard, which knows who asks."""
    app.jinja_env.globals["form_token"] = form_token
    app.before_request(_hear)
    app.after_request(_keep)
    app.register_error_handler(AlreadySentError, lambda _error: _first_answer(g.pop("act").sending))


def form_token() -> str:
    """Return a new token for a form that is shown to the user."""
    return token_of(_who())


def token_of(who: str) -> str:
    """Return a new token for a form of the user with that public id."""
    return _signer(who).sign(token_urlsafe(16)).decode()


def _who() -> str:
    """Return whose the form is; all strangers are one, whose tokens nobody can guess either."""
    return acting_user().public_id if current_user.is_authenticated else ""


def _signer(who: str) -> Signer:
    return Signer(str(current_app.secret_key), salt=f"{FIELD}:{who}", digest_method=sha256)


def _hear() -> Response | None:
    """Note the form that is sent; answer at once where it has been sent before. Raises CSRFError on another's token."""
    token = request.form.get(FIELD, "") if request.method == "POST" and not is_for_api() else ""
    if not token or request.endpoint in ANSWERED_BY_COOKIE | LOOKS or request.headers.get("HX-Request"):
        return None
    try:
        _signer(_who()).unsign(token)
    except BadSignature as error:
        raise CSRFError("Formularen er en anden brugers.") from error
    user_id = acting_user().id if current_user.is_authenticated else None
    sending = FormSubmission(sha256(token.encode()).hexdigest(), user_id, _digest())
    if _is_sent(sending):
        return _first_answer(sending)
    g.act = SentOnce(sending)
    return None


def _digest() -> str:
    """Return a keyed digest of where the form goes and what it holds, with all files."""
    told: list[list[str]] = [[request.full_path]]
    told += [[name, text] for name, text in request.form.items(multi=True) if name not in NOT_TOLD]
    for name, file in request.files.items(multi=True):
        told.append([name, file.filename or "", sha256(file.read()).hexdigest()])
        file.seek(0)
    return keyed(str(current_app.secret_key).encode(), json.dumps(told).encode(), "sha256").hex()


def _keep(response: Response) -> Response:
    """Store the answer of a change, or give the token back; a refusal gives way to the first sending's answer."""
    act: SentOnce | None = g.pop("act", None)
    if act is None or not has_database():
        return response
    if not act.is_spent:
        is_late = response.status_code >= 400 and _is_sent(act.sending)
        return _first_answer(act.sending) if is_late else response
    answer = _told(response)
    with transaction() as own:
        if answer:
            act.sending.keep(own, answer)
        else:
            act.sending.release(own)
    return response


def _told(response: Response) -> str:
    """Return an answer as text; empty for a refusal and for a file, which is no effect."""
    told: dict[str, Any] = {"status": response.status_code, "flashes": session.get("_flashes", [])}
    if 300 <= response.status_code < 400:
        return json.dumps(told | {"location": response.location})
    is_page = response.status_code < 300 and response.mimetype == "text/html" and not response.is_streamed
    body = response.get_data(as_text=True) if is_page else ""
    return json.dumps(told | {"body": body}) if body and len(body) < LARGEST else ""


def _is_sent(sending: FormSubmission) -> bool:
    with Session(db.engine) as own:
        return sending.find(own) is not None


def _first_answer(sending: FormSubmission) -> Response:
    """Return the answer of the first sending, after a short wait while it is still at work.

    Where something else was sent or the answer is gone, a page that says so.
    """
    until = monotonic() + PATIENCE
    while True:
        with Session(db.engine) as own:
            first = sending.find(own)
            is_same = first is not None and first.digest == sending.digest
            answer = first.answer if first is not None and is_same else None
        if answer is not None or not is_same or monotonic() > until:
            break
        sleep(PAUSE)
    return _told_again(json.loads(answer)) if answer else _already_sent()


def _told_again(told: dict[str, Any]) -> Response:
    """Give an answer again, with the messages that went with it."""
    response = make_response(told.get("body", ""), told["status"])
    if "location" in told:
        response.location = told["location"]
        session["_flashes"] = [tuple(one) for one in told["flashes"]]
    response.headers["Sent-Before"] = "1"
    return response


def _already_sent() -> Response:
    page = render_template("screens/frame/sent.html", typed=typed(), back=request.path)
    response = make_response(page, 409)
    response.headers["Sent-Before"] = "1"
    return response
