"""Hvordan: how long, how many hours, how often contact, and when the support may end. LAB §§ 31 c, 31 e, 93, 96 c."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jobcenter_mentor.domain.assessment import ContactBreach, Finding, MaxPeriod
from jobcenter_mentor.domain.deadlines import contact_breaches
from jobcenter_mentor.domain.facts import CaseFacts
from jobcenter_mentor.domain.law import LawOfDay
from jobcenter_mentor.domain.periods import last_day_of_months
from jobcenter_mentor.domain.rulebook import finding


def longest_period(start: date, right_and_duty: bool, law: LawOfDay) -> MaxPeriod:
    """LAB § 31 c, stk. 1, §§ 93 og 96 c: six months at a time; a new offer must follow while the need stands."""
    name = "mentor.right_and_duty_period_months" if right_and_duty else "mentor.longest_period_months"
    extension = "mandatory_new_offer_if_still_unable" if right_and_duty else "allowed"
    months = law.whole(name)
    return MaxPeriod(months, last_day_of_months(start, months), extension)


def is_within_longest_period(facts: CaseFacts, longest: MaxPeriod | None, law: LawOfDay) -> Finding:
    """LAB § 31 c, stk. 1: the period asked for must end by the legal last day."""
    request, last_day = facts.request, facts.request.last_day
    used = {"start": request.start, "end": last_day}
    value, source = law["mentor.longest_period_months"], law.source("mentor.longest_period_months")
    if longest is None or last_day is None:
        ask = "request.start" if longest is None else "request.end"
        return finding("lab2014.s31c.duration", None, used, value=value, source=source, ask=ask)
    return finding("lab2014.s31c.duration", last_day <= longest.last_day, used, value=value, source=source)


def can_be_extended(facts: CaseFacts) -> Finding:
    """LAB § 31 c, stk. 1: an agreement can be extended any number of times, each time for at most the period."""
    previous = facts.request.previous_agreement
    if previous is None:
        used = {"previous_agreement": None}
        return finding("lab2014.s31c.extension", None, used, ask="request.previous_agreement")
    return finding("lab2014.s31c.extension", True, {"previous_end": previous.end, "start": facts.request.start})


def must_be_renewed(facts: CaseFacts) -> Finding:
    """LAB §§ 93 og 96 c: while the citizen still cannot take part, a new offer starts the day after the last one."""
    used = {"can_take_other_offers": facts.citizen.can_take_other_offers, "start": facts.request.start}
    return finding("lab2014.rp.renew", True, used)


def how_many_hours(facts: CaseFacts) -> Finding | None:
    """LAB § 31 e, stk. 2: hours a week after a concrete assessment; the law sets no least and no most."""
    minutes = facts.request.minutes_per_week
    if minutes is None:
        return None
    hours = f"{(Decimal(minutes) / 60).quantize(Decimal('0.01')).normalize():f}".replace(".", ",")
    return finding("lab2014.s31e.hours", hours, {"minutes_per_week": minutes})


def is_within_local_ceiling(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """Kommunens loft: hours a week above it give a warning, never a refusal."""
    minutes = facts.request.minutes_per_week
    if minutes is None:
        return None
    ceiling, source = law.whole("local.hours_ceiling_week"), law.source("local.hours_ceiling_week")
    used = {"minutes_per_week": minutes}
    return finding("local.hours_ceiling", minutes <= 60 * ceiling, used, value=ceiling, source=source)


def contact_interval(facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB §§ 93 og 96 c, 2. pkt.: at least weekly contact, read as at most seven days from contact to contact."""
    name = "mentor.contact_interval_days"
    return finding(
        "lab2014.rp.contact", law.whole(name), {"group": facts.citizen.group}, value=law[name], source=law.source(name)
    )


def breaches_of_contact(
    facts: CaseFacts, right_and_duty: bool | None, law: LawOfDay
) -> tuple[ContactBreach, ...] | None:
    """LAB §§ 93 og 96 c, 2. pkt.: the gaps longer than the interval, from the start to the day or the end.

    None where a fact is missing; no gaps where there is no right and duty.
    """
    start, contacts = facts.request.start, facts.request.contacts
    if right_and_duty is False:
        return ()
    if right_and_duty is None or start is None or contacts is None:
        return None
    interval = law.whole("mentor.contact_interval_days")
    return tuple(contact_breaches(start, contacts, last_day_checked(facts), interval))


def last_day_checked(facts: CaseFacts) -> date:
    """Kontrollens sidste dag: the day of the check, or the end of the period where it lies before."""
    return min(facts.date, facts.request.last_day or facts.date)


def is_contact_kept(facts: CaseFacts, breaches: tuple[ContactBreach, ...] | None, law: LawOfDay) -> Finding:
    """LAB §§ 93 og 96 c, 2. pkt.: there must be contact in every interval."""
    rule, start, contacts = "lab2014.rp.contact_kept", facts.request.start, facts.request.contacts
    days = None if contacts is None else [day.isoformat() for day in contacts]
    used = {"start": start, "contacts": days, "date": facts.date}
    value, source = law["mentor.contact_interval_days"], law.source("mentor.contact_interval_days")
    if breaches is None:
        ask = "request.start" if start is None else "request.contacts"
        return finding(rule, None, used, value=value, source=source, ask=ask)
    return finding(rule, not breaches, used, value=value, source=source)


def mentors_last_day(facts: CaseFacts) -> date:
    """Mentorens sidste dag ved ophør: the end asked for, else the day before the other offer, else the day itself."""
    request = facts.request
    if request.end is not None:
        return request.end
    return facts.date if request.other_offer_start is None else request.other_offer_start - timedelta(days=1)


def has_other_offer(facts: CaseFacts) -> Finding:
    """LAB §§ 93 og 96 c: broken off only when an ordinary offer has started, or starts the day after the mentor's last.

    The facts of the citizen are those of the running grant.
    """
    start, last_day = facts.request.other_offer_start, mentors_last_day(facts)
    started = start is not None and start <= max(facts.date, last_day + timedelta(days=1))
    return finding("lab2014.rp.end", started, {"other_offer_start": start, "last_day": last_day})


def has_left_the_group(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB §§ 93 og 96 c: right and duty ends when the citizen leaves the group; asked of agreements of those groups."""
    agreed = facts.agreement.group if facts.agreement else None
    groups = law.members("mentor.s93_groups") + law.members("mentor.s96c_groups")
    if agreed not in groups:
        return None
    used = {"agreement_group": agreed, "group": facts.citizen.group}
    return finding("lab2014.rp.leaves", facts.citizen.group != agreed, used)


def lasts_the_least_period(facts: CaseFacts, least_last_day: date, law: LawOfDay) -> Finding:
    """LAB § 31 b, stk. 2: at least six months in all; only the citizen may stop it before that."""
    name, last_day = "mentor.psychiatric_least_months", mentors_last_day(facts)
    used = {"last_day": last_day, "least_last_day": least_last_day}
    answer = last_day >= least_last_day
    return finding("lab2014.s31b.psych.least", answer, used, value=law[name], source=law.source(name))


def standard_price(mentor_type: str, law: LawOfDay) -> int:
    """Standardpris: the municipality's price of one mentor hour of the type, in øre."""
    return law.whole(f"local.standard_price.{mentor_type}")
