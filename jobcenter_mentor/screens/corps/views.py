"""Pages under /mentorer, and the coordinator's home /korpset."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casework.matching import corps_forecast, hours_table, substitutes, waiting_courses
from jobcenter_mentor.casework.matching.sheet import MENTORS
from jobcenter_mentor.casework.meetings.logged_hours import logged_by_week
from jobcenter_mentor.domain.kernel.mentor_types import KINDS
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.people.mentors import contract_hours, place_functions, service, supervision
from jobcenter_mentor.people.mentors.forms import (
    BackForm,
    CorpsFilterForm,
    FunctionForm,
    MentorAbsenceForm,
    MentorFilterForm,
    MentorForm,
)
from jobcenter_mentor.people.mentors.labels import roles_in_words, words_of
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.mentors.service import MentorFilter, NewMentor
from jobcenter_mentor.people.suppliers import companies
from jobcenter_mentor.people.suppliers import service as suppliers
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, small_whole, working_day

bp = Blueprint("mentors", __name__)
LOOK_BACK = 4
"""Weeks back in which booked hours are shown beside logged hours."""


@bp.get("/korpset")
@requires("match.confirm")
def corps() -> str:
    """Show the corps (korpset): hours in 12 weeks, who waits, who is away, whose contact data are wrong."""
    form, actor = CorpsFilterForm(request.args), acting()
    form.validate()
    wanted = MentorFilter(text=form.text.data or "", mentor_type=form.mentor_type.data or "")
    number = request.args.get("page", 1, type=small_whole)
    with read_transaction() as session:
        page = hours_table.corps(session, wanted, skill=form.skill.data or "", page=number, actor=actor)
        waits = waiting_courses.list_waiting(session, actor=actor)
    return render_template("screens/corps/corps.html", corps=page, waits=waits, form=form, on=actor.day)


@bp.get("/mentorer/oprydning")
@requires("mentor.write")
def cleaning() -> str:
    """Show mentors whose name, phone or e-mail is missing or a placeholder, those with most courses first."""
    actor = acting()
    with read_transaction() as session:
        rows = hours_table.list_rows(session, MentorFilter(), only_free=False, only_flawed=True, actor=actor)
        courses = hours_table.running_courses(session, [row.mentor.id for row in rows], actor.day)
    rows.sort(key=lambda row: -courses.get(row.mentor.id, 0))
    return render_template("screens/corps/cleaning.html", rows=rows, courses=courses)


@bp.get("/mentorer/typer")
@requires("mentor.read")
def types() -> str:
    """Show the ten mentor types: employment, payment and tasks, and how many of each there are."""
    actor = acting()
    with read_transaction() as session:
        counts = service.count_by_type(session, actor=actor)
    return render_template("screens/corps/types.html", kinds=KINDS, names=MENTOR_TYPES, counts=counts)


@bp.get("/korpset/prognose")
@requires("match.confirm")
def forecast() -> str:
    """Show the forecast (prognose): hours offered and needed in twelve weeks, for the corps or one part of it."""
    trait = request.args.get("del", "")
    with read_transaction() as session:
        page = corps_forecast.forecast(session, trait=trait, actor=acting())
    return render_template("screens/corps/forecast.html", page=page, groups=corps_forecast.GROUPS, on=working_day())


@bp.get("/korpset/prognose/uge")
@requires("match.confirm")
def forecast_week() -> str:
    """Show the lines of one week of the forecast: mentors and courses, what is known and what is likely."""
    trait, number = request.args.get("del", ""), request.args.get("nr", 0, type=small_whole)
    with read_transaction() as session:
        page = corps_forecast.week(session, number, trait=trait, actor=acting())
    return render_template("screens/corps/forecast_week.html", page=page, number=number, kinds=corps_forecast.KINDS)


@bp.get("/mentorer")
@requires("mentor.read")
def index() -> ResponseReturnValue:
    """Show the list of mentors, by name, type, free hours and flaws in the contact data, or the list as a sheet."""
    form = MentorFilterForm(request.args)
    form.validate()
    wanted = MentorFilter(text=form.text.data or "", mentor_type=form.mentor_type.data or "")
    only = {"only_free": form.free.data, "only_flawed": form.flawed.data}
    actor = acting()
    if download.is_asked_for():
        return download.open_as_sheet(
            "Mentorer", MENTORS, lambda session: hours_table.list_rows(session, wanted, **only, actor=actor), form=form
        )
    with read_transaction() as session:
        rows = hours_table.list_rows(session, wanted, **only, actor=actor)
    return render_template("screens/corps/index.html", rows=rows, form=form, may_write=_may_write())


@bp.get("/mentorer/ny")
@requires("mentor.write")
def new() -> str:
    """Show the form of a new mentor."""
    return _shown(_offered(MentorForm(data={"hours_from": working_day()})))


@bp.post("/mentorer/ny")
@requires("mentor.write")
def create() -> ResponseReturnValue:
    """Store a new mentor; a mistake shows the form again as it was filled in."""
    form, actor = _offered(MentorForm()), acting()
    if form.validate_on_submit():
        told = _told(form)
        with form.refusals_shown():
            with transaction() as session:
                mentor = service.register(session, told, actor=actor)
            flash("Mentoren er gemt.", "success")
            return redirect(url_for("mentors.show", public_id=mentor.public_id), 303)
    return _shown(form), 422


@bp.get("/mentorer/<public_id>")
@requires("mentor.read")
def show(public_id: str) -> str:
    """Show a mentor: contact data, hours, absences, skills, functions and the citizens of the user's scope."""
    return _page(public_id)


@bp.get("/mentorer/<public_id>/ret")
@requires("mentor.write")
def edit(public_id: str) -> str:
    """Show the form to correct a mentor."""
    with read_transaction() as session:
        mentor = service.get_mentor(session, public_id, actor=acting(), action="mentor.write")
        told = service.told_of(session, mentor, on=working_day())
    return _shown(_offered(MentorForm(data=told)), mentor)


@bp.post("/mentorer/<public_id>/ret")
@requires("mentor.write")
def update(public_id: str) -> ResponseReturnValue:
    """Store the correction, unless somebody else changed the mentor meanwhile."""
    form, actor = _offered(MentorForm()), acting()
    with transaction() as session:
        mentor = service.get_mentor(session, public_id, actor=actor, action="mentor.write")
    if form.validate_on_submit():
        told = _told(form)
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_mentor(session, public_id, actor=actor, action="mentor.write")
                service.amend(session, found, told, actor=actor, version=form.version.data)
            flash("Mentoren er gemt.", "success")
            return redirect(url_for("mentors.show", public_id=public_id), 303)
    return _shown(form, mentor), 422


@bp.post("/mentorer/<public_id>/fravaer")
@requires("mentor.write")
def absence(public_id: str) -> ResponseReturnValue:
    """Add an absence (fravær)."""
    form, actor = MentorAbsenceForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                mentor = service.get_mentor(session, public_id, actor=actor, action="mentor.write")
                contract_hours.add_absence(session, mentor, **form.told(), actor=actor)
            flash("Fraværet er gemt.", "success")
            return redirect(url_for("mentors.show", public_id=public_id), 303)
    return _page(public_id, absence_form=form), 422


@bp.post("/mentorer/<public_id>/plads")
@requires("mentor.write")
def function(public_id: str) -> ResponseReturnValue:
    """Add a place mentor's function (pladsmentorfunktion)."""
    form, actor = _with_agreements(FunctionForm()), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                mentor = service.get_mentor(session, public_id, actor=actor, action="mentor.write")
                chosen = form.agreement.data
                agreement = companies.get_agreement(session, chosen, actor=actor) if chosen else None
                place_functions.place_function(session, mentor, **form.told(), agreement=agreement, actor=actor)
            flash("Pladsmentorfunktionen er oprettet.", "success")
            return redirect(url_for("mentors.show", public_id=public_id), 303)
    return _page(public_id, function_form=form), 422


@bp.post("/mentorer/<public_id>/tilbage")
@requires("mentor.write")
def back(public_id: str) -> ResponseReturnValue:
    """End an absence that was until further notice."""
    form, actor = BackForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                mentor = service.get_mentor(session, public_id, actor=actor, action="mentor.write")
                absence = contract_hours.end_absence(session, mentor, **form.told(), actor=actor)
                substitutes.end_standing_in(session, absence.last_day, absent_id=mentor.id)
            flash("Fraværet er afsluttet.", "success")
            return redirect(url_for("mentors.show", public_id=public_id), 303)
    return _page(public_id, back_form=form), 422


def _may_write() -> bool:
    return may(acting_user(), "mentor.write", on=working_day())


def _offered(form: MentorForm) -> MentorForm:
    """Offer the suppliers that the user may see."""
    with read_transaction() as session:
        found = suppliers.list_suppliers(session, actor=acting())
        form.offer([(one.public_id, one.name) for one in found])
    return form


def _told(form: MentorForm) -> NewMentor:
    """Return the values of the form, with the chosen supplier."""
    if not form.supplier.data:
        return NewMentor(**form.told())
    with read_transaction() as session:
        supplier = suppliers.get_supplier(session, form.supplier.data, actor=acting())
    return NewMentor(**form.told(), supplier_id=supplier.id)


def _shown(form: MentorForm, mentor: Mentor | None = None) -> str:
    return render_template("screens/corps/new.html", form=form, mentor=mentor)


def _with_agreements(form: FunctionForm) -> FunctionForm:
    """Offer the company agreements to who may write."""
    if _may_write():
        with read_transaction() as session:
            found = companies.list_agreements(session, actor=acting())
            form.offer([(one.public_id, one.company) for one in found])
    return form


def _page(
    public_id: str,
    absence_form: MentorAbsenceForm | None = None,
    function_form: FunctionForm | None = None,
    back_form: BackForm | None = None,
) -> str:
    """Show the mentor; a refused form is shown as it was filled in."""
    actor = acting()
    since = actor.day - timedelta(weeks=LOOK_BACK)
    with read_transaction() as session:
        page = hours_table.get_page(session, public_id, actor=actor)
        past = hours_table.past_weeks(session, page.mentor.id, since, LOOK_BACK)
        logged = logged_by_week(session, [page.mentor.id], past[0].monday, actor.day)
        held = supervision.attended_by(session, page.mentor)
        account = service.find_account(session, page.mentor, actor.day)
    return render_template(
        "screens/corps/show.html",
        page=page,
        past=[(week, logged.get((page.mentor.id, week.monday), 0)) for week in past],
        held=held,
        account=account,
        kind=KINDS.get(page.mentor.mentor_type),
        words=words_of(page.mentor),
        account_roles=roles_in_words(account, actor.day),
        absence_form=absence_form or MentorAbsenceForm(formdata=None),
        back_form=back_form or BackForm(formdata=None, ended_on=actor.day),
        function_form=function_form or _with_agreements(FunctionForm(formdata=None, valid_from=actor.day)),
        may_write=_may_write(),
        sees_clearance=actor.may("mentor.clearance"),
        on=actor.day,
    )
