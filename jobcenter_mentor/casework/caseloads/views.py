"""Pages under /sagsstammer: cases by caseworker, and moving them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casework.caseloads import service
from jobcenter_mentor.casework.caseloads.forms import MoveForm
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, reading, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day

bp = Blueprint("caseloads", __name__, url_prefix="/sagsstammer")
NOBODY = "ingen"
"""The part of the address for cases without a caseworker."""


@bp.get("")
@requires("caseload.move")
def index() -> str:
    """Show the number of cases by caseworker and team."""
    with reading() as session:
        loads = service.list_loads(session, actor=acting())
    return render_template("casework/caseloads/index.html", loads=loads, nobody=NOBODY)


@bp.get("/<public_id>")
@requires("caseload.move")
def show(public_id: str) -> str:
    """Show a caseworker's cases, to choose from."""
    return _page(public_id, MoveForm(formdata=None))


@bp.post("/<public_id>")
@requires("caseload.move")
def move(public_id: str) -> ResponseReturnValue:
    """Show what is about to move, and move it once that is confirmed."""
    form, by, on, owner = MoveForm(), acting_user(), working_day(), _key(public_id)
    with transaction() as session:
        caseload = service.get_caseload(session, owner, actor=Actor(by, on))
    listed = [case.key for case in caseload.cases]
    form.offer(caseload.colleagues, listed)
    keys = form.chosen(listed)
    if not form.validate_on_submit():
        return _page(public_id, form), 422
    if not form.confirmed.data and keys:
        return _page(public_id, form, keys)
    with form.refusals_shown():
        with transaction() as session:
            count = service.move(
                session, owner, keys=keys, to=form.to.data, reason=form.reason.data or "", actor=Actor(by, on)
            )
        words = "1 sag er flyttet" if count == 1 else f"{count} sager er flyttet"
        flash(f"{words} til {caseload.colleagues[form.to.data]}.", "success")
        return redirect(url_for("caseloads.show", public_id=form.to.data), 303)
    return _page(public_id, form), 422


def _key(public_id: str) -> str:
    return "" if public_id == NOBODY else public_id


def _page(public_id: str, form: MoveForm, preview: list[str] | None = None) -> str:
    """Show the list; with a preview only what is about to move."""
    with read_transaction() as session:
        caseload = service.get_caseload(session, _key(public_id), actor=acting())
    form.offer(caseload.colleagues, [case.key for case in caseload.cases])
    cases = caseload.cases if preview is None else [case for case in caseload.cases if case.key in preview]
    if preview is not None:
        form.confirmed.data, form.everything.data, form.cases.data = "1", False, preview
    return render_template(
        "casework/caseloads/show.html",
        caseload=caseload,
        cases=cases,
        form=form,
        is_preview=preview is not None,
        shown={case.key: case for case in cases},
        public_id=public_id,
        on=working_day(),
    )
