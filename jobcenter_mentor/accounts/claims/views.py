"""Pages under /refusion: the controller's work list, invoices, time sheets, the months of a course and the claims."""

from dataclasses import replace
from functools import partial
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from jobcenter_mentor.accounts.claims import refund_course, service
from jobcenter_mentor.accounts.claims.claim_workbook import workbook
from jobcenter_mentor.accounts.claims.forms import ClaimForm, InvoiceForm, InvoiceLineReasonForm, RejectForm
from jobcenter_mentor.accounts.claims.sheet import CHAIN, CLAIMS, TIME_SHEETS, WORK_LIST
from jobcenter_mentor.accounts.invoices import approval, timesheets, wages
from jobcenter_mentor.accounts.invoices import service as invoices
from jobcenter_mentor.accounts.invoices.invoice_line import UNCHANGED, NewInvoiceLine
from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.domain.accounts.delivery_check import HEADINGS
from jobcenter_mentor.domain.accounts.settlement import ITEMS
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.periods import months_before
from jobcenter_mentor.people.suppliers import service as suppliers
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import get_municipality, law
from jobcenter_mentor.platform.pages.door import acting, acting_user, small_whole, working_day
from jobcenter_mentor.platform.workbook import XLSX

bp = Blueprint("accounting", __name__, url_prefix="/refusion")
RIGHTS = (
    "invoice.read",
    "import.invoices",
    "invoice.match",
    "invoice.release",
    "claim.read",
    "claim.draft",
    "claim.close",
    "claim.export",
    "hours.approve",
)
WORDS = {"headings": HEADINGS, "items": ITEMS, "statuses": approval.STATUSES, "status_of": approval.status_of}
"""What the pages of lines say of them: checks, kinds of cost and where each stands."""


@bp.get("")
@requires("invoice.read")
def index() -> ResponseReturnValue:
    """Show the work list, or return it as a sheet."""
    by, on, chosen = acting_user(), working_day(), approval.chosen_lines(request.args)
    if download.is_asked_for():
        title = f"Fakturalinjer {approval.STATUSES[chosen.status]}"
        return download.open_as_sheet(
            title,
            WORK_LIST,
            lambda session: download.every_page(
                lambda number: approval.list_lines(session, replace(chosen, page=number), actor=Actor(by, on))
            ),
            chosen=chosen.words,
            person=lambda one: one.line.citizen_id,
        )
    with read_transaction() as session:
        page = approval.list_lines(session, chosen, actor=Actor(by, on))
        waiting = approval.waiting(session, actor=Actor(by, on))
        unclaimed = service.unclaimed(session, actor=Actor(by, on)) if may(by, "claim.read", on=on) else None
    shown = {"page": page, "waiting": waiting, "unclaimed": unclaimed, "chosen": chosen, "on": on}
    return render_template("accounts/claims/index.html", **shown, **WORDS, **_rights())


@bp.get("/linjer/<public_id>")
@requires("invoice.read")
def line(public_id: str) -> str:
    """Show a line with its differences."""
    return _line_page(public_id, InvoiceLineReasonForm(formdata=None), RejectForm(formdata=None))


@bp.post("/linjer/<public_id>/kontroller")
@requires("invoice.match")
def match(public_id: str) -> ResponseReturnValue:
    """Match a line."""
    form, actor = InvoiceLineReasonForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = approval.get_line(session, public_id, actor=actor, action="invoice.match")
                approval.match(session, found, note=form.note.data or "", actor=actor)
            flash("Linjen er kontrolleret. En anden skal frigive den.", "success")
            return redirect(url_for("accounting.index"), 303)
    return _line_page(public_id, form, RejectForm(formdata=None)), 422


@bp.post("/linjer/<public_id>/afvis")
@requires("invoice.match")
def reject(public_id: str) -> ResponseReturnValue:
    """Reject a line."""
    form, actor = RejectForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = approval.get_line(session, public_id, actor=actor, action="invoice.match")
                approval.reject(session, found, reason=form.reason.data or "", actor=actor)
            flash("Linjen er afvist. Afsenderen kan se hvorfor.", "success")
            return redirect(url_for("accounting.index"), 303)
    return _line_page(public_id, InvoiceLineReasonForm(formdata=None), form), 422


@bp.post("/linjer/<public_id>/frigiv")
@requires("invoice.release")
def release(public_id: str) -> ResponseReturnValue:
    """Release a line for payment."""
    form, actor = InvoiceLineReasonForm(), acting()
    with form.refusals_shown():
        with transaction() as session:
            found = approval.get_line(session, public_id, actor=actor, action="invoice.release")
            approval.release(session, found, actor=actor)
        flash("Linjen er frigivet til betaling.", "success")
        return redirect(url_for("accounting.index", status=approval.MATCHED), 303)
    return _line_page(public_id, form, RejectForm(formdata=None)), 422


@bp.post("/kontroller-alle")
@requires("invoice.match")
def match_all() -> Response:
    """Match all lines without differences."""
    with transaction() as session:
        count = approval.match_all(session, actor=acting())
    flash(f"{count} linjer uden afvigelser er kontrolleret.", "success")
    return redirect(url_for("accounting.index"), 303)


@bp.post("/frigiv-alle")
@requires("invoice.release")
def release_all() -> Response:
    """Release all lines that others have matched."""
    with transaction() as session:
        count = approval.release_all(session, actor=acting())
    flash(f"{count} linjer er frigivet. Dem, du selv har kontrolleret, skal en anden frigive.", "success")
    return redirect(url_for("accounting.index", status=approval.MATCHED), 303)


@bp.get("/fakturaer/ny")
@requires("import.invoices")
def new_invoice() -> str:
    """Show the form of an invoice."""
    form = InvoiceForm(formdata=None)
    with read_transaction() as session:
        own = suppliers.list_suppliers(session, actor=acting())
    if len(own) == 1:
        form.sender.data, form.cvr.data = own[0].name, own[0].cvr
    return render_template("accounts/claims/new.html", form=form)


@bp.post("/fakturaer/ny")
@requires("import.invoices")
def create_invoice() -> ResponseReturnValue:
    """Store an invoice entered by hand."""
    form, actor = InvoiceForm(), acting()
    if form.validate_on_submit() and not form.gaps():
        rows = [NewInvoiceLine(**row) for row in form.told()]
        try:
            with transaction() as session:
                taken = invoices.take_in(session, rows, actor=actor, source="hånd")
            if all(one.status == UNCHANGED for one in taken):
                flash("Fakturaen var gemt i forvejen med de samme linjer. Intet er ændret.", "warning")
                return redirect(url_for("accounting.index"), 303)
            flash("Fakturaen er gemt. Linjerne står på arbejdslisten.", "success")
            return redirect(url_for("accounting.index"), 303)
        except ValidationFailed as error:
            form.place(error.errors)
    return render_template("accounts/claims/new.html", form=form), 422


@bp.get("/fakturaer/<public_id>")
@requires("invoice.read")
def invoice(public_id: str) -> str:
    """Show an invoice with its lines."""
    with read_transaction() as session:
        head, lines = approval.list_of_invoice(session, public_id, actor=acting())
    return render_template("accounts/claims/invoice.html", head=head, lines=lines, **WORDS)


@bp.get("/timesedler")
@requires("hours.read")
def sheets() -> ResponseReturnValue:
    """Show the month's time sheets, or return them as a sheet."""
    (year, month), actor = _month(), acting()
    if download.is_asked_for():
        return download.open_as_sheet(
            f"Timesedler {month:02}.{year}",
            TIME_SHEETS,
            lambda session: timesheets.list_sheets(session, year=year, month=month, actor=actor),
            chosen=f"{month:02}.{year}",
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        rows = timesheets.list_sheets(session, year=year, month=month, actor=actor)
    return render_template("accounts/claims/sheets.html", rows=rows, year=year, month=month, **_rights())


@bp.post("/timesedler")
@requires("hours.approve")
def draw_sheets() -> Response:
    """Make the month's time sheets from the log."""
    year, month = _month()
    with transaction() as session:
        count = timesheets.draw(session, year=year, month=month, actor=acting())
    flash(f"{count} timesedler er lavet eller opdateret.", "success")
    return redirect(url_for("accounting.sheets", aar=year, maaned=month), 303)


@bp.post("/timesedler/godkend")
@requires("hours.approve")
def approve_sheets() -> Response:
    """Approve the chosen time sheets."""
    year, month = _month()
    with transaction() as session:
        count = timesheets.approve(session, request.form.getlist("sheet"), actor=acting())
    flash(f"{count} timesedler er godkendt.", "success")
    return redirect(url_for("accounting.sheets", aar=year, maaned=month), 303)


@bp.post("/loen")
@requires("claim.draft")
def book_wages() -> Response:
    """Make the month's wage lines from approved time sheets."""
    year, month = _month()
    with transaction() as session:
        booked = wages.book(session, year=year, month=month, actor=acting())
    flash(f"{len(booked.lines)} lønlinjer er lavet.", "success")
    for gap in booked.gaps:
        flash(gap, "error")
    return redirect(url_for("accounting.index"), 303)


@bp.get("/kaeden")
@requires("hours.read")
def chain_of_month() -> ResponseReturnValue:
    """Show a month from grant to refund, or return it as a sheet."""
    (year, month), differing = _month(), "forskelle" in request.args
    of_page = partial(refund_course.of_month, year=year, month=month, differing=differing, actor=acting())
    if download.is_asked_for():
        when, words = f"{month:02}.{year}", ", kun afvigelser" * differing
        return download.open_as_sheet(
            f"Bevilling til refusion {when}",
            CHAIN,
            lambda session: download.every_page(lambda number: of_page(session, page=number)),
            chosen=when + words,
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        rows = of_page(session, page=max(1, request.args.get("page", 1, type=small_whole)))
    return render_template("accounts/claims/month.html", page=rows, year=year, month=month, differing=differing)


@bp.get("/kaeden/<public_id>")
@requires("hours.read")
def chain_of_course(public_id: str) -> str:
    """Show a course from grant to refund."""
    with read_transaction() as session:
        chain = refund_course.of_course(session, public_id, actor=acting())
    return render_template("accounts/claims/course.html", chain=chain, **WORDS, **_rights())


@bp.get("/opgoerelser")
@requires("claim.read")
def claims() -> ResponseReturnValue:
    """Show the claims, or return them as a sheet, which names nobody."""
    if download.is_asked_for():
        return download.open_as_sheet(
            "Refusionsopgørelser",
            CLAIMS,
            partial(service.list_claims, actor=acting()),
            persons=False,
        )
    return _claims_page(ClaimForm(formdata=None))


@bp.post("/opgoerelser")
@requires("claim.draft")
def draft_claim() -> ResponseReturnValue:
    """Draft a claim."""
    form, actor = ClaimForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                made = service.draft(session, law(session), **form.told(), actor=actor)
            flash("Udkastet er lavet. En anden skal lukke opgørelsen.", "success")
            return redirect(url_for("accounting.claim", public_id=made.public_id), 303)
    return _claims_page(form), 422


@bp.get("/opgoerelser/<public_id>")
@requires("claim.read")
def claim(public_id: str) -> str:
    """Show a claim with its lines by account."""
    with read_transaction() as session:
        found = service.get_claim(session, public_id)
        accounts = service.accounts(session, found, actor=acting())
    return render_template("accounts/claims/claim.html", claim=found, accounts=accounts, **_rights())


@bp.post("/opgoerelser/<public_id>/beregn")
@requires("claim.draft")
def reckon_claim(public_id: str) -> Response:
    """Calculate a draft again."""
    with transaction() as session:
        found = service.get_claim(session, public_id)
        service.reckon(session, found, law(session), actor=acting())
    flash("Udkastet er beregnet igen.", "success")
    return redirect(url_for("accounting.claim", public_id=public_id), 303)


@bp.post("/opgoerelser/<public_id>/slet")
@requires("claim.draft")
def discard_claim(public_id: str) -> Response:
    """Delete a draft."""
    with transaction() as session:
        service.discard(session, service.get_claim(session, public_id), by=acting_user())
    flash("Udkastet er slettet.", "success")
    return redirect(url_for("accounting.claims"), 303)


@bp.post("/opgoerelser/<public_id>/luk")
@requires("claim.close")
def close_claim(public_id: str) -> Response:
    """Close a claim."""
    with transaction() as session:
        found = service.get_claim(session, public_id)
        service.close(session, found, law(session), actor=acting())
    flash("Opgørelsen er lukket og kan ikke ændres.", "success")
    return redirect(url_for("accounting.claim", public_id=public_id), 303)


@bp.get("/opgoerelser/<public_id>/ark")
@requires("claim.export")
def claim_workbook(public_id: str) -> Response:
    """Return the claim as an Excel workbook."""
    with read_transaction() as session:
        found, by, on = service.get_claim(session, public_id), acting_user(), working_day()
        municipality = get_municipality(session).name
        content = workbook(
            found, service.accounts(session, found, actor=Actor(by, on)), municipality, actor=Actor(by, on)
        )
    name = f"refusion-{found.first_day}-{found.last_day}.xlsx"
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


def _month() -> tuple[int, int]:
    """Read year and month (`aar`, `maaned`); the month before the working day where they can't be read."""
    before = months_before(working_day().replace(day=1), 1)
    year, month = request.values.get("aar", type=small_whole), request.values.get("maaned", type=small_whole)
    read = year is not None and month is not None and 2000 <= year <= 2100 and 1 <= month <= 12
    return (year, month) if read and year and month else (before.year, before.month)


def _rights() -> dict[str, object]:
    """Return what the user may do, for the buttons."""
    user, on = acting_user(), working_day()
    return {"rights": {action for action in RIGHTS if may(user, action, on=on)}}


def _line_page(public_id: str, match_form: InvoiceLineReasonForm, reject_form: RejectForm) -> str:
    with read_transaction() as session:
        checked = approval.show_line(session, public_id, actor=acting())
        others = approval.siblings(session, checked.line, actor=acting())
    shown = {"match_form": match_form, "reject_form": reject_form, "others": others}
    return render_template("accounts/claims/line.html", checked=checked, **shown, **WORDS, **_rights())


def _claims_page(form: ClaimForm) -> str:
    actor = acting()
    with read_transaction() as session:
        rows = service.list_claims(session, actor=actor)
        unclaimed = service.unclaimed(session, actor=actor)
    return render_template("accounts/claims/claims.html", rows=rows, unclaimed=unclaimed, form=form, **_rights())
