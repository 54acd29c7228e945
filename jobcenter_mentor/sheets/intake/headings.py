"""Find the heading row of a sheet (overskrifter) and the meaning of each column, ignoring case and spaces."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jobcenter_mentor.sheets.intake.findings import FileRefused, ImportFinding, address, masked
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn, SheetProfile
from jobcenter_mentor.sheets.intake.workbook_sheets import ImportSheet, Value

REASONS = "Hvad skal rettes"
"""Heading of the column in which a fix file explains the faults. It is ours and is never read."""
ENOUGH = 2
"""How many known headings make a row the heading row."""


@dataclass
class Header:
    """The heading row (overskriftsrække): its sheet row and the number of each known column, both from 1."""

    row: int
    columns: dict[int, ProfileColumn]
    width: int
    warnings: list[ImportFinding] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def folded(text: str) -> str:
    """Fold a heading (overskrift): composed letters, single spaces, no final full stop, lower case."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return plain.rstrip(". ").casefold()


def known_headings(profile: SheetProfile, taught: Mapping[str, str]) -> dict[str, ProfileColumn]:
    """Return the known headings (kendte overskrifter), folded: our own and those in `taught` (heading to field)."""
    by_field = {column.field: column for column in profile.columns}
    own = {folded(column.heading): column for column in profile.columns}
    return {name: by_field[to] for name, to in taught.items() if to in by_field} | own


def find_row(sheet: ImportSheet, profile: SheetProfile, known: Mapping[str, ProfileColumn]) -> int | None:
    """Return the index of the heading row (overskriftsrække), the first row with most known headings, or None.

    Titles and notes above it may be long. A row with all required headings ends the search.
    """
    best, most = None, ENOUGH - 1
    for index, row in enumerate(sheet.rows):
        named = named_in(row, known)
        if len(named) > most:
            best, most = index, len(named)
            if named.issuperset(profile.required):
                break
    return best


def named_in(row: Sequence[Value], known: Mapping[str, ProfileColumn]) -> set[str]:
    """Return our headings that a row names."""
    return {column.heading for value in row if (column := known.get(_folded_cell(value)))}


def words_on_top(sheets: list[ImportSheet]) -> list[str]:
    """Return the words of the first row with three or more, which may be the headings of an unknown sheet."""
    rows = (row for sheet in sheets for row in sheet.rows)
    found = ([value.strip() for value in row if isinstance(value, str) and value.strip()] for row in rows)
    return [masked(word)[:60] for word in next((words for words in found if len(words) > ENOUGH), [])]


def read_header(sheet: ImportSheet, index: int, profile: SheetProfile, known: Mapping[str, ProfileColumn]) -> Header:
    """Read the headings (overskrifter). Raises FileRefused naming all that are missing and all that appear twice."""
    cells = sheet.rows[index]
    header = Header(index + 1, {}, _width(cells))
    seen: Counter[str] = Counter()
    for number, value in enumerate(cells, 1):
        column = known.get(_folded_cell(value))
        if column is None:
            _note_unknown(header, sheet, number, value)
            continue
        seen[column.heading] += 1
        header.columns[number] = column
        if unicodedata.normalize("NFC", str(value)) != column.heading:
            header.warnings.append(_normalised(header.row, column, value))
    wrong = _wrong(profile, seen, header.row)
    if wrong:
        raise FileRefused(*wrong, headings=header.unknown)
    return header


def _wrong(profile: SheetProfile, seen: Counter[str], row: int) -> list[ImportFinding]:
    missing = [heading for heading in profile.required if heading not in seen]
    findings = []
    if missing:
        text = f"Kolonner mangler: {', '.join(missing)}. Tilføj dem i række {row}."
        findings.append(ImportFinding("missing_column", text))
    for heading, count in seen.items():
        if count > 1:
            findings.append(ImportFinding("duplicate_column", f"Kolonnen {heading} findes to gange. Slet den ene."))
    return findings


def _note_unknown(header: Header, sheet: ImportSheet, number: int, value: Value) -> None:
    """Warn of a column that is not read, unless it is empty or is the column of a fix file."""
    name = masked(str(value).strip())[:60] if value not in ("", None) else ""
    if name == REASONS:
        return
    if not name and all(len(row) < number or row[number - 1] in ("", None) for row in sheet.rows[header.row :]):
        return
    called = f"Kolonnen »{name}«" if name else f"Kolonnen uden overskrift ({address(header.row, number)})"
    text = f"{called} kendes ikke; kolonnen er ikke læst."
    header.unknown += [name] if name else []
    header.warnings.append(ImportFinding("unknown_column", text, header.row, name or None, address(header.row, number)))


def _normalised(row: int, column: ProfileColumn, value: Value) -> ImportFinding:
    text = f"Overskriften »{str(value).strip()[:60]}« er læst som {column.heading}."
    return ImportFinding("header_normalised", text, row, column.heading)


def _folded_cell(value: Value) -> str:
    """Fold a cell. Text in the wrong character set is folded as it was meant."""
    if not isinstance(value, str):
        return ""
    if "Ã" in value:
        try:
            return folded(value.encode("cp1252").decode("utf-8"))
        except UnicodeError:
            return folded(value)
    return folded(value)


def _width(cells: list[Value]) -> int:
    filled = [number for number, value in enumerate(cells, 1) if value not in ("", None)]
    return max(filled, default=0)
