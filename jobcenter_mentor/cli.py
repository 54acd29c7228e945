"""Kommandoer: `jobcenter-mentor`, one more door to the services.

Prints Danish for people and, with `--json`, one document on standard output. Exit codes: 0 done, 1 something in the
input was refused, 2 the call or the whole file was refused, 3 an outside part failed.
"""

import json
import sys
from datetime import date, datetime
from typing import Any, NoReturn

import click
import flask_migrate
import waitress
import yaml
from flask import Flask
from sqlalchemy.exc import DBAPIError

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config, UnsafeSettings, resource_dir
from jobcenter_mentor.domain.answers import answer_cases
from jobcenter_mentor.domain.errors import DomainError
from jobcenter_mentor.rules import cases, loader

ISO_DATE = click.DateTime(formats=["%Y-%m-%d"])


class PlainLoader(yaml.SafeLoader):
    """YAML uden datoer: a date stays text, so that an impossible one is refused with its field and not by the parser."""


PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Door(click.Group):
    """Dørene: turns the errors of the trade and of the installation into one Danish line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; 2 for what is refused, 3 where the database or the disk fails."""
        try:
            return super().invoke(ctx)
        except (DomainError, UnsafeSettings) as error:
            _refuse(str(error), 2)
        except (DBAPIError, OSError) as error:
            _refuse(f"Databasen eller disken svarer ikke: {type(error).__name__}.", 3)


@click.group(cls=Door)
def main() -> None:
    """Jobcenter Mentor: sager om mentorstøtte, fra henvisning til refusion."""


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port på denne maskine.")
def serve(port: int) -> None:
    """Kør den database, miljøet nævner."""
    _serve(create_app(Config.from_environment()), port)


@main.group()
def db() -> None:
    """Databasens tabeller."""


@db.command()
def upgrade() -> None:
    """Bring tabellerne op til denne udgave."""
    with _app().app_context():
        flask_migrate.upgrade()


@db.command()
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Gå en udgave tilbage."""
    with _app().app_context():
        flask_migrate.downgrade(revision=revision)


@db.command()
def current() -> None:
    """Vis tabellernes udgave."""
    with _app().app_context():
        flask_migrate.current()


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def assess(file: Any, as_json: bool) -> None:
    """Vurdér sager fra en YAML- eller JSON-fil (- er standard-inddata). Kræver ingen database."""
    try:
        given = yaml.load(file, PlainLoader)  # noqa: S506 - a safe loader without dates
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        _refuse(f"Filen kan ikke læses som YAML eller JSON: {error}", 2)
    if not isinstance(given, dict | list):
        _refuse("Filen skal indeholde en sag eller en liste af sager.", 2)
    answers = answer_cases(given if isinstance(given, list) else [given], loader.law())
    if as_json:
        _print_json(answers)
    else:
        for answer in answers:
            click.echo(_sentence(answer))
    sys.exit(1 if any("error" in answer for answer in answers) else 0)


@main.group()
def rules() -> None:
    """Loven som tal og eksempler."""


@rules.command()
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def check(as_json: bool) -> None:
    """Læs alle tal, kør alle eksempler, og nævn de tal, der ikke er efterset i et år."""
    report = cases.check_rules(resource_dir("rules"), date.today())
    if as_json:
        _print_json(report.to_dict())
    else:
        for line in report.lines():
            click.echo(line)
    sys.exit(0 if report.ok else 1)


@rules.command()
@click.argument("day", type=ISO_DATE)
def show(day: datetime) -> None:
    """Vis loven på en dag (ÅÅÅÅ-MM-DD) med kilder."""
    law = loader.law()
    for name in law.names():
        parameter = law.parameter(name)
        try:
            value, source = parameter.on(day.date())
        except DomainError:
            continue
        click.echo(f"{name}: {value} {parameter.unit} ({source})")


def _app() -> Flask:
    """Build the app of this installation."""
    return create_app(Config.from_environment())


def _serve(app: Flask, port: int) -> None:
    """Serve the app on this machine's own address until it is stopped."""
    waitress.serve(app, host="127.0.0.1", port=port, threads=8)


def _print_json(document: Any) -> None:
    """Print one JSON document, Danish letters as they are."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def _refuse(message: str, code: int) -> NoReturn:
    """Say on standard error why nothing was done, and stop."""
    click.echo(message, err=True)
    sys.exit(code)


def _sentence(answer: dict[str, Any]) -> str:
    """Write one answer as a line for people."""
    if "error" in answer:
        return f"{answer['id']}: {answer['error']['message']}"
    missing = f" Mangler: {', '.join(answer['missing'])}." if answer["missing"] else ""
    return f"{answer['id']}: {answer['outcome']} ({answer['law']}).{missing}"
