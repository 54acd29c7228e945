"""The made-up municipality, made once and read only, in a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.database.db import db
from tests.databases import a_config


@pytest.fixture(scope="session")
def founded(demo_file: Path) -> Iterator[Flask]:
    """Return the app on the municipality."""
    app = create_app(a_config(f"sqlite:///{demo_file}"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def town(founded: Flask) -> Iterator[Session]:
    """Return a session in the municipality."""
    with founded.app_context():
        yield db.session()
        db.session.rollback()
