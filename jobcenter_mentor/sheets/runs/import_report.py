"""Rapporten om et ark: what a check found, whole for machines and short for keeping."""

from collections import Counter
from typing import Any

from jobcenter_mentor.sheets.intake.findings import ImportFinding
from jobcenter_mentor.sheets.intake.row_check import CHANGED, NEW, UNCHANGED, SheetRow


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
