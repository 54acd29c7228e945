"""Mærker i et ark: what the reader of values doesn't tell - formulas, error cells, hidden rows, cells far away.

The sheet's XML is searched as bytes first; only a sheet that holds something of the kind is walked through.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from jobcenter_mentor.imports.findings import refused
from jobcenter_mentor.imports.gate import Limits, too_big
from jobcenter_mentor.imports.package import DAMAGED

_NOTABLE = tuple(
    re.compile(pattern)
    for pattern in (rb"<f[\s/>]", rb":f[\s/>]", rb"""t\s*=\s*["']e["']""", rb"""hidden\s*=\s*["'](?:1|true)["']""")
)
"""Each begins with a letter or a sign that is found fast; a sheet without any is not walked through."""
_PERHAPS_FAR_RIGHT = re.compile(rb"""r\s*=\s*["'][A-Z]{2}""")
_FAR_RIGHT = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Z]{2,})[0-9]+["'][^<>]*[^/<>]>""")
_FAR_DOWN = rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["'][A-Z]+(?:%s)["'][^<>]*[^/<>]>"""
_PERHAPS_FAR_DOWN = rb"""r\s*=\s*["'][A-Z]+(?:%s)["']"""
_ODD_ADDRESS = re.compile(rb"""\br\s*=\s*["'][^"'<>]{0,40}&""")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ROWS_ABOVE = 20
"""How many rows above the data a sheet may have before the row limit counts them."""


@dataclass
class Marks:
    """Mærker: by sheet row and column from 1; a formula is True where Excel stored its value."""

    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0
    hidden_columns: int = 0
    comments: bool = False


def marks_of(content: bytes, limits: Limits) -> Marks:
    """Find mærkerne in the XML of a sheet. Raises FileRefused where a cell lies beyond the limits."""
    if b"&" in content and _ODD_ADDRESS.search(content):
        raise refused("xml_broken", DAMAGED)
    if _reaches_too_far_right(content, limits.columns):
        raise too_big(f"{limits.columns} kolonner", "too_many_columns")
    if _reaches_too_far_down(content, limits.rows + ROWS_ABOVE):
        raise too_big(f"{limits.rows} rækker", "too_many_rows")
    if not any(pattern.search(content) for pattern in _NOTABLE):
        return Marks()
    walk = _Walk()
    walk.parser.Parse(content, True)
    return walk.marks


def _reaches_too_far_right(content: bytes, columns: int) -> bool:
    """Tell whether a cell that holds something stands beyond the last column allowed."""
    if not _PERHAPS_FAR_RIGHT.search(content):
        return False
    return any(column_number(found[1].decode()) > columns for found in _FAR_RIGHT.finditer(content))


def _reaches_too_far_down(content: bytes, rows: int) -> bool:
    """Tell whether a cell that holds something stands beyond the last row allowed."""
    above = _digits_above(rows)
    return bool(re.search(_PERHAPS_FAR_DOWN % above, content)) and bool(re.search(_FAR_DOWN % above, content))


def _digits_above(number: int) -> bytes:
    """Write the numbers above one as a pattern of digits: above 28 are 29, 3-9 with any digit, and three digits."""
    digits = str(number)
    parts = [f"0*[1-9][0-9]{{{len(digits)},}}"]
    for at, digit in enumerate(digits):
        if digit != "9":
            parts.append(f"0*{digits[:at]}[{int(digit) + 1}-9][0-9]{{{len(digits) - at - 1}}}")
    return "|".join(parts).encode()


def column_number(letters: str) -> int:
    """Kolonnens nummer: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Walk:
    """One walk through a sheet: keeps the cell it is in, and what was notable."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row = self.column = 0
        self.kind, self.text = "", ""
        self.has_formula = self.in_value = self.has_value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
            self.marks.hidden_rows += _is_hidden(attributes)
        elif name == "col":
            width = int(attributes.get("max", 1)) - int(attributes.get("min", 1)) + 1
            self.marks.hidden_columns += width if _is_hidden(attributes) else 0
        elif name == "c":
            at = _ADDRESS.fullmatch(attributes.get("r", ""))
            self.column = column_number(at[1]) if at else self.column + 1
            self.row = int(at[2]) if at else self.row
            self.kind, self.text, self.has_formula, self.has_value = attributes.get("t", ""), "", False, False
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "t"}:
            self.in_value = self.has_value = True

    def _characters(self, text: str) -> None:
        if self.in_value:
            self.text += text

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"v", "t"}:
            self.in_value = False
        elif name == "c":
            self._note((self.row, self.column))

    def _note(self, place: tuple[int, int]) -> None:
        if self.kind == "e":
            self.marks.errors[place] = self.text
        elif self.has_formula:
            self.marks.formulas[place] = bool(self.text) or (self.kind == "str" and self.has_value)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden", "") in {"1", "true"}
