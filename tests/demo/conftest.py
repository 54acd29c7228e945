"""Den opdigtede kommune, grundlagt én gang: read only, in a database of its own."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.db import db, transaction
from jobcenter_mentor.demo.municipality import SEED, SIZES, found
from tests.databases import SqliteFiles, a_config


@pytest.fixture(scope="session")
def founded(sqlite_files: SqliteFiles) -> Iterator[Flask]:
    """Found the municipality of size S with its own seed, on SQLite."""
    file = sqlite_files.folder / "demo.sqlite"
    shutil.copyfile(sqlite_files.pattern, file)
    app = create_app(a_config(f"sqlite:///{file}"))
    with app.app_context():
        with transaction() as session:
            found(session, SIZES["S"], SEED)
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def town(founded: Flask) -> Iterator[Session]:
    """Return a session in the founded municipality."""
    with founded.app_context():
        yield db.session()
        db.session.rollback()
