"""Sider under /regler: the law in force on a chosen day, with sources."""

from datetime import date

from flask import Blueprint, render_template, request

from jobcenter_mentor.auth.policy import requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.rules import service
from jobcenter_mentor.rules.forms import DayForm
from jobcenter_mentor.web.door import working_day

bp = Blueprint("rules", __name__, url_prefix="/regler")


@bp.get("")
@requires("law.read")
def index() -> str:
    """Vis tallene i kraft på en dag."""
    form = DayForm(request.args or None, dag=working_day())
    day: date = (form.dag.data if form.validate() else None) or working_day()
    with transaction() as session:
        figures = service.figures_in_force(service.law(session), day)
    return render_template("rules/index.html", form=form, day=day, figures=figures)
