"""CSV: semicolon-separated text in UTF-8, UTF-16 or Windows-1252; every cell is text."""

import csv
import io

from jobcenter_mentor.imports.findings import refused
from jobcenter_mentor.imports.gate import NO_TEXT, Limits, too_big
from jobcenter_mentor.imports.sheets import Sheet, Value

ENCODING = "Filens tegnsæt kan ikke læses. Gem arket som CSV UTF-8 eller som .xlsx."
UNCLOSED = (
    "Et anførselstegn er ikke afsluttet, eller et felt er sat forkert i anførselstegn. Ret filen eller gem som .xlsx."
)
DELIMITER = "Felterne skal være adskilt med semikolon. Gem som CSV med semikolon eller som .xlsx."
HUGE = "Et felt i filen er usædvanlig langt. Et anførselstegn mangler måske. Ret filen eller gem som .xlsx."


def read_csv(content: bytes, limits: Limits) -> Sheet:
    """Læs filen. Raises FileRefused (csv_broken, csv_encoding, csv_delimiter, csv_field, too_many_...)."""
    text = decoded(content)
    if "\x00" in text:
        raise refused("csv_broken", NO_TEXT)
    first, _, rest = text.partition("\n")
    if first.strip().casefold() == "sep=;":
        text = rest
    _check_delimiter(text)
    rows: list[list[Value]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True):
            rows.append(list(row))
            if len(rows) > limits.rows + 1 and any(row):
                raise too_big(f"{limits.rows} rækker", "too_many_rows")
            if len(row) > limits.columns:
                raise too_big(f"{limits.columns} kolonner", "too_many_columns")
    except csv.Error as error:
        raise refused("csv_field", HUGE) if "limit" in str(error) else refused("csv_broken", UNCLOSED) from error
    return Sheet(None, rows, typed=False)


def decoded(content: bytes) -> str:
    """Afkod teksten by its byte order mark, else as UTF-16 where every other byte is zero, UTF-8 or Windows-1252."""
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


def _check_delimiter(text: str) -> None:
    """Refuse a file whose first line is split by commas, tabs or bars."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    if ";" not in heading and any(heading.count(mark) > 1 for mark in ",\t|"):
        raise refused("csv_delimiter", DELIMITER)
