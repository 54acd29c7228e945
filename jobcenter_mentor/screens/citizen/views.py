"""Pages under /borgere: the list, the search, the citizen's page, and the forms that change master data."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casework.grants import citizen_change
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.referrals import queries as referral_queries
from jobcenter_mentor.domain.kernel.consideration_kinds import KINDS, LETTERS
from jobcenter_mentor.domain.kernel.errors import NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.people.citizens import service
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import CitizenFilter, ContactData, NewCitizen
from jobcenter_mentor.people.citizens.sheet import columns
from jobcenter_mentor.people.mentors import service as mentors
from jobcenter_mentor.people.mentors.service import MentorFilter
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import may, needs_reason, requires
from jobcenter_mentor.platform.database.db import read_transaction, reading, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.screens.citizen import queries
from jobcenter_mentor.screens.citizen.forms import (
    AmendForm,
    CitizenFilterForm,
    CitizenForm,
    CitizenSearchForm,
    CitizenStatusForm,
    HiddenFactReasonForm,
    SearchForm,
    TargetGroupForm,
    as_chosen,
)

ALREADY = ("Målgruppe og visitation var allerede gemt fra den dag. Intet er ændret.", "warning")

bp = Blueprint("citizens", __name__, url_prefix="/borgere")
NUMBER = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
"""The pattern of a CPR number."""
NAMES = {"benefits": BENEFITS, "visitations": VISITATIONS, "mentor_types": MENTOR_TYPES}
TargetGroup = TypeVar("TargetGroup", bound=TargetGroupForm)
FACTS = {"kinds": KINDS, "letter_ways": LETTERS}


@bp.get("")
@requires("citizen.status.read")
def index() -> ResponseReturnValue:
    """Show the list of citizens (borgerliste), with filter, sort and count, or the same list as a sheet."""
    if download.is_asked_for():
        return _as_sheet()
    return _list(CitizenSearchForm(formdata=None))


@bp.post("/cpr")
@requires("citizen.find")
def find() -> ResponseReturnValue:
    """Find a citizen by CPR number; never in an address, and not for who must give a reason for each look."""
    if needs_reason(acting_user(), "citizen.find", on=working_day()):
        raise NotAllowed("Det kræver en skriftlig begrundelse. Åbn borgeren fra listen, og skriv den der.")
    form = CitizenSearchForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.find_by_cpr(session, form.cpr.data, actor=acting())
            if citizen is not None:
                return redirect(url_for("citizens.show", public_id=citizen.public_id), 303)
            form.cpr.errors = ["Ingen borger i dit team har det nummer. Opret borgeren, hvis borgeren er ny."]
    return _list(form), 422


@bp.post("/soeg")
@requires("citizen.name")
def seek() -> ResponseReturnValue:
    """Search for what the box on every page holds; a CPR number opens its citizen and is never in an address."""
    text = (SearchForm().q.data or "")[:100]
    if NUMBER.search(text):
        return redirect(_found_by_number(text), 303)
    with read_transaction() as session:
        courses = grants.find_courses(session, text, actor=acting())
    if len(courses) == 1 and courses[0].case_number == text.strip():
        return redirect(url_for("grants.show", public_id=courses[0].public_id), 303)
    return redirect(url_for("citizens.search", q=text), 303)


@bp.get("/soeg")
@requires("citizen.name")
def search() -> ResponseReturnValue:
    """Search names, case numbers and mentors; a CPR number in the address is neither searched for nor shown."""
    form, actor = SearchForm(request.args), acting()
    text = (form.q.data or "")[:100]
    if NUMBER.search(text):
        flash("Et CPR-nummer må ikke stå i en adresse. Skriv det i søgefeltet øverst.", "warning")
        return redirect(url_for("citizens.search"), 303)
    with read_transaction() as session:
        found = {
            "citizens": service.search(session, text, actor=actor),
            "courses": grants.find_courses(session, text, actor=actor),
            "cases": referral_queries.find_cases(session, text, actor=actor),
            "mentors": mentors.list_mentors(session, MentorFilter(text=text), actor=actor) if text.strip() else [],
        }
    return render_template("screens/citizen/search.html", form=form, asked=text, found=found, **queries.seen_by(actor))


def _found_by_number(text: str) -> str:
    """Return the address of the citizen with a CPR number, or of the search where none may be shown."""
    by, on, nowhere = acting_user(), working_day(), url_for("citizens.search")
    if not may(by, "citizen.find", on=on) or needs_reason(by, "citizen.find", on=on):
        flash("Din rolle kan ikke søge på CPR-nummer. Søg på navn eller sagsnummer.", "warning")
        return nowhere
    try:
        with transaction() as session:
            citizen = service.find_by_cpr(session, text, actor=Actor(by, on))
    except ValidationFailed as error:
        flash(error.message, "warning")
        return nowhere
    if citizen is None:
        flash("Ingen borger i dit team har det nummer. Opret borgeren, hvis borgeren er ny.", "warning")
        return nowhere
    return url_for("citizens.show", public_id=citizen.public_id)


@bp.get("/<public_id>")
@requires("citizen.status.read")
def show(public_id: str) -> str:
    """Show the citizen: master data, target group over time, referrals, courses and letters."""
    actor = acting()
    with read_transaction() as session:
        profile = service.get_profile(session, public_id, actor=actor)
        parts = queries.parts_of(session, profile.citizen, actor=actor)
    return render_template(
        "screens/citizen/show.html",
        profile=profile,
        on=actor.day,
        **parts,
        **NAMES,
        **FACTS,
        **queries.seen_by(actor),
    )


@bp.get("/ny")
@requires("citizen.contact.write")
def new() -> str:
    """Show the empty form of a new citizen."""
    form = CitizenForm(status_from=working_day())
    form.team.choices = service.teams_of(acting_user(), on=working_day())
    return render_template("screens/citizen/new.html", form=_offered(form))


@bp.post("/ny")
@requires("citizen.contact.write")
def create() -> ResponseReturnValue:
    """Register a citizen; a mistake shows the form again as it was filled in."""
    form, actor = CitizenForm(), acting()
    form.team.choices = service.teams_of(actor.user, on=actor.day)
    if form.validate_on_submit():
        given = form.told(NewCitizen.__dataclass_fields__)
        given |= form.group() | {"team_id": form.team.data, "caseworker_id": actor.user.id}
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.register(session, NewCitizen(**given), actor=actor, law=law(session))
            flash("Borgeren er oprettet.", "success")
            return redirect(url_for("citizens.show", public_id=citizen.public_id), 303)
    return render_template("screens/citizen/new.html", form=_offered(form)), 422


@bp.get("/<public_id>/ret")
@requires("citizen.contact.write")
def edit(public_id: str) -> str:
    """Show the master data to correct; those of a protected citizen are shown after a reason only."""
    citizen = _citizen(public_id, "citizen.contact.write")
    if citizen.protected:
        return _ask_reason(HiddenFactReasonForm(formdata=None), "citizens.edit_protected", public_id)
    return render_template("screens/citizen/edit.html", form=AmendForm(formdata=None, obj=citizen), citizen=citizen)


@bp.post("/<public_id>/ret-beskyttet")
@requires("citizen.protected")
def edit_protected(public_id: str) -> ResponseReturnValue:
    """Show the master data of a protected citizen, once the reason is given and logged."""
    form, actor = HiddenFactReasonForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.get_citizen(session, public_id, actor=actor, action="citizen.protected")
                service.show_protected(session, citizen, actor=actor, reason=form.reason.data or "")
            return render_template(
                "screens/citizen/edit.html", form=AmendForm(formdata=None, obj=citizen), citizen=citizen
            )
    return _ask_reason(form, "citizens.edit_protected", public_id), 422


@bp.post("/<public_id>/ret")
@requires("citizen.contact.write")
def amend(public_id: str) -> ResponseReturnValue:
    """Store the master data, unless somebody else changed them meanwhile."""
    form, actor = AmendForm(), acting()
    citizen = _citizen(public_id, "citizen.contact.write")
    if form.validate_on_submit():
        contact = ContactData(**form.told(ContactData.__dataclass_fields__))
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_citizen(session, public_id, actor=actor, action="citizen.contact.write")
                lock(session, found)
                service.amend_contact(session, found, contact, version=form.version.data or 0, actor=actor)
            flash("Oplysningerne er gemt.", "success")
            return redirect(url_for("citizens.show", public_id=public_id), 303)
    form.renew(citizen.version)
    return render_template("screens/citizen/edit.html", form=form, citizen=citizen), 409 if form.is_stale else 422


@bp.get("/<public_id>/status")
@requires("citizen.status.write")
def status(public_id: str) -> str:
    """Show the form for a new target group or visitation, with the values of today."""
    citizen = _citizen(public_id, "citizen.status.write")
    known, on = citizen.status_on(working_day()), working_day()
    form = CitizenStatusForm(formdata=None, data=(as_chosen(known) if known else {}) | {"valid_from": on})
    return render_template("screens/citizen/status.html", form=_offered(form, citizen), citizen=citizen)


@bp.post("/<public_id>/status")
@requires("citizen.status.write")
def set_status(public_id: str) -> ResponseReturnValue:
    """Store target group and visitation from a day on."""
    form, actor = CitizenStatusForm(), acting()
    citizen = _citizen(public_id, "citizen.status.write")
    if form.validate_on_submit():
        chosen = form.told()
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_citizen(session, public_id, actor=actor, action="citizen.status.write")
                lock(session, found)
                stood = any(form.says(row) for row in found.statuses)
                service.set_status(session, found, **chosen, actor=actor, law=law(session))
                citizen_change.status_changed(session, found, actor=actor)
            flash(*(ALREADY if stood else ("Målgruppe og visitation er gemt.", "success")))
            return redirect(url_for("citizens.show", public_id=public_id), 303)
    return render_template("screens/citizen/status.html", form=_offered(form, citizen), citizen=citizen), 422


@bp.post("/<public_id>/cpr")
@requires("citizen.cpr")
def cpr(public_id: str) -> ResponseReturnValue:
    """Show the CPR number in place of the button; ask for a reason where one is needed."""
    return _reveal(public_id, "citizen.cpr", "citizens.cpr", lambda *asked, **why: [service.show_cpr(*asked, **why)])


@bp.post("/<public_id>/beskyttet")
@requires("citizen.protected")
def protected(public_id: str) -> ResponseReturnValue:
    """Show a protected name and address once a reason is given."""
    return _reveal(public_id, "citizen.protected", "citizens.protected", service.show_protected)


def _reveal(
    public_id: str, action: str, endpoint: str, show_hidden: Callable[..., Iterable[str]]
) -> ResponseReturnValue:
    """Show what is hidden about a citizen, or ask for the reason; the look is logged with it."""
    form, actor = HiddenFactReasonForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = service.get_citizen(session, public_id, actor=actor, action=action)
                lines = list(show_hidden(session, citizen, actor=actor, reason=form.reason.data or ""))
            return render_template("screens/citizen/revealed.html", lines=lines, public_id=public_id, bare=_is_piece())
    return _ask_reason(form, endpoint, public_id), 422


def _offered(form: TargetGroup, citizen: Citizen | None = None) -> TargetGroup:
    """Offer what can be chosen on the working day."""
    with reading() as session:
        form.offer(law(session).on(working_day()), age_on(citizen.birth_date, working_day()) if citizen else None)
    return form


def _asked(by: User) -> tuple[CitizenFilterForm, CitizenFilter]:
    """Return the filter of the address; what cannot be read does not filter."""
    form = CitizenFilterForm(request.args)
    form.validate()
    chosen = CitizenFilter(
        text=form.text.data or "",
        benefit="" if form.benefit.errors else form.benefit.data,
        visitation="" if form.visitation.errors else form.visitation.data,
        caseworker_id=by.id if form.mine.data else None,
        sort=form.sort.data or "name",
        page=form.page.data or 1,
    )
    return form, chosen


def _list(cpr_form: CitizenSearchForm) -> str:
    actor = acting()
    form, chosen = _asked(actor.user)
    with read_transaction() as session:
        page = service.list_citizens(session, chosen, actor=actor)
    return render_template(
        "screens/citizen/index.html",
        form=form,
        cpr_form=cpr_form,
        page=page,
        **NAMES,
        **queries.seen_by(actor),
    )


def _as_sheet() -> ResponseReturnValue:
    actor = acting()
    form, chosen = _asked(actor.user)
    return download.open_as_sheet(
        "Borgere",
        columns(service.reader_of(actor.user, on=actor.day)),
        lambda session: download.every_page(
            lambda number: service.list_citizens(session, replace(chosen, page=number), actor=actor)
        ),
        form=form,
        person=lambda row: row.id,
    )


def _citizen(public_id: str, action: str) -> Citizen:
    with read_transaction() as session:
        return service.view_citizen(session, public_id, actor=acting(), action=action)


def _ask_reason(form: HiddenFactReasonForm, endpoint: str, public_id: str) -> str:
    """Ask why, on the page or in the piece of it that is replaced; the answer goes to the endpoint."""
    url = url_for(endpoint, public_id=public_id)
    return render_template("screens/citizen/reason.html", form=form, url=url, bare=_is_piece())


def _is_piece() -> bool:
    return "HX-Request" in request.headers
