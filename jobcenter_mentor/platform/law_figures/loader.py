"""Load the law (loven) from the YAML files under `rules/parameters`, strictly; errors name file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.law.law import DatedValue, Law, Parameter, Source, Value

AUTHORITIES = ("law", "order", "guidance", "local")


class RuleFileRejected(DomainError):
    """A file under `rules/` cannot be read (regelfil afvist); the message names file and line."""

    code = "rule_file"


class _DecimalLoader(yaml.CSafeLoader):
    """Safe YAML with Decimal for float, so that no figure is ever a binary fraction."""


def _decimal(loader: _DecimalLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_DecimalLoader.add_constructor("tag:yaml.org,2002:float", _decimal)


class RuleFile:
    """A rule file being read (regelfil): turns its nodes into plain values and knows their lines."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def reject(self, node: yaml.Node | None, message: str) -> RuleFileRejected:
        """Return the error to raise for a node, with file and line."""
        line = f", linje {node.start_mark.line + 1}" if node is not None else ""
        return RuleFileRejected(f"{self.path}{line}: {message}")

    def root(self) -> yaml.Node:
        """Return the file's content. Raises RuleFileRejected when the file is empty or not YAML."""
        try:
            node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=_DecimalLoader)
        except yaml.YAMLError as error:
            raise RuleFileRejected(f"{self.path}: {error}") from error
        if node is None:
            raise self.reject(None, "Filen er tom.")
        return node

    def fields(self, node: yaml.Node) -> dict[Any, yaml.Node]:
        """Return the fields of a mapping. Raises RuleFileRejected on a double name."""
        if not isinstance(node, yaml.MappingNode):
            raise self.reject(node, "Her skal stå navne og værdier.")
        found: dict[Any, yaml.Node] = {}
        for key_node, value_node in node.value:
            key = self.plain(key_node)
            if isinstance(key, bool):
                raise self.reject(key_node, f"»{key_node.value}« læses som ja eller nej. Sæt ordet i anførselstegn.")
            if key in found:
                raise self.reject(key_node, f"»{key}« står to gange.")
            found[key] = value_node
        return found

    def exactly(self, node: yaml.Node, names: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return exactly these fields. Raises RuleFileRejected on an unknown or a missing name."""
        found = self.fields(node)
        for name in found:
            if name not in names:
                raise self.reject(found[name], f"»{name}« kendes ikke. Tilladt er {', '.join(names)}.")
        for name in names:
            if name not in found:
                raise self.reject(node, f"»{name}« mangler.")
        return found

    def plain(self, node: yaml.Node) -> Any:
        """Return the plain value: mappings, lists and scalars; numbers with decimals are Decimal."""
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value) for key, value in self.fields(node).items()}
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item) for item in node.value]
        try:
            return _DecimalLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError, ArithmeticError) as error:
            raise self.reject(node, f"Værdien kan ikke læses: {error}") from error

    def text(self, node: yaml.Node) -> str:
        """Return a text. Raises RuleFileRejected on anything else."""
        value = self.plain(node)
        if not isinstance(value, str):
            raise self.reject(node, "Her skal stå tekst. Sæt den i anførselstegn.")
        return value

    def day(self, value: Any, node: yaml.Node) -> date:
        """Return a date. Raises RuleFileRejected on anything else, also on a date with a time."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.reject(node, "Her skal stå en dato, ÅÅÅÅ-MM-DD.")
        return value


def _whole(value: Any) -> Value | None:
    return value if type(value) is int and value >= 0 else None


def _share(value: Any) -> Value | None:
    return value if isinstance(value, Decimal) and 0 <= value <= 1 else None


def _choice(value: Any) -> Value | None:
    return {"yes": True, "no": False}.get(value) if isinstance(value, str) else None


def _name(value: Any) -> Value | None:
    return value if isinstance(value, str) and value else None


def _list_of(kind: type[int] | type[str]) -> Callable[[Any], Value | None]:
    def read(value: Any) -> Value | None:
        if not isinstance(value, list) or not all(type(item) is kind for item in value):
            return None
        return tuple(value)

    return read


UNITS: dict[str, Callable[[Any], Value | None]] = {
    "months": _whole,
    "weeks": _whole,
    "days": _whole,
    "working days": _whole,
    "hours/week": _whole,
    "øre/hour": _whole,
    "øre": _whole,
    "number": _whole,
    "percent": _whole,
    "øre/person": _whole,
    "full-time persons": _whole,
    "years": _whole,
    "times": _whole,
    "share": _share,
    "yes/no": _choice,
    "name": _name,
    "group numbers": _list_of(int),
    "mentor types": _list_of(str),
    "situations": _list_of(str),
    "names": _list_of(str),
}


def parse_value(unit: str, value: Any) -> Value | None:
    """Return a value in its unit (enhed), None when it does not fit; yes/no are the quoted words."""
    return UNITS[unit](value)


@cache
def law() -> Law:
    """Return the law (loven) as it is in `rules/`; read once."""
    return load_law(resource_dir("rules"))


def load_law(path: Path) -> Law:
    """Load the law (loven) from a folder; the path under `parameters` is the name of the figure.

    Raises RuleFileRejected on unknown or double keys, a value without source, an unknown unit, dates out of order, a
    hole between two values and a group in two lists that exclude each other.
    """
    folder = path / "parameters"
    parameters = {parameter.name: parameter for parameter in map(_reader(folder), sorted(folder.rglob("*.yaml")))}
    _check_lists_apart(folder, parameters)
    return Law(parameters)


def _reader(folder: Path) -> Callable[[Path], Parameter]:
    return lambda path: _load_parameter(path, ".".join(path.relative_to(folder).with_suffix("").parts))


def _load_parameter(path: Path, name: str) -> Parameter:
    file = RuleFile(path)
    fields = file.exactly(file.root(), ("name", "about", "unit", "authority", "checked_on", "values"))
    unit, authority = file.text(fields["unit"]), file.text(fields["authority"])
    if unit not in UNITS:
        raise file.reject(fields["unit"], f"Enheden »{unit}« kendes ikke. Tilladt er {', '.join(UNITS)}.")
    if authority not in AUTHORITIES:
        raise file.reject(fields["authority"], f"»{authority}« kendes ikke. Tilladt er {', '.join(AUTHORITIES)}.")
    return Parameter(
        name=name,
        label=file.text(fields["name"]),
        about=file.text(fields["about"]),
        unit=unit,
        authority=authority,
        checked_on=file.day(file.plain(fields["checked_on"]), fields["checked_on"]),
        values=_values(file, fields["values"], unit),
    )


def _values(file: RuleFile, node: yaml.Node, unit: str) -> tuple[DatedValue, ...]:
    values: list[DatedValue] = []
    for key, value_node in file.fields(node).items():
        valid_from = file.day(key, value_node)
        if values and valid_from <= values[-1].valid_from:
            raise file.reject(value_node, "Datoerne skal stå i rækkefølge, den ældste først.")
        values.append(_dated_value(file, value_node, valid_from, unit))
    if not values:
        raise file.reject(node, "Der mangler en værdi.")
    _check_no_gap(file, node, values)
    return tuple(values)


def _check_no_gap(file: RuleFile, node: yaml.Node, values: list[DatedValue]) -> None:
    """Refuse a figure that ends and comes back: a hole between two values is a date that was forgotten."""
    entries = file.fields(node)
    for before, hole, after in zip(values, values[1:], values[2:], strict=False):
        if before.value is not None and hole.value is None and after.value is not None:
            message = f"Der er et hul fra {hole.valid_from} til {after.valid_from}: før og efter er der en værdi."
            raise file.reject(entries[hole.valid_from], message)


APART = "reimbursement.groups_"
NOT_APART = ("reimbursement.groups_named_by_sfi",)
"""Lists of groups that a cost follows one of, and the list that only narrows another."""


def _check_lists_apart(folder: Path, parameters: Mapping[str, Parameter]) -> None:
    """Refuse a group that stands in two lists of one day: its cost can't follow two rules."""
    lists = [figure for name, figure in parameters.items() if name.startswith(APART) and name not in NOT_APART]
    for day in sorted({dated.valid_from for figure in lists for dated in figure.values}):
        held: dict[int | str, str] = {}
        for figure in lists:
            value = figure.value_on(day)
            for group in value if isinstance(value, tuple) else ():
                if group in held:
                    raise _overlap(folder, figure, day, f"Gruppe {group} står også i {held[group]} den {day}.")
                held[group] = figure.name


def _overlap(folder: Path, figure: Parameter, day: date, message: str) -> RuleFileRejected:
    path = folder.joinpath(*figure.name.split(".")).with_suffix(".yaml")
    file = RuleFile(path)
    entries = file.fields(file.fields(file.root())["values"])
    return file.reject(entries[max(since for since in entries if since <= day)], message)


def _dated_value(file: RuleFile, node: yaml.Node, valid_from: date, unit: str) -> DatedValue:
    fields = file.exactly(node, ("value", "source"))
    source = file.exactly(fields["source"], ("act", "section", "link"))
    act = file.text(source["act"])
    if not act:
        raise file.reject(source["act"], "Værdien har ingen kilde.")
    given = file.plain(fields["value"])
    value = None if given is None else parse_value(unit, given)
    if given is not None and value is None:
        raise file.reject(fields["value"], f"Værdien passer ikke til enheden »{unit}«. Sæt ja/nej-ord i anførselstegn.")
    return DatedValue(valid_from, value, Source(act, file.text(source["section"]), file.text(source["link"])))
