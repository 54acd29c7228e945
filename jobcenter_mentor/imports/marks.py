"""Mærker i et ark: what the reader of values doesn't tell - formulas, error cells, hidden rows, cells far away.

The sheet's XML is searched as bytes first; only a sheet that holds something of the kind is walked through.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from jobcenter_mentor.imports.findings import refused
from jobcenter_mentor.imports.gate import Limits, too_big
from jobcenter_mentor.imports.package import DAMAGED

_NOTABLE = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']|\bhidden\s*=\s*["'](?:1|true)["']""")
_FAR_COLUMN = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Z]{2,})[0-9]+["'][^<>]*[^/<>]>""")
_FAR_ROW = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["'][A-Z]+([0-9]{4,})["'][^<>]*[^/<>]>""")
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
    if _ODD_ADDRESS.search(content):
        raise refused("xml_broken", DAMAGED)
    if any(column_number(found[1].decode()) > limits.columns for found in _FAR_COLUMN.finditer(content)):
        raise too_big(f"{limits.columns} kolonner", "too_many_columns")
    if any(int(found[1]) > limits.rows + ROWS_ABOVE for found in _FAR_ROW.finditer(content)):
        raise too_big(f"{limits.rows} rækker", "too_many_rows")
    if not _NOTABLE.search(content):
        return Marks()
    walk = _Walk()
    walk.parser.Parse(content, True)
    return walk.marks


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
