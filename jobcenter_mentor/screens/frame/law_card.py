"""The card of an assessment (Lovvurdering): three sentences, then each question with facts, law and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.law.assessment import Assessment, Finding
from jobcenter_mentor.domain.law.reasons import group_words, numbers_by_section_6, plain_reasons
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.platform.law_figures.extracts import KIND_OF_CONFIDENCE, Extract, ReadingCertainty, wording
from jobcenter_mentor.platform.law_figures.service import figure_words, numbers_words
from jobcenter_mentor.platform.pages.filters import fact_name, fact_value, sentence

ANSWER_UNITS = {
    "lab2013.complaint": "weeks",
    "lab2014.rp.contact": "days",
    "lab2014.rp.period": "months",
    "lab2016.contact": "days",
    "proc.deadline": "weeks",
    "proc.review": "weeks",
}
"""The unit of an answer that is a figure, by its rule."""
VALUE_UNITS = {
    **ANSWER_UNITS,
    "lab2013.duration": "months",
    "lab2013.s78.education": "years",
    "lab2014.rp.contact_kept": "days",
    "lab2014.s31b.psych.least": "months",
    "lab2014.s31b.psych.right": "months",
    "lab2014.s31c.duration": "months",
    "lab2020.s167.1.duration": "months",
    "lab2020.s167.2": "months",
    "lab2020.s167.2.least": "months",
    "lab2020.s167.3": "months",
    "local.contact_kept": "days",
    "local.hours_ceiling": "hours/week",
    "ref2026.amount": "øre/person",
}
"""The unit of the figure a rule was decided by."""
HOURS = frozenset({"lab2013.hours", "lab2014.s31e.hours", "lab2020.s169.hours"})
GROUPS = frozenset({"group", "agreement_group"})
KRONER = frozenset({"cost", "cost_excluded", "frame_remaining", "hourly_rate"})
SAID = {"age": "{} år", "place_share": "{} borgere om pladsen"}
EDUCATION = {"other": "anden uddannelse end en studie- eller erhvervskompetencegivende"}
KIND_WORDS = {
    ReadingCertainty.TEXT: "lovens ord",
    ReadingCertainty.INFERRED: "udledt",
    ReadingCertainty.OPEN: "vi ved det ikke",
    ReadingCertainty.ELSEWHERE: "læst et andet sted end i loven",
    ReadingCertainty.LOCAL: "kommunens egen regel",
}


@dataclass(frozen=True)
class LawCardRow:
    """A question of the card (spørgsmål): what we read, on which facts and figure, and what the law says."""

    question: str
    answer: str
    is_open: bool
    facts: str
    figure: str
    section: str
    kind: ReadingCertainty
    source: str
    says: tuple[Extract, ...]
    inferred_from: str

    @property
    def kind_words(self) -> str:
        """Return how sure the reading is, in words."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class LawCard:
    """The card (Lovvurdering): the sentences, the questions of this case, and what the law says in every case."""

    reasons: tuple[str, str, str]
    asked: tuple[LawCardRow, ...]
    constant: tuple[LawCardRow, ...]


def card_of(assessment: Assessment, day: date) -> LawCard:
    """Return the card of an assessment of a day; rows that rest on no fact of the case are listed apart."""
    rows = [(bool(found.facts), _row(found, assessment.law, day)) for found in assessment.findings]
    return LawCard(
        plain_reasons(assessment),
        tuple(row for has_facts, row in rows if has_facts),
        tuple(row for has_facts, row in rows if not has_facts),
    )


def _row(found: Finding, law: LawCode, day: date) -> LawCardRow:
    kind, says, inferred_from = _ground(found.rule, found.confidence, day)
    section_6 = numbers_by_section_6(found.rule, law)
    return LawCardRow(
        question=found.question,
        answer=answer_words(found),
        is_open=found.answer is None,
        facts=sentence(", ".join(fact_words(name, value, section_6=section_6) for name, value in found.facts.items())),
        figure=_figure(found, section_6=section_6),
        section=found.section,
        kind=kind,
        source=found.source,
        says=says,
        inferred_from=inferred_from,
    )


@lru_cache(maxsize=4096)
def _ground(rule: str, confidence: str, day: date) -> tuple[ReadingCertainty, tuple[Extract, ...], str]:
    """Return what a rule rests on; a rule stored under an earlier name says how sure it was then."""
    known = RULES.get(rule)
    kind = KIND_OF_CONFIDENCE.get(known.confidence if known else confidence, ReadingCertainty.ELSEWHERE)
    return kind, wording().of_rule(rule, day), wording().inferred_rules.get(rule, "")


def answer_words(found: Finding) -> str:
    """Return an answer with its unit: "7 dage", "2 timer om ugen"; empty for a bare figure."""
    minutes = found.facts.get("minutes_per_week")
    if found.rule in HOURS and isinstance(minutes, int):
        return f"{hours_words(minutes)} om ugen"
    if type(found.answer) is int:
        return figure_words(found.answer, ANSWER_UNITS.get(found.rule, ""))
    return found.answer_text


def fact_words(name: str, value: Any, *, section_6: bool) -> str:
    """Return a fact with its name; groups and minutes never as bare numbers."""
    if value is None:
        return f"{fact_name(name)}: ikke oplyst"
    if name in GROUPS:
        return f"{fact_name(name)}: {group_words(int(value), section_6=section_6)}"
    if name == "minutes_per_week":
        return f"{hours_words(value)} om ugen"
    if name == "direct_contact_minutes":
        return f"{hours_words(value)} med direkte kontakt"
    if name in KRONER:
        return f"{fact_name(name)} {fact_value(value)} kr."
    if name in SAID:
        return SAID[name].format(value)
    if name == "education_kind":
        return EDUCATION.get(str(value), fact_value(value))
    if isinstance(value, bool):
        return f"{fact_name(name)}: {fact_value(value)}"
    return f"{fact_name(name)} {fact_value(value)}"


def _figure(found: Finding, *, section_6: bool) -> str:
    value = found.value
    if value is None or found.rule in HOURS or not found.facts:
        return ""
    if isinstance(value, list | tuple) and all(type(one) is int for one in value):
        return _groups(value, section_6=section_6, refunded=found.facts.get("frame") != "no_reimbursement")
    if type(value) is int:
        whose = "Kommunens" if found.confidence == "local" else "Lovens"
        return f"{whose} tal: {figure_words(value, VALUE_UNITS.get(found.rule, ''))}"
    return f"Det regnes med: {fact_value(value)}"


def _groups(numbers: Any, *, section_6: bool, refunded: bool) -> str:
    section = "§ 6" if section_6 else "§ 2"
    if not any(numbers):
        return f"Loven nævner ingen målgruppe i {section}"
    return f"{'Loven nævner' if refunded else 'Uden refusion er'} {section}, {numbers_words(numbers)}"
