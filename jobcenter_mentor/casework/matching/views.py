"""Pages under /matchning: the waiting list, plans, one course's mentors, bottlenecks and substitutes."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.matching import (
    corps_forecast,
    forms,
    pins,
    plan_acceptance,
    service,
    substitutes,
    waiting_courses,
    waiting_plan,
)
from jobcenter_mentor.casework.matching.choice import Answers
from jobcenter_mentor.casework.matching.proposals import service as proposals
from jobcenter_mentor.casework.matching.sheet import WAITING
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.matching.pairs import EXCLUSIONS
from jobcenter_mentor.people.mentors.service import get_mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import Session, read_transaction, transaction
from jobcenter_mentor.platform.jobs import queue
from jobcenter_mentor.platform.jobs import service as background
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.platform.pages.forms import BaseForm

bp = Blueprint("matching", __name__, url_prefix="/matchning")


@bp.get("")
@requires("match.read")
def index() -> ResponseReturnValue:
    """Show the waiting list (venteliste), with the way to a plan for all of it, or the same list as a sheet."""
    if download.is_asked_for():
        return download.open_as_sheet(
            "Venteliste",
            WAITING,
            lambda session: waiting_courses.list_waiting(session, actor=acting()),
            person=lambda one: one.grant.citizen_id,
        )
    with read_transaction() as session:
        waits = waiting_courses.list_waiting(session, actor=acting())
        last = plan_acceptance.find_last(session, by=acting_user())
    return render_template("casework/matching/index.html", waits=waits, last=last, may_plan=_may("match.propose"))


@bp.post("/plan")
@requires("match.propose")
def make_plan() -> ResponseReturnValue:
    """Make a plan for everybody who waits; a long list is a background job."""
    actor = acting()
    with transaction() as session:
        count = waiting_plan.count_waiting(session, actor=actor)
        if count > waiting_plan.IN_BACKGROUND:
            job = background.order(session, "match_plan", {}, title=f"Plan for {count} borgere", by=actor.user)
        else:
            plan = waiting_plan.make_plan(session, actor=actor, law=rules.law(session))
            return redirect(url_for("matching.plan", public_id=plan.public_id), 303)
    queue.start(job.id)
    return redirect(url_for("background.show", public_id=job.public_id), 303)


@bp.get("/planer/<public_id>")
@requires("match.read")
def plan(public_id: str) -> str:
    """Show a plan with its lines."""
    return _plan_page(public_id)


@bp.post("/planer/linje/<public_id>")
@requires("match.confirm")
def accept(public_id: str) -> ResponseReturnValue:
    """Accept a line; a refusal is shown on the plan."""
    form, actor = forms.PlanLineApprovalForm(), acting()
    with transaction() as session:
        plan_id = plan_acceptance.plan_of_line(session, public_id, actor=actor)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                made = plan_acceptance.accept_line(
                    session, public_id, **form.told(), actor=actor, law=rules.law(session)
                )
            waits = isinstance(made, Decision)
            flash(SENT if waits else "Linjen er godkendt, og timerne er aftalt.", "info" if waits else "success")
            return redirect(url_for("matching.plan", public_id=plan_id), 303)
    return _plan_page(plan_id, form, public_id), 422


@bp.get("/flaskehalse")
@requires("match.read")
def bottlenecks() -> str:
    """Show bottlenecks (flaskehalse) by the user's last plan and what is missing ahead."""
    with read_transaction() as session:
        ahead = corps_forecast.forecast(session, actor=acting())
    return render_template("casework/matching/bottlenecks.html", ahead=ahead, may_plan=_may("match.propose"))


@bp.get("/vikarer/<public_id>")
@requires("match.confirm")
def stand_ins(public_id: str) -> str:
    """Show the substitutes (vikarer) for an absent mentor."""
    return _stand_ins(public_id, forms.SubstituteForm(formdata=None))


@bp.post("/vikarer/<public_id>")
@requires("match.confirm")
def appoint(public_id: str) -> ResponseReturnValue:
    """Choose a substitute for one course."""
    form, actor = forms.SubstituteForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                mentor = get_mentor(session, public_id, actor=actor)
                told: dict[str, Any] = {"answers": Answers(**form.told()), "law": rules.law(session)}
                told |= {"grant_id": form.grant.data or "", "substitute_id": form.mentor.data or ""}
                made = proposals.stand_in(session, mentor, **told, actor=actor)
            if isinstance(made, Decision):
                return _sent(made)
            flash("Vikaren er valgt, og timerne er aftalt.", "success")
            return redirect(url_for("matching.stand_ins", public_id=public_id), 303)
    return _stand_ins(public_id, form), 422


@bp.get("/<public_id>")
@requires("match.read")
def show(public_id: str) -> str:
    """Show the ranked mentors for one course, with reasons, and the form to choose one."""
    page = _ranked(public_id)
    return _shown(forms.MatchForm(data={"version": page.case.grant.version}), page)


@bp.post("/<public_id>")
@requires("match.confirm")
def choose(public_id: str) -> ResponseReturnValue:
    """Choose a mentor; a mistake shows the page again as it was filled in."""
    page = _ranked(public_id)
    form, actor = forms.MatchForm(), acting()
    form.offer(_choices(page))
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                grant = service.get_case(session, public_id, actor=actor, action="match.confirm").grant
                mentor = get_mentor(session, form.mentor.data, actor=actor)
                told: dict[str, Any] = {"version": form.version.data, "actor": actor, "law": rules.law(session)}
                made = proposals.submit(session, grant, mentor, Answers(**form.told()), **told)
            if isinstance(made, Decision):
                return _sent(made)
            flash(f"{mentor.name} er valgt. Skriv aftalen.", "success")
            return redirect(url_for("agreements.show", public_id=public_id), 303)
    return _shown(form, page), 422


@bp.post("/<public_id>/oenske")
@requires("match.confirm")
def wish(public_id: str) -> ResponseReturnValue:
    """Store what the citizen wishes of the mentor (ønske)."""
    form = forms.WishForm()

    def write(session: Session, grant: Grant, *, actor: Actor) -> None:
        told: dict[str, Any] = {"wishes": form.wishes.data or "", "asked_on": form.asked_on.data}
        pins.ask_wish(session, grant, **told, actor=actor)

    return _written(public_id, "wish", form, write, "Ønsket er gemt.")


@bp.post("/<public_id>/fasthold")
@requires("match.confirm")
def pin(public_id: str) -> ResponseReturnValue:
    """Hold on to a mentor for the course (fasthold)."""
    form = forms.PinForm()

    def write(session: Session, grant: Grant, *, actor: Actor) -> None:
        mentor = get_mentor(session, form.mentor.data, actor=actor)
        pins.pin(session, grant, mentor, reason=form.reason.data or "", law=rules.law(session), actor=actor)

    return _written(public_id, "pin", form, write, "Mentoren er fastholdt. Planer rører ikke valget.")


@bp.post("/<public_id>/slip")
@requires("match.confirm")
def unpin(public_id: str) -> ResponseReturnValue:
    """Release the mentor that was held (slip)."""
    return _written(public_id, "pin", BaseForm(), pins.unpin, "Fastholdelsen er ophævet.")


@bp.post("/<public_id>/udeluk")
@requires("match.confirm")
def exclude(public_id: str) -> ResponseReturnValue:
    """Exclude a mentor for the citizen."""
    form = forms.ExclusionForm()

    def write(session: Session, grant: Grant, *, actor: Actor) -> None:
        told: dict[str, Any] = {"kind": form.kind.data or "", "reason": form.reason.data or ""}
        pins.exclude(session, grant, get_mentor(session, form.mentor.data, actor=actor), **told, actor=actor)

    return _written(public_id, "exclude", form, write, "Udelukkelsen er gemt.")


@bp.post("/<public_id>/ophaev")
@requires("match.confirm")
def include(public_id: str) -> ResponseReturnValue:
    """Lift an exclusion."""
    form = forms.LiftForm()

    def write(session: Session, grant: Grant, *, actor: Actor) -> None:
        pins.lift_exclusion(session, grant, form.exclusion.data or "", reason=form.lift_reason.data or "", actor=actor)

    return _written(public_id, "lift", form, write, "Udelukkelsen er ophævet.")


@bp.post("/<public_id>/moede")
@requires("match.confirm")
def plan_meeting(public_id: str) -> ResponseReturnValue:
    """Plan an informal meeting."""
    form = forms.MeetingForm()

    def write(session: Session, grant: Grant, *, actor: Actor) -> None:
        told: dict[str, Any] = {"planned_on": form.planned_on.data, "place": form.place.data or ""}
        pins.plan_meeting(session, grant, get_mentor(session, form.mentor.data, actor=actor), **told, actor=actor)

    return _written(public_id, "meet", form, write, "Mødet er planlagt.")


@bp.post("/<public_id>/moedet")
@requires("match.confirm")
def met(public_id: str) -> ResponseReturnValue:
    """Store how the meeting went."""
    form = forms.MetForm()

    def write(session: Session, grant: Grant, *, actor: Actor) -> None:
        if not form.went_well.data:
            raise ValidationFailed("Svaret mangler.", errors={"went_well": ["Vælg ja eller nej."]})
        well = form.went_well.data == "yes"
        pins.tell_meeting(
            session, grant, form.meeting.data or "", went_well=well, note=form.note.data or "", actor=actor
        )

    return _written(public_id, "met", form, write, "Mødet er noteret.")


SENT = "Valget går ud over det, der er godkendt. Det er sendt til godkendelse."


def _sent(decision: Decision) -> ResponseReturnValue:
    """Go to the match that was sent to an approver."""
    flash(SENT, "info")
    return redirect(url_for("match_proposals.show", public_id=decision.public_id), 303)


def _may(action: str) -> bool:
    return may(acting_user(), action, on=working_day())


def _written(public_id: str, name: str, form: BaseForm, write: Callable[..., Any], done: str) -> ResponseReturnValue:
    """Write something about a course and go back to it; a mistake shows the page again as it was filled in."""
    actor = acting()
    page = _ranked(public_id)
    if "mentor" in form:
        form["mentor"].choices = _choices(page)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                grant = service.get_case(session, public_id, actor=actor, action="match.confirm").grant
                write(session, grant, actor=actor)
            flash(done, "success")
            return redirect(url_for("matching.show", public_id=public_id), 303)
    return _shown(forms.MatchForm(formdata=None, version=page.case.grant.version), page, {name: form}), 422


def _plan_page(public_id: str, form: forms.PlanLineApprovalForm | None = None, line_id: str = "") -> str:
    with read_transaction() as session:
        shown = plan_acceptance.get_plan(session, public_id, actor=acting())
    return render_template(
        "casework/matching/plan.html",
        shown=shown,
        form=form or forms.PlanLineApprovalForm(formdata=None),
        line_id=line_id,
        may_accept=_may("match.confirm"),
        may_plan=_may("match.propose"),
    )


def _stand_ins(public_id: str, form: forms.SubstituteForm) -> str:
    actor = acting()
    with read_transaction() as session:
        mentor = get_mentor(session, public_id, actor=actor)
        absence = substitutes.substitutes_for(session, mentor, actor=actor, law=rules.law(session))
    return render_template("casework/matching/substitutes.html", absence=absence, form=form)


def _ranked(public_id: str) -> pins.CourseMatchPage:
    with read_transaction() as session:
        return pins.get_page(session, public_id, actor=acting(), law=rules.law(session))


def _choices(page: pins.CourseMatchPage) -> list[tuple[str, str]]:
    return [(one.mentor.public_id, f"{one.place}. {one.mentor.name}") for one in page.candidates]


def _shown(form: forms.MatchForm, page: pins.CourseMatchPage, typed: dict[str, BaseForm] | None = None) -> str:
    """Show the course with all its forms; `typed` is the one that was refused."""
    form.offer(_choices(page))
    all_forms = {name: kind(formdata=None) for name, kind in forms.FORMS.items()} | (typed or {})
    for name, one in all_forms.items():
        one.apart(name)
        if "mentor" in one:
            one["mentor"].choices = _choices(page)
    return render_template(
        "casework/matching/show.html",
        form=form,
        case=page.case,
        candidates=page.candidates,
        types=MENTOR_TYPES,
        stands=page.stands,
        kinds=EXCLUSIONS,
        may_choose=_may("match.confirm"),
        forms=all_forms,
    )
