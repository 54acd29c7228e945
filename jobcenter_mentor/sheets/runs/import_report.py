"""The report on a sheet (indlæsningens rapport), whole for machines and short for storing."""

from collections import Counter
from typing import Any

from jobcenter_mentor.sheets.intake.findings import ImportFinding
from jobcenter_mentor.sheets.intake.row_check import CHANGED, NEW, UNCHANGED, SheetRow


def empty_report(file_name: str, kind: str) -> dict[str, Any]:
    """Return the report of a file that has not been read yet."""
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
    """Fill in the results of the rows, and notes on the file."""
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
    """Return the report as it is stored, with the first thousand errors and warnings and the number of each.

    Of the valid rows only the first is listed.
    """
    found = {"errors": len(report["row_errors"]), "warnings": len(report["warnings"])}
    cut = {"row_errors": report["row_errors"][:1000], "warnings": report["warnings"][:1000]}
    return report | cut | {"preview": [], "valid_rows": report["valid_rows"][:1], "found": found}
