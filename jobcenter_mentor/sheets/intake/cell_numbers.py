"""Read numbers in sheets (tal): hours become whole minutes, amounts whole øre; ambiguous numbers are refused."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.money import parse_kroner
from jobcenter_mentor.sheets.intake.cell_dates import Notes
from jobcenter_mentor.sheets.intake.workbook_sheets import Value

WEEK_HOURS, FULL_TIME = 168, 37
HIGHEST_PRICE = 5_000
"""Kroner an hour above which a price is treated as a mistake."""
_HOURS = re.compile(r"([+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?)(?: ?(?:timer|time|t)\.?)?", re.IGNORECASE)
_NUMBER_WORDS = re.compile(
    r"[0-9.,:+\-−  /']*(?:kr\.?|dkk|timer|time|t\.?)?[0-9.,:+\-−  /']*(?:kr\.?|dkk)?", re.IGNORECASE
)
_CLOCK = "Skriv timer som tal, fx 2,5."
_AMOUNT = "Skriv beløbet som 1234,50."


def read_hours(value: Value, notes: Notes, highest: int | None) -> int:
    """Read hours (timer) as minutes. A week has 0 to 168 hours; 0 and above 37 give a warning (number_range)."""
    hours = _hours_of(value)
    most = WEEK_HOURS if highest is None else highest
    if not 0 <= hours <= most:
        raise _outside(f"0 til {most} timer")
    minutes = int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))
    if hours * 60 != minutes:
        notes.append(("number_rounded", f"Timerne er afrundet til hele minutter: {shown_hours(minutes)}."))
    if highest is None and not 0 < hours <= FULL_TIME:
        notes.append(
            (
                "number_range",
                f"{hours_words(minutes)} om ugen er usædvanligt. Kontrollér tallet.",
            )
        )
    return minutes


def read_written_hours(value: Value, notes: Notes, lowest: int | None, highest: int | None) -> int:
    """Read hours as they are written (timer), in hundredths of an hour, between two bounds given in hours."""
    hours = _hours_of(value)
    if not (lowest or 0) <= hours <= (highest or 0):
        raise _outside(f"{lowest or 0} til {highest or 0} timer")
    hundredths = int((hours * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if hours * 100 != hundredths:
        notes.append(("number_rounded", f"Timerne er afrundet til to decimaler: {Decimal(hundredths) / 100:.2f}."))
    return hundredths


def read_amount(value: Value, notes: Notes, highest: int | None, lowest: int | None = None) -> int:
    """Read an amount (beløb) in øre, from the lowest (otherwise 0) to the highest.

    "1.234" and "1,234.50" are refused, because they can be read in two ways.
    """
    kroner = _decimal(value, _AMOUNT)
    if kroner is None:
        ore = _ore_of_text(str(value))
    else:
        ore = int((kroner * 100).quantize(Decimal(1), ROUND_HALF_UP)) if abs(kroner) < 10**12 else 10**14
        if kroner * 100 != ore:
            notes.append(("number_rounded", f"Beløbet er afrundet til hele øre: {Decimal(ore) / 100:.2f}."))
    most = HIGHEST_PRICE if highest is None else highest
    least = lowest or 0
    if not least * 100 <= ore <= most * 100:
        raise _outside(f"{least:,} til {most:,} kr.".replace(",", "."))
    return ore


def read_number(value: Value, lowest: int | None, highest: int | None) -> int:
    """Read a whole number (helt tal) between two bounds, both included."""
    number = _decimal(value, "Skriv et helt tal.")
    text = str(value).strip()
    if number is None and re.fullmatch(r"-?[0-9]{1,9}", text):
        number = Decimal(text)
    if number is None:
        raise _unreadable(text, "Skriv et helt tal.")
    if number != int(number):
        raise DomainError("Skriv et helt tal.", code="number_format")
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        raise _outside(f"{lowest} til {highest}")
    return int(number)


def _hours_of(value: Value) -> Decimal:
    hours = _decimal(value, _CLOCK)
    if hours is not None:
        return hours
    found = _HOURS.fullmatch(str(value).strip())
    if found is None:
        raise _unreadable(str(value), _CLOCK)
    return Decimal(found[1].replace(",", "."))


def shown_hours(minutes: int) -> str:
    """Return hours (timer) for machines: 150 minutes are "2.5", with at most two decimals."""
    text = f"{(Decimal(minutes) / 60).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")


def _decimal(value: Value, hint: str) -> Decimal | None:
    """Return a typed number, None for text. Raises DomainError for anything that is not a number."""
    if isinstance(value, time | timedelta) or (isinstance(value, datetime) and value.year < 1905):
        raise DomainError(hint, code="number_format")
    if isinstance(value, bool | date):
        raise _not_a_number()
    if isinstance(value, int | float):
        if not isfinite(value):
            raise _not_a_number()
        return Decimal(repr(value))
    return None


def _ore_of_text(text: str) -> int:
    try:
        return parse_kroner(text)
    except DomainError as error:
        raise _unreadable(text, _AMOUNT) from error


def _unreadable(text: str, hint: str) -> DomainError:
    """Return the error for digits that can't be read safely, with the hint, or for words."""
    if _NUMBER_WORDS.fullmatch(text.strip()) and any(sign.isdigit() for sign in text):
        return DomainError(hint, code="number_format")
    return _not_a_number()


def _not_a_number() -> DomainError:
    return DomainError("Skal være et tal.", code="wrong_type")


def _outside(bounds: str) -> DomainError:
    return DomainError(f"Uden for det tilladte ({bounds}).", code="number_range")
