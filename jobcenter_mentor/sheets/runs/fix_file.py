"""Return the same sheet with the faulty cells marked (rettefil), and a column that says why.

Nothing else is changed.
"""

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import ImportRejected
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.sheets.intake.cell_texts import CONTROL_SIGNS
from jobcenter_mentor.sheets.intake.findings import masked
from jobcenter_mentor.sheets.intake.gate import Limits
from jobcenter_mentor.sheets.intake.headings import REASONS
from jobcenter_mentor.sheets.intake.profiles import profile_of
from jobcenter_mentor.sheets.intake.reader import SheetTable, read_tables
from jobcenter_mentor.sheets.intake.workbook_sheets import drop_downs
from jobcenter_mentor.sheets.runs import import_check
from jobcenter_mentor.sheets.runs.models import ImportRun
from jobcenter_mentor.sheets.runs.own_headings import taught_of

COLOUR = "FFC7CE"
FAULTY = PatternFill("solid", fgColor=COLOUR)
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
WIDTH = 60
_UNREADABLE = (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile)
"""What openpyxl raises for workbooks that are valid to us and not to it; they are written again."""
_SHEET_PART = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
_FORMULA = re.compile(
    r'<c r="(?P<at>[A-Z]+[0-9]+)"(?P<look>[^>]*)>(?P<formula><f(?:\s[^>]*)?>[^<]*</f>)(?:<v ?/>|<v></v>)</c>'
)
_ROW = re.compile(r"^Række [0-9]+, ")
Faults = Mapping[int, list[tuple[str | None, str]]]


def of_run(session: Session, run: ImportRun, *, actor: Actor, law: Law) -> bytes:
    """Make the fix file (rettefil) of a stored import.

    Raises ImportRejected where the file is deleted or has no rows.
    """
    if run.file is None:
        raise ImportRejected("Filen er ikke længere gemt. Læg den op igen for at få en rettefil.")
    checked = import_check.check(
        session, run.kind, run.file_name, run.file, by=actor.user, on=actor.day, law=law, sheets=run.sheets
    )
    return fix_file(session, run.file_name, run.file, checked.report, sheets=run.sheets)


def fix_file(
    session: Session | None,
    file_name: str,
    content: bytes,
    report: dict[str, Any],
    *,
    max_rows: int | None = None,
    sheets: Sequence[str] = (),
) -> bytes:
    """Make the fix file (rettefil), marking the cells of `row_errors`.

    Raises ImportRejected where the whole file was refused.
    """
    if report["status"] == "reject_file":
        raise ImportRejected("Hele filen er afvist, så der er ingen celler at rette.")
    limits = Limits() if max_rows is None else Limits(rows=max_rows)
    headings = {} if session is None else taught_of(session, report["kind"]).headings
    tables = read_tables(file_name, content, profile_of(report["kind"]), limits, headings, sheets)
    book = _same_book(content, tables) if tables[0].sheet.typed else None
    if book is None:
        book = _new_book(tables)
    for table, sheet in zip(tables, _sheets_of(book, tables), strict=True):
        _mark(sheet, _faults(report, table if len(tables) > 1 else None), table.header.row)
    made = io.BytesIO()
    book.save(made)
    return with_values(made.getvalue(), content) if tables[0].sheet.typed else made.getvalue()


def _faults(report: dict[str, Any], table: SheetTable | None) -> Faults:
    """Return cell and message of each fault by row, of one sheet where several are read."""
    faults: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    for error in report["row_errors"]:
        sheet, _, cell = (error["cell"] or "").rpartition("!")
        if table is None or sheet == table.sheet.name:
            faults[error["row"]].append((cell or None, error["message"]))
    return faults


def _sheets_of(book: Workbook, tables: Sequence[SheetTable]) -> list[Any]:
    named = [book[table.sheet.name or ""] for table in tables if table.sheet.name in book.sheetnames]
    return named if len(named) == len(tables) else book.worksheets[: len(tables)]


def _same_book(content: bytes, tables: Sequence[SheetTable]) -> Workbook | None:
    """Open the workbook as it is, with formats and other sheets; None where openpyxl can't."""
    try:
        book = _opened(content)
    except _UNREADABLE:
        return None
    for name, lists in drop_downs(content).items():
        for cells, source in lists:
            rule = DataValidation(type="list", formula1=source, allow_blank=True)
            rule.sqref = MultiCellRange(cells)
            book[name].add_data_validation(rule)
    return book if {table.sheet.name for table in tables} <= {*book.sheetnames} else None


def _opened(content: bytes, *, values: bool = False) -> Workbook:
    """Open a workbook without warnings of what the library leaves out; the drop-downs are added again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)


def _new_book(tables: Sequence[SheetTable]) -> Workbook:
    """Write the rows to a new workbook. Every text stays text, whatever it begins with."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet((table.sheet.name or f"Ark{number}")[:31])
        for row, values in enumerate(table.sheet.rows, 1):
            for column, value in enumerate(values, 1):
                if value not in ("", None):
                    _write(sheet.cell(row, column), value)
    return book


def _write(cell: Cell | MergedCell, value: Any) -> None:
    if isinstance(value, str):
        cell.value = CONTROL_SIGNS.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value


def _mark(sheet: Any, faults: Faults, header_row: int) -> None:
    """Colour the cells and write the reasons in a column of their own."""
    reasons = _place_of_reasons(sheet, header_row)
    _part_widths(sheet, reasons)
    heading = sheet.cell(header_row, reasons, REASONS)
    heading.font = BOLD
    sheet.column_dimensions[heading.column_letter].width = WIDTH
    for row, found in faults.items():
        sheet.row_dimensions[row].hidden = False
        for place in {place for place, _ in found if place}:
            sheet[place].fill = FAULTY
        cell = sheet.cell(row, reasons)
        _write(cell, _told(message for _, message in found))
        cell.alignment = WRAPPED
    if not sheet.freeze_panes:
        sheet.freeze_panes = sheet.cell(header_row + 1, 1)


def _part_widths(sheet: Any, reasons: int) -> None:
    """Give each column its own width, as one width of many columns may reach over the column of reasons."""
    for letter, shared in list(sheet.column_dimensions.items()):
        first, last = shared.min or column_index_from_string(letter), shared.max or 0
        shared.max = shared.min = first
        for number in range(first + 1, min(last, reasons - 1) + 1):
            own = sheet.column_dimensions[get_column_letter(number)]
            own.width, own.hidden = shared.width, shared.hidden


def with_values(made: bytes, content: bytes) -> bytes:
    """Return the workbook with the last calculated values of its formulas.

    The library writes a formula without its value, and a sheet that comes back is read by its values.
    """
    known = _opened(content, values=True)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in source.infolist():
            part = source.read(entry)
            if found := _SHEET_PART.fullmatch(entry.filename):
                sheet = known.worksheets[int(found[1]) - 1] if int(found[1]) <= len(known.worksheets) else None
                part = _FORMULA.sub(partial(_valued, sheet), part.decode()).encode() if sheet is not None else part
            written.writestr(entry, part)
    return target.getvalue()


def _valued(sheet: Any, found: re.Match[str]) -> str:
    """Write the value of a formula's cell beside it."""
    value = sheet[found["at"]].value
    if value is None or isinstance(value, date | time | timedelta):
        number = None if value is None else to_excel(value)  # type: ignore[no-untyped-call]
        return found[0] if number is None else _cell(found, "", str(number))
    if isinstance(value, bool):
        return _cell(found, ' t="b"', str(int(value)))
    if isinstance(value, int | float):
        return _cell(found, "", repr(value))
    kind = ' t="e"' if str(value).startswith("#") else ' t="str"'
    return _cell(found, kind, escape(CONTROL_SIGNS.sub("", str(value))))


def _cell(found: re.Match[str], kind: str, value: str) -> str:
    look = re.sub(r'\st="[^"]*"', "", found["look"])
    return f'<c r="{found["at"]}"{look}{kind}>{found["formula"]}<v>{value}</v></c>'


def _place_of_reasons(sheet: Any, header_row: int) -> int:
    """Return the column after the last one.

    In a fix file that comes back it is the old one, emptied and without colours.
    """
    earlier = next((cell.column for cell in sheet[header_row] if cell.value == REASONS), None)
    if earlier is None:
        return int(sheet.max_column) + 1
    for cell in (cell for row in sheet.iter_rows(min_row=header_row + 1) for cell in row):
        if cell.column == earlier and not isinstance(cell, MergedCell):
            cell.value = None
        elif cell.fill.fgColor.rgb in (FAULTY.fgColor.rgb, f"FF{COLOUR}"):
            cell.fill = PatternFill()
    return int(earlier)


def _told(messages: Iterable[str]) -> str:
    """Return the reasons, one a line, without the number of their row."""
    return "\n".join(masked(_ROW.sub("", message)) for message in messages)
