"""Pages under /kladder save a draft while a form is written, and discard it; everybody has their own only."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.drafts import service
from jobcenter_mentor.platform.pages.door import acting_user, local_address

bp = Blueprint("drafts", __name__, url_prefix="/kladder")

NOT_KEPT = frozenset({"csrf_token", "form_token", "draft_back", "password", "cpr"})
"""Fields that never stand in a draft: tokens, secrets and CPR numbers."""


@bp.post("/<form>/<case_key>")
@requires("home")
def save(form: str, case_key: str) -> str:
    """Save the draft (kladde) that htmx sends, and answer with the minute it was saved."""
    typed = {name: texts for name, texts in request.form.lists() if name not in NOT_KEPT}
    with transaction() as session:
        saved_at = service.save(session, form=form, case_key=case_key, values=typed, by=acting_user())
    return render_template("platform/drafts/saved.html", saved_at=saved_at)


@bp.post("/<form>/<case_key>/slet")
@requires("home")
def discard(form: str, case_key: str) -> ResponseReturnValue:
    """Delete the draft (kladde) and go back to the empty form."""
    with transaction() as session:
        service.discard(session, form=form, case_key=case_key, by=acting_user())
    flash("Kladden er slettet.", "success")
    return redirect(local_address(request.form.get("draft_back")), 303)
