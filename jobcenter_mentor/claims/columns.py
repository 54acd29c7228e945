"""Columns of the lines behind the frame, of invoice lines, of the way to refund and of time sheets, as sheets."""

from typing import Any

from jobcenter_mentor.claims.claiming import NOT_ENTERED
from jobcenter_mentor.domain.delivery import HEADINGS
from jobcenter_mentor.sheets import Column

BEYOND = Column("Over rammen, kr.", lambda line: line.beyond, "kroner", summed=True)
BEHIND = [
    Column("Sag", lambda line: line.case_number, width=14),
    Column("Borger", lambda line: line.initials, width=10),
    Column("Team", lambda line: line.team),
    Column("Retsgrundlag", lambda line: line.legal_basis or "ikke vurderet"),
    Column(
        "Refusionssats",
        lambda line: None if line.frame_kind == NOT_ENTERED else line.rate_percent,
        "percent",
        "Tom, hvor satsen ikke er bekræftet.",
    ),
    Column("Fra", lambda line: line.first_day, "date"),
    Column("Til", lambda line: line.last_day, "date"),
    Column("Bevilget, kr.", lambda line: line.granted, "kroner", summed=True),
    BEYOND,
    Column("Timer afholdt", lambda line: line.minutes, "hours", "Timer i logbogens afholdte møder.", summed=True),
    Column("Leveret, kr.", lambda line: line.delivered, "kroner", "Afholdte timer til timeprisen.", summed=True),
    Column("Faktureret, kr.", lambda line: line.invoiced, "kroner", summed=True),
    Column("Forløb-id", lambda line: line.public_id, meaning="Forløbets id i systemet."),
]
BEHIND_WITHOUT_FRAME = [column for column in BEHIND if column is not BEYOND]
"""Columns of a year whose law has no frame."""


def _from_whom(one: Any) -> str:
    return f"{one.line.invoice.sender}, nr. {one.line.invoice.number}" if one.line.invoice else "Løn"


WORK_LIST = [
    Column("Borger", lambda one: one.line.citizen.initials, width=10),
    Column("Sag", lambda one: one.line.grant.case_number if one.line.grant else "intet forløb", width=14),
    Column("Fra", _from_whom, width=32),
    Column("Mentor", lambda one: one.line.mentor.name if one.line.mentor else "ukendt", width=28),
    Column("Første dag", lambda one: one.line.first_day, "date"),
    Column("Sidste dag", lambda one: one.line.last_day, "date"),
    Column("Timer", lambda one: one.line.minutes, "hours", summed=True),
    Column("Timepris, kr.", lambda one: one.line.hourly_price, "kroner"),
    Column("Beløb, kr.", lambda one: one.line.amount, "kroner", summed=True),
    Column("Afvigelser", lambda one: "; ".join(HEADINGS[fault.check] for fault in one.faults) or "Stemmer", width=44),
    Column("I risiko, kr.", lambda one: one.at_risk, "kroner", "Den største af linjens afvigelser.", summed=True),
    Column("Linje-id", lambda one: one.line.public_id, meaning="Betalingslinjens id i systemet."),
]

CHAIN = [
    Column("Borger", lambda row: row.initials, width=10),
    Column("Sag", lambda row: row.case_number, width=14),
    Column("Mentor", lambda row: row.mentor or "ingen mentor", width=28),
    Column("Bevilget, t", lambda row: row.sums.granted_minutes, "hours", "Bevilgede timer i måneden.", summed=True),
    Column("Afholdt, t", lambda row: row.sums.held_minutes, "hours", "Timer i logbogens afholdte møder.", summed=True),
    Column("Betalt tid, t", lambda row: row.sums.billed_minutes, "hours", "Timer på månedens linjer.", summed=True),
    Column("Faktureret, kr.", lambda row: row.sums.invoiced, "kroner", summed=True),
    Column("Refusion, kr.", lambda row: row.sums.refunded, "kroner", "I lukkede opgørelser.", summed=True),
    Column(
        "Uden registreret møde, t",
        lambda row: row.sums.unproven,
        "hours",
        "Betalt tid ud over afholdt tid.",
        summed=True,
    ),
    Column("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet."),
]

CLAIMS = [
    Column("Fra", lambda row: row[0].first_day, "date"),
    Column("Til og med", lambda row: row[0].last_day, "date"),
    Column("Udgift, kr.", lambda row: row[1], "kroner", summed=True),
    Column("Refusion, kr.", lambda row: row[2], "kroner", summed=True),
    Column("Lukket", lambda row: row[0].closed_on, "date", "Tom, så længe opgørelsen er et udkast."),
    Column("Opgørelse-id", lambda row: row[0].public_id, meaning="Opgørelsens id i systemet.", width=38),
]

UNPROVEN = [
    Column("Sag", lambda row: row.case_number, width=14),
    Column("Mentor", lambda row: row.mentor or "Uden mentor", width=28),
    Column("Senest afholdt", lambda row: row.last_met, "date", "Tom, hvor de ikke har mødtes endnu."),
    Column("Forløb-id", lambda row: row.public_id, meaning="Forløbets id i systemet.", width=38),
]


def _sheet_status(row: Any) -> str:
    if row.difference:
        return "Logbogen er rettet siden"
    return "Godkendt" if row.sheet.approved_on else "Venter"


TIME_SHEETS = [
    Column("Borger", lambda row: row.initials, width=10),
    Column("Sag", lambda row: row.case_number, width=14),
    Column("Mentor", lambda row: row.mentor, width=28),
    Column("Timer", lambda row: row.sheet.minutes, "hours", "Timerne, da timesedlen blev lavet.", summed=True),
    Column("Logbogen nu", lambda row: row.now, "hours", "Timer i logbogens afholdte møder i dag.", summed=True),
    Column("Status", _sheet_status, width=26),
    Column("Godkendt", lambda row: row.sheet.approved_on, "date"),
    Column("Timeseddel-id", lambda row: row.sheet.public_id, meaning="Timesedlens id i systemet.", width=38),
]
