"""The law of access to documents (aktindsigt): the deadline, the grounds for exceptions, and page numbers."""

from __future__ import annotations

import re
from datetime import date

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.periods import add_working_days
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import LawOfDay

CLOCK = "forvaltningsloven § 16, stk. 2"
"""The section of a party's own access, not read (see `citations`); for everybody else it is offentlighedsloven § 36."""
INTERNAL = "12"
GROUNDS = {
    INTERNAL: "internt dokument",
    "14": "brevveksling med sagkyndige om en retssag",
    "15": "hensynet til statens sikkerhed eller rigets forsvar",
    "15a": "hensynet til forholdet til andre lande",
    "15b": "afgørende hensyn til andre personer eller til det offentlige",
}
"""What forvaltningsloven lets the authority withhold from a party, by section, in a few words."""
WHOLE_DOCUMENTS_ONLY = frozenset({INTERNAL, "14"})
"""Sections that except whole documents; the others except information, so the rest of the document is handed out."""
OUTWARD = frozenset({"letter", "decision", "hearing", "complaint", "agreement"})
"""Subjects of papers sent to or by the citizen, which therefore are not internal papers of the authority."""
MOST_PAGES = 5000


ANSWER_DUE = "access_request"
"""The kind of a request's deadline, as the radar knows it; only the answer or the withdrawal settles it."""


def section_words(code: str) -> str:
    """Return a section in words, "forvaltningsloven § 15 b"."""
    number = re.sub(r"(\d)([a-z])", r"\1 \2", code)
    return f"forvaltningsloven § {number}"


def access_deadline(received: date, law: LawOfDay) -> Deadline:
    """Return the deadline of a request: some working days after it came, the day itself not counted."""
    due = add_working_days(received, law.whole("decision.access_working_days"))
    return Deadline(ANSWER_DUE, due, "dl.access", "law", CLOCK, "Anmodningen om aktindsigt skal være besvaret")


def expected_answer(expected: date) -> Deadline:
    """Return the deadline of an answer that the asker has been promised on a later day."""
    return Deadline(ANSWER_DUE, expected, "dl.access", "law", CLOCK, "Aktindsigt: svaret er lovet til i dag")


def read_pages(text: str) -> tuple[int, ...]:
    """Return page numbers typed as "2-3, 5", none for an empty text; raises ValidationFailed at `pages`."""
    pages: set[int] = set()
    for part in filter(None, (one.strip() for one in text.replace("–", "-").split(","))):
        found = re.fullmatch(r"(\d{1,4})(?:\s*-\s*(\d{1,4}))?", part, re.ASCII)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= MOST_PAGES:
            error = f"»{part}« er ikke et sidetal. Skriv fx 2-3, 5."
            raise ValidationFailed(error, errors={"pages": [error]})
        pages |= set(range(first, last + 1))
    return tuple(sorted(pages))


def pages_words(pages: tuple[int, ...]) -> str:
    """Return page numbers as a short text: 2, 3 and 5 are "2-3, 5"."""
    parts: list[list[int]] = []
    for page in pages:
        if parts and parts[-1][-1] == page - 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)
