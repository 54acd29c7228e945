"""Serveren og driftsfejl: it starts on good tables and a free address only, and faults are told by their kind."""

import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.cli import server
from jobcenter_mentor.config import UnsafeSettings
from jobcenter_mentor.platform import faults
from jobcenter_mentor.platform.database import schema
from jobcenter_mentor.platform.database.schema import wanted_revision
from jobcenter_mentor.settings import new_keys
from tests.databases import a_config, free_port


def test_a_taken_port_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(UnsafeSettings, match=rf"Port {port} på 127\.0\.0\.1 er optaget\. Vælg en anden med --port"):
            server.refuse_taken("127.0.0.1", port)

    server.refuse_taken("127.0.0.1", free_port())


@pytest.mark.parametrize(
    ("host", "port", "told"),
    [("127.0.0.1", 70000, "Port 70000 findes ikke"), ("findes.ikke.invalid", 8000, "Værten findes.ikke.invalid")],
)
def test_an_address_that_cannot_be_had_is_named(host: str, port: int, told: str) -> None:
    with pytest.raises(UnsafeSettings, match=told):
        server.refuse_taken(host, port)


def test_tables_of_another_version_are_refused_with_the_command_to_run(
    app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = wanted_revision()
    assert server.refuse_other_tables(app) == older
    with_a_younger_version(tmp_path / "migrations", after=older, monkeypatch=monkeypatch)

    with pytest.raises(
        UnsafeSettings, match=rf"udgave {older}; programmet bruger younger\. .* jobcenter-mentor db upgrade"
    ):
        server.refuse_other_tables(app)


def with_a_younger_version(folder: Path, *, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a program that has one migration more than the database."""
    shutil.copytree(schema.MIGRATIONS, folder)
    younger = f'"""One more."""\n\nrevision = "younger"\ndown_revision = "{after}"\n'
    (folder / "versions" / "younger.py").write_text(younger, encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "wanted_revision", schema.wanted_revision.__wrapped__)


def test_tables_of_a_version_the_program_does_not_know_are_refused_with_the_ways_out(
    app: Flask, session: Session
) -> None:
    right = server.refuse_other_tables(app)
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    told = (
        rf"udgave 0000, som programmet \(udgave {right}\) ikke kender\. "
        "Brug den nyere udgave af programmet, eller læg sikkerhedskopien"
    )

    with pytest.raises(UnsafeSettings, match=told):
        server.refuse_other_tables(app)

    assert right == wanted_revision()
    session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": right})
    session.commit()


def test_a_database_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    file = tmp_path / "mentor.sqlite"

    with pytest.raises(UnsafeSettings, match="har ingen tabeller"):
        server.refuse_other_tables(create_app(a_config(f"sqlite:///{file}")))

    assert not file.exists()


def test_the_start_line_names_version_address_database_and_schema_and_no_password() -> None:
    config = replace(a_config("sqlite://"), public_url="https://mentor.example.dk")
    app = create_app(config)
    app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg://mentor:hemmelig@db/mentor"

    line = server.start_line(app, "http://127.0.0.1:8000", "0001")

    assert re.fullmatch(
        r"Jobcenter Mentor \d+\.\d+\.\d+ svarer på http://127\.0\.0\.1:8000 \(https://mentor\.example\.dk\), "
        r"database postgresql\+psycopg://mentor:\*\*\*@db/mentor, skema 0001",
        line,
    )


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (sqlite3.OperationalError("unable to open database file"), "Databasefilen kan ikke åbnes"),
        (sqlite3.OperationalError("no such table: user"), "Tabellerne mangler"),
        (sqlite3.OperationalError("no such column: user.sort_key"), "Tabellerne mangler"),
        (sqlite3.OperationalError("database or disk is full"), "Disken er fuld"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "kan kun læses"),
        (sqlite3.DatabaseError("file is not a database"), "ikke en database"),
        (Exception('FATAL:  password authentication failed for user "x"'), "afviser bruger eller adgangskode"),
        (Exception('FATAL:  database "mentor" does not exist'), "Databasen findes ikke på serveren"),
        (Exception('FATAL:  role "x" does not exist'), "kender ikke brugeren"),
        (Exception("failed to resolve host 'db.invalid'"), "Databaseserverens navn findes ikke"),
        (Exception("Connection refused"), "Databaseserveren svarer ikke"),
        (Exception("noget helt nyt"), "Databasen svarer ikke: Exception"),
    ],
)
def test_a_fault_is_told_by_its_kind_and_its_cause_kept_for_the_log(cause: Exception, told: str) -> None:
    error = OperationalError("SELECT", {}, cause)

    assert told in faults.kind_of(error)
    assert str(cause).split()[0] in faults.cause_of(error)


def test_a_full_pool_and_a_missing_file_are_told_apart() -> None:
    assert "forbindelser til databasen er optaget" in faults.kind_of(TimeoutError())
    assert faults.kind_of(FileNotFoundError(2, "No such file", "x.csv")).endswith("No such file (x.csv).")


def test_an_installation_of_nothing_is_set_up_and_serves_behind_its_proxy(tmp_path: Path) -> None:
    port, program = free_port(), Path(sys.executable).with_name("jobcenter-mentor")
    env = new_keys() | {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": f"sqlite:///{tmp_path}/mentor.sqlite",
        "PUBLIC_URL": "https://mentor.example.dk",
        "TRUSTED_PROXIES": "127.0.0.1",
        "QUEUE_FILE": str(tmp_path / "queue.sqlite"),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, *words], env=env, capture_output=True, text=True, check=False, timeout=120)

    too_early = run("serve", "--port", str(port))
    made = [run("db", "upgrade"), run("administrator", "astrid", "--name", "Astrid", "--password", "en lang kode")]
    log = tmp_path / "log"
    with log.open("w") as output:
        serving = subprocess.Popen([program, "serve", "--port", str(port)], env=env, stderr=output)
    try:
        status, headers = answered(port, {"Host": "mentor.example.dk", "X-Forwarded-For": "203.0.113.9"})
    finally:
        serving.terminate()
        serving.wait(timeout=30)

    assert (too_early.returncode, "jobcenter-mentor db upgrade" in too_early.stderr) == (2, True)
    assert [command.returncode for command in made] == [0, 0], made
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    lines = log.read_text().splitlines()
    assert [f"svarer på http://127.0.0.1:{port}" in line for line in lines].count(True) == 1
    assert [line for line in lines if "GET /log-ind 200" in line and "fra=203.0.113.9" in line]
    assert (tmp_path / "mentor.sqlite").stat().st_mode & 0o777 == 0o600


def answered(port: int, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Ask for the log-in as soon as the server answers."""
    deadline = time.monotonic() + 90
    while True:
        try:
            request = urllib.request.Request(f"http://127.0.0.1:{port}/log-ind", headers=headers)
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, dict(answer.headers)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
