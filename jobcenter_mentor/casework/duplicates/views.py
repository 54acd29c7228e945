"""Pages under /sammenlaeg: find the other registration, see what moves, confirm."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casework.duplicates import service
from jobcenter_mentor.casework.duplicates.forms import MergeConfirmationForm, OtherForm
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("merging", __name__, url_prefix="/sammenlaeg")


@bp.get("/<public_id>")
@requires("citizen.merge")
def new(public_id: str) -> str:
    """Ask for the CPR number of the other registration."""
    return _asking(OtherForm(formdata=None), public_id)


@bp.post("/<public_id>")
@requires("citizen.merge")
def preview(public_id: str) -> ResponseReturnValue:
    """Show what would move; nothing is changed yet."""
    form, actor = OtherForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.get_citizen(session, public_id, actor=actor)
                other = service.find_other(session, citizen, form.cpr.data or "", actor=actor)
            return _preview(MergeConfirmationForm(formdata=None), public_id, other.public_id)
    return _asking(form, public_id), 422


@bp.post("/<public_id>/bekraeft")
@requires("citizen.merge")
def merge(public_id: str) -> ResponseReturnValue:
    """Merge the two, once it has been seen and confirmed."""
    form, actor = MergeConfirmationForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                stays = service.get_citizen(session, public_id, actor=actor)
                goes = service.get_citizen(session, form.other.data or "", actor=actor)
                seal, reason = form.seal.data or "", form.reason.data or ""
                service.merge(session, stays, goes, seal=seal, reason=reason, actor=actor)
            flash("De to registreringer er lagt sammen. Borgeren findes på begge CPR-numre.", "success")
            return redirect(url_for("citizens.show", public_id=public_id), 303)
    if not form.other.data:
        return _asking(OtherForm(formdata=None), public_id), 422
    return _preview(form, public_id, form.other.data), 422


def _asking(form: OtherForm, public_id: str) -> str:
    with read_transaction() as session:
        citizen = service.get_citizen(session, public_id, actor=acting())
    return render_template("casework/duplicates/new.html", form=form, citizen=citizen)


def _preview(form: MergeConfirmationForm, public_id: str, other_id: str) -> str:
    actor = acting()
    with read_transaction() as session:
        stays = service.get_citizen(session, public_id, actor=actor)
        goes = service.get_citizen(session, other_id, actor=actor)
        shown = service.preview(session, stays, goes, on=actor.day)
    form.other.data, form.seal.data = goes.public_id, shown.seal
    naming = {"reader": reader_of(actor.user, on=actor.day), "shown_name": shown_name}
    return render_template("casework/duplicates/preview.html", form=form, shown=shown, **naming)
