"""Fristradar: how long a deadline may be put off, when it goes to the team leader, and the ones that come each month.

The working days are the Danish ones; the figures are the municipality's own (`office.snooze_*`, `office.escalate_*`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from jobcenter_mentor.domain.kernel.periods import add_working_days, is_working_day, months_after, months_before
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import LawOfDay

AUTHORITIES = {"law": "Efter loven", "local": "Lokale regler", "agreement": "Efter aftalen"}
"""Whose rule a deadline follows, in the order of their weight."""
CASE_TIME, CASE_TIME_SECTION = "case_time", "retssikkerhedsloven § 3, stk. 2"


@dataclass(frozen=True)
class Lateness:
    """Grænsen til teamlederen: open deadlines due that day or earlier go there, of the law and of other rules."""

    law: date
    local: date


def lateness(on: date, law: LawOfDay) -> Lateness:
    """Frister, der er så sent ude, at teamlederen skal se dem that day."""
    return Lateness(
        working_days_before(on, law.whole("office.escalate_law_days")),
        working_days_before(on, law.whole("office.escalate_local_days")),
    )


def working_days_before(on: date, days: int) -> date:
    """Seneste frist, som er så mange arbejdsdage gammel: the latest day after which that many working days are gone.

    With 1 on a Monday the Sunday before: the Monday is its first working day. 0 gives the day itself.
    """
    left = days
    while left > 0:
        left -= is_working_day(on)
        on -= timedelta(days=1)
    return on


def latest_snooze(due: date, authority: str, law: LawOfDay) -> date:
    """Seneste dag, en frist kan udsættes til: so many working days after it is due, by legal class."""
    figure = "office.snooze_law_days" if authority == "law" else "office.snooze_local_days"
    return add_working_days(due, law.whole(figure))


def monthly_reports(*, start: date, end: date, law: LawOfDay) -> list[Deadline]:
    """Mentors rapport hver måned: each month after the start while the course runs, as the agreement has it."""
    months = law.whole("office.report_months")
    days = (months_after(start, number * months) for number in count(1))
    what = "Mentors rapport for måneden skal være modtaget"
    return [
        Deadline("report", day, "dl.report", "agreement", "mentoraftalen, rapportering", what)
        for day in takewhile(lambda day: day < end, days)
    ]


def contract_reports(*, start: date, end: date, weeks: int, days: int, contract: str) -> list[Deadline]:
    """Leverandørens rapporter efter rammekontrakten: for every so many weeks of the course and for what is left.

    Each is due so many days after the weeks it tells of.
    """
    whole = (start + timedelta(weeks=weeks * number) for number in count(1))
    ends = [*(day - timedelta(days=1) for day in takewhile(lambda day: day <= end, whole)), end]
    return [
        Deadline(
            "report",
            day + timedelta(days=days),
            "dl.report",
            "agreement",
            f"rammekontrakten {contract}",
            f"Leverandørens rapport til og med {day:%d.%m.%Y} skal være modtaget",
        )
        for day in sorted(set(ends))
    ]


def discharge_planning(planned: date, *, on: date) -> Deadline:
    """Udskrivning er planlagt: mentor may begin three months before (LAB § 31 b, stk. 2), so it is planned by then.

    Where that day has passed it is due at once.
    """
    what = f"Borgeren udskrives {planned:%d.%m.%Y}: planlæg mentor sammen med afdelingen"
    due = max(on, months_before(planned, 3))
    return Deadline("discharge", due, "dl.psych.start", "law", "LAB § 31 b, stk. 2", what)


def case_time(referred: date, law: LawOfDay) -> Deadline | None:
    """Return the day the municipality's published case time ends (sagsbehandlingsfrist); None where none is entered."""
    figure = "local.case_time_weeks"
    weeks = law.find(figure)
    if not isinstance(weeks, int):
        return None
    what = "Afgørelsen skal være truffet. Ellers skal borgeren have brev om, hvornår den kommer"
    return Deadline(CASE_TIME, referred + timedelta(weeks=weeks), "dl.case_time", "law", CASE_TIME_SECTION, what)


def case_time_expected(day: date) -> Deadline:
    """Return the day that the citizen was told the decision comes by, when the case time can't be kept."""
    what = "Afgørelsen skal være truffet, som borgeren har fået brev om"
    return Deadline(CASE_TIME, day, "dl.case_time", "law", CASE_TIME_SECTION, what)
