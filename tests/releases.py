"""Cuts the stored databases of a release: the made-up town on SQLite and PostgreSQL, and the checksums of migrations.

    .venv/bin/python -m tests.releases 0.2.0

writes tests/data/releases/0.2.0/ (town.sqlite.xz, town.sql.xz with what `pg_dump` says, keys.json) and the checksums of
all migrations there are to tests/data/releases/migrations.json. From then on a migration that is named there may not
change. Run it once, at the very end, when a release is cut; a second run replaces the first. It needs `pg_dump`.
"""

import hashlib
import json
import lzma
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import PACKAGE, Config
from jobcenter_mentor.platform.database.db import db, transaction
from tests.databases import PostgresServer, a_config, debian_programs, migrate, postgresql
from tests.town import build_town

RELEASES = Path(__file__).parent / "data" / "releases"
CHECKSUMS = RELEASES / "migrations.json"
VERSIONS = PACKAGE / "migrations" / "versions"
MOST_BYTES = 300_000


def releases() -> list[str]:
    """Return the versions that databases are stored of, oldest first."""
    found = [folder.name for folder in RELEASES.glob("*") if folder.is_dir()] if RELEASES.exists() else []
    return sorted(found, key=lambda name: [int(part) for part in name.split(".")])


def config_of(folder: Path, url: str) -> Config:
    """Return settings that can read the stored database of a release."""
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    return replace(a_config(url), cpr_keys=tuple(keys["cpr_keys"]))


def store(folder: Path) -> None:
    """Build the town on both databases and write it packed into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, postgresql() as server:
        file = Path(name) / "town.sqlite"
        config = _fill(f"sqlite:///{file}")
        (folder / "keys.json").write_text(json.dumps({"cpr_keys": config.cpr_keys}) + "\n", encoding="utf-8")
        _pack(file.read_bytes(), folder / "town.sqlite.xz")
        _fill(server.create("town"))
        _pack(_dumped(server, "town"), folder / "town.sql.xz")


def unpack_sqlite(packed: Path, file: Path) -> str:
    """Put the stored SQLite database into a file and return its address."""
    file.write_bytes(lzma.decompress(packed.read_bytes()))
    return f"sqlite:///{file}"


def unpack_postgresql(packed: Path, server: PostgresServer, name: str) -> str:
    """Make a database of the stored statements and return its address."""
    url = server.create(name)
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(lzma.decompress(packed.read_bytes()))
    return url


def changed_migrations(recorded: Path, versions: Path) -> Iterator[str]:
    """Give the released migrations that are no longer as they were when they were released."""
    checksums = json.loads(recorded.read_text(encoding="utf-8")) if recorded.exists() else {}
    now = checksums_of(versions)
    yield from (name for name, checksum in checksums.items() if now.get(name) != checksum)


def checksums_of(versions: Path) -> dict[str, str]:
    """Return the SHA-256 of each migration by file name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(versions.glob("*.py"))}


def _fill(url: str) -> Config:
    migrate(url)
    config = a_config(url)
    app = create_app(config)
    with app.app_context():
        with transaction() as session:
            build_town(session)
        db.session.remove()
        db.engine.dispose()
    if make_url(url).drivername == "sqlite":
        with sqlite3.connect(str(make_url(url).database), isolation_level=None) as file:
            file.execute("PRAGMA journal_mode = DELETE")
            file.execute("VACUUM")
    return config


def _dumped(server: PostgresServer, name: str) -> bytes:
    """Return the database as statements that any client can run."""
    programs = debian_programs()
    program = str(programs / "pg_dump") if programs else shutil.which("pg_dump")
    if program is None:
        raise SystemExit("pg_dump is needed: install postgresql-client.")
    address = server.address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    said = subprocess.run(
        [program, "--inserts", "--no-owner", "--no-privileges", address], check=True, capture_output=True, text=True
    ).stdout
    kept = [line for line in said.splitlines() if not line.startswith(("\\", "--"))]
    return "\n".join(line for line in kept if "transaction_timeout" not in line).encode()


def _pack(content: bytes, to: Path) -> None:
    to.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def main(version: str) -> None:
    """Store the release and the checksums of its migrations."""
    store(RELEASES / version)
    CHECKSUMS.write_text(json.dumps(checksums_of(VERSIONS), indent=1) + "\n", encoding="utf-8")
    for file in sorted((RELEASES / version).iterdir()):
        print(f"{file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
