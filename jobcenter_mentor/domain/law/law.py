"""The law (loven) as dated figures with sources; `law.on(day)` gives the values in force that day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from jobcenter_mentor.domain.kernel.change_days import READINGS_CHANGE
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.kernel.law_codes import LawCode, law_code

NOT_ENTERED = "Loven for denne dag er endnu ikke lagt ind."
Kind = TypeVar("Kind")
Value = int | Decimal | bool | str | tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """The source of a dated value (kilde): act, section and link."""

    act: str
    section: str
    link: str
    words: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", f"{self.act} {self.section}".strip())

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class DatedValue:
    """A value from a day until the next one; None means no longer in force."""

    valid_from: date
    value: Value | None
    source: Source


@dataclass(frozen=True)
class LocalFigureValue:
    """The municipality's own figure: an approved dated row that replaces the figure of the same name."""

    name: str
    valid_from: date
    value: Value | None
    source: Source


@dataclass(frozen=True)
class LawReading:
    """The municipality's reading of an open point from a day (kommunens læsning); an empty text withdraws it."""

    point: str
    valid_from: date
    text: str


@dataclass(frozen=True)
class Parameter:
    """A figure of the law with its unit, its authority (law, order, guidance, local) and its values by date."""

    name: str
    label: str
    about: str
    unit: str
    authority: str
    checked_on: date
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> tuple[Value, Source]:
        """Return the value of a day with its source; raises NotInForce before the first and where it has ended."""
        dated = self._dated(day)
        if dated is None or dated.value is None:
            raise NotInForce(self.name, day)
        return dated.value, dated.source

    def value_on(self, day: date) -> Value | None:
        """Return the value of a day; None before the first, where it has ended and where it is not confirmed."""
        dated = self._dated(day)
        return None if dated is None else dated.value

    def _dated(self, day: date) -> DatedValue | None:
        return next((dated for dated in reversed(self.values) if dated.valid_from <= day), None)

    def with_values(self, rows: Iterable[LocalFigureValue]) -> Parameter:
        """Return the figure with the municipality's rows added by date; a row replaces a value of the same date."""
        by_day = {dated.valid_from: dated for dated in self.values}
        by_day |= {row.valid_from: DatedValue(row.valid_from, row.value, row.source) for row in rows}
        return replace(self, values=tuple(by_day[day] for day in sorted(by_day)))


@dataclass(slots=True)
class LawPeriod:
    """The law between two changes: values found once for all its days; `stated` holds the answers of the rules."""

    found: dict[str, tuple[Value, Source]] = field(default_factory=dict)
    values: dict[str, Value | None] = field(default_factory=dict)
    stated: dict[object, Any] = field(default_factory=dict)


class LawOfDay:
    """The law of one day: the figures in force; rules receive only this, so no rule can mix two days."""

    def __init__(self, law: Law, day: date, period: LawPeriod) -> None:
        self._law = law
        self._found, self._values = period.found, period.values
        self.day = day
        self.stated = period.stated

    def at(self, day: date) -> LawOfDay:
        """Return the same law on another day, for rules that reach past a change."""
        return self._law.on(day)

    def reading(self, point: str) -> LawReading | None:
        """Return the municipality's reading of an open point in force that day; None where it has none."""
        stated = [one for one in self._law.readings if one.point == point and one.valid_from <= self.day]
        newest = max(stated, key=lambda one: one.valid_from, default=None)
        return newest if newest and newest.text else None

    def changes(self, names: tuple[str, ...], until: date) -> list[date]:
        """Return the days after this one on which the figures change; `names` are beginnings of names."""
        return self._law.changes(names, self.day, until)

    def __getitem__(self, name: str) -> Value:
        return self._on_this_day(name)[0]

    def source(self, name: str) -> Source:
        """Return the source of a figure on this day; raises NotInForce as the value itself does."""
        return self._on_this_day(name)[1]

    def _on_this_day(self, name: str) -> tuple[Value, Source]:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self.parameter(name).on(self.day)
        return found

    def parameter(self, name: str) -> Parameter:
        """Return the figure with its history; raises NotInForce, naming figure and day, for an unknown name."""
        if name not in self._law:
            raise NotInForce(name, self.day)
        return self._law.parameter(name)

    def find(self, name: str) -> Value | None:
        """Return the value, or None where it is not in force or not confirmed.

        Raises NotInForce for an unknown figure.
        """
        if name not in self._values:
            self._values[name] = self.parameter(name).value_on(self.day)
        return self._values[name]

    @cached_property
    def code(self) -> LawCode:
        """Return the law of the day (loven); raises NotInForce when it has not been entered."""
        if self.found_code is None:
            raise NotInForce("mentor.law", self.day, NOT_ENTERED)
        return self.found_code

    @cached_property
    def found_code(self) -> LawCode | None:
        """Return the law of the day; None when it has not been entered."""
        name = self.find("mentor.law")
        return None if name is None else law_code(str(name))

    def whole(self, name: str) -> int:
        """Return a whole number; raises TypeError when the figure is of another kind."""
        return _of_kind(name, self[name], int)

    def decimal(self, name: str) -> Decimal:
        """Return a decimal number, such as a rate; raises TypeError when the figure is of another kind."""
        return _of_kind(name, self[name], Decimal)

    def flag(self, name: str) -> bool:
        """Return a yes or no; raises TypeError when the figure is of another kind."""
        return _of_kind(name, self[name], bool)

    def text(self, name: str) -> str:
        """Return a text; raises TypeError when the figure is of another kind."""
        return _of_kind(name, self[name], str)

    def members(self, name: str) -> tuple[int | str, ...]:
        """Return a list, such as target groups; raises TypeError when the figure is of another kind."""
        return _of_kind(name, self[name], tuple)


def _of_kind(name: str, value: Value, kind: type[Kind]) -> Kind:
    if type(value) is not kind:
        raise TypeError(f"{name} is {value!r}, not {kind.__name__}")
    return value


class Law:
    """The law (loven): all figures, never changed; a change makes a new Law."""

    def __init__(self, parameters: Mapping[str, Parameter], readings: Iterable[LawReading] = ()) -> None:
        self._parameters = dict(parameters)
        self.readings = tuple(readings)
        self._days: dict[date, LawOfDay] = {}
        self._changes: dict[tuple[str, ...], list[date]] = {}
        dated = {dated.valid_from for figure in self._parameters.values() for dated in figure.values}
        self._limits = sorted(dated.union(READINGS_CHANGE))
        self._periods: dict[int, LawPeriod] = {}

    def on(self, day: date) -> LawOfDay:
        """Return the law of a day, the same object each time; days between two changes share what they look up."""
        found = self._days.get(day)
        if found is None:
            period = self._periods.setdefault(bisect_right(self._limits, day), LawPeriod())
            found = self._days[day] = LawOfDay(self, day, period)
        return found

    def changes(self, names: tuple[str, ...], after: date, until: date) -> list[date]:
        """Return the days on which figures change, after one day up to and including another.

        `names` are beginnings of names.
        """
        changes = self._changes.get(names)
        if changes is None:
            figures = (figure for name, figure in self._parameters.items() if name.startswith(names))
            changes = sorted({dated.valid_from for figure in figures for dated in figure.values})
            self._changes[names] = changes
        return changes[bisect_right(changes, after) : bisect_right(changes, until)]

    def __contains__(self, name: str) -> bool:
        return name in self._parameters

    def names(self) -> list[str]:
        """Return the names of all figures, sorted."""
        return sorted(self._parameters)

    def parameter(self, name: str) -> Parameter:
        """Return a figure by name with its whole history; raises KeyError on an unknown name."""
        return self._parameters[name]

    def with_figures(self, rows: Iterable[LocalFigureValue]) -> Law:
        """Return a new Law with the municipality's approved figures; raises KeyError on an unknown name."""
        parameters = dict(self._parameters)
        for row in sorted(rows, key=lambda row: row.valid_from):
            parameters[row.name] = parameters[row.name].with_values([row])
        return Law(parameters, self.readings)

    def with_readings(self, readings: Iterable[LawReading]) -> Law:
        """Return a new Law with the municipality's readings of open points."""
        return Law(self._parameters, (*self.readings, *readings))
