"""Make the blank workbook of a kind of sheet (tom projektmappe) from its profile: drop-downs, formats, help sheet."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from jobcenter_mentor.sheets.intake.profiles import ProfileColumn, SheetProfile, profile_of

ROWS_PREPARED = 1000
HELP, FIRST_LIST = "Vejledning", 6
MAY_BE_EMPTY = "Kan stå tom (kolonnen skal være der)"
OPTIONAL = "Valgfri (kolonnen kan slettes)"
LEGEND = (
    f"»{MAY_BE_EMPTY}«: behold kolonnen, også når nogle af cellerne er tomme.",
    f"»{OPTIONAL}«: slet kolonnen, hvis I ikke bruger den.",
)
FORMATS = {"date": "dd-mm-yyyy", "amount": "#,##0.00", "hours": "0.00", "written_hours": "0.00", "number": "0"}
KINDS_OF_CELL = {
    "cpr": "CPR-nummer",
    "cvr": "CVR-nummer",
    "text": "Tekst",
    "long_text": "Tekst, gerne flere linjer",
    "choice": "Vælg fra listen",
    "choices": "Et eller flere valg fra listen, adskilt med semikolon",
    "list": "Ord, adskilt med semikolon",
    "date": "Dato",
    "hours": "Timer, fx 2,5",
    "written_hours": "Timer, fx 0,67",
    "amount": "Kroner, fx 412,50",
    "number": "Helt tal",
    "phone": "Telefon",
    "email": "E-mail",
    "yes_no": "Ja eller Nej",
}


def blank_workbook(kind: str) -> bytes:
    """Make the blank workbook (tom projektmappe) for a kind of sheet. Raises NotFound for an unknown kind."""
    profile = profile_of(kind)
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, lists = book.add_worksheet(profile.title[:31]), book.add_worksheet(HELP)
        heading = book.add_format({"bold": True, "bg_color": "#E6EFF1", "bottom": 1, "text_wrap": True})
        for index, column in enumerate(profile.columns):
            sheet.write_string(0, index, column.heading, heading)
            cell = book.add_format({"num_format": FORMATS.get(column.type, "@")})
            sheet.set_column(index, index, _width(column), cell)
            _offer(sheet, lists, index, column)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, ROWS_PREPARED, len(profile.columns) - 1)
        _write_help(book, lists, profile)
    return content.getvalue()


def _offer(sheet: Any, lists: Any, index: int, column: ProfileColumn) -> None:
    """Write the choices of a column on the help sheet and put a drop-down on the column."""
    names = [names[0] for names in column.choices.values()] if column.type == "choice" else []
    if column.type == "yes_no":
        names = ["Ja", "Nej"]
    if not names:
        return
    place = FIRST_LIST + index
    for row, name in enumerate([f"Valg: {column.heading}", *names]):
        lists.write_string(row, place, name)
    letters = xlsxwriter.utility.xl_col_to_name(place)
    source = f"={HELP}!${letters}$2:${letters}${len(names) + 1}"
    wrong = {"error_title": "Ukendt valg", "error_message": "Vælg en fra listen."}
    sheet.data_validation(1, index, ROWS_PREPARED, index, {"validate": "list", "source": source} | wrong)


def _write_help(book: Any, sheet: Any, profile: SheetProfile) -> None:
    """Write what each column is for, with an example.

    It is a sheet of its own, so that no example is read as a person.
    """
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for index, (title, width) in enumerate(
        (("Om kolonnen", 24), ("Skal udfyldes", 14), ("Sådan", 34), ("Eksempel", 44))
    ):
        sheet.write_string(0, index, title, bold)
        sheet.set_column(index, index, width)
    for row, column in enumerate(profile.columns, 1):
        must = column.needed or (OPTIONAL if column.optional else MAY_BE_EMPTY if column.may_be_empty else "Ja")
        how = " ".join(part for part in (f"{KINDS_OF_CELL[column.type]}.", column.hint) if part)
        for index, text in enumerate((f"{column.heading}:", must, how, column.example)):
            sheet.write_string(row, index, text, wrap)
    below = len(profile.columns) + 2
    for row, text in enumerate(LEGEND, below):
        sheet.write_string(row, 0, text)
    _write_example(book, sheet, profile, below + len(LEGEND) + 1)


def _write_example(book: Any, sheet: Any, profile: SheetProfile, top: int) -> None:
    """Write a whole row as it should be filled in, in the formats of its columns.

    The headings end with a colon, as above.
    """
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.write_string(top, 0, "Eksempel på en række, som den udfyldes", book.add_format({"bold": True}))
    for index, column in enumerate(profile.columns):
        sheet.write_string(top + 1, index, f"{column.heading}:", bold)
        look = book.add_format({"num_format": FORMATS.get(column.type, "@"), "text_wrap": True, "valign": "top"})
        value = _typed(column)
        if isinstance(value, date):
            sheet.write_datetime(top + 2, index, value, look)
        elif isinstance(value, Decimal):
            sheet.write_number(top + 2, index, value, look)
        else:
            sheet.write_string(top + 2, index, value, look)


def _typed(column: ProfileColumn) -> date | Decimal | str:
    """Return the example as the cell stores it: a date, a number, or text where zeros and signs matter."""
    text = column.example
    if column.type == "date" and text:
        return datetime.strptime(text, "%d-%m-%Y").date()
    if column.type in {"hours", "written_hours", "amount", "number"} and text:
        return Decimal(text.replace(".", "").replace(",", "."))
    return text


def _width(column: ProfileColumn) -> int:
    return 50 if column.type == "long_text" else max(14, len(column.heading) + 3)
