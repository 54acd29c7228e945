"""Propose an extension or an ending (forlængelse) from the figures of a course near its end; people decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PROPOSALS = {
    "extend": "Forlæng med samme timer",
    "fewer": "Forlæng med færre timer",
    "end": "Afslut, når perioden slutter",
    "new_offer": "Giv et nyt mentortilbud straks efter",
}
LITTLE_USED = 50
"""Per cent of the granted hours so far; below it the hours are more than the citizen uses."""


@dataclass(frozen=True)
class CourseSoFar:
    """A course until now: goal codes of `GOAL_STATUSES`, minutes granted and used so far, latest mentor score 1-5."""

    right_and_duty: bool
    goals: Sequence[str]
    granted_minutes: int
    used_minutes: int
    score: int | None = None


@dataclass(frozen=True)
class Proposal:
    """A proposal (forslag): a code of `PROPOSALS` and the reasons, in Danish."""

    code: str
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the proposal in words."""
        return PROPOSALS[self.code]


def propose(course: CourseSoFar) -> Proposal:
    """Return a proposal of what should follow the course.

    Right and duty must be renewed while the citizen cannot take part in an ordinary offer (rule lab2014.rp.renew, LAB
    §§ 93 and 96 c); ordinary support ends when every goal is reached, and shrinks when under half the hours are used.
    """
    reached = bool(course.goals) and all(status == "reached" for status in course.goals)
    share = 100 * course.used_minutes // course.granted_minutes if course.granted_minutes else None
    used = "" if share is None else f"{share} % af de bevilgede timer er brugt."
    goal_words = "Alle mål er nået." if reached else _goal_words(course.goals)
    seen = tuple(text for text in (goal_words, used, _score_words(course.score)) if text)
    if course.right_and_duty:
        duty = "Ret og pligt: et nyt tilbud skal begynde straks efter, hvis borgeren ikke kan deltage i andre tilbud."
        return Proposal("new_offer", (duty, *seen))
    if reached:
        return Proposal("end", seen)
    return Proposal("fewer" if share is not None and share < LITTLE_USED else "extend", seen)


def _goal_words(goals: Sequence[str]) -> str:
    if not goals:
        return "Der er ikke sat delmål."
    return f"{sum(status == 'reached' for status in goals)} af {len(goals)} mål er nået."


def _score_words(score: int | None) -> str:
    return "" if score is None else f"Mentors seneste bedømmelse er {score} af 5."
