"""Et andet system i testene: a client that sends the key of a user and no cookie."""

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter_mentor.platform.access import api_keys
from jobcenter_mentor.platform.access.models import User
from tests.builders import a_user
from tests.logins import Visitor

YEAR = api_keys.NewToken("Fagsystemet", date(2014, 1, 1), date(2014, 12, 31))


class Caller(Visitor):
    """A system with a key of its own; addresses are those under /api/v1."""

    key: str

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request with the key."""
        headers = {"Authorization": f"Bearer {self.key}"} | dict(kwargs.pop("headers", {}))
        return super().open(f"/api/v1{args[0]}", *args[1:], headers=headers, **kwargs)


def a_caller(app: Flask, session: Session, user: User | None = None) -> Caller:
    """System: acts as a caseworker, or as the user."""
    user = user or a_user(session, "SB")
    caller = Caller(app, app.response_class, use_cookies=False)
    _, caller.key = api_keys.make(session, user, YEAR, by=a_user(session, "AD"))
    caller.user = user
    return caller
