"""Rundturens kommune: founded once, with hidden people in it; each walker gets a copy of the file."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawling import Town


@pytest.fixture(scope="session")
def pattern_town(demo_file: Path) -> Path:
    """Give some people of the municipality protected names."""
    file = Path(shutil.copyfile(demo_file, demo_file.with_name("town.sqlite")))
    Town(file).protect()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture
def a_town(pattern_town: Path, tmp_path: Path) -> Callable[[], Town]:
    """Return a maker of fresh copies."""
    return lambda: Town(Path(shutil.copyfile(pattern_town, tmp_path / "town.sqlite")))
