"""Pages under /rapporter: choose a report, get it as a workbook."""

from io import BytesIO

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.domain.kernel.periods import month_of
from jobcenter_mentor.figures.quality import service as quality
from jobcenter_mentor.figures.quality.sheet import CASES, FINDINGS
from jobcenter_mentor.figures.reports import named_reports, service
from jobcenter_mentor.figures.reports.corps_tables import COLUMNS, own_corps
from jobcenter_mentor.figures.reports.evaluation import Evaluation, evaluate
from jobcenter_mentor.figures.reports.evaluation_shapes import NOT_KEPT
from jobcenter_mentor.figures.reports.evaluation_workbook import write_evaluation
from jobcenter_mentor.figures.reports.month_counts import last_finished_month
from jobcenter_mentor.figures.reports.named_reports import NamedExtractOrder
from jobcenter_mentor.figures.reports.national import SINCE
from jobcenter_mentor.figures.reports.national_corps import SOURCE
from jobcenter_mentor.figures.reports.report_workbook import write_municipal_report
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import get_municipality, law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.screens.reports.forms import ExtractForm, ReportForm, YearForm
from jobcenter_mentor.sheets.export.courses_out import export_courses

bp = Blueprint("reports", __name__, url_prefix="/rapporter")
EXTRACTS = {"statsregistrering": named_reports.REPORTS["statsregistrering"], "forloeb": export_courses}
"""The extracts with persons (udtræk), by the names that `export` knows them by."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@requires("statistics.read")
def index() -> str:
    """Show the reports, with the year to the end of the last whole month as the period."""
    month = last_finished_month(working_day())
    return _page(ReportForm(first=month.replace(month=1), last=month_of(month.year, month.month).last))


@bp.post("/kommune")
@requires("statistics.read")
def municipal() -> Response | tuple[str, int]:
    """Return the municipal report as a workbook."""
    form, user, on = ReportForm(), acting_user(), working_day()
    if form.with_courses.data and not may(user, "export.persons", on=on):
        abort(403)
    if form.validate_on_submit():
        with form.refusals_shown():
            content = _workbook(form)
            name = f"mentorindsats-{form.first.data}-{form.last.data}.xlsx"
            return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
    return _page(form), 422


@bp.get("/udtraek")
@requires("export.extract")
def extracts() -> str:
    """Show the extracts with persons to choose from."""
    _must_extract()
    on = working_day()
    return _extracts(ExtractForm(report="statsregistrering", first=on.replace(month=1, day=1), last=on))


@bp.post("/udtraek")
@requires("export.extract")
def extract() -> Response | tuple[str, int]:
    """Return the extract as a workbook; each person on it is logged with the reason."""
    _must_extract()
    form = ExtractForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                asked = NamedExtractOrder(**form.told(), by=acting_user(), on=working_day(), law=law(session))
                made = EXTRACTS[form.report.data](session, asked)
            name = f"{form.report.data}-{form.first.data}-{form.last.data}.xlsx"
            return send_file(BytesIO(made.content), mimetype=XLSX, as_attachment=True, download_name=name)
    return _extracts(form), 422


def _must_extract() -> None:
    """Refuse who may not take persons with their CPR numbers out."""
    if not _may_extract():
        abort(403)


def _may_extract() -> bool:
    return all(may(acting_user(), action, on=working_day()) for action in ("export.persons", "citizen.cpr"))


def _extracts(form: ExtractForm) -> str:
    return render_template("screens/reports/extracts.html", form=form)


@bp.get("/statistik")
@requires("statistics.read")
def evaluation() -> str | tuple[str, int]:
    """Show the municipality's figures beside the country's, one year or all years at a time."""
    found = _evaluation()
    form = YearForm(request.args)
    form.offer(found.years, found.until)
    valid = form.validate()
    year = form.year_chosen() if valid else None
    page = render_template(
        "screens/reports/statistics.html", found=found, form=form, year=year, since=SINCE, not_kept=NOT_KEPT
    )
    return page if valid else (page, 422)


@bp.get("/statistik/projektmappe")
@requires("statistics.read")
def evaluation_workbook() -> Response:
    """Return the tables with all years as a workbook."""
    found = _evaluation()
    with read_transaction() as session:
        municipality = get_municipality(session).name
    content = BytesIO(write_evaluation(found, municipality))
    name = f"mentorstatistik-til-{found.until}.xlsx"
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=name)


@bp.get("/korpset")
@requires("statistics.read")
def corps() -> str:
    """Show tables 4.1 and 4.5 for the municipality's own mentors beside the country's."""
    with read_transaction() as session:
        found = own_corps(session, actor=acting())
    return render_template("screens/reports/corps.html", found=found, columns=COLUMNS, source=SOURCE)


@bp.get("/datakvalitet")
@requires("quality.read")
def data_quality() -> ResponseReturnValue:
    """Show what running courses lack, by law and money; with `eftersyn` the courses of one check."""
    code, user, on = request.args.get("eftersyn", ""), acting_user(), working_day()
    if download.is_asked_for():
        return _quality_sheet(code)
    with read_transaction() as session:
        if code:
            return render_template(
                "screens/reports/quality_cases.html",
                found=quality.cases_of(session, code, actor=Actor(user, on), law=law(session)),
            )
        return render_template(
            "screens/reports/quality.html", findings=quality.overview(session, actor=Actor(user, on), law=law(session))
        )


def _quality_sheet(code: str) -> ResponseReturnValue:
    """Return the list of what is missing as a sheet, or with a code the courses of that check."""
    user, on = acting_user(), working_day()
    if not code:
        return download.open_as_sheet(
            "Datakvalitet",
            FINDINGS,
            lambda session: [
                found for found in quality.overview(session, actor=Actor(user, on), law=law(session)) if found.cases
            ],
            persons=False,
        )
    return download.open_as_sheet(
        "Datakvalitet, forløb",
        CASES,
        lambda session: quality.cases_of(session, code, actor=Actor(user, on), law=law(session)).cases,
        person=lambda case: case.citizen_id,
    )


def _evaluation() -> Evaluation:
    """Make the tables that the reader may see."""
    with read_transaction() as session:
        return evaluate(session, actor=acting())


def _workbook(form: ReportForm) -> bytes:
    """Make the report of the form."""
    with read_transaction() as session:
        by, on = acting_user(), working_day()
        report = service.municipal_report(session, **form.told(), actor=Actor(by, on), law=law(session))
        municipality = get_municipality(session).name
    return write_municipal_report(report, municipality)


def _page(form: ReportForm) -> str:
    """Render the page with the form as it is."""
    user, on = acting_user(), working_day()
    rights = {
        "may_list": may(user, "export.persons", on=on),
        "may_quality": may(user, "quality.read", on=on),
    }
    rights["may_survey"] = may(user, "survey.figures", on=on)
    return render_template("screens/reports/index.html", form=form, may_extract=_may_extract(), **rights)
