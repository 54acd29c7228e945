"""Define the command `jobcenter-mentor` (kommandoer), a door to the services beside the pages and the API.

Prints Danish for people and, with `--json`, one document on standard output. Exit codes: 0 done, 1 something in the
input was refused, 2 the call or the whole file was refused, 3 an outside part failed.
"""

import logging
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
import flask_migrate
from sqlalchemy.exc import SQLAlchemyError

from jobcenter_mentor import settings
from jobcenter_mentor.casefile.followups.queries import due_rows
from jobcenter_mentor.cli import server
from jobcenter_mentor.cli import sheets as imports
from jobcenter_mentor.cli.administrator import administrator
from jobcenter_mentor.cli.forecast import forecast
from jobcenter_mentor.cli.installation import (
    ISO_DATE,
    at_work,
    chosen_config,
    installed_app,
    print_json,
    refuse,
    sort_again,
)
from jobcenter_mentor.cli.match import match
from jobcenter_mentor.cli.municipality import municipality
from jobcenter_mentor.cli.reports import export, statistics
from jobcenter_mentor.cli.surveys import survey_languages
from jobcenter_mentor.config import (
    DEMO_DAY,
    DEMO_DAYS,
    Config,
    UnsafeSettings,
    chosen_database,
    demo_folder,
    resource_dir,
)
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.verdict import answer_cases
from jobcenter_mentor.platform import faults, logs
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.clock import danish_day
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.law_figures import loader, worked_cases
from jobcenter_mentor.platform.law_figures.fact_file import read_cases
from jobcenter_mentor.platform.law_figures.service import figures_in_force
from jobcenter_mentor_demo.door import make_demo
from jobcenter_mentor_demo.municipality import SEED, SIZES
from jobcenter_mentor_demo.staff import printed

log = logging.getLogger(__name__)


class Door(click.Group):
    """Turn errors of the services and of the installation into one Danish line and an exit code."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Begin, as the program itself, with the log."""
        logs.configure()
        return super().__call__(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; 2 for what is refused, 3 where the database or the disk fails."""
        try:
            return super().invoke(ctx)
        except (DomainError, UnsafeSettings) as error:
            refuse(str(error), 2)
        except (SQLAlchemyError, OSError) as error:
            log.error("%s", faults.cause_of(error))
            refuse(faults.kind_of(error), 3)


@click.group(cls=Door)
def main() -> None:
    """Jobcenter Mentor: sager om mentorstøtte, fra henvisning til refusion."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse, eller unix:STI for en Unix-socket.")
@click.option("--port", default=8000, show_default=True, help="Port på denne maskine.")
def serve(host: str, port: int) -> None:
    """Kør den database, miljøet nævner."""
    server.serve(chosen_config(outward=True, port=port), host, port)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse, demoen svarer på.")
@click.option("--port", default=8000, show_default=True, help="Port på denne maskine.")
@click.option(
    "--year",
    type=click.Choice([str(year) for year in DEMO_DAYS]),
    default=str(DEMO_DAY.year),
    show_default=True,
    help="Året, kommunen lever i; 2026 er dagens lov.",
)
@click.option(
    "--size", type=click.Choice(list(SIZES)), default="S", show_default=True, help="Kommunens størrelse i 2014."
)
@click.option("--seed", default=SEED, show_default=True, help="Tal, som kommunen tegnes ud fra.")
@click.option("--keep", is_flag=True, help="Behold den kommune, der allerede er lavet.")
@click.option("--no-serve", is_flag=True, help="Lav kommunen uden at køre den.")
def demo(host: str, port: int, year: str, size: str, seed: int, keep: bool, no_serve: bool) -> None:
    """Lav en opdigtet kommune, og kør den."""
    if not no_serve:
        server.refuse_taken(host, port)
    if int(year) != DEMO_DAY.year and size != "S":
        raise UnsafeSettings(f"Kommunen i {year} findes kun i størrelse S. Fjern --size.")
    folder = demo_folder()
    config = Config.for_demo(folder, port=port, database_url=chosen_database(), year=int(year))
    make_demo(
        config, folder, year=int(year), size=size, seed=seed, keep=keep, say=lambda line: click.echo(line, err=True)
    )
    click.echo(printed(config.public_url))
    if not no_serve:
        server.serve(config, host, port)


@main.group()
def keys() -> None:
    """Hemmelige nøgler."""


@keys.command()
def new() -> None:
    """Skriv indstillinger med nye nøgler, klar til at sætte ind i miljøet. Gemmer intet."""
    for name, value in settings.new_keys().items():
        click.echo(f"{name}={value}")


@main.group()
def db() -> None:
    """Databasens tabeller."""


@db.command()
def upgrade() -> None:
    """Bring tabellerne op til denne udgave."""
    with installed_app(makes_file=True).app_context():
        flask_migrate.upgrade()


@db.command()
def sort() -> None:
    """Sæt alle navne i rækkefølge igen, efter at SORT_AA er ændret."""
    with installed_app().app_context(), transaction() as session:
        click.echo(f"{sort_again(session)} navne har fået plads i listerne.")


@db.command()
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Gå en udgave tilbage."""
    with installed_app().app_context():
        flask_migrate.downgrade(revision=revision)


@db.command()
def current() -> None:
    """Vis tabellernes udgave."""
    with installed_app().app_context():
        flask_migrate.current()


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def assess(file: Any, as_json: bool) -> None:
    """Vurdér sager fra en YAML- eller JSON-fil (- er standard-inddata). Kræver ingen database.

    Der regnes med lovens egne tal. Kommunens egne tal og læsninger, som står i databasen, er ikke med.
    """
    answers = answer_cases(read_cases(file), loader.law())
    if as_json:
        print_json(answers)
    else:
        for answer in answers:
            click.echo("\n".join(_lines(answer)))
    sys.exit(1 if any("error" in answer for answer in answers) else 0)


@main.group()
def rules() -> None:
    """Loven som tal og eksempler."""


@rules.command()
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def check(as_json: bool) -> None:
    """Læs alle tal, kør alle eksempler, og nævn de tal, der ikke er efterset i et år."""
    report = worked_cases.check_rules(resource_dir("rules"), danish_day())
    if as_json:
        print_json({**asdict(report), "clean": report.is_clean})
    else:
        click.echo(f"{report.parameters} tal læst, {report.cases} eksempler kørt, {len(report.failed)} fejlede.")
        for name, differences in report.failed.items():
            click.echo(f"{name}: {'; '.join(differences)}")
        for name in report.unchecked:
            click.echo(f"{name} er ikke kontrolleret i et år.")
    sys.exit(0 if report.is_clean else 1)


@rules.command()
@click.argument("day", type=ISO_DATE)
def show(day: datetime) -> None:
    """Vis loven på en dag (ÅÅÅÅ-MM-DD) med kilder.

    Der vises lovens egne tal. Kommunens egne tal, som står i databasen, er ikke med; se dem under Regler og kilder.
    """
    for figure in figures_in_force(loader.law(), day.date()):
        click.echo(f"{figure.label} [{figure.name}]: {figure.shown} ({figure.source})")


@main.group()
def followups() -> None:
    """Opfølgninger og frister."""


@followups.command()
@click.option("--on", "day", type=ISO_DATE, help="Dagen; ellers arbejdsdagen.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def due(day: datetime | None, as_json: bool) -> None:
    """Vis, hvad der er forfaldent, hvis det er, og efter hvilken regel. Uden navne på borgere."""
    with at_work(None) as (session, user, today):
        rows = due_rows(session, actor=Actor(user, day.date() if day else today))
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['due_on']}  {row['case_number']}  {row['what']} ({row['section']})  {row['owner'] or row['team']}"
        )
    click.echo(f"{len(rows)} forfaldne.")


def _lines(answer: dict[str, Any]) -> list[str]:
    """Write one answer for people: the verdict, then the warnings; or why the case cannot be read, by field."""
    if "error" in answer:
        fields = answer["error"]["errors"].items()
        return [
            f"{answer['id']}: {answer['error']['message']}",
            *(f"  {path}: {' '.join(said)}" for path, said in fields),
        ]
    found = Assessment.from_dict(answer)
    return [
        f"{answer['id']} ({found.law.label}): {found.verdict}",
        *(f"  Bemærk: {text}" for text in found.warning_texts),
    ]


main.add_command(administrator)
main.add_command(match)
main.add_command(statistics)
main.add_command(export)
main.add_command(imports.import_)
main.add_command(imports.template)
main.add_command(forecast)
main.add_command(survey_languages)
main.add_command(municipality)
