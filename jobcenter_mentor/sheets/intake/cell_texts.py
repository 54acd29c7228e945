"""Read texts in sheets (tekster): names, choices, phone numbers and addresses.

They are cleaned where that is safe and refused where it is not.
"""

import re
from datetime import date

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.identifiers import check_cpr
from jobcenter_mentor.domain.kernel.text import written
from jobcenter_mentor.platform.pages.contact_details import normal_email, normal_phone
from jobcenter_mentor.sheets.intake.cell_dates import Notes
from jobcenter_mentor.sheets.intake.profiles import ProfileColumn, loose
from jobcenter_mentor.sheets.intake.workbook_sheets import Value

_ERROR_SIGN = re.compile(
    r"#[¡¿]?[^\W\d_][\w./ -]{0,30}[!?]|#[^\W\d_]{1,2}/[^\W\d_]{1,2}[!?]?|#NV|#+|(?:Err|Fejl|Fehler|Erreur|Error):\d{3}",
    re.IGNORECASE,
)
"""What spreadsheets show for an error in any language and version: #REF!, #I/T, #NV, #¡VALOR!, ####, Err:502."""
CONTROL_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that no workbook may hold."""
_ERROR_STARTS = ("#", "E", "F", "e", "f")
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bf\u2018-\u203a\u0152-\u0178†‡ˆ‰Š‹Œ…˜™€]|Â[\u00a0-\u00bf]|â€|\ufffd|[A-Za-z][¿¾›][a-z]"
)
_CLEAN = re.compile("[!-~æøåÆØÅéÉöÖüÜäÄ]+(?: [!-~æøåÆØÅéÉöÖüÜäÄ]+)*")
"""Plain words with single spaces: nearly every cell matches, and needs no further search."""
CPR_WARNINGS = {
    "cpr_mod11": (
        "CPR-nummeret kan være tastet forkert (kontrolcifret passer ikke). Nyere numre kan godt være rigtige alligevel."
    ),
    "cpr_replacement": "Nummeret er et erstatningsnummer.",
    "cpr_zero_restored": "Det manglende 0 forrest i CPR-nummeret er tilføjet.",
}


class UnknownValue(DomainError):
    """A text that is none of the choices of its column (ukendt værdi).

    The municipality may teach the system what `text` means.
    """

    def __init__(self, text: str, column: ProfileColumn) -> None:
        allowed = ", ".join(names[0] for names in column.choices.values())
        super().__init__(f"»{text[:60]}« er ikke en af mulighederne. Tilladt: {allowed}.", code="choice")
        self.text = text


def read_text(value: Value, notes: Notes, *, longest: int, lines: bool = False) -> str:
    """Read a text (tekst), composed (NFC) and trimmed.

    Raises DomainError: bad_chars, too_long, mojibake, wrong_type.
    """
    if isinstance(value, str) and len(value) <= longest and _CLEAN.fullmatch(value) and not is_error_sign(value):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise DomainError("Skal være tekst.", code="wrong_type")
    text = plain(value)
    if is_error_sign(text):
        raise DomainError(f"Cellen viser fejlen {value}.", code="excel_error")
    if _MOJIBAKE.search(text):
        raise DomainError("Æ, ø og å ser forkerte ud. Gem som CSV UTF-8.", code="mojibake")
    text = written(text)
    clean = _trimmed(text, lines)
    if "\n" in clean and not lines:
        raise DomainError("Teksten må ikke have linjeskift. Skriv den på én linje.", code="bad_chars")
    if len(clean) > longest:
        raise DomainError(f"Teksten er for lang, højst {longest} tegn.", code="too_long")
    if clean != text:
        notes.append(("whitespace", "Overflødige mellemrum er fjernet."))
    return clean


def is_error_sign(text: str) -> bool:
    """Tell whether a text is what a spreadsheet shows for an error (fejltegn), in any language."""
    stripped = text.strip()
    return stripped[:1] in _ERROR_STARTS and bool(_ERROR_SIGN.fullmatch(stripped))


def looks_like_formula(text: str) -> bool:
    """Tell whether a text looks like a formula (formel): it begins with = + - @ and is no telephone number."""
    return len(text) > 1 and text[0] in "=+-@" and not re.fullmatch(r"[+-]? ?[0-9 ,.\-]+", text)


def plain(value: Value) -> str:
    """Return a cell as text, a whole number without decimals."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def read_cpr(value: Value, notes: Notes, on: date) -> str:
    """Read a CPR number (CPR-nummer) of ten digits.

    A typed number of nine digits gets its zero back. Raises DomainError with a code that begins with cpr_.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise DomainError("CPR-nummeret skal have ti cifre, fx 010190-1234.", code="cpr_format")
    if isinstance(value, str):
        value = read_text(value, notes, longest=40)
    checked = check_cpr(value, on)
    notes += [(code, CPR_WARNINGS[code]) for code in checked.warnings]
    return checked.number


def read_choice(text: str, column: ProfileColumn, notes: Notes) -> str:
    """Read a choice (valg) and return the code of its name.

    Other case, other spaces, a final full stop and the code itself are accepted with a note.
    """
    code = column.names.get(text)
    if code is not None:
        return code
    code = column.loose_names.get(loose(text))
    if code is None:
        raise UnknownValue(text, column)
    notes.append(("choice_normalised", f"»{text[:60]}« er læst som {column.choices[code][0]}."))
    return code


def read_phone(text: str) -> str:
    """Read a phone number (telefonnummer), as forms do. Placeholders are accepted here; data quality lists them."""
    return normal_phone(text)


def read_email(text: str) -> str:
    """Read an e-mail address (e-mailadresse), as forms do, by its shape only."""
    return normal_email(text)


def _trimmed(text: str, lines: bool) -> str:
    """Return the text with single spaces and none at the ends, no-break spaces included.

    Lines of a long text stay lines.
    """
    if not lines:
        return " ".join(part for part in re.split(r"[ \u00a0\u2007\u202f\t]+", text.strip()) if part)
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
