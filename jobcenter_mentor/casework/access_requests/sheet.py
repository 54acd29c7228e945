"""Columns of the list of access requests (anmodninger om aktindsigt) when it is opened as a sheet."""

from jobcenter_mentor.people.citizens.protection import shown_name
from jobcenter_mentor.platform.workbook import SheetColumn


def columns(reader: str) -> list[SheetColumn]:
    """Return the columns for a reader; a protected name is written as that reader may see it."""
    return [
        SheetColumn("Borger", lambda row: shown_name(row.citizen, reader), width=28),
        SheetColumn("Sag", lambda row: row.request.case_number or "Alle", width=14),
        SheetColumn("Modtaget", lambda row: row.request.received_on, "date"),
        SheetColumn("Svar senest", lambda row: row.request.answer_by, "date"),
        SheetColumn("Besvaret", lambda row: row.request.approved_on, "date"),
        SheetColumn("Status", lambda row: row.stage, width=28),
        SheetColumn(
            "Anmodnings-id", lambda row: row.request.public_id, meaning="Anmodningens id i systemet.", width=38
        ),
    ]
