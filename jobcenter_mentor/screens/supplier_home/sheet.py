"""The columns of a supplier's own courses as a sheet: no name, as on the page."""

from typing import Any

from jobcenter_mentor.platform.workbook import SheetColumn


def _initials(row: Any) -> str:
    return "Navnebeskyttet borger" if row.protected else f"{row.first_name[:1]}.{row.last_name[:1]}."


OWN_COURSES = [
    SheetColumn("Borger", _initials, width=22),
    SheetColumn("Sag", lambda row: row.case_number, width=14),
    SheetColumn("Mentor", lambda row: row.mentor or "ingen mentor", width=28),
    SheetColumn("Begynder", lambda row: row.start, "date"),
    SheetColumn("Slutter", lambda row: row.last_day, "date"),
    SheetColumn("Timer/uge", lambda row: row.minutes, "hours", "Bevilgede timer om ugen den dag, arket er lavet."),
    SheetColumn("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet.", width=38),
]
