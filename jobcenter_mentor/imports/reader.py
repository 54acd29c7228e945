"""Læseren: from the bytes of a file to the one sheet of the kind, its heading row and its rows of values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jobcenter_mentor.imports.delimited import read_csv
from jobcenter_mentor.imports.findings import FileRefused, Finding, refused
from jobcenter_mentor.imports.gate import Limits, admit, too_big
from jobcenter_mentor.imports.headings import Header, find_row, known_headings, read_header, words_on_top
from jobcenter_mentor.imports.profiles import Column, Profile
from jobcenter_mentor.imports.sheets import Sheet, Value, read_workbook

NO_ROWS = "Der er ingen rækker under overskriften."


@dataclass
class Table:
    """Tabellen: the chosen sheet, its header, and under it the rows that hold anything, with their numbers."""

    sheet: Sheet
    header: Header
    warnings: list[Finding]
    rows: list[tuple[int, list[Value]]]


def read_table(
    file_name: str, content: bytes, profile: Profile, limits: Limits, taught: Mapping[str, str] | None = None
) -> Table:
    """Læs filen; `taught` are the municipality's own headings. Raises FileRefused with every reason found."""
    if admit(file_name, content, limits) == "csv":
        sheets, warnings = [read_csv(content, limits)], list[Finding]()
    else:
        sheets, warnings = read_workbook(content, limits)
    known = known_headings(profile, taught or {})
    sheet, index = _choose(sheets, profile, known, warnings)
    header = read_header(sheet, index, profile, known)
    rows = [(number, row) for number, row in enumerate(sheet.rows[index + 1 :], index + 2) if not _is_empty(row)]
    if not rows:
        raise refused("no_rows", NO_ROWS)
    if len(rows) > limits.rows:
        raise too_big(f"{limits.rows} rækker", "too_many_rows")
    if max(len(row) for row in sheet.rows) > limits.columns:
        raise too_big(f"{limits.columns} kolonner", "too_many_columns")
    return Table(sheet, header, [*warnings, *header.warnings, *_asides(sheet)], rows)


def _choose(
    sheets: list[Sheet], profile: Profile, known: Mapping[str, Column], warnings: list[Finding]
) -> tuple[Sheet, int]:
    """Choose the visible sheet that has the headings and rows under them; help sheets and notes don't count."""
    found = [(sheet, index) for sheet in sheets if (index := find_row(sheet, known)) is not None]
    with_rows = [(sheet, index) for sheet, index in found if _has_rows(sheet, index)]
    if len(with_rows) > 1:
        names = ", ".join(f"»{sheet.name}«" for sheet, _ in with_rows)
        raise refused("ambiguous_sheet", f"Der er data på flere ark. Vælg ark: {names}. Slet eller skjul de andre.")
    if not found:
        text = f"Overskrifterne blev ikke fundet. Forventet: {', '.join(profile.required)}."
        hidden = [finding.message for finding in warnings if finding.code == "hidden_sheet"]
        findings = [Finding("no_header", " ".join([text, *hidden]))]
        no_rows = [] if sheets else [Finding("no_rows", NO_ROWS)]
        raise FileRefused(*findings, *no_rows, headings=words_on_top(sheets))
    return (with_rows or found)[0]


def _has_rows(sheet: Sheet, index: int) -> bool:
    return not all(map(_is_empty, sheet.rows[index + 1 :]))


def _asides(sheet: Sheet) -> Iterator[Finding]:
    """Warn of hidden rows and columns, which are read, and of comments, which are not."""
    marks = sheet.marks
    if marks.hidden_rows or marks.hidden_columns:
        text = f"{marks.hidden_rows} skjulte rækker og {marks.hidden_columns} skjulte kolonner er læst med."
        yield Finding("hidden_data", text)
    if marks.comments:
        yield Finding("comment_ignored", "Arket har kommentarer; de er ikke læst.")


def _is_empty(row: list[Value]) -> bool:
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in row)
