"""Leave out rows that printing left in a sheet (udskrift): repeated headings and footers.

They are mentioned once and never read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from jobcenter_mentor.sheets.intake.findings import ImportFinding
from jobcenter_mentor.sheets.intake.headings import Header, named_in
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn
from jobcenter_mentor.sheets.intake.workbook_sheets import Value

_FOOTER = re.compile(
    r"(?:udskrevet|udskrift|printet|udtræk|genereret|dannet|opdateret|kilde|note|noter|bemærk|signaturforklaring|"
    r"tegnforklaring|fortroligt)\b|side \d+|\d+ ?/ ?\d+$|[*†‡©¹²³]",
    re.IGNORECASE,
)
_KEYS = {"cpr", "email", "date", "cvr"}
"""Types of columns in which words alone identify nobody."""
NAMED, WORDS, DIGITS = 5, 4, 6
"""Rows that a note names, words that make a sentence, and digits that may be somebody's number."""
Rows = list[tuple[int, list[Value]]]


def is_empty(row: Sequence[Value]) -> bool:
    """Tell whether a row is empty (tom række). Spaces do not count."""
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in row)


def without_printed(rows: Rows, header: Header, known: Mapping[str, ProfileColumn]) -> tuple[Rows, list[ImportFinding]]:
    """Return the rows without repeated headings and footers, and one note on each of the two kinds."""
    repeated = [number for number, row in rows if _repeats(row, header, known)]
    left = [(number, row) for number, row in rows if number not in set(repeated)]
    footers = set(_footers(left, header))
    notes = []
    if repeated:
        notes.append(
            ImportFinding("repeated_heading", f"Overskriften gentages i {_told(repeated)}; den er ikke læst igen.")
        )
    if footers:
        text = f"Teksten under rækkerne ({_told(sorted(footers))}) er ikke læst."
        notes.append(ImportFinding("printed_footer", text))
    return [(number, row) for number, row in left if number not in footers], notes


def _repeats(row: Sequence[Value], header: Header, known: Mapping[str, ProfileColumn]) -> bool:
    """Tell whether a row repeats most of the headings, each in its own place."""
    named = named_in(row, known)
    return len(named) > 2 and len(named) * 2 > len(header.columns)


def _footers(rows: Rows, header: Header) -> Iterator[int]:
    """Yield the rows with a single text that come from printing, or that stand apart below all others."""
    single = {number: told for number, row in rows if (told := _only_text(row)) is not None}
    last = max((number for number, _ in rows if number not in single), default=header.row)
    below = [number for number in single if number > last]
    apart = bool(below) and below[0] > last + 1
    for number, (place, text) in single.items():
        if _FOOTER.match(text) or (apart and number > last and _is_of_nobody(text, header.columns.get(place))):
            yield number


def _only_text(row: Sequence[Value]) -> tuple[int, str] | None:
    """Return the place and text of the only cell that is filled in, None for any other row."""
    filled = [(place, value) for place, value in enumerate(row, 1) if not is_empty([value])]
    if len(filled) != 1 or not isinstance(filled[0][1], str):
        return None
    return filled[0][0], filled[0][1].strip()


def _is_of_nobody(text: str, column: ProfileColumn | None) -> bool:
    """Tell whether a text can't be the beginning of a person's row."""
    if column is None or len(text.split()) >= WORDS:
        return True
    return column.type in _KEYS and "@" not in text and sum(sign.isdigit() for sign in text) < DIGITS


def _told(numbers: Sequence[int]) -> str:
    """Name the rows: the first five and how many more."""
    if len(numbers) == 1:
        return f"række {numbers[0]}"
    if len(numbers) > NAMED:
        return f"rækkerne {', '.join(map(str, numbers[:NAMED]))} og {len(numbers) - NAMED} til"
    return f"rækkerne {', '.join(map(str, numbers[:-1]))} og {numbers[-1]}"
