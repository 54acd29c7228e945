"""Sider under /ramme: the frame page, the lines behind its figures, and the effect of one more grant."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from jobcenter_mentor import jobs
from jobcenter_mentor.auth.actor import Actor
from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.background import service as background
from jobcenter_mentor.claims import cockpit, lines, recounting, service
from jobcenter_mentor.claims.boundary import boundary_of
from jobcenter_mentor.claims.columns import BEHIND, BEHIND_WITHOUT_FRAME, UNPROVEN
from jobcenter_mentor.claims.forms import EffectForm
from jobcenter_mentor.claims.lines import FigureLineFilter
from jobcenter_mentor.db import read_transaction, transaction
from jobcenter_mentor.domain.errors import ValidationFailed
from jobcenter_mentor.domain.frame_kinds import FRAME_NAMES
from jobcenter_mentor.frames.service import CostLine, kinds_of
from jobcenter_mentor.grants import deciding
from jobcenter_mentor.rules import service as rules
from jobcenter_mentor.web import sheet
from jobcenter_mentor.web.door import acting, acting_user, chosen_year, working_day

bp = Blueprint("claims", __name__, url_prefix="/ramme")


@bp.get("")
@requires("frame.read")
def frame() -> str:
    """Vis rammen for et år."""
    user, on, year = acting_user(), working_day(), chosen_year()
    with read_transaction() as session:
        page: dict[str, Any] = {
            "cockpit": cockpit.cockpit(
                session,
                year=year,
                actor=Actor(user, on),
                asked=request.args.get("ramme"),
                team=request.args.get("team"),
            ),
            "boundary": boundary_of(rules.law(session), year),
            "differences": recounting.list_differences(session, year=year),
            "waiting": deciding.list_waiting(session, actor=Actor(user, on))
            if may(user, "grant.approve", on=on)
            else None,
        }
    rights = {"may_prove": may(user, "grant.read", on=on), "may_change": may(user, "frame.change", on=on)}
    return render_template(
        "claims/frame.html", **page, **rights, frame_names=FRAME_NAMES, figure_names=recounting.FIGURE_NAMES
    )


@bp.get("/linjer")
@requires("frame.read")
def behind() -> ResponseReturnValue:
    """Vis linjerne bag et tal; or the same lines as a sheet."""
    year = chosen_year()
    try:
        chosen = lines.chosen_lines(request.args.to_dict())
        if sheet.is_asked_for():
            return _lines_as_sheet(year, chosen)
        with read_transaction() as session:
            found = lines.list_behind(session, year=year, chosen=chosen, actor=acting())
    except ValidationFailed as error:
        return render_template("claims/lines.html", year=year, frame_kinds=kinds_of(year), refused=error), 422
    return render_template("claims/lines.html", year=year, frame_kinds=kinds_of(year), found=found)


def _lines_as_sheet(year: int, chosen: FigureLineFilter) -> ResponseReturnValue:
    """Hent linjerne bag et tal som ark."""
    actor = acting()
    return sheet.open_as_sheet(
        f"Linjerne bag tallet {year}",
        BEHIND if kinds_of(year) else BEHIND_WITHOUT_FRAME,
        lambda session: sheet.every_page(
            lambda number: lines.list_behind(session, year=year, chosen=replace(chosen, page=number), actor=actor)
        ),
        chosen=", ".join(filter(None, (str(year), chosen.words))),
        person=lambda line: line.citizen_id,
    )


@bp.get("/uden-bevis")
@requires("grant.read")
def unproven() -> ResponseReturnValue:
    """Uden registreret møde: the running courses nobody has logged a held meeting on for four weeks; or as a sheet."""
    actor = acting()
    if sheet.is_asked_for():
        return sheet.open_as_sheet(
            "Uden registreret møde",
            UNPROVEN,
            lambda session: service.list_unproven(session, actor=actor),
            chosen=f"Løbende forløb uden et afholdt møde i logbogen i {service.PROOF_DAYS} dage",
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        found = service.list_unproven(session, actor=actor)
    template = "claims/_unproven.html" if "HX-Request" in request.headers else "claims/unproven.html"
    return render_template(template, unproven=found, days=service.PROOF_DAYS)


@bp.get("/virkning")
@requires("frame.read")
def effect() -> tuple[str, int]:
    """Virkning på rammen af en bevilling mere, for the page where it is written or approved."""
    form = EffectForm(request.args)
    if not form.validate():
        return render_template("claims/_effect.html", effect=None, frame_kinds=kinds_of(working_day().year)), 422
    told = form.told()
    costs = [CostLine(*line) for line in told.pop("lines")]
    with read_transaction() as session:
        found = service.effect(session, costs, on=working_day(), **told)
    return render_template("claims/_effect.html", effect=found, frame_kinds=kinds_of(found.year)), 200


@bp.post("/regn-om")
@requires("frame.change")
def put_right() -> Response:
    """Regn månedssummerne om i baggrunden."""
    with transaction() as session:
        job = background.order(session, "frame.put_right", {}, title="Regn rammens summer om", by=acting_user())
    jobs.start(job.id)
    flash("Summerne regnes om. Resultatet står under Mine opgaver.", "success")
    return redirect(url_for("claims.frame", aar=chosen_year()), 303)
