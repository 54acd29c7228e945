"""Vurdering: every question asked, and one outcome drawn from the answers. It proposes; people decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import getitem
from typing import Any

from jobcenter_mentor.domain import eligibility, reimbursement, terms
from jobcenter_mentor.domain.assessment import (
    Answer,
    Assessment,
    ContactBreach,
    Finding,
    MaxPeriod,
    Outcome,
    Reimbursement,
    facts_to_dict,
)
from jobcenter_mentor.domain.errors import NotInForce
from jobcenter_mentor.domain.facts import CaseFacts
from jobcenter_mentor.domain.law import Law, LawOfDay
from jobcenter_mentor.domain.missing import asked_about, contradictions
from jobcenter_mentor.domain.periods import last_day_of_months
from jobcenter_mentor.domain.rulebook import all_of, any_of, finding
from jobcenter_mentor.domain.warnings import warnings_of

NEW_SUPPORT = ("grant", "extend")
NOT_ENTERED = "Loven for denne dag er endnu ikke lagt ind."


@dataclass(frozen=True)
class Standing:
    """Borgerens stilling: eligible, right at discharge, right and duty, right in all; None is not known."""

    eligible: bool | None
    discharge_right: bool | None
    right_and_duty: bool | None
    right: bool | None
    findings: tuple[Finding, ...]


def assess(facts: CaseFacts, law: Law) -> Assessment:
    """Vurdér en sag: the law of the day of the decision on the facts, with every finding.

    Raises NotInForce when the law of that day has not been entered, or when a figure that a rule needs is missing.
    """
    today = law.on(facts.date)
    law_name = name_of_law(today)
    standing = standing_of(facts, today)
    longest, least = _longest_period(facts, standing, today), _least_last_day(facts, standing, today)
    window = eligibility.discharge_window(facts, today)
    contact_findings, breaches = _contact(facts, standing, today)
    ending_findings, termination = _ending(facts, standing, least, today)
    refund, refund_findings = _reimbursement(facts, standing, law)
    new = facts.action in NEW_SUPPORT
    term_findings = _terms(facts, standing, longest, today) if new else []
    clash = contradictions(facts)
    clash_findings = [_contradiction(facts, clash)] if clash else []
    findings = [
        *standing.findings,
        *term_findings,
        *contact_findings,
        *ending_findings,
        *refund_findings,
        *clash_findings,
    ]
    missing = _missing(standing, findings, clash)
    undecided = bool(missing)
    has_interval = standing.right_and_duty and not clash
    interval = today.whole("mentor.contact_interval_days") if has_interval else None
    return Assessment(
        law=law_name,
        outcome=Outcome.UNDECIDED if undecided else _outcome(standing, termination),
        eligible=standing.eligible,
        right=None if clash else standing.right,
        right_and_duty=None if clash else standing.right_and_duty,
        min_contact_interval_days=interval,
        max_period=longest,
        min_period_last_day=least,
        earliest_start=window.earliest_start if window else None,
        termination_allowed=None if undecided else termination,
        contact_breaches=None if clash else breaches,
        reimbursement=refund,
        findings=tuple(findings),
        missing=tuple(missing),
        warnings=tuple(warnings_of(facts, findings, least, refund)),
    )


def name_of_law(law: LawOfDay) -> str:
    """Lovens navn: "LAB 2014". Raises NotInForce when the law of the day has not been entered."""
    figure = law.parameter("mentor.law")
    try:
        return str(figure.on(law.day)[0])
    except NotInForce as error:
        raise NotInForce(error.parameter, error.day, NOT_ENTERED) from error


def standing_of(facts: CaseFacts, law: LawOfDay) -> Standing:
    """Borgerens stilling: who is eligible and by what right, with the findings that say so.

    A running grant (check_contact, end) is not asked again whether the mentor goes beyond the normal.
    """
    programme, covered = eligibility.is_in_integration_programme(facts), eligibility.is_covered(facts)
    outside = None if programme.answer is None else not programme.answer
    new = facts.action in NEW_SUPPORT
    beyond = eligibility.goes_beyond_normal(facts, law) if new else None
    eligible = all_of([outside, covered.answer, *([beyond.answer] if beyond else [])])
    duty_findings = eligibility.right_and_duty(facts, law)
    duty = _right_and_duty(facts, duty_findings)
    discharge = eligibility.has_discharge_right(facts, law)
    single_parent = eligibility.has_single_parent_right(facts, law)
    rights: list[Answer] = [duty, *(found.answer for found in (discharge, single_parent) if found)]
    found = [programme, covered, eligibility.has_no_age_limit(facts), beyond, *duty_findings]
    if not duty_findings and facts.citizen.group is not None:
        found.append(eligibility.is_outside_right_and_duty(facts))
    return Standing(
        eligible=eligible,
        discharge_right=all_of([eligible, discharge.answer if discharge else False]),
        right_and_duty=all_of([eligible, duty]),
        right=all_of([eligible, any_of(rights)]),
        findings=tuple(item for item in (*found, discharge, single_parent) if item is not None),
    )


def _right_and_duty(facts: CaseFacts, findings: list[Finding]) -> bool | None:
    if facts.citizen.group is None:
        return None
    return all_of(found.answer for found in findings) if findings else False


def _longest_period(facts: CaseFacts, standing: Standing, law: LawOfDay) -> MaxPeriod | None:
    start = facts.request.start
    return None if start is None else terms.longest_period(start, bool(standing.right_and_duty), law)


def _least_last_day(facts: CaseFacts, standing: Standing, law: LawOfDay) -> date | None:
    if not standing.discharge_right or facts.request.start is None:
        return None
    return last_day_of_months(facts.request.start, law.whole("mentor.psychiatric_least_months"))


def _terms(facts: CaseFacts, standing: Standing, longest: MaxPeriod | None, law: LawOfDay) -> list[Finding]:
    found = [terms.is_within_longest_period(facts, longest, law)]
    if facts.action == "extend":
        found.append(terms.can_be_extended(facts))
        found += [terms.must_be_renewed(facts)] if standing.right_and_duty else []
    hours = [terms.how_many_hours(facts), terms.is_within_local_ceiling(facts, law)]
    return found + [item for item in hours if item is not None]


def _contact(
    facts: CaseFacts, standing: Standing, law: LawOfDay
) -> tuple[list[Finding], tuple[ContactBreach, ...] | None]:
    duty = standing.right_and_duty
    found = [terms.contact_interval(facts, law)] if duty else []
    if facts.action != "check_contact":
        return found, None
    breaches = terms.breaches_of_contact(facts, duty, law)
    return found + ([terms.is_contact_kept(facts, breaches, law)] if duty else []), breaches


def _ending(
    facts: CaseFacts, standing: Standing, least: date | None, law: LawOfDay
) -> tuple[list[Finding], bool | None]:
    if facts.action != "end":
        return [], None
    other, left = terms.has_other_offer(facts), terms.has_left_the_group(facts, law)
    lasting = terms.lasts_the_least_period(facts, least, law) if least else None
    duty_over = True if standing.right_and_duty is False else other.answer
    found = [left, other if standing.right_and_duty is not False else None, lasting]
    allowed = all_of([duty_over, lasting.answer if lasting else True])
    return [item for item in found if item is not None], allowed


def _reimbursement(facts: CaseFacts, standing: Standing, law: Law) -> tuple[Reimbursement | None, list[Finding]]:
    group, today = reimbursement.frozen_group(facts), law.on(facts.date)
    if group is None:
        used, ask = {"group": None}, "citizen.group" if facts.agreement is None else "agreement.group"
        return None, [finding("lab2014.s121a.groups", None, used, ask=ask)]
    frame = reimbursement.which_frame(group, bool(standing.discharge_right), today)
    if standing.eligible is False:
        return reimbursement.reimburse(facts, reimbursement.NO_REIMBURSEMENT, law), []
    refund = reimbursement.reimburse(facts, frame, law)
    if standing.discharge_right is None and frame != reimbursement.MENTOR_FRAME:
        refund = reimbursement.without_amounts(refund)
    found = [reimbursement.is_reimbursed(group, frame, today)]
    remaining = facts.budget.frame_remaining
    short = frame == reimbursement.MENTOR_FRAME and remaining is not None and remaining < (refund.base or 0)
    if short and standing.right_and_duty and remaining is not None:
        found.append(reimbursement.must_be_given_beyond_frame(remaining, refund.base or 0))
    return refund, found


def _contradiction(facts: CaseFacts, clash: list[str]) -> Finding:
    given: Any = facts_to_dict(facts)
    used = {path.rpartition(".")[2]: reduce(getitem, path.split("."), given) for path in clash}
    return finding("proc.facts", False, used)


def _missing(standing: Standing, findings: list[Finding], clash: list[str]) -> list[str]:
    if clash:
        return clash
    if standing.eligible is False:
        return []
    needed = [found for found in findings if not (standing.right_and_duty and found.rule == "lab2014.s31b.psych.right")]
    asked = [asked_about(found.question) for found in needed if found.answer is None]
    return list(dict.fromkeys(path for path in asked if path is not None))


def _outcome(standing: Standing, termination: bool | None) -> Outcome:
    if termination is not None:
        return Outcome.MAY if termination else Outcome.MUST_NOT
    if standing.eligible is False:
        return Outcome.MUST_NOT
    return Outcome.MUST if standing.right else Outcome.MAY
