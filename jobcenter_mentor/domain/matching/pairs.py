"""Matchens oplysninger: what a course asks for, what a mentor has, and what one criterion says of the two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EXCLUSIONS = {
    "relative": "er pårørende til borgeren",
    "conflict": "har en interessekonflikt",
    "citizen_no": "borgeren har sagt nej til mentor",
    "mentor_no": "mentoren har sagt nej til borgeren",
    "caseworker": "sagsbehandleren har afvist matchet",
}
"""Why a mentor is not for a citizen, by code."""
CONFLICTS = frozenset({"relative", "conflict"})
"""The kinds that are a conflict of interest, not a choice."""


@dataclass(frozen=True)
class Need:
    """Behov: what the course asks for. `place` is the citizen's address, empty when it is protected.

    `language` is the wished one; `language_needed` that the citizen can't manage in Danish. The `approved_price` is øre
    an hour. `contact_by` is the last day of the next contact that the law demands, for a substitute to keep. `last` is
    the last day for which hours are asked, None for the week of the start alone.
    """

    mentor_type: str
    minutes_per_week: int
    start: date
    tasks: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    wishes: str = ""
    language: str = ""
    language_needed: bool = False
    place: str = ""
    approved_price: int | None = None
    right_and_duty: bool = False
    contact_by: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Offer:
    """Mentors tilbud: what a mentor has on the day the course starts. Hours are minutes of that week.

    `later` are the Mondays after it with the minutes free then; `ahead` the same Mondays with the minutes to give and
    those free, absence apart, for then a substitute takes the course. `knows_since` is the year of an earlier course.
    Themes are codes of `needs.TASKS`; `conflict`, `refusal` and `full` (no place left) are sentences about this
    citizen and this mentor.
    """

    key: int
    name: str
    mentor_type: str
    free: int
    available: int
    active_from: date
    active_to: date | None = None
    later: tuple[tuple[date, int], ...] = ()
    ahead: tuple[tuple[date, int, int], ...] = ()
    experience: tuple[str, ...] = ()
    away: tuple[date, date, str] | None = None
    languages: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    area: str = ""
    sex: str = ""
    evenings: bool = False
    price: int | None = None
    flaws: tuple[str, ...] = ()
    knows_since: int | None = None
    citizens: int = 0
    refused_themes: tuple[str, ...] = ()
    preferred_themes: tuple[str, ...] = ()
    conflict: str = ""
    refusal: str = ""
    full: str = ""


@dataclass(frozen=True)
class Mark:
    """Ét punkt: what one criterion says; `speaks` is for, against, limit or nothing."""

    criterion: str
    points: int
    text: str
    speaks: str = "for"
