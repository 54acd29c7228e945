"""The facts of a match: what a course needs, what a mentor offers, and what one criterion says of the two."""

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
"""The reasons why a mentor is not for a citizen, by code."""
CONFLICTS = frozenset({"relative", "conflict"})
"""The kinds that are a conflict of interest, not a choice."""


@dataclass(frozen=True)
class Need:
    """The need of a course (behov); `place` is the citizen's address, empty when it is protected.

    `language` is the wished one; `language_needed` tells that the citizen can't manage in Danish. `approved_price` is
    øre an hour. `contact_by` is the last day of the next contact that the law requires, for a substitute to meet.
    `last` is the last day for which hours are requested, None for the week of the start alone.
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
    """What a mentor offers on the day the course starts (tilbud); hours are minutes of that week.

    `later` are the following Mondays with the minutes free then. `ahead` are the same Mondays with the minutes
    available and those free, without regard to absence, because a substitute then takes the course. `knows_since` is
    the year of an earlier course. Themes are codes of `needs.TASKS`; `conflict`, `refusal` and `full` (no place left)
    are sentences about this citizen and this mentor.
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
    """The result of one criterion; `speaks` is for, against, limit or empty."""

    criterion: str
    points: int
    text: str
    speaks: str = "for"
