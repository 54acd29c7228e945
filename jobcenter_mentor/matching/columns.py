"""Kolonner for ventelisten og mentorlisten, as they are opened as sheets."""

from jobcenter_mentor.sheets import Column

WAITING = [
    Column("Borger", lambda one: one.grant.citizen.initials, width=12),
    Column("Alder", lambda one: one.age, "whole"),
    Column("Sag", lambda one: one.grant.case_number, width=14),
    Column("Ventet, dage", lambda one: one.days, "whole", "Dage siden afgørelsen, ellers henvisningen eller starten."),
    Column("Skal begynde", lambda one: one.grant.start, "date"),
    Column("Loven kræver det", lambda one: "Ja" if one.is_demanded else "Nej", meaning="Ret og pligt, eller en ret."),
    Column("Retsgrundlag", lambda one: one.grant.legal_basis),
    Column("Ønsker", lambda one: one.wishes, width=40),
    Column("Timer/uge", lambda one: one.minutes, "hours", summed=True),
    Column("Forløb-id", lambda one: one.grant.public_id, meaning="Forløbets id i systemet."),
]

MENTORS = [
    Column("Navn", lambda row: row.mentor.name, width=28),
    Column("Type og kompetencer", lambda row: row.small, width=44),
    Column("Telefon", lambda row: row.mentor.phone, width=14),
    Column("E-mail", lambda row: row.mentor.email, width=32),
    Column("Aftalt denne uge", lambda row: row.weeks[0].booked, "hours", summed=True),
    Column("Ledig", lambda row: row.weeks[0].free, "hours", "Timer til rådighed denne uge minus de aftalte."),
    Column("Fejl i kontaktdata", lambda row: "; ".join(row.flaws), width=32),
    Column("Mentor-id", lambda row: row.mentor.public_id, meaning="Mentorens id i systemet."),
]
