"""Read dates in sheets (datoer), day first as Danes write them. A serial number or a time is read with a warning."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.sheets.intake.workbook_sheets import Value

Notes = list[tuple[str, str]]
"""Warnings of a cell: code and message."""

EARLIEST, LATEST = 1990, 2099
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli"),
    *("august", "september", "oktober", "november", "december"),
)
ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
"""English month names, as databases write them (15-OCT-2014). No Danish month is written like another English one."""
_TIME = (
    r"(?:[t ]+(?P<time>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?)\s*(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO = re.compile(rf"(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}}){_TIME}")
_DANISH = re.compile(rf"(?:den )?(?P<d>[0-9]{{1,2}}) ?[-./] ?(?P<m>[0-9]{{1,2}}) ?[-./] ?(?P<y>[0-9]{{4}}){_TIME}")
_WORDS = re.compile(r"(?:den )?(?P<d>[0-9]{1,2})(?:\.? ?| ?[-/] ?)(?P<m>[a-z]{3,9})(?:\.? ?| ?[-/] ?)(?P<y>[0-9]{4})")
_DIGITS = re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})")
_WEEK = re.compile(r"(?:uge|week|w)\D{0,2}53(?![0-9])|53\. uge|-?w53", re.IGNORECASE)
_SERIAL = re.compile(r"-?[0-9]{1,7}(?:[.,][0-9]+)?")
_OLDEST_CELL = 1905
"""Dates of cells before this year come from serial numbers such as 0 and 60, in either epoch."""


def read_date(value: Value, notes: Notes, *, from_1904: bool = False) -> date:
    """Read a date (dato). Raises DomainError with code date_format, date_range, date_serial, week53 or wrong_type."""
    if isinstance(value, bool):
        raise DomainError("Skal være en dato. Skriv dd-mm-åååå.", code="wrong_type")
    if isinstance(value, time | timedelta):
        raise _bad_serial()
    if isinstance(value, datetime):
        if value.time() != time(0):
            notes.append(("date_dst", f"Klokkeslættet er ikke læst, kun datoen {value:%d-%m-%Y}."))
        return _of_cell(value.date())
    if isinstance(value, date):
        return _of_cell(value)
    if isinstance(value, int | float):
        return _of_serial(float(value), notes, from_1904)
    return _of_text(" ".join(str(value).split()), notes, from_1904)


def _of_cell(day: date) -> date:
    if day.year < _OLDEST_CELL:
        raise _bad_serial()
    return _within(day)


def _of_serial(number: float, notes: Notes, from_1904: bool) -> date:
    """Read Excel's day number, accepting only days that can be meant."""
    epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    if not isfinite(number) or not 0 < number < 80_000:
        raise _bad_serial()
    day = epoch + timedelta(days=int(number))
    if not EARLIEST <= day.year <= LATEST:
        raise _bad_serial()
    notes.append(("date_serial", f"Tallet {number:g} er læst som datoen {day:%d-%m-%Y}. Giv cellen datoformat."))
    return day


def _of_text(text: str, notes: Notes, from_1904: bool) -> date:
    folded = text.casefold()
    if _WEEK.search(folded):
        raise DomainError("Uge 53 er ikke en dato, og den findes ikke i alle år. Skriv dd-mm-åååå.", code="week53")
    if _SERIAL.fullmatch(folded) and not _DIGITS.fullmatch(folded):
        return _of_serial(float(folded.replace(",", ".")), notes, from_1904)
    for pattern in (_DANISH, _ISO, _WORDS, _DIGITS):
        if found := pattern.fullmatch(folded):
            return _of_match(found, notes)
    raise _not_a_date()


def _of_match(found: re.Match[str], notes: Notes) -> date:
    parts = found.groupdict()
    try:
        day = date(int(parts["y"]), _month(parts["m"]), int(parts["d"]))
    except ValueError as error:
        raise _not_a_date() from error
    if parts.get("time") and (parts.get("zone") or parts["time"].strip("0:.")):
        notes.append(("date_dst", f"Klokkeslættet er ikke læst, kun datoen {day:%d-%m-%Y}."))
    return _within(day)


def _month(text: str) -> int:
    """Return the number of a month given as digits, or as at least three letters of its Danish or English name."""
    if text.isdigit():
        return int(text)
    found = {number for number, names in enumerate(zip(MONTHS, ENGLISH, strict=True), 1) if _begins_one(names, text)}
    if len(found) != 1:
        raise ValueError(text)
    return found.pop()


def _begins_one(names: tuple[str, str], text: str) -> bool:
    return any(name.startswith(text) for name in names)


def _within(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        text = f"Datoen {day:%d-%m-}{day.year:04d} er uden for det tilladte ({EARLIEST} til {LATEST})."
        raise DomainError(text, code="date_range")
    return day


def _not_a_date() -> DomainError:
    return DomainError("Ikke en gyldig dato. Skriv dd-mm-åååå.", code="date_format")


def _bad_serial() -> DomainError:
    return DomainError("Tallet er ikke en dato. Skriv dd-mm-åååå.", code="date_serial")
