"""Check, mask and read CPR, CVR and P-numbers; no error message ever contains a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.dk import cpr as cpr_numbers
from stdnum.dk import cvr as cvr_numbers

from jobcenter_mentor.domain.kernel.errors import DomainError

HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
"""The hyphen, its look-alikes and the minus sign, which word processors and web pages insert by themselves."""
MOST_AGE = 100
"""The age in whole years above which a CPR number or a case must be wrong, as another century is meant."""
_CPR = re.compile(rf"[0-9]{{6}}[{HYPHENS} \u00a0]?[0-9]{{4}}")
_CVR = re.compile(r"(?:DK ?)?((?:[0-9] ?){8})")


@dataclass(frozen=True)
class CprCheck:
    """A checked CPR number of ten digits with its warnings (cpr_mod11, cpr_replacement, cpr_zero_restored)."""

    number: str
    warnings: tuple[str, ...] = ()


def check_cpr(text: str | int, on: date) -> CprCheck:
    """Check a CPR number: ten digits, or six and four with a hyphen or space between, and an existing birth date.

    A number typed as a number in a sheet (an int of nine digits) gets its leading zero back. A number that fails
    modulus 11 is accepted with a warning, and so is a replacement number (day plus 60). Raises DomainError with code
    cpr_format, cpr_date (also for somebody above `MOST_AGE`) or cpr_future. Ages are calculated on the day `on`.
    """
    warnings: list[str] = []
    typed = str(text).strip()
    if isinstance(text, int) and len(typed) == 9:
        typed = typed.zfill(10)
        warnings.append("cpr_zero_restored")
    if not _CPR.fullmatch(typed):
        raise DomainError("CPR-nummeret skal have ti cifre, fx 010190-1234.", code="cpr_format")
    number = typed[:6] + typed[-4:]
    born = birth_date_of(number)
    if born > on:
        raise DomainError("CPR-nummerets fødselsdato ligger i fremtiden. Kontrollér nummeret.", code="cpr_future")
    if age_on(born, on) > MOST_AGE:
        raise DomainError(
            f"Efter CPR-nummeret er borgeren {age_on(born, on)} år. Højst {MOST_AGE} år kan være rigtigt. "
            "Kontrollér nummeret, især det syvende ciffer, som viser århundredet.",
            code="cpr_date",
        )
    if int(number[:2]) > 60:
        warnings.append("cpr_replacement")
    elif cpr_numbers.checksum(number) != 0:
        warnings.append("cpr_mod11")
    return CprCheck(number, tuple(warnings))


def mask_cpr(cpr: str) -> str:
    """Return a masked CPR number: "030483-****"."""
    return f"{cpr[:6]}-****"


def birth_date_of(cpr: str) -> date:
    """Return the birth date of the first seven digits; a replacement number has 60 added to its day.

    Raises DomainError (code cpr_date) when the day does not exist.
    """
    day, month, short = int(cpr[:2]), int(cpr[2:4]), int(cpr[4:6])
    try:
        return date(_century(short, int(cpr[6])) + short, month, day - 60 if day > 60 else day)
    except ValueError as error:
        raise DomainError("CPR-nummerets fødselsdato findes ikke. Kontrollér nummeret.", code="cpr_date") from error


def _century(short: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if short <= 36 else 1900
    return 2000 if short <= 57 else 1800


def age_on(birth: date, day: date) -> int:
    """Return the age in whole years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def sex_of(cpr: str) -> str:
    """Return the sex of a CPR number: "kvinde" when the last digit is even, otherwise "mand"."""
    return "kvinde" if int(cpr[-1]) % 2 == 0 else "mand"


def check_cvr(text: str | int) -> str:
    """Return a CVR number of eight digits with a valid check digit; raises DomainError (code cvr)."""
    match = _CVR.fullmatch(str(text).strip())
    number = match[1].replace(" ", "") if match else ""
    if not cvr_numbers.is_valid(number):
        raise DomainError("CVR-nummeret skal have otte cifre og være et gyldigt nummer.", code="cvr")
    return number
