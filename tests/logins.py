"""Log-ind i testene: a browser that keeps to its own session, logged in without spending time on a password."""

import secrets
from contextvars import Context
from hashlib import sha256
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter_mentor.platform.access.models import LoginSession, User
from jobcenter_mentor.platform.database.db import db


class Visitor(FlaskClient):
    """A browser of the tests: before a request it commits what the test arranged, after it the test reads anew.

    The request runs in a context of its own, as in the server: no session and no log-in is shared with the test.
    """

    user: User

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request."""
        if has_app_context():
            db.session.commit()
        response: TestResponse = Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        return response


def logged_in(app: Flask, session: Session, user: User) -> Visitor:
    """Return a client with a session of its own for the user; the user is committed with it.

    It sends the CSRF token that a page would have given it.
    """
    token = secrets.token_urlsafe(16)
    session.add(LoginSession(token_hash=sha256(token.encode()).digest(), user_id=user.id))
    session.commit()
    client = a_stranger(app)
    client.user = user
    with client.session_transaction() as cookie:
        cookie["login"] = token
    return client


def a_stranger(app: Flask) -> Visitor:
    """Return a client that has not logged in; it sends the CSRF token that a page would have given it."""
    csrf_token = secrets.token_hex(16)
    app.test_client_class = Visitor
    client = app.test_client()
    assert isinstance(client, Visitor)
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = csrf_token
    signed = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(csrf_token)
    client.environ_base["HTTP_X_CSRFTOKEN"] = signed
    return client
