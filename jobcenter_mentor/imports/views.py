"""Sider under /import: choose a kind, upload, see what would change, take it in."""

import io

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.auth.policy import requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.domain.errors import ImportRejected
from jobcenter_mentor.imports import service
from jobcenter_mentor.imports.forms import KIND_LABELS, ApplyForm, UploadForm
from jobcenter_mentor.imports.wording import SHOWN, STATUS, counts_in_words
from jobcenter_mentor.imports.workbook import blank_workbook
from jobcenter_mentor.rules.service import law
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("imports", __name__, url_prefix="/import")

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@requires("import.cases")
def index() -> str:
    """Indlæs ark: the blank workbooks, the upload, and one's own latest."""
    with transaction() as session:
        runs = service.list_runs(session, by=acting_user(), on=working_day())
    return render_template("imports/index.html", form=UploadForm(), runs=runs, kinds=KIND_LABELS)


@bp.get("/skabelon/<kind>.xlsx")
@requires("import.cases")
def template(kind: str) -> Response:
    """Hent den tomme projektmappe."""
    content = io.BytesIO(blank_workbook(kind))
    return send_file(content, mimetype=EXCEL, as_attachment=True, download_name=f"{kind}.xlsx")


@bp.post("")
@requires("import.cases")
def upload() -> Response | tuple[str, int]:
    """Kontrollér et ark, og vis, hvad der ville ske; nothing of it is written but the file itself."""
    form, by, on = UploadForm(), acting_user(), working_day()
    name, content = form.content()
    if form.validate_on_submit() and name:
        with transaction() as session:
            run, _ = service.keep(session, form.kind.data, name, content, by=by, on=on)
        return redirect(url_for("imports.show", public_id=run.public_id), 303)
    if not name:
        form.file.errors = [*form.file.errors, "Vælg en fil."]
    with transaction() as session:
        runs = service.list_runs(session, by=by, on=on)
    return render_template("imports/index.html", form=form, runs=runs, kinds=KIND_LABELS), 422


@bp.get("/<public_id>")
@requires("import.cases")
def show(public_id: str) -> str:
    """Forhåndsvisning: new, changed field by field, unchanged and refused; after the import its receipt."""
    with transaction() as session:
        run = service.get_run(session, public_id, by=acting_user(), on=working_day())
        checked = service.recheck(session, run, by=acting_user(), on=working_day())
    return render_template(
        "imports/show.html",
        run=run,
        report=checked.report,
        rows=checked.accepted,
        form=ApplyForm(),
        kind=KIND_LABELS[run.kind],
        outcome=STATUS[checked.report["status"]],
        counts=counts_in_words(checked.report),
        most=SHOWN,
    )


@bp.post("/<public_id>")
@requires("import.cases")
def apply(public_id: str) -> Response:
    """Indlæs det hele, or the rows without errors where that is ticked; else nothing."""
    form, by, on = ApplyForm(), acting_user(), working_day()
    try:
        with transaction() as session:
            run = service.get_run(session, public_id, by=by, on=on)
            only = bool(form.valid_rows_only.data)
            checked = service.apply(session, run, by=by, on=on, law=law(session), valid_rows_only=only)
    except ImportRejected as error:
        flash(error.message, "error")
    else:
        flash(counts_in_words(checked.report), "success" if checked.report["applied"] else "error")
    return redirect(url_for("imports.show", public_id=public_id), 303)
