"""Compare the rows of a sheet (regler på tværs): the same course twice, overlaps, one number with two names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from jobcenter_mentor.domain.kernel.identity import NameKey, mail_key, may_be_same, name_flaw, name_key
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.law.agreement_items import longest_day
from jobcenter_mentor.sheets.intake.occupied_days import PeriodDays
from jobcenter_mentor.sheets.intake.row_check import SheetRow

SHARING = 50
"""Persons with one number that a row is compared with; a switchboard may have more."""
SAME = {"courses": "Samme forløb", "meetings": "Samme møde", "mentors": "Samme mentor", "referrals": "Samme henvisning"}


def check_periods(rows: Iterable[SheetRow]) -> None:
    """Warn of courses across New Year (forløb over nytår), which touch two frames.

    Long courses from before the law set a limit give a warning too.
    """
    for row in rows:
        start, last_day = row.get("start"), row.get("last_day")
        if start is None or last_day is None or last_day < start:
            continue
        if longest_day(start) is None and last_day > last_day_of_months(start, 6):
            row.warn("last_day", "long_period", "Forløbet er længere end 6 måneder.")
        if start.year != last_day.year:
            row.warn("last_day", "year_shift", "Forløbet går over nytår og hører til to rammer.")


def check_prices(rows: Iterable[SheetRow]) -> None:
    """Refuse rows without an hourly price (timepris), except for volunteers."""
    for row in rows:
        if "hourly_price" in row.values and row.values["hourly_price"] is None and row.get("mentor_type") != "FRIV":
            row.refuse("hourly_price", "required", "Mangler. Udfyld cellen.")


def check_duplicates(rows: Iterable[SheetRow]) -> None:
    """Refuse the second row with the same key (nøgle)."""
    seen: dict[tuple[Any, ...], SheetRow] = {}
    for row in rows:
        names = row.profile.key
        key = tuple(_key_part(name, row.get(name)) for name in names)
        if not names or None in key:
            continue
        if key in seen:
            same = SAME.get(row.profile.kind, "Samme borger")
            row.refuse(names[0], "duplicate_row", f"{same} som {seen[key].called}. Slet den ene.")
        else:
            seen[key] = row


def check_overlaps(rows: Iterable[SheetRow]) -> None:
    """Refuse two individual courses of one citizen that overlap (overlap).

    A place beside an individual course is no overlap. The rows of a citizen are compared in the order of their days, so
    that only those that can share a day are compared. The later row of the sheet is the one that is refused.
    """
    of_citizen: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        told = None not in (row.get("cpr"), row.get("start"), row.get("last_day"))
        if told and row.get("last_day") >= row.get("start"):
            of_citizen[row.get("cpr")].append(row)
    for own in of_citizen.values():
        for row, other in _overlaps(own):
            row.refuse("start", "overlap", f"Overlapper forløbet i {other.called}. Ret datoerne.")


def check_names(rows: Iterable[SheetRow]) -> None:
    """Refuse a CPR number with two names (CPR-nummer). A middle name more or less only gives a warning."""
    seen: dict[str, tuple[str, SheetRow]] = {}
    for row in rows:
        if None in (row.get("cpr"), row.get("first_name"), row.get("last_name")):
            continue
        name = f"{row.get('first_name')} {row.get('last_name')}"
        first, other = seen.setdefault(row.get("cpr"), (name, row))
        if name_key(first) == name_key(name):
            continue
        if may_be_same(first, name):
            text = f"Navnet er skrevet anderledes i {other.called}. Det er læst som samme borger."
            row.warn("cpr", "name_conflict", text)
        else:
            row.refuse("cpr", "name_conflict", f"CPR-nummeret står med et andet navn i {other.called}.")


def check_written(rows: Iterable[SheetRow]) -> None:
    """Refuse a number as a name (navn) and a name that mixes alphabets, as forms do."""
    for row in rows:
        for name in ("first_name", "last_name", "mentor"):
            if (written := row.get(name)) and (flaw := name_flaw(written)) and not row.is_faulty(name):
                row.refuse(name, "wrong_type", flaw)


def check_persons(rows: Iterable[SheetRow]) -> None:
    """Refuse the same mentor with two addresses (mentor): the same or a similar name with one phone number."""
    of_phone: dict[str, list[tuple[str, SheetRow]]] = defaultdict(list)
    for row in rows:
        if None in (row.get("first_name"), row.get("last_name"), row.get("phone")) or row.is_faulty("email"):
            continue
        name = f"{row.get('first_name')} {row.get('last_name')}"
        of_this = of_phone[row.get("phone")][:SHARING]
        other = next((one for known, one in of_this if may_be_same(known, name)), None)
        if other is not None:
            row.refuse("phone", "duplicate_row", f"Ligner mentoren i {other.called} (navn og nummer). Ret den ene.")
        else:
            of_phone[row.get("phone")].append((name, row))


def _key_part(name: str, value: Any) -> Any:
    """Fold a part of a row's key. Names and addresses of persons are folded as everywhere else."""
    if name == "mentor" and value is not None:
        return name_key(value)
    return mail_key(value) if name == "email" and value is not None else value


def _overlaps(rows: Iterable[SheetRow]) -> Iterator[tuple[SheetRow, SheetRow]]:
    """Yield each row of a citizen that shares a day with an earlier one of the same form or mentor, with that one.

    Rows of the same key are no overlap; they are reported as the same course.
    """
    individual, of_mentor = PeriodDays[SheetRow](), defaultdict[NameKey, PeriodDays[SheetRow]](PeriodDays)
    seen = set[tuple[date, NameKey]]()
    for row in rows:
        first, last, mentor = row.get("start"), row.get("last_day"), name_key(row.get("mentor", ""))
        if (first, mentor) in seen:
            continue
        seen.add((first, mentor))
        days = [of_mentor[mentor], *([individual] if row.get("form", "individual") == "individual" else [])]
        found = next((other for one in days if (other := one.row_on(first, last))), None)
        if found is not None:
            yield row, found
        for one in days:
            one.take(first, last, row)
