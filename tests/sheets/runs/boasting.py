"""Workbooks of a few bytes that make a careless reader ask for gigabytes (pralende filer)."""

import re

from tests.sheets.runs.sheets import SHEET, altered

FAR_AWAY = {
    "the last cell": (b'<row r="9"><c r="XFD1048576"><v>1</v></c></row>', "too_many_columns"),
    "the last cell in small letters": (b'<row r="9"><c r="xfd1048576"><v>1</v></c></row>', "too_many_columns"),
    "the last cell behind a sign": (b'<row r="9"><c a=">" r="XFD1048576"><v>1</v></c></row>', "too_many_columns"),
    "a column past all": (b'<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>', "too_many_columns"),
    "a last row without addresses": (b'<row r="1048576">' + b"<c><v>1</v></c>" * 50 + b"</row>", "too_many_rows"),
    "cells without addresses": (b'<row r="9">' + b"<c><v>1</v></c>" * 16_000 + b"</row>", "too_many_columns"),
}
"""Rows for which a reader would make room for every cell above and before them, with the code they must get."""


def boasts(whole: bytes) -> dict[str, tuple[bytes, str]]:
    """Return each file with its code, made of a sound one."""
    made = {
        "texts by the thousand million": (altered(whole, {"xl/sharedStrings.xml": _boasting}), "xml_broken"),
        "two sheets of one name": (altered(whole, {"xl/workbook.xml": _named_twice}), "xml_broken"),
    }
    for what, (row, code) in FAR_AWAY.items():
        end = row + b"</sheetData>"
        made[what] = (altered(whole, {SHEET: lambda part, end=end: part.replace(b"</sheetData>", end)}), code)
    return made


def _boasting(part: bytes) -> bytes:
    return re.sub(rb'uniqueCount="[0-9]+"', b'uniqueCount="4294967295"', part)


def _named_twice(part: bytes) -> bytes:
    return re.sub(rb"<sheet [^>]*/>", lambda found: found[0] * 2, part)
