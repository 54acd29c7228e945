"""Rank mentors for a citizen's need with points, reasons and limits (match); the system ranks, a person chooses.

Hard limits stop a mentor but are shown, never hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jobcenter_mentor.domain.matching.criteria import CRITERIA
from jobcenter_mentor.domain.matching.pairs import Mark, Need, Offer
from jobcenter_mentor.domain.matching.weights import weighted

ALWAYS_SHOWN = 3
OVERRIDABLE = frozenset({"hours", "language", "start"})
"""Limits a coordinator may override with a written reason; the others must be removed first."""


@dataclass(frozen=True)
class Fit:
    """The fit of a mentor: points and sentences; `blocked` are the hard limits in words."""

    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    blocked: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def must_be_mended(self) -> tuple[str, ...]:
        """Return the limits that no written reason overrides."""
        return tuple(m.text for m in self.marks if m.speaks == "limit" and m.criterion not in OVERRIDABLE)


def score(need: Need, offer: Offer, weights: Mapping[str, int] | None = None) -> Fit:
    """Return the fit of a mentor by all criteria, the strongest reasons first, at least three where nothing blocks.

    `weights` are per cent of the standard by criterion.
    """
    marks = tuple(_weighed(criterion.say(need, offer), weights) for criterion in CRITERIA)
    reasons = sorted((m for m in marks if m.speaks == "for"), key=lambda m: -m.points)
    strong = [m.text for m in reasons if m.points > 0]
    weak = [m.text for m in reasons if m.points <= 0]
    return Fit(
        points=sum(m.points for m in marks),
        reasons=tuple(strong + weak[: max(0, ALWAYS_SHOWN - len(strong))]),
        against=tuple(m.text for m in marks if m.speaks == "against"),
        blocked=tuple(m.text for m in marks if m.speaks == "limit"),
        marks=marks,
    )


def _weighed(mark: Mark, weights: Mapping[str, int] | None) -> Mark:
    return replace(mark, points=weighted(mark.points, mark.criterion, weights)) if weights else mark


def rank(need: Need, offers: Iterable[Offer], weights: Mapping[str, int] | None = None) -> list[tuple[Offer, Fit]]:
    """Rank the mentors (rangér): without limits, then of the granted type, then by points and name.

    The given order doesn't matter.
    """
    scored = [(offer, score(need, offer, weights)) for offer in offers]

    def place(pair: tuple[Offer, Fit]) -> tuple[bool, bool, int, str, int]:
        offer, fit = pair
        return bool(fit.blocked), offer.mentor_type != need.mentor_type, -fit.points, offer.name, offer.key

    return sorted(scored, key=place)


def why_behind(chosen: Fit, other: Fit) -> str:
    """Return why the other mentor ranked lower: the criterion with the largest difference, in words."""
    if other.blocked and not chosen.blocked:
        return other.blocked[0]
    parted = max(zip(chosen.marks, other.marks, strict=True), key=lambda pair: pair[0].points - pair[1].points)
    best, lost = parted
    granted, other_type = (next(m for m in fit.marks if m.criterion == "type") for fit in (chosen, other))
    if chosen.points < other.points and (granted.speaks, other_type.speaks) == ("for", "against"):
        return other_type.text
    if best.points <= lost.points:
        return (
            "lige mange point" if chosen.points == other.points else "fik flere point; valget har sin egen begrundelse"
        )
    return lost.text if lost.speaks != "for" or not best.text else f"{lost.text} mod {best.text}"
