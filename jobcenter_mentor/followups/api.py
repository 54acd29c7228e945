"""Opfølgninger over API'et: what is due, as the command gives it."""

from typing import Any

from jobcenter_mentor.api.base import part_of_api
from jobcenter_mentor.auth.actor import Actor
from jobcenter_mentor.auth.policy import requires
from jobcenter_mentor.db import read_transaction
from jobcenter_mentor.followups.due import due_rows
from jobcenter_mentor.followups.schemas import DayAsked, DueAnswer
from jobcenter_mentor.web.door import acting_user, working_day

bp = part_of_api("followups", "/followups", "Opfølgninger og frister")


@bp.get("/due")
@requires("followup.read")
@bp.arguments(DayAsked, location="query")
@bp.response(200, DueAnswer(many=True))
def due(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Hvad der er forfaldent, hvis det er, og efter hvilken regel. Uden navne på borgere."""
    with read_transaction() as session:
        return due_rows(session, actor=Actor(acting_user(), asked["on"] or working_day()))
