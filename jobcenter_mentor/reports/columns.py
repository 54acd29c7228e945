"""Datakvalitetens kolonner, as its lists are opened as sheets."""

from jobcenter_mentor.reports.quality_checks import KINDS
from jobcenter_mentor.sheets import Column

FINDINGS = [
    Column("Hvad", lambda found: found.check.title, width=44),
    Column("Vægt", lambda found: KINDS[found.check.kind], meaning="Lovkrav først, så det, der koster refusion."),
    Column("Hvorfor", lambda found: found.check.why, width=60),
    Column("Forløb", lambda found: len(found.cases), "whole"),
    Column("Løbende forløb", lambda found: found.looked_at, "whole"),
    Column("Refusion på spil, kr.", lambda found: found.refund, "kroner", "Reserveret refusion. Lægges ikke sammen."),
    Column("Udvikling", lambda found: found.story, width=44),
]

CASES = [
    Column("Borger", lambda case: case.initials, width=10),
    Column("Sag", lambda case: case.case_number, width=14),
    Column("Mentor", lambda case: case.mentor or "Mangler", width=28),
    Column("Begynder", lambda case: case.start, "date"),
    Column("Slutter", lambda case: case.last_day, "date"),
    Column("Timer/uge", lambda case: case.most_minutes, "hours"),
    Column("Refusion på spil, kr.", lambda case: case.refund, "kroner", "Reserveret refusion.", summed=True),
    Column("Forløb-id", lambda case: case.public_id, meaning="Forløbets id i systemet."),
]
