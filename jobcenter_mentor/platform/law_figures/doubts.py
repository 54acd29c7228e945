"""What nobody has read (hvad vi ikke ved): the open points, and readings that rest on other than the law's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.domain.law.citations import UNREAD
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import OPEN_POINTS, OpenPoint
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.platform.law_figures.extracts import KIND_OF_CONFIDENCE, ReadingCertainty, rules_by_kind, wording

KINDS = {
    ReadingCertainty.TEXT: "Læst i loven eller bekendtgørelsen",
    ReadingCertainty.INFERRED: "Udledt af flere steder i loven",
    ReadingCertainty.ELSEWHERE: "Læst i vejledning, bemærkninger eller rapport",
    ReadingCertainty.OPEN: "Åbne punkter",
    ReadingCertainty.LOCAL: "Kommunens egne regler",
}


@dataclass(frozen=True)
class Count:
    """How many rules and figures rest on one kind of ground (optælling)."""

    label: str
    rules: int
    values: int


@dataclass(frozen=True)
class UncertainReading:
    """A rule or figure without words of the law (læsning uden lovens ord), and what it rests on."""

    label: str
    section: str
    kind: str
    rests_on: str


@dataclass(frozen=True)
class Doubts:
    """Everything that is not read word for word: the points, the counts, the readings, and sections cited unread."""

    points: tuple[OpenPoint, ...]
    counts: tuple[Count, ...]
    readings: tuple[UncertainReading, ...]
    cited: tuple[UncertainReading, ...]


def doubts_of(law: Law) -> Doubts:
    """Return what is open, counted and listed; the same for every day."""
    rules, values = rules_by_kind(), _values_by_kind(law)
    counts = tuple(Count(KINDS[kind], len(rules[kind]), len(values[kind])) for kind in KINDS)
    readings = [*_rules_without_words(rules), *_figures_without_words(law, values)]
    return Doubts(tuple(OPEN_POINTS.values()), counts, tuple(readings), _cited_unread())


def _cited_unread() -> tuple[UncertainReading, ...]:
    """Return the sections that letters and pages name though nobody has read their words."""
    return tuple(
        UncertainReading(one.used_for, one.words, KINDS[KIND_OF_CONFIDENCE[one.confidence]], one.rests_on)
        for one in UNREAD
    )


def _values_by_kind(law: Law) -> dict[ReadingCertainty, list[tuple[str, date]]]:
    found: dict[ReadingCertainty, list[tuple[str, date]]] = {kind: [] for kind in ReadingCertainty}
    for name in law.names():
        for dated in law.parameter(name).values:
            kind = wording().kind_of_value(law.parameter(name), dated.valid_from)
            found[kind].append((name, dated.valid_from))
    return found


def _rules_without_words(rules: dict[ReadingCertainty, list[str]]) -> list[UncertainReading]:
    return [
        UncertainReading(RULES[name].question, RULES[name].section, KINDS[kind], _ground_of(name))
        for kind in (ReadingCertainty.INFERRED, ReadingCertainty.ELSEWHERE)
        for name in rules[kind]
    ]


def _ground_of(rule: str) -> str:
    return wording().inferred_rules.get(rule) or RULES[rule].source


def _figures_without_words(law: Law, values: dict[ReadingCertainty, list[tuple[str, date]]]) -> list[UncertainReading]:
    found = []
    for kind in (ReadingCertainty.INFERRED, ReadingCertainty.ELSEWHERE):
        for name, day in values[kind]:
            figure = law.parameter(name)
            source = next(dated.source for dated in figure.values if dated.valid_from == day)
            rests_on = wording().reading_of(figure, day) or source.act
            found.append(UncertainReading(f"{figure.label} fra {day:%d.%m.%Y}", source.section, KINDS[kind], rests_on))
    return found
