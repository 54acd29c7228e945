"""Rundturens kommune: founded once, with hidden people in it; each walker gets a copy of the file."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jobcenter_mentor.casefile.letters import service as letters
from tests.casefile.letters.samples import GRANT
from tests.crawling import SECRET_NAME, SECRET_STREET, Town
from tests.databases import SqliteFiles
from tests.reading import pdf_text


def a_letter() -> bytes:
    """Return the PDF of a letter to somebody with the name and street that must never be seen."""
    values = replace(GRANT, recipient=(f"Nogen {SECRET_NAME}", SECRET_STREET))
    pdf = letters.render(letters.decision_draft("decision", values))
    assert SECRET_NAME in pdf_text(pdf)
    return pdf


@pytest.fixture(scope="session")
def pattern_town(demo_file: Path, sqlite_files: SqliteFiles) -> Town:
    """Give some people of the municipality protected names."""
    file = Path(shutil.copyfile(demo_file, sqlite_files.folder / "town.sqlite"))
    town = Town(file)
    town.protect(a_letter())
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return town


@pytest.fixture
def a_town(pattern_town: Town, quick_path: Path) -> Callable[[], Town]:
    """Return a maker of fresh copies."""
    return lambda: pattern_town.copied(quick_path / "town.sqlite")
