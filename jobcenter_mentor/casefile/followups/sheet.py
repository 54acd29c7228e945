"""The columns of the list of deadlines, opened as a sheet."""

from jobcenter_mentor.platform.workbook import SheetColumn

AUTHORITIES = {"law": "Efter loven", "local": "Lokale regler", "agreement": "Efter aftalen"}

COLUMNS = [
    SheetColumn("Frist", lambda row: row.due_on, "date"),
    SheetColumn("Dage tilbage", lambda row: row.days_left, "whole", "Negativt, når fristen er overskredet."),
    SheetColumn("Hvad", lambda row: row.what, width=36),
    SheetColumn("Regel", lambda row: row.section, width=24),
    SheetColumn("Følger af", lambda row: AUTHORITIES.get(row.authority, "")),
    SheetColumn("Borger", lambda row: row.citizen, width=28),
    SheetColumn("Sag", lambda row: row.case_number, width=14),
    SheetColumn("Ansvarlig", lambda row: row.owner),
    SheetColumn("Stedfortræder", lambda row: row.deputy),
    SheetColumn("Team", lambda row: row.team),
    SheetColumn("Udsat til", lambda row: row.snoozed_until, "date"),
    SheetColumn("Grund til udsættelsen", lambda row: row.snooze_reason, width=32),
    SheetColumn("Frist-id", lambda row: row.id, meaning="Fristens id i systemet."),
]
