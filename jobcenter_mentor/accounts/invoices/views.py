"""Pages under /refusion: correct a line that has been released for payment."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.accounts.invoices import approval, credits
from jobcenter_mentor.accounts.invoices.forms import CorrectionForm
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("corrections", __name__, url_prefix="/refusion")


@bp.get("/linjer/<public_id>/ret")
@requires("invoice.match")
def new(public_id: str) -> str:
    """Show the form of a correction."""
    return _page(public_id, CorrectionForm(formdata=None))


@bp.post("/linjer/<public_id>/ret")
@requires("invoice.match")
def create(public_id: str) -> ResponseReturnValue:
    """Lower a released line."""
    form, actor = CorrectionForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = approval.get_line(session, public_id, actor=actor, action="invoice.match")
                made = credits.correct(session, found, **form.told(), actor=actor)
            flash("Rettelsen er gemt. En anden skal frigive den.", "success")
            return redirect(url_for("accounting.line", public_id=made.public_id), 303)
    return _page(public_id, form), 422


def _page(public_id: str, form: CorrectionForm) -> str:
    with read_transaction() as session:
        checked = approval.show_line(session, public_id, actor=acting())
    credits.require_correctable(checked.line)
    if form.amount.data and form.minutes.data is None:
        form.minutes.data = credits.hours_in_proportion(checked.line, form.amount.data)
    return render_template("accounts/invoices/new.html", line=checked.line, form=form)
