"""Advarsler: what the outcome stands in spite of, as codes; the Danish words are in `wording`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from jobcenter_mentor.domain.assessment import Answer, Finding, Reimbursement
from jobcenter_mentor.domain.deadlines import weeks_without_contact
from jobcenter_mentor.domain.facts import CaseFacts
from jobcenter_mentor.domain.missing import asked_about
from jobcenter_mentor.domain.terms import last_day_checked

NEW_SUPPORT = ("grant", "extend")
FULL_TIME_MINUTES = 37 * 60


def warnings_of(
    facts: CaseFacts, findings: Sequence[Finding], least_last_day: date | None, refund: Reimbursement | None
) -> list[str]:
    """Advarsler til en vurdering, as codes in the order of the questions.

    Those of period and hours belong to new support; those of money follow what could be computed.
    """
    answers = {found.rule: found.answer for found in findings if asked_about(found.question) is None}
    warnings = list(_rights(answers))
    if facts.action in NEW_SUPPORT:
        warnings += [*_period(facts, answers, least_last_day), *_hours(facts, answers)]
    warnings += _weeks(facts, answers)
    return warnings + (list(_money(facts, refund)) if refund else [])


def _rights(answers: Mapping[str, Answer]) -> Iterator[str]:
    right = "lab2014.s31b.psych.right"
    if answers.get("lab2014.s31d.beyond") is False and (
        answers.get("lab2014.s96c.who") or answers.get("lab2014.s93.firstonly") or answers.get(right)
    ):
        yield "mentor_not_beyond_normal"
    if right in answers and answers[right] is None:
        yield "psychiatric_late_start_unconfirmed"
    if "lab2014.s31b.singleparent" in answers:
        yield "single_parent_unconfirmed"


def _period(facts: CaseFacts, answers: Mapping[str, Answer], least_last_day: date | None) -> Iterator[str]:
    start, last_day, previous = facts.request.start, facts.request.last_day, facts.request.previous_agreement
    if answers.get("lab2014.s31b.psych.right") is False and facts.citizen.discharge_date is not None:
        yield "before_earliest_start"
    if answers.get("lab2014.s31c.duration") is False:
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
    start, contacts = facts.request.start, facts.request.contacts or ()
    if "lab2014.rp.contact_kept" not in answers or start is None:
        return
    if weeks_without_contact(start, contacts, last_day_checked(facts)):
        yield "week_without_contact"


def _money(facts: CaseFacts, refund: Reimbursement) -> Iterator[str]:
    request, remaining = facts.request, facts.budget.frame_remaining
    if request.cost_excluded:
        yield "cost_excluded_by_agreement"
    if refund.base is None:
        known = (request.cost, request.hourly_rate, request.costs) != (None, None, None)
        if facts.action in NEW_SUPPORT and not known:
            yield "cost_missing"
        return
    if refund.frame == "mentor_2014" and remaining is None:
        yield "frame_remaining_unknown"
    if refund.frame == "mentor_2014" and remaining is not None and remaining < refund.base:
        yield "frame_exceeded"
    if any(part.rate is None for part in refund.parts):
        yield "law_not_entered"
