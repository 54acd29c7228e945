"""Kommandolinjen: what the commands of all features share - the installation, who acts, how they answer.

The commands themselves stand in `cli.py` and in the `commands.py` of a feature.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.service import command_line_user, find_user
from jobcenter_mentor.config import Config, UnsafeSettings
from jobcenter_mentor.db import db, transaction
from jobcenter_mentor.domain.errors import NotFound
from jobcenter_mentor.web.door import working_day

ISO_DATE = click.DateTime(formats=["%Y-%m-%d"])


@contextmanager
def at_work(as_user: str | None) -> Iterator[tuple[Session, User, date]]:
    """Open a transaction as a user, or as the audited user of the command line; hand out the working day too."""
    with installed_app().app_context():
        try:
            with transaction() as session:
                today = working_day()
                user = find_user(session, as_user) if as_user else command_line_user(session, on=today)
                if user is None:
                    raise NotFound(f"Brugeren {as_user} findes ikke.")
                yield session, user, today
        finally:
            db.engine.dispose()


def has_database() -> bool:
    """Tell whether the installation has a database with tables; asking makes none."""
    try:
        app = installed_app()
    except UnsafeSettings:
        return False
    with app.app_context():
        url = db.engine.url
        if url.drivername.startswith("sqlite") and not Path(url.database or "").exists():
            return False
        return inspect(db.engine).has_table("import_run")


def installed_app() -> Flask:
    """Build the app of this installation."""
    return create_app(Config.from_environment())


def print_json(document: Any) -> None:
    """Print one JSON document, Danish letters as they are."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def refuse(message: str, code: int) -> NoReturn:
    """Say on standard error why nothing was done, and stop."""
    click.echo(message, err=True)
    sys.exit(code)
