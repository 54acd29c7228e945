"""Kontrol: turns the table into rows of typed values with everything that is wrong or doubtful in each, all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import Schema

from jobcenter_mentor.domain.errors import DomainError
from jobcenter_mentor.domain.identifiers import mask_cpr
from jobcenter_mentor.imports.cells import Setting, read_cell
from jobcenter_mentor.imports.dates import Notes
from jobcenter_mentor.imports.findings import Finding, address
from jobcenter_mentor.imports.numbers import shown_hours
from jobcenter_mentor.imports.profiles import Column, Profile
from jobcenter_mentor.imports.reader import Table
from jobcenter_mentor.imports.sheets import Value

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
SUMS = ("i alt", "ialt", "sum", "total", "subtotal", "samlet", "gennemsnit", "hovedtotal")


@dataclass
class Row:
    """Række: its number in the sheet, its values by field, what is wrong and what is worth a warning.

    `status` is new, changed or unchanged, set when it is compared; `changes` are heading, old and new as shown.
    """

    number: int
    profile: Profile
    places: dict[str, int]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    status: str = NEW
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, the default where the cell is empty or the column isn't there."""
        value = self.values.get(name)
        return default if value is None else value

    def refuse(self, name: str, code: str, message: str) -> None:
        """Note an error at a field."""
        self.errors.append(self._finding(name, code, message))

    def warn(self, name: str, code: str, message: str) -> None:
        """Note a warning at a field."""
        self.warnings.append(self._finding(name, code, message))

    def shown(self) -> dict[str, str | None]:
        """Vis, hvad der er læst, by heading: ISO dates, decimal points, masked CPR numbers; None where empty."""
        by_field = {column.field: column for column in self.profile.columns if column.field in self.places}
        return {column.heading: show(self.values.get(name), column) for name, column in by_field.items()}

    def _finding(self, name: str, code: str, message: str) -> Finding:
        heading, place = self.profile.heading_of(name), self.places.get(name)
        at = address(self.number, place) if place else None
        return Finding(code, f"Række {self.number}, {heading}: {message}", self.number, heading, at)


def show(value: Any, column: Column) -> str | None:
    """Vis en læst værdi as machines write it."""
    if value is None:
        return None
    if column.type == "cpr":
        return mask_cpr(value)
    if column.type == "hours":
        return shown_hours(value)
    if column.type == "amount":
        return f"{Decimal(value) / 100:.2f}"
    if column.type == "choice":
        return column.choices[value][0]
    if column.type in {"choices", "list"}:
        return "; ".join(column.choices[part][0] if column.choices else part for part in value)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return str(value)


def check_rows(table: Table, profile: Profile, on: date) -> list[Row]:
    """Kontrollér alle celler. Every row comes back, those with errors too."""
    places = {column.field: number for number, column in table.header.columns.items()}
    setting = Setting(on, table.sheet.from_1904)
    return [_check_row(table, Row(number, profile, places), cells, setting) for number, cells in table.rows()]


def _check_row(table: Table, row: Row, cells: list[Value], setting: Setting) -> Row:
    known = {name: cells[place - 1] if place <= len(cells) else "" for name, place in row.places.items()}
    if not table.sheet.typed and (wrong := _ragged(cells, table.header.width)):
        row.errors.append(Finding("ragged", f"Række {row.number} {wrong}", row.number))
        return row
    if _is_aside(known, row.profile):
        text = f"Række {row.number} ligner en sum eller en note og er ikke et forløb. Slet den."
        row.errors.append(Finding("total_row", text, row.number))
        return row
    for number, column in table.header.columns.items():
        notes: Notes = []
        try:
            row.values[column.field] = _read(table, row, number, known[column.field], notes, setting)
        except DomainError as error:
            row.refuse(column.field, error.code, error.message)
        for code, message in notes:
            row.warn(column.field, code, message)
    return row


def _read(table: Table, row: Row, number: int, value: Value, notes: Notes, setting: Setting) -> Any:
    """Read a cell, its marks first; None where it is empty and may be. Raises DomainError."""
    column, place, marks = table.header.columns[number], (row.number, number), table.sheet.marks
    if place in marks.errors:
        raise DomainError(f"Cellen viser fejlen {marks.errors[place] or '#FEJL!'}.", code="excel_error")
    if place in marks.merged:
        raise DomainError("Cellen er flettet. Skriv værdien i hver række.", code="merged")
    if place in marks.formulas:
        if not marks.formulas[place] or column.type == "cpr":
            raise DomainError("Formel uden værdi; indsæt værdien.", code="formula")
        notes.append(("formula_cached", "Cellen er en formel; værdien, som Excel sidst gemte, er læst."))
    if value is None or (isinstance(value, str) and not value.strip()):
        return _empty(column, notes)
    return read_cell(value, column, notes, setting)


def _empty(column: Column, notes: Notes) -> None:
    if not (column.optional or column.may_be_empty):
        raise DomainError("Mangler. Udfyld cellen.", code="required")
    if column.type == "hours" and not column.optional:
        notes.append(("number_range", "Timer mangler. Forløbet er læst med 0 timer."))


def _ragged(cells: list[Value], width: int) -> str:
    if len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return ""
    return f"har {len(cells)} felter; der skal være {width}."


def _is_aside(known: dict[str, Value], profile: Profile) -> bool:
    """Ligner rækken en sum eller en note? A word for a sum and little else, or next to nothing at all."""
    filled = [
        value for value in known.values() if not (value is None or (isinstance(value, str) and not value.strip()))
    ]
    words = [value.strip().casefold().rstrip(":.") for value in filled if isinstance(value, str)]
    if any(word in SUMS or word.startswith(("i alt ", "sum ", "total ")) for word in words):
        return len(filled) <= len(profile.required) - 3
    named = any(_names_somebody(known.get(name)) for name in profile.key)
    return not named and len(filled) <= 2 < len(profile.required)


def _names_somebody(value: Value) -> bool:
    """Tell whether a key cell holds a number, an address or a day, and not just words."""
    return not isinstance(value, str | None) or "@" in (value or "") or sum(sign.isdigit() for sign in value or "") > 5


def check_values(rows: Iterable[Row], schema: Schema) -> None:
    """Kontrollér værdierne mod featurens skema; an error's text begins with its code (`date_order: ...`)."""
    checked = list(rows)
    # with many=True the errors stand by the row's index, then by field
    errors: dict[int, Any] = schema.validate([dict(_plain(row)) for row in checked], many=True, partial=True)  # type: ignore[assignment]
    for index, by_field in errors.items():
        for name, messages in by_field.items():
            for message in messages:
                code, _, text = str(message).partition(": ")
                checked[int(index)].refuse(name, *((code, text) if text else ("wrong_type", str(message))))


def _plain(row: Row) -> Iterator[tuple[str, Any]]:
    """Give the values as JSON would hold them, those the schema may not know left out by it."""
    for name, value in row.values.items():
        if value is not None:
            yield name, value.isoformat() if isinstance(value, date) else value
