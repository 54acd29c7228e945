"""Choose the guiding rules (vejledning) that concern a case; they decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter_mentor.domain.kernel.change_days import (
    AGREEMENTS_FROM,
    CLOSED_GROUPS,
    DISCHARGE_PURPOSE_FROM,
    LOV_295,
    SPENDING_BOUNDARY,
)
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.entitlement import Entitlement
from jobcenter_mentor.domain.law.facts import NEW_SUPPORT, CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2020, stated

_DUTY = ("isoffer", "alternatives", "personal", "purpose", "period", "contactform")
_COMPLAINT = ("proc.complaintguide", "proc.deadline", "proc.review", "proc.effect")
_AGAINST = ("proc.hearing", "proc.reasons.duty", "proc.reasons.content", "proc.reasons.oral")


def guidance_of(facts: CaseFacts, standing: Entitlement, law: LawOfDay) -> tuple[Finding, ...]:
    """Return the guiding rules of a case: purpose and agreement of new support, and what a decision must contain.

    All similar cases in a period of the law share the same tuple.
    """
    citizen, request = facts.citizen, facts.request
    alike = (
        facts.action,
        citizen.group,
        request.mentor_type,
        standing.eligible,
        standing.discharge_right,
        standing.right_and_duty,
    )
    cached: tuple[Finding, ...] | None = law.stated.get(alike)
    if cached is None:
        cached = law.stated[alike] = tuple(stated(rule, law) for rule in _rules_for(facts, standing, law))
    return cached


def _rules_for(facts: CaseFacts, standing: Entitlement, law: LawOfDay) -> list[str]:
    rules: list[str] = []
    if facts.action in NEW_SUPPORT and standing.eligible is not False:
        rules += _of_new_support(facts, standing, law)
    if facts.action in NEW_SUPPORT or facts.action == "end":
        rules += _of_the_decision(facts, standing, law)
    return rules


def _of_new_support(facts: CaseFacts, standing: Entitlement, law: LawOfDay) -> Iterator[str]:
    if law.code == LAW_2013:
        yield from _before_2014(facts)
    elif law.code == LAW_2020:
        yield from _from_2020(facts, standing)
    else:
        yield from _from_2014(facts, standing)


def _before_2014(facts: CaseFacts) -> Iterator[str]:
    """LAB §§ 78-81 a: purpose and agreement, and the schemes that are not mentor support."""
    yield "lab2013.s78.purpose"
    if facts.date >= AGREEMENTS_FROM:
        yield "lab2013.agreement"
    if facts.request.mentor_type == "VIRK":
        yield from ("lab2013.partnership", "lab2013.not.personalassist")
    yield "lab2013.not.skp"


def _from_2014(facts: CaseFacts, standing: Entitlement) -> Iterator[str]:
    """LAB §§ 31 b, 31 c, 31 e, 68 a, 81 a, 93 and 96 c: purpose, agreement, and the meaning of right and duty."""
    yield from ("lab2014.s31b.purpose", "lab2014.s31c.writing", "lab2014.s31c.content")
    if facts.request.mentor_type in ("VIRK", "UDD"):
        yield from ("lab2014.s31e.training", "lab2014.released")
    if facts.request.mentor_type == "VIRK":
        yield "lab2014.s81a.partnership"
    if facts.citizen.group == 11:
        yield "lab2014.ressource"
    if standing.discharge_right:
        yield "lab2014.s31b.psych.notify"
    if standing.right_and_duty:
        yield from (f"lab2014.rp.{rule}" for rule in _DUTY)
        if facts.citizen.group == 3:
            yield "lab2014.rp.firstoffer_left"


def _from_2020(facts: CaseFacts, standing: Entitlement) -> Iterator[str]:
    """LAB chapter 26 and §§ 102, 105 and 203 a, and the order: plan, cost, discharge, 2026."""
    yield from ("lab2020.minplan", "lab2020.bek122.incl", "lab2020.s170", "lab2020.released")
    if standing.discharge_right:
        yield "lab2020.bek125"
        if facts.date >= LOV_295:
            yield "lab2024.s167.2" if facts.date >= DISCHARGE_PURPOSE_FROM else "lab2023.s167.2"
    if facts.citizen.group in (1, 2, 3, 4, 5):
        yield "lab2020.rp.where"
    if facts.date >= SPENDING_BOUNDARY:
        yield from ("ref2026.citizen", "ref2026.amount")
    if facts.date >= CLOSED_GROUPS and facts.citizen.group in (8, 10):
        yield "ref2026.groups"


def _of_the_decision(facts: CaseFacts, standing: Entitlement, law: LawOfDay) -> Iterator[str]:
    """Forvaltningsloven §§ 19 and 22-26, retssikkerhedsloven §§ 66, 67 and 72: hearing, reasons and complaint."""
    if facts.action == "end" or standing.eligible is False:
        yield from _AGAINST
    if law.code == LAW_2013:
        yield "lab2013.complaint"
    yield from _COMPLAINT
