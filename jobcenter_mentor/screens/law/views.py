"""Pages under /regler: the law in force on a day, what changed between two, and the municipality's own figures."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casework.assessments import figure_impact
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.access.service import full_names
from jobcenter_mentor.platform.database.db import read_transaction, reading, transaction
from jobcenter_mentor.platform.law_figures import loader, local_figures, service
from jobcenter_mentor.platform.law_figures.doubts import doubts_of
from jobcenter_mentor.platform.law_figures.extracts import wording
from jobcenter_mentor.platform.law_figures.local_figures import NewFigure
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.screens.law.forms import DayForm, FigureForm

bp = Blueprint("rules", __name__, url_prefix="/regler")


@bp.get("")
@requires("law.read")
def index() -> str:
    """Show the figures in force on a day, and what has changed since another."""
    form = DayForm(request.args or None, dag=working_day())
    form.validate()
    day: date = (None if form.dag.errors else form.dag.data) or working_day()
    since: date | None = None if form.fra.errors else form.fra.data
    with read_transaction() as session:
        law = service.law(session)
    changed = service.differences(law, since, day) if since else ()
    in_force = service.figures_in_force(law, day)
    shown = {
        "figures": in_force,
        "changed": changed,
        "since": since,
        "may_propose": _may("law.propose"),
        "may_doubt": _may("law.doubts"),
        "says": {figure.name: wording().words_of(law.parameter(figure.name), day) for figure in in_force},
        "readings": {figure.name: wording().reading_of(law.parameter(figure.name), day) for figure in in_force},
    }
    return render_template("screens/law/index.html", form=form, day=day, **shown)


@bp.get("/hvad-vi-ikke-ved")
@requires("law.doubts")
def unknown() -> str:
    """Show what we do not know: the open points with what would settle them, and readings without words of the law."""
    return render_template("screens/law/doubts.html", doubts=doubts_of(loader.law()))


@bp.get("/egne")
@requires("law.read")
def own() -> str:
    """Show the municipality's own figures: what waits, what is in force, and what was decided before."""
    on = working_day()
    with read_transaction() as session:
        law, waiting, decided = (
            service.law(session),
            local_figures.list_waiting(session),
            local_figures.list_decided(session),
        )
        names = full_names(session, [row.proposed_by_id for row in (*waiting, *decided)])
    now = [figure for figure in service.figures_in_force(law, on) if figure.authority == "local"]
    labels = {parameter.name: parameter.label for parameter in local_figures.local_parameters(law)}
    words = {row.public_id: service.proposed_words(law, row) for row in (*waiting, *decided)}
    rows = {"figures": now, "waiting": waiting, "decided": decided, "names": names, "labels": labels, "words": words}
    return render_template("screens/law/own.html", on=on, may_propose=_may("law.propose"), **rows)


@bp.get("/egne/nyt")
@requires("law.propose")
def new() -> str:
    """Show the form to propose a figure."""
    return _form(FigureForm(formdata=None, data={"valid_from": working_day(), "name": request.args.get("tal", "")}))


@bp.post("/egne/nyt")
@requires("law.propose")
def propose() -> ResponseReturnValue:
    """Store the proposal; the next page shows what it would change."""
    form = FigureForm()
    form.name.choices = _names()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                asked = NewFigure(**form.told())
                by, on = acting_user(), working_day()
                figure = local_figures.propose(session, asked, actor=Actor(by, on), law=service.law(session))
            flash("Forslaget er gemt. En anden skal godkende det.", "success")
            return redirect(url_for("rules.show", public_id=figure.public_id), 303)
    return _form(form), 422


@bp.get("/egne/<public_id>")
@requires("law.propose")
def show(public_id: str) -> str:
    """Show the proposal and its impact: which running courses would be judged otherwise, and how."""
    actor = acting()
    with read_transaction() as session:
        figure = local_figures.get_figure(session, public_id)
        waits = figure.waits
        law = service.law(session)
        found = figure_impact.of_figure(session, figure, actor=actor, law=law) if waits else None
        shown = service.shown_figure(law, figure)
        proposer = full_names(session, [figure.proposed_by_id])[figure.proposed_by_id]
    mine = figure.proposed_by_id == actor.user.id
    rights = {"may_approve": waits and not mine and _may("law.approve"), "may_reject": waits and _may("law.propose")}
    return render_template(
        "screens/law/figure.html", figure=figure, impact=found, shown=shown, proposer=proposer, **rights
    )


@bp.post("/egne/<public_id>/godkend")
@requires("law.approve")
def approve(public_id: str) -> ResponseReturnValue:
    """Approve the proposal."""
    with transaction() as session:
        local_figures.approve(session, local_figures.get_figure(session, public_id), actor=acting())
    flash("Tallet er godkendt og gælder fra den dag, forslaget nævner.", "success")
    return redirect(url_for("rules.own"), 303)


@bp.post("/egne/<public_id>/afvis")
@requires("law.propose")
def reject(public_id: str) -> ResponseReturnValue:
    """Reject or withdraw the proposal."""
    with transaction() as session:
        local_figures.reject(session, local_figures.get_figure(session, public_id), actor=acting())
    flash("Forslaget er afvist.", "success")
    return redirect(url_for("rules.own"), 303)


def _form(form: FigureForm) -> str:
    form.name.choices = _names()
    return render_template("screens/law/new.html", form=form)


def _names() -> dict[str, str]:
    with reading() as session:
        return {parameter.name: parameter.label for parameter in local_figures.local_parameters(service.law(session))}


def _may(action: str) -> bool:
    return may(acting_user(), action, on=working_day())
