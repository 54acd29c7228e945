"""Sider under /matchning: the waiting list, and the ranked mentors of one course."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.auth.policy import may, requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.domain.target_groups import MENTOR_TYPES
from jobcenter_mentor.matching import service, waiting
from jobcenter_mentor.matching.forms import MatchForm
from jobcenter_mentor.matching.service import Candidate, CaseToPlace
from jobcenter_mentor.mentors.service import get_mentor
from jobcenter_mentor.rules import service as rules
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("matching", __name__, url_prefix="/matchning")


@bp.get("")
@requires("match.read")
def index() -> str:
    """Ventelisten."""
    with transaction() as session:
        waits = waiting.list_waiting(session, by=acting_user(), on=working_day())
    return render_template("matching/index.html", waits=waits)


@bp.get("/<public_id>")
@requires("match.read")
def show(public_id: str) -> str:
    """Rangerede mentorer til ét forløb, with reasons, and the form to choose one."""
    case, candidates = _ranked(public_id)
    return _shown(MatchForm(data={"version": case.grant.version}), case, candidates)


@bp.post("/<public_id>")
@requires("match.confirm")
def choose(public_id: str) -> ResponseReturnValue:
    """Vælg mentor; a mistake shows the page again as it was filled in."""
    case, candidates = _ranked(public_id)
    form, by, on = MatchForm(), acting_user(), working_day()
    _offer(form, candidates)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                grant = service.get_case(session, public_id, by=by, on=on, action="match.confirm").grant
                mentor = get_mentor(session, form.mentor.data, by=by, on=on)
                service.choose(session, grant, mentor, **form.told(), by=by, on=on, law=rules.law(session))
            flash(f"{mentor.name} er valgt. Skriv aftalen.", "success")
            return redirect(url_for("agreements.show", public_id=public_id), 303)
    return _shown(form, case, candidates), 422


def _ranked(public_id: str) -> tuple[CaseToPlace, list[Candidate]]:
    with transaction() as session:
        case = service.get_case(session, public_id, by=acting_user(), on=working_day())
        law = rules.law(session)
        return case, service.propose(session, case.grant, by=acting_user(), on=working_day(), law=law)


def _offer(form: MatchForm, candidates: list[Candidate]) -> None:
    form.offer((one.mentor.public_id, f"{one.place}. {one.mentor.name}") for one in candidates)


def _shown(form: MatchForm, case: CaseToPlace, candidates: list[Candidate]) -> str:
    _offer(form, candidates)
    may_choose = may(acting_user(), "match.confirm", on=working_day())
    return render_template(
        "matching/show.html", form=form, case=case, candidates=candidates, types=MENTOR_TYPES, may_choose=may_choose
    )
