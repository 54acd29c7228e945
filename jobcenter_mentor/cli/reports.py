"""Print the figures of a file or of the database, and write the named reports as workbooks (rapporter).

Figures of a file and of the whole database are those of `docs/contracts.md`, with nothing hidden: who may run
commands on the machine can read the rows themselves. Pages and workbooks hide groups of fewer than five.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from jobcenter_mentor.cli.installation import ISO_DATE, at_work, print_json, refuse
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.reports import named_reports
from jobcenter_mentor.figures.reports.named_reports import NamedExtractOrder
from jobcenter_mentor.figures.reports.period_statistics import statistics_of_database, statistics_of_file
from jobcenter_mentor.figures.reports.subcourse_file import UnreadableFile
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.sheets.export.courses_out import export_courses

MOST_FAULTS = 200
REPORTS = named_reports.REPORTS | {"forloeb": export_courses}


@click.command()
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--from", "first", type=ISO_DATE, required=True, help="Periodens første dag (ÅÅÅÅ-MM-DD).")
@click.option("--to", "last", type=ISO_DATE, required=True, help="Periodens sidste dag.")
@click.option(
    "--gap-days", type=click.IntRange(0, 3660), default=0, show_default=True, help="Dage, der må ligge imellem."
)
@click.option("--as", "as_user", help="Brugernavn; ellers kommandolinje.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def statistics(file: Any, first: datetime, last: datetime, gap_days: int, as_user: str | None, as_json: bool) -> None:
    """Regn forløb, varighed, timer og fuldtidspersoner. Af FILE (én linje pr. delforløb) eller af databasen."""
    period: dict[str, Any] = {"first": first.date(), "last": last.date(), "gap_days": gap_days}
    if file is None:
        with at_work(as_user) as (session, user, today):
            found = statistics_of_database(session, **period, actor=Actor(user, today))
    else:
        found = _of_file(file.read(), period)
    if as_json:
        print_json(found)
    else:
        for line in _lines(found):
            click.echo(line)


def _of_file(content: bytes, period: dict[str, Any]) -> dict[str, Any]:
    """Read the file, or say what is wrong with it: exit code 2 for the whole file or the call, 1 for some rows."""
    try:
        return statistics_of_file(content, **period)
    except UnreadableFile as error:
        refuse(error.message, 2)
    except ValidationFailed as error:
        if "last" in error.errors:
            refuse(error.message, 2)
        faults = [f"{where}: {' '.join(said)}" for where, said in error.errors.items()]
        rest = [f"... og {len(faults) - MOST_FAULTS} fejl mere."] if len(faults) > MOST_FAULTS else []
        refuse("\n".join([error.message, *faults[:MOST_FAULTS], *rest]), 1)


def _lines(found: dict[str, Any]) -> list[str]:
    """Write the figures for people: the whole period, then each year."""
    return [
        _words("I alt", found),
        *(_words(year, part) for year, part in found["by_year"].items()),
        f"Uden timetal: {found['implausible']['zero_or_missing_hours']} forløb. "
        f"37 timer eller mere: {found['implausible']['hours_37_or_more']}. "
        f"Over et år: {found['implausible']['over_one_year']}.",
    ]


def _words(name: str, part: dict[str, Any]) -> str:
    return (
        f"{name}: Borgere {part['citizens']}, forløb {part['courses']} (delforløb {part['sub_courses']}), "
        f"varighed i gennemsnit {_decimal(part['mean_days'])} dage (median {_decimal(part['median_days'])}), "
        f"individuel mentor {_decimal(part['hours']['individual']['mean'])} timer om ugen, "
        f"fuldtidspersoner {_decimal(part['full_time_persons'])}."
    )


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}".replace(".", ",")


@click.command()
@click.argument("report", type=click.Choice(list(REPORTS)))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--from", "first", type=ISO_DATE, required=True, help="Periodens første dag.")
@click.option("--to", "last", type=ISO_DATE, required=True, help="Periodens sidste dag.")
@click.option("--reason", default="", help="Tag personer med, og skriv hvorfor i hændelsesloggen.")
@click.option("--as", "as_user", help="Brugernavn; ellers kommandolinje.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def export(
    report: str, out: Path, first: datetime, last: datetime, reason: str, as_user: str | None, as_json: bool
) -> None:
    """Skriv en rapport (REPORT) som projektmappe til OUT.xlsx. Slutter med 1, når linjer er holdt tilbage."""
    with at_work(as_user) as (session, user, today):
        asked = NamedExtractOrder(first.date(), last.date(), reason, user, today, law(session))
        made = REPORTS[report](session, asked)
    out.write_bytes(made.content)
    if as_json:
        print_json({"report": report, "file": str(out), "rows": made.rows} | made.told)
    else:
        click.echo(f"{out} er skrevet.")
        if made.held_back:
            click.echo(f"{made.held_back} linjer er holdt tilbage. De står på arket »Skal rettes«.", err=True)
    sys.exit(1 if made.held_back else 0)
