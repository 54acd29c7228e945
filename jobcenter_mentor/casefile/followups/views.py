"""Pages: the team leader's way into the list of deadlines, and the number beside it in the menu."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.followups.queries import DueFilter, count_due
from jobcenter_mentor.domain.law.radar import lateness
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import reading
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("late", __name__, url_prefix="/teamets-frister")


@bp.get("")
@requires("followup.snooze")
def index() -> ResponseReturnValue:
    """Show the team leader the list of the team's deadlines."""
    return redirect(url_for("followups.index", hvem="team", frist="leder"), 303)


@bp.get("/antal")
@requires("followup.snooze")
def badge() -> str:
    """Return the number in the menu, by the statement of the list."""
    actor = acting()
    with reading() as session:
        late = DueFilter(late=lateness(actor.day, rules.law(session).on(actor.day)))
        count = count_due(session, actor=actor, chosen=late)
    return render_template("screens/my_day/badge.html", count=count, where="hos teamlederen")
