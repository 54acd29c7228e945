"""Sider under /klager: write down a complaint about a decision, and follow it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.citizens.service import reader_of, shown_name
from jobcenter_mentor.complaints import service
from jobcenter_mentor.complaints.columns import columns
from jobcenter_mentor.complaints.forms import AnswerForm, ComplaintForm, ForwardForm, ReviewForm
from jobcenter_mentor.complaints.service import BOARD_OUTCOMES, KINDS, OUTCOMES
from jobcenter_mentor.db import now, read_transaction, transaction
from jobcenter_mentor.locks import lock
from jobcenter_mentor.rules.service import law
from jobcenter_mentor.web import sheet
from jobcenter_mentor.web.door import acting_user, small_whole, working_day

bp = Blueprint("complaints", __name__, url_prefix="/klager")


@bp.get("")
@requires("complaint.read")
def index() -> ResponseReturnValue:
    """Klagerne, newest first; or the same list as a sheet."""
    by, on = acting_user(), working_day()
    reader = reader_of(by, on=on)
    if sheet.is_asked_for():
        return sheet.open_as_sheet(
            "Klager",
            columns(reader),
            lambda session: sheet.every_page(
                lambda number: service.list_complaints(session, page=number, by=by, on=on)
            ),
            chosen="Alle klager",
            person=lambda row: row.citizen.id,
        )
    with read_transaction() as session:
        page = service.list_complaints(session, page=request.args.get("page", 1, type=small_whole), by=by, on=on)
    shown = {"page": page, "kinds": KINDS, "on": on}
    return render_template("complaints/index.html", **shown, reader=reader, shown_name=shown_name)


@bp.get("/ny/<public_id>")
@requires("complaint.write")
def new(public_id: str) -> str:
    """Registrér en klage over en afgørelse."""
    return _new(public_id, ComplaintForm(formdata=None, data={"received_on": working_day()}))


@bp.post("/ny/<public_id>")
@requires("complaint.write")
def create(public_id: str) -> ResponseReturnValue:
    """Gem klagen; the clock begins."""
    form, by, on = ComplaintForm(), acting_user(), working_day()
    if form.validate_on_submit():
        told: dict[str, Any] = {"received_on": form.received_on.data, "text": form.text.data or ""}
        with form.refusals_shown():
            with transaction() as session:
                decision = service.get_decision(session, public_id, by=by, on=on)
                lock(session, decision)
                begun = now()
                complaint = service.receive(session, decision, **told, by=by, on=on, law=law(session))
            due = f"Den skal være genvurderet senest {complaint.review_due:%d.%m.%Y}."
            if complaint.recorded_at >= begun:
                flash(f"Klagen er registreret. {due}", "success")
            else:
                flash(f"Klagen var allerede registreret. {due}", "warning")
            return redirect(url_for("complaints.show", public_id=complaint.public_id), 303)
    return _new(public_id, form), 422


@bp.get("/<public_id>")
@requires("complaint.read")
def show(public_id: str) -> str:
    """Klagen og det næste skridt."""
    return _page(public_id)


@bp.post("/<public_id>/genvurder")
@requires("complaint.write")
def review(public_id: str) -> ResponseReturnValue:
    """Gem genvurderingen."""
    form = ReviewForm()
    form.outcome.choices = OUTCOMES
    told = {"outcome": form.outcome.data, "reviewed_on": form.reviewed_on.data, "note": form.note.data or ""}
    return _step(public_id, form, service.review, told, "Genvurderingen er gemt.")


@bp.post("/<public_id>/send")
@requires("complaint.write")
def forward(public_id: str) -> ResponseReturnValue:
    """Gem, at klagen er sendt til Ankestyrelsen."""
    form = ForwardForm()
    told = {"forwarded_on": form.forwarded_on.data}
    return _step(public_id, form, service.forward, told, "Klagen er sendt til Ankestyrelsen.")


@bp.post("/<public_id>/svar")
@requires("complaint.write")
def answer(public_id: str) -> ResponseReturnValue:
    """Gem Ankestyrelsens afgørelse."""
    form = AnswerForm()
    form.board_outcome.choices = BOARD_OUTCOMES
    told = {"board_outcome": form.board_outcome.data, "board_on": form.board_on.data}
    return _step(public_id, form, service.answer, told, "Ankestyrelsens afgørelse er gemt.")


def _step(public_id: str, form: Any, act: Any, told: dict[str, Any], done: str) -> ResponseReturnValue:
    """Carry one step out; a mistake shows the page with the form as it was filled in."""
    by, on = acting_user(), working_day()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                page = service.get_complaint(session, public_id, by=by, on=on, action="complaint.write")
                act(session, page.complaint, **told, by=by, on=on)
            flash(done, "success")
            return redirect(url_for("complaints.show", public_id=public_id), 303)
    return _page(public_id, form), 422


def _new(public_id: str, form: ComplaintForm) -> str:
    with read_transaction() as session:
        decision = service.get_decision(session, public_id, by=acting_user(), on=working_day())
        last_day = service.last_day_of(session, decision, law(session))
    return render_template(
        "complaints/new.html", form=form, decision=decision, last_day=last_day, kinds=KINDS, on=working_day()
    )


def _page(public_id: str, form: Any = None) -> str:
    by, on = acting_user(), working_day()
    with read_transaction() as session:
        page = service.get_complaint(session, public_id, by=by, on=on)
    review, forward, answer = (
        form if isinstance(form, kind) else kind(formdata=None, data={day: on})
        for kind, day in ((ReviewForm, "reviewed_on"), (ForwardForm, "forwarded_on"), (AnswerForm, "board_on"))
    )
    review.outcome.choices, answer.board_outcome.choices = {"": "Vælg"} | OUTCOMES, {"": "Vælg"} | BOARD_OUTCOMES
    shown = {"review": review, "forward": forward, "answer": answer, "sent": form}
    names = {"kinds": KINDS, "outcomes": OUTCOMES, "board_outcomes": BOARD_OUTCOMES}
    may_write = may(by, "complaint.write", on=on, subject=page.complaint)
    return render_template("complaints/show.html", page=page, on=on, may_write=may_write, **shown, **names)
