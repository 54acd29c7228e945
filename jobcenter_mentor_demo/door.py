"""Start the demo: make the tables, the municipality unless it may remain, and the app to serve."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import LargeBinary, inspect, select, text, type_coerce
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config, UnsafeSettings, keep_year, kept_year
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import can_decrypt, db, reading, transaction
from jobcenter_mentor.platform.database.schema import found_revision, wanted_revision
from jobcenter_mentor.platform.law_figures.models import Municipality
from jobcenter_mentor.settings import make_private, sqlite_file
from jobcenter_mentor_demo.municipality import OWN, SIZES, found
from jobcenter_mentor_demo.today import town as today
from jobcenter_mentor_demo.today.cases import DAY

FOREIGN = (
    "Databasen er ikke lavet af denne demo, måske er den en database i brug. Demoen rører den ikke. "
    "Fjern DATABASE_URL, eller vælg en tom mappe med DEMO_FOLDER."
)


def make_demo(
    config: Config, folder: Path, *, year: int, size: str, seed: int, keep: bool, say: Callable[[str], object]
) -> Flask:
    """Return the app of the demo; without `keep` the municipality is always made again.

    One of another year is made again too. Raises UnsafeSettings for a database that the demo has not made.
    """
    make_private(config.database_url)
    app = create_app(config)
    with app.app_context():
        try:
            kept = keep and kept_year(folder) == year
            _make(config, lambda session: _found(session, year, size, seed), keep=kept, say=say)
            keep_year(folder, year)
        finally:
            db.session.remove()
            db.engine.dispose()
    return app


def _found(session: Session, year: int, size: str, seed: int) -> None:
    """Make the municipality of the year; the one under today's law has one size."""
    if year == DAY.year:
        today.found(session, seed)
    else:
        found(session, SIZES[size], seed)


def _make(config: Config, founder: Callable[[Session], None], *, keep: bool, say: Callable[[str], object]) -> None:
    refuse_foreign()
    with reading() as session:
        version = found_revision(session.connection())
        made = bool(version) and bool(_names(session))
    if made and keep and version == wanted_revision():
        return
    if made and keep:
        say("Den gemte demo er fra en anden udgave og laves om.")
    db.engine.dispose()
    _empty(config)
    flask_migrate.upgrade()
    with transaction() as session:
        founder(session)


def refuse_foreign() -> None:
    """Raise UnsafeSettings for a database with anything in it that was not made with the keys of this demo."""
    tables = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    if tables and not ({"municipality", "user", "citizen"} <= tables and _is_own()):
        raise UnsafeSettings(FOREIGN)


def _is_own() -> bool:
    """Tell whether the database is empty or the demo's own, with people that its own keys can decrypt."""
    with reading() as session:
        names = _names(session)
        person = session.scalar(select(type_coerce(Citizen.cpr, LargeBinary)).limit(1))
        user = session.scalar(select(User.id).limit(1))
    if person is None:
        return not names and user is None
    return names == {OWN["name"]} and can_decrypt(bytes(person))


def _names(session: Any) -> set[str]:
    """Return the names of the municipalities in the database, whatever version its tables are of."""
    return set(session.scalars(select(Municipality.name)))


def _empty(config: Config) -> None:
    """Remove what this demo made before."""
    file = sqlite_file(config.database_url)
    if file is None:
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        return
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    make_private(config.database_url)
