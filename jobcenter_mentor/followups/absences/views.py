"""Sider: Fravær og stedfortrædere under /fravaer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth import deputies
from jobcenter_mentor.auth.deputies import AbsenceEntry
from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.db import read_transaction, reading, transaction
from jobcenter_mentor.followups.absences.forms import DeputyForm, UserAbsenceForm
from jobcenter_mentor.followups.calendar import feed
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("absences", __name__, url_prefix="/fravaer")


@bp.get("")
@requires("deputy.set")
def index() -> str:
    """Fravær og stedfortrædere: those without a deputy first, and the form to write one."""
    return _page(UserAbsenceForm(formdata=None))


@bp.post("")
@requires("deputy.set")
def create() -> ResponseReturnValue:
    """Skriv fravær, one's own or, for the team leader, a colleague's."""
    form, by, on = UserAbsenceForm(), acting_user(), working_day()
    with reading() as session:
        offered = deputies.choices(session, by=by, on=on)
        form.offer(offered.away, offered.deputies)
    if form.validate():
        with form.refusals_shown():
            with transaction() as session:
                deputies.record_absence(session, AbsenceEntry(**form.told()), by=by, on=on)
            flash("Fraværet er registreret.", "success")
            return redirect(url_for("absences.index"), 303)
    return _page(form), 422


@bp.post("/<public_id>/stedfortraeder")
@requires("deputy.set")
def set_deputy(public_id: str) -> ResponseReturnValue:
    """Vælg stedfortræder for et fravær; the cases are the deputy's at once."""
    form, by, on = DeputyForm(prefix=public_id), acting_user(), working_day()
    with reading() as session:
        form.offer(deputies.choices(session, by=by, on=on).deputies)
    if form.validate():
        with form.refusals_shown():
            with transaction() as session:
                absence = deputies.get_absence(session, public_id, by=by, on=on)
                deputies.set_deputy(session, absence, form.deputy.data, by=by)
            flash("Stedfortræderen er valgt.", "success")
            return redirect(url_for("absences.index"), 303)
    return _page(UserAbsenceForm(formdata=None), form), 422


@bp.post("/<public_id>/slut")
@requires("deputy.set")
def end(public_id: str) -> ResponseReturnValue:
    """Slut fraværet: back from today, or never away."""
    by, on = acting_user(), working_day()
    with transaction() as session:
        deputies.end_absence(session, deputies.get_absence(session, public_id, by=by, on=on), by=by, on=on)
    flash("Fraværet er slut fra i dag.", "success")
    return redirect(url_for("absences.index"), 303)


def _page(form: UserAbsenceForm, wrong: DeputyForm | None = None) -> str:
    by, on = acting_user(), working_day()
    with read_transaction() as session:
        offered = deputies.choices(session, by=by, on=on)
        listed = deputies.list_absences(session, by=by, on=on)
        made_on = feed.made_on(session, by)
        audit.record(session, by=by, action="absence.list", subject="absence")
    form.offer(offered.away, offered.deputies)
    return render_template(
        "absences/index.html",
        form=form,
        wrong=wrong,
        listed=listed,
        colleagues=offered.deputies,
        on=on,
        made_on=made_on,
        has_calendar=may(by, "followup.read", on=on),
    )
