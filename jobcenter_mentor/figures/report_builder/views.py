"""Pages under /rapporter/byg (rapportbygger): build a report, as a page or a workbook; save it for the team."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobcenter_mentor.figures.report_builder import service
from jobcenter_mentor.figures.report_builder.built_workbook import write_report
from jobcenter_mentor.figures.report_builder.forms import BuildForm, SaveForm
from jobcenter_mentor.figures.report_builder.service import ACTION, MEASURES, SPLITS, Built, ReportQuestion
from jobcenter_mentor.figures.reports.month_counts import last_finished_month, months_between
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires, teams_on
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import get_municipality
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.platform.workbook import XLSX

bp = Blueprint("builder", __name__, url_prefix="/rapporter/byg")
EARLIEST = date(2012, 1, 1)


@bp.get("")
@requires("statistics.read")
def index() -> ResponseReturnValue:
    """Show the report that the address asks for (rapport)."""
    form = _form()
    built = _built(form)
    return _page(form, built) if built else (_page(form, None), 422)


@bp.get("/projektmappe")
@requires("statistics.read")
def workbook() -> ResponseReturnValue:
    """Send the report as a workbook (projektmappe)."""
    form = _form()
    built = _built(form)
    if built is None:
        return _page(form, None), 422
    with read_transaction() as session:
        municipality = get_municipality(session).name
    content = write_report(built, dict(form.team.choices)[form.team.data or ""], municipality)
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{built.question.measure}.xlsx")


@bp.post("")
@requires("statistics.read")
def save() -> ResponseReturnValue:
    """Save the report for the team (gem)."""
    form, saving, actor = _form(), SaveForm(), acting()
    if form.validate() and saving.validate_on_submit():
        with saving.refusals_shown():
            with transaction() as session:
                row = service.save(session, saving.title.data or "", ReportQuestion(*form.told()), actor=actor)
            flash("Rapporten er gemt for teamet.", "success")
            return redirect(url_for("builder.saved", public_id=row.public_id), 303)
    return _page(form, _built(form), saving), 422


@bp.get("/<public_id>")
@requires("statistics.read")
def saved(public_id: str) -> ResponseReturnValue:
    """Open a saved report (gemt rapport): its question, with the figures of the current reader."""
    with read_transaction() as session:
        question = service.get_saved(session, public_id, actor=acting())
    return redirect(url_for("builder.index", **_address(question)), 303)


@bp.post("/<public_id>/slet")
@requires("statistics.read")
def remove(public_id: str) -> ResponseReturnValue:
    """Delete a saved report (slet)."""
    with transaction() as session:
        service.remove(session, public_id, actor=acting())
    flash("Rapporten er slettet.", "success")
    return redirect(url_for("builder.index"), 303)


def _address(question: ReportQuestion) -> dict[str, Any]:
    months = {"fra": f"{question.first:%Y-%m}", "til": f"{question.last:%Y-%m}"}
    return {"maal": question.measure, "opdeling": question.split, **months, "team": str(question.team or "")}


def _form() -> BuildForm:
    """Return the form with what the address asks; the year to date where it asks nothing."""
    actor = acting()
    last = last_finished_month(actor.day)
    usual = _address(ReportQuestion("courses", "group", last.replace(month=1), last))
    form = BuildForm(MultiDict({**usual, **request.args.to_dict()}))
    with read_transaction() as session:
        teams = service.list_teams(session, actor=actor)
    reach = teams_on(actor.user, ACTION, on=actor.day)
    measures = {code: measure.name for code, measure in MEASURES.items()}
    form.offer(measures, SPLITS, months_between(EARLIEST, last), teams, all_teams=not reach)
    if reach and not form.team.data:
        form.team.data = str(next(iter(teams)))
    return form


def _built(form: BuildForm) -> Built | None:
    """Build what a valid form asks; None where it is refused, with the error at its field."""
    if form.validate():
        with form.refusals_shown(), read_transaction() as session:
            return service.build(session, ReportQuestion(*form.told()), actor=acting())
    return None


def _page(form: BuildForm, built: Built | None, saving: SaveForm | None = None) -> str:
    user = acting_user()
    with read_transaction() as session:
        kept = service.list_saved(session, actor=Actor(user, working_day()))
    shown = {"form": form, "built": built, "saving": saving or SaveForm(formdata=None), "kept": kept, "user": user}
    address = {name: value for name, value in form.data.items() if value}
    return render_template(
        "figures/report_builder/index.html", **shown, measures=MEASURES, splits=SPLITS, address=address
    )
