"""Regler på tværs: what no cell can tell alone - the same course twice, overlaps, one number with two names."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from jobcenter_mentor.domain.periods import last_day_of_months
from jobcenter_mentor.imports.checking import Row

SIX_MONTHS_FROM = date(2014, 1, 1)
SAME = {"courses": "Samme forløb", "meetings": "Samme møde", "mentors": "Samme mentor", "referrals": "Samme henvisning"}


def check_periods(rows: Iterable[Row]) -> None:
    """Advar om forløb over nytår (two frames), and about long ones before 2014, when the law set no limit."""
    for row in rows:
        start, last_day = row.get("start"), row.get("last_day")
        if start is None or last_day is None or last_day < start:
            continue
        if start < SIX_MONTHS_FROM and last_day > last_day_of_months(start, 6):
            row.warn("last_day", "long_period", "Forløbet er længere end 6 måneder.")
        if start.year != last_day.year:
            row.warn("last_day", "year_shift", "Forløbet går over nytår og hører til to rammer.")


def check_prices(rows: Iterable[Row]) -> None:
    """Kræv en timepris, of all but volunteers."""
    for row in rows:
        if "hourly_price" in row.values and row.values["hourly_price"] is None and row.get("mentor_type") != "FRIV":
            row.refuse("hourly_price", "required", "Mangler. Udfyld cellen.")


def check_duplicates(rows: Iterable[Row]) -> None:
    """Afvis den anden række med samme nøgle."""
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        names = row.profile.key
        key = tuple(_folded(row.get(name)) for name in names)
        if not names or None in key:
            continue
        if key in seen:
            same = SAME.get(row.profile.kind, "Samme borger")
            row.refuse(names[0], "duplicate_row", f"{same} som række {seen[key]}. Slet den ene.")
        else:
            seen[key] = row.number


def check_overlaps(rows: Iterable[Row]) -> None:
    """Afvis to individuelle forløb for samme borger at once; a place beside an individual course is no overlap."""
    earlier: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if None in (row.get("cpr"), row.get("start"), row.get("last_day")) or row.get("last_day") < row.get("start"):
            continue
        for other in earlier[row.get("cpr")]:
            if _collide(row, other):
                row.refuse("start", "overlap", f"Overlapper forløbet i række {other.number}. Ret datoerne.")
                break
        earlier[row.get("cpr")].append(row)


def check_names(rows: Iterable[Row]) -> None:
    """Afvis et CPR-nummer, der står med to navne."""
    seen: dict[str, tuple[tuple[Any, ...], int]] = {}
    for row in rows:
        cpr, name = row.get("cpr"), (_folded(row.get("first_name")), _folded(row.get("last_name")))
        if cpr is None or None in name:
            continue
        first, number = seen.setdefault(cpr, (name, row.number))
        if first != name:
            row.refuse("cpr", "name_conflict", f"CPR-nummeret står med et andet navn i række {number}.")


def _collide(row: Row, other: Row) -> bool:
    """Do two courses share a day, and are they of the same form or with the same mentor? The same key is no overlap."""
    shares = row.get("start") <= other.get("last_day") and other.get("start") <= row.get("last_day")
    same_key = (row.get("start"), _folded(row.get("mentor"))) == (other.get("start"), _folded(other.get("mentor")))
    same_form = row.get("form", "individual") == other.get("form", "individual") == "individual"
    same_mentor = _folded(row.get("mentor")) == _folded(other.get("mentor"))
    return shares and not same_key and (same_form or same_mentor)


def _folded(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
