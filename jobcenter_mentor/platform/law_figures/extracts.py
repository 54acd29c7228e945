"""The words of the law (lovens ord): short extracts beside each rule and figure, read once and only by the pages.

`rules/wording` holds the extracts, `rules/sources` the texts they are taken from, unaltered. An assessment never needs
either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.law.law import Parameter
from jobcenter_mentor.domain.law.open_points import open_on
from jobcenter_mentor.domain.law.rules.catalogue import RULES

ACTS, INFERRED = "acts.yaml", "inferred.yaml"


class ReadingCertainty(StrEnum):
    """How sure a reading is (hvor sikker læsningen er), by what it rests on."""

    TEXT = "text"
    INFERRED = "inferred"
    OPEN = "open"
    ELSEWHERE = "elsewhere"
    LOCAL = "local"


KIND_OF_CONFIDENCE = {
    "text": ReadingCertainty.TEXT,
    "inf": ReadingCertainty.INFERRED,
    "unconfirmed": ReadingCertainty.OPEN,
    "prep": ReadingCertainty.ELSEWHERE,
    "sfi": ReadingCertainty.ELSEWHERE,
    "sec": ReadingCertainty.ELSEWHERE,
    "local": ReadingCertainty.LOCAL,
}


def rules_by_kind() -> dict[ReadingCertainty, list[str]]:
    """Return the ids of all rules by how sure their reading is."""
    found: dict[ReadingCertainty, list[str]] = {kind: [] for kind in ReadingCertainty}
    for name, rule in RULES.items():
        found[KIND_OF_CONFIDENCE[rule.confidence]].append(name)
    return found


@dataclass(frozen=True)
class Text:
    """An act or order that has been read (tekst): its name, the first day it is read as the law of, and its link."""

    file: str
    act: str
    first: date
    link: str


@dataclass(frozen=True)
class Extract:
    """What the law says (loven siger): the words, where they stand, and whether the edition is later than the day."""

    words: str
    section: str
    text: Text
    is_later: bool


@dataclass(frozen=True)
class _Passage:
    """The same words in one or more editions, by file and heading, with what rests on them."""

    words: str
    part: str
    read_in: tuple[tuple[Text, str], ...]
    first: date | None
    rules: frozenset[str]
    figures: frozenset[str]

    def edition(self, day: date) -> tuple[date, Text, str]:
        """Return the edition of a day: the newest read by then, else the oldest there is."""
        by_day = [(text.first, text, heading) for text, heading in self.read_in]
        if self.first is not None:
            by_day[0] = (self.first, *by_day[0][1:])
        begun = [edition for edition in by_day if edition[0] <= day]
        return begun[-1] if begun else by_day[0]


class Wording:
    """All extracts, by rule and by figure, and what the inferred readings are drawn from."""

    def __init__(self, passages: Iterable[_Passage], inferred: Mapping[str, Any]) -> None:
        self._by_rule: dict[str, list[_Passage]] = {}
        self._by_figure: dict[str, list[_Passage]] = {}
        for passage in passages:
            for rule in passage.rules:
                self._by_rule.setdefault(rule, []).append(passage)
            for figure in passage.figures:
                self._by_figure.setdefault(figure, []).append(passage)
        self.inferred_rules: Mapping[str, str] = inferred["rules"]
        self.inferred_figures: Mapping[str, Mapping[date, str]] = inferred["figures"]

    def of_rule(self, rule: str, day: date) -> tuple[Extract, ...]:
        """Return the words a rule rests on, as they stood on a day; none where it rests on something else."""
        return _newest(self._by_rule.get(rule, ()), day)

    def of_figure(self, name: str, day: date) -> tuple[Extract, ...]:
        """Return the words a figure rests on, as they stood on a day; none where it rests on something else."""
        return _newest(self._by_figure.get(name, ()), day)

    def words_of(self, figure: Parameter, day: date) -> tuple[Extract, ...]:
        """Return the words the value of a day rests on; none where it was inferred or isn't the law's."""
        is_read = self.kind_of_value(figure, day) is ReadingCertainty.TEXT
        return self.of_figure(figure.name, day) if is_read else ()

    def reading_of(self, figure: Parameter, day: date) -> str:
        """Tell what the value of a day is drawn from, where it was inferred; empty where it wasn't."""
        begun = max((dated.valid_from for dated in figure.values if dated.valid_from <= day), default=day)
        return self.inferred_figures.get(figure.name, {}).get(begun, "")

    def kind_of_value(self, figure: Parameter, day: date) -> ReadingCertainty:
        """Tell what a day's value rests on: the law, an inference, nothing yet, other texts or the municipality."""
        if figure.authority == "local":
            return ReadingCertainty.LOCAL
        if figure.authority == "guidance":
            return ReadingCertainty.ELSEWHERE if figure.value_on(day) is not None else ReadingCertainty.OPEN
        if self.reading_of(figure, day):
            return ReadingCertainty.INFERRED
        if figure.value_on(day) is None and any(figure.name in point.figures for point in open_on(day)):
            return ReadingCertainty.OPEN
        return ReadingCertainty.TEXT

    @property
    def quoted(self) -> tuple[frozenset[str], frozenset[str]]:
        """Every rule and every figure that has an extract."""
        return frozenset(self._by_rule), frozenset(self._by_figure)


def _newest(passages: Iterable[_Passage], day: date) -> tuple[Extract, ...]:
    """Keep the passages of the newest edition that had begun; before all of them those of the oldest."""
    found = [(*passage.edition(day), passage) for passage in passages]
    begun = [first for first, *_ in found if first <= day]
    chosen = max(begun) if begun else min((first for first, *_ in found), default=day)
    return tuple(
        Extract(passage.words, section_name(heading, passage.part), text, first > day)
        for first, text, heading, passage in found
        if first == chosen
    )


def section_name(heading: str, part: str = "") -> str:
    """Write a heading of the texts as it is cited: "31b" with "stk. 1" is "§ 31 b, stk. 1"."""
    cited = "§ " + re.sub(r"(\d)([a-z])", r"\1 \2", heading)
    return f"{cited}, {part}" if part else cited


@cache
def wording() -> Wording:
    """Return the extracts as they are printed in `rules/wording`; read once."""
    return load_wording(resource_dir("rules") / "wording")


def load_wording(folder: Path) -> Wording:
    """Read the extracts of a folder. Raises KeyError for a text that `acts.yaml` doesn't name."""
    texts = {name: Text(name, told["act"], told["from"], told["link"]) for name, told in _yaml(folder / ACTS).items()}
    books = [path for path in sorted(folder.glob("*.yaml")) if path.name not in (ACTS, INFERRED)]
    passages = [_passage(told, texts) for book in books for told in _yaml(book)]
    return Wording(passages, _yaml(folder / INFERRED))


def _passage(told: Mapping[str, Any], texts: Mapping[str, Text]) -> _Passage:
    editions = ((texts[name], heading) for name, heading in told["read_in"].items())
    return _Passage(
        words=told["words"],
        part=told.get("part", ""),
        read_in=tuple(sorted(editions, key=lambda edition: edition[0].first)),
        first=told.get("from"),
        rules=frozenset(told.get("rules", ())),
        figures=frozenset(told.get("figures", ())),
    )


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
