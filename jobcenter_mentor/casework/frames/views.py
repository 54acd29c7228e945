"""Pages under /ramme/beloeb: one person proposes the amount of a frame or a team's budget, and another approves it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.casework.frames import amount_decision, local_budget
from jobcenter_mentor.casework.frames.forms import AmountForm, BudgetForm
from jobcenter_mentor.casework.frames.service import kinds_of
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.access.service import list_teams
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, chosen_year, working_day

bp = Blueprint("frames", __name__, url_prefix="/ramme/beloeb")


@bp.get("")
@requires("frame.read")
def amounts() -> str:
    """Show the year's amounts, the proposals and the form."""
    year = chosen_year()
    return _page(AmountForm(year=year) if kinds_of(year) else _budget_form(year=year, team=request.args.get("team")))


@bp.post("")
@requires("frame.change")
def propose() -> Response | tuple[str, int]:
    """Propose an amount: a team's budget where a team is given, else a frame's."""
    form = _budget_form() if "team" in request.form else AmountForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                by, on = acting_user(), working_day()
                amount_decision.propose_change(session, **form.values(), actor=Actor(by, on), law=law(session))
            flash("Beløbet er foreslået. En anden skal godkende det, før det gælder.", "success")
            return redirect(url_for("frames.amounts", aar=form.year.data), 303)
    return _page(form), 422


@bp.post("/<public_id>/godkend")
@requires("frame.approve")
def approve(public_id: str) -> Response:
    """Approve an amount that someone else has proposed."""
    with transaction() as session:
        change = amount_decision.get_change(session, public_id)
        amount_decision.approve_change(session, change, actor=acting())
        words = amount_decision.words_in_force(session, change)
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
        changes = amount_decision.list_changes(session, year=year)
        known = law(session)
        shown = {
            "changes": changes,
            "frames": amount_decision.list_frames(session, year=year),
            "budgets": [] if kinds_of(year) else local_budget.list_budgets(session, year=year),
            "people": amount_decision.names_of(session, changes),
            "teams": amount_decision.teams_of(session, changes),
            "rates": {
                FRAME_NAMES[kind]: amount_decision.confirmed_rate(known, year=year, kind=kind)
                for kind in amount_decision.RATES
            },
        }
        user, on = acting_user(), working_day()
        approvable = {one.id for one in changes if amount_decision.may_approve(one, actor=Actor(user, on))}
    rights = {"may_propose": may(user, "frame.change", on=on), "approvable": approvable}
    is_local = isinstance(form, BudgetForm) or not kinds_of(year)
    return render_template(
        "casework/frames/amounts.html", form=form, year=year, names=FRAME_NAMES, is_local=is_local, **shown, **rights
    )
