"""The refusals of a benefit (ydelse) on a day: which answer is wrong, why, and what to choose instead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS, in_sentence
from jobcenter_mentor.domain.law.benefits import (
    ADULT,
    READINESS,
    GroupOfBenefit,
    group_of,
    law_of_benefits,
    visitations_of,
)
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import LawOfDay

INSTEAD = {
    "uddannelseshjaelp": ("kontanthjaelp",),
    "kontanthjaelp": ("uddannelseshjaelp",),
    "integrationsydelse": ("overgangsydelse", "kontanthjaelp"),
    "overgangsydelse": ("integrationsydelse", "kontanthjaelp"),
    "selvforsoergelses_hjemrejseydelse": ("integrationsydelse", "kontanthjaelp"),
    "ressourceforloeb": ("kontanthjaelp",),
    "jobafklaring": ("sygedagpenge",),
}
"""What to choose on a day without the benefit, or for somebody who can't have it: the first one in force."""
EDUCATION = "Svar på, om borgeren har en erhvervskompetencegivende uddannelse. Det afgør målgruppen under 30 år."
"""The error where the education is missing."""
OUTSIDE = ("citizen.benefit", "citizen.integration_programme")
"""Two facts that don't stop a registration, because the programme belongs to the citizen, not to the benefit."""


@dataclass(frozen=True)
class Refusal:
    """A wrong or missing answer: its field (benefit, visitation or has_education), a code, and what to do."""

    field: str
    code: str
    text: str


def refusal_of(citizen: CitizenFacts, law: LawOfDay) -> Refusal | None:
    """Return why a given benefit can't be registered from a day; None where it can."""
    day, law = law.day, law_of_benefits(law)
    found = group_of(citizen, law)
    if found.asks == "citizen.visitation":
        name = BENEFITS[citizen.benefit or ""]
        return Refusal("visitation", "required", f"Visitation mangler. {name} skal have en visitation.")
    if found.asks == "citizen.has_education":
        return Refusal("has_education", "required", EDUCATION)
    if found.clash == ("citizen.benefit", "date"):
        text = f"{BENEFITS[citizen.benefit or '']} findes ikke den {day:%d.%m.%Y}. {_instead(citizen, law)}"
        return Refusal("benefit", "cross_field", text)
    return _misfit(citizen, found.clash, law) if found.clash and found.clash != OUTSIDE else None


def _misfit(citizen: CitizenFacts, clash: tuple[str, str], law: LawOfDay) -> Refusal:
    decided_by, name = clash[1], in_sentence(BENEFITS[citizen.benefit or ""])
    other = _other_visitations(citizen, law)
    if decided_by == "citizen.visitation" or other:
        who = "" if decided_by == "citizen.visitation" else f" for {_who(citizen)}"
        visitation = VISITATIONS[citizen.visitation or ""]
        choose = f"Vælg {_either(other)}." if other else "Lad visitationen være tom."
        return Refusal(
            "visitation", "cross_field", f"Visitationen »{visitation}« passer ikke til {name}{who}. {choose}"
        )
    text = f"{BENEFITS[citizen.benefit or '']} passer ikke til {_who(citizen)}. {_instead(citizen, law)}"
    return Refusal("benefit", "cross_field", text)


def _other_visitations(citizen: CitizenFacts, law: LawOfDay) -> list[str]:
    """Return the visitations that fit the benefit, the age and the education, in words."""
    if citizen.visitation is None:
        return []
    numbers = visitations_of(citizen.benefit or "", law) or {}
    codes = [code for code in VISITATIONS if code in numbers and code != citizen.visitation]
    return [in_sentence(VISITATIONS[code]) for code in codes if group_of(replace(citizen, visitation=code), law).number]


def _instead(citizen: CitizenFacts, law: LawOfDay) -> str:
    """Return the benefit to choose: the first that was in force that day and that the citizen can have."""
    for code in INSTEAD.get(citizen.benefit or "", ()):
        tried = replace(citizen, benefit=code)
        options = [replace(tried, visitation=None), *(replace(tried, visitation=one) for one in READINESS)]
        if any(_is_open(group_of(one, law)) for one in options):
            return f"Vælg {in_sentence(BENEFITS[code])}."
    return "Vælg den ydelse, borgeren får den dag."


def _is_open(found: GroupOfBenefit) -> bool:
    return found.clash is None


def _who(citizen: CitizenFacts) -> str:
    if citizen.age is None:
        return "borgeren"
    if citizen.age >= ADULT or citizen.has_education is None:
        return f"en borger på {citizen.age} år"
    return f"en borger under {ADULT} år {'med' if citizen.has_education else 'uden'} uddannelse"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} eller {words[-1]}"
