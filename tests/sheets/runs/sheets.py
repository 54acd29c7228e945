"""Valid and spoiled files of running courses for the tests (ark), made in memory; the people are made up."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import xlsxwriter

from jobcenter_mentor.sheets.intake.profiles import profile_of
from tests.builders import nobodys_cpr

COURSE: dict[str, Any] = {
    "CPR-nr": nobodys_cpr(7, date(1987, 5, 14)),
    "Fornavn": "Emil",
    "Efternavn": "Krogh",
    "Målgruppe": "Kontanthjælp",
    "Visitation": "Aktivitetsparat",
    "Mentor": "Samira Haddad",
    "Mentortype": "Intern",
    "Mentor telefon": "00 11 22 33",
    "Mentor e-mail": "samira@example.dk",
    "Startdato": date(2014, 8, 25),
    "Slutdato": date(2014, 12, 19),
    "Timer pr. uge": 2.5,
    "Timepris": 412.5,
    "Formål": "Tager selv bussen til træning.",
}
HEADINGS = list(COURSE)
MADE = {"created": datetime(2014, 10, 15)}
"""The same rows give the same bytes, whatever the clock says."""
SHEET = "xl/worksheets/sheet1.xml"


def a_course(number: int = 0, **changes: Any) -> dict[str, Any]:
    """Return a row; another number is another citizen. Headings with dots and spaces go by `**{"Timer pr. uge": 2}`."""
    cpr = nobodys_cpr(10 + number, date(1987, 5, 14))
    return COURSE | {"CPR-nr": cpr} | changes


def xlsx(rows: list[dict[str, Any]] | None = None, *, headings: list[str] | None = None, sheets: int = 1) -> bytes:
    """Return a workbook of rows, dates as date cells; the same sheet several times where asked."""
    headings = headings if headings is not None else HEADINGS
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties(MADE)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for number in range(sheets):
            sheet = book.add_worksheet(f"Ark{number + 1}")
            sheet.write_row(0, 0, headings)
            for at, row in enumerate(rows if rows is not None else [a_course()], 1):
                for column, heading in enumerate(headings):
                    _write(sheet, at, column, row.get(heading), day)
    return content.getvalue()


def xlsx_with(make: Callable[[Any, Any], None], rows: list[dict[str, Any]] | None = None) -> bytes:
    """Return a workbook that `make(book, sheet)` has done something more to."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("Ark1")
        sheet.write_row(0, 0, HEADINGS)
        for at, row in enumerate(rows if rows is not None else [a_course()], 1):
            for column, heading in enumerate(HEADINGS):
                _write(sheet, at, column, row[heading], day)
        make(book, sheet)
    return content.getvalue()


def xlsx_1904() -> bytes:
    """Return a workbook of a course whose days are counted from 1904."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "date_1904": True}) as book:
        book.set_properties(MADE)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("Ark1")
        sheet.write_row(0, 0, HEADINGS)
        for column, heading in enumerate(HEADINGS):
            _write(sheet, 1, column, a_course()[heading], day)
    return content.getvalue()


def text(rows: list[dict[str, Any]] | None = None, *, delimiter: str = ";") -> str:
    """Return the rows as CSV, written the Danish way."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow(HEADINGS)
    for row in rows if rows is not None else [a_course()]:
        writer.writerow([_danish(row[heading]) for heading in HEADINGS])
    return written.getvalue()


def altered(content: bytes, changes: dict[str, Callable[[bytes], bytes]] | None = None, **more: bytes) -> bytes:
    """Return the package with parts changed and others added (`more`: names with __ for /, a dot by _DOT_)."""
    source, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, (changes or {}).get(name, bytes)(part))
        for name, part in more.items():
            target.writestr(name.replace("__", "/").replace("_DOT_", "."), part)
    return made.getvalue()


def cell(content: bytes, address: str, xml: str) -> bytes:
    """Return the workbook with one cell written as raw XML."""
    pattern = re.compile(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'.encode())
    return altered(content, {SHEET: lambda part: pattern.sub(xml.encode(), part)})


def number_of_course_headings() -> int:
    """Return how many columns a sheet of courses must have."""
    return len(profile_of("courses").required)


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def _danish(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)
