"""The columns of the data quality lists (datakvalitet) when they are opened as sheets."""

from jobcenter_mentor.figures.quality.checks import KINDS
from jobcenter_mentor.platform.workbook import SheetColumn

FINDINGS = [
    SheetColumn("Hvad", lambda found: found.check.title, width=44),
    SheetColumn("Vægt", lambda found: KINDS[found.check.kind], meaning="Lovkrav først, så det, der koster refusion."),
    SheetColumn("Hvorfor", lambda found: found.check.why, width=60),
    SheetColumn("Forløb", lambda found: len(found.cases), "whole"),
    SheetColumn("Løbende forløb", lambda found: found.looked_at, "whole"),
    SheetColumn(
        "Refusion på spil, kr.", lambda found: found.refund, "kroner", "Reserveret refusion. Lægges ikke sammen."
    ),
    SheetColumn("Udvikling", lambda found: found.story, width=44),
]

CASES = [
    SheetColumn("Borger", lambda case: case.initials, width=10),
    SheetColumn("Sag", lambda case: case.case_number, width=14),
    SheetColumn("Mentor", lambda case: case.mentor or "Mangler", width=28),
    SheetColumn("Begynder", lambda case: case.start, "date"),
    SheetColumn("Slutter", lambda case: case.last_day, "date"),
    SheetColumn("Timer/uge", lambda case: case.most_minutes, "hours"),
    SheetColumn("Refusion på spil, kr.", lambda case: case.refund, "kroner", "Reserveret refusion.", summed=True),
    SheetColumn("Forløb-id", lambda case: case.public_id, meaning="Forløbets id i systemet."),
]
