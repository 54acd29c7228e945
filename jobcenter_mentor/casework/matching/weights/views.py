"""Pages under /matchning/vaegte: the weights of each day, and the proposals for others."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casework.matching.weights import service
from jobcenter_mentor.casework.matching.weights.forms import WeightsForm
from jobcenter_mentor.domain.matching.weights import CRITERIA
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("match_weights", __name__, url_prefix="/matchning/vaegte")


@bp.get("")
@requires("weights.read")
def show() -> str:
    """Show the weights and the form to propose others."""
    return _page(None)


@bp.post("")
@requires("weights.propose")
def propose() -> ResponseReturnValue:
    """Propose weights; a mistake shows the form again as it was filled in."""
    form, actor = WeightsForm(), acting()
    if form.validate_on_submit():
        percents, reason = form.percents(), form.reason.data or ""
        with form.refusals_shown():
            with transaction() as session:
                service.propose_weights(
                    session, percents, valid_from=form.valid_from.data or actor.day, reason=reason, actor=actor
                )
            flash("Forslaget er gemt. En anden skal godkende det.", "success")
            return redirect(url_for("match_weights.show"), 303)
    return _page(form), 422


@bp.post("/<public_id>")
@requires("weights.approve")
def approve(public_id: str) -> ResponseReturnValue:
    """Approve weights that somebody else has proposed."""
    with transaction() as session:
        service.approve_weights(session, public_id, actor=acting())
    flash("Vægtene er godkendt.", "success")
    return redirect(url_for("match_weights.show"), 303)


def _page(form: WeightsForm | None) -> str:
    actor = acting()
    with read_transaction() as session:
        now = service.weights_on(session, actor.day)
        rows = service.list_weights(session)
    return render_template(
        "casework/matching/weights.html",
        now=now,
        rows=rows,
        criteria=CRITERIA,
        me=actor.user.id,
        form=form or WeightsForm(formdata=None, data={"valid_from": actor.day} | now),
        may_propose=may(actor.user, "weights.propose", on=actor.day),
        may_approve=may(actor.user, "weights.approve", on=actor.day),
    )
