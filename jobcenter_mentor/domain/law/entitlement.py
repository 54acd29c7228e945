"""Decide who is eligible and by what right (borgerens stilling); each law asks its own questions."""

from __future__ import annotations

from dataclasses import dataclass

from jobcenter_mentor.domain.law import eligibility
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.facts import NEW_SUPPORT, CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2020, all_of, any_of


@dataclass(slots=True)
class Entitlement:
    """The entitlement (borgerens stilling): eligible, right at discharge, right and duty, any right.

    None means not known.
    """

    eligible: bool | None
    discharge_right: bool | None
    right_and_duty: bool | None
    right: bool | None
    findings: tuple[Finding, ...]


def standing_of(facts: CaseFacts, law: LawOfDay) -> Entitlement:
    """Return who is eligible and by what right, with the findings behind it.

    A running grant (check_contact, end) is not asked again whether the mentor goes beyond the normal. Raises NotInForce
    when the law of the day has not been entered.
    """
    in_force = law.code
    programme = eligibility.is_under_the_act(facts, law)
    mentor = _of_the_mentor(facts, law) if facts.action in NEW_SUPPORT else ()
    if in_force == LAW_2013:
        return _before_2014(facts, law, programme, mentor)
    if in_force == LAW_2020:
        return _from_2020(facts, law, programme, mentor)
    return _from_2014(facts, law, programme, mentor)


def _of_the_mentor(facts: CaseFacts, law: LawOfDay) -> tuple[Finding, ...]:
    """LAB § 31 d (§ 79 before 2014, § 169, stk. 1, from 2020): what bars this mentor, never the citizen's right."""
    return _asked(eligibility.goes_beyond_normal(facts, law), eligibility.is_decisive(facts, law))


def _before_2014(facts: CaseFacts, law: LawOfDay, programme: Finding, mentor: tuple[Finding, ...]) -> Entitlement:
    """LAB §§ 78-81: discretionary in listed situations; no right and no duty."""
    if facts.citizen.situation == eligibility.EDUCATION:
        ground = eligibility.is_young_in_education(facts, law)
    else:
        ground = eligibility.is_in_a_situation(facts, law)
    no_duty, no_discharge = (
        eligibility.has_no_duty_before_2014(facts, law),
        eligibility.has_no_discharge_right(facts, law),
    )
    discharge = False if no_discharge is None else bool(no_discharge.answer)
    duty = bool(no_duty.answer)
    return Entitlement(
        eligible=all_of(_covered(programme, ground), *[found.answer for found in mentor]),
        discharge_right=discharge,
        right_and_duty=duty,
        right=duty or discharge,
        findings=_asked(programme, ground, *mentor, no_duty, no_discharge),
    )


def _from_2014(facts: CaseFacts, law: LawOfDay, programme: Finding, mentor: tuple[Finding, ...]) -> Entitlement:
    """LAB §§ 31 b, 93, 96, stk. 3, and 96 c: rights at discharge, and right and duty for the activity-ready."""
    covered = eligibility.is_covered(facts, law)
    duty_findings = eligibility.right_and_duty(facts, law)
    duty = all_of(*[found.answer for found in duty_findings]) if duty_findings else False
    outside = eligibility.is_outside_right_and_duty(facts, law) if not duty_findings else None
    discharge = eligibility.has_discharge_right(facts, law)
    no_age_limit = eligibility.has_no_age_limit(facts, law)
    return _standing(
        _covered(programme, covered),
        mentor,
        None if facts.citizen.group is None else duty,
        discharge,
        None,
        _asked(programme, covered, no_age_limit, *mentor, *duty_findings, outside, discharge),
    )


def _from_2020(facts: CaseFacts, law: LawOfDay, programme: Finding, mentor: tuple[Finding, ...]) -> Entitlement:
    """LAB §§ 167-169: rights at discharge and at the start of an education; no right and duty."""
    covered = eligibility.is_covered(facts, law)
    duty = eligibility.has_no_duty_from_2020(facts, law)
    discharge = eligibility.has_discharge_right(facts, law)
    education = eligibility.has_education_right(facts, law)
    return _standing(
        _covered(programme, covered),
        mentor,
        False,
        discharge,
        education,
        _asked(programme, covered, *mentor, duty, discharge, education),
    )


def _standing(
    covered: bool | None,
    mentor: tuple[Finding, ...],
    duty: bool | None,
    discharge: Finding | None,
    other: Finding | None,
    findings: tuple[Finding, ...],
) -> Entitlement:
    """Return the entitlement of the answers; a mentor who may not be chosen leaves the citizen's rights unchanged."""
    at_discharge = discharge.answer if discharge else False
    by_other = other.answer if other else False
    return Entitlement(
        eligible=all_of(covered, *[found.answer for found in mentor]),
        discharge_right=all_of(covered, at_discharge),
        right_and_duty=all_of(covered, duty),
        right=all_of(covered, any_of(duty, at_discharge, by_other)),
        findings=findings,
    )


def _covered(programme: Finding, ground: Finding) -> bool | None:
    return all_of(programme.answer, ground.answer)


def _asked(*found: Finding | None) -> tuple[Finding, ...]:
    return tuple([one for one in found if one is not None])
