"""Write a list as a workbook (ark): typed cells, a frozen heading with a filter, sums and definitions.

Rows are written as they come and never stored, so memory does not grow with their number. Text is never a formula or
a link, whatever it begins with. Amounts come as øre and hours as minutes; the cells hold kroner and hours.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HIDDEN = "skjult"
"""What stands in the place of a hidden figure."""
LONGEST = 32_767
"""Characters that a cell can hold."""
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[\[\]:*?/\\']")

FORMATS = {
    "text": "@",
    "date": "dd-mm-yyyy",
    "moment": "dd-mm-yyyy hh:mm:ss",
    "month": "mm-yyyy",
    "whole": "0",
    "decimal": "#,##0.00",
    "hours": "#,##0.00",
    "kroner": "#,##0.00",
    "percent": "0 %",
}
"""The kinds of cell: `hours` are given as minutes, `kroner` as øre, `percent` as whole per cent."""
WIDTHS = {"text": 20, "moment": 20, "kroner": 15}
DIVISORS = {"hours": 60, "kroner": 100, "percent": 100}


@dataclass(frozen=True)
class SheetColumn:
    """A column (kolonne): heading, how a row gives its value (None for an empty cell), its kind and meaning.

    A `summed` column gets a sum that the sheet works out itself over the rows its filter lets through.
    """

    heading: str
    read: Callable[[Any], Any]
    kind: str = "text"
    meaning: str = ""
    width: int = 0
    summed: bool = False


Definitions = Sequence[tuple[str, str]]


def workbook_of(title: str, columns: Sequence[SheetColumn], rows: Iterable[Any], definitions: Definitions) -> BytesIO:
    """Return a workbook (projektmappe): the rows on the first sheet, definitions and meanings on the second."""
    content = BytesIO()
    write_workbook(content, title, columns, rows, definitions)
    content.seek(0)
    return content


def write_workbook(
    out: BinaryIO, title: str, columns: Sequence[SheetColumn], rows: Iterable[Any], definitions: Definitions
) -> int:
    """Write a workbook (projektmappe) to an open file; return the number of rows, which wait on disk, not in memory."""
    with xlsxwriter.Workbook(out, SAFE | {"constant_memory": True}) as book:
        count = write_rows(book, title, columns, rows)
        meanings = [(column.heading, column.meaning) for column in columns if column.meaning]
        write_definitions(book, [("Liste", title), ("Rækker", str(count)), *definitions, *meanings])
    return count


def write_rows(book: Workbook, title: str, columns: Sequence[SheetColumn], rows: Iterable[Any]) -> int:
    """Write a sheet (ark) with headings, rows, filter and sums; return the number of rows."""
    sheet, head = book.add_worksheet(_NAME.sub(" ", title)[:31]), book.add_format(HEAD)
    formats = {kind: book.add_format({"num_format": FORMATS[kind]}) for kind in {column.kind for column in columns}}
    for number, column in enumerate(columns):
        width = column.width or WIDTHS.get(column.kind, 12)
        sheet.set_column(number, number, max(width, min(len(column.heading) + 3, 24)))
        sheet.write_string(0, number, column.heading, head)
    sheet.freeze_panes(1, 1)
    count, sums = _write_cells(sheet, columns, rows, formats)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    if sums and count:
        _write_sums(book, sheet, columns, count, sums)
    return count


HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}


def _write_cells(
    sheet: Worksheet, columns: Sequence[SheetColumn], rows: Iterable[Any], formats: dict[str, Format]
) -> tuple[int, dict[int, int]]:
    """Write the rows one by one; return how many there were and the sums, in minutes and øre."""
    ways = [
        (number, column.read, _way(sheet, column.kind), formats[column.kind]) for number, column in enumerate(columns)
    ]
    summed = [(number, column.read) for number, column in enumerate(columns) if column.summed]
    sums = dict.fromkeys((number for number, _ in summed), 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        for number, read, write, look in ways:
            value = read(row)
            if value is not None and value != "":
                write(count, number, value, look)
        for number, read in summed:
            value = read(row)
            sums[number] += value if isinstance(value, int) else 0
    return count, sums


def _way(sheet: Worksheet, kind: str) -> Callable[[int, int, Any, Format], Any]:
    """Return how a value of a kind becomes a cell; a word in the place of a number stays a word."""
    string, figure, moment = sheet.write_string, sheet.write_number, sheet.write_datetime
    divisor = DIVISORS.get(kind, 1)

    def text(row: int, column: int, value: Any, look: Format) -> Any:
        return string(row, column, clean(value), look)

    def day(row: int, column: int, value: Any, look: Format) -> Any:
        return moment(row, column, value, look) if isinstance(value, date) else text(row, column, value, look)

    def number(row: int, column: int, value: Any, look: Format) -> Any:
        if isinstance(value, str):
            return string(row, column, clean(value))
        return figure(row, column, value / divisor if divisor > 1 else value, look)

    def instant(row: int, column: int, value: datetime, look: Format) -> Any:
        return moment(row, column, value.replace(tzinfo=None), look)

    return {"text": text, "date": day, "month": day, "moment": instant}.get(kind, number)


def clean(value: Any) -> str:
    """Return the text that a cell can hold: without characters that no sheet holds, cut where a cell ends."""
    text = value if isinstance(value, str) else str(value)
    if not text.isprintable():
        text = _UNWRITABLE.sub("", text)
    return text if len(text) <= LONGEST else text[:LONGEST]


def _write_sums(
    book: Workbook, sheet: Worksheet, columns: Sequence[SheetColumn], count: int, sums: dict[int, int]
) -> None:
    """Write the sums two rows below, with the value they have now, so that a reader without formulas sees it too."""
    last = count + 2
    sheet.write_string(last, 0, "I alt", book.add_format({"bold": True, "top": 1}))
    for number, total in sums.items():
        kind, letter = columns[number].kind, xl_col_to_name(number)
        look = book.add_format({"num_format": FORMATS[kind], "bold": True, "top": 1})
        stored = total / DIVISORS.get(kind, 1)
        sheet.write_formula(last, number, f"=SUBTOTAL(9,{letter}2:{letter}{count + 1})", look, stored)


def write_definitions(book: Workbook, definitions: Definitions) -> None:
    """Write the sheet of definitions: what each word means, for whom, when it was made and by whom."""
    sheet, head = book.add_worksheet("Definitioner"), book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for line, (word, meaning) in enumerate(definitions):
        sheet.write_string(line, 0, clean(word), head)
        sheet.write_string(line, 1, clean(meaning), wrap)
