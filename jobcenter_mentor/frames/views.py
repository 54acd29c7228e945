"""Sider under /ramme/beloeb: a frame's amount is proposed by one person and approved by another."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.db import read_transaction, transaction
from jobcenter_mentor.frames import deciding
from jobcenter_mentor.frames.forms import AmountForm
from jobcenter_mentor.frames.service import FRAME_NAMES
from jobcenter_mentor.rules.service import law
from jobcenter_mentor.web.door import acting_user, chosen_year, working_day

bp = Blueprint("frames", __name__, url_prefix="/ramme/beloeb")


@bp.get("")
@requires("frame.read")
def amounts() -> str:
    """Vis årets beløb, forslagene og formularen."""
    return _page(AmountForm(year=chosen_year()))


@bp.post("")
@requires("frame.change")
def propose() -> Response | tuple[str, int]:
    """Foreslå et beløb."""
    form = AmountForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                by, on = acting_user(), working_day()
                deciding.propose_change(session, **form.told(), by=by, on=on, law=law(session))
            flash("Beløbet er foreslået. En anden skal godkende det, før det gælder.", "success")
            return redirect(url_for("frames.amounts", aar=form.year.data), 303)
    return _page(form), 422


@bp.post("/<public_id>/godkend")
@requires("frame.approve")
def approve(public_id: str) -> Response:
    """Godkend et beløb, en anden har foreslået."""
    with transaction() as session:
        change = deciding.get_change(session, public_id)
        deciding.approve_change(session, change, by=acting_user(), on=working_day())
    flash(f"Rammen for {change.year} gælder nu.", "success")
    return redirect(url_for("frames.amounts", aar=change.year), 303)


def _page(form: AmountForm) -> str:
    """Render the page with the form as it is."""
    year = chosen_year()
    with read_transaction() as session:
        changes = deciding.list_changes(session, year=year)
        frames = deciding.list_frames(session, year=year)
        people = deciding.names_of(session, changes)
        known = law(session)
        rates = {FRAME_NAMES[kind]: deciding.confirmed_rate(known, year=year, kind=kind) for kind in deciding.RATES}
    user, on = acting_user(), working_day()
    rights = {"may_propose": may(user, "frame.change", on=on), "may_approve": may(user, "frame.approve", on=on)}
    shown = {"changes": changes, "frames": frames, "people": people, "names": FRAME_NAMES, "year": year, "rates": rates}
    return render_template("frames/amounts.html", form=form, **shown, **rights)
