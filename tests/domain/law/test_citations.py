"""Tests that each section named by a letter or page on access and data is read, or listed as unread."""

import re
from collections.abc import Iterator

import pytest

from jobcenter_mentor.config import PACKAGE, resource_dir
from jobcenter_mentor.domain.law.access import CLOCK, GROUNDS, section_words
from jobcenter_mentor.domain.law.citations import UNREAD
from jobcenter_mentor.platform.law_figures.extracts import KIND_OF_CONFIDENCE, ReadingCertainty

READ_IN = {"forvaltningslov": "2014_433", "offentlighedslov": "2013_606", "retssikkerhedslov": "2025_354"}
"""The acts whose wording is available, with its file."""
ACTS = (*READ_IN, "databeskyttelseslov", "persondatalov", "servicelov")
PLACES = (
    "letters",
    "access_requests",
    "complaints",
    "notices",
    "changes",
    "grants",
    "agreements",
    "citizens",
    "documents",
    "journal",
    "domain",
)
NUMBER = r"\d+(?: [a-d]\b)?"
CITED = re.compile(
    rf"({'|'.join(ACTS)})(?:ens?|s)?,? §§? ((?:{NUMBER}(?:, (?:stk|nr)\. \d+)*(?:, §? ?| og (?:§ )?)?)+)", re.I
)
FILES = [
    *(path for place in PLACES for path in sorted((PACKAGE / place).rglob("*.py"))),
    *sorted(resource_dir("templates").rglob("*.typ")),
    *sorted(resource_dir("templates").rglob("*.html")),
]


def cited() -> Iterator[tuple[str, str, str]]:
    """Yield act, section and file of each citation in programs and templates."""
    for path in FILES:
        text = " ".join(path.read_text(encoding="utf-8").split())
        for found in CITED.finditer(text):
            said = re.sub(r",? (?:stk|nr)\. \d+", "", found[2])
            for number in re.findall(NUMBER, said):
                yield found[1].lower(), number, path.name


def is_read(act: str, section: str) -> bool:
    file = READ_IN.get(act)
    text = (resource_dir("rules") / "sources" / f"{file}.md").read_text(encoding="utf-8") if file else ""
    return re.search(rf"^### § {section.replace(' ', '')}$", text, re.M) is not None


def is_listed(act: str, section: str) -> bool:
    return any(one.act.startswith(act) and section in one.sections for one in UNREAD)


def test_each_section_that_is_named_is_read_or_listed_as_unread() -> None:
    named = set(cited())

    assert {("forvaltningslov", "19"), ("retssikkerhedslov", "67"), ("persondatalov", "6")} <= {
        one[:2] for one in named
    }
    assert [one for one in sorted(named) if not is_read(*one[:2]) and not is_listed(*one[:2])] == []


@pytest.mark.parametrize("one", UNREAD, ids=lambda one: one.words)
def test_what_is_listed_as_unread_is_no_text_at_hand(one) -> None:
    assert KIND_OF_CONFIDENCE[one.confidence] is ReadingCertainty.ELSEWHERE
    act = one.act.removesuffix("en")
    assert [section for section in one.sections if is_read(act, section)] == []


def test_a_party_s_own_access_follows_forvaltningsloven_and_its_grounds_are_listed() -> None:
    assert CLOCK == "forvaltningsloven § 16, stk. 2"
    for code in GROUNDS:
        assert is_listed("forvaltningslov", section_words(code).removeprefix("forvaltningsloven § "))
