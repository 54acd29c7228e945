"""Read a file into tables (læser): the sheets of the kind, their heading rows and their rows of values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobcenter_mentor.sheets.intake.delimited import read_csv
from jobcenter_mentor.sheets.intake.findings import FileRefused, ImportFinding, refused
from jobcenter_mentor.sheets.intake.gate import Limits, admit, too_big
from jobcenter_mentor.sheets.intake.headings import (
    Header,
    find_row,
    known_headings,
    named_in,
    read_header,
    words_on_top,
)
from jobcenter_mentor.sheets.intake.printed_rows import is_empty, without_printed
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn, SheetProfile
from jobcenter_mentor.sheets.intake.workbook_sheets import ImportSheet, Value, read_workbook

NO_ROWS = "Der er ingen rækker under overskriften."
Found = tuple[ImportSheet, int]
"""A sheet and the index of its heading row."""


@dataclass
class SheetTable:
    """A sheet, its heading row, and the numbered rows below it that are not empty (tabel)."""

    sheet: ImportSheet
    header: Header
    warnings: list[ImportFinding]
    rows: list[tuple[int, list[Value]]]


def read_tables(
    file_name: str,
    content: bytes,
    profile: SheetProfile,
    limits: Limits,
    taught: Mapping[str, str] | None = None,
    wanted: Sequence[str] = (),
) -> list[SheetTable]:
    """Read the file (læser). `taught` are the municipality's own headings, `wanted` the chosen sheets (none means all).

    Raises FileRefused with every reason found.
    """
    known = known_headings(profile, taught or {})
    if admit(file_name, content, limits) == "csv":
        sheets, warnings = [read_csv(content, limits, known.keys())], list[ImportFinding]()
    else:
        sheets, warnings = read_workbook(content, limits)
    chosen = _choose(sheets, profile, known, warnings, wanted)
    tables = [_table(sheet, index, profile, known) for sheet, index in chosen]
    if not any(table.rows for table in tables):
        raise refused("no_rows", NO_ROWS)
    if sum(len(table.rows) for table in tables) > limits.rows:
        raise too_big(f"{limits.rows} rækker", "too_many_rows")
    if max(len(row) for table in tables for row in table.sheet.rows) > limits.columns:
        raise too_big(f"{limits.columns} kolonner", "too_many_columns")
    tables[0].warnings[:0] = warnings
    return tables


def _table(sheet: ImportSheet, index: int, profile: SheetProfile, known: Mapping[str, ProfileColumn]) -> SheetTable:
    header = read_header(sheet, index, profile, known)
    below = [(number, row) for number, row in enumerate(sheet.rows[index + 1 :], index + 2) if not is_empty(row)]
    rows, notes = without_printed(below, header, known)
    return SheetTable(sheet, header, [*header.warnings, *_asides(sheet), *notes], rows)


def _choose(
    sheets: list[ImportSheet],
    profile: SheetProfile,
    known: Mapping[str, ProfileColumn],
    warnings: list[ImportFinding],
    wanted: Sequence[str],
) -> list[Found]:
    """Choose the visible sheets: those asked for, otherwise the only one that has all headings and rows."""
    found = [(sheet, index) for sheet in sheets if (index := find_row(sheet, profile, known)) is not None]
    if wanted:
        return _asked_for(found, wanted)
    if not found:
        text = f"Overskrifterne blev ikke fundet. Forventet: {', '.join(profile.required)}."
        hidden = [finding.message for finding in warnings if finding.code == "hidden_sheet"]
        findings = [ImportFinding("no_header", " ".join([text, *hidden]))]
        no_rows = [] if sheets else [ImportFinding("no_rows", NO_ROWS)]
        raise FileRefused(*findings, *no_rows, headings=words_on_top(sheets))
    with_rows = [one for one in found if _has_rows(*one)] or found
    whole = [one for one in with_rows if _names(one, known).issuperset(profile.required)]
    best = whole or [max(with_rows, key=lambda one: len(_names(one, known)))]
    if len(best) > 1:
        names = [sheet.name or "" for sheet, _ in best]
        told = ", ".join(f"»{name}«" for name in names)
        raise FileRefused(
            ImportFinding("ambiguous_sheet", f"Der er data på flere ark: {told}. Vælg ark."), sheets=names
        )
    return best


def _asked_for(found: list[Found], wanted: Sequence[str]) -> list[Found]:
    """Return the sheets that were asked for by name, each once. Raises FileRefused for one that can't be read."""
    by_name = {(sheet.name or "").casefold(): (sheet, index) for sheet, index in found}
    names = dict.fromkeys(name.casefold() for name in wanted)
    missing = [name for name in wanted if name.casefold() not in by_name]
    if missing:
        told = ", ".join(f"»{name[:40]}«" for name in missing)
        there = ", ".join(f"»{sheet.name}«" for sheet, _ in found) or "ingen"
        raise refused("no_header", f"Der er intet ark {told} med kendte overskrifter. Ark, der kan læses: {there}.")
    return [by_name[name] for name in names]


def _names(found: Found, known: Mapping[str, ProfileColumn]) -> set[str]:
    sheet, index = found
    return named_in(sheet.rows[index], known)


def _has_rows(sheet: ImportSheet, index: int) -> bool:
    return not all(map(is_empty, sheet.rows[index + 1 :]))


def _asides(sheet: ImportSheet) -> Iterator[ImportFinding]:
    """Warn of hidden rows and columns, which are read, and of comments, which are not."""
    marks = sheet.marks
    if marks.hidden_rows or marks.hidden_columns:
        text = f"{marks.hidden_rows} skjulte rækker og {marks.hidden_columns} skjulte kolonner er læst med."
        yield ImportFinding("hidden_data", text)
    if marks.comments:
        yield ImportFinding("comment_ignored", "Arket har kommentarer; de er ikke læst.")
