"""The national figures that the demo matches: the tables of `figures.reports.national`, 2013 and 2014.

Per cent of persons by the year of the first course, 2014 to 27 April.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from jobcenter_mentor.figures.reports import national
from jobcenter_mentor.figures.reports.national import Row

Cell = TypeVar("Cell")


class Shares(NamedTuple):
    """Shares in per cent: the columns 2013 and 2014."""

    first: float
    second: float

    def of(self, year: int) -> float:
        """Return the share of a year."""
        return self.first if year == 2013 else self.second


def _of(table: Mapping[str, Row], cells: Iterable[Cell]) -> dict[Cell, Shares]:
    """Return the two years of a table, its rows named by cells in the same order."""
    return {cell: Shares(*row[2:]) for cell, row in zip(cells, table.values(), strict=True)}


CASH = "Kontant- og uddannelseshjælp"
AGES = (
    (14, 15),
    (16, 19),
    (20, 24),
    (25, 29),
    (30, 34),
    (35, 39),
    (40, 44),
    (45, 49),
    (50, 54),
    (55, 59),
    (60, 64),
    (65, 66),
)
"""Both ends are included; the first and the last row are open in the source."""
MINUTES = ((0, 0), (1, 60), (61, 120), (121, 180), (181, 240), (241, 300), (301, 600), (601, 10080))
"""Minutes a week; the source's classes are "0,01-1 timer" and so on."""

SUPPORT = _of(national.SUPPORT, national.SUPPORT)
AGE = _of(national.AGE, AGES)
SEX = _of(national.SEX, ("M", "K"))
MATCH_GROUP = {group: shares.first for group, shares in _of(national.MATCH_GROUP, (None, 1, 2, 3)).items()}
"""Match groups of 2013; they were abolished in 2014."""
FORM = _of(national.FORM, ("individual", "place"))
HOURS = _of(national.HOURS, MINUTES)

ACTIVITY_READY_2014 = 73
"""Figure 3.1: per cent activity-ready among courses started in 2014."""
