"""Sider under /mentorer, and the coordinator's home /korpset."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.domain.errors import Conflict, ValidationFailed
from jobcenter_mentor.matching import capacity, waiting
from jobcenter_mentor.mentors import service
from jobcenter_mentor.mentors.forms import AbsenceForm, FunctionForm, MentorFilterForm, MentorForm
from jobcenter_mentor.mentors.models import Mentor
from jobcenter_mentor.mentors.service import MentorFilter, NewMentor
from jobcenter_mentor.suppliers import service as suppliers
from jobcenter_mentor.web.door import acting_user, working_day
from jobcenter_mentor.web.forms import BaseForm

bp = Blueprint("mentors", __name__)

Answer = str | Response | tuple[str, int]


@bp.get("/korpset")
@requires("match.confirm")
def corps() -> str:
    """Korpset: hours in 12 weeks, who waits, who is away, whose contact data are wrong."""
    with transaction() as session:
        page = capacity.corps(session, by=acting_user(), on=working_day())
        waits = waiting.list_waiting(session, by=acting_user(), on=working_day())
    return render_template("mentors/corps.html", corps=page, waits=waits, on=working_day())


@bp.get("/mentorer")
@requires("mentor.read")
def index() -> str:
    """Mentorlisten, by name, type, free hours and flaws in the contact data."""
    form = MentorFilterForm(request.args)
    form.validate()
    wanted = MentorFilter(text=form.text.data or "", mentor_type=form.mentor_type.data or "")
    with transaction() as session:
        rows = capacity.list_rows(
            session,
            wanted,
            only_free=form.free.data,
            only_flawed=form.flawed.data,
            by=acting_user(),
            on=working_day(),
        )
    return render_template("mentors/index.html", rows=rows, form=form, may_write=_may_write())


@bp.get("/mentorer/ny")
@requires("mentor.write")
def new() -> str:
    """Opret en mentor."""
    return _shown(_offered(MentorForm(data={"hours_from": working_day()})))


@bp.post("/mentorer/ny")
@requires("mentor.write")
def create() -> Answer:
    """Gem en ny mentor; a mistake shows the form again as it was filled in."""
    form = _offered(MentorForm())
    return _saved(form, None) or (_shown(form), 422)


@bp.get("/mentorer/<public_id>")
@requires("mentor.read")
def show(public_id: str) -> str:
    """Én mentor: contact data, hours, absences, skills, functions and the citizens of the user's scope."""
    with transaction() as session:
        page = capacity.get_page(session, public_id, by=acting_user(), on=working_day())
    return _page(page, AbsenceForm(), FunctionForm(data={"valid_from": working_day()}))


@bp.get("/mentorer/<public_id>/ret")
@requires("mentor.write")
def edit(public_id: str) -> str:
    """Ret en mentor."""
    with transaction() as session:
        mentor = service.get_mentor(session, public_id, by=acting_user(), on=working_day(), action="mentor.write")
        told = service.told_of(session, mentor, on=working_day())
    return _shown(_offered(MentorForm(data=told)), mentor)


@bp.post("/mentorer/<public_id>/ret")
@requires("mentor.write")
def update(public_id: str) -> Answer:
    """Gem rettelsen."""
    with transaction() as session:
        mentor = service.get_mentor(session, public_id, by=acting_user(), on=working_day(), action="mentor.write")
    form = _offered(MentorForm())
    return _saved(form, public_id) or (_shown(form, mentor), 422)


@bp.post("/mentorer/<public_id>/fravaer")
@requires("mentor.write")
def absence(public_id: str) -> Answer:
    """Tilføj fravær."""
    form = AbsenceForm()

    def add(session: Any, mentor: Mentor) -> None:
        told = {"first_day": form.first_day.data, "last_day": form.last_day.data, "reason": form.reason.data}
        service.add_absence(session, mentor, **told, by=acting_user(), on=working_day())

    return _added(public_id, form, add, "Fraværet er gemt.")


@bp.post("/mentorer/<public_id>/plads")
@requires("mentor.write")
def function(public_id: str) -> Answer:
    """Opret en pladsmentorfunktion."""
    form = FunctionForm()

    def add(session: Any, mentor: Mentor) -> None:
        names = ("workplace", "places", "minutes_per_week", "valid_from", "valid_to")
        told = {name: getattr(form, name).data for name in names}
        service.place_function(session, mentor, **told, by=acting_user(), on=working_day())

    return _added(public_id, form, add, "Pladsmentorfunktionen er oprettet.")


def _may_write() -> bool:
    return may(acting_user(), "mentor.write", on=working_day())


def _offered(form: MentorForm) -> MentorForm:
    """Let the suppliers the user may see be chosen."""
    with transaction() as session:
        found = suppliers.list_suppliers(session, by=acting_user(), on=working_day())
        form.offer([(one.public_id, one.name) for one in found])
    return form


def _shown(form: MentorForm, mentor: Mentor | None = None) -> str:
    return render_template("mentors/new.html", form=form, mentor=mentor)


def _page(page: capacity.MentorPage, absence_form: AbsenceForm, function_form: FunctionForm) -> str:
    return render_template(
        "mentors/show.html",
        page=page,
        absence_form=absence_form,
        function_form=function_form,
        may_write=_may_write(),
        on=working_day(),
    )


def _saved(form: MentorForm, public_id: str | None) -> Response | None:
    """Save and go to the mentor; None when the form or the service refused."""
    if not form.validate_on_submit():
        return None
    by, on = acting_user(), working_day()
    try:
        with transaction() as session:
            supplier = form.supplier.data and suppliers.get_supplier(session, form.supplier.data, by=by, on=on)
            told = NewMentor(**form.told(), supplier_id=supplier.id if supplier else None)
            if public_id is None:
                mentor = service.register(session, told, by=by, on=on)
            else:
                mentor = service.get_mentor(session, public_id, by=by, on=on, action="mentor.write")
                service.amend(session, mentor, told, by=by, on=on, version=form.version_shown())
    except (ValidationFailed, Conflict) as error:
        form.add_errors(error)
        return None
    flash("Mentoren er gemt.", "success")
    return redirect(url_for("mentors.show", public_id=mentor.public_id), 303)


def _added(public_id: str, form: BaseForm, add: Callable[[Any, Mentor], None], words: str) -> Answer:
    """Add something to a mentor and go back to the page; a mistake shows the page with the form as it was."""
    by, on = acting_user(), working_day()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                add(session, service.get_mentor(session, public_id, by=by, on=on, action="mentor.write"))
            flash(words, "success")
            return redirect(url_for("mentors.show", public_id=public_id), 303)
        except ValidationFailed as error:
            form.add_errors(error)
    with transaction() as session:
        page = capacity.get_page(session, public_id, by=by, on=on)
    absence_form = form if isinstance(form, AbsenceForm) else AbsenceForm(formdata=None)
    function_form = form if isinstance(form, FunctionForm) else FunctionForm(formdata=None)
    return _page(page, absence_form, function_form), 422
