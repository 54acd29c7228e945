"""The tables as printed in the evaluation, and the chi-square test of made-up people against them."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import chisquare

FOLDER = Path(__file__).parents[1] / "data" / "sfi_2015"
LEAST_EXPECTED = 5


@dataclass(frozen=True)
class First:
    """A citizen's first course, as the tables count it."""

    year: int
    support: str
    age: int
    sex: str
    form: str
    minutes: int
    visitation: str | None


def shares(number: str, year: int) -> dict[str, float]:
    """Return the column of a year of a table, per cent by row label, without totals and means."""
    with (FOLDER / f"table_{number}.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["column_label_da"] == str(year)]
    return {
        r["row_label_da"]: float(r["value"]) for r in rows if r["unit"] == "percent" and r["row_label_da"] != "I alt"
    }


def p_value(observed: Mapping[str, int], expected: Mapping[str, float]) -> float:
    """Return the p value of counts against shares; cells expected under five are pooled with the smallest."""
    assert set(observed) <= set(expected), set(observed) - set(expected)
    total, whole = sum(observed.values()), sum(expected.values())
    cells = [(observed.get(name, 0), total * share / whole) for name, share in expected.items()]
    large = sorted((cell for cell in cells if cell[1] >= LEAST_EXPECTED), key=lambda cell: cell[1])
    small = [cell for cell in cells if cell[1] < LEAST_EXPECTED]
    if small:
        pooled = (sum(o for o, _ in small), sum(e for _, e in small))
        if pooled[1] < LEAST_EXPECTED and len(large) > 1:
            nearest = large.pop(0)
            pooled = (pooled[0] + nearest[0], pooled[1] + nearest[1])
        large.append(pooled)
    return float(chisquare([o for o, _ in large], [e for _, e in large]).pvalue)


def age_label(age: int) -> str:
    """Return the row of table 3.3."""
    if age < 16:
        return "Under 16 år"
    if age > 64:
        return "Over 64 år"
    first = 16 if age < 20 else age // 5 * 5
    return f"{first}-{age // 5 * 5 + 4} år"


def hours_label(minutes: int) -> str:
    """Return the row of table 3.11."""
    limits = {
        0: "0 timer eller uoplyst",
        60: "0,01-1 timer",
        120: "1,01-2 timer",
        180: "2,01-3 timer",
        240: "3,01-4 timer",
        300: "4,01-5 timer",
        600: "5,01-10 timer",
    }
    return next((label for limit, label in limits.items() if minutes <= limit), "Over 10 timer")


TABLES: dict[str, Callable[[First], str | None]] = {
    "3_01": lambda one: one.support,
    "3_03": lambda one: age_label(one.age),
    "3_04": lambda one: {"M": "Mænd", "K": "Kvinder"}[one.sex],
    "3_10": lambda one: {"individual": "Individuel mentor", "place": "Pladsmentor"}[one.form],
    "3_11": lambda one: hours_label(one.minutes) if one.form == "individual" else None,
}
"""What each table counts; None leaves a person out."""


def p_values(people: Iterable[First], year: int) -> dict[str, float]:
    """Return the p value of each table, and of the activity-ready share of 2014."""
    of_year = [one for one in people if one.year == year]
    found = {
        number: p_value(Counter(label for one in of_year if (label := row(one)) is not None), shares(number, year))
        for number, row in TABLES.items()
    }
    if year == 2014:
        ready = sum(one.visitation == "aktivitetsparat" for one in of_year)
        found["73 %"] = p_value({"ja": ready, "nej": len(of_year) - ready}, {"ja": 73, "nej": 27})
    return found
