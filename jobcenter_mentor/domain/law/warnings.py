"""The warnings of an assessment (advarsler) as codes; their Danish words are in `texts`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from jobcenter_mentor.domain.kernel.change_days import (
    AGREEMENTS_FROM,
    EDUCATION_BENEFIT_FROM,
    EDUCATION_RIGHT_FROM,
    SECTION_6_FROM,
)
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.law.assessment import Answer, Finding, Reimbursement
from jobcenter_mentor.domain.law.deadlines import weeks_without_contact
from jobcenter_mentor.domain.law.facts import NEW_SUPPORT, CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.reimbursement import framed_cost
from jobcenter_mentor.domain.law.right_and_duty import last_day_checked
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2016, rule_on

GROUNDS = (
    "lab2014.s96c.who",
    "lab2014.s93.firstonly",
    "lab2016.s93",
    "lab2016.s96.3",
    "lab2016.s96c",
    "lab2020.s167.3",
)
"""Rules that give a right when answered yes."""
FULL_TIME_MINUTES = 37 * 60
VOLUNTEER = "FRIV"
REFUGEES = (10, 11)
"""The groups of LAB § 6 whose whole cost the state pays for some refugees (§ 202, stk. 2, nr. 2)."""


def warnings_of(
    facts: CaseFacts,
    findings: Sequence[Finding],
    least_last_day: date | None,
    refund: Reimbursement | None,
    law: LawOfDay,
    *,
    right_and_duty: bool | None = None,
) -> list[str]:
    """Return the warnings of an assessment, as codes in the order of the questions.

    Those of period and hours belong to new support; those of money depend on what could be calculated.
    """
    answers = {found.rule: found.answer for found in findings if found.answer is not None or found.asks is None}
    warnings = list(_rights(answers, law))
    if facts.action in NEW_SUPPORT:
        if right_and_duty and facts.request.mentor_type == VOLUNTEER:
            warnings.append("volunteer_only_mentor")
        warnings += _period(facts, answers, least_last_day, law)
        warnings += _hours(facts, answers)
    warnings += _weeks(facts, answers)
    warnings += _not_confirmed(facts, answers)
    if refund:
        warnings += _money(facts, answers, refund)
    return warnings


def _rights(answers: Mapping[str, Answer], law: LawOfDay) -> Iterator[str]:
    right = rule_on("discharge", law)
    barred = False in (answers.get(rule_on("beyond", law)), answers.get(rule_on("decisive", law)))
    if barred and any(answers.get(rule) for rule in (*GROUNDS, right)):
        yield "mentor_not_beyond_normal"
    if law.code == LAW_2016 and any(answers.get(rule) for rule in GROUNDS) and law.find("local.free_municipality"):
        yield "free_municipality"
    if right in answers and answers[right] is None:
        yield "psychiatric_late_start_unconfirmed"


def _not_confirmed(facts: CaseFacts, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Yield warnings of unconfirmed law that the case has met."""
    if answers.get("lab2020.s167.3", False) is None and facts.date < EDUCATION_RIGHT_FROM:
        yield "education_right_2020_unconfirmed"
    if "lab2023.s167.2" in answers:
        yield "discharge_purpose_2023_unconfirmed"
    if answers.get("lab2013.s78.education", False) is None:
        yield "education_2010_unconfirmed"
    if answers.get("lab2013.duration", False) is None and facts.date < AGREEMENTS_FROM:
        yield "agreement_2013_unconfirmed"


def _period(
    facts: CaseFacts, answers: Mapping[str, Answer], least_last_day: date | None, law: LawOfDay
) -> Iterator[str]:
    start, last_day, previous = facts.request.start, facts.request.last_day, facts.request.previous_agreement
    discharge = law.code != LAW_2013 and facts.citizen.discharge_date is not None
    if discharge and answers.get(rule_on("discharge", law)) is False:
        yield "before_earliest_start"
    if answers.get(rule_on("duration", law)) is False:
        yield "period_too_long"
    if least_last_day is not None and last_day is not None and last_day < least_last_day:
        yield "period_too_short"
    late = previous is not None and start is not None and start > previous.end + timedelta(days=1)
    if late and answers.get("lab2014.rp.renew"):
        yield "gap_before_renewal"


def _hours(facts: CaseFacts, answers: Mapping[str, Answer]) -> Iterator[str]:
    minutes = facts.request.minutes_per_week
    if minutes is None:
        yield "hours_missing"
        return
    if minutes == 0:
        yield "hours_zero"
    if minutes > FULL_TIME_MINUTES:
        yield "hours_above_full_time"
    if answers.get("local.hours_ceiling") is False:
        yield "hours_above_local_ceiling"


def _weeks(facts: CaseFacts, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Yield a warning of whole calendar weeks without contact, as many in a row as the interval holds."""
    start, contacts = facts.request.start, facts.request.contacts or ()
    if "lab2014.rp.contact_kept" not in answers or start is None:
        return
    empty = weeks_without_contact(start, contacts, last_day_checked(facts))
    in_a_row = 2 if "lab2016.contact" in answers else 1
    if any(monday + timedelta(weeks=in_a_row - 1) in empty for monday in empty):
        yield "week_without_contact"


def _money(facts: CaseFacts, answers: Mapping[str, Answer], refund: Reimbursement) -> Iterator[str]:
    request, remaining = facts.request, facts.budget.frame_remaining
    if request.cost_excluded and "lab2020.bek122.excl" not in answers:
        yield "cost_excluded_by_agreement"
    if refund.base is None:
        known = (request.cost, request.hourly_rate, request.costs) != (None, None, None)
        if facts.action in NEW_SUPPORT and not known:
            yield "cost_missing"
    if answers.get("lab2020.bek123.direct") is False:
        yield "preparation_not_paid"
    if [part for part in refund.parts if part.frame in FRAME_NAMES]:
        if remaining is None:
            yield "frame_remaining_unknown"
        elif remaining < framed_cost(refund):
            yield "frame_exceeded"
    yield from _rates(facts, answers, refund)


def _rates(facts: CaseFacts, answers: Mapping[str, Answer], refund: Reimbursement) -> Iterator[str]:
    if answers.get("lab2013.refund", False) is None:
        yield "refund_2010_unconfirmed"
    over_2014 = [part for part in refund.parts if part.first < EDUCATION_BENEFIT_FROM]
    if over_2014 and len(over_2014) < len(refund.parts):
        yield "group_before_2014_unconfirmed"
    if "lab2025.s197" in answers:
        yield "refund_2025_check"
    if facts.citizen.refugee_full_refund is None and facts.citizen.group in REFUGEES and facts.date >= SECTION_6_FROM:
        yield "full_refund_possible"
    unknown = [part for part in refund.parts if part.rate is None]
    if unknown and "lab2013.refund" not in answers:
        yield "law_not_entered"
