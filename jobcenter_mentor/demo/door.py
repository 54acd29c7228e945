"""Indgangen: makes the tables, founds the municipality in them unless it may be kept, and returns the app to serve."""

from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import inspect, select

from jobcenter_mentor.app import create_app
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.config import Config, UnsafeSettings
from jobcenter_mentor.db import db, transaction
from jobcenter_mentor.demo.municipality import OWN, SIZES, found
from jobcenter_mentor.rules.models import Municipality


def make_demo(folder: Path, *, size: str, seed: int, keep: bool) -> Flask:
    """Gør demoen klar, and return the app. Without `keep` the municipality is always made anew.

    Raises UnsafeSettings for a database that holds anything but the made-up municipality.
    """
    for ending in () if keep else ("", "-wal", "-shm"):
        (folder / f"demo.sqlite{ending}").unlink(missing_ok=True)
    app = create_app(Config.for_demo(folder))
    with app.app_context():
        if inspect(db.engine).has_table("municipality"):
            _spare_the_real()
            if keep and db.session.scalar(select(Municipality.id)) is not None:
                db.session.remove()
                return app
            flask_migrate.downgrade(revision="base")
        flask_migrate.upgrade()
        with transaction() as session:
            found(session, SIZES[size], seed)
        db.session.remove()
        db.engine.dispose()
    return app


def _spare_the_real() -> None:
    """Refuse to touch a database in use: one with a user, but without the made-up municipality."""
    names = set(db.session.scalars(select(Municipality.name)))
    used = db.session.scalar(select(User.id).limit(1)) is not None
    db.session.remove()
    if names - {OWN["name"]} or (used and not names):
        raise UnsafeSettings("DATABASE_URL peger på en database i brug. Demoen laves kun i en tom eller i sin egen.")
