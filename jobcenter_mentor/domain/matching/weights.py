"""The weights of the criteria of a match (vægte), in per cent of the standard; the municipality sets them."""

from __future__ import annotations

from collections.abc import Mapping

STANDARD = 100
MOST = 300
CRITERIA = {
    "hours": "Ledige timer",
    "language": "Sprog",
    "experience": "Erfaring med det, der er i vejen",
    "type": "Mentortype som bevilget",
    "known": "Tidligere forløb med borgeren",
    "sex": "Ønske om kvinde eller mand",
    "evening": "Ønske om møder om aftenen",
    "area": "Mentors område",
    "theme": "Opgaver, mentor helst vil have",
    "price": "Timepris",
    "caseload": "Jævn fordeling af borgere",
}
"""The soft criteria by code; hard limits have no weight."""


def weighted(points: int, criterion: str, weights: Mapping[str, int]) -> int:
    """Return points times the per cent, rounded half up; a criterion without a weight counts as standard."""
    return (points * weights.get(criterion, STANDARD) * 2 + 100) // 200


def wrong_weights(weights: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the errors of a set of weights, by criterion; at least one must count."""
    errors = {
        code: [f"Skriv et tal fra 0 til {MOST}."] for code, percent in weights.items() if not 0 <= percent <= MOST
    }
    errors |= {code: ["Ukendt kriterium."] for code in weights if code not in CRITERIA}
    if not errors and not any(weights.get(code, STANDARD) for code in CRITERIA):
        errors["hours"] = ["Mindst ét kriterium skal tælle med."]
    return errors
