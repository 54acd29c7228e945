"""Count the tables by group and start year (tabeller), hide small groups in all together, and make their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from jobcenter_mentor.figures.reports import national
from jobcenter_mentor.figures.reports.evaluation_shapes import INDIVIDUAL, PLACE, Average, Shape
from jobcenter_mentor.figures.reports.national import Row
from jobcenter_mentor.figures.reports.small_groups import Counts, Mask, grown_little, hidden, with_sums

FEW = 50
"""Below this many citizens a share is called uncertain."""


@dataclass(frozen=True)
class NationalTableLine:
    """A line (linje): figures of one column, None where hidden or not printed; shares are a part of one."""

    label: str
    count: int | None
    share: float | None
    national: float | None
    is_hidden: bool

    @property
    def points(self) -> str:
        """Return the difference in percentage points (procentpoint) with its sign, "+1,2"."""
        return _signed(None if self.share is None or self.national is None else 100 * (self.share - self.national))


@dataclass(frozen=True)
class NationalFigure:
    """A mean or a median beside the country's (gennemsnit eller median)."""

    label: str
    own: float | None
    national: float | None
    is_hidden: bool

    @property
    def words(self) -> tuple[str, str, str]:
        """Return own figure, the country's and the difference (forskel), with one decimal."""
        less = None if self.own is None or self.national is None else self.own - self.national
        return _decimal(self.own), _decimal(self.national), _signed(less)


@dataclass
class NationalTable:
    """A table (tabel): `counts` and `mask` with sums; its last row is all citizens, its last column all years."""

    shape: Shape
    years: list[int]
    people: pd.DataFrame
    history: list[Counts]
    mask: Mask

    @property
    def counts(self) -> Counts:
        """Return the number of citizens now (antal borgere)."""
        return self.history[-1]

    def column(self, year: int | None) -> int | None:
        """Return the column of a year or of all years (år); None where the table does not hold the year."""
        if year is None:
            return len(self.years)
        return self.years.index(year) if year in self.years else None

    def total(self, year: int | None) -> int | None:
        """Return all citizens of a column (beregningsgrundlag), None where hidden or missing."""
        at = self.column(year)
        return None if at is None or self.mask[-1, at] else int(self.counts[-1, at])

    def lines(self, year: int | None) -> list[NationalTableLine]:
        """Return the lines for a year or all years (linjer).

        A group with nobody in it and no country figure is left out.
        """
        at = self.column(year)
        if at is None:
            return []
        groups = enumerate(self.shape.groups)
        return [
            self._line(row, at, name, _share(_national(self.shape.national.get(name), year)))
            for row, name in groups
            if name in self.shape.national or not self.shape.national or self.counts[row, -1]
        ]

    def figures(self, year: int | None) -> list[NationalFigure]:
        """Return the means and medians under the lines (gennemsnit og median)."""
        at = self.column(year)
        return [] if at is None else [self._figure(average, year, at) for average in self.shape.averages]

    def note(self, year: int | None) -> str:
        """Say how uncertain a share is (usikkerhed): the weight of one citizen where there are few."""
        total = self.total(year)
        if not total:
            return ""
        points = f"{100 / total:.1f}".replace(".", ",")
        return f"Kun {total} borgere: én borger flytter andelen {points} procentpoint." if total < FEW else ""

    def _line(self, row: int, at: int, name: str, country: float | None) -> NationalTableLine:
        if self.mask[row, at]:
            return NationalTableLine(name, None, None, country, is_hidden=True)
        count, total = int(self.counts[row, at]), 0 if self.mask[-1, at] else int(self.counts[-1, at])
        return NationalTableLine(name, count, count / total if total else None, country, is_hidden=False)

    def _figure(self, average: Average, year: int | None, at: int) -> NationalFigure:
        """Return a mean of at least five people; one decimal reveals no more of them, nor how many they are."""
        given = self.people[self.people[average.column] > average.above]
        history = _history(np.zeros(len(given), np.int64), 1, given, self.years)
        away = bool(hidden(history[-1], _late(history))[0, at])
        values = given[average.column] if year is None else given.loc[given["year"] == year, average.column]
        own = None
        if len(values) and not away:
            own = round(float(values.median() if average.median else values.mean()), 1)
        return NationalFigure(average.label, own, _national(average.national, year), is_hidden=away)


def protected(shapes: Sequence[Shape], people: pd.DataFrame, years: list[int]) -> list[NationalTable]:
    """Return the tables with cells hidden (skjulte celler), until no table gives away what another one hides."""
    tables = [_table(shape, people, years) for shape in shapes]
    while True:
        before = sum(int(table.mask.sum()) for table in tables)
        _tie(tables)
        for table in tables:
            table.mask = hidden(table.counts, table.mask)
        if sum(int(table.mask.sum()) for table in tables) == before:
            return tables


def _table(shape: Shape, people: pd.DataFrame, years: list[int]) -> NationalTable:
    """Count a table and hide what grew by fewer than five since it was shown."""
    if shape.form is not None:
        people = people[people["form"] == shape.form]
    if shape.until is not None:
        years = [year for year in years if year <= shape.until]
        people = people[people["year"].isin(years)]
    group = pd.Categorical(shape.group_of(people), categories=list(shape.groups)).codes
    history = _history(group, len(shape.groups), people, years)
    return NationalTable(shape, years, people, history, _late(history))


def _history(group: Any, groups: int, people: pd.DataFrame, years: list[int]) -> list[Counts]:
    """Count people by group and year at the end of each half-year, at least once."""
    counts, history = np.zeros((groups, len(years)), np.int64), []
    half, column = people["half"].to_numpy(), (people["year"] - (years[0] if years else 0)).to_numpy()
    for now in range(2 * years[0], int(half.max(initial=2 * years[0])) + 1) if years else ():
        new = half == now
        np.add.at(counts, (group[new], column[new]), 1)
        history.append(with_sums(counts))
    return history or [with_sums(counts)]


def _late(history: list[Counts]) -> Mask:
    """Return which figures have grown by fewer than five since they were shown."""
    over_time = np.array(history)
    rows, columns = history[-1].shape
    late = [[grown_little(over_time[:, row, at].tolist()) for at in range(columns)] for row in range(rows)]
    return np.array(late, bool)


def _tie(tables: list[NationalTable]) -> None:
    """Let tables that print the same figure hide it together: all citizens, and those of each form."""
    by_code = {table.shape.code: table for table in tables}
    whole = [table for table in tables if table.shape.form is None and table.shape.until is None]
    away: Any = np.logical_or.reduce([table.mask[-1] for table in whole])
    for table in whole:
        table.mask[-1] |= away
    early = by_code["3.7"]
    early.mask[-1, :-1] |= away[: len(early.years)]
    for place in range(len(early.years)):
        if early.mask[-1, place]:
            for table in whole:
                table.mask[-1, place] = True
    form = by_code["3.10"]
    for name, hours in ((INDIVIDUAL, by_code["3.11"]), (PLACE, by_code["3.12"])):
        row = form.shape.groups.index(name)
        both = form.mask[row] | hours.mask[-1]
        form.mask[row], hours.mask[-1] = both, both


def _national(row: Row | None, year: int | None) -> float | None:
    """Return the country's figure of the same year, otherwise that of 2012-2014."""
    if row is None:
        return None
    return row[1 + national.YEARS.index(year)] if year in national.YEARS else row[0]


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", ",")


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    sign = "+" if round(value, 1) > 0 else "\u2212" if round(value, 1) < 0 else ""
    return sign + _decimal(abs(value))
