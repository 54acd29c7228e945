"""Log-ind i testene: a browser that is logged in without spending time on a password."""

import secrets
from hashlib import sha256

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import LoginSession, User


def logged_in(app: Flask, session: Session, user: User) -> FlaskClient:
    """Return a client with a session of its own for the user; the user is committed with it."""
    token = secrets.token_urlsafe(16)
    session.add(LoginSession(token_hash=sha256(token.encode()).digest(), user_id=user.id))
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["login"] = token
    return client
