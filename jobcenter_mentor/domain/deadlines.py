"""Frister: what is due after a grant, whose rule it is, and where contact has been missed. LAB §§ 31 c, 93, 96 c."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from jobcenter_mentor.domain.assessment import ContactBreach
from jobcenter_mentor.domain.law import LawOfDay
from jobcenter_mentor.domain.periods import add_working_days, months_after


@dataclass(frozen=True)
class Deadline:
    """Frist: its kind, the day it is due, the rule and the authority (law or local) behind it, and what to do."""

    kind: str
    due: date
    rule: str
    authority: str
    section: str
    what: str


def deadlines_of_grant(*, granted: date, start: date, end: date, right_and_duty: bool, law: LawOfDay) -> list[Deadline]:
    """Frister efter en bevilling, by due day: the law's own and the municipality's.

    Agreement by the start (LAB § 31 c, stk. 1), weekly contact and a new offer the day after the end (§§ 93, 96 c),
    complaint (retssikkerhedsloven § 67) counted from the day of the grant; reviews only inside the period.
    """
    planned = [_agreement(start), *_first_contact(granted, law), *_reviews(start, end, law), _complaint(granted, law)]
    planned.append(Deadline("period_end", end, "dl.max", "law", "LAB § 31 c, stk. 1", "Perioden slutter"))
    if right_and_duty:
        planned += _right_and_duty(start, end, law)
    return sorted(planned, key=lambda deadline: deadline.due)


def _agreement(start: date) -> Deadline:
    what = "Mentoraftalen skal være underskrevet senest på startdagen"
    return Deadline("agreement", start, "dl.agreement", "law", "LAB § 31 c, stk. 1", what)


def _first_contact(granted: date, law: LawOfDay) -> list[Deadline]:
    name = "local.first_contact_working_days"
    due = add_working_days(granted, law.whole(name))
    what = "Mentor skal have haft den første kontakt med borgeren"
    return [_local("first_contact", due, "local.first_contact", name, what, law)]


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
    section = "LAB §§ 93 og 96 c"
    first = next_contact_due(start, (), law.whole("mentor.contact_interval_days"))
    contact = "Borger og mentor skal have haft kontakt (mindst hver uge)"
    new_offer = "Et nyt tilbud skal begynde, hvis borgeren stadig ikke kan deltage i andre tilbud"
    return [
        Deadline("contact", first, "dl.contact.2014", "law", f"{section}, 2. pkt.", contact),
        Deadline("new_offer", end + timedelta(days=1), "dl.renew.rp", "law", section, new_offer),
    ]


def complaint_review_due(received: date, law: LawOfDay) -> date:
    """Genvurdering af en klage: the last day before it must go to Ankestyrelsen (retssikkerhedsloven § 66)."""
    return received + timedelta(weeks=law.whole("decision.review_weeks"))


def next_contact_due(start: date, contacts: Iterable[date], interval_days: int) -> date:
    """Næste kontakt senest: the interval after the last contact on or after the start, or after the start itself."""
    return max([start, *contacts]) + timedelta(days=interval_days)


def contact_breaches(start: date, contacts: Iterable[date], until: date, interval_days: int) -> list[ContactBreach]:
    """Brud på kontaktkravet (LAB §§ 93, 96 c): gaps longer than the interval from the start to `until`.

    The first gap runs from the start, the last to `until`; contacts outside these days do not count.
    """
    if until < start:
        return []
    stops = [start, *sorted(day for day in contacts if start <= day <= until), until]
    return [ContactBreach(a, b, (b - a).days) for a, b in pairwise(stops) if (b - a).days > interval_days]


def weeks_without_contact(start: date, contacts: Iterable[date], until: date) -> list[date]:
    """Uger uden kontakt: the Mondays of the whole ISO weeks from the start to `until` that hold no contact."""
    mondays_met = {day - timedelta(days=day.weekday()) for day in contacts}
    first = start + timedelta(days=-start.weekday() % 7)
    whole = (until - first).days + 1
    mondays = [first + timedelta(weeks=number) for number in range(max(whole, 0) // 7)]
    return [monday for monday in mondays if monday not in mondays_met]
