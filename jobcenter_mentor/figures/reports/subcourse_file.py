"""Read a file of sub-courses line by line (delforløb) and report every fault with line, column and remedy."""

import csv
import re
from array import array
from datetime import date
from io import StringIO
from typing import Any

import numpy as np

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.reports.statistics import FORMS, SubCourses

COLUMNS = ("citizen", "start", "end", "hours_per_week", "type")
HEADING = ";".join(COLUMNS)
MOST_HOURS = 168
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnreadableFile(ValidationFailed):
    """The refusal of a whole file before any row is read (ulæselig fil)."""


def read_sub_courses(content: bytes) -> SubCourses:
    """Read the sub-courses (delforløb): `citizen;start;end;hours_per_week;type`, columns in any order.

    The file is UTF-8 with ISO dates and decimal points. Raises UnreadableFile for the file as a whole; ValidationFailed
    with each faulty row (`errors` by line and column).
    """
    reader = csv.reader(StringIO(_text(content), newline=""), delimiter=";", strict=True)
    try:
        heading = next(reader, None)
        order = _order(heading)
        return _columns(reader, order)
    except csv.Error:
        raise UnreadableFile(
            f"Linje {reader.line_num}: Anførselstegnene går ikke op, eller feltet er for langt. Ret linjen."
        ) from None


def _text(content: bytes) -> str:
    if not content.strip():
        raise UnreadableFile(f"Filen er tom. Første linje skal være {HEADING}.")
    if b"\0" in content:
        raise UnreadableFile("Filen er ikke en CSV-fil. Gem arket som CSV (UTF-8, semikolonsepareret).")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"Linje {line}: Filen er ikke gemt som UTF-8. Gem den igen som CSV UTF-8.") from None


def _order(heading: list[str] | None) -> list[int]:
    """Return the place of each column. Refuse a heading that lacks one, has one twice or has others."""
    names = [name.strip().casefold() for name in heading or []]
    if len(names) == 1 and ("," in names[0] or "\t" in names[0]):
        raise UnreadableFile(f"Linje 1: Kolonnerne skal skilles med semikolon. Skriv {HEADING}.")
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise UnreadableFile(f"Linje 1: Kolonnen {', '.join(missing)} mangler. Første linje skal være {HEADING}.")
    extra = sorted(set(names) - set(COLUMNS)) or sorted({name for name in names if names.count(name) > 1})
    if extra:
        raise UnreadableFile(f"Linje 1: Kolonnen {', '.join(extra)} er ukendt eller står to gange. Fjern den.")
    return [names.index(name) for name in COLUMNS]


def _columns(reader: Any, order: list[int]) -> SubCourses:
    """Read the rows; raise once with everything that is wrong."""
    citizens: dict[str, int] = {}
    whole = {name: array("q") for name in ("citizen", "form", "first", "last")}
    hours, errors = array("d"), dict[str, list[str]]()
    for row in reader:
        if not any(field.strip() for field in row):
            continue
        line = reader.line_num
        fields = [row[place].strip() for place in order] if len(row) == len(order) else []
        found = _checked(fields, len(row))
        if found:
            errors |= {f"linje {line}, {column}": [said] for column, said in found.items()}
        elif not errors:
            citizen, start, end, weekly, kind = fields
            whole["citizen"].append(citizens.setdefault(citizen, len(citizens)))
            whole["form"].append(FORMS.index(kind.casefold()))
            whole["first"].append(date.fromisoformat(start).toordinal())
            whole["last"].append(date.fromisoformat(end).toordinal())
            hours.append(float(weekly or 0))
    if errors:
        raise ValidationFailed(f"{len(errors)} fejl i filen. Der er ikke regnet på den.", errors=errors)
    if not hours:
        raise UnreadableFile("Filen har ingen delforløb under overskrifterne. Skriv mindst én linje.")
    numbers = {name: np.frombuffer(column, np.int64) for name, column in whole.items()}
    return SubCourses(**numbers, hours=np.frombuffer(hours, np.float64))


def _checked(fields: list[str], count: int) -> dict[str, str]:
    """Return what is wrong with a row, by column."""
    if not fields:
        return {"linjen": f"Der er {count} felter, der skal være {len(COLUMNS)}. Ret linjen til {HEADING}."}
    citizen, start, end, hours, kind = fields
    wrong = {} if citizen else {"citizen": "Borgeren mangler. Skriv det nummer, der skiller borgerne ad."}
    days = [_day(start), _day(end)]
    for column, text, day in zip(("start", "end"), (start, end), days, strict=True):
        if day is None:
            wrong[column] = f"{_quoted(text)} er ikke en dato. Skriv den som ÅÅÅÅ-MM-DD, fx 2014-01-31."
    if days[0] and days[1] and days[1] < days[0]:
        wrong["end"] = f"Slutdatoen {end} ligger før startdatoen {start}. Ret en af dem."
    if said := _wrong_hours(hours):
        wrong["hours_per_week"] = said
    if kind.casefold() not in FORMS:
        wrong["type"] = f"{_quoted(kind)} er ikke en type. Skriv individual eller place."
    return wrong


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO.fullmatch(text) else None
    except ValueError:
        return None


def _wrong_hours(text: str) -> str:
    """Return what is wrong with the hours. Empty hours are allowed and mean not given."""
    if not text:
        return ""
    if "," in text:
        return f"{_quoted(text)} har komma. Skriv punktum, fx {_quoted(text.replace(',', '.'))}."
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
        return f"{_quoted(text)} er ikke et timetal. Skriv et tal fra 0 til 168, eller lad feltet stå tomt."
    if float(text) > MOST_HOURS:
        return f"{_quoted(text)} er over de 168 timer, en uge har. Ret tallet."
    return ""


def _quoted(text: str) -> str:
    return f"»{text[:40]}«" if text else "Et tomt felt"
