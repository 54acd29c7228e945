"""Sider under /ramme/beloeb: a frame's or a team's amount is proposed by one person and approved by another."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.auth.actor import Actor
from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.auth.service import list_teams
from jobcenter_mentor.db import read_transaction, transaction
from jobcenter_mentor.domain.frame_kinds import FRAME_NAMES
from jobcenter_mentor.frames import budgets, deciding
from jobcenter_mentor.frames.forms import AmountForm, BudgetForm
from jobcenter_mentor.frames.service import kinds_of
from jobcenter_mentor.rules.service import law
from jobcenter_mentor.web.door import acting, acting_user, chosen_year, working_day

bp = Blueprint("frames", __name__, url_prefix="/ramme/beloeb")


@bp.get("")
@requires("frame.read")
def amounts() -> str:
    """Vis årets beløb, forslagene og formularen."""
    year = chosen_year()
    return _page(AmountForm(year=year) if kinds_of(year) else _budget_form(year=year, team=request.args.get("team")))


@bp.post("")
@requires("frame.change")
def propose() -> Response | tuple[str, int]:
    """Foreslå et beløb: a team's budget where a team is named, else a frame's."""
    form = _budget_form() if "team" in request.form else AmountForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                by, on = acting_user(), working_day()
                deciding.propose_change(session, **form.told(), actor=Actor(by, on), law=law(session))
            flash("Beløbet er foreslået. En anden skal godkende det, før det gælder.", "success")
            return redirect(url_for("frames.amounts", aar=form.year.data), 303)
    return _page(form), 422


@bp.post("/<public_id>/godkend")
@requires("frame.approve")
def approve(public_id: str) -> Response:
    """Godkend et beløb, en anden har foreslået."""
    with transaction() as session:
        change = deciding.get_change(session, public_id)
        deciding.approve_change(session, change, actor=acting())
        words = deciding.words_in_force(session, change)
    flash(words, "success")
    return redirect(url_for("frames.amounts", aar=change.year), 303)


def _budget_form(**data: Any) -> BudgetForm:
    """Return the form of a budget with the teams to choose from, by public id."""
    form = BudgetForm(**data)
    with read_transaction() as session:
        form.team.choices = [(team.public_id, team.name) for team in list_teams(session)]
    return form


def _page(form: AmountForm | BudgetForm) -> str:
    """Render the page with the form as it is."""
    year = chosen_year()
    with read_transaction() as session:
        changes = deciding.list_changes(session, year=year)
        known = law(session)
        shown = {
            "changes": changes,
            "frames": deciding.list_frames(session, year=year),
            "budgets": [] if kinds_of(year) else budgets.list_budgets(session, year=year),
            "people": deciding.names_of(session, changes),
            "teams": deciding.teams_of(session, changes),
            "rates": {
                FRAME_NAMES[kind]: deciding.confirmed_rate(known, year=year, kind=kind) for kind in deciding.RATES
            },
        }
        user, on = acting_user(), working_day()
        approvable = {one.id for one in changes if deciding.may_approve(one, actor=Actor(user, on))}
    rights = {"may_propose": may(user, "frame.change", on=on), "approvable": approvable}
    is_local = isinstance(form, BudgetForm) or not kinds_of(year)
    return render_template(
        "frames/amounts.html", form=form, year=year, names=FRAME_NAMES, is_local=is_local, **shown, **rights
    )
