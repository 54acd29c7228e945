"""The words of the law: every extract stands in its text letter by letter, and everything read in the law has one."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures.extracts import ReadingCertainty, rules_by_kind, section_name, wording
from jobcenter_mentor.platform.law_figures.loader import law
from tests.platform.law_figures.assessed import ASSESSED

RULES_FOLDER = resource_dir("rules")
SOURCES, WORDING = RULES_FOLDER / "sources", RULES_FOLDER / "wording"
NOT_BOOKS = {"acts.yaml", "inferred.yaml"}


def sections(file: Path) -> dict[str, list[str]]:
    """Return the text under each heading of a source; a heading may stand twice."""
    found: dict[str, list[str]] = {}
    for part in file.read_text(encoding="utf-8").split("\n### § ")[1:]:
        heading, _, text = part.partition("\n")
        found.setdefault(heading, []).append(text)
    return found


TEXTS = {file.stem: sections(file) for file in SOURCES.glob("*_*.md")}


def passages() -> Iterator[tuple[str, str, str]]:
    """Give the words of each passage with each text and heading it is said to stand under."""
    for book in sorted(WORDING.glob("*.yaml")):
        for passage in [] if book.name in NOT_BOOKS else yaml.safe_load(book.read_text(encoding="utf-8")):
            for name, heading in passage["read_in"].items():
                yield passage["words"], name, heading


def test_the_sources_are_unaltered() -> None:
    listed = dict(reversed(line.split()) for line in (SOURCES / "SHA256SUMS").read_text(encoding="ascii").splitlines())
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in SOURCES.glob("*.md")}

    assert listed == found
    assert len(found) == 33


@pytest.mark.parametrize(
    ("words", "name", "heading"), [pytest.param(*one, id=f"{one[1]} § {one[2]}: {one[0][:30]}") for one in passages()]
)
def test_an_extract_stands_in_its_text_letter_by_letter(words: str, name: str, heading: str) -> None:
    assert any(words in text for text in TEXTS[name][heading])
    assert 20 < len(words) < 500


def test_every_text_quoted_is_named_with_its_first_day_and_link() -> None:
    acts = yaml.safe_load((WORDING / "acts.yaml").read_text(encoding="utf-8"))

    assert {name for _, name, _ in passages()} == set(acts)
    assert set(acts) <= set(TEXTS)
    for name, told in acts.items():
        year, number = name.split("_")
        assert told["link"].endswith(f"/{year}/{number}")
        assert number in told["act"]


def asked() -> dict[str, set[date]]:
    """Return the days on which the worked cases ask each rule."""
    found: dict[str, set[date]] = {}
    for case in ASSESSED:
        for finding in case.assessment.findings:
            found.setdefault(finding.rule, set()).add(case.day)
    return found


ASKED = asked()


@pytest.mark.parametrize("rule", rules_by_kind()[ReadingCertainty.TEXT])
def test_a_rule_read_in_the_law_quotes_it_on_every_day_it_is_asked(rule: str) -> None:
    assert rule in wording().quoted[0]
    assert [day for day in ASKED[rule] if not wording().of_rule(rule, day)] == []


@pytest.mark.parametrize(
    "rule", [rule for kind in ReadingCertainty if kind is not ReadingCertainty.TEXT for rule in rules_by_kind()[kind]]
)
def test_a_rule_not_read_in_the_law_quotes_nothing(rule: str) -> None:
    assert rule not in wording().quoted[0]
    assert (rule in wording().inferred_rules) is (rule in rules_by_kind()[ReadingCertainty.INFERRED])


DATED = [(name, dated.valid_from) for name in law().names() for dated in law().parameter(name).values]


@pytest.mark.parametrize(("name", "day"), DATED)
def test_a_value_read_in_the_law_quotes_it(name: str, day: date) -> None:
    if wording().kind_of_value(law().parameter(name), day) is ReadingCertainty.TEXT:
        assert wording().of_figure(name, day), f"{name} fra {day} mangler lovens ord i rules/wording"


def test_another_value_rests_on_other_words() -> None:
    same = []
    for name in law().names():
        figure = law().parameter(name)
        for before, after in pairwise(figure.values):
            days = (before.valid_from, after.valid_from)
            if before.value != after.value and {wording().kind_of_value(figure, day) for day in days} == {
                ReadingCertainty.TEXT
            }:
                old, new = (wording().of_figure(name, day) for day in days)
                same += [name] if old == new else []

    assert same == []


PERIODS = (date(2010, 1, 1), date(2014, 1, 1), date(2020, 1, 1))
"""The first days of the three acts on mentor support."""


def period_of(day: date) -> date:
    return max(first for first in PERIODS if first <= day)


def test_no_rule_quotes_an_act_that_was_repealed() -> None:
    wrong = [
        (rule, day, extract.text.act)
        for rule, days in ASKED.items()
        for day in days
        for extract in wording().of_rule(rule, day)
        if "LAB" in extract.text.act and period_of(extract.text.first) < period_of(day)
    ]

    assert wrong == []


def test_what_is_quoted_or_inferred_exists() -> None:
    rules, figures = wording().quoted

    assert rules <= RULES.keys()
    assert figures <= set(law().names())
    assert wording().inferred_rules.keys() <= RULES.keys()
    assert {(name, day) for name, days in wording().inferred_figures.items() for day in days} <= set(DATED)


def cited(value: str) -> str:
    """Return the section of a citation without its paragraph and act."""
    found = re.search(r"§ \d+( [a-z]\b(?! ))?", value)
    return found[0] if found else ""


def test_a_citation_by_date_is_the_section_that_is_quoted() -> None:
    for name in law().names():
        if name.startswith("citation."):
            for dated in law().parameter(name).values:
                quoted = {extract.section.split(",")[0] for extract in wording().of_figure(name, dated.valid_from)}
                assert quoted == {cited(str(dated.value))}


@pytest.mark.parametrize(
    ("day", "act"),
    [
        (date(2014, 1, 1), "LBK nr. 990 af 12. september 2014 (LAB)"),
        (date(2015, 6, 30), "LBK nr. 990 af 12. september 2014 (LAB)"),
        (date(2015, 7, 1), "LBK nr. 807 af 1. juli 2015 (LAB)"),
        (date(2019, 12, 31), "LBK nr. 1342 af 21. november 2016 (LAB)"),
    ],
)
def test_the_edition_of_the_day_is_quoted(day: date, act: str) -> None:
    (extract,) = wording().of_rule("lab2014.s31c.duration", day)

    assert extract.text.act == act
    assert not extract.is_later
    assert extract.section == "§ 31 c, stk. 1"


def test_words_of_a_later_edition_say_so() -> None:
    (extract,) = wording().of_rule("proc.deadline", date(2014, 5, 5))

    assert extract.is_later
    assert extract.section == "§ 67, stk. 1"


def test_a_rule_that_rests_on_several_sections_quotes_them_all() -> None:
    quoted = [extract.section for extract in wording().of_rule("lab2013.refund", date(2010, 5, 5))]

    assert quoted == ["§ 117 b, stk. 2", "§ 118, stk. 2", "§ 119, stk. 3", "§ 120", "§ 122"]


@pytest.mark.parametrize(("heading", "cited"), [("31b", "§ 31 b"), ("121a", "§ 121 a"), ("2", "§ 2")])
def test_a_heading_is_cited_as_the_act_writes_it(heading: str, cited: str) -> None:
    assert section_name(heading) == cited


def test_an_assessment_reads_no_extracts(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an assessment reads no extracts")

    monkeypatch.setattr("jobcenter_mentor.platform.law_figures.extracts.load_wording", refuse)
    wording.cache_clear()

    assert assess(facts_from_dict({"date": "2026-03-01", "citizen": {"group": 3}}), law()).findings
