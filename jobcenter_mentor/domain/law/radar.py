"""The deadline radar (fristradar): postponement, transfer to the team leader, and monthly deadlines.

Working days are the Danish ones; the figures are the municipality's own (`office.snooze_*`, `office.escalate_*`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from jobcenter_mentor.domain.kernel.periods import add_working_days, is_working_day, months_after, months_before
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import LawOfDay

AUTHORITIES = {"law": "Efter loven", "local": "Lokale regler", "agreement": "Efter aftalen"}
"""The authorities of a deadline, the most important first."""
CASE_TIME, CASE_TIME_SECTION = "case_time", "retssikkerhedsloven § 3, stk. 2"


@dataclass(frozen=True)
class Lateness:
    """The limits for the team leader: open deadlines due that day or earlier go there, by law and by other rules."""

    law: date
    local: date


def lateness(on: date, law: LawOfDay) -> Lateness:
    """Return the limits of that day for deadlines so late that the team leader must see them."""
    return Lateness(
        working_days_before(on, law.whole("office.escalate_law_days")),
        working_days_before(on, law.whole("office.escalate_local_days")),
    )


def working_days_before(on: date, days: int) -> date:
    """Return the latest day after which so many working days have passed.

    With 1 on a Monday it is the Sunday before, as the Monday is its first working day. 0 gives the day itself.
    """
    left = days
    while left > 0:
        left -= is_working_day(on)
        on -= timedelta(days=1)
    return on


def latest_snooze(due: date, authority: str, law: LawOfDay) -> date:
    """Return the latest day that a deadline can be postponed to: some working days after it is due, by authority."""
    figure = "office.snooze_law_days" if authority == "law" else "office.snooze_local_days"
    return add_working_days(due, law.whole(figure))


def monthly_reports(*, start: date, end: date, law: LawOfDay) -> list[Deadline]:
    """Return the deadlines of the mentor's monthly reports while the course runs, as the agreement has it."""
    months = law.whole("office.report_months")
    days = (months_after(start, number * months) for number in count(1))
    what = "Mentors rapport for måneden skal være modtaget"
    return [
        Deadline("report", day, "dl.report", "agreement", "mentoraftalen, rapportering", what)
        for day in takewhile(lambda day: day < end, days)
    ]


def contract_reports(*, start: date, end: date, weeks: int, days: int, contract: str) -> list[Deadline]:
    """Return the deadlines of the supplier's reports by the framework contract (rammekontrakt).

    There is one for every so many weeks of the course, and one for the rest. Each is due so many days after the weeks
    it reports on.
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
    """Return the deadline for planning a discharge: mentor support may begin three months before (LAB § 31 b, stk. 2).

    Where that day has passed it is due at once.
    """
    what = f"Borgeren udskrives {planned:%d.%m.%Y}: planlæg mentor sammen med afdelingen"
    due = max(on, months_before(planned, 3))
    return Deadline("discharge", due, "dl.psych.start", "law", "LAB § 31 b, stk. 2", what)


def case_time(referred: date, law: LawOfDay) -> Deadline | None:
    """Return the end of the municipality's published case time (sagsbehandlingsfrist); None where none is entered."""
    figure = "local.case_time_weeks"
    weeks = law.find(figure)
    if not isinstance(weeks, int):
        return None
    what = "Afgørelsen skal være truffet. Ellers skal borgeren have brev om, hvornår den kommer"
    return Deadline(CASE_TIME, referred + timedelta(weeks=weeks), "dl.case_time", "law", CASE_TIME_SECTION, what)


def case_time_expected(day: date) -> Deadline:
    """Return the day by which the citizen was told the decision comes, when the case time can't be met."""
    what = "Afgørelsen skal være truffet, som borgeren har fået brev om"
    return Deadline(CASE_TIME, day, "dl.case_time", "law", CASE_TIME_SECTION, what)
