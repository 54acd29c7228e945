"""Show the user's own background jobs with their progress (Mine opgaver)."""

from flask import Blueprint, render_template

from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction
from jobcenter_mentor.platform.jobs import queue, service
from jobcenter_mentor.platform.pages.door import acting_user

bp = Blueprint("background", __name__, url_prefix="/opgaver")


@bp.get("")
@requires("home")
def index() -> str:
    """Show the user's jobs (mine opgaver) that wait, run and are done."""
    with read_transaction() as session:
        mine = service.list_mine(session, by=acting_user())
    return render_template("platform/jobs/index.html", mine=[(job, queue.progress_of(job.id)) for job in mine])


@bp.get("/<public_id>")
@requires("home")
def show(public_id: str) -> str:
    """Show one job; the page asks again by itself until it is over."""
    with read_transaction() as session:
        job = service.get_job(session, public_id, by=acting_user())
    return render_template("platform/jobs/show.html", job=job, progress=queue.progress_of(job.id))
