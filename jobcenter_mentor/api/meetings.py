"""Let a mentor's or supplier's own system log a contact (logbog) over the API."""

from typing import Any

from jobcenter_mentor.api.base import REPEATABLE, part_of_api, sent_as
from jobcenter_mentor.casework.meetings import service
from jobcenter_mentor.casework.meetings.schemas import MeetingAnswer, MeetingBody
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting

bp = part_of_api("meetings", "/meetings", "Logbog over møder")


@bp.post("")
@requires("hours.enter")
@bp.arguments(MeetingBody)
@bp.response(201, MeetingAnswer)
@bp.doc(**REPEATABLE)
def log(told: dict[str, Any]) -> dict[str, Any]:
    """Registrér et møde, holdt eller ej. `course` er forløbets id."""
    actor = acting()
    course = told.pop("course")
    with transaction() as session:
        grant = service.get_course(session, course, actor=actor)
        new = NewMeeting(**told, form_id=sent_as())
        meeting = service.log(session, grant, new, actor=actor, law=law(session))
        kept = service.told_of(meeting) | {"public_id": meeting.public_id}
        return kept | {"warnings": service.warnings_of(session, grant, meeting)}
