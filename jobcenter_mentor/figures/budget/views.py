"""Pages under /ramme (ramme): the frame page, the lines behind its figures, and the effect of one more grant."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from jobcenter_mentor.accounts.claims.sheet import BEHIND, BEHIND_WITHOUT_FRAME, UNPROVEN
from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casework.frames.service import CostLine, kinds_of
from jobcenter_mentor.casework.grants import decision
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.figures.budget import frame_lines, recount, unlogged, year_figures
from jobcenter_mentor.figures.budget.forms import EffectForm
from jobcenter_mentor.figures.budget.frame_lines import FigureLineFilter
from jobcenter_mentor.figures.budget.spending_boundary import boundary_of
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.jobs import queue
from jobcenter_mentor.platform.jobs import service as background
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.pages.door import acting, acting_user, chosen_year, working_day

bp = Blueprint("claims", __name__, url_prefix="/ramme")


@bp.get("")
@requires("frame.read")
def frame() -> str:
    """Show the frame of a year (ramme)."""
    user, on, year = acting_user(), working_day(), chosen_year()
    with read_transaction() as session:
        page: dict[str, Any] = {
            "cockpit": year_figures.cockpit(
                session,
                year=year,
                actor=Actor(user, on),
                asked=request.args.get("ramme"),
                team=request.args.get("team"),
            ),
            "boundary": boundary_of(rules.law(session), year),
            "differences": recount.list_differences(session, year=year),
            "waiting": decision.list_waiting(session, actor=Actor(user, on))
            if may(user, "grant.approve", on=on)
            else None,
        }
    rights = {"may_prove": may(user, "grant.read", on=on), "may_change": may(user, "frame.change", on=on)}
    return render_template(
        "figures/budget/frame.html", **page, **rights, frame_names=FRAME_NAMES, figure_names=recount.FIGURE_NAMES
    )


@bp.get("/linjer")
@requires("frame.read")
def behind() -> ResponseReturnValue:
    """Show the lines behind a figure (linjer), or send them as a sheet."""
    year = chosen_year()
    try:
        chosen = frame_lines.chosen_lines(request.args.to_dict())
        if download.is_asked_for():
            return _lines_as_sheet(year, chosen)
        with read_transaction() as session:
            found = frame_lines.list_behind(session, year=year, chosen=chosen, actor=acting())
    except ValidationFailed as error:
        return render_template("figures/budget/lines.html", year=year, frame_kinds=kinds_of(year), refused=error), 422
    return render_template("figures/budget/lines.html", year=year, frame_kinds=kinds_of(year), found=found)


def _lines_as_sheet(year: int, chosen: FigureLineFilter) -> ResponseReturnValue:
    """Send the lines behind a figure as a sheet (ark)."""
    actor = acting()
    return download.open_as_sheet(
        f"Linjerne bag tallet {year}",
        BEHIND if kinds_of(year) else BEHIND_WITHOUT_FRAME,
        lambda session: download.every_page(
            lambda number: frame_lines.list_behind(session, year=year, chosen=replace(chosen, page=number), actor=actor)
        ),
        chosen=", ".join(filter(None, (str(year), chosen.words))),
        person=lambda line: line.citizen_id,
    )


@bp.get("/uden-bevis")
@requires("grant.read")
def unproven() -> ResponseReturnValue:
    """Show the running courses without a held meeting for four weeks (uden registreret møde), or as a sheet."""
    actor = acting()
    if download.is_asked_for():
        return download.open_as_sheet(
            "Uden registreret møde",
            UNPROVEN,
            lambda session: unlogged.list_unproven(session, actor=actor),
            chosen=f"Løbende forløb uden et afholdt møde i logbogen i {unlogged.PROOF_DAYS} dage",
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        found = unlogged.list_unproven(session, actor=actor)
    template = "figures/budget/_unproven.html" if "HX-Request" in request.headers else "figures/budget/unproven.html"
    return render_template(template, unproven=found, days=unlogged.PROOF_DAYS)


@bp.get("/virkning")
@requires("frame.read")
def effect() -> tuple[str, int]:
    """Show the effect of one more grant on the frame (virkning), where it is written or approved."""
    form = EffectForm(request.args)
    if not form.validate():
        return render_template(
            "figures/budget/_effect.html", effect=None, frame_kinds=kinds_of(working_day().year)
        ), 422
    told = form.told()
    costs = [CostLine(*line) for line in told.pop("lines")]
    with read_transaction() as session:
        found = unlogged.effect(session, costs, on=working_day(), **told)
    return render_template("figures/budget/_effect.html", effect=found, frame_kinds=kinds_of(found.year)), 200


@bp.post("/regn-om")
@requires("frame.change")
def put_right() -> Response:
    """Count the monthly sums again in the background (omregning)."""
    with transaction() as session:
        job = background.order(session, "frame.put_right", {}, title="Regn rammens summer om", by=acting_user())
    queue.start(job.id)
    flash("Summerne regnes om. Resultatet står under Mine opgaver.", "success")
    return redirect(url_for("claims.frame", aar=chosen_year()), 303)
