"""The columns of the waiting list (venteliste) when it is opened as a sheet."""

from datetime import date
from typing import Any

from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.people.citizens.protection import shown_name
from jobcenter_mentor.platform.workbook import SheetColumn


def columns(reader: str, on: date) -> list[SheetColumn]:
    """Return the columns for a reader on a day; a protected name is written as that reader may see it."""

    def status(row: Any) -> str:
        if row.closed_on:
            return str(row.closed_reason) or "Afgjort"
        return "Første dag er passeret" if row.start < on else "Venter"

    return [
        SheetColumn("Sag", lambda row: row.case_number, width=14),
        SheetColumn("Borger", lambda row: shown_name(row, reader), width=28),
        SheetColumn("Henvist", lambda row: row.referred_on, "date"),
        SheetColumn(
            "Ventet, dage", lambda row: row.waited_days, "whole", "Fra henvisningen til i dag eller til afgørelsen."
        ),
        SheetColumn("Første dag", lambda row: row.start, "date"),
        SheetColumn("Timer/uge", lambda row: row.minutes_per_week, "hours"),
        SheetColumn("Mentortype", lambda row: MENTOR_TYPES[row.mentor_type], width=28),
        SheetColumn("Sagsbehandler", lambda row: row.caseworker or "Ingen"),
        SheetColumn("Status", status, width=24),
        SheetColumn("Henvisnings-id", lambda row: row.public_id, meaning="Henvisningens id i systemet."),
    ]
