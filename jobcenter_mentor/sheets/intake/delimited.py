"""Read CSV files (tekstfil): text separated by semicolons in UTF-8, UTF-16 or Windows-1252. Every cell is text."""

import csv
import io
from collections.abc import Collection
from itertools import islice

from jobcenter_mentor.sheets.intake.findings import refused
from jobcenter_mentor.sheets.intake.gate import NO_TEXT, Limits, too_big
from jobcenter_mentor.sheets.intake.headings import folded
from jobcenter_mentor.sheets.intake.marks import ROWS_ABOVE
from jobcenter_mentor.sheets.intake.workbook_sheets import ImportSheet, Value

DELIMITERS = ";,\t|"
LINES_SEARCHED, SURELY = 1000, 5
"""How many lines may hold the headings, and how many known headings leave no doubt."""

ENCODING = "Filens tegnsæt kan ikke læses. Gem arket som CSV UTF-8 eller som .xlsx."
UNCLOSED = (
    "Et anførselstegn er ikke afsluttet, eller et felt er sat forkert i anførselstegn. Ret filen eller gem som .xlsx."
)
DELIMITER = "Felterne skal være adskilt med semikolon. Gem som CSV med semikolon eller som .xlsx."
HUGE = "Et felt i filen er usædvanlig langt. Et anførselstegn mangler måske. Ret filen eller gem som .xlsx."


def read_csv(content: bytes, limits: Limits, headings: Collection[str]) -> ImportSheet:
    """Read the file (tekstfil); `headings` are the known ones, folded. Raises FileRefused (csv_..., too_many_...)."""
    text = decoded(content)
    if "\x00" in text:
        raise refused("csv_broken", NO_TEXT)
    first, _, rest = text.partition("\n")
    if first.strip().casefold() == "sep=;":
        text = rest
    _check_delimiter(text, headings)
    rows: list[list[Value]] = []
    filled = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True):
            rows.append(list(row))
            filled += any(row)
            if filled > limits.rows + ROWS_ABOVE or len(rows) > limits.rows * 10:
                raise too_big(f"{limits.rows} rækker", "too_many_rows")
            if len(row) > limits.columns:
                raise too_big(f"{limits.columns} kolonner", "too_many_columns")
    except csv.Error as error:
        raise refused("csv_field", HUGE) if "limit" in str(error) else refused("csv_broken", UNCLOSED) from error
    return ImportSheet(None, rows, typed=False)


def decoded(content: bytes) -> str:
    """Decode the text (afkodning) by its byte order mark.

    Without one it is UTF-16 where every other byte is zero, otherwise UTF-8 or Windows-1252.
    """
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        sample = content[:2000]
        if len(sample) > 3 and sample[1::2].count(0) > len(sample) // 4:
            return content.decode("utf-16-le")
        if len(sample) > 3 and sample[::2].count(0) > len(sample) // 4:
            return content.decode("utf-16-be")
    except UnicodeDecodeError as error:
        raise refused("csv_encoding", ENCODING) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(content)


def _windows(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refused("csv_encoding", ENCODING) from error


def _check_delimiter(text: str, headings: Collection[str]) -> None:
    """Refuse a file whose heading row is separated by commas, tabs or bars.

    Lines above the heading row do not matter.
    """
    best, most = ";", 0
    for line in islice(io.StringIO(text), LINES_SEARCHED):
        if most >= SURELY:
            break
        for mark in DELIMITERS:
            count = len({folded(part.strip('"')) for part in line.split(mark)}.intersection(headings))
            if count > max(most, 1):
                best, most = mark, count
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    if best != ";" or (not most and ";" not in first and any(first.count(mark) > 1 for mark in DELIMITERS)):
        raise refused("csv_delimiter", DELIMITER)
