"""Give the due follow-ups (opfølgninger) over the API, as the command gives them."""

from typing import Any

from jobcenter_mentor.api.base import part_of_api
from jobcenter_mentor.casefile.followups.queries import due_rows
from jobcenter_mentor.casefile.followups.schemas import DayAsked, DueAnswer
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction
from jobcenter_mentor.platform.pages.door import acting_user, working_day

bp = part_of_api("followups", "/followups", "Opfølgninger og frister")


@bp.get("/due")
@requires("followup.read")
@bp.arguments(DayAsked, location="query")
@bp.response(200, DueAnswer(many=True))
def due(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Hvad der er forfaldent, hvis det er, og efter hvilken regel. Uden navne på borgere."""
    with read_transaction() as session:
        return due_rows(session, actor=Actor(acting_user(), asked["on"] or working_day()))
