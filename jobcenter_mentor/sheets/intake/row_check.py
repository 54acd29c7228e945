"""Turn the table into rows of typed values (kontrol), each with all its errors and warnings at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from marshmallow import Schema

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.identifiers import mask_cpr
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.sheets.intake.cell_dates import Notes
from jobcenter_mentor.sheets.intake.cell_numbers import shown_hours
from jobcenter_mentor.sheets.intake.cell_texts import UnknownValue
from jobcenter_mentor.sheets.intake.cells import Setting, read_cell
from jobcenter_mentor.sheets.intake.findings import ImportFinding, address
from jobcenter_mentor.sheets.intake.marks import Marks
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn, SheetProfile
from jobcenter_mentor.sheets.intake.reader import SheetTable
from jobcenter_mentor.sheets.intake.workbook_sheets import Value

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
SUMS = ("i alt", "ialt", "sum", "total", "subtotal", "samlet", "gennemsnit", "hovedtotal")


@dataclass(slots=True)
class SheetRow:
    """A row (række): its number in the sheet, its values by field, its errors and its warnings.

    `status` is new, changed or unchanged and is set by the comparison; `changes` are heading, old and new as shown.
    `sheet` is the name of the sheet, where several are read.
    """

    number: int
    profile: SheetProfile
    places: dict[str, int]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[ImportFinding] = field(default_factory=list)
    warnings: list[ImportFinding] = field(default_factory=list)
    status: str = NEW
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    sheet: str = ""

    @property
    def called(self) -> str:
        """Return how a sentence names the row (række): "række 4", with its sheet where several are read."""
        return f"ark »{self.sheet}« række {self.number}" if self.sheet else f"række {self.number}"

    @property
    def place(self) -> int | str:
        """Return the number of the row (rækkenummer), with its sheet where several are read."""
        return f"{self.sheet} {self.number}" if self.sheet else self.number

    @property
    def first_cell(self) -> str | None:
        """Return the cell that marks a fault of the whole row, where several sheets are read."""
        return f"{self.sheet}!{address(self.number, 1)}" if self.sheet else None

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default where the cell is empty or the column is missing."""
        value = self.values.get(name)
        return default if value is None else value

    def refuse(self, name: str, code: str, message: str) -> None:
        """Note an error at a field."""
        self.errors.append(self._finding(name, code, message))

    def is_faulty(self, name: str) -> bool:
        """Tell whether a field has been refused already."""
        return any(error.column == self.profile.heading_of(name) for error in self.errors)

    def warn(self, name: str, code: str, message: str) -> None:
        """Note a warning at a field."""
        self.warnings.append(self._finding(name, code, message))

    def shown(self) -> dict[str, str | None]:
        """Return what was read by heading, for machines: ISO dates, decimal points, masked CPR numbers.

        The value is None where the cell is empty.
        """
        by_field = {column.field: column for column in self.profile.columns if column.field in self.places}
        return {column.heading: show(self.values.get(name), column) for name, column in by_field.items()}

    def told(self) -> list[str]:
        """Return what was read, for people: every field that is filled in, written by `tell`."""
        filled = [(self.values.get(column.field), column) for column in self.profile.columns]
        return [tell(value, column) for value, column in filled if value not in (None, "", [])]

    def _finding(self, name: str, code: str, message: str) -> ImportFinding:
        heading, place = self.profile.heading_of(name), self.places.get(name)
        at = address(self.number, place) if place else None
        at = f"{self.sheet}!{at}" if at and self.sheet else at
        return ImportFinding(code, f"{capital(self.called)}, {heading}: {message}", self.number, heading, at)


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def show(value: Any, column: ProfileColumn) -> str | None:
    """Return a value as machines write it."""
    if value is None:
        return None
    if column.type == "cpr":
        return mask_cpr(value)
    if column.type == "hours":
        return shown_hours(value)
    if column.type in {"amount", "written_hours"}:
        return f"{Decimal(value) / 100:.2f}"
    if column.type == "choice":
        return column.choices[value][0]
    if column.type in {"choices", "list"}:
        return "; ".join(column.choices[part][0] if column.choices else part for part in value)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return str(value)


def tell(value: Any, column: ProfileColumn) -> str:
    """Return a value as people write it: 01.10.2014, 412,50 and 2,5; an empty text for no value."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if value is not None and column.type == "amount":
        return format_kroner(value)
    shown = show(value, column) or ""
    return shown.replace(".", ",") if column.type in {"hours", "written_hours"} else shown


class Read(NamedTuple):
    """A cell that was read (læst celle): its value and warnings, or its error and no value."""

    value: Any
    notes: Notes
    error: DomainError | None


Cells = Sequence[tuple[SheetRow, list[Value]]]


Unknown = dict[str, dict[str, None]]
"""Values that are none of the choices, each once, by field. Their meaning can be taught."""


def check_rows(
    table: SheetTable, profile: SheetProfile, on: date, unknown: Unknown, *, sheet: str = ""
) -> list[SheetRow]:
    """Check all cells (kontrol), column by column. Every row is returned, also those with errors.

    `sheet` is the name of the sheet in messages, where several are read; values are added to `unknown`.
    """
    places = {column.field: number for number, column in table.header.columns.items()}
    every = [(SheetRow(number, profile, places, sheet=sheet), cells) for number, cells in table.rows]
    sound = [(row, cells) for row, cells in every if not _is_no_row(table, row, cells)]
    setting = Setting(on, table.sheet.from_1904)
    for number, column in table.header.columns.items():
        found = _read_column(table, number, column, sound, setting)
        unknown.setdefault(column.field, {}).update(dict.fromkeys(found))
    return [row for row, _ in every]


def _is_no_row(table: SheetTable, row: SheetRow, cells: list[Value]) -> bool:
    """Refuse a row of too many or too few fields, or one that is a sum or a note."""
    if not table.sheet.typed and (wrong := _ragged(cells, table.header.width)):
        row.errors.append(ImportFinding("ragged", f"{capital(row.called)} {wrong}", row.number, cell=row.first_cell))
    elif _is_aside(row, cells):
        text = f"{capital(row.called)} ligner en sum eller en note. Slet den."
        row.errors.append(ImportFinding("total_row", text, row.number, cell=row.first_cell))
    return bool(row.errors)


def _read_column(table: SheetTable, number: int, column: ProfileColumn, rows: Cells, setting: Setting) -> list[str]:
    """Read a column and return the unknown choices.

    Equal values are read once, as most columns have few different ones.
    """
    marks, name, index = table.sheet.marks, column.field, number - 1
    marked = {row for row, place in (*marks.errors, *marks.merged, *marks.formulas) if place == number}
    known: dict[tuple[type, Value], Read] = {}
    for row, cells in rows:
        value = cells[index] if index < len(cells) else ""
        if row.number in marked:
            read = _read(value, column, setting, marks, (row.number, number))
        else:
            key = (value.__class__, value)
            found = known.get(key)
            read = known[key] = found or _read(value, column, setting)
        row.values[name] = read.value
        if read.error is not None:
            del row.values[name]
            row.refuse(name, read.error.code, read.error.message)
        for code, message in read.notes:
            row.warn(name, code, message)
    return [read.error.text for read in known.values() if isinstance(read.error, UnknownValue)]


def _read(
    value: Value, column: ProfileColumn, setting: Setting, marks: Marks | None = None, place: tuple[int, int] = (0, 0)
) -> Read:
    """Read a cell, its marks first. There is no value where it is empty and may be."""
    notes: Notes = []
    try:
        if marks is not None:
            _heed(marks, place, column, notes)
        if value is None or (isinstance(value, str) and not value.strip()):
            _empty(column, notes)
            return Read(None, notes, None)
        return Read(read_cell(value, column, notes, setting), notes, None)
    except DomainError as error:
        return Read(None, notes, error)


def _heed(marks: Marks, place: tuple[int, int], column: ProfileColumn, notes: Notes) -> None:
    """Act on the marks of a cell. Raises DomainError for an error, a merged cell and a formula without a value."""
    if place in marks.errors:
        raise DomainError(f"Cellen viser fejlen {marks.errors[place] or '#FEJL!'}.", code="excel_error")
    if place in marks.merged:
        raise DomainError("Cellen er flettet. Skriv værdien i hver række.", code="merged")
    if place in marks.formulas:
        if not marks.formulas[place] or column.type == "cpr":
            raise DomainError("Formel uden værdi; indsæt værdien.", code="formula")
        notes.append(("formula_cached", "Cellen er en formel; værdien, som Excel sidst gemte, er læst."))


def _empty(column: ProfileColumn, notes: Notes) -> None:
    if not (column.optional or column.may_be_empty):
        raise DomainError("Mangler. Udfyld cellen.", code="required")
    if column.type == "hours" and not column.optional:
        notes.append(("number_range", "Timer mangler. Forløbet er læst med 0 timer."))


def _ragged(cells: list[Value], width: int) -> str:
    if len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return ""
    return f"har {len(cells)} felter; der skal være {width}."


def _is_aside(row: SheetRow, cells: list[Value]) -> bool:
    """Tell whether a row looks like a sum or a note: a word for a sum and little else, or almost nothing."""
    needed, width = len(row.profile.required), len(cells)
    held = [cells[place - 1] for place in row.places.values() if place <= width]
    filled = [value for value in held if not (value is None or (isinstance(value, str) and not value.strip()))]
    if len(filled) > max(needed - 3, 2):
        return False
    words = [value.strip().casefold().rstrip(":.") for value in filled if isinstance(value, str)]
    if any(word in SUMS or word.startswith(("i alt ", "sum ", "total ")) for word in words):
        return len(filled) <= needed - 3
    keys = (row.places.get(name, width + 1) for name in row.profile.key)
    named = any(_names_somebody(cells[place - 1] if place <= width else "") for place in keys)
    return not named and len(filled) <= 2 < needed


def _names_somebody(value: Value) -> bool:
    """Tell whether a key cell holds a number, an address or a day, and not just words."""
    return not isinstance(value, str | None) or "@" in (value or "") or sum(sign.isdigit() for sign in value or "") > 5


def check_values(rows: Iterable[SheetRow], schema: type[Schema], *together: tuple[str, ...]) -> None:
    """Check the values with the feature's schema (skema).

    The text of an error begins with its code (`date_order: ...`). `together` are fields that depend on one another: the
    schema sees each different set of their values once. Errors of a single cell have been reported before.
    """
    checked = [row for row in rows if row.values]
    for names in together:
        alike: dict[tuple[Any, ...], list[SheetRow]] = {}
        for row in checked:
            alike.setdefault(tuple([row.values.get(name) for name in names]), []).append(row)
        told = [{name: value for name, value in zip(names, key, strict=True) if value is not None} for key in alike]
        # with many=True the errors stand by the row's index, then by field
        errors: dict[int, Any] = schema(only=names).validate(told, many=True, partial=True)  # type: ignore[assignment]
        groups = list(alike.values()) if errors else []
        for index, by_field in errors.items():
            for row in groups[int(index)]:
                _refuse(row, by_field)


def _refuse(row: SheetRow, by_field: dict[str, list[str]]) -> None:
    """Add a schema's errors to the fields of a row."""
    for name, messages in by_field.items():
        for message in messages:
            code, _, text = message.partition(": ")
            row.refuse(name, *((code, text) if text else ("wrong_type", message)))
