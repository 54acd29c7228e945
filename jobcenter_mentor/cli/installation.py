"""Share what all commands need: the installation, who acts and how they answer (kommandolinjen).

The commands themselves stand in `cli.py` and in the `commands.py` of a feature.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NoReturn

import click
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config, UnsafeSettings, chosen_database, demo_folder, runs_demo
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.service import command_line_user, find_user
from jobcenter_mentor.platform.database.db import Base, Sorted, db, place_of, transaction
from jobcenter_mentor.platform.pages.door import working_day
from jobcenter_mentor.settings import make_private, sqlite_file
from jobcenter_mentor_demo.door import refuse_foreign

ISO_DATE = click.DateTime(formats=["%Y-%m-%d"])


@contextmanager
def at_work(as_user: str | None) -> Iterator[tuple[Session, User, date]]:
    """Open a transaction as a user, or as the audited user of the command line; hand out the working day too."""
    with installed_app().app_context():
        try:
            with transaction() as session:
                today = working_day()
                yield session, _acting(session, as_user, today), today
        finally:
            db.engine.dispose()


@contextmanager
def signed_on(as_user: str | None) -> Iterator[tuple[User, date]]:
    """Hand out who acts and the working day, for a command that opens transactions of its own."""
    with installed_app().app_context():
        try:
            today = working_day()
            with transaction() as session:
                user = _acting(session, as_user, today)
            yield user, today
        finally:
            db.engine.dispose()


def _acting(session: Session, as_user: str | None, today: date) -> User:
    user = find_user(session, as_user) if as_user else command_line_user(session, on=today)
    if user is None:
        raise NotFound(f"Brugeren {as_user} findes ikke.")
    return user


def has_database() -> bool:
    """Tell whether the installation has a database with tables; asking makes none."""
    if not (chosen_database() or runs_demo()):
        return False
    config = Config.from_environment()
    file = sqlite_file(config.database_url)
    if file is not None and not file.exists():
        return False
    with installed_app().app_context():
        try:
            return inspect(db.engine).has_table("import_run")
        finally:
            db.engine.dispose()


def installed_app(*, makes_file: bool = False) -> Flask:
    """Build the app of this installation; with `makes_file` also where its SQLite file isn't there yet.

    Raises UnsafeSettings for a file that isn't there, and for the demo's where the demo hasn't made it.
    """
    config = chosen_config()
    if makes_file:
        make_private(config.database_url)
    file = sqlite_file(config.database_url)
    if file is not None and not file.exists():
        raise UnsafeSettings(f"DATABASE_URL: databasen {file} findes ikke. Lav den med jobcenter-mentor db upgrade.")
    return create_app(config)


def chosen_config(*, outward: bool = False, port: int = 8000) -> Config:
    """Return the settings of this installation, and say on standard error where they are the demo's.

    Raises UnsafeSettings where the demo was never made, or a database in its place that it didn't make.
    """
    config = Config.from_environment(outward=outward, port=port)
    if config.demo:
        click.echo(f"Demo: DEMO_FOLDER er sat og DATABASE_URL ikke, så {demo_folder()} bruges.", err=True)
        file = sqlite_file(config.database_url)
        if file is None or not file.exists():
            raise UnsafeSettings(f"Der er ingen demo i {demo_folder()}. Lav den med jobcenter-mentor demo.")
        with create_app(config).app_context():
            try:
                refuse_foreign()
            finally:
                db.engine.dispose()
    return config


def print_json(document: Any) -> None:
    """Print one JSON document, Danish letters as they are."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def refuse(message: str, code: int) -> NoReturn:
    """Say on standard error why nothing was done, and stop."""
    click.echo(message, err=True)
    sys.exit(code)


def sort_again(session: Session) -> int:
    """Work out the place of every name anew, as after a change of the order; return how many there are."""
    count = 0
    for model in (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Sorted)):
        for row in session.scalars(select(model)):
            row.sort_key = place_of(row.sort_name)
            count += 1
    return count
