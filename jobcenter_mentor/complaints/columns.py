"""Columns of the list of complaints (klager), as it is opened as a sheet."""

from jobcenter_mentor.citizens.protection import shown_name
from jobcenter_mentor.domain.complaint_codes import KINDS
from jobcenter_mentor.sheets import Column


def columns(reader: str) -> list[Column]:
    """Return the columns for a reader; a protected name is written as that reader may see it."""
    return [
        Column("Borger", lambda row: shown_name(row.citizen, reader), width=28),
        Column("Sag", lambda row: row.complaint.case_number, width=14),
        Column("Afgørelse", lambda row: KINDS[row.kind]),
        Column("Modtaget", lambda row: row.complaint.received_on, "date"),
        Column("For sent", lambda row: "Ja" if row.complaint.is_late else "", meaning="Kom efter klagefristen."),
        Column("Status", lambda row: row.stage, width=34),
        Column("Frist", lambda row: row.complaint.due_on, "date", "Den frist, der løber nu."),
        Column("Regel", lambda row: row.section if row.complaint.due_on else "", width=36),
        Column("Genvurderes senest", lambda row: row.complaint.review_due, "date", "Efter bekendtgørelsen."),
        Column("Genvurderet", lambda row: row.complaint.reviewed_on, "date"),
        Column("Borgeren svarer senest", lambda row: row.complaint.stand_due, "date", "Efter delvist medhold."),
        Column("Sendt videre", lambda row: row.complaint.forwarded_on, "date"),
        Column("Afgjort", lambda row: row.complaint.board_on, "date"),
        Column("Sagsbehandler", lambda row: row.caseworker or "Ingen"),
        Column("Klage-id", lambda row: row.complaint.public_id, meaning="Klagens id i systemet.", width=38),
    ]
