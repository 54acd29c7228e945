"""Assess a case (vurdering): every question asked, and one outcome of the answers; it proposes, people decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import getitem
from typing import Any

from jobcenter_mentor.domain.kernel.change_days import NEW_ACT_EXPECTED
from jobcenter_mentor.domain.kernel.errors import DomainError, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import MOST_AGE
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.kernel.target_groups import number_on
from jobcenter_mentor.domain.law import eligibility, reimbursement, right_and_duty, terms
from jobcenter_mentor.domain.law.assessment import Assessment, ContactBreach, Finding, MaxPeriod, Outcome, Reimbursement
from jobcenter_mentor.domain.law.benefits import asked_for_group, with_group
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.entitlement import Entitlement, standing_of
from jobcenter_mentor.domain.law.facts import NEW_SUPPORT, CaseFacts
from jobcenter_mentor.domain.law.guidance import guidance_of
from jobcenter_mentor.domain.law.law import Law, LawOfDay
from jobcenter_mentor.domain.law.missing import contradictions
from jobcenter_mentor.domain.law.refund_ways import NOT_KNOWN, NOTHING, AgreedGroup, says_way, way_on
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2014, LAW_2020, all_of, any_of, finding, rule_on
from jobcenter_mentor.domain.law.warnings import warnings_of


def assess(facts: CaseFacts, law: Law) -> Assessment:
    """Return the assessment of the facts by the law of the day of the decision, with every finding.

    Raises NotInForce when the law of that day has not been entered, or when a figure that a rule needs is missing.
    """
    today = law.on(facts.date)
    if facts.date >= NEW_ACT_EXPECTED and today.found_code is None:
        return _not_known(facts, law)
    facts = with_group(facts, today)
    standing = standing_of(facts, today)
    longest, least = _longest_period(facts, standing, today), _least_last_day(facts, standing, today)
    window = eligibility.discharge_window(facts, today) if today.code != LAW_2013 else None
    contact_findings, breaches = _contact(facts, standing, today)
    ending_findings, termination = _ending(facts, standing, least, today)
    refund, refund_findings = _reimbursement(facts, standing, law)
    new = facts.action in NEW_SUPPORT
    term_findings = _terms(facts, standing, longest, today) if new else []
    clash = contradictions(facts, today)
    if clash and refund is not None:
        refund = reimbursement.without_amounts(refund)
    findings = [
        *standing.findings,
        *term_findings,
        *contact_findings,
        *_own_contact(facts, today),
        *ending_findings,
        *refund_findings,
        *([_contradiction(facts, clash)] if clash else ()),
    ]
    missing = _missing(standing, findings, clash, today)
    findings += guidance_of(facts, standing, today)
    undecided = bool(missing)
    interval = contact_findings[0].value if contact_findings and not clash else None
    return Assessment(
        law=today.code,
        outcome=Outcome.UNDECIDED if undecided else _outcome(facts, standing, termination),
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
        warnings=tuple(warnings_of(facts, findings, least, refund, today, right_and_duty=standing.right_and_duty)),
    )


def _not_known(facts: CaseFacts, law: Law) -> Assessment:
    """Return the assessment on a day whose act is not passed yet: nothing is known, and a warning says so."""
    agreed = reimbursement.frozen_group(facts, discharge_right=False)
    return Assessment(
        law=LawCode.NOT_KNOWN,
        outcome=Outcome.UNDECIDED,
        eligible=None,
        right=None,
        right_and_duty=None,
        min_contact_interval_days=None,
        max_period=None,
        min_period_last_day=None,
        earliest_start=None,
        termination_allowed=None,
        contact_breaches=None,
        reimbursement=reimbursement.without_amounts(reimbursement.reimburse(facts, agreed, law, NOT_KNOWN)),
        findings=(finding("lab2027.act", None, {"date": facts.date}),),
        missing=(),
        warnings=("new_act_2027_expected",),
    )


def _longest_period(facts: CaseFacts, standing: Entitlement, law: LawOfDay) -> MaxPeriod | None:
    start = facts.request.start
    return None if start is None else terms.longest_period(start, bool(standing.right_and_duty), law)


def _least_last_day(facts: CaseFacts, standing: Entitlement, law: LawOfDay) -> date | None:
    if not standing.discharge_right or facts.request.start is None:
        return None
    return last_day_of_months(facts.request.start, law.whole("mentor.psychiatric_least_months"))


def _terms(facts: CaseFacts, standing: Entitlement, longest: MaxPeriod | None, law: LawOfDay) -> list[Finding]:
    extending = facts.action == "extend"
    found = [
        terms.is_within_longest_period(facts, longest, law),
        terms.can_be_extended(facts, law) if extending else None,
        terms.is_direct_contact(facts, law),
        right_and_duty.must_be_renewed(facts) if extending and standing.right_and_duty else None,
        *terms.hours_mentor_and_pay(facts, law),
    ]
    return [item for item in found if item is not None]


def _contact(
    facts: CaseFacts, standing: Entitlement, law: LawOfDay
) -> tuple[list[Finding], tuple[ContactBreach, ...] | None]:
    required = standing.right_and_duty
    found = [right_and_duty.contact_interval(facts, law)] if required else []
    breaches = None
    if facts.action == "check_contact":
        breaches = right_and_duty.breaches_of_contact(facts, required, law)
        found += [right_and_duty.is_contact_kept(facts, breaches, law)] if required else []
    return [item for item in found if item is not None], breaches


def _own_contact(facts: CaseFacts, law: LawOfDay) -> list[Finding]:
    """Return the finding on the municipality's own interval, apart from those whose figure is the law's."""
    own = right_and_duty.is_own_interval_kept(facts, law) if facts.action == "check_contact" else None
    return [own] if own else []


def _ending(
    facts: CaseFacts, standing: Entitlement, least: date | None, law: LawOfDay
) -> tuple[list[Finding], bool | None]:
    if facts.action != "end":
        return [], None
    goes_on, stays = right_and_duty.goes_on_without_other_offer(facts), right_and_duty.is_still_in_the_group(facts, law)
    lasting = right_and_duty.lasts_the_least_period(facts, least, law) if least else None
    no_duty = None if standing.right_and_duty is None else not standing.right_and_duty
    duty_over = any_of(no_duty, not goes_on.answer)
    found = [stays, goes_on if standing.right_and_duty is not False else None, lasting]
    allowed = all_of(duty_over, lasting.answer if lasting else True)
    return [item for item in found if item is not None], allowed


def _reimbursement(facts: CaseFacts, standing: Entitlement, law: Law) -> tuple[Reimbursement | None, list[Finding]]:
    agreed = reimbursement.frozen_group(facts, bool(standing.discharge_right))
    today = law.on(facts.date)
    if agreed is None and today.code != LAW_2013:
        return None, [_asks_group(facts, today)]
    if standing.eligible is False:
        return reimbursement.reimburse(facts, agreed, law, NOTHING), []
    refund = reimbursement.reimburse(facts, agreed, law)
    if agreed is not None and standing.discharge_right is None and _discharge_moves_it(facts, agreed, law):
        refund = reimbursement.without_amounts(refund)
    days = [part.first for part in refund.parts] or [facts.request.start or facts.date]
    ways = {}
    for day in days:
        of_day = law.on(day)
        way = way_on(agreed, of_day)
        if way.rule:
            ways[way.rule] = (way, of_day)
    found = [says_way(way, _number_of(agreed, of_day), of_day) for way, of_day in ways.values()]
    excluded = reimbursement.is_excluded(facts, law)
    remaining = facts.budget.frame_remaining
    if standing.right_and_duty and remaining is not None and remaining < (cost := reimbursement.framed_cost(refund)):
        found.append(reimbursement.must_be_given_beyond_frame(remaining, cost))
    return refund, found if excluded is None else [*found, excluded]


def _number_of(agreed: AgreedGroup | None, law: LawOfDay) -> int | None:
    """Return the number of the fixed group under the law of a day, so that a finding never mixes § 2 and § 6."""
    return None if agreed is None else number_on(agreed.number, agreed.given_on, law.day)


def _asks_group(facts: CaseFacts, law: LawOfDay) -> Finding:
    rule = {LAW_2014: "lab2014.s121a.groups", LAW_2020: "lab2020.refunded"}.get(law.code, "lab2016.s118.5")
    ask = asked_for_group(facts.citizen, law) if facts.agreement is None else "agreement.group"
    return finding(rule, None, {"group": None}, ask=ask)


def _discharge_moves_it(facts: CaseFacts, agreed: AgreedGroup, law: Law) -> bool:
    """Tell whether the open right at discharge would move the cost to another frame on a day of the period."""
    request = facts.request
    days = {request.start or facts.date, request.last_day or facts.date}
    other = replace(agreed, discharge_right=True)
    return any(way_on(agreed, law.on(day)).frame != way_on(other, law.on(day)).frame for day in days)


def _contradiction(facts: CaseFacts, clash: list[str]) -> Finding:
    given: Any = facts_to_dict(facts)
    used = {path.rpartition(".")[2]: reduce(getitem, path.split("."), given) for path in clash}
    return finding("proc.facts", False, used)


def _missing(standing: Entitlement, findings: list[Finding], clash: list[str], law: LawOfDay) -> list[str]:
    if clash:
        return clash
    if standing.eligible is False:
        return []
    idle = rule_on("discharge", law) if standing.right_and_duty else None
    asked = [found.asks for found in findings if found.answer is None and found.rule != idle]
    return list(dict.fromkeys(path for path in asked if path is not None))


def _outcome(facts: CaseFacts, standing: Entitlement, termination: bool | None) -> Outcome:
    if termination is not None:
        return Outcome.MAY if termination else Outcome.MUST_NOT
    if facts.action == "end":
        return Outcome.UNDECIDED
    if standing.eligible is False:
        return Outcome.MUST_NOT
    if standing.eligible is None:
        return Outcome.UNDECIDED
    return Outcome.MUST if standing.right else Outcome.MAY


def answer_cases(cases: Sequence[object], law: Law) -> list[dict[str, object]]:
    """Return one answer per case in the given order; a case that can't be read does not stop the others."""
    return [answer_case(case, law) for case in cases]


def answer_case(case: object, law: Law) -> dict[str, object]:
    """Return the assessment with the case's `id`, or `{"id", "error": {"code", "message", "errors"}}`."""
    number = case.get("id") if isinstance(case, Mapping) else None
    try:
        if not isinstance(case, Mapping):
            raise ValidationFailed("En sag skal være et sæt felter med navne.")
        return {"id": number, **assess(_plausible(facts_from_dict(case)), law).to_dict()}
    except DomainError as error:
        return {"id": number, "error": {"code": error.code, "message": error.message, "errors": error.errors}}


def _plausible(facts: CaseFacts) -> CaseFacts:
    """Refuse an age that nobody in the scheme has; a stored case with such an age can still be read."""
    if (facts.citizen.age or 0) > MOST_AGE:
        text = f"Skal være et helt tal fra 0 til {MOST_AGE}."
        raise ValidationFailed("Sagens oplysninger kan ikke læses.", errors={"citizen.age": [text]})
    return facts
