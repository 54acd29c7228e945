"""Columns of the list of complaints (klager) when it is opened as a sheet."""

from jobcenter_mentor.domain.kernel.complaint_codes import KINDS
from jobcenter_mentor.people.citizens.protection import shown_name
from jobcenter_mentor.platform.workbook import SheetColumn


def columns(reader: str) -> list[SheetColumn]:
    """Return the columns for a reader; a protected name is written as that reader may see it."""
    return [
        SheetColumn("Borger", lambda row: shown_name(row.citizen, reader), width=28),
        SheetColumn("Sag", lambda row: row.complaint.case_number, width=14),
        SheetColumn("Afgørelse", lambda row: KINDS[row.kind]),
        SheetColumn("Modtaget", lambda row: row.complaint.received_on, "date"),
        SheetColumn("For sent", lambda row: "Ja" if row.complaint.is_late else "", meaning="Kom efter klagefristen."),
        SheetColumn("Status", lambda row: row.stage, width=34),
        SheetColumn("Frist", lambda row: row.complaint.due_on, "date", "Den frist, der løber nu."),
        SheetColumn("Regel", lambda row: row.section if row.complaint.due_on else "", width=36),
        SheetColumn("Genvurderes senest", lambda row: row.complaint.review_due, "date", "Efter bekendtgørelsen."),
        SheetColumn("Genvurderet", lambda row: row.complaint.reviewed_on, "date"),
        SheetColumn("Borgeren svarer senest", lambda row: row.complaint.stand_due, "date", "Efter delvist medhold."),
        SheetColumn("Sendt videre", lambda row: row.complaint.forwarded_on, "date"),
        SheetColumn("Afgjort", lambda row: row.complaint.board_on, "date"),
        SheetColumn("Sagsbehandler", lambda row: row.caseworker or "Ingen"),
        SheetColumn("Klage-id", lambda row: row.complaint.public_id, meaning="Klagens id i systemet.", width=38),
    ]
