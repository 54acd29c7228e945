"""Arkitekturen, som den er aftalt: imports by role and order, one commit, no clock in services, sizes, routes.

Each test lists every breach with its place. Medians and the like are printed (`pytest -s`), not enforced.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import PACKAGE, resource_dir
from tests.databases import a_config

ORDER = [
    *(
        "rules",
        "guide",
        "audit",
        "auth",
        "background",
        "links",
        "drafts",
        "citizens",
        "journal",
        "letters",
        "documents",
    ),
    *("followups", "frames", "suppliers", "mentors", "referrals", "grants", "changes", "assessments", "matching"),
    *(
        "agreements",
        "meetings",
        "notices",
        "complaints",
        "claims",
        "surveys",
        "access_requests",
        "reports",
        "imports",
        "retention",
        "merging",
    ),
]
"""The features from the top: each looks only up."""
OWN = "jobcenter_mentor"
DOORS = {"views", "api", "cli", "commands", "tasks", "demo"}
STANDARD = sys.stdlib_module_names

LIBRARIES = {
    "domain": {"holidays", "stdnum"},
    "models": {"sqlalchemy"},
    "service": {"sqlalchemy"},
    "schemas": {"marshmallow"},
    "forms": {"wtforms", "flask_wtf"},
    "door": {"flask", "flask_login", "flask_smorest", "flask_migrate", "marshmallow", "click", "waitress", "werkzeug"},
}
"""What each role may import beyond the standard library."""

EXTRA = {
    "reports": {"pandas", "numpy", "xlsxwriter", "openpyxl"},
    "imports": {"python_calamine", "yaml", "xlsxwriter", "openpyxl", "marshmallow", "defusedxml"},
    "rules": {"yaml"},
    "auth": {"yaml", "argon2"},
    "letters": {"typst"},
    "access_requests": {"typst", "pypdf", "defusedxml"},
    "matching": {"numpy"},
    "surveys": {"yaml"},
    "claims": {"xlsxwriter"},
    "citizens": {"phonenumbers", "email_validator"},
    "mentors": {"phonenumbers", "email_validator"},
    "documents": {"filetype"},
    "followups": {"icalendar"},
    "suppliers": {"phonenumbers", "email_validator"},
}
"""What the services of a feature may import besides."""


class Module:
    """One file of the package: its place, its role and its syntax tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = path.relative_to(PACKAGE).with_suffix("").parts
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)
        self.role = role_of(self.parts)
        self.feature = self.parts[0] if self.parts[0] in ORDER else None

    def at(self, node: Any, what: str) -> str:
        """Word a breach at its place."""
        return f"{'/'.join(self.parts)}.py:{node.lineno}: {what}"

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Give each imported module, a module of ours imported by name too: `from a.b import c` gives a.b.c."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, self.at(node, "relative import")
                module = node.module or ""
                yield from ((node, found) for found in sorted({named(module, alias.name) for alias in node.names}))


def named(module: str, name: str) -> str:
    """Return `module.name` where that is a file of ours, otherwise `module`."""
    if module.split(".")[0] != OWN:
        return module
    inside = PACKAGE.joinpath(*module.split(".")[1:], name)
    return f"{module}.{name}" if inside.with_suffix(".py").exists() or inside.is_dir() else module


def role_of(parts: tuple[str, ...]) -> str:
    """Return the role that the name of a file gives it; a feature's other files are parts of its service."""
    if parts[0] == "domain":
        return "domain"
    if parts[-1] in DOORS or parts[0] == "demo":
        return "door"
    if parts[0] in ORDER:
        return parts[-1] if parts[-1] in {"models", "schemas", "forms", "__init__"} else "service"
    return "frame"


MODULES = [Module(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
FUNCTIONS = [
    (module, node)
    for module in MODULES
    for node in ast.walk(module.tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]
TEMPLATES = sorted(resource_dir("templates").rglob("*.html"))


def breaches(check: Callable[[Module], Iterator[str]]) -> str:
    """Return the breaches of all modules, one a line."""
    return "\n".join(chain.from_iterable(check(module) for module in MODULES))


def test_libraries_are_imported_by_the_roles_that_may() -> None:
    def check(module: Module) -> Iterator[str]:
        if module.role not in LIBRARIES:
            return
        allowed = LIBRARIES[module.role] | {OWN} | STANDARD
        if module.role == "service" and module.feature:
            allowed |= EXTRA.get(module.feature, set())
        allowed |= {"sqlalchemy"} if module.parts[0] == "demo" else set()
        allowed |= {("cli",): {"sqlalchemy", "yaml"}, ("demo", "people"): {"stdnum"}}.get(module.parts, set())
        for node, name in module.imports():
            if name.split(".")[0] not in allowed:
                yield module.at(node, f"a {module.role} imports {name}")

    assert not breaches(check)


def test_our_own_modules_are_imported_along_the_arrow() -> None:
    def check(module: Module) -> Iterator[str]:
        for node, name in module.imports():
            if name.startswith(OWN + ".") and not may_import(module, tuple(name.split(".")[1:])):
                yield module.at(node, f"{module.role} imports {name}")

    assert not breaches(check)


def may_import(module: Module, target: tuple[str, ...]) -> bool:
    """Tell whether the dependency rule lets a module import another of ours."""
    role, wanted = module.role, role_of(target)
    if target == ("app",):
        return module.parts[0] in {"cli", "commandline", "demo", "server"}
    if role == "frame" or target[0] == "domain":
        return True
    if role == "door":
        same = target[0] == module.parts[0] or (module.parts == ("cli",) and target[-1] == "commands")
        return wanted in {"service", "models", "frame", "__init__"} or (
            wanted in {"forms", "schemas", "door"} and (same or (module.parts, target[0]) == (("cli",), "demo"))
        )
    if role == "forms":
        return target == ("web", "forms")
    if role in {"models", "service"}:
        base = {"clock", "config", "db", "guards", "locks", "sheets", "sqlite", "templating"}
        return target[0] in base or follows_order(module, target, wanted)
    return False


def follows_order(module: Module, target: tuple[str, ...], wanted: str) -> bool:
    """Tell whether a feature's model or service looks up the order, or stays at home."""
    allowed = {"models", "__init__"} if module.role == "models" else {"models", "service", "__init__"}
    if module.feature == "imports":
        allowed |= {"schemas"}
    reach = target in {("auth", "policy"), ("auth", "reach")}
    if not module.feature or target[0] not in ORDER or not (wanted in allowed or reach):
        return False
    return ORDER.index(target[0]) <= ORDER.index(module.feature)


def test_only_the_doors_load_the_law() -> None:
    """A service is given the law with the municipality's own figures; loading it itself, it would miss them."""
    loaders = {"law", "law_known_on", "load_law"}

    def check(module: Module) -> Iterator[str]:
        if module.role == "door" or module.parts in {("rules", "service"), ("rules", "loader"), ("rules", "cases")}:
            return
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{OWN}.rules."):
                for alias in node.names:
                    if alias.name in loaders:
                        yield module.at(node, f"a {module.role} loads the law")
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in loaders and "rules" in text_of_imports(module):
                yield module.at(node, f"a {module.role} loads the law by {ast.unparse(called)}")

    assert not breaches(check)


def test_no_door_takes_the_law_without_the_municipality_s_own_figures() -> None:
    """The national law alone is for what has no database (`assess`, `rules`, `import` without one) and for the demo."""

    def check(module: Module) -> Iterator[str]:
        if module.parts[0] in {"rules", "cli", "demo"} or module.parts == ("imports", "commands"):
            return
        yield from (
            module.at(node, "reads the national law") for node, name in module.imports() if "rules.loader" in name
        )

    assert not breaches(check)


def text_of_imports(module: Module) -> set[str]:
    """Return the last part of each module that is imported."""
    return {part for _, name in module.imports() for part in name.split(".") if name.startswith(OWN)}


def test_one_place_commits() -> None:
    places = [
        module.parts
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]

    assert set(places) == {("db",)}


def test_only_the_doors_read_the_clock() -> None:
    clocks = re.compile(r"\b(date\.today|datetime\.(now|today|utcnow)|time\.(time|monotonic|localtime|gmtime))$")

    def check(module: Module) -> Iterator[str]:
        if module.role not in {"domain", "models", "service", "forms", "schemas"}:
            return
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and clocks.search(ast.unparse(node)):
                yield module.at(node, f"reads the clock: {ast.unparse(node)}")

    assert not breaches(check)


def test_only_config_reads_the_environment() -> None:
    def check(module: Module) -> Iterator[str]:
        for node in ast.walk(module.tree):
            named = ast.unparse(node) if isinstance(node, ast.Attribute | ast.alias) else ""
            if named in {"os.environ", "os.getenv", "environ", "getenv"}:
                yield module.at(node, "reads the environment")

    assert {line.split(":")[0] for line in breaches(check).splitlines()} == {"config.py"}


def test_files_stay_short() -> None:
    lengths = {"/".join(module.parts): len(module.text.splitlines()) for module in MODULES}
    print(f"file: median {median(lengths.values()):.0f}, longest {max(lengths.values())} lines")

    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}


def test_functions_stay_short() -> None:
    lines = [node.end_lineno - node.lineno + 1 for _, node in FUNCTIONS]
    print(f"function: median {median(lines):.0f}, 95 % within {within(lines, 95):.0f}, longest {max(lines)} lines")
    long = [m.at(n, f"{n.name} is too long") for m, n in FUNCTIONS if n.end_lineno - n.lineno + 1 > 60]

    assert not long, "\n".join(long)
    assert within(lines, 95) <= 30


def test_view_functions_are_four_steps() -> None:
    lines = [node.end_lineno - node.lineno + 1 for module, node in FUNCTIONS if module.parts[-1] == "views"]
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
            yield f"{'/'.join(module.parts)}.py: no docstring"
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


def test_no_drawer_for_leftovers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}

    assert [module.parts for module in MODULES if drawers & set(module.parts)] == []


def test_every_figure_that_code_asks_for_is_in_the_law() -> None:
    asked = re.compile(rf"({'|'.join(sorted({name.split('.')[0] for name in figures()}))})(\.\w+)+")
    readers = {"whole", "decimal", "flag", "text", "members", "source", "parameter"}

    def check(module: Module) -> Iterator[str]:
        for node in ast.walk(module.tree):
            inside = node.slice if isinstance(node, ast.Subscript) else None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in readers:
                inside = next(iter(node.args), None)
            text = getattr(inside, "value", None)
            if isinstance(text, str) and asked.fullmatch(text) and text not in figures():
                yield module.at(node, f"the law has no {text}")

    assert not breaches(check)


def test_every_figure_of_the_law_is_used_by_code() -> None:
    constants = (node for module in MODULES for node in ast.walk(module.tree) if isinstance(node, ast.Constant))
    strings = {node.value for node in constants if isinstance(node.value, str)}
    stems = tuple(text for text in strings if re.fullmatch(r"[a-z]\w*\.(\w+\.)*", text))
    unused = [name for name in figures() if name not in strings and not name.startswith(stems)]

    assert unused == []


def figures() -> set[str]:
    """Return the names of all figures: their places under `rules/parameters/`."""
    folder = resource_dir("rules") / "parameters"
    return {".".join(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("*.yaml")}


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


def place_of(path: Path) -> str:
    """Return a template's place under `templates/`."""
    return str(path.relative_to(resource_dir("templates")))


def test_every_route_declares_its_action() -> None:
    app = create_app(a_config("sqlite://"))
    undeclared = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if not hasattr(view, "action") and endpoint.split(".")[-1] != "static"
    }

    assert undeclared == set()
