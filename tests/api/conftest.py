"""Fælles for API'ets tests."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.api.callers import Caller, a_caller


@pytest.fixture
def caller(app: Flask, session: Session) -> Caller:
    """Return a system that acts as a caseworker of Team Unge."""
    return a_caller(app, session)
