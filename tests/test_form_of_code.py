"""How the code reads (kodens form): sizes, types, docstrings, templates. Medians are printed (`pytest -s`)."""

import ast
import re
from collections.abc import Iterator
from statistics import median, quantiles

import pytest

from tests.code import FUNCTIONS, MODULES, TEMPLATES, Module, breaches, place_of


def test_files_stay_short() -> None:
    lengths = {str(module.path): len(module.text.splitlines()) for module in MODULES}
    print(f"file: median {median(lengths.values()):.0f}, longest {max(lengths.values())} lines")

    assert {name: lines for name, lines in lengths.items() if lines > 380} == {}


def test_functions_stay_short() -> None:
    lines = [node.end_lineno - node.lineno + 1 for _, node in FUNCTIONS]
    print(f"function: median {median(lines):.0f}, 95 % within {within(lines, 95):.0f}, longest {max(lines)} lines")
    long = [m.at(n, f"{n.name} is too long") for m, n in FUNCTIONS if n.end_lineno - n.lineno + 1 > 60]

    assert not long, "\n".join(long)
    assert within(lines, 95) <= 30


def test_view_functions_are_four_steps() -> None:
    lines = [node.end_lineno - node.lineno + 1 for module, node in FUNCTIONS if module.name == "views"]
    print(f"view function: median {median(lines):.0f}, 95 % within {within(lines, 95):.0f} lines")

    assert within(lines, 95) <= 25


def test_functions_have_few_branches() -> None:
    counts = [(branches(node), module.at(node, node.name)) for module, node in FUNCTIONS]
    print(f"branches: 95 % within {within([count for count, _ in counts], 95):.0f}")

    assert [(count, place) for count, place in counts if count > 12] == []


def within(values: list[int], percent: int) -> float:
    """Return the value that so many per cent do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def branches(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the places where a function may take two ways, its inner functions included."""
    forks = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.match_case)
    tests = sum(len(node.ifs) for node in ast.walk(function) if isinstance(node, ast.comprehension))
    return tests + sum(isinstance(node, forks) for node in ast.walk(function))


def test_every_parameter_and_return_has_a_type() -> None:
    bare = []
    for module, node in FUNCTIONS:
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        untyped = [a.arg for a in given if a is not None and a.annotation is None and a.arg not in {"self", "cls"}]
        if untyped or node.returns is None:
            bare.append(module.at(node, f"{node.name}({', '.join(untyped)}) or its return has no type"))

    assert not bare, "\n".join(bare)


def test_everything_public_has_a_docstring() -> None:
    def check(module: Module) -> Iterator[str]:
        if not ast.get_docstring(module.tree):
            yield f"{module.path}: no docstring"
        for node in public_definitions(module.tree):
            if not ast.get_docstring(node):
                yield module.at(node, f"{node.name} has no docstring")

    assert not breaches(check)


def public_definitions(parent: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Give classes, functions and methods that others may use; marshmallow's `Meta` is no class of its own."""
    for node in parent.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_") and node.name != "Meta":
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node)


def test_templates_stay_short() -> None:
    lengths = {place_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TEMPLATES}
    print(f"template: median {median(lengths.values()):.0f}, longest {max(lengths.values())} lines")

    assert {path: lines for path, lines in lengths.items() if lines > 120} == {}


@pytest.mark.parametrize(
    ("what", "pattern", "macros_too"),
    [
        ("inline style", r"<[^>]*\sstyle\s*=", True),
        ("inline handler", r"<[^>]*\son[a-z]+\s*=", True),
        ("style element", r"<style\b", True),
        ("script without source or nonce", r"<script\b(?![^>]*\b(src|nonce)\s*=)", True),
        ("its own table", r"<table\b", False),
        ("its own input", r"<input\b", False),
    ],
)
def test_pages_hold_no(what: str, pattern: str, macros_too: bool) -> None:
    pages = [path for path in TEMPLATES if macros_too or not ("macros" in path.parts or path.name == "layout.html")]
    found = [place_of(path) for path in pages if re.search(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)]

    assert found == [], what
