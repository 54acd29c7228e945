"""One word for one thing, in every template, message, label, sheet and mail: the list is data, exceptions are named."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jobcenter_mentor.config import PACKAGE, resource_dir

ROOT = resource_dir("templates").parent
SHEETS = (resource_dir("imports"), PACKAGE / "figures" / "surveys" / "questionnaires")
NOT_SHOWN = re.compile(
    r"url_for\([^()]*\)|opened\([^()]*\)|(href|src|class|id|name|data-[\w-]+|hx-[\w-]+)=\"[^\"{]*\""
    r"|\{%-? *(include|import|from|extends)[^%]*%\}|\{#.*?#\}|^ *//.*$",
    re.MULTILINE | re.DOTALL,
)
"""What a template holds and nobody reads: addresses, names of classes and fields, comments."""
DANISH = re.compile(r"[æøåÆØÅ ]|^[A-ZÆØÅ]|^udkast$")


@dataclass(frozen=True)
class Text:
    where: str
    words: str


@cache
def texts() -> tuple[Text, ...]:
    """Return all texts for people with the file and line they stand in."""
    return (*from_templates(), *from_code(), *from_sheets())


def from_templates() -> Iterator[Text]:
    for path in sorted(resource_dir("templates").rglob("*.*")):
        shown = NOT_SHOWN.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
        for number, line in enumerate(shown.splitlines(), 1):
            yield Text(f"templates/{path.relative_to(resource_dir('templates'))}:{number}", line)


def from_code() -> Iterator[Text]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
            if is_text and DANISH.search(node.value):
                yield Text(f"{path.relative_to(PACKAGE)}:{node.lineno}", node.value)


def from_sheets() -> Iterator[Text]:
    for folder in SHEETS:
        for path in sorted(folder.rglob("*.yaml")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield Text(f"imports/{path.name}:{number}", line)


WORDS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))


def found(word: dict[str, Any]) -> list[str]:
    """Return where a word stands that may not, with what to use."""
    pattern = re.compile(word["not"])
    only, outside = re.compile(word.get("in", "")), re.compile(word.get("outside", r"^$"))
    allowed = [(one["where"], one["text"]) for one in word.get("except", ())]
    return [
        f"{text.where}: {text.words.strip()[:120]} -> {word['use']}"
        for text in texts()
        if only.search(text.where) and not outside.search(text.where) and pattern.search(text.words)
        if not any(text.where.startswith(where) and words in text.words for where, words in allowed)
    ]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word["use"])
def test_no_text_uses_a_word_that_another_has_replaced(word: dict[str, Any]) -> None:
    assert found(word) == []


@pytest.mark.parametrize("word", [word for word in WORDS if "except" in word], ids=lambda word: word["use"])
def test_an_exception_is_still_there_and_says_why(word: dict[str, Any]) -> None:
    for one in word["except"]:
        assert one["why"]
        assert one["text"] in [text.words for text in texts() if text.where.startswith(one["where"])]


def test_texts_are_found_in_pages_letters_messages_mails_sheets_and_help() -> None:
    places = " ".join(text.where for text in texts())

    for place in (
        "templates/casefile/letters/",
        "templates/screens/guide/",
        "platform/messages/mail.py",
        "imports/referrals.yaml",
        "screens/frame/menu.py",
    ):
        assert place in places
