"""The columns of letters that are not sent, opened as a sheet."""

from collections.abc import Mapping

from jobcenter_mentor.people.citizens.protection import shown_name
from jobcenter_mentor.platform.workbook import SheetColumn


def columns(reader: str, channels: Mapping[str, str]) -> list[SheetColumn]:
    """Return the columns for a reader; a protected name is written as that reader may see it."""
    return [
        SheetColumn("Brev", lambda row: row.title, width=44),
        SheetColumn("Dateret", lambda row: row.dated, "date"),
        SheetColumn("Borger", lambda row: shown_name(row, reader), width=28),
        SheetColumn("Sendes som", lambda row: channels[row.channel], meaning="Den måde, der foreslås."),
        SheetColumn("Brev-id", lambda row: row.public_id, meaning="Brevets id i systemet.", width=38),
    ]
