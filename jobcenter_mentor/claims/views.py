"""Sider under /ramme: the frame page and the lines behind its figures."""

from typing import Any

from flask import Blueprint, render_template, request

from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.claims import lines, service
from jobcenter_mentor.db import transaction
from jobcenter_mentor.grants import deciding
from jobcenter_mentor.web.door import acting_user, chosen_year, working_day

bp = Blueprint("claims", __name__, url_prefix="/ramme")


@bp.get("")
@requires("frame.read")
def frame() -> str:
    """Vis rammen for et år."""
    user, on = acting_user(), working_day()
    with transaction() as session:
        page: dict[str, Any] = {
            "cockpit": service.cockpit(session, year=chosen_year(), by=user, on=on),
            "unproven": service.list_unproven(session, by=user, on=on) if may(user, "grant.read", on=on) else [],
            "waiting": deciding.list_waiting(session, by=user, on=on) if may(user, "grant.approve", on=on) else None,
        }
    return render_template("claims/frame.html", **page)


@bp.get("/linjer")
@requires("frame.read")
def behind() -> str:
    """Vis linjerne bag et tal."""
    year, asked = chosen_year(), request.args.to_dict()
    with transaction() as session:
        found = lines.list_behind(
            session, year=year, chosen=service.chosen_lines(asked), by=acting_user(), on=working_day()
        )
    return render_template("claims/lines.html", year=year, found=found)
