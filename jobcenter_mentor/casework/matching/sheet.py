"""The columns of the waiting list and the list of mentors, as they are opened as sheets."""

from jobcenter_mentor.platform.workbook import SheetColumn

WAITING = [
    SheetColumn("Borger", lambda one: one.grant.citizen.initials, width=12),
    SheetColumn("Alder", lambda one: one.age, "whole"),
    SheetColumn("Sag", lambda one: one.grant.case_number, width=14),
    SheetColumn(
        "Ventet, dage", lambda one: one.days, "whole", "Dage siden afgørelsen, ellers henvisningen eller starten."
    ),
    SheetColumn("Skal begynde", lambda one: one.grant.start, "date"),
    SheetColumn(
        "Loven kræver det", lambda one: "Ja" if one.is_demanded else "Nej", meaning="Ret og pligt, eller en ret."
    ),
    SheetColumn("Retsgrundlag", lambda one: one.grant.legal_basis),
    SheetColumn("Ønsker", lambda one: one.wishes, width=40),
    SheetColumn("Timer/uge", lambda one: one.minutes, "hours", summed=True),
    SheetColumn("Forløb-id", lambda one: one.grant.public_id, meaning="Forløbets id i systemet."),
]

MENTORS = [
    SheetColumn("Navn", lambda row: row.mentor.name, width=28),
    SheetColumn("Type og kompetencer", lambda row: row.small, width=44),
    SheetColumn("Telefon", lambda row: row.mentor.phone, width=14),
    SheetColumn("E-mail", lambda row: row.mentor.email, width=32),
    SheetColumn("Aftalt denne uge", lambda row: row.weeks[0].booked, "hours", summed=True),
    SheetColumn("Ledig", lambda row: row.weeks[0].free, "hours", "Timer til rådighed denne uge minus de aftalte."),
    SheetColumn("Fejl i kontaktdata", lambda row: "; ".join(row.flaws), width=32),
    SheetColumn("Mentor-id", lambda row: row.mentor.public_id, meaning="Mentorens id i systemet."),
]
