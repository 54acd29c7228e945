"""Find what the reader of values leaves out (mærker): formulas, error cells, hidden rows and cells far away.

The XML of the sheet is searched as bytes first. Only a sheet that has something of the kind is walked through.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from jobcenter_mentor.sheets.intake.gate import Limits, too_big

_NOTABLE = tuple(
    re.compile(pattern)
    for pattern in (rb"<f[\s/>]", rb":f[\s/>]", rb'"e"', rb"'e'", rb"""hidden\s*=\s*["'](?:1|true)["']""")
)
"""Patterns of formulas, cells of type e (errors) and hidden parts.

Each begins with two characters or more, which are found fast. A sheet without any of them is not walked through.
"""
_ADDRESSED = b'<c r="'
_CELL = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")
_FAR_RIGHT = re.compile(rb'<c r="([A-Za-z]{2,})')
_FAR_DOWN = rb'<c r="[A-Za-z]+(?:%s)"'
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)", re.IGNORECASE | re.ASCII)
ROWS_ABOVE = 20
"""How many rows above the data a sheet may have before the row limit counts them."""


@dataclass
class Marks:
    """What is marked in a sheet (mærker), by row and column from 1. A formula is True where Excel stored its value."""

    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0
    hidden_columns: int = 0
    comments: bool = False


def marks_of(content: bytes, limits: Limits) -> Marks:
    """Find the marks (mærker) in the XML of a sheet. Raises FileRefused where a cell lies beyond the limits.

    The reader of values makes room for every cell up to the last one, so a cell far away must not reach it.
    """
    notable = any(pattern.search(content) for pattern in _NOTABLE)
    if not notable and _is_addressed(content) and not _may_reach_too_far(content, limits):
        return Marks()
    walk = _SheetWalk(limits)
    walk.parser.Parse(content, True)
    return walk.marks


def _is_addressed(content: bytes) -> bool:
    """Tell whether every cell begins with its address, as Excel and LibreOffice write it."""
    plain = content.count(_ADDRESSED)
    if b":c" not in content and content.count(b"<c") == plain + content.count(b"<col"):
        return True
    return sum(1 for _ in _CELL.finditer(content)) == plain


def _may_reach_too_far(content: bytes, limits: Limits) -> bool:
    """Tell whether a cell has an address beyond the limits, even an empty cell."""
    if any(column_number(found[1].decode()) > limits.columns for found in _FAR_RIGHT.finditer(content)):
        return True
    return bool(re.search(_FAR_DOWN % _digits_above(limits.rows + ROWS_ABOVE), content))


def _digits_above(number: int) -> bytes:
    """Return a pattern of digits for the numbers above one: above 28 are 29, 3-9 with any digit, and three digits."""
    digits = str(number)
    parts = [f"0*[1-9][0-9]{{{len(digits)},}}"]
    for at, digit in enumerate(digits):
        if digit != "9":
            parts.append(f"0*{digits[:at]}[{int(digit) + 1}-9][0-9]{{{len(digits) - at - 1}}}")
    return "|".join(parts).encode()


def column_number(letters: str) -> int:
    """Return the number of a column (kolonnenummer): A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class _SheetWalk:
    """One walk through a sheet, which remembers its current cell and collects the marks.

    A cell without an address stands beside the one before it, in the same row.
    """

    def __init__(self, limits: Limits) -> None:
        self.marks, self.limits = Marks(), limits
        self.row, self.cell = 0, (0, 0)
        self.kind, self.text = "", ""
        self.has_formula = self.in_value = self.has_value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r") or self.row + 1)
            self.cell = (self.row, 0)
            self.marks.hidden_rows += _is_hidden(attributes)
        elif name == "col":
            width = int(attributes.get("max", 1)) - int(attributes.get("min", 1)) + 1
            self.marks.hidden_columns += width if _is_hidden(attributes) else 0
        elif name == "c":
            at = _ADDRESS.fullmatch(attributes.get("r", ""))
            self.cell = (int(at[2]), column_number(at[1])) if at else (self.row, self.cell[1] + 1)
            self.kind, self.text, self.has_formula, self.has_value = attributes.get("t", ""), "", False, False
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "t", "is"}:
            self.in_value = self.has_value = True
            self._hold_limits()

    def _hold_limits(self) -> None:
        row, column = self.cell
        if column > self.limits.columns:
            raise too_big(f"{self.limits.columns} kolonner", "too_many_columns")
        if row > self.limits.rows + ROWS_ABOVE:
            raise too_big(f"{self.limits.rows} rækker", "too_many_rows")

    def _characters(self, text: str) -> None:
        if self.in_value:
            self.text += text

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"v", "t"}:
            self.in_value = False
        elif name == "c":
            self._note(self.cell)

    def _note(self, place: tuple[int, int]) -> None:
        if self.kind == "e":
            self.marks.errors[place] = self.text
        elif self.has_formula:
            self.marks.formulas[place] = bool(self.text) or (self.kind == "str" and self.has_value)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden", "") in {"1", "true"}
