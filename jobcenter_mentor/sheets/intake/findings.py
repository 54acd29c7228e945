"""Fund: what is wrong with a file, a row or a cell, or worth a warning; every message is Danish and masks CPR."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jobcenter_mentor.domain.kernel.errors import ImportRejected
from jobcenter_mentor.domain.kernel.identifiers import HYPHENS

CPR_SHAPE = re.compile(rf"(?<!\d)(\d{{6}})[{HYPHENS} \u00a0]?\d{{4}}(?!\d)")
"""Ten digits that may be a CPR number; six and four are shown as 030483-****."""


@dataclass(frozen=True)
class ImportFinding:
    """Fund: one code of the contract with its message, and where: sheet row, heading and cell address."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None
    cell: str | None = None

    def as_file_error(self) -> dict[str, Any]:
        """Fejl i filen, as the contract writes it."""
        return {"code": self.code, "message": masked(self.message)}

    def as_row_error(self) -> dict[str, Any]:
        """Fejl i en række, as the contract writes it."""
        place = {"row": self.row, "column": self.column, "cell": self.cell}
        return place | {"code": self.code, "message": masked(self.message)}

    def as_warning(self) -> dict[str, Any]:
        """Advarsel, as the contract writes it; row and column are None for the whole file."""
        return {"code": self.code, "row": self.row, "column": self.column, "message": masked(self.message)}


class FileRefused(ImportRejected):
    """Filen er afvist: nothing of it is read; carries every reason found.

    `headings` are those nobody knows, where teaching what they mean may help; `sheets` those to choose among.
    """

    def __init__(self, *findings: ImportFinding, headings: Sequence[str] = (), sheets: Sequence[str] = ()) -> None:
        super().__init__(" ".join(finding.message for finding in findings), code=findings[0].code)
        self.findings: Sequence[ImportFinding] = findings
        self.headings, self.sheets = headings, sheets


def refused(code: str, message: str) -> FileRefused:
    """Return the refusal of a file for one reason."""
    return FileRefused(ImportFinding(code, message))


def masked(text: str) -> str:
    """Maskér CPR-numre in a message."""
    return CPR_SHAPE.sub(r"\1-****", text)


def address(row: int, column: int) -> str:
    """Celleadresse: 4 and 1 give A4."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
