"""The rules of right and duty during a course: how often contact, when a new offer, and when support may end.

LAB §§ 93, 96 and 96 c; the least period of the right at discharge is § 31 b, stk. 2 (§ 167, stk. 2).
"""

from __future__ import annotations

from datetime import date, timedelta

from jobcenter_mentor.domain.law.assessment import ContactBreach, Finding
from jobcenter_mentor.domain.law.deadlines import BY_OFFICE, breaches_by_law, breaches_of_own_interval
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2020, finding, kept_by, rule_on


def must_be_renewed(facts: CaseFacts) -> Finding:
    """LAB §§ 93, 96, stk. 3, and 96 c: while the citizen still cannot take part, a new offer starts the day after."""
    used = {"can_take_other_offers": facts.citizen.can_take_other_offers, "start": facts.request.start}
    return finding("lab2014.rp.renew", True, used)


@kept_by("citizen.group")
def contact_interval(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB §§ 93, 96, stk. 3, and 96 c: contact every week, from 2016 every second week, as most days between two.

    None from 2020, where no interval is confirmed, and for a free municipality exempted from it.
    """
    rule, name = rule_on("contact", law), "mentor.contact_interval_days"
    if not rule or law.find("local.free_municipality"):
        return None
    return finding(rule, law.whole(name), {"group": facts.citizen.group}, value=law[name], source=law.source(name))


def breaches_of_contact(
    facts: CaseFacts, right_and_duty: bool | None, law: LawOfDay
) -> tuple[ContactBreach, ...] | None:
    """LAB §§ 93, 96, stk. 3, and 96 c: gaps longer than the interval, from the start to the day or the end.

    The rule of the day on which an interval ends decides it. None where a fact or the interval is not known; no gaps
    where there is no right and duty.
    """
    start, contacts = facts.request.start, facts.request.contacts
    if right_and_duty is False:
        return ()
    if right_and_duty is None or start is None or contacts is None or contact_interval(facts, law) is None:
        return None
    return tuple(breaches_by_law(start, contacts, last_day_checked(facts), law))


def last_day_checked(facts: CaseFacts) -> date:
    """Return the last day checked: the day of the check, or an earlier end of the period."""
    return min(facts.date, facts.request.last_day or facts.date)


def is_contact_kept(facts: CaseFacts, breaches: tuple[ContactBreach, ...] | None, law: LawOfDay) -> Finding | None:
    """LAB §§ 93, 96, stk. 3, and 96 c: there must be contact in every interval; None where no interval is known."""
    rule, start, contacts = "lab2014.rp.contact_kept", facts.request.start, facts.request.contacts
    if contact_interval(facts, law) is None:
        return None
    days = None if contacts is None else [day.isoformat() for day in contacts]
    used = {"start": start, "contacts": days, "date": facts.date}
    value, source = law["mentor.contact_interval_days"], law.source("mentor.contact_interval_days")
    if breaches is None:
        ask = "request.start" if start is None else "request.contacts"
        return finding(rule, None, used, value=value, source=source, ask=ask)
    return finding(rule, not breaches, used, value=value, source=source)


def is_own_interval_kept(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """The municipality's own contact interval applies to every course, whatever the law; it decides no right.

    None where the municipality has none that day. It never asks for an unknown fact.
    """
    start, contacts = facts.request.start, facts.request.contacts
    if not (days := law.find(BY_OFFICE)):
        return None
    said = None if contacts is None else [day.isoformat() for day in contacts]
    used = {"start": start, "contacts": said, "date": facts.date}
    answer = None
    if start is not None and contacts is not None:
        answer = not breaches_of_own_interval(start, contacts, last_day_checked(facts), law)
    return finding("local.contact_kept", answer, used, value=days, source=law.source(BY_OFFICE))


def mentors_last_day(facts: CaseFacts) -> date:
    """Return the mentor's last day: the requested end, or the day before the other offer, or the day itself."""
    request = facts.request
    if request.end is not None:
        return request.end
    return facts.date if request.other_offer_start is None else request.other_offer_start - timedelta(days=1)


def goes_on_without_other_offer(facts: CaseFacts) -> Finding:
    """LAB §§ 93 and 96 c: goes on until an ordinary offer has started, or starts right after the mentor's last day.

    The facts of the citizen are those of the running grant.
    """
    start, last_day = facts.request.other_offer_start, mentors_last_day(facts)
    started = start is not None and start <= max(facts.date, last_day + timedelta(days=1))
    return finding("lab2014.rp.goes_on", not started, {"other_offer_start": start, "last_day": last_day})


def is_still_in_the_group(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB §§ 93 and 96 c: right and duty ends when the citizen leaves the group; asked of agreements of them."""
    agreed = facts.agreement.group if facts.agreement else None
    if law.code in (LAW_2013, LAW_2020):
        return None
    groups = law.members("mentor.s93_groups") + law.members("mentor.s96c_groups")
    if agreed not in groups:
        return None
    used = {"agreement_group": agreed, "group": facts.citizen.group}
    return finding("lab2014.rp.stays", facts.citizen.group == agreed, used)


def lasts_the_least_period(facts: CaseFacts, least_last_day: date, law: LawOfDay) -> Finding:
    """LAB § 31 b, stk. 2 (§ 167, stk. 2): at least six months in all; only the citizen may stop it before that."""
    name, last_day = "mentor.psychiatric_least_months", mentors_last_day(facts)
    used = {"last_day": last_day, "least_last_day": least_last_day}
    answer = last_day >= least_last_day
    return finding(rule_on("least", law), answer, used, value=law[name], source=law.source(name))
