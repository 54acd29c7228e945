"""Read one cell (celle) by the type of its column. Wrong values raise an error, doubtful ones leave a note."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.identifiers import check_cvr
from jobcenter_mentor.sheets.intake.cell_dates import Notes, read_date
from jobcenter_mentor.sheets.intake.cell_numbers import read_amount, read_hours, read_number, read_written_hours
from jobcenter_mentor.sheets.intake.cell_texts import (
    is_error_sign,
    looks_like_formula,
    plain,
    read_choice,
    read_cpr,
    read_email,
    read_phone,
    read_text,
)
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn
from jobcenter_mentor.sheets.intake.workbook_sheets import Value


@dataclass(frozen=True)
class Setting:
    """The working day, and whether the workbook counts its days from 1904 (omstændigheder)."""

    on: date
    from_1904: bool = False


def read_cell(value: Value, column: ProfileColumn, notes: Notes, setting: Setting) -> Any:
    """Read a cell (celle) by the type of its column: text, code, date, minutes, øre or list.

    Raises DomainError with a code.
    """
    if isinstance(value, str) and is_error_sign(value):
        raise DomainError(f"Cellen viser fejlen {value.strip()}.", code="excel_error")
    return _READERS[column.type](value, column, notes, setting)


def _cpr(value: Value, _column: ProfileColumn, notes: Notes, setting: Setting) -> str:
    return read_cpr(value, notes, setting.on)


def _cvr(value: Value, _column: ProfileColumn, notes: Notes, _setting: Setting) -> str:
    try:
        return check_cvr(read_text(value, notes, longest=20))
    except DomainError as error:
        raise DomainError(error.message, code="number_format" if error.code == "cvr" else error.code) from error


def _text(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> str:
    text = read_text(value, notes, longest=column.longest, lines=column.type == "long_text")
    if looks_like_formula(text):
        notes.append(("formula_text", "Teksten ligner en formel; den er læst som tekst."))
    return text


def _choice(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> str:
    return read_choice(read_text(value, notes, longest=4000), column, notes)


def _choices(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> list[str]:
    parts = _list(value, column, notes, _setting)
    return list(dict.fromkeys(read_choice(part, column, notes) for part in parts))


def _list(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> list[str]:
    text = read_text(value, notes, longest=column.longest, lines=True)
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _date(value: Value, _column: ProfileColumn, notes: Notes, setting: Setting) -> date:
    return read_date(value, notes, from_1904=setting.from_1904)


def _hours(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> int:
    return read_hours(value, notes, column.highest)


def _written_hours(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> int:
    return read_written_hours(value, notes, column.lowest, column.highest)


def _amount(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> int:
    return read_amount(value, notes, column.highest, column.lowest)


def _number(value: Value, column: ProfileColumn, _notes: Notes, _setting: Setting) -> int:
    return read_number(value, column.lowest, column.highest)


def _phone(value: Value, _column: ProfileColumn, notes: Notes, _setting: Setting) -> str:
    return read_phone(_contact(value, notes, "phone", "Telefonnummer: 8 cifre, evt. +45."))


def _email(value: Value, _column: ProfileColumn, notes: Notes, _setting: Setting) -> str:
    return read_email(_contact(value, notes, "email", "Ikke en gyldig e-mailadresse."))


def _contact(value: Value, notes: Notes, code: str, rule: str) -> str:
    """Read the text of a phone number or an address. Whatever is wrong with it gets the same answer."""
    if isinstance(value, str) and len(value) > 4000:
        raise DomainError(rule, code=code)
    try:
        return read_text(plain(value), notes, longest=200)
    except DomainError as error:
        raise DomainError(rule, code=code) if error.code in {"too_long", "bad_chars"} else error from error


def _yes_no(value: Value, column: ProfileColumn, notes: Notes, _setting: Setting) -> bool:
    if isinstance(value, bool):
        return value
    return read_choice(read_text(value, notes, longest=4000), column, notes) == "yes"


_READERS: dict[str, Callable[[Value, ProfileColumn, Notes, Setting], Any]] = {
    "cpr": _cpr,
    "cvr": _cvr,
    "text": _text,
    "long_text": _text,
    "choice": _choice,
    "choices": _choices,
    "list": _list,
    "date": _date,
    "hours": _hours,
    "written_hours": _written_hours,
    "amount": _amount,
    "number": _number,
    "phone": _phone,
    "email": _email,
    "yes_no": _yes_no,
}
