"""Kolonner for leverandørens egne forløb, as the list is opened as a sheet: no name, as on the page."""

from typing import Any

from jobcenter_mentor.sheets import Column


def _initials(row: Any) -> str:
    return "Navnebeskyttet borger" if row.protected else f"{row.first_name[:1]}.{row.last_name[:1]}."


OWN_COURSES = [
    Column("Borger", _initials, width=22),
    Column("Sag", lambda row: row.case_number, width=14),
    Column("Mentor", lambda row: row.mentor or "ingen mentor", width=28),
    Column("Begynder", lambda row: row.start, "date"),
    Column("Slutter", lambda row: row.last_day, "date"),
    Column("Timer/uge", lambda row: row.minutes, "hours", "Bevilgede timer om ugen den dag, arket er lavet."),
    Column("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet.", width=38),
]
