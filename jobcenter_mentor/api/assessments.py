"""Assess cases (vurdering) over the API, as the command `assess` does."""

from typing import Any

from jobcenter_mentor.api.base import part_of_api
from jobcenter_mentor.api.json_body import json_body
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.verdict import answer_case, answer_cases
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import reading
from jobcenter_mentor.platform.law_figures.service import law

bp = part_of_api("assessments", "/assessments", "Vurdering af sager efter loven på afgørelsens dag")

MOST_CASES = 1000
CASE = {
    "type": "object",
    "description": "En sag. Ukendte felter afvises med navn.",
    "required": ["date"],
    "properties": {
        "id": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "action": {"type": "string", "enum": ["grant", "extend", "end", "check_contact"]},
        "citizen": {"type": "object"},
        "request": {"type": "object"},
        "agreement": {"type": "object", "nullable": True},
        "budget": {"type": "object"},
    },
}
CASES = {"oneOf": [CASE, {"type": "array", "maxItems": MOST_CASES, "items": CASE}]}
ASSESSMENT = {"type": "object", "description": "Vurderingen, eller id og error for en sag, der ikke kan læses."}
ASSESSMENTS = {"oneOf": [ASSESSMENT, {"type": "array", "items": ASSESSMENT}]}


@bp.post("")
@requires("law.read")
@bp.doc(
    requestBody={"required": True, "content": {"application/json": {"schema": CASES}}},
    responses={"200": {"description": "Vurdering", "content": {"application/json": {"schema": ASSESSMENTS}}}},
)
def assess() -> Any:
    """Vurdér én sag eller en liste af sager. Intet gemmes.

    En sag, der ikke kan læses, får en fejl i svaret; de andre vurderes. En liste giver en liste, én sag ét svar.
    """
    given = json_body()
    if not isinstance(given, dict | list):
        raise ValidationFailed("Send en sag eller en liste af sager.")
    if isinstance(given, list) and len(given) > MOST_CASES:
        raise ValidationFailed(f"Send højst {MOST_CASES} sager ad gangen.", code="too_many_cases")
    with reading() as session:
        in_force = law(session)
    return answer_cases(given, in_force) if isinstance(given, list) else answer_case(given, in_force)
