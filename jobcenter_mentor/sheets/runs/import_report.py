"""Rapporten om et ark: what a check found, whole for machines and short for keeping."""

import json
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from jobcenter_mentor.sheets.intake.findings import ImportFinding, masked
from jobcenter_mentor.sheets.intake.row_check import CHANGED, NEW, UNCHANGED, SheetRow, Unknown, capital
from jobcenter_mentor.sheets.kinds.registry import Taker

FAULTY = "faulty"
STATUSES = {NEW: "ny", CHANGED: "ændret", UNCHANGED: "uændret", FAULTY: "med fejl"}
PREVIEWED = 50
"""Rows of each status that a page shows."""


@dataclass
class ImportCheck:
    """Kontrolleret fil: the report of the contract, and the rows it was made of (none when the file is refused).

    `unknown` are headings of the sheet that nobody knows, `values` the same of choices (field, text), `sheets` those
    to choose among. `taker` has compared the rows with what is kept; `since` are rows that have changed after an
    earlier check, `unattended` how many new ones get no caseworker.
    """

    report: dict[str, Any]
    rows: list[SheetRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    taker: Taker | None = None
    sheets: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    since: list[ImportFinding] = field(default_factory=list)
    unattended: int = 0

    @property
    def accepted(self) -> list[SheetRow]:
        """Rækker uden fejl."""
        return [row for row in self.rows if not row.errors]

    def whole_report(self) -> dict[str, Any]:
        """Rapporten med forhåndsvisning: what was read of every row, as `import --json` prints it."""
        shown = [{"row": row.number, "values": row.shown()} for row in self.rows if row.values]
        return self.report | {"preview": shown}

    def preview(self) -> str:
        """Det, siden viser, som JSON: the first rows of each status, and the headings nobody knows."""
        shown: dict[str, list[dict[str, Any]]] = {CHANGED: [], NEW: [], UNCHANGED: []}
        for row in self.accepted:
            if len(shown[row.status]) < PREVIEWED:
                shown[row.status].append({"row": row.place, "values": row.told(), "changes": row.changes})
        asked = {"unknown": self.unknown, "values": self.values, "sheets": self.sheets}
        asked |= {"unattended": self.unattended}
        return json.dumps({"rows": shown, "promise": self.promise()} | asked, ensure_ascii=False)

    def promise(self) -> dict[str, str]:
        """Return what the check says of each row that isn't simply new; taking in must find the same."""
        return {row.called: said for row in self.rows if (said := _said_of(row)) != NEW}

    def hold(self, promise: dict[str, str]) -> None:
        """Tell of the rows that are no longer as an earlier check promised (`changed_since`)."""
        for row in self.rows:
            then, now = promise.get(row.called, NEW), _said_of(row)
            if then != now:
                was, is_now = (STATUSES[said.partition(" ")[0]] for said in (then, now))
                text = f"{capital(row.called)} er ikke længere, som kontrollen viste: den var {was} og er nu {is_now}."
                if was == is_now:
                    text = f"{capital(row.called)} er ikke længere, som kontrollen viste: ændringen er blevet en anden."
                self.since.append(ImportFinding("changed_since", text, row.number))
        self.report["warnings"] = [*(finding.as_warning() for finding in self.since), *self.report["warnings"]]
        if self.since and self.report["status"] == "accept":
            self.report["status"] = "accept_with_warning"


def _said_of(row: SheetRow) -> str:
    if row.errors:
        return FAULTY
    if row.status != CHANGED:
        return row.status
    return f"{CHANGED} {sha256(json.dumps(row.changes).encode()).hexdigest()[:16]}"


def empty_report(file_name: str, kind: str) -> dict[str, Any]:
    """Return the report of a file that nothing is known of yet."""
    counts = {"read": 0, "new": 0, "changed": 0, "unchanged": 0, "rejected": 0}
    return {
        "file": file_name,
        "kind": kind,
        "sheet": None,
        "status": "accept",
        "file_errors": [],
        "row_errors": [],
        "warnings": [],
        "rows": counts,
        "valid_rows": [],
        "applied": False,
        "preview": [],
    }


def filled(report: dict[str, Any], rows: list[SheetRow], notes: list[ImportFinding]) -> dict[str, Any]:
    """Fill in what the rows hold, and notes on the file."""
    sound = [row for row in rows if not row.errors]
    counts = Counter(row.status for row in sound)
    report["row_errors"] = [finding.as_row_error() for row in rows for finding in row.errors]
    warnings = [*notes, *(finding for row in rows for finding in row.warnings)]
    report["warnings"] = [finding.as_warning() for finding in warnings]
    report["rows"] = {
        "read": len(rows),
        "new": counts[NEW],
        "changed": counts[CHANGED],
        "unchanged": counts[UNCHANGED],
        "rejected": len(rows) - len(sound),
    }
    report["valid_rows"] = [row.number for row in sound]
    status = "accept_with_warning" if warnings else "accept"
    report["status"] = "reject_rows" if report["row_errors"] else status
    return report


def short(report: dict[str, Any]) -> dict[str, Any]:
    """The report as it is kept: the first thousand findings, how many there were, and of the right rows the count."""
    found = {"errors": len(report["row_errors"]), "warnings": len(report["warnings"])}
    cut = {"row_errors": report["row_errors"][:1000], "warnings": report["warnings"][:1000]}
    return report | cut | {"preview": [], "valid_rows": report["valid_rows"][:1], "found": found}


def told_values(values: Unknown) -> list[tuple[str, str]]:
    """Give field and text of the values that may be taught, the first few of each column, without CPR numbers."""
    return [(name, text[:100]) for name, found in values.items() for text in list(found)[:20] if masked(text) == text]
