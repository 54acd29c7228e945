"""Check a sheet, take it in, and write the blank workbook (kommandoerne `import` og `template`)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from jobcenter_mentor.cli.installation import has_database, print_json, signed_on
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.clock import danish_day
from jobcenter_mentor.platform.database.db import db, read_transaction, transaction
from jobcenter_mentor.platform.law_figures.loader import law as national
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.sheets.intake.blank_workbook import blank_workbook
from jobcenter_mentor.sheets.intake.gate import MOST_BYTES
from jobcenter_mentor.sheets.intake.profiles import KINDS
from jobcenter_mentor.sheets.runs import fix_file as fixfile
from jobcenter_mentor.sheets.runs import import_check, jobs, service
from jobcenter_mentor.sheets.runs.import_check import ImportCheck
from jobcenter_mentor.sheets.runs.import_words import report_lines

OUT = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.File("rb"))
@click.option("--apply", "write", is_flag=True, help="Importér; ellers kun kontrol, der intet skriver.")
@click.option("--valid-rows-only", is_flag=True, help="Importér rækkerne uden fejl, og lad de andre ligge.")
@click.option("--sheet", "sheets", multiple=True, help="Navnet på arket i projektmappen; kan gives flere gange.")
@click.option("--max-rows", type=click.IntRange(1), help="Flere rækker end de 10.000 i denne omgang.")
@click.option("--fix-file", type=OUT, help="Skriv arket igen som .xlsx med fejlene markeret.")
@click.option("--caseworker", default="", help="Brugernavnet på sagsbehandleren for nye rækker, der ikke nævner en.")
@click.option("--as", "as_user", help="Brugernavn; ellers kommandolinje.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def import_(
    kind: str,
    file: Any,
    write: bool,
    valid_rows_only: bool,
    sheets: tuple[str, ...],
    max_rows: int | None,
    fix_file: Path | None,
    caseworker: str,
    as_user: str | None,
    as_json: bool,
) -> None:
    """Kontrollér et ark (KIND og FILE), og indlæs det med --apply. Uden en database sammenlignes med intet."""
    name, content = Path(file.name).name, file.read(MOST_BYTES + 1)
    how = {"valid_rows_only": valid_rows_only, "caseworker": caseworker, "max_rows": max_rows}
    with _checked(kind, name, content, as_user, sheets, how if write else None, max_rows) as (session, checked):
        report = checked.report
        if fix_file is not None and report["row_errors"]:
            fix_file.write_bytes(fixfile.fix_file(session, name, content, report, max_rows=max_rows, sheets=sheets))
    if as_json:
        print_json(checked.whole_report())
    else:
        for line in report_lines(report):
            click.echo(line)
        if fix_file is not None and report["row_errors"]:
            click.echo(f"{fix_file} er skrevet med fejlene markeret.")
    sys.exit(2 if report["status"] == "reject_file" else 1 if report["rows"]["rejected"] else 0)


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("out", type=OUT)
def template(kind: str, out: Path) -> None:
    """Skriv den tomme projektmappe for en slags ark (KIND) til OUT.xlsx."""
    out.write_bytes(blank_workbook(kind))
    click.echo(f"{out} er skrevet.")


@contextmanager
def _checked(
    kind: str,
    name: str,
    content: bytes,
    as_user: str | None,
    sheets: tuple[str, ...],
    how: dict[str, Any] | None,
    max_rows: int | None,
) -> Iterator[tuple[Any, ImportCheck]]:
    """Check the file, which writes nothing (without a database it is compared with nothing), or take it in (`how`)."""
    if how is None and not has_database():
        on = danish_day()
        checked = import_check.check(
            None, kind, name, content, by=None, on=on, law=national(), max_rows=max_rows, sheets=sheets
        )
        yield None, checked
        return
    with signed_on(as_user) as (user, today):
        if how is not None:
            with transaction() as session:
                run = service.receive(session, kind, name, content, actor=Actor(user, today), sheets=sheets)
            checked = jobs.take_in(run.public_id, actor=Actor(user, today), **how)
            yield db.session(), checked
            return
        with read_transaction() as session:
            checked = import_check.check(
                session, kind, name, content, by=user, on=today, law=law(session), max_rows=max_rows, sheets=sheets
            )
            yield session, checked
