"""Kolonner for forløbslisten og godkendelserne, as they are opened as sheets."""

from datetime import date

from jobcenter_mentor.citizens.protection import shown_name
from jobcenter_mentor.sheets import Column


def columns(reader: str, on: date) -> list[Column]:
    """Kolonnerne for en læser en dag; a protected name is written as that reader may see it."""
    return [
        Column("Borger", lambda row: shown_name(row, reader), width=28),
        Column("Sag", lambda row: row.case_number, width=14),
        Column("Status", lambda row: row.status_on(on).label, meaning=f"Forløbets status den {on:%d.%m.%Y}."),
        Column("Retsgrundlag", lambda row: row.legal_basis or "Ikke vurderet"),
        Column("Ret og pligt", lambda row: "Ja" if row.right_and_duty else ""),
        Column("Mentor", lambda row: row.mentor or "Mangler", width=28),
        Column("Timer/uge", lambda row: row.minutes, "hours", "Bevilgede timer om ugen den dag, arket er lavet."),
        Column("Begynder", lambda row: row.start, "date"),
        Column("Slutter", lambda row: row.last_day, "date"),
        Column("Team", lambda row: row.team),
        Column("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet, som i sidens adresse."),
    ]


DECISIONS = {
    "grant": "Bevilling",
    "refusal": "Afslag",
    "change": "Ændring",
    "end": "Ophør",
    "hours": "Ændring af timer",
    "extension": "Forlængelse",
    "ending": "Ophør",
    "mentor": "Valg af mentor",
    "substitute": "Valg af vikar",
}
"""What each kind of decision is called."""
WAITING = [
    Column("Borger", lambda row: row.decision.citizen.initials, width=10),
    Column("Sag", lambda row: row.decision.case_number, width=14),
    Column("Afgørelse", lambda row: DECISIONS[row.decision.kind]),
    Column("Lovvurdering", lambda row: row.assessment.verdict, meaning="Vurderingen efter loven.", width=40),
    Column("Timer/uge", lambda row: row.decision.minutes_per_week, "hours"),
    Column("Første dag", lambda row: row.decision.start, "date"),
    Column("Sidste dag", lambda row: row.decision.last_day, "date"),
    Column("Indstillet af", lambda row: row.proposer, width=28),
    Column("Indstillet den", lambda row: row.decision.proposed_on, "date"),
    Column("Ventet, dage", lambda row: row.days, "whole", "Dage siden indstillingen."),
    Column("Afgørelses-id", lambda row: row.decision.public_id, meaning="Afgørelsens id i systemet.", width=38),
]
