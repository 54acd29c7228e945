"""The rules on how long, how many hours, by whom and for what pay: LAB §§ 31 c and 31 e, from 2020 §§ 167-170."""

from __future__ import annotations

from datetime import date

from jobcenter_mentor.domain.kernel.change_days import AGREEMENTS_AT_EARLIEST, AGREEMENTS_FROM
from jobcenter_mentor.domain.kernel.hours import hours_figure
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.law.assessment import Finding, MaxPeriod
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2020, finding, kept_by, rule_on

PAYMENT = {
    "VIRK": "Løn for frikøbte timer",
    "UDD": "Løn for frikøbte timer",
    "EKST": "Honorar til leverandøren",
    "HONO": "Honorar",
    "TILB": "Honorar til tilbuddet",
    "FRIV": "Intet; højst udlæg",
}
"""What is paid for, by mentor type; the others are paid a municipal salary."""


def longest_period(start: date, right_and_duty: bool, law: LawOfDay) -> MaxPeriod | None:
    """LAB § 31 c, stk. 1, §§ 93 and 96 c, § 78, stk. 3, in 2013, § 167, stk. 1, from 2020: six months at a time.

    None before 24 April 2013. Under right and duty a new offer must follow while the need remains.
    """
    name = "mentor.right_and_duty_period_months" if right_and_duty else "mentor.longest_period_months"
    months = law.find(name) if law.day >= AGREEMENTS_FROM else None
    if not isinstance(months, int):
        return None
    extension = "mandatory_new_offer_if_still_unable" if right_and_duty else "allowed"
    return MaxPeriod(months, last_day_of_months(start, months), extension)


def is_within_longest_period(facts: CaseFacts, longest: MaxPeriod | None, law: LawOfDay) -> Finding:
    """LAB § 31 c, stk. 1 (§ 78, stk. 3, in 2013, § 167, stk. 1): the requested period must end by the legal last day.

    From 1 January to 23 April 2013 it is not known whether the law had a longest period.
    """
    if law.day < AGREEMENTS_AT_EARLIEST:
        return is_limited(facts)
    if law.day < AGREEMENTS_FROM:
        return finding("lab2013.duration", None, {"start": facts.request.start, "end": facts.request.last_day})
    request, last_day = facts.request, facts.request.last_day
    rule, used = rule_on("duration", law), {"start": request.start, "end": last_day}
    value, source = law["mentor.longest_period_months"], law.source("mentor.longest_period_months")
    if longest is None or last_day is None:
        ask = "request.start" if longest is None else "request.end"
        return finding(rule, None, used, value=value, source=source, ask=ask)
    return finding(rule, last_day <= longest.last_day, used, value=value, source=source)


def is_limited(facts: CaseFacts) -> Finding:
    """LAB §§ 79-80: before 2014 a limited period, set by need; the law names no number of months."""
    request, last_day = facts.request, facts.request.last_day
    used = {"start": request.start, "end": last_day}
    if request.start is None or last_day is None:
        ask = "request.start" if request.start is None else "request.end"
        return finding("lab2013.limited", None, used, ask=ask)
    return finding("lab2013.limited", True, used)


def can_be_extended(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 c, stk. 1 (§ 167, stk. 1, 2. pkt.): any number of times, each for at most the period.

    From 2020 after a concrete assessment. None before 24 April 2013, where the law has no known period.
    """
    if law.day < AGREEMENTS_FROM:
        return None
    rule, previous = rule_on("extension", law), facts.request.previous_agreement
    if previous is None:
        return finding(rule, None, {"previous_agreement": None}, ask="request.previous_agreement")
    return finding(rule, True, {"previous_end": previous.end, "start": facts.request.start})


@kept_by("request.minutes_per_week", "request.place_share", "request.mentor_type")
def hours_mentor_and_pay(facts: CaseFacts, law: LawOfDay) -> list[Finding]:
    """LAB §§ 31 d-31 e (§§ 78-80 before 2014, §§ 168-170 from 2020): the questions whose answers no day changes."""
    found = (
        how_many_hours(facts, law),
        is_within_local_ceiling(facts, law),
        is_per_place(facts, law),
        is_named_mentor(facts, law),
        what_is_paid(facts, law),
    )
    return [item for item in found if item is not None]


def how_many_hours(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 e, stk. 2 (§ 80, stk. 2, before 2014, § 169, stk. 3, from 2020): hours after a concrete assessment.

    The law sets no least and no most.
    """
    minutes = facts.request.minutes_per_week
    if minutes is None:
        return None
    return finding(rule_on("hours", law), hours_figure(minutes), {"minutes_per_week": minutes})


def is_within_local_ceiling(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """The municipality's ceiling: hours a week above it give a warning, never a refusal."""
    minutes = facts.request.minutes_per_week
    if minutes is None:
        return None
    ceiling, source = law.whole("local.hours_ceiling_week"), law.source("local.hours_ceiling_week")
    used = {"minutes_per_week": minutes}
    return finding("local.hours_ceiling", minutes <= 60 * ceiling, used, value=ceiling, source=source)


def is_named_mentor(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB §§ 31 d-31 e (§§ 78-80 before 2014, § 168 from 2020): whether the law names the type; it bars no other."""
    mentor_type = facts.request.mentor_type
    if mentor_type is None:
        return None
    types, source = law.members("mentor.named_types"), law.source("mentor.named_types")
    return finding(rule_on("who", law), mentor_type in types, {"mentor_type": mentor_type}, value=types, source=source)


def what_is_paid(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 e, stk. 1 (§ 80, stk. 1, before 2014; the order from 2020): released hours or a fee."""
    mentor_type = facts.request.mentor_type
    if mentor_type is None:
        return None
    paid = PAYMENT.get(mentor_type, "Kommunal løn")
    return finding(rule_on("cost", law), paid, {"mentor_type": mentor_type}, law=law)


def is_direct_contact(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """The order's § 123 (§ 125 from 2022, § 126 from 2024): only hours of direct contact are paid, no preparation.

    None before 2020, and where the hours are not given.
    """
    total, direct = facts.request.total_minutes, facts.request.direct_contact_minutes
    if law.code != LAW_2020 or total is None or direct is None:
        return None
    used = {"minutes_per_week": facts.request.minutes_per_week, "direct_contact_minutes": direct}
    return finding("lab2020.bek123.direct", direct >= total, used, law=law)


def is_per_place(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 e, stk. 2 (§ 80, stk. 2, before 2014, § 169, stk. 4, from 2020): hours for each place."""
    places = facts.request.place_share
    return None if places == 1 else finding(rule_on("place", law), True, {"place_share": places})


def standard_price(mentor_type: str, law: LawOfDay) -> int:
    """Return the municipality's standard price (standardpris) of one mentor hour of the type, in øre."""
    return law.whole(f"local.standard_price.{mentor_type}")
