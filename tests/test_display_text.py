"""No rule reads display text: what decides is a column or a code, never a label, a section of law or a sentence."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from jobcenter_mentor.config import PACKAGE, resource_dir

SHOWN = frozenset({"legal_basis", "verdict", "question", "answer_text", "section", "label", "end_reason"}) | frozenset(
    {"warning_texts", "closed_reason", "what"}
)
"""Fields that hold words for people."""
READS = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "split", "rsplit"}) | frozenset(
    {"partition", "rpartition", "find", "index", "like", "ilike", "contains", "icontains", "in_"}
)
WORDS = re.compile(r"[æøåÆØÅ§]|[a-z.,] [a-zæøå0-9]|^[A-ZÆØÅ][a-zæøå]{2,}$")
"""A sentence, a section, a Danish word or a word with a capital letter."""
CODES = re.compile(r"LAB \d{4}|øre(/hour|/person)?|ØK|[a-z0-9_]+(\.[a-z0-9_]+)+")
"""Names of law periods and of figures, units and a role, which are codes."""
SHEETS = ("sheets",)
"""It reads the sheets of others: words in, codes out."""


@cache
def modules() -> dict[Path, ast.Module]:
    """Return the syntax trees of the package, but for migrations."""
    found = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return {path.relative_to(PACKAGE): ast.parse(path.read_text(encoding="utf-8")) for path in found}


@cache
def labels() -> frozenset[str]:
    """Return the texts that some table of the package gives for a code, where they are no code themselves."""
    texts, codes = set(), set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                codes |= {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
                texts |= {value.value for value in node.value.values if isinstance(value, ast.Constant)}
            elif isinstance(node, ast.Assign):
                codes |= {one.value for one in parts_of(node.value) if isinstance(one, ast.Constant)}
    return frozenset(text for text in texts - codes if isinstance(text, str) and len(text) > 2)


def is_words(text: object) -> bool:
    """Tell whether a constant is text for people."""
    if not isinstance(text, str) or CODES.fullmatch(text):
        return False
    return bool(WORDS.search(text)) or text in labels()


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        yield from node.elts


def reads(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give each place of a module that decides by words: line and code."""
    for node in ast.walk(tree):
        asked: list[ast.AST] = []
        if isinstance(node, ast.Compare) and not ast.unparse(node).endswith("request.args"):
            asked = [part for one in (node.left, *node.comparators) for part in parts_of(one)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READS:
            asked = [node.func.value, *(part for one in node.args for part in parts_of(one))]
        elif isinstance(node, ast.MatchValue):
            asked = [node.value]
        for one in asked:
            field = isinstance(one, ast.Attribute) and one.attr in SHOWN
            if field or (isinstance(one, ast.Constant) and is_words(one.value)):
                yield one.lineno, ast.unparse(node)  # type: ignore[attr-defined]


def turned_back(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give each table that is turned round, so that a label finds its code."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.DictComp) or not isinstance(node.generators[0].target, ast.Tuple):
            continue
        code, *rest = [one.id for one in node.generators[0].target.elts if isinstance(one, ast.Name)]
        named = {one.id for one in ast.walk(node.key) if isinstance(one, ast.Name)}
        items = ast.unparse(node.generators[0].iter)
        if isinstance(node.value, ast.Name) and node.value.id == code and named & set(rest) and items[:1].isupper():
            yield node.lineno, ast.unparse(node)


def in_template(text: str) -> Iterator[tuple[int, str]]:
    """Give each place of a template that decides by words."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.loopcontrols"]).parse(text)
    for compared in tree.find_all(nodes.Compare):
        for one in (compared.expr, *(operand.expr for operand in compared.ops)):
            for part in one.items if isinstance(one, nodes.List | nodes.Tuple) else [one]:
                if isinstance(part, nodes.Const) and is_words(part.value):
                    yield compared.lineno, repr(part.value)
                if isinstance(part, nodes.Getattr) and part.attr in SHOWN:
                    yield compared.lineno, part.attr
    for table in tree.find_all(nodes.Dict):
        for pair in table.items:
            if isinstance(pair.key, nodes.Const) and is_words(pair.key.value):
                yield table.lineno, repr(pair.key.value)


def test_no_rule_decides_by_a_label_a_section_or_a_sentence() -> None:
    breaches = [
        f"{path}:{line}: {code}"
        for path, tree in modules().items()
        if path.parts[0] not in SHEETS
        for line, code in reads(tree)
    ]

    assert breaches == []


def test_no_sentence_is_turned_back_into_a_code() -> None:
    """Only the doors do that, where people type words: forms, schemas and sheets."""
    doors = {"forms", "schemas", "target_groups"}
    breaches = [
        f"{path}:{line}: {code}"
        for path, tree in modules().items()
        if path.parts[0] not in SHEETS and path.stem not in doors
        for line, code in turned_back(tree)
    ]

    assert breaches == []


def test_no_template_decides_by_words() -> None:
    folder = resource_dir("templates")
    breaches = [
        f"{path.relative_to(folder)}:{line}: {words}"
        for path in sorted(folder.rglob("*.html"))
        for line, words in in_template(path.read_text(encoding="utf-8"))
    ]

    assert breaches == []


def test_the_values_of_an_enumeration_are_codes() -> None:
    own = [kind for kind in StrEnum.__subclasses__() if kind.__module__.startswith(PACKAGE.name)]
    values = [(kind.__name__, one.value) for kind in own for one in kind]

    assert values
    assert [named for named in values if not re.fullmatch(r"[a-z0-9_]+", named[1]) or is_words(named[1])] == []


@pytest.mark.parametrize(
    "code",
    [
        '"31 b, stk. 2" in grant.legal_basis',
        "grant.legal_basis == PSYCHIATRIC",
        'to.lines[1].startswith("Værge ")',
        'status in ("løbende", "planlagt")',
        "Grant.legal_basis.like(wanted)",
    ],
)
def test_the_search_finds_what_it_is_for(code: str) -> None:
    assert list(reads(ast.parse(code)))


def test_the_search_of_templates_finds_what_it_is_for() -> None:
    assert list(in_template('{% if d.status == "afventer godkendelse" %}{% endif %}'))
    assert list(in_template('{% set tone = {"ophørt": "info"} %}'))
    assert list(turned_back(ast.parse('x = {f"Spørg: {text}": path for path, text in QUESTIONS.items()}')))
