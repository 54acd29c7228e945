"""The package as code (koden): its modules and templates with their syntax trees, for the tests that hold its shape."""

import ast
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from jobcenter_mentor.config import PACKAGE, resource_dir

ROOT = PACKAGE.parent
OWN = ("jobcenter_mentor", "jobcenter_mentor_demo")
ROLES = (
    *("models", "service", "queries", "pages", "forms", "views", "schemas", "api", "letters", "sheet", "jobs"),
    "commands",
)
"""The names that say what a file is for, whatever the feature."""
DOORS = {"views", "jobs", "menu"}
STANDARD = sys.stdlib_module_names


class Module:
    """One file of the package: its place, its role and its syntax tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = path.relative_to(ROOT).with_suffix("").parts
        if self.parts[0] == "jobcenter_mentor":
            self.parts = self.parts[1:]
        if self.parts[-1] == "__init__" and len(self.parts) > 1:
            self.parts = self.parts[:-1]
        self.name = self.parts[-1]
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)

    def at(self, node: Any, what: str) -> str:
        """Word a breach at its place."""
        return f"{self.path.relative_to(ROOT)}:{node.lineno}: {what}"

    def imports(self) -> Iterator[tuple[ast.stmt, tuple[str, ...]]]:
        """Give each imported module as its parts, a module of ours imported by name too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, tuple(alias.name.split("."))) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, self.at(node, "relative import")
                found = {named(node.module or "", alias.name) for alias in node.names}
                yield from ((node, tuple(name.split("."))) for name in sorted(found))

    def own_imports(self) -> Iterator[tuple[ast.stmt, tuple[str, ...]]]:
        """Give the imported modules of ours, named as `parts` names them."""
        for node, name in self.imports():
            if name[0] in OWN:
                yield node, (name[1:] or ("__init__",)) if name[0] == OWN[0] else name


def named(module: str, name: str) -> str:
    """Return `module.name` where that is a file of ours, otherwise `module`."""
    if module.split(".")[0] not in OWN:
        return module
    inside = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if inside.with_suffix(".py").exists() or inside.is_dir() else module


PATHS = sorted(path for own in OWN for path in (ROOT / own).rglob("*.py") if "migrations" not in path.parts)
MODULES = [Module(path) for path in PATHS]
FUNCTIONS = [
    (module, node)
    for module in MODULES
    for node in ast.walk(module.tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]
TEMPLATES = sorted(resource_dir("templates").rglob("*.html"))


def place_of(path: Path) -> str:
    """Return a template's place under `templates/`."""
    return str(path.relative_to(resource_dir("templates")))


def breaches(check: Callable[[Module], Iterator[str]]) -> str:
    """Return the breaches of all modules, one a line."""
    return "\n".join(chain.from_iterable(check(module) for module in MODULES))
