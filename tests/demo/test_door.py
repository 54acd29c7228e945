"""Kommandoen demo: makes a municipality, keeps it when asked, and makes a fresh one otherwise."""

import sqlite3
from pathlib import Path

from click.testing import CliRunner, Result

from jobcenter_mentor.cli import main


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["demo", "--no-serve", *options], env={"DEMO_FOLDER": str(folder)})


def ids(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "demo.sqlite") as connection:
        return {row[0] for row in connection.execute("SELECT public_id FROM citizen")}


def test_a_municipality_is_kept_when_asked_and_otherwise_made_anew(tmp_path: Path) -> None:
    first = run(tmp_path, "--keep", "--port", "8123")
    made = ids(tmp_path)
    run(tmp_path, "--keep")
    kept = ids(tmp_path)
    run(tmp_path, "--seed", "3")

    assert first.exit_code == 0, first.output
    assert "http://127.0.0.1:8123" in first.output
    assert "samira" in first.output
    assert kept == made
    assert not ids(tmp_path) & made


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "--size", "XS").exit_code == 2
    assert not (tmp_path / "demo.sqlite").exists()


def test_a_database_in_use_is_never_made_into_a_demo(tmp_path: Path) -> None:
    run(tmp_path, "--keep")
    in_use = tmp_path / "demo.sqlite"
    with sqlite3.connect(in_use) as connection:
        connection.execute("UPDATE municipality SET name = 'Fanø Kommune'")
    env = {"DEMO_FOLDER": str(tmp_path / "elsewhere"), "DATABASE_URL": f"sqlite:///{in_use}"}

    answer = CliRunner().invoke(main, ["demo", "--no-serve"], env=env)

    assert answer.exit_code == 2
    assert "database i brug" in answer.stderr
    with sqlite3.connect(in_use) as connection:
        assert connection.execute("SELECT count(*) FROM citizen").fetchone()[0] > 0
