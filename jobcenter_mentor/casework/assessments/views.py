"""Pages under /vurderinger: a stored assessment as it was, its repeat, and the form to try other facts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casework.assessments import service
from jobcenter_mentor.casework.assessments.forms import WhatIfForm, values_of
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import law, law_known_on
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("assessments", __name__, url_prefix="/vurderinger")


@bp.get("/<public_id>")
@requires("letter.read")
def show(public_id: str) -> str:
    """Show the assessment as it was, and whether the law of its day gives the same answer today."""
    return render_template("casework/assessments/show.html", page=_kept(public_id))


@bp.get("/<public_id>/hvad-nu-hvis")
@requires("letter.read")
def what_if(public_id: str) -> str:
    """Show the form to try other facts ("hvad nu hvis"); nothing is saved."""
    page = _kept(public_id)
    form = WhatIfForm(formdata=None, data=values_of(page.facts))
    return render_template(
        "casework/assessments/what_if.html", page=page, form=form, answer=page.assessment, changes=()
    )


@bp.post("/<public_id>/hvad-nu-hvis")
@requires("letter.read")
def try_it(public_id: str) -> ResponseReturnValue:
    """Show the answer for the changed facts: the panel alone for htmx, else the whole page."""
    page, form = _kept(public_id), WhatIfForm()
    shown = {"page": page, "form": form, "answer": None, "changes": ()}
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                answer = service.what_if(page.facts, form.changed(), law(session))
            shown |= {"answer": answer, "changes": service.differences(page.assessment, answer)}
            return render_template("casework/assessments/what_if.html", **shown)
    return render_template("casework/assessments/what_if.html", **shown), 422


def _kept(public_id: str) -> service.StoredAssessment:
    with read_transaction() as session:
        kept = service.get_kept(session, public_id, actor=acting())
        return service.replayed(kept, law_known_on(session, kept.record.assessed_on))
