"""Projektmappen: writes a report as typed cells with live sums; text is never a formula."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jobcenter_mentor.reports.hiding import SMALL
from jobcenter_mentor.reports.service import OTHERS, MunicipalReport

AWAY = "skjult"
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "in_memory": True,
    "default_date_format": "dd-mm-yyyy",
}


@dataclass(frozen=True)
class Column:
    """Kolonne: heading, the field of the frame, how a value becomes a cell, and whether it is summed."""

    heading: str
    field: str
    width: int
    read: Callable[[Any], Any]
    style: str = "text"
    summed: bool = False


def _hours(minutes: Any) -> Decimal:
    return (Decimal(int(minutes)) / 60).quantize(Decimal("0.01"))


def _kroner(ore: Any) -> Decimal:
    return Decimal(int(ore)) / 100


BY_MONTH = (
    Column("Måned", "month", 12, lambda month: month, "month"),
    Column("Målgruppe", "group", 38, str),
    Column("Borgere", "citizens", 10, int, "whole"),
    Column("Forløb", "courses", 10, int, "whole"),
    Column("Begyndt", "started", 10, int, "whole", summed=True),
    Column("Timer bevilget", "granted", 15, _hours, "decimal", summed=True),
    Column("Timer leveret", "held", 15, _hours, "decimal", summed=True),
    Column("Udgift, kr.", "cost", 15, _kroner, "money", summed=True),
    Column("Refusion, kr.", "refund", 15, _kroner, "money", summed=True),
)

COURSES = (
    Column("Sag", "case_number", 12, str),
    Column("Team", "team", 22, str),
    Column("Målgruppe", "group", 38, str),
    Column("Mentortype", "mentor_type", 30, str),
    Column("Mentorform", "form", 12, str),
    Column("Retsgrundlag", "legal_basis", 20, str),
    Column("Første dag", "start", 12, lambda day: day, "date"),
    Column("Sidste dag", "last_day", 12, lambda day: day, "date"),
    Column("Timer bevilget", "granted", 15, _hours, "decimal", summed=True),
    Column("Timer leveret", "held", 15, _hours, "decimal", summed=True),
    Column("Udgift, kr.", "cost", 15, _kroner, "money", summed=True),
    Column("Refusionssats, %", "rate_percent", 16, int, "whole"),
)

STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "month": {"num_format": "mm-yyyy"},
    "date": {"num_format": "dd-mm-yyyy"},
    "whole": {"num_format": "0"},
    "decimal": {"num_format": "#,##0.00"},
    "money": {"num_format": "#,##0.00"},
    "wrap": {"text_wrap": True, "valign": "top"},
}


def write_municipal_report(report: MunicipalReport, municipality: str) -> bytes:
    """Skriv projektmappen and return its bytes: the months, the courses if they were asked for, and the definitions."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, SAFE) as book:
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        _write_table(book.add_worksheet("Måneder"), report.by_month, BY_MONTH, styles)
        if report.courses is not None:
            _write_table(book.add_worksheet("Forløb"), report.courses, COURSES, styles)
        _write_definitions(book, report, municipality, styles)
    return out.getvalue()


def _write_table(sheet: Worksheet, frame: pd.DataFrame, columns: Sequence[Column], styles: dict[str, Format]) -> None:
    """Write headings, typed rows, a filter, and sums that Excel computes itself."""
    rows = frame.to_dict("records")
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.heading, styles["head"])
        for line, row in enumerate(rows, start=1):
            _write_value(sheet, line, number, column, row[column.field], styles)
        if column.summed and rows:
            total = sum(column.read(row[column.field]) for row in rows if row[column.field] is not None)
            letter = chr(ord("A") + number)
            formula = f"=SUBTOTAL(9,{letter}2:{letter}{len(rows) + 1})"
            sheet.write_formula(len(rows) + 2, number, formula, styles[column.style], total)
    sheet.write_string(len(rows) + 2, 0, "I alt", styles["head"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _write_value(
    sheet: Worksheet, line: int, number: int, column: Column, value: Any, styles: dict[str, Format]
) -> None:
    """Write one figure; in place of one that must not be told a word that no sum counts."""
    if value is None:
        sheet.write_string(line, number, AWAY)
    else:
        sheet.write(line, number, column.read(value), styles[column.style])


def _write_definitions(book: Workbook, report: MunicipalReport, municipality: str, styles: dict[str, Format]) -> None:
    """Write what each figure means, for whom, when it was made and by whom."""
    sheet = book.add_worksheet("Definitioner")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    for line, (word, meaning) in enumerate(_definitions(report, municipality)):
        sheet.write_string(line, 0, word, styles["head"])
        sheet.write_string(line, 1, meaning, styles["wrap"])


def _definitions(report: MunicipalReport, municipality: str) -> list[tuple[str, str]]:
    """Return the words and their meanings."""
    return [
        ("Rapport", f"Mentorindsatsen, {municipality}"),
        ("Periode", f"{report.first:%d.%m.%Y} til {report.last:%d.%m.%Y}, begge dage med"),
        ("Lavet", f"{report.made_on:%d.%m.%Y} af {report.made_by}"),
        ("Population", "Mentorforløb, der berører perioden, i de teams, som brugeren har adgang til."),
        ("Målgruppe", "Målgruppen ved bevillingen (LAB § 2). Den følger forløbet, også hvis borgeren skifter gruppe."),
        (
            OTHERS,
            f"Målgrupper med færre end {SMALL} borgere i en måned er lagt sammen med de næste. "
            f"En måned med færre end {SMALL} borgere i alt er udeladt.",
        ),
        (AWAY, f"Færre end {SMALL} forløb. Tælles ikke med i summen."),
        ("Borgere", "Forskellige borgere med mindst én dag af et forløb i måneden. Kan ikke lægges sammen på tværs."),
        ("Forløb", "Forløb med mindst én dag i måneden. Ændrede timer er samme forløb."),
        ("Begyndt", "Forløb, hvis første dag ligger i måneden."),
        ("Timer bevilget", "Bevilgede timer pr. uge gange dage delt med 7, kun dage i måneden."),
        ("Timer leveret", "Timer i logbogens holdte møder. Rettede notater tæller én gang."),
        ("Udgift", "Leverede timer gange timeprisen på mødets dag. En pladsmentor deles mellem pladserne."),
        (
            "Refusion",
            "Refusionssatsen af udgiften. Inden for mentorrammen (LAB § 121 a) kun af det, rammen dækker, måned for "
            "måned. Målgruppe 11 og 14 ligger uden for rammen.",
        ),
    ]
