"""The deadlines after a grant (frister), whose rule each is, and where contact has been missed.

LAB §§ 31 c, 93, 96 and 96 c until 2019, §§ 167 and following from 2020.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.periods import add_working_days, months_after
from jobcenter_mentor.domain.law.agreement_items import demanded_by
from jobcenter_mentor.domain.law.assessment import ContactBreach
from jobcenter_mentor.domain.law.law import LawOfDay

PERIOD_SECTION = {LawCode.LAB_2013: "LAB § 78, stk. 3", LawCode.LAB_2020: "LAB § 167, stk. 1"}
NO_SECTION = "bevillingen"
"""The basis of a period where the act sets no limit."""
DUTY_SECTION = {LawCode.LAB_2016: "LAB §§ 93, 96, stk. 3, og 96 c"}
"""Sections that differ from those of 2014-2015."""


@dataclass(frozen=True)
class Deadline:
    """A deadline (frist): its kind, due day, rule, authority (law or local), section, and what to do."""

    kind: str
    due: date
    rule: str
    authority: str
    section: str
    what: str


def deadlines_of_grant(*, granted: date, start: date, end: date, right_and_duty: bool, law: LawOfDay) -> list[Deadline]:
    """Return the deadlines after a grant by due day: the law's own and the municipality's.

    Agreement by the start (LAB § 31 c, from 2020 Min Plan), contact and a new offer the day after the end (§§ 93, 96
    c), complaint (retssikkerhedsloven § 67) counted from the day of the grant; reviews only inside the period.
    """
    section = period_section(law)
    planned = [
        _agreement(start, law),
        _first_contact(granted, start, law),
        *_reviews(start, end, law),
        _complaint(granted, law),
    ]
    planned += _contact(start, end, right_and_duty, law)
    planned.append(Deadline("period_end", end, "dl.max", "law", section, "Perioden slutter"))
    if right_and_duty:
        planned += _right_and_duty(start, end, law)
    return sorted(planned, key=lambda deadline: deadline.due)


def period_section(law: LawOfDay) -> str:
    """Return the section that limits a period that day, or the grant where the act sets no limit."""
    if law.find("mentor.longest_period_months") is None:
        return NO_SECTION
    return PERIOD_SECTION.get(law.code, "LAB § 31 c, stk. 1")


def _agreement(start: date, law: LawOfDay) -> Deadline:
    """Return the deadline of the agreement, from 2020 the plan; a local custom where no act requires one."""
    if not (by := demanded_by(law)):
        what = "Mentoraftalen skal være underskrevet senest på startdagen"
        return Deadline("agreement", start, "dl.agreement", "local", "kommunens praksis", what)
    what = (
        "Min Plan skal have oplysninger om mentoren senest på startdagen"
        if law.day >= SECTION_6_FROM
        else "Mentoraftalen skal være underskrevet senest på startdagen"
    )
    section = by if law.day >= SECTION_6_FROM else period_section(law)
    return Deadline("agreement", start, "dl.agreement", "law", section, what)


def _first_contact(granted: date, start: date, law: LawOfDay) -> Deadline:
    """Return the deadline for the first contact (første kontakt): working days after the grant, never before the start.

    The number of days is the municipality's own figure.
    """
    name = "local.first_contact_working_days"
    due = max(start, add_working_days(granted, law.whole(name)))
    what = "Mentoren skal have haft den første kontakt med borgeren"
    return _local("first_contact", due, "local.first_contact", name, what, law)


def _reviews(start: date, end: date, law: LawOfDay) -> list[Deadline]:
    half_way = months_after(start, law.whole("local.review_months"))
    before_end = end - timedelta(days=law.whole("local.review_days_before_end"))
    reviews = [
        _local("review", half_way, "dl.followup", "local.review_months", "Opfølgning undervejs", law),
        _local(
            "end_review",
            before_end,
            "dl.followup",
            "local.review_days_before_end",
            "Afgør, hvad der skal ske bagefter",
            law,
        ),
    ]
    return [review for review in reviews if start < review.due < end]


def _local(kind: str, due: date, rule: str, figure: str, what: str, law: LawOfDay) -> Deadline:
    return Deadline(kind, due, rule, law.parameter(figure).authority, str(law.source(figure)), what)


def _complaint(granted: date, law: LawOfDay) -> Deadline:
    due = granted + timedelta(weeks=law.whole("decision.complaint_weeks"))
    return Deadline("complaint", due, "dl.complaint", "law", "retssikkerhedsloven § 67", "Klagefristen udløber")


def _right_and_duty(start: date, end: date, law: LawOfDay) -> list[Deadline]:
    """LAB §§ 93, 96, stk. 3, and 96 c: return the deadline of a new offer the day after the end."""
    section = DUTY_SECTION.get(law.at(start).code, "LAB §§ 93 og 96 c")
    new_offer = "Et nyt tilbud skal begynde, hvis borgeren stadig ikke kan deltage i andre tilbud"
    return [Deadline("new_offer", end + timedelta(days=1), "dl.renew.rp", "law", section, new_offer)]


def _contact(start: date, end: date, right_and_duty: bool, law: LawOfDay) -> list[Deadline]:
    """LAB §§ 93, 96, stk. 3, and 96 c: return the deadline of the first contact, by law or a shorter local interval."""
    first = next_contact(law.at(start), by_law=right_and_duty and not law.find("local.free_municipality"))
    if first is None or (first.authority == "local" and first.due > end):
        return []
    if first.authority == "local":
        what = f"Borger og mentor skal have haft kontakt (mindst hver {first.days}. dag)"
        section = str(law.at(first.due).source(BY_OFFICE))
        return [Deadline("contact", first.due, "dl.contact.local", "local", section, what)]
    section = f"{DUTY_SECTION.get(law.at(start).code, 'LAB §§ 93 og 96 c')}, 2. pkt."
    rule, often = ("dl.contact.2014", "hver uge") if first.days <= 7 else ("dl.contact.2016", "hver anden uge")
    what = f"Borger og mentor skal have haft kontakt (mindst {often})"
    return [Deadline("contact", first.due, rule, "law", section, what)]


def next_contact_due(start: date, contacts: Iterable[date], interval_days: int) -> date:
    """Return the last day for the next contact: the interval after the last contact, or after the start itself."""
    return max([start, *contacts]) + timedelta(days=interval_days)


def contact_breaches(start: date, contacts: Iterable[date], until: date, interval_days: int) -> list[ContactBreach]:
    """Return the gaps longer than the interval from the start to `until` (LAB §§ 93, 96 c).

    The first gap runs from the start, the last to `until`; contacts outside these days do not count.
    """
    if until < start:
        return []
    stops = [start, *sorted(day for day in contacts if start <= day <= until), until]
    return [ContactBreach(a, b, (b - a).days) for a, b in pairwise(stops) if (b - a).days > interval_days]


def breaches_by_law(start: date, contacts: Iterable[date], until: date, law: LawOfDay) -> list[ContactBreach]:
    """Return the breaches of contact where the rule may change; the law of the day an interval ends decides it."""
    return _breaches(start, contacts, until, lambda day: contact_due_by_law(day, law))


def breaches_of_own_interval(start: date, contacts: Iterable[date], until: date, law: LawOfDay) -> list[ContactBreach]:
    """Return the gaps longer than the municipality's own interval (kommunens egen frist), whatever the law requires."""

    def own_due(day: date) -> date | None:
        found = next_contact(law.at(day), by_law=False)
        return found.due if found else None

    return _breaches(start, contacts, until, own_due)


def _breaches(
    start: date, contacts: Iterable[date], until: date, due_after: Callable[[date], date | None]
) -> list[ContactBreach]:
    if until < start:
        return []
    stops = [start, *sorted(day for day in contacts if start <= day <= until), until]
    dues = [due_after(day) for day in stops]
    gaps = zip(pairwise(stops), dues, strict=False)
    return [ContactBreach(a, b, (b - a).days) for (a, b), due in gaps if due is not None and b > due]


def contact_due_by_law(after: date, law: LawOfDay) -> date | None:
    """Return the last day for the next contact by law; the interval is that of the day it ends.

    None where none is in force.
    """
    interval = law.at(after).find("mentor.contact_interval_days")
    if not isinstance(interval, int):
        return None
    on_the_last_day = law.at(after + timedelta(days=interval)).find("mentor.contact_interval_days")
    return after + timedelta(days=on_the_last_day) if isinstance(on_the_last_day, int) else None


BY_LAW, BY_OFFICE = "mentor.contact_interval_days", "local.contact_interval_days"


class ContactInterval(NamedTuple):
    """The most days between two contacts (kontaktinterval), and whose rule it is: law or local."""

    days: int
    authority: str


class NextContact(NamedTuple):
    """The last day for the next contact (kontakt senest), the binding interval, and whose rule it is."""

    due: date
    days: int
    authority: str


def contact_interval(law: LawOfDay, *, by_law: bool) -> ContactInterval | None:
    """Return the interval of a day: the law's where it binds, the municipality's own where it is shorter or alone."""
    legal = law.find(BY_LAW) if by_law else None
    own = law.find(BY_OFFICE)
    if isinstance(own, int) and own and (not isinstance(legal, int) or own < legal):
        return ContactInterval(own, "local")
    return ContactInterval(legal, "law") if isinstance(legal, int) else None


def next_contact(law: LawOfDay, *, by_law: bool) -> NextContact | None:
    """Return the first day on which as many days have passed as the interval then in force; None where none is.

    The days are counted from the day of `law`. So a longer interval helps those already inside it, and a shorter one is
    never broken before it is in force. The law's binds those it bound on that first day.
    """
    after, by_law = law.day, by_law and law.find(BY_LAW) is not None
    starts = [after, *law.changes((BY_LAW, BY_OFFICE), date.max)]
    for start, following in pairwise([*starts, date.max]):
        found = contact_interval(law.at(start), by_law=by_law)
        due = found and max(start, after + timedelta(days=found.days))
        if found and due and due < following:
            return NextContact(due, found.days, found.authority)
    return None


def weeks_without_contact(start: date, contacts: Iterable[date], until: date) -> list[date]:
    """Return the Mondays of the whole ISO weeks from the start to `until` without contact (uger uden kontakt)."""
    mondays_met = {day - timedelta(days=day.weekday()) for day in contacts}
    first = start + timedelta(days=-start.weekday() % 7)
    whole = (until - first).days + 1
    mondays = [first + timedelta(weeks=number) for number in range(max(whole, 0) // 7)]
    return [monday for monday in mondays if monday not in mondays_met]
