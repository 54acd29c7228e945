"""Calculate a course's granted, delivered and billed cost by calendar month (forløbets måneder), in whole øre."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from jobcenter_mentor.domain.kernel.money import delivered_cost, share
from jobcenter_mentor.domain.kernel.periods import Period

Month = tuple[int, int]
"""Year and month number."""
MonthOfKind = tuple[int, int, str, int]
"""Year, month number, frame kind and statutory rate in per cent."""
Key = TypeVar("Key")


class Figures(NamedTuple):
    """The figures of a month: øre granted, delivered and billed, minutes held, and four counts of courses.

    The counts: hours are granted in the month; the course's first month in the year; it began; it was ended early.
    """

    granted: int = 0
    delivered: int = 0
    invoiced: int = 0
    minutes: int = 0
    running: int = 0
    entered: int = 0
    started: int = 0
    stopped: int = 0


class Hours(NamedTuple):
    """A period of hours: both days included, minutes a week, price of an hour in øre."""

    first_day: date
    last_day: date
    minutes_per_week: int
    hourly_price: int


@dataclass(frozen=True)
class CourseCost:
    """The facts behind a course's cost by month (forløbets udgift).

    `reserved` is (year, kind, rate, øre), `held` (day, minutes), `billed` (first day, last day, øre). `kind` and `rate`
    (per cent) are those of a year without a reservation; the first reservation of a year takes all that is delivered in
    it. `share` n means 1/n of a place function. `ended_on` is given where the course was ended early.
    """

    kind: str
    rate: int
    start: date
    price: int
    share: int = 1
    ended_on: date | None = None
    hours: Sequence[Hours] = ()
    reserved: Sequence[tuple[int, str, int, int]] = ()
    held: Sequence[tuple[date, int]] = ()
    billed: Sequence[tuple[date, date, int]] = ()

    def by_month(self) -> dict[MonthOfKind, Figures]:
        """Return the months that have any figure, by year, month, frame kind and rate."""
        sums: dict[MonthOfKind, Counter[str]] = defaultdict(Counter)
        kinds = {year: (kind, rate) for year, kind, rate, _ in reversed(self.reserved)}
        for year, kind, rate, cost in self.reserved:
            for month, part in granted_by_month(year, cost, self.hours, self.start).items():
                sums[*month, kind, rate].update(granted=part, running=int(part > 0))
        for name, figures in self._happened().items():
            for (year, number), amount in figures.items():
                sums[year, number, *kinds.get(year, (self.kind, self.rate))][name] += amount
        found = {key: Figures(**figures) for key, figures in sums.items() if any(figures.values())}
        for first in _first_months(found):
            found[first] = found[first]._replace(entered=1)
        return found

    def _happened(self) -> Mapping[str, Mapping[Month, int]]:
        """Return the figures of what has taken place, by name and month."""
        happened: dict[str, Mapping[Month, int]] = {
            "delivered": self._delivered(),
            "minutes": _summed((_month(day), minutes) for day, minutes in self.held),
            "invoiced": _summed(part for bill in self.billed for part in spread(*bill)),
            "started": {_month(self.start): 1},
        }
        return happened | ({"stopped": {_month(self.ended_on): 1}} if self.ended_on else {})

    def _delivered(self) -> dict[Month, int]:
        """Return the cost of the held minutes, rounded once for each month and price."""
        minutes = _summed(((*_month(day), self._price_on(day)), held) for day, held in self.held)
        return _summed(
            ((year, number), delivered_cost(held, price, self.share)) for (year, number, price), held in minutes.items()
        )

    def _price_on(self, day: date) -> int:
        return next((h.hourly_price for h in self.hours if h.first_day <= day <= h.last_day), self.price)


def granted_by_month(year: int, cost: int, hours: Sequence[Hours], start: date) -> dict[Month, int]:
    """Return a year's reservation by month, by the cost of the days in each, summing exactly to it.

    A reservation without hours in its year goes to the month the course begins, otherwise to January.
    """
    if not cost:
        return {}
    weights = [0] * 12
    for part in hours:
        within = Period(part.first_day, part.last_day).overlap(Period(date(year, 1, 1), date(year, 12, 31)))
        for month in within.split_by_month() if within else ():
            weights[month.first.month - 1] += part.minutes_per_week * part.hourly_price * month.days
    if not any(weights):
        return {(year, start.month if start.year == year else 1): cost}
    return {(year, number): part for number, part in enumerate(share(cost, weights), 1) if part}


def spread(first_day: date, last_day: date, amount: int) -> list[tuple[Month, int]]:
    """Return an amount (or minutes) by month, each day in its own month, summing exactly to it."""
    months = Period(first_day, last_day).split_by_month()
    parts = share(amount, [month.days for month in months])
    return [(_month(month.first), part) for month, part in zip(months, parts, strict=True)]


def _first_months(keys: Iterable[MonthOfKind]) -> list[MonthOfKind]:
    """Return the earliest key of each year, kind and rate."""
    found: dict[tuple[int, str, int], MonthOfKind] = {}
    for key in sorted(keys):
        found.setdefault((key[0], *key[2:]), key)
    return list(found.values())


def _summed(parts: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    sums: dict[Key, int] = defaultdict(int)
    for key, amount in parts:
        sums[key] += amount
    return dict(sums)


def _month(day: date) -> Month:
    return day.year, day.month
