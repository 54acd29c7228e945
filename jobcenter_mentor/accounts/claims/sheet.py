"""Columns of the lines behind the frame, of invoice lines, of the way to refund and of time sheets, as sheets."""

from typing import Any

from jobcenter_mentor.accounts.claims.service import NOT_ENTERED
from jobcenter_mentor.domain.accounts.delivery_check import HEADINGS
from jobcenter_mentor.platform.workbook import SheetColumn

BEYOND = SheetColumn("Over rammen, kr.", lambda line: line.beyond, "kroner", summed=True)
BEHIND = [
    SheetColumn("Sag", lambda line: line.case_number, width=14),
    SheetColumn("Borger", lambda line: line.initials, width=10),
    SheetColumn("Team", lambda line: line.team),
    SheetColumn("Retsgrundlag", lambda line: line.legal_basis or "ikke vurderet"),
    SheetColumn(
        "Refusionssats",
        lambda line: None if line.frame_kind == NOT_ENTERED else line.rate_percent,
        "percent",
        "Tom, hvor satsen ikke er bekræftet.",
    ),
    SheetColumn("Fra", lambda line: line.first_day, "date"),
    SheetColumn("Til", lambda line: line.last_day, "date"),
    SheetColumn("Bevilget, kr.", lambda line: line.granted, "kroner", summed=True),
    BEYOND,
    SheetColumn("Timer afholdt", lambda line: line.minutes, "hours", "Timer i logbogens afholdte møder.", summed=True),
    SheetColumn("Leveret, kr.", lambda line: line.delivered, "kroner", "Afholdte timer til timeprisen.", summed=True),
    SheetColumn("Faktureret, kr.", lambda line: line.invoiced, "kroner", summed=True),
    SheetColumn("Forløb-id", lambda line: line.public_id, meaning="Forløbets id i systemet."),
]
BEHIND_WITHOUT_FRAME = [column for column in BEHIND if column is not BEYOND]
"""Columns of a year whose law has no frame."""


def _from_whom(one: Any) -> str:
    return f"{one.line.invoice.sender}, nr. {one.line.invoice.number}" if one.line.invoice else "Løn"


WORK_LIST = [
    SheetColumn("Borger", lambda one: one.line.citizen.initials, width=10),
    SheetColumn("Sag", lambda one: one.line.grant.case_number if one.line.grant else "intet forløb", width=14),
    SheetColumn("Fra", _from_whom, width=32),
    SheetColumn("Mentor", lambda one: one.line.mentor.name if one.line.mentor else "ukendt", width=28),
    SheetColumn("Første dag", lambda one: one.line.first_day, "date"),
    SheetColumn("Sidste dag", lambda one: one.line.last_day, "date"),
    SheetColumn("Timer", lambda one: one.line.minutes, "hours", summed=True),
    SheetColumn("Timepris, kr.", lambda one: one.line.hourly_price, "kroner"),
    SheetColumn("Beløb, kr.", lambda one: one.line.amount, "kroner", summed=True),
    SheetColumn(
        "Afvigelser", lambda one: "; ".join(HEADINGS[fault.check] for fault in one.faults) or "Stemmer", width=44
    ),
    SheetColumn("I risiko, kr.", lambda one: one.at_risk, "kroner", "Den største af linjens afvigelser.", summed=True),
    SheetColumn("Linje-id", lambda one: one.line.public_id, meaning="Betalingslinjens id i systemet."),
]

CHAIN = [
    SheetColumn("Borger", lambda row: row.initials, width=10),
    SheetColumn("Sag", lambda row: row.case_number, width=14),
    SheetColumn("Mentor", lambda row: row.mentor or "ingen mentor", width=28),
    SheetColumn(
        "Bevilget, t", lambda row: row.sums.granted_minutes, "hours", "Bevilgede timer i måneden.", summed=True
    ),
    SheetColumn(
        "Afholdt, t", lambda row: row.sums.held_minutes, "hours", "Timer i logbogens afholdte møder.", summed=True
    ),
    SheetColumn(
        "Betalt tid, t", lambda row: row.sums.billed_minutes, "hours", "Timer på månedens linjer.", summed=True
    ),
    SheetColumn("Faktureret, kr.", lambda row: row.sums.invoiced, "kroner", summed=True),
    SheetColumn("Refusion, kr.", lambda row: row.sums.refunded, "kroner", "I lukkede opgørelser.", summed=True),
    SheetColumn(
        "Uden registreret møde, t",
        lambda row: row.sums.unproven,
        "hours",
        "Betalt tid ud over afholdt tid.",
        summed=True,
    ),
    SheetColumn("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet."),
]

CLAIMS = [
    SheetColumn("Fra", lambda row: row[0].first_day, "date"),
    SheetColumn("Til og med", lambda row: row[0].last_day, "date"),
    SheetColumn("Udgift, kr.", lambda row: row[1], "kroner", summed=True),
    SheetColumn("Refusion, kr.", lambda row: row[2], "kroner", summed=True),
    SheetColumn("Lukket", lambda row: row[0].closed_on, "date", "Tom, så længe opgørelsen er et udkast."),
    SheetColumn("Opgørelse-id", lambda row: row[0].public_id, meaning="Opgørelsens id i systemet.", width=38),
]

UNPROVEN = [
    SheetColumn("Sag", lambda row: row.case_number, width=14),
    SheetColumn("Mentor", lambda row: row.mentor or "Uden mentor", width=28),
    SheetColumn("Senest afholdt", lambda row: row.last_met, "date", "Tom, hvor de ikke har mødtes endnu."),
    SheetColumn("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet.", width=38),
]


def _sheet_status(row: Any) -> str:
    if row.difference:
        return "Logbogen er rettet siden"
    return "Godkendt" if row.sheet.approved_on else "Venter"


TIME_SHEETS = [
    SheetColumn("Borger", lambda row: row.initials, width=10),
    SheetColumn("Sag", lambda row: row.case_number, width=14),
    SheetColumn("Mentor", lambda row: row.mentor, width=28),
    SheetColumn("Timer", lambda row: row.sheet.minutes, "hours", "Timerne, da timesedlen blev lavet.", summed=True),
    SheetColumn("Logbogen nu", lambda row: row.now, "hours", "Timer i logbogens afholdte møder i dag.", summed=True),
    SheetColumn("Status", _sheet_status, width=26),
    SheetColumn("Godkendt", lambda row: row.sheet.approved_on, "date"),
    SheetColumn("Timeseddel-id", lambda row: row.sheet.public_id, meaning="Timesedlens id i systemet.", width=38),
]
