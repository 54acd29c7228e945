"""Pages under /korpset/supervision: dates, who came, who has never had supervision."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.domain.kernel.mentor_types import SUPERVISION
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.people.mentors import supervision
from jobcenter_mentor.people.mentors.forms import AttendanceForm, SupervisionForm
from jobcenter_mentor.people.mentors.supervision import NewSupervision, Trained
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import place_of, read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day

bp = Blueprint("training", __name__, url_prefix="/korpset/supervision")


@bp.get("")
@requires("match.confirm")
def index() -> str:
    """Show the dates, the course hours of each mentor, and who has never had supervision."""
    return _page(SupervisionForm(formdata=None, held_on=working_day()))


@bp.post("")
@requires("mentor.write")
def create() -> ResponseReturnValue:
    """Store a date."""
    form, actor = SupervisionForm(), acting()
    form.mentors.choices = [(one.public_id, one.name) for one in _trained()]
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                supervision.plan(session, NewSupervision(**form.told()), actor=actor)
            flash("Datoen er gemt.", "success")
            return redirect(url_for("training.index"), 303)
    return _page(form), 422


@bp.post("/<public_id>/fremmoede")
@requires("mentor.write")
def attendance(public_id: str) -> ResponseReturnValue:
    """Store who came."""
    form, actor = AttendanceForm(), acting()
    came = request.form.getlist("came")
    with form.refusals_shown():
        with transaction() as session:
            held = supervision.get_supervision(session, public_id)
            supervision.note_attendance(session, held, came, actor=actor)
        flash("Fremmødet er noteret.", "success")
        return redirect(url_for("training.index"), 303)
    flash(" ".join(form.form_errors), "error")
    return redirect(url_for("training.index"), 303)


def _trained() -> list[Trained]:
    with read_transaction() as session:
        return supervision.trained(session, actor=acting())


def _page(form: SupervisionForm) -> str:
    on, found = working_day(), _trained()
    form.mentors.choices = [(one.public_id, one.name) for one in sorted(found, key=lambda one: place_of(one.name))]
    with read_transaction() as session:
        dates = supervision.list_supervisions(session)
    return render_template(
        "people/mentors/index.html",
        form=form,
        dates=dates,
        never=[one for one in found if one.last_day is None],
        trained=[one for one in found if one.last_day is not None or one.course_minutes],
        kinds=SUPERVISION,
        names=MENTOR_TYPES,
        may_write=may(acting_user(), "mentor.write", on=on),
        on=on,
    )
