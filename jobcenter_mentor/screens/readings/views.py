"""Pages under /regler/laesninger: how the municipality reads what the law leaves open (kommunens læsninger)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.access.service import full_names
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures import local_readings
from jobcenter_mentor.platform.law_figures.local_readings import NewReading
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.screens.readings.forms import ReadingForm

bp = Blueprint("readings", __name__, url_prefix="/regler/laesninger")


@bp.get("")
@requires("law.doubts")
def index() -> str:
    """Show each open point with the reading in force, what waits, and what was decided before."""
    on = working_day()
    with read_transaction() as session:
        waiting, decided, of_day = (
            local_readings.list_waiting(session),
            local_readings.list_decided(session),
            law(session).on(on),
        )
        names = full_names(session, [row.proposed_by_id for row in (*waiting, *decided)])
    points = local_readings.points()
    now = [(point, of_day.reading(code)) for code, point in points.items()]
    shown = {"waiting": waiting, "decided": decided, "names": names, "points": points, "now": now}
    return render_template("screens/readings/index.html", on=on, may_propose=_may("law.propose"), **shown)


@bp.get("/ny")
@requires("law.propose")
def new() -> str:
    """Propose a reading."""
    asked = {"valid_from": working_day(), "point": request.args.get("punkt", "")}
    return _form(ReadingForm(formdata=None, data=asked))


@bp.post("/ny")
@requires("law.propose")
def propose() -> ResponseReturnValue:
    """Store the proposal; another person approves it."""
    form = ReadingForm()
    form.point.choices = _questions()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                row = local_readings.propose(session, NewReading(**form.told()), actor=acting())
            flash("Forslaget er gemt. En anden skal godkende det.", "success")
            return redirect(url_for("readings.show", public_id=row.public_id), 303)
    return _form(form), 422


@bp.get("/<public_id>")
@requires("law.doubts")
def show(public_id: str) -> str:
    """Show a proposal or a reading in force."""
    by = acting_user()
    with read_transaction() as session:
        row = local_readings.get_reading(session, public_id)
        names = full_names(
            session, [who for who in (row.proposed_by_id, row.approved_by_id, row.rejected_by_id) if who]
        )
    waits, mine = row.waits, row.proposed_by_id == by.id
    rights = {"may_approve": waits and not mine and _may("law.approve"), "may_reject": waits and _may("law.propose")}
    point = local_readings.points().get(row.point)
    return render_template("screens/readings/show.html", row=row, point=point, names=names, waits=waits, **rights)


@bp.post("/<public_id>/godkend")
@requires("law.approve")
def approve(public_id: str) -> ResponseReturnValue:
    """Put the reading in force."""
    with transaction() as session:
        local_readings.approve(session, local_readings.get_reading(session, public_id), actor=acting())
    flash("Læsningen er godkendt og gælder fra den dag, forslaget nævner.", "success")
    return redirect(url_for("readings.index"), 303)


@bp.post("/<public_id>/afvis")
@requires("law.propose")
def reject(public_id: str) -> ResponseReturnValue:
    """Reject or withdraw the proposal."""
    with transaction() as session:
        local_readings.reject(session, local_readings.get_reading(session, public_id), actor=acting())
    flash("Forslaget er afvist.", "success")
    return redirect(url_for("readings.index"), 303)


def _form(form: ReadingForm) -> str:
    form.point.choices = _questions()
    return render_template("screens/readings/new.html", form=form)


def _questions() -> dict[str, str]:
    return {"": "Vælg et punkt"} | {
        code: f"{point.section}: {point.question}" for code, point in local_readings.points().items()
    }


def _may(action: str) -> bool:
    return may(acting_user(), action, on=working_day())
