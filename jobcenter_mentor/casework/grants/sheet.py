"""The columns of the list of courses and of the approvals when they are opened as sheets."""

from datetime import date

from jobcenter_mentor.people.citizens.protection import shown_name
from jobcenter_mentor.platform.workbook import SheetColumn


def columns(reader: str, on: date) -> list[SheetColumn]:
    """Return the columns for a reader on a day; a protected name is written as that reader may see it."""
    return [
        SheetColumn("Borger", lambda row: shown_name(row, reader), width=28),
        SheetColumn("Sag", lambda row: row.case_number, width=14),
        SheetColumn("Status", lambda row: row.status_on(on).label, meaning=f"Forløbets status den {on:%d.%m.%Y}."),
        SheetColumn("Retsgrundlag", lambda row: row.legal_basis or "Ikke vurderet"),
        SheetColumn("Ret og pligt", lambda row: "Ja" if row.right_and_duty else ""),
        SheetColumn("Mentor", lambda row: row.mentor or "Mangler", width=28),
        SheetColumn("Timer/uge", lambda row: row.minutes, "hours", "Bevilgede timer om ugen den dag, arket er lavet."),
        SheetColumn("Begynder", lambda row: row.start, "date"),
        SheetColumn("Slutter", lambda row: row.last_day, "date"),
        SheetColumn("Team", lambda row: row.team),
        SheetColumn("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet, som i sidens adresse."),
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
    SheetColumn("Borger", lambda row: row.decision.citizen.initials, width=10),
    SheetColumn("Sag", lambda row: row.decision.case_number, width=14),
    SheetColumn("Afgørelse", lambda row: DECISIONS[row.decision.kind]),
    SheetColumn("Lovvurdering", lambda row: row.assessment.verdict, meaning="Vurderingen efter loven.", width=40),
    SheetColumn("Timer/uge", lambda row: row.decision.minutes_per_week, "hours"),
    SheetColumn("Første dag", lambda row: row.decision.start, "date"),
    SheetColumn("Sidste dag", lambda row: row.decision.last_day, "date"),
    SheetColumn("Indstillet af", lambda row: row.proposer, width=28),
    SheetColumn("Indstillet den", lambda row: row.decision.proposed_on, "date"),
    SheetColumn("Ventet, dage", lambda row: row.days, "whole", "Dage siden indstillingen."),
    SheetColumn("Afgørelses-id", lambda row: row.decision.public_id, meaning="Afgørelsens id i systemet.", width=38),
]
