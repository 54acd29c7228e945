"""Kolonner for linjerne bag rammens tal og for arbejdslisten med fakturaer, as they are opened as sheets."""

from typing import Any

from jobcenter_mentor.claims.claiming import NOT_ENTERED
from jobcenter_mentor.domain.delivery import HEADINGS
from jobcenter_mentor.sheets import Column

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
    Column("Over rammen, kr.", lambda line: line.beyond, "kroner", summed=True),
    Column("Timer holdt", lambda line: line.minutes, "hours", "Timer i logbogens holdte møder.", summed=True),
    Column("Leveret, kr.", lambda line: line.delivered, "kroner", "Holdte timer til timeprisen.", summed=True),
    Column("Faktureret, kr.", lambda line: line.invoiced, "kroner", summed=True),
    Column("Forløb-id", lambda line: line.public_id, meaning="Forløbets id i systemet."),
]


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
    Column("Forskelle", lambda one: "; ".join(HEADINGS[fault.check] for fault in one.faults) or "Stemmer", width=44),
    Column("I risiko, kr.", lambda one: one.at_risk, "kroner", "Den største af linjens forskelle.", summed=True),
    Column("Linje-id", lambda one: one.line.public_id, meaning="Betalingslinjens id i systemet."),
]
