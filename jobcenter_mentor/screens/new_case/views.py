"""Pages under /henvisninger: the waiting list, the form in three parts, the referral and its withdrawal."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.grants import case_assessment, first_offer
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.grants.proposal import find_open
from jobcenter_mentor.casework.notices import service as notices
from jobcenter_mentor.casework.referrals import queries as referral_queries
from jobcenter_mentor.casework.referrals import service
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.casework.referrals.queries import ReferralFilter
from jobcenter_mentor.casework.referrals.referral_check import NewReferral
from jobcenter_mentor.casework.referrals.sheet import columns
from jobcenter_mentor.domain.kernel.errors import InvalidTransition
from jobcenter_mentor.domain.kernel.needs import BARRIERS, OTHER_SUPPORT, TASKS
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import Session, read_transaction, reading, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.drafts import service as drafts
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.screens.new_case import service as opening
from jobcenter_mentor.screens.new_case.forms import (
    ReferralCitizenForm,
    ReferralFilterForm,
    ReferralForm,
    ReferralWithdrawalForm,
    answers_of,
)

DRAFT = "bevilling"
bp = Blueprint("referrals", __name__, url_prefix="/henvisninger")
NAMES: dict[str, Any] = {
    "benefits": BENEFITS,
    "visitations": VISITATIONS,
    "mentor_types": MENTOR_TYPES,
    "support_names": OTHER_SUPPORT,
    "shown_name": citizens.shown_name,
}


@bp.get("")
@requires("referral.read")
def index() -> ResponseReturnValue:
    """Show the referrals without a decision, the longest wait first, or the same list as a sheet."""
    by, on, form = acting_user(), working_day(), ReferralFilterForm(request.args)
    form.validate()
    chosen = ReferralFilter(
        waiting=not form.closed.data,
        caseworker_id=by.id if form.mine.data else None,
        mentor_type="" if form.mentor_type.errors else form.mentor_type.data,
        page=form.page.data or 1,
    )
    if download.is_asked_for():
        return download.open_as_sheet(
            "Henvisninger",
            columns(citizens.reader_of(by, on=on), on),
            lambda session: download.every_page(
                lambda number: referral_queries.list_referrals(
                    session, actor=Actor(by, on), chosen=replace(chosen, page=number)
                )
            ),
            form=form,
            chosen="" if form.closed.data else "Venter på afgørelse",
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        page = referral_queries.list_referrals(session, actor=Actor(by, on), chosen=chosen)
    return _render("index", form=form, page=page)


@bp.get("/ny")
@requires("referral.write")
def new() -> str:
    """Show a new referral: the page finds the citizen first, then shows the form with what is known already."""
    if "borger" not in request.args:
        return _render("find", form=ReferralCitizenForm(formdata=None))
    citizen, known = _chosen(request.args["borger"])
    likely = {"form_key": str(uuid4()), "start": working_day(), "weeks": 26}
    likely |= {"first_offer": "nej"} if known["used_up"] else {}
    written = MultiDict(known["kept"].values) if known["kept"] else None
    return _form(ReferralForm(formdata=written, data=likely), citizen, **known)


@bp.post("/borger")
@requires("referral.write")
def find() -> ResponseReturnValue:
    """Find the citizen by CPR number; the number is never in an address."""
    form = ReferralCitizenForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = citizens.find_by_cpr(session, form.cpr.data, actor=acting())
            if citizen is not None:
                return redirect(url_for("referrals.new", borger=citizen.public_id), 303)
            form.cpr.errors = ["Ingen borger i dit team har det nummer. Opret borgeren først, hvis borgeren er ny."]
    return _render("find", form=form), 422


@bp.post("/ny")
@requires("referral.write")
def create() -> ResponseReturnValue:
    """Send to approval, or save the referral for later; the same form sent twice leads to the same case."""
    form, actor = ReferralForm(), acting()
    citizen, known = _chosen(request.args.get("borger", ""))
    if form.validate_on_submit():
        with form.refusals_shown():
            if request.form.get("act") == "send":
                decision = _proposed(form, citizen.public_id)
                flash(f"Sag {decision.case_number} er sendt til godkendelse.", "success")
                return redirect(url_for("grants.decision", public_id=decision.public_id), 303)
            with transaction() as session:
                found = citizens.get_citizen(session, citizen.public_id, actor=actor)
                referral = service.refer(
                    session, found, NewReferral(**form.told(actor.day)), actor=actor, law=law(session)
                )
                drafts.discard(session, form=DRAFT, case_key=citizen.public_id, by=actor.user)
            flash(f"Henvisningen er gemt som sag {referral.case_number}.", "success")
            return redirect(url_for("referrals.show", public_id=referral.public_id), 303)
    return _form(form, citizen, **known), 422


@bp.post("/vurdering")
@requires("referral.write")
def assess() -> ResponseReturnValue:
    """Return the panel alone: the law, the frame and the gaps of the letter while the form is written."""
    form = ReferralForm()
    form.validate()
    if form.has_terms():
        with form.refusals_shown():
            return render_template("screens/course/_panel.html", opening=_opening(form), on=working_day(), live=True)
    return render_template("screens/course/_wrong.html", form=form, only=form.TERMS)


@bp.post("/brev")
@requires("referral.write")
def preview() -> ResponseReturnValue:
    """Show the letter before anything is saved; its gaps are shown at their fields."""
    form = ReferralForm()
    citizen, known = _chosen(request.args.get("borger", ""))
    if form.validate_on_submit():
        with form.refusals_shown():
            pdf = letters.render(_opening(form).draft)
            return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": "inline"})
    return _form(form, citizen, **known), 422


@bp.get("/<public_id>")
@requires("referral.read")
def show(public_id: str) -> str:
    """Show the referral: what was asked for, and the way to a decision."""
    actor = acting()
    with read_transaction() as session:
        referral = service.view_referral(session, public_id, actor=actor)
        sent = letters.list_of_case(session, referral_id=referral.id, actor=actor)
        due = None if referral.closed_on else notices.due_of_referral(session, referral, law(session))
    return _page(referral, ReferralWithdrawalForm(formdata=None), letters=sent, case_due=due)


@bp.get("/<public_id>/ret")
@requires("referral.write")
def edit(public_id: str) -> str:
    """Show the form to correct the referral."""
    referral = _referral(public_id)
    return _form(ReferralForm(formdata=None, data=answers_of(referral)), referral.citizen, referral)


@bp.post("/<public_id>/ret")
@requires("referral.write")
def amend(public_id: str) -> ResponseReturnValue:
    """Store the correction, unless somebody else changed the referral meanwhile."""
    form, actor = ReferralForm(), acting()
    referral = _referral(public_id)
    if form.validate_on_submit():
        told, version = NewReferral(**form.told(actor.day)), form.version.data or 0
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_referral(session, public_id, actor=actor, action="referral.write")
                service.amend(session, found, told, version=version, actor=actor)
            flash("Rettelsen er gemt.", "success")
            return redirect(url_for("referrals.show", public_id=public_id), 303)
    form.renew(referral.version)
    return _form(form, referral.citizen, referral), 409 if form.is_stale else 422


@bp.post("/<public_id>/tilbage")
@requires("referral.write")
def withdraw(public_id: str) -> ResponseReturnValue:
    """Withdraw the referral with a reason."""
    form, actor = ReferralWithdrawalForm(), acting()
    referral = _referral(public_id)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_referral(session, public_id, actor=actor, action="referral.write")
                _refuse_waiting(session, found)
                service.withdraw(session, found, reason=form.reason.data, actor=actor)
            flash("Henvisningen er trukket tilbage.", "success")
            return redirect(url_for("referrals.show", public_id=public_id), 303)
    return _page(referral, form), 422


def _refuse_waiting(session: Session, referral: Referral) -> None:
    """Lock the referral and refuse while a proposal in it waits for approval. Raises InvalidTransition."""
    lock(session, referral)
    waiting = find_open(session, referral)
    if waiting is not None and waiting.status is DecisionStatus.WAITING:
        raise InvalidTransition("Der ligger en indstilling i sagen, som afventer godkendelse. Træk den tilbage først.")


def _opening(form: ReferralForm) -> opening.Opening:
    """Return what the law, the frame and the letter say of the form as it is; the look is logged."""
    actor = acting()
    new = NewReferral(**form.told(actor.day))
    with read_transaction() as session:
        asked = request.args.get("borger", "")
        citizen = citizens.view_citizen(session, asked, actor=actor, action="referral.write")
        reason = form.reason.data or ""
        return opening.preview(session, citizen, new, reason=reason, actor=actor, law=law(session))


def _proposed(form: ReferralForm, public_id: str) -> Decision:
    actor = acting()
    new = NewReferral(**form.told(actor.day))
    with transaction() as session:
        citizen = citizens.get_citizen(session, public_id, actor=actor)
        reason = form.reason.data or ""
        decision = opening.open_case(session, citizen, new, reason=reason, actor=actor, law=law(session))
        drafts.discard(session, form=DRAFT, case_key=public_id, by=actor.user)
        return decision


def _chosen(public_id: str) -> tuple[Citizen, dict[str, Any]]:
    """Return the citizen of the form, and what is known of earlier cases."""
    with read_transaction() as session:
        by, on = acting_user(), working_day()
        citizen = citizens.view_citizen(session, public_id, actor=Actor(by, on), action="referral.write")
        earlier = grants.list_of_citizen(session, citizen.id, actor=Actor(by, on))
        kept = drafts.find(session, form=DRAFT, case_key=citizen.public_id, by=by)
        used_up = first_offer.used_up(session, citizen, on=on)
        standing = service.find_open(session, citizen.id)
        return citizen, {"standing": standing, "earlier": earlier, "kept": kept, "used_up": used_up}


def _referral(public_id: str) -> Referral:
    with read_transaction() as session:
        return service.view_referral(session, public_id, actor=acting(), action="referral.write")


def _form(form: ReferralForm, citizen: Citizen, referral: Referral | None = None, **known: Any) -> str:
    status, on = citizen.status_on(working_day()), working_day()
    with reading() as session:
        of_day = law(session).on(on)
    known |= case_assessment.asked_of(citizen, of_day) | {"lacking": case_assessment.lacking_group(citizen, of_day)}
    return _render("form", form=form, citizen=citizen, referral=referral, status=status, **known)


def _page(referral: Referral, form: ReferralWithdrawalForm, **known: Any) -> str:
    last_day = service.last_day_of(referral.start, referral.weeks)
    status = referral.citizen.status_on(working_day())
    needs = {
        "tasks": [TASKS[code] for code in referral.tasks],
        "barriers": [BARRIERS[code] for code in referral.barriers],
    }
    return _render("show", referral=referral, form=form, last_day=last_day, status=status, **needs, **known)


def _render(name: str, **shown: Any) -> str:
    actor = acting()
    rights = {
        "reader": citizens.reader_of(actor.user, on=actor.day),
        "may_write": actor.may("referral.write"),
    }
    return render_template(f"screens/new_case/{name}.html", on=actor.day, **rights, **shown, **NAMES)
