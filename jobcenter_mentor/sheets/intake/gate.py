"""Recognise a file by its first bytes and name (port), and refuse what can't be read before any parser sees it."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from jobcenter_mentor.sheets.intake.findings import FileRefused, refused

ZIP, EMPTY_ZIP, OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*<(?:!doctype html|html|table|\?xml)", re.IGNORECASE)
_RIGHTS_MANAGED = ("DRMEncryptedDataSpace", "DRMEncryptedTransform", "DRMContent")
"""Streams in a file that is protected by rights management, whether an .xlsx or an old format."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"SQLite")

EMPTY = "Filen er tom."
NOT_EXCEL = "Filen er ikke en Excel-fil (.xlsx). Gem den som Excel-projektmappe og prøv igen."
IS_EXCEL = "Filen er en Excel-fil; giv den endelsen .xlsx."
OLD = "Filtypen kan ikke læses. Gem som almindelig .xlsx."
PASSWORD = "Filen er beskyttet med adgangskode. Fjern den og prøv igen."  # noqa: S105 - a sentence
LABELLED = "Filen er beskyttet af en følsomhedsmærkat og kan ikke læses. Gem en kopi uden beskyttelse, og prøv igen."
NO_TEXT = "Filen er ikke en CSV-fil. Gem arket som .xlsx eller som CSV UTF-8 og prøv igen."


MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The limits of a file (grænser): bytes as sent and unpacked, zip entries, data rows, columns, signs of a cell."""

    size: int = MOST_BYTES
    unpacked: int = 100 * 1024 * 1024
    entries: int = 1000
    rows: int = 10_000
    columns: int = 100
    cell: int = 4000


def too_big(limit: str, code: str = "too_big") -> FileRefused:
    """Return the refusal of a file that exceeds a limit; the message names the limit."""
    return refused(code, f"Filen er for stor (grænse {limit}). Del den i flere.")


def admit(file_name: str, content: bytes, limits: Limits) -> str:
    """Let a file in (port) and return "xlsx" or "csv". Raises FileRefused with the code of the contract."""
    bare = content
    for bom in _BOMS:
        bare = bare.removeprefix(bom)
    if not bare.strip(b" \t\r\n\x00\x0b\x0c;"):
        raise refused("empty_file", EMPTY)
    if len(content) > limits.size:
        raise too_big(f"{limits.size // (1024 * 1024)} MB")
    ending = PurePath(file_name).suffix.casefold()
    if content.startswith(OLE):
        if any(name.encode("utf-16-le") in content for name in _RIGHTS_MANAGED):
            raise refused("encrypted", LABELLED)
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise refused("encrypted", PASSWORD) if encrypted else refused("old_format", OLD)
    if ending in {".csv", ".txt"}:
        return _admit_text(content)
    if content.startswith((ZIP, EMPTY_ZIP)):
        return "xlsx"
    if ending in {".xls", ".xlsb", ".xlt"}:
        raise refused("old_format", OLD)
    raise refused("not_xlsx", NOT_EXCEL)


def _admit_text(content: bytes) -> str:
    if content.startswith((ZIP, EMPTY_ZIP)):
        raise refused("csv_broken", IS_EXCEL)
    if content.startswith(_PICTURES) or _HTML.match(content):
        raise refused("csv_broken", NO_TEXT)
    return "csv"
