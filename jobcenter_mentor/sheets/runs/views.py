"""Pages under /import (indlæsning): choose a kind, upload, see what would change, import, undo."""

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.domain.kernel.errors import DomainError, ImportRejected, ValidationFailed
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.jobs import queue
from jobcenter_mentor.platform.jobs.models import Job
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user
from jobcenter_mentor.sheets.intake.blank_workbook import blank_workbook
from jobcenter_mentor.sheets.intake.profiles import profile_of
from jobcenter_mentor.sheets.kinds import citizen_rows
from jobcenter_mentor.sheets.runs import fix_file, own_headings, service
from jobcenter_mentor.sheets.runs import jobs as tasks
from jobcenter_mentor.sheets.runs.forms import KIND_LABELS, ApplyForm, UploadForm
from jobcenter_mentor.sheets.runs.import_words import SHOWN, STATUS, counts_in_words, taken_in_words, taught_in_words
from jobcenter_mentor.sheets.runs.models import ImportRun

bp = Blueprint("imports", __name__, url_prefix="/import")

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEANS, STANDS_FOR = "betyder:", "svarer:"
"""How the names of fields begin that ask what a heading means, and what a value of a column (field:text) means."""
LONG_FILE, LONG_SHEET = 150_000, tasks.FEW
"""Bytes of a file, and rows of a sheet, above which the work is done in the background."""


@bp.get("")
@requires("import.sheets")
def index() -> str:
    """Show the start page (importér regneark): blank workbooks, upload, own latest imports, taught headings."""
    return _index(UploadForm())


@bp.get("/skabelon/<kind>.xlsx")
@requires("import.sheets")
def template(kind: str) -> Response:
    """Send the blank workbook (tom projektmappe)."""
    return _workbook(blank_workbook(kind), f"{kind}.xlsx")


@bp.post("")
@requires("import.sheets")
def upload() -> Response | tuple[str, int]:
    """Check a sheet and show what would happen (kontrol). Only the file itself is stored."""
    form, actor = UploadForm(), acting()
    name, content = form.content()
    if not form.validate_on_submit() or not name:
        if not name:
            form.file.errors = [*form.file.errors, "Vælg en fil."]
        return _index(form), 422
    with transaction() as session:
        run = service.receive(session, form.kind.data, name, content, actor=actor)
        long = len(content) > LONG_FILE
        job = service.hand_over(session, run, "import.check", "Kontrol af", by=actor.user) if long else None
    if job is None:
        tasks.check_sheet(run.public_id, actor=actor)
    return _to(run, job)


@bp.get("/<public_id>")
@requires("import.sheets")
def show(public_id: str) -> str:
    """Show the preview (forhåndsvisning): new, changed, unchanged and refused rows; after the import its receipt."""
    with read_transaction() as session:
        run = service.get_run(session, public_id, actor=acting())
        preview, waits = service.preview_of(run), run.file is not None
        undoable = run.applied_on is not None and run.undone_on is None
        standing = service.standing(session, run) if undoable and run.trace else []
        form = ApplyForm()
        if preview["unattended"] and waits:
            offered = citizen_rows.offered(session, actor=acting())
            form.caseworker.choices = [("", "Ingen endnu"), *((user.public_id, user.full_name) for user in offered)]
    return render_template(
        "sheets/runs/show.html",
        run=run,
        report=run.report,
        preview=preview,
        waits=waits,
        undoable=undoable,
        standing=standing,
        form=form,
        kind=KIND_LABELS[run.kind],
        outcome=STATUS[run.report["status"]],
        counts=counts_in_words(run.report),
        columns={column.field: column for column in profile_of(run.kind).columns},
        most=SHOWN,
    )


@bp.post("/<public_id>")
@requires("import.sheets")
def apply(public_id: str) -> Response:
    """Import everything (indlæsning), or the rows without errors where that is ticked; otherwise nothing."""
    form, actor = ApplyForm(), acting()
    only, job, caseworker = bool(form.valid_rows_only.data), None, str(form.caseworker.data or "")
    try:
        with transaction() as session:
            run = service.get_run(session, public_id, actor=actor)
            if run.report["rows"]["read"] > LONG_SHEET and run.applied_on is None:
                how: dict[str, bool | str] = {"valid_rows_only": only, "caseworker": caseworker}
                job = service.hand_over(session, run, "import.apply", "Import af", by=actor.user, **how)
            else:
                chosen = citizen_rows.chosen(session, caseworker, actor=actor)
                checked = service.apply(
                    session, run, actor=actor, law=law(session), valid_rows_only=only, caseworker_id=chosen
                )
                flash(taken_in_words(checked), "success" if checked.report["applied"] else "error")
    except ImportRejected as error:
        flash(error.message, "error")
    return _to(run, job)


@bp.post("/<public_id>/overskrifter")
@requires("import.sheets")
def teach(public_id: str) -> Response:
    """Remember what headings and values mean (overskrifter og værdier), and check the sheet again."""
    actor = acting()
    told = list(request.form.items())
    headings = {name.removeprefix(MEANS): to for name, to in told if name.startswith(MEANS)}
    values = {_field_and_text(name): to for name, to in told if name.startswith(STANDS_FOR)}
    try:
        with transaction() as session:
            run = service.get_run(session, public_id, actor=actor)
            count = own_headings.teach(session, run.kind, headings, by=actor.user) if headings else 0
            count += own_headings.teach_values(session, run.kind, values, by=actor.user) if values else 0
        tasks.check_sheet(public_id, actor=actor)
        flash(f"{taught_in_words(count)}, og arket er kontrolleret igen.", "success")
    except ValidationFailed as error:
        flash(error.message, "error")
    return _to(run, None)


@bp.post("/<public_id>/ark")
@requires("import.sheets")
def choose(public_id: str) -> Response:
    """Choose the ticked sheets of the workbook (ark), and check again."""
    actor = acting()
    with transaction() as session:
        run = service.get_run(session, public_id, actor=actor)
        service.choose(run, request.form.getlist("ark"))
    tasks.check_sheet(public_id, actor=actor)
    return _to(run, None)


@bp.post("/overskrifter/<public_id>/glem")
@requires("import.sheets")
def forget(public_id: str) -> Response:
    """Forget a heading (glem en overskrift)."""
    with transaction() as session:
        heading = own_headings.forget(session, public_id, by=acting_user())
    flash(f"»{heading}« er glemt.", "success")
    return redirect(url_for("imports.index"), 303)


@bp.post("/vaerdier/<public_id>/glem")
@requires("import.sheets")
def forget_value(public_id: str) -> Response:
    """Forget a value (glem en værdi)."""
    with transaction() as session:
        value = own_headings.forget_value(session, public_id, by=acting_user())
    flash(f"»{value}« er glemt.", "success")
    return redirect(url_for("imports.index"), 303)


@bp.get("/<public_id>/rettelser.xlsx")
@requires("import.sheets")
def corrections(public_id: str) -> Response:
    """Send the sheet with its errors marked (rettefil)."""
    actor = acting()
    with read_transaction() as session:
        run = service.get_run(session, public_id, actor=actor)
        content = fix_file.of_run(session, run, actor=actor, law=law(session))
    return _workbook(content, f"rettelser-{run.file_name.rpartition('.')[0] or 'ark'}.xlsx")


@bp.post("/<public_id>/fortryd")
@requires("import.sheets")
def undo(public_id: str) -> Response:
    """Undo the import (fortryd) where nothing has been built on it."""
    actor = acting()
    try:
        with transaction() as session:
            run = service.get_run(session, public_id, actor=actor)
            service.take_back(session, run, actor=actor)
        flash("Importen er fortrudt. Alt er, som det var før.", "success")
    except DomainError as error:
        flash(error.message, "error")
    return redirect(url_for("imports.show", public_id=public_id), 303)


@bp.post("/<public_id>/slet")
@requires("import.sheets")
def discard(public_id: str) -> Response:
    """Delete a file that is not to be imported (slet)."""
    with transaction() as session:
        run = service.get_run(session, public_id, actor=acting())
        service.discard(session, run, by=acting_user())
    flash(f"{run.file_name} er slettet. Intet er importeret.", "success")
    return redirect(url_for("imports.index"), 303)


def _index(form: UploadForm) -> str:
    actor = acting()
    kinds = {kind: label for kind, label in KIND_LABELS.items() if actor.may(service.action_of(kind))}
    form.kind.choices = kinds
    with read_transaction() as session:
        runs = service.list_runs(session, actor=actor)
        headings = [row for row in own_headings.list_taught(session) if row.kind in kinds]
        values = [row for row in own_headings.list_values(session) if row.kind in kinds]
    means = [(row, profile_of(row.kind).heading_of(row.field)) for row in headings]
    stand_for = [(row, profile_of(row.kind).column_of(row.field)) for row in values]
    return render_template(
        "sheets/runs/index.html",
        form=form,
        runs=runs,
        kinds=kinds,
        labels=KIND_LABELS,
        headings=means,
        values=stand_for,
    )


def _field_and_text(name: str) -> tuple[str, str]:
    """Return the field and the text of the cell that a form field asks about."""
    field, _, text = name.removeprefix(STANDS_FOR).partition(":")
    return field, text


def _to(run: ImportRun, job: Job | None) -> Response:
    """Redirect to the sheet's page, or to the job that works on it."""
    if job is None:
        return redirect(url_for("imports.show", public_id=run.public_id), 303)
    queue.start(job.id)
    return redirect(url_for("background.show", public_id=job.public_id), 303)


def _workbook(content: bytes, name: str) -> Response:
    return send_file(io.BytesIO(content), mimetype=EXCEL, as_attachment=True, download_name=name)
