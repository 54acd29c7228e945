"""Pages under /leverandoerer, and the suppliers' own home /leverandoer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.service import GrantFilter
from jobcenter_mentor.people.mentors import place_functions
from jobcenter_mentor.people.suppliers import companies, frame_contracts, service
from jobcenter_mentor.people.suppliers.companies import NewCompanyAgreement
from jobcenter_mentor.people.suppliers.frame_contracts import NewFrameContract
from jobcenter_mentor.people.suppliers.service import NewSupplier
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, small_whole, working_day
from jobcenter_mentor.screens.supplier_home import queries
from jobcenter_mentor.screens.supplier_home.forms import CompanyForm, ContractForm, FrameContractForm, SupplierForm
from jobcenter_mentor.screens.supplier_home.sheet import OWN_COURSES

bp = Blueprint("suppliers", __name__)


@bp.get("/leverandoer")
@requires("supplier.home")
def home() -> ResponseReturnValue:
    """Show the courses in the user's scope, those that end first on top, or the same list as a sheet."""
    if download.is_asked_for():
        return _home_as_sheet()
    with read_transaction() as session:
        chosen = GrantFilter(page=request.args.get("page", 1, type=small_whole))
        page = grants.list_grants(session, chosen, actor=acting())
        own = service.list_suppliers(session, actor=acting())
        ledgers = [(one, queries.get_ledger(session, one, actor=acting())) for one in own]
    return render_template("screens/supplier_home/home.html", page=page, ledgers=ledgers, on=working_day())


def _home_as_sheet() -> ResponseReturnValue:
    """Return the list of courses as a sheet."""
    actor = acting()
    return download.open_as_sheet(
        "Vores forløb",
        OWN_COURSES,
        lambda session: download.every_page(
            lambda number: grants.list_grants(session, GrantFilter(page=number), actor=actor)
        ),
        chosen="Løbende forløb",
        person=lambda row: row.citizen_id,
    )


@bp.get("/leverandoerer")
@requires("supplier.read")
def index() -> str:
    """Show the suppliers with their contracts."""
    return _page(SupplierForm(formdata=None))


@bp.post("/leverandoerer")
@requires("supplier.write")
def create() -> ResponseReturnValue:
    """Add a supplier."""
    form = SupplierForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                made = service.register(session, NewSupplier(**form.told()), actor=acting())
            flash("Leverandøren er oprettet.", "success")
            return redirect(url_for("suppliers.show", public_id=made.public_id), 303)
    return _page(form), 422


@bp.get("/leverandoerer/<public_id>")
@requires("supplier.read")
def show(public_id: str) -> str:
    """Show a supplier with its prices."""
    return _card(public_id, _offered(ContractForm(formdata=None), public_id))


@bp.post("/leverandoerer/<public_id>/kontrakt")
@requires("supplier.write")
def contract(public_id: str) -> ResponseReturnValue:
    """Add a contract."""
    form, actor = _offered(ContractForm(), public_id), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                supplier = service.get_supplier(session, public_id, actor=actor)
                chosen = frame_contracts.frame_of(supplier, form.frame.data)
                service.add_contract(session, supplier, **form.told(), frame=chosen, actor=actor)
            flash("Prisen er gemt.", "success")
            return redirect(url_for("suppliers.show", public_id=public_id), 303)
    return _card(public_id, form), 422


@bp.post("/leverandoerer/<public_id>/ramme")
@requires("supplier.write")
def frame(public_id: str) -> ResponseReturnValue:
    """Add a frame contract."""
    form, actor = FrameContractForm(prefix="ramme-"), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                supplier = service.get_supplier(session, public_id, actor=actor)
                frame_contracts.add_frame(session, supplier, NewFrameContract(**form.told()), actor=actor)
            flash("Rammekontrakten er gemt.", "success")
            return redirect(url_for("suppliers.show", public_id=public_id), 303)
    return _card(public_id, _offered(ContractForm(formdata=None), public_id), form), 422


@bp.get("/virksomheder")
@requires("mentor.write")
def companies_index() -> str:
    """Show the company agreements: released hours and places, and what the place mentors use of them."""
    return _companies(CompanyForm(formdata=None, valid_from=working_day()))


@bp.post("/virksomheder")
@requires("mentor.write")
def agree() -> ResponseReturnValue:
    """Add a company agreement."""
    form, actor = CompanyForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                companies.agree(session, NewCompanyAgreement(**form.told()), actor=actor)
            flash("Virksomhedsaftalen er gemt.", "success")
            return redirect(url_for("suppliers.companies_index"), 303)
    return _companies(form), 422


def _companies(form: CompanyForm) -> str:
    actor = acting()
    with read_transaction() as session:
        found = companies.list_agreements(session, actor=actor)
        placed = place_functions.list_of_agreements(session, [one.id for one in found], actor.day)
    return render_template(
        "screens/supplier_home/companies.html", agreements=found, placed=placed, form=form, on=actor.day
    )


def _offered(form: ContractForm, public_id: str) -> ContractForm:
    """Offer the frame contracts of the supplier."""
    with read_transaction() as session:
        supplier = service.get_supplier(session, public_id, actor=acting())
        form.offer([(one.public_id, one.title) for one in supplier.frames])
    return form


def _page(form: SupplierForm) -> str:
    with read_transaction() as session:
        found = service.list_suppliers(session, actor=acting())
    may_write = may(acting_user(), "supplier.write", on=working_day())
    return render_template(
        "screens/supplier_home/index.html", suppliers=found, form=form, may_write=may_write, on=working_day()
    )


def _card(public_id: str, form: ContractForm, frame_form: FrameContractForm | None = None) -> str:
    actor = acting()
    with read_transaction() as session:
        supplier = service.get_supplier(session, public_id, actor=actor)
        audit.record(session, by=actor.user, action="supplier.read", subject="supplier", subject_id=public_id)
        page = queries.get_ledger(session, supplier, actor=actor)
    return render_template(
        "screens/supplier_home/show.html",
        supplier=supplier,
        ledger=page,
        form=form,
        frame_form=frame_form or FrameContractForm(formdata=None, prefix="ramme-"),
        may_write=actor.may("supplier.write"),
        on=actor.day,
    )
