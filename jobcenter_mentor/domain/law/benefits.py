"""The target group that follows from a benefit (ydelse), the visitation, the age and the education.

The numbers of LAB § 2 (§ 6 from 2020) are by date in `rules/parameters/group/`, one file for each benefit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.domain.law.facts import CaseFacts, CitizenFacts
from jobcenter_mentor.domain.law.law import LawOfDay

ANY = "alle"
"""The mark of every visitation, and of none."""
NOBODY = "-"
"""The mark of no number: nobody of that age and education has the benefit with that visitation."""
ADULT = 30
"""The age in whole years from which the education doesn't matter."""
OF_AGE = 18
EDUCATED, YOUNG = (2, 3), (4, 5)
"""LAB § 6: nr. 2 and 3 are from 30 years or with an education, nr. 4 and 5 under 30 without."""
READINESS = ("jobparat", "aktivitetsparat", "uddannelsesparat", "aabenlyst_uddannelsesparat")
"""Visitations that only the benefits of aktivloven have; an insured citizen is always job-ready."""
MINORS, INSURED = "under_18", "dagpenge"
LAW_OF_SECTION_6 = LawCode.LAB_2020
"""The law whose groups are in § 6."""
FIRST_LAW = date(2010, 1, 1)
"""The first day whose law is entered; benefits of earlier days are read by it."""


@dataclass(frozen=True)
class GroupOfBenefit:
    """The group that follows from a benefit: its number, the missing fact, or two facts that don't fit."""

    number: int | None = None
    asks: str | None = None
    clash: tuple[str, str] | None = None


def group_of(citizen: CitizenFacts, law: LawOfDay) -> GroupOfBenefit:
    """Return the group of the day for a citizen whose benefit is known (LAB § 2, from 2020 § 6)."""
    numbers = visitations_of(citizen.benefit or "", law)
    if numbers is None:
        return GroupOfBenefit(clash=("citizen.benefit", "date"))
    if citizen.benefit == MINORS and citizen.age is not None and citizen.age >= OF_AGE:
        return GroupOfBenefit(clash=("citizen.benefit", "citizen.age"))
    if ANY in numbers:
        return _of_any_visitation(citizen, numbers[ANY][0])
    if citizen.visitation is None:
        return GroupOfBenefit(asks="citizen.visitation")
    if citizen.visitation not in numbers:
        return GroupOfBenefit(clash=("citizen.benefit", "citizen.visitation"))
    found = _by_age(citizen, numbers[citizen.visitation])
    return _as_section_6_says(citizen, found) if law.found_code == LAW_OF_SECTION_6 else found


def law_of_benefits(law: LawOfDay) -> LawOfDay:
    """Return the law to read a benefit by: that of the day, or the first one entered for earlier days."""
    return law if law.day >= FIRST_LAW else law.at(FIRST_LAW)


def visitations_of(benefit: str, law: LawOfDay) -> dict[str, list[str]] | None:
    """Return the numbers of a benefit by visitation, as its file gives them; None where it isn't in force that day."""
    name = f"group.{benefit}"
    if ("table", name) not in law.stated:
        rows = law.find(name)
        table = {one: others for one, *others in map(str.split, map(str, rows))} if isinstance(rows, tuple) else None
        law.stated["table", name] = table
    found: dict[str, list[str]] | None = law.stated["table", name]
    return found


def offered(law: LawOfDay) -> dict[str, str]:
    """Return the benefits to choose from that day, by code: those of the day, then those that have ended."""
    now = {code: name for code, name in BENEFITS.items() if visitations_of(code, law) is not None}
    begun = (code for code in BENEFITS if law.parameter(f"group.{code}").values[0].valid_from <= law.day)
    return now | {code: f"{BENEFITS[code]} (ophørt)" for code in begun if code not in now}


def visitations_offered(law: LawOfDay) -> list[str]:
    """Return the visitations that any benefit of the day has, in the order shown."""
    found = {code for benefit in BENEFITS for code in visitations_of(benefit, law) or {}}
    return [code for code in VISITATIONS if code in found]


def education_decides(law: LawOfDay) -> bool:
    """Tell whether an education decides the group for any benefit of the day."""
    tables = (visitations_of(code, law) or {} for code in BENEFITS)
    return any(len(numbers) > 1 for table in tables for numbers in table.values())


def _of_any_visitation(citizen: CitizenFacts, number: str) -> GroupOfBenefit:
    """Return the number that applies whatever the visitation; a benefit without one has a programme of its own."""
    if citizen.visitation in READINESS and (citizen.benefit, citizen.visitation) != (INSURED, "jobparat"):
        return GroupOfBenefit(clash=("citizen.benefit", "citizen.visitation"))
    if number != NOBODY:
        return GroupOfBenefit(int(number))
    if citizen.integration_programme is None:
        return GroupOfBenefit(asks="citizen.integration_programme")
    outside = ("citizen.benefit", "citizen.integration_programme")
    return GroupOfBenefit(clash=None if citizen.integration_programme else outside)


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


def _as_section_6_says(citizen: CitizenFacts, found: GroupOfBenefit) -> GroupOfBenefit:
    """Compare a number with the age and the education that LAB § 6, nr. 2-5, itself requires, where they are known."""
    adult = citizen.age is not None and citizen.age >= ADULT
    if found.number in YOUNG and adult:
        return GroupOfBenefit(clash=("citizen.benefit", "citizen.age"))
    too_educated = found.number in YOUNG and citizen.has_education is True
    too_little = found.number in EDUCATED and citizen.age is not None and not adult and citizen.has_education is False
    return GroupOfBenefit(clash=("citizen.benefit", "citizen.has_education")) if too_educated or too_little else found


def asked_for_group(citizen: CitizenFacts, law: LawOfDay) -> str:
    """Return the path of the fact to ask for: what the benefit lacks for a group, otherwise the group."""
    lacking = group_of(citizen, law).asks if citizen.benefit is not None else None
    return lacking or "citizen.group"


def with_group(facts: CaseFacts, law: LawOfDay) -> CaseFacts:
    """Return the facts with the group that follows from the benefit, where the case has a benefit and no group."""
    citizen = facts.citizen
    if citizen.benefit is None or citizen.group is not None:
        return facts
    return replace(facts, citizen=replace(citizen, group=group_of(citizen, law).number))


def contradicted(citizen: CitizenFacts, law: LawOfDay) -> tuple[str, str] | None:
    """Return two facts about the benefit that can't both be right; None where they fit or none are given."""
    if citizen.benefit is None:
        return None
    found = group_of(citizen, law)
    if found.number is not None and citizen.group is not None and found.number != citizen.group:
        return "citizen.benefit", "citizen.group"
    return found.clash
