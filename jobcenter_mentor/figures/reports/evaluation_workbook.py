"""Write the workbook of the evaluation (projektmappe): a sheet a table, all years beside the country's, definitions."""

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from jobcenter_mentor.figures.reports import national
from jobcenter_mentor.figures.reports.evaluation import Evaluation
from jobcenter_mentor.figures.reports.evaluation_shapes import NOT_KEPT
from jobcenter_mentor.figures.reports.evaluation_tables import NationalTable, NationalTableLine
from jobcenter_mentor.figures.reports.small_groups import SMALL
from jobcenter_mentor.platform.workbook import HIDDEN, SAFE, write_definitions

HEADS = ("Borgere", "Andel", "Landet", "Forskel")
Styles = dict[str, Any]


def write_evaluation(found: Evaluation, municipality: str) -> bytes:
    """Write the workbook (projektmappe) and return its bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, SAFE | {"in_memory": True}) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "share": book.add_format({"num_format": "0.0%"}),
            "whole": book.add_format({"num_format": "0"}),
            "decimal": book.add_format({"num_format": "0.0"}),
        }
        for table in found.tables:
            if table.years:
                _write(book.add_worksheet(f"Tabel {table.shape.code}"), table, styles)
        write_definitions(book, _definitions(found, municipality))
    return out.getvalue()


def _write(sheet: Worksheet, table: NationalTable, styles: Styles) -> None:
    """Write a table: four columns for all years together and for each year."""
    sheet.set_column(0, 0, 36)
    sheet.write_string(0, 0, table.shape.title, styles["head"])
    for block, year in enumerate([None, *table.years]):
        left = 1 + block * len(HEADS)
        for number, head in enumerate(HEADS):
            sheet.write_string(0, left + number, f"{head}, {year or 'alle år'}", styles["head"])
        lines = table.lines(year)
        base = xl_rowcol_to_cell(len(lines) + 1, left, row_abs=True)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line.label)
            _write_line(sheet, row, left, line, base, styles)
        _write_foot(sheet, len(lines) + 1, left, table, year, styles)
    sheet.freeze_panes(1, 1)


def _write_line(sheet: Worksheet, row: int, left: int, line: NationalTableLine, base: str, styles: Styles) -> None:
    """Write one group; share and difference are formulas of the counts."""
    if line.national is not None:
        sheet.write_number(row, left + 2, line.national, styles["share"])
    if line.count is None:
        sheet.write_string(row, left, HIDDEN)
        return
    sheet.write_number(row, left, line.count, styles["whole"])
    if line.share is None:
        return
    count, share = xl_rowcol_to_cell(row, left), xl_rowcol_to_cell(row, left + 1)
    sheet.write_formula(row, left + 1, f"={count}/{base}", styles["share"], line.share)
    if line.national is not None:
        country = xl_rowcol_to_cell(row, left + 2)
        less = line.share - line.national
        sheet.write_formula(row, left + 3, f"={share}-{country}", styles["share"], less)


def _write_foot(sheet: Worksheet, row: int, left: int, table: NationalTable, year: int | None, styles: Styles) -> None:
    """Write the number of citizens, and the averages."""
    total = table.total(year)
    sheet.write_string(row, 0, "Borgere i alt", styles["head"])
    if total is None:
        sheet.write_string(row, left, HIDDEN)
    else:
        sheet.write_number(row, left, total, styles["whole"])
    for below, figure in enumerate(table.figures(year), start=row + 1):
        sheet.write_string(below, 0, figure.label)
        if figure.is_hidden:
            sheet.write_string(below, left, HIDDEN)
        elif figure.own is not None:
            sheet.write_number(below, left, figure.own, styles["decimal"])
        if figure.national is not None:
            sheet.write_number(below, left + 2, figure.national, styles["decimal"])
        if figure.own is not None and figure.national is not None and not figure.is_hidden:
            own, country = xl_rowcol_to_cell(below, left), xl_rowcol_to_cell(below, left + 2)
            sheet.write_formula(below, left + 3, f"={own}-{country}", styles["decimal"], figure.own - figure.national)


def _definitions(found: Evaluation, municipality: str) -> list[tuple[str, str]]:
    tables = [(f"Tabel {table.shape.code}", f"{table.shape.title}. {table.shape.note}") for table in found.tables]
    absent = [(f"Tabel {number} findes ikke", f"{title}: {why}.") for number, title, why in NOT_KEPT]
    return [
        ("Rapport", f"Mentorindsatsen som i evalueringen, {municipality}"),
        ("Periode", f"Til og med {found.until:%d.%m.%Y}, det seneste hele halvår"),
        ("Omfatter", found.whose),
        ("Lavet", f"{found.made_on:%d.%m.%Y} af {found.made_by}"),
        (
            "Borgere",
            "Hver borger tælles én gang, i det år borgerens første forløb begyndte. Kun forløb, som brugeren "
            "har adgang til tal om.",
        ),
        (
            "Første forløb",
            f"Borgerens første forløb, der er begyndt fra {national.SINCE:%d.%m.%Y}, som i evalueringen. "
            "Tidligere forløb tæller ikke med, og borgere, der kun har haft dem, heller ikke.",
        ),
        (
            "Gennemsnit og median",
            f"Afrundet til én decimal. Vises, når mindst {SMALL} borgere er med i dem, også hvor antallet er skjult.",
        ),
        ("Forløb", "Delforløb af samme borger og mentorform uden dage imellem er ét forløb."),
        ("Andel", "Borgere i gruppen af alle borgere i kolonnen. Regnes af regnearket."),
        ("Landet", f"{national.SOURCE}. Samme startår, ellers 2012-2014."),
        ("Forskel", "Egen andel minus landets, i procentpoint. For gennemsnit og medianer: eget tal minus landets."),
        (
            HIDDEN,
            f"Tal er skjult, når gruppen er på færre end {SMALL}, eller når en så lille gruppe kunne regnes ud. "
            f"Et tal, der er vokset med færre end {SMALL}, siden det sidst blev vist, er også skjult.",
        ),
        *tables,
        *absent,
    ]
