"""Read every visible sheet of a workbook with its marks (ark). Values are read as they are stored, without guessing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from jobcenter_mentor.sheets.intake.findings import ImportFinding, refused
from jobcenter_mentor.sheets.intake.gate import PASSWORD, Limits
from jobcenter_mentor.sheets.intake.marks import Marks, marks_of
from jobcenter_mentor.sheets.intake.package import DAMAGED, SHEET_TYPE, WORKBOOK, Package, open_package, rewritten

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta | None
MOST_MERGED = 10_000
NO_TEXT_OF_ERROR = "#FEJL!"


@dataclass
class ImportSheet:
    """A sheet (ark): rows as stored, the first is sheet row 1.

    `typed` is False for text files, where all cells are text.
    """

    name: str | None
    rows: list[list[Value]]
    marks: Marks = field(default_factory=Marks)
    typed: bool = True
    from_1904: bool = False

    @property
    def has_data(self) -> bool:
        """Tell whether any cell is filled in."""
        return any(value not in ("", None) for row in self.rows for value in row)


def read_workbook(content: bytes, limits: Limits) -> tuple[list[ImportSheet], list[ImportFinding]]:
    """Read a workbook (projektmappe): its visible sheets that are not empty, and warnings. Raises FileRefused."""
    package = open_package(content, limits)
    if package.workbook != WORKBOOK:
        content = rewritten(package)
    try:
        try:
            return _read(content, package, limits)
        except PasswordError:
            raise
        except CalamineError:
            # an error sign that is newer than the reader spoils no more than its cell
            return _read(rewritten(package), package, limits)
    except PasswordError as error:
        raise refused("encrypted", PASSWORD) from error
    except (CalamineError, ParseError, DefusedXmlException, ValueError, KeyError, OverflowError) as error:
        raise refused("xml_broken", DAMAGED) from error


def _read(content: bytes, package: Package, limits: Limits) -> tuple[list[ImportSheet], list[ImportFinding]]:
    with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
        return _read_book(book, package, limits)


def _read_book(
    book: CalamineWorkbook, package: Package, limits: Limits
) -> tuple[list[ImportSheet], list[ImportFinding]]:
    workbook = fromstring(package.read(package.workbook))
    from_1904 = any(
        part.get("date1904") in {"1", "true"} for part in workbook.iter() if part.tag.endswith("workbookPr")
    )
    places = _places(workbook, package)
    sheets, hidden = [], []
    for about in book.sheets_metadata:
        place = places.get(about.name, "")
        content = package.read(place)
        if not content:
            continue
        marks = marks_of(content, limits)
        del content
        found = book.get_sheet_by_name(about.name)
        if about.visible != SheetVisibleEnum.Visible:
            hidden += [about.name] if found.height else []
            continue
        _complete(marks, found, package, place)
        sheets.append(ImportSheet(about.name, _rows(found, marks), marks, from_1904=from_1904))
    warnings = list(package.warnings)
    if hidden:
        warnings.append(
            ImportFinding("hidden_sheet", f"Data ligger på et skjult ark ({', '.join(hidden)}), som ikke er læst.")
        )
    return [sheet for sheet in sheets if sheet.has_data], warnings


def drop_downs(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """Return the drop-downs (rullelister) that Excel stores apart, because their list is on another sheet.

    They are given by sheet, as the cells and the list.
    """
    package = open_package(content, Limits())
    found: dict[str, list[tuple[str, str]]] = {}
    for name, place in _places(fromstring(package.read(package.workbook)), package).items():
        for rule in fromstring(package.read(place)).iterfind(".//{*}extLst//{*}dataValidation[@type='list']"):
            cells, source = rule.findtext("{*}sqref"), rule.findtext("{*}formula1/{*}f")
            if cells and source:
                found.setdefault(name, []).append((cells, source))
    return found


def _places(workbook: Any, package: Package) -> dict[str, str]:
    """Return where each worksheet lies in the package, by its name.

    Raises FileRefused for a sheet that could be mistaken for another: what is checked must be what is read.
    """
    relations = package.relations(package.workbook)
    names, found = set[str](), dict[str, str]()
    for part in workbook.iter():
        if part.tag.endswith("}sheet"):
            ids, name = [value for key, value in part.attrib.items() if key.endswith("}id")], part.get("name", "")
            kind, target, _ = relations.get(ids[0] if ids else "", ("", "", False))
            other = target.casefold().startswith("xl/xl/") or target in found.values()
            if name in names or len(ids) > 1 or other:
                raise refused("xml_broken", DAMAGED)
            names.add(name)
            if kind.endswith(SHEET_TYPE):
                found[name] = target
    return found


def _rows(found: CalamineSheet, marks: Marks) -> list[list[Value]]:
    """Return the values. The reader gives nothing for an error cell, but such a cell is not empty."""
    rows: list[list[Value]] = found.to_python(skip_empty_area=False)  # type: ignore[assignment]
    for (row, column), text in marks.errors.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = text or NO_TEXT_OF_ERROR
    return rows


def _complete(marks: Marks, found: CalamineSheet, package: Package, place: str) -> None:
    """Add what stands outside the cells: merged ranges (the first cell has the value) and comments."""
    marks.merged = {cell for _, cell in zip(range(MOST_MERGED), _covered(found), strict=False)}
    marks.comments = any("comment" in kind.casefold() for kind, _, _ in package.relations(place).values())


def _covered(found: CalamineSheet) -> Iterator[tuple[int, int]]:
    last_row, last_column = found.end or (0, 0)
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        for row in range(top, min(bottom, last_row) + 1):
            for column in range(left, min(right, last_column) + 1):
                if (row, column) != (top, left):
                    yield row + 1, column + 1
