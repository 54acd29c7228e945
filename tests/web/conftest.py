"""Rundturens kommune: founded once, with hidden people in it; each walker gets a copy of the file."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from jobcenter_mentor.app import create_app
from jobcenter_mentor.db import db, transaction
from jobcenter_mentor.demo.municipality import SEED, SIZES, found
from tests.crawling import Town
from tests.databases import SqliteFiles, a_config


@pytest.fixture(scope="session")
def pattern_town(sqlite_files: SqliteFiles) -> Path:
    """Found the municipality and give some of its people protected names."""
    file = sqlite_files.folder / "town.sqlite"
    shutil.copyfile(sqlite_files.pattern, file)
    app = create_app(a_config(f"sqlite:///{file}"))
    with app.app_context():
        with transaction() as session:
            found(session, SIZES["S"], SEED)
        db.session.remove()
        db.engine.dispose()
    Town(file).protect()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture
def a_town(pattern_town: Path, tmp_path: Path) -> Callable[[], Town]:
    """Return a maker of fresh copies."""
    return lambda: Town(Path(shutil.copyfile(pattern_town, tmp_path / "town.sqlite")))
