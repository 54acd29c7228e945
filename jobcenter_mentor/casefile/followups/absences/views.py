"""Pages under /fravaer: absences and deputies."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.followups import calendar_feed
from jobcenter_mentor.casefile.followups.absences.forms import DeputyForm, UserAbsenceForm
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.deputies import AbsenceEntry
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import read_transaction, reading, transaction
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("absences", __name__, url_prefix="/fravaer")


@bp.get("")
@requires("deputy.set")
def index() -> str:
    """Show absences and deputies, those without a deputy first, and the form for a new one."""
    return _page(UserAbsenceForm(formdata=None))


@bp.post("")
@requires("deputy.set")
def create() -> ResponseReturnValue:
    """Store an absence, the user's own or, for the team leader, a colleague's."""
    form, actor = UserAbsenceForm(), acting()
    with reading() as session:
        offered = deputies.choices(session, actor=actor)
        form.offer(offered.away, offered.deputies)
    if form.validate():
        with form.refusals_shown():
            with transaction() as session:
                deputies.record_absence(session, AbsenceEntry(**form.told()), actor=actor)
            flash("Fraværet er registreret.", "success")
            return redirect(url_for("absences.index"), 303)
    return _page(form), 422


@bp.post("/<public_id>/stedfortraeder")
@requires("deputy.set")
def set_deputy(public_id: str) -> ResponseReturnValue:
    """Store the deputy of an absence; the cases are the deputy's at once."""
    form, actor = DeputyForm(prefix=public_id), acting()
    with reading() as session:
        form.offer(deputies.choices(session, actor=actor).deputies)
    if form.validate():
        with form.refusals_shown():
            with transaction() as session:
                absence = deputies.get_absence(session, public_id, actor=actor)
                deputies.set_deputy(session, absence, form.deputy.data, by=actor.user)
            flash("Stedfortræderen er valgt.", "success")
            return redirect(url_for("absences.index"), 303)
    return _page(UserAbsenceForm(formdata=None), form), 422


@bp.post("/<public_id>/slut")
@requires("deputy.set")
def end(public_id: str) -> ResponseReturnValue:
    """End the absence: back from today, or never away."""
    actor = acting()
    with transaction() as session:
        deputies.end_absence(session, deputies.get_absence(session, public_id, actor=actor), actor=actor)
    flash("Fraværet er slut fra i dag.", "success")
    return redirect(url_for("absences.index"), 303)


def _page(form: UserAbsenceForm, wrong: DeputyForm | None = None) -> str:
    actor = acting()
    with read_transaction() as session:
        offered = deputies.choices(session, actor=actor)
        listed = deputies.list_absences(session, actor=actor)
        made_on = calendar_feed.made_on(session, actor.user)
        audit.record(session, by=actor.user, action="absence.list", subject="absence")
    form.offer(offered.away, offered.deputies)
    return render_template(
        "casefile/followups/absences/index.html",
        form=form,
        wrong=wrong,
        listed=listed,
        colleagues=offered.deputies,
        on=actor.day,
        made_on=made_on,
        has_calendar=actor.may("followup.read"),
    )
