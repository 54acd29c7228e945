"""Fristernes kolonner, as the list of deadlines is opened as a sheet."""

from jobcenter_mentor.sheets import Column

AUTHORITIES = {"law": "Efter loven", "local": "Lokale regler", "agreement": "Efter aftalen"}

COLUMNS = [
    Column("Frist", lambda row: row.due_on, "date"),
    Column("Dage tilbage", lambda row: row.days_left, "whole", "Negativt, når fristen er overskredet."),
    Column("Hvad", lambda row: row.what, width=36),
    Column("Regel", lambda row: row.section, width=24),
    Column("Følger af", lambda row: AUTHORITIES.get(row.authority, "")),
    Column("Borger", lambda row: row.citizen, width=28),
    Column("Sag", lambda row: row.case_number, width=14),
    Column("Ansvarlig", lambda row: row.owner),
    Column("Stedfortræder", lambda row: row.deputy),
    Column("Team", lambda row: row.team),
    Column("Udsat til", lambda row: row.snoozed_until, "date"),
    Column("Grund til udsættelsen", lambda row: row.snooze_reason, width=32),
    Column("Frist-id", lambda row: row.id, meaning="Fristens id i systemet."),
]
