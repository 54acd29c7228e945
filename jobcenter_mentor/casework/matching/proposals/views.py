"""Pages under /matchning/valg: a match beyond what was approved, and its approval by another."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.sheet import DECISIONS
from jobcenter_mentor.casework.matching.forms import MatchApprovalForm, MatchReturnForm
from jobcenter_mentor.casework.matching.proposals import service
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting

ALREADY_APPROVED = ("Valget var allerede godkendt. Intet er ændret.", "warning")
bp = Blueprint("match_proposals", __name__, url_prefix="/matchning/valg")


@bp.get("/<public_id>")
@requires("match.read")
def show(public_id: str) -> str:
    """Show the match with the difference from what was approved."""
    return _page(public_id, MatchApprovalForm(formdata=None))


@bp.post("/<public_id>/godkend")
@requires("grant.approve_small")
def approve(public_id: str) -> ResponseReturnValue:
    """Approve the match, which books the hours."""
    form, actor = MatchApprovalForm(), acting()
    if form.validate_on_submit():
        reason = form.beyond_reason.data or ""
        with form.refusals_shown():
            with transaction() as session:
                decision = service.get_match(session, public_id, actor=actor, action="grant.approve_small")
                lock(session, decision)
                was_approved = decision.approved_on is not None
                grant = service.approve(session, decision, beyond_reason=reason, actor=actor, law=law(session))
            flash(*(ALREADY_APPROVED if was_approved else ("Valget er godkendt, og timerne er aftalt.", "success")))
            return redirect(url_for("grants.show", public_id=grant.public_id), 303)
    return _page(public_id, form), 422


@bp.post("/<public_id>/tilbage")
@requires("grant.approve_small")
def send_back(public_id: str) -> ResponseReturnValue:
    """Send the match back with a comment."""
    form, actor = MatchReturnForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                decision = service.get_match(session, public_id, actor=actor, action="grant.approve_small")
                deciding.send_back(session, decision, comment=form.comment.data or "", actor=actor)
            flash("Valget er sendt tilbage.", "success")
            return redirect(url_for("grants.waiting"), 303)
    return _page(public_id, MatchApprovalForm(formdata=None), form), 422


def _page(public_id: str, form: MatchApprovalForm, comment: MatchReturnForm | None = None) -> str:
    with read_transaction() as session:
        page = service.read(session, public_id, actor=acting(), law=law(session))
    told = {
        "form": form,
        "comment": comment or MatchReturnForm(formdata=None),
        "types": MENTOR_TYPES,
        "kinds": DECISIONS,
    }
    return render_template("casework/matching/proposal.html", page=page, **told)
