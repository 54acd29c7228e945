"""Sider under /leverandoerer, and the suppliers' own home /leverandoer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.grants import service as grants
from jobcenter_mentor.grants.service import GrantFilter
from jobcenter_mentor.suppliers import service
from jobcenter_mentor.suppliers.forms import ContractForm, SupplierForm
from jobcenter_mentor.suppliers.service import NewSupplier
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("suppliers", __name__)


@bp.get("/leverandoer")
@requires("grant.read")
def home() -> str:
    """Vores forløb: the courses in the user's scope, those that end first on top."""
    with transaction() as session:
        chosen = GrantFilter(page=request.args.get("page", 1, type=int))
        page = grants.list_grants(session, chosen, by=acting_user(), on=working_day())
        own = service.list_suppliers(session, by=acting_user(), on=working_day())
    return render_template("suppliers/home.html", page=page, own=own, on=working_day())


@bp.get("/leverandoerer")
@requires("supplier.read")
def index() -> str:
    """Leverandørerne med deres kontrakter."""
    return _page(SupplierForm(formdata=None))


@bp.post("/leverandoerer")
@requires("supplier.write")
def create() -> ResponseReturnValue:
    """Opret en leverandør."""
    form = SupplierForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                made = service.register(session, NewSupplier(**form.told()), by=acting_user(), on=working_day())
            flash("Leverandøren er oprettet.", "success")
            return redirect(url_for("suppliers.show", public_id=made.public_id), 303)
    return _page(form), 422


@bp.get("/leverandoerer/<public_id>")
@requires("supplier.read")
def show(public_id: str) -> str:
    """Én leverandør med priser."""
    return _card(public_id, ContractForm(formdata=None))


@bp.post("/leverandoerer/<public_id>/kontrakt")
@requires("supplier.write")
def contract(public_id: str) -> ResponseReturnValue:
    """Tilføj en kontrakt."""
    form, by, on = ContractForm(), acting_user(), working_day()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                supplier = service.get_supplier(session, public_id, by=by, on=on)
                service.add_contract(session, supplier, **form.told(), by=by, on=on)
            flash("Kontrakten er gemt.", "success")
            return redirect(url_for("suppliers.show", public_id=public_id), 303)
    return _card(public_id, form), 422


def _page(form: SupplierForm) -> str:
    with transaction() as session:
        found = service.list_suppliers(session, by=acting_user(), on=working_day())
    may_write = may(acting_user(), "supplier.write", on=working_day())
    return render_template("suppliers/index.html", suppliers=found, form=form, may_write=may_write, on=working_day())


def _card(public_id: str, form: ContractForm) -> str:
    by, on = acting_user(), working_day()
    with transaction() as session:
        supplier = service.get_supplier(session, public_id, by=by, on=on)
        audit.record(session, by=by, action="supplier.read", subject="supplier", subject_id=public_id)
    return render_template(
        "suppliers/show.html", supplier=supplier, form=form, may_write=may(by, "supplier.write", on=on)
    )
