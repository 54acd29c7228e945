"""Borgerlistens kolonner, as the list is opened as a sheet."""

from jobcenter_mentor.citizens.protection import shown_name
from jobcenter_mentor.domain.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.sheets import Column


def columns(reader: str) -> list[Column]:
    """Kolonnerne for en læser; a protected name is written as that reader may see it."""
    return [
        Column("Navn", lambda row: shown_name(row, reader), width=28),
        Column("Født", lambda row: row.birth_date, "date"),
        Column("Målgruppe", lambda row: BENEFITS.get(row.benefit, "Ikke registreret")),
        Column("Visitation", lambda row: VISITATIONS.get(row.visitation, "Ingen")),
        Column("Siden", lambda row: row.since, "date", "Den dag, målgruppe og visitation gælder fra."),
        Column("Team", lambda row: row.team),
        Column("Sagsbehandler", lambda row: row.caseworker or "Ingen"),
        Column("Borger-id", lambda row: row.public_id, meaning="Borgerens id i systemet, som i sidens adresse."),
    ]
