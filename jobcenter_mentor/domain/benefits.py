"""Benefits (ydelser): the target group that follows from a benefit, the visitation, the age and the education.

The numbers of LAB § 2 (§ 6 from 2020) stand by date in `rules/parameters/group/`, one file for each benefit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jobcenter_mentor.domain.facts import CaseFacts, CitizenFacts
from jobcenter_mentor.domain.law import LawOfDay

ANY = "alle"
"""Stands for every visitation, none included."""
NOBODY = "-"
"""Stands for no number: nobody of that age and education has the benefit with that visitation."""
ADULT = 30
"""Whole years of age from which the education doesn't matter."""


@dataclass(frozen=True)
class GroupOfBenefit:
    """Group that follows from a benefit: its number, the fact that is lacking, or two facts that don't fit."""

    number: int | None = None
    asks: str | None = None
    clash: tuple[str, str] | None = None


def group_of(citizen: CitizenFacts, law: LawOfDay) -> GroupOfBenefit:
    """Return the group of the day for a citizen whose benefit is known (LAB § 2, from 2020 § 6)."""
    rows = law.find(f"group.{citizen.benefit}")
    if not isinstance(rows, tuple):
        return GroupOfBenefit(clash=("citizen.benefit", "date"))
    numbers = {visitation: others for visitation, *others in (str(row).split() for row in rows)}
    if ANY in numbers:
        return _numbered(numbers[ANY][0], "citizen.visitation")
    if citizen.visitation is None:
        return GroupOfBenefit(asks="citizen.visitation")
    if citizen.visitation not in numbers:
        return GroupOfBenefit(clash=("citizen.benefit", "citizen.visitation"))
    return _by_age(citizen, numbers[citizen.visitation])


def _by_age(citizen: CitizenFacts, numbers: list[str]) -> GroupOfBenefit:
    """Choose between the number from 30 years or with an education, and the one under 30 without."""
    if len(numbers) == 1:
        return _numbered(numbers[0], "citizen.age")
    grown_up, young = numbers
    if citizen.age is None:
        return GroupOfBenefit(asks="citizen.age")
    if citizen.age >= ADULT:
        return _numbered(grown_up, "citizen.age")
    if citizen.has_education is None:
        return GroupOfBenefit(asks="citizen.has_education")
    return _numbered(grown_up if citizen.has_education else young, "citizen.has_education")


def _numbered(number: str, decided_by: str) -> GroupOfBenefit:
    if number == NOBODY:
        return GroupOfBenefit(clash=("citizen.benefit", decided_by))
    return GroupOfBenefit(int(number))


def asked_for_group(citizen: CitizenFacts, law: LawOfDay) -> str:
    """Return the path of the fact to ask for where the group is not known: what the benefit lacks, else the group."""
    lacking = group_of(citizen, law).asks if citizen.benefit is not None else None
    return lacking or "citizen.group"


def with_group(facts: CaseFacts, law: LawOfDay) -> CaseFacts:
    """Put in the group that follows from the benefit, where the case names a benefit and no group."""
    citizen = facts.citizen
    if citizen.benefit is None or citizen.group is not None:
        return facts
    return replace(facts, citizen=replace(citizen, group=group_of(citizen, law).number))


def contradicted(citizen: CitizenFacts, law: LawOfDay) -> tuple[str, str] | None:
    """Name the two facts about the benefit that can't both be right; None where they fit or nothing is told."""
    if citizen.benefit is None:
        return None
    found = group_of(citizen, law)
    if found.number is not None and citizen.group is not None and found.number != citizen.group:
        return "citizen.benefit", "citizen.group"
    return found.clash
