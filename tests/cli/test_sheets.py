"""Kommandoerne `import` og `template`: the report on standard output, the exit codes, and a bare folder."""

import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from jobcenter_mentor.app import create_app
from jobcenter_mentor.cli.main import main
from jobcenter_mentor.config import Config
from jobcenter_mentor.platform.database.db import db, transaction
from tests.builders import a_team
from tests.sheets.runs.sheets import a_course, xlsx


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def in_a_child(*arguments: str) -> dict[str, Any]:
    """Run the command in a child of this process, which leaves no connection open; return its document."""
    with ProcessPoolExecutor(1, get_context("fork")) as children:
        document: dict[str, Any] = json.loads(children.submit(_told, *arguments).result(timeout=60))
    return document


def _told(*arguments: str) -> str:
    return run(*arguments, "--json").stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder without settings to stand in."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "DEMO_FOLDER", "SECRET_KEY", "CPR_KEYS", "CPR_INDEX_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (xlsx(), "accept_with_warning", 0),
        (xlsx([a_course(), a_course(1, Fornavn="")]), "reject_rows", 1),
        (b"", "reject_file", 2),
    ],
)
def test_a_dry_run_needs_no_database(folder: Path, content: bytes, status: str, code: int) -> None:
    (folder / "a.xlsx").write_bytes(content)

    result = run("import", "courses", "a.xlsx", "--json")

    assert (json.loads(result.stdout)["status"], result.exit_code) == (status, code)
    assert [path.name for path in folder.iterdir()] == ["a.xlsx"]


def test_the_command_itself_prints_one_document(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(xlsx())

    program = Path(sys.executable).with_name("jobcenter-mentor")
    made = subprocess.run(
        [program, "import", "courses", "a.xlsx", "--json"], capture_output=True, check=False, timeout=60
    )

    report = json.loads(made.stdout)
    assert (made.returncode, report["rows"]["new"], report["valid_rows"]) == (0, 1, [2])


def test_people_read_danish_lines(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(xlsx([a_course(Fornavn="")]))

    result = run("import", "courses", "a.xlsx")

    assert "Række 2, Fornavn" in result.stdout
    assert "Intet er skrevet." in result.stdout


def test_an_unknown_kind_or_file_is_refused(folder: Path) -> None:
    assert run("import", "cats", "a.xlsx").exit_code == 2
    assert run("import", "courses", "missing.xlsx").exit_code == 2


def test_to_write_needs_an_installation(folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(xlsx())

    result = run("import", "courses", "a.xlsx", "--apply", "--json")

    assert (result.exit_code, result.stdout) == (2, "")


def test_a_blank_workbook_is_written(folder: Path) -> None:
    assert run("template", "courses", "ny.xlsx").exit_code == 0
    assert (folder / "ny.xlsx").read_bytes().startswith(b"PK")


def test_applying_twice_writes_once(folder: Path, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "CPR_KEYS": config.cpr_keys[0],
        "CPR_INDEX_KEY": config.cpr_index_key,
    }.items():
        monkeypatch.setenv(name, value)
    row = a_course(Team="Team Unge")
    (folder / "a.xlsx").write_bytes(xlsx([row], headings=list(row)))

    without_team = in_a_child("import", "courses", "a.xlsx")
    _add_team(config)
    answers = [in_a_child("import", "courses", "a.xlsx", "--apply") for _ in range(2)]

    assert without_team["row_errors"][0]["column"] == "Team"
    assert [(answer["rows"]["new"], answer["rows"]["unchanged"], answer["applied"]) for answer in answers] == [
        (1, 0, True),
        (0, 1, True),
    ]


def _add_team(config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        with transaction() as session:
            a_team(session)
        db.engine.dispose()
