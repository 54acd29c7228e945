"""Pages under /borgere/…/hensyn: facts that letters, matching and meetings follow, and a new CPR number."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.domain.kernel.consideration_kinds import KINDS
from jobcenter_mentor.people.citizens import considerations, cpr_numbers, service
from jobcenter_mentor.people.citizens.considerations import NewConsideration
from jobcenter_mentor.people.citizens.forms import ConsiderationForm, EndForm, NumberForm
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, working_day

bp = Blueprint("facts", __name__, url_prefix="/borgere")
WRITE = "citizen.contact.write"


@bp.get("/<public_id>/hensyn")
@requires(WRITE)
def new(public_id: str) -> str:
    """Show the empty form of a kind of consideration."""
    form, kind = _form()
    form.valid_from.data = working_day()
    return _shown(form, _citizen(public_id), kind)


@bp.post("/<public_id>/hensyn")
@requires(WRITE)
def create(public_id: str) -> ResponseReturnValue:
    """Store the consideration; a mistake shows the form again as it was filled in."""
    (form, kind), actor = _form(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.get_citizen(session, public_id, actor=actor, action=WRITE)
                considerations.record(session, citizen, NewConsideration(kind, **form.told()), actor=actor)
            flash("Det særlige hensyn er gemt.", "success")
            return redirect(url_for("citizens.show", public_id=public_id, _anchor="h-hensyn"), 303)
    return _shown(form, _citizen(public_id), kind), 422


@bp.get("/hensyn/<public_id>")
@requires(WRITE)
def edit(public_id: str) -> str:
    """Show the form that ends a consideration."""
    return _ending(EndForm(last_day=working_day()), public_id)


@bp.post("/hensyn/<public_id>")
@requires(WRITE)
def end(public_id: str) -> ResponseReturnValue:
    """End the consideration; it stays on the list of earlier ones."""
    form, actor = EndForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                row, citizen = considerations.get(session, public_id, actor=actor)
                last_day, because = form.last_day.data, form.because.data or ""
                considerations.end(session, row, citizen, last_day=last_day, because=because, actor=actor)
            flash("Det særlige hensyn er afsluttet.", "success")
            return redirect(url_for("citizens.show", public_id=citizen.public_id, _anchor="h-hensyn"), 303)
    return _ending(form, public_id), 422


@bp.get("/<public_id>/nyt-cpr")
@requires(WRITE)
def number(public_id: str) -> str:
    """Show the form for a new CPR number."""
    form = NumberForm(formdata=None, replaced_on=working_day())
    return render_template("people/citizens/number.html", form=form, citizen=_citizen(public_id))


@bp.post("/<public_id>/nyt-cpr")
@requires(WRITE)
def change_number(public_id: str) -> ResponseReturnValue:
    """Store the new CPR number; the citizen is still found by the old one."""
    form, actor = NumberForm(), acting()
    if form.validate_on_submit():
        since, reason = form.replaced_on.data or actor.day, form.reason.data or ""
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.get_citizen(session, public_id, actor=actor, action=WRITE)
                cpr_numbers.change(session, citizen, form.cpr.data or "", replaced_on=since, reason=reason, actor=actor)
            flash("CPR-nummeret er skiftet. Borgeren findes stadig på det gamle.", "success")
            return redirect(url_for("citizens.show", public_id=public_id), 303)
    return render_template("people/citizens/number.html", form=form, citizen=_citizen(public_id)), 422


def _form() -> tuple[ConsiderationForm, str]:
    """Return the form with the fields of the kind that the address names, the first for an unknown one."""
    asked = request.args.get("slags", "")
    kind = asked if asked in KINDS else next(iter(KINDS))
    form = ConsiderationForm()
    form.keep_fields_of(kind)
    return form, kind


def _citizen(public_id: str) -> Citizen:
    with read_transaction() as session:
        return service.view_citizen(session, public_id, actor=acting(), action=WRITE)


def _shown(form: ConsiderationForm, citizen: Citizen, kind: str) -> str:
    return render_template("people/citizens/consideration.html", form=form, citizen=citizen, kind=kind, kinds=KINDS)


def _ending(form: EndForm, public_id: str) -> str:
    actor = acting()
    with read_transaction() as session:
        row, citizen = considerations.get(session, public_id, actor=actor)
        service.view_citizen(session, citizen.public_id, actor=actor, action=WRITE)
    return render_template("people/citizens/consideration_end.html", form=form, citizen=citizen, row=row, kinds=KINDS)
