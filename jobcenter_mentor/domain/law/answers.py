"""Answer cases: plain dicts in, assessments as plain dicts out, for the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jobcenter_mentor.domain.kernel.errors import DomainError, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import MOST_AGE
from jobcenter_mentor.domain.law.assessment import facts_from_dict
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.verdict import assess


def answer_cases(cases: Sequence[Any], law: Law) -> list[dict[str, Any]]:
    """Return one answer per case in the given order; a case that can't be read does not stop the others."""
    return [answer_case(case, law) for case in cases]


def answer_case(case: Any, law: Law) -> dict[str, Any]:
    """Return the assessment with the case's `id`, or `{"id", "error": {"code", "message", "errors"}}`."""
    number = case.get("id") if isinstance(case, Mapping) else None
    try:
        if not isinstance(case, Mapping):
            raise ValidationFailed("En sag skal være et sæt felter med navne.")
        return {"id": number, **assess(_plausible(facts_from_dict(case)), law).to_dict()}
    except DomainError as error:
        return {"id": number, "error": {"code": error.code, "message": error.message, "errors": error.errors}}


def _plausible(facts: CaseFacts) -> CaseFacts:
    """Refuse an age that nobody in the scheme has; a stored case with such an age can still be read."""
    if (facts.citizen.age or 0) > MOST_AGE:
        text = f"Skal være et helt tal fra 0 til {MOST_AGE}."
        raise ValidationFailed("Sagens oplysninger kan ikke læses.", errors={"citizen.age": [text]})
    return facts
