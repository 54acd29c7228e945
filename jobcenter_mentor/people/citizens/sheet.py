"""The columns of the list of citizens, opened as a sheet."""

from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.people.citizens.protection import shown_name
from jobcenter_mentor.platform.workbook import SheetColumn


def columns(reader: str) -> list[SheetColumn]:
    """Return the columns for a reader; a protected name is written as that reader may see it."""
    return [
        SheetColumn("Navn", lambda row: shown_name(row, reader), width=28),
        SheetColumn("Født", lambda row: row.birth_date, "date"),
        SheetColumn("Målgruppe", lambda row: BENEFITS.get(row.benefit, "Ikke registreret")),
        SheetColumn("Visitation", lambda row: VISITATIONS.get(row.visitation, "Ingen")),
        SheetColumn("Siden", lambda row: row.since, "date", "Den dag, målgruppe og visitation gælder fra."),
        SheetColumn("Team", lambda row: row.team),
        SheetColumn("Sagsbehandler", lambda row: row.caseworker or "Ingen"),
        SheetColumn("Borger-id", lambda row: row.public_id, meaning="Borgerens id i systemet, som i sidens adresse."),
    ]
