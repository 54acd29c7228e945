"""Tests that the demo command makes a municipality, reuses it when asked, and never touches a foreign database."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobcenter_mentor.cli.main import main
from tests.databases import PostgresServer


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "PUBLIC_URL", "DEMO_FOLDER"):
        monkeypatch.delenv(name, raising=False)


def command(folder: Path, *words: str, **more: str) -> Result:
    return CliRunner().invoke(main, [*words], env={"DEMO_FOLDER": str(folder)} | more)


def run(folder: Path, *options: str, **more: str) -> Result:
    return command(folder, "demo", "--no-serve", *options, **more)


def ids(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "demo.sqlite") as connection:
        return {row[0] for row in connection.execute("SELECT public_id FROM citizen")}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the municipality once."""
    folder = tmp_path_factory.mktemp("once")
    run(folder)
    return folder


@pytest.fixture
def town(once: Path, tmp_path: Path) -> Path:
    """Return a folder with a demo of its own."""
    return Path(shutil.copytree(once, tmp_path / "town"))


def test_a_municipality_is_kept_when_asked_and_otherwise_made_anew(town: Path) -> None:
    made = ids(town)
    first = run(town, "--keep", "--port", "8123")
    kept = ids(town)
    run(town, "--seed", "3")

    assert first.exit_code == 0, first.output
    assert "http://127.0.0.1:8123" in first.output
    assert "samira" in first.output
    assert kept == made
    assert not ids(town) & made
    assert (town / "demo.sqlite").stat().st_mode & 0o077 == 0


def test_a_municipality_of_another_version_is_made_anew_and_said_so(town: Path) -> None:
    made = ids(town)
    with sqlite3.connect(town / "demo.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")

    again = run(town, "--keep")

    assert again.stderr == "Den gemte demo er fra en anden udgave og laves om.\n"
    assert not ids(town) & made


def test_other_commands_say_that_they_use_the_demo(town: Path, tmp_path: Path) -> None:
    missing = command(tmp_path / "empty", "followups", "due", "--json")

    result = command(town, "followups", "due", "--json")

    assert (missing.exit_code, "Der er ingen demo i" in missing.stderr) == (2, True)
    assert json.loads(result.stdout)
    assert "DEMO_FOLDER er sat og DATABASE_URL ikke" in result.stderr


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "--size", "XS").exit_code == 2
    assert not (tmp_path / "demo.sqlite").exists()


@pytest.mark.parametrize("keep", [(), ("--keep",)])
@pytest.mark.parametrize(
    ("renamed", "place"), [("Fanø Kommune", "named"), ("Sønderå Kommune", "named"), ("Fanø Kommune", "in the folder")]
)
def test_a_database_in_use_is_never_made_into_a_demo(
    town: Path, tmp_path: Path, keep: tuple[str, ...], renamed: str, place: str
) -> None:
    in_use = town / "demo.sqlite"
    with sqlite3.connect(in_use) as connection:
        connection.execute("UPDATE municipality SET name = ?", (renamed,))
    before = ids(town)
    if place == "named":
        folder, env = tmp_path / "elsewhere", {"DATABASE_URL": f"sqlite:///{in_use}"}
    else:
        folder, env = town, {}

    answer = run(folder, *keep, **env)

    assert answer.exit_code == 2
    assert "database i brug" in answer.stderr
    assert ids(town) == before


def test_a_command_refuses_a_database_that_lies_where_the_demo_would(town: Path) -> None:
    (town / "demo-keys.json").unlink()

    answer = command(town, "followups", "due")

    assert (answer.exit_code, "database i brug" in answer.stderr) == (2, True)


def test_the_demo_is_made_in_an_empty_postgresql_database_and_only_there(
    postgresql_server: PostgresServer, tmp_path: Path
) -> None:
    address = postgresql_server.create("demo").replace("+psycopg", "")

    made = run(tmp_path / "own", DATABASE_URL=address)
    kept = run(tmp_path / "own", "--keep", DATABASE_URL=address)
    others = run(tmp_path / "others", DATABASE_URL=address)

    assert (made.exit_code, kept.exit_code, others.exit_code) == (0, 0, 2), made.output
    assert "database i brug" in others.stderr


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE invoice_of_the_sports_club (id INTEGER)")

    refused = run(tmp_path, DATABASE_URL=f"sqlite:///{other}")

    assert (refused.exit_code, "database i brug" in refused.stderr) == (2, True)
