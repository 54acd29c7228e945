"""What is wrong or doubtful in a file, a row or a cell (fund). Every message is Danish and masks CPR numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jobcenter_mentor.domain.kernel.errors import ImportRejected
from jobcenter_mentor.domain.kernel.identifiers import HYPHENS

CPR_SHAPE = re.compile(rf"(?<!\d)(\d{{6}})[{HYPHENS} \u00a0]?\d{{4}}(?!\d)")
"""Ten digits that may be a CPR number; they are shown as 030483-****."""


@dataclass(frozen=True)
class ImportFinding:
    """One code of the contract with its message and place (fund): sheet row, heading and cell address."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None
    cell: str | None = None

    def as_file_error(self) -> dict[str, Any]:
        """Return an error of the file (fejl i filen) in the shape of the contract."""
        return {"code": self.code, "message": masked(self.message)}

    def as_row_error(self) -> dict[str, Any]:
        """Return an error of a row (fejl i en række) in the shape of the contract."""
        place = {"row": self.row, "column": self.column, "cell": self.cell}
        return place | {"code": self.code, "message": masked(self.message)}

    def as_warning(self) -> dict[str, Any]:
        """Return a warning (advarsel) in the shape of the contract. Row and column are None for the whole file."""
        return {"code": self.code, "row": self.row, "column": self.column, "message": masked(self.message)}


class FileRefused(ImportRejected):
    """The refusal of a whole file (afvist fil), with every reason found. Nothing of the file is read.

    `headings` are the unknown ones, where teaching their meaning may help; `sheets` are those to choose among.
    """

    def __init__(self, *findings: ImportFinding, headings: Sequence[str] = (), sheets: Sequence[str] = ()) -> None:
        super().__init__(" ".join(finding.message for finding in findings), code=findings[0].code)
        self.findings: Sequence[ImportFinding] = findings
        self.headings, self.sheets = headings, sheets


def refused(code: str, message: str) -> FileRefused:
    """Return the refusal of a file for one reason."""
    return FileRefused(ImportFinding(code, message))


def masked(text: str) -> str:
    """Mask CPR numbers in a message (maskering)."""
    return CPR_SHAPE.sub(r"\1-****", text)


def address(row: int, column: int) -> str:
    """Return the address of a cell (celleadresse): 4 and 1 give A4."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
