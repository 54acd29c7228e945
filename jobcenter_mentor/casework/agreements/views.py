"""Pages under /aftaler: the agreements of a course, a new one, who has accepted, and goals."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.agreements import goals as aims
from jobcenter_mentor.casework.agreements import service
from jobcenter_mentor.casework.agreements.custom_items import POINTS as POINTS_OF_AGREEMENT
from jobcenter_mentor.casework.agreements.forms import (
    AbsentForm,
    AgreementAnswerForm,
    AgreementForm,
    GoalForm,
    GoalStatusForm,
    RatingForm,
)
from jobcenter_mentor.casework.agreements.goals import NewGoal, Rating
from jobcenter_mentor.casework.agreements.service import AgreementLetter, AgreementReply, NewAgreement
from jobcenter_mentor.domain.kernel.needs import GOAL_STATUSES, POINTS, TASKS
from jobcenter_mentor.domain.law.agreement_items import about_items
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.drafts import service as drafts
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.pages.door import acting
from jobcenter_mentor.platform.pages.forms import BaseForm

DRAFT = "aftale"
"""The form a draft is stored for."""

bp = Blueprint("agreements", __name__, url_prefix="/aftaler")


@bp.get("/<public_id>")
@requires("agreement.read")
def show(public_id: str) -> str:
    """Show the agreements of a course, newest first, with who has accepted."""
    return _page(public_id, AbsentForm(formdata=None))


@bp.get("/<public_id>/ny")
@requires("agreement.draft")
def new(public_id: str) -> str:
    """Show the form for a new agreement, filled in from grant and match."""
    actor = acting()
    with read_transaction() as session:
        grant = service.get_course(session, public_id, actor=actor, action="agreement.draft")
        law = rules.law(session)
        told = asdict(service.prefill(session, grant, on=actor.day, law=law))
        kept = drafts.find(session, form=DRAFT, case_key=public_id, by=actor.user)
        based_on = service.newest_number(session, grant.id)
    likely = AgreementForm(data=told | told["terms"] | {"based_on": based_on})
    form = AgreementForm(formdata=MultiDict(kept.values)) if kept else likely
    return render_template(
        "casework/agreements/new.html", form=form, grant=grant, kept=kept, about_items=about_items(law.on(actor.day))
    )


@bp.post("/<public_id>/ny")
@requires("agreement.draft")
def create(public_id: str) -> ResponseReturnValue:
    """Save the agreement with its letter; a mistake shows the form again as it was filled in."""
    form = AgreementForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            _drafted(form, public_id)
            flash("Aftalen er skrevet. Den gælder, når alle har accepteret.", "success")
            return redirect(url_for("agreements.show", public_id=public_id), 303)
    return _wrong(form, public_id)


@bp.post("/<public_id>/<agreement_id>/accept")
@requires("agreement.accept")
def accept(public_id: str, agreement_id: str) -> ResponseReturnValue:
    """Save a party's answer: who, what, how and when."""
    form = AgreementAnswerForm()
    return _accepted(form, public_id, agreement_id, form.party.data, "", _reply(form))


@bp.post("/<public_id>/<agreement_id>/uden-borger")
@requires("agreement.accept")
def without_citizen(public_id: str, agreement_id: str) -> ResponseReturnValue:
    """Start the support without the citizen's acceptance, with a reason."""
    form = AbsentForm()
    return _accepted(form, public_id, agreement_id, "citizen", form.absent_reason.data or "", None)


@bp.get("/<public_id>/maal")
@requires("goal.read")
def goals(public_id: str) -> str:
    """Show the goals with their status, and the ratings of each party from start to end (mål og progression)."""
    return _goals(public_id, GoalForm(formdata=None), RatingForm(formdata=None))


@bp.post("/<public_id>/maal")
@requires("goal.write")
def add_goal(public_id: str) -> ResponseReturnValue:
    """Add a goal."""
    form, actor = GoalForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            new = NewGoal(form.text.data or "", form.area.data or "", form.target_on.data)
            with transaction() as session:
                aims.add(
                    session, aims.get_course(session, public_id, actor=actor, action="goal.write"), new, actor=actor
                )
            flash("Målet er gemt.", "success")
            return redirect(url_for("agreements.goals", public_id=public_id), 303)
    return _goals(public_id, form, RatingForm(formdata=None)), 422


@bp.post("/<public_id>/maal/<goal_id>")
@requires("goal.write")
def set_goal(public_id: str, goal_id: str) -> ResponseReturnValue:
    """Set the status of a goal."""
    form, actor = GoalStatusForm(), acting()
    form.validate_on_submit()
    with transaction() as session:
        grant = aims.get_course(session, public_id, actor=actor, action="goal.write")
        status, note = form.status.data or "", form.status_note.data or ""
        aims.set_status(session, grant, goal_id, status=status, note=note, seen=form.seen.data or "", actor=actor)
    flash("Målets status er gemt.", "success")
    return redirect(url_for("agreements.goals", public_id=public_id), 303)


@bp.post("/<public_id>/progression")
@requires("goal.write")
def rate(public_id: str) -> ResponseReturnValue:
    """Save a rating from 1 to 5; the earlier one stays in the history."""
    form, actor = RatingForm(), acting()
    form.offer(aims.may_rate(actor))
    if form.validate_on_submit():
        with form.refusals_shown():
            new = Rating(form.party.data, form.point.data, int(form.score.data), form.rating_note.data or "")
            with transaction() as session:
                grant = aims.get_course(session, public_id, actor=actor, action="goal.write")
                aims.rate(session, grant, new, actor=actor)
            flash("Progressionen er gemt.", "success")
            return redirect(url_for("agreements.goals", public_id=public_id), 303)
    return _goals(public_id, GoalForm(formdata=None), form), 422


def _goals(public_id: str, goal_form: GoalForm, rating_form: RatingForm) -> str:
    actor = acting()
    with read_transaction() as session:
        grant = aims.get_course(session, public_id, actor=actor)
        picture = aims.picture_of(session, grant.id)
    rating_form.offer(aims.may_rate(actor))
    if rating_form.point.data is None:
        rating_form.point.data = aims.likely_point(grant, actor.day)
    status_forms = {
        goal.public_id: GoalStatusForm(
            formdata=None, data={"status": goal.status, "status_note": goal.status_note}
        ).apart(f"goal-{goal.number}")
        for goal in picture.goals
    }
    shown = {"grant": grant, "picture": picture, "goal_form": goal_form, "rating_form": rating_form}
    words = {"statuses": GOAL_STATUSES, "points": POINTS, "areas": TASKS}
    may_write = actor.may("goal.write")
    return render_template(
        "casework/agreements/goals.html", status_forms=status_forms, may_write=may_write, on=actor.day, **words, **shown
    )


def _reply(form: AgreementAnswerForm) -> AgreementReply | None:
    """Return the answer that was written down, None where nothing but the party was sent."""
    if not any((form.answer.data, form.how.data, form.answered_on.data, form.given_by.data)):
        return None
    told = (form.answer.data or "", form.how.data or "", form.answered_on.data)
    return AgreementReply(*told, reason=form.reason.data or "", given_by=form.given_by.data or "")


def _accepted(
    form: BaseForm, public_id: str, agreement_id: str, party: str, absent_reason: str, reply: AgreementReply | None
) -> ResponseReturnValue:
    """Save the acceptance and go back to the page; a refusal is shown on it."""
    actor = acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                agreement = service.get_agreement(session, agreement_id, actor=actor, action="agreement.accept")
                service.accept(session, agreement, party=party, absent_reason=absent_reason, actor=actor, reply=reply)
            flash("Svaret er gemt.", "success")
            return redirect(url_for("agreements.show", public_id=public_id), 303)
    return _page(public_id, form), 422


def _page(public_id: str, form: BaseForm) -> str:
    actor = acting()
    if isinstance(form, AgreementAnswerForm):
        form.apart(form.party.data)
    with read_transaction() as session:
        grant = service.get_course(session, public_id, actor=actor)
        cards = service.list_cards(session, grant, actor=actor)
        of_day = rules.law(session).on(actor.day)
    return render_template(
        "casework/agreements/show.html",
        about_items=about_items(of_day),
        grant=grant,
        cards=cards,
        form=form,
        accept_form=form if isinstance(form, AgreementAnswerForm) else AgreementAnswerForm(formdata=None),
        blank=lambda: AgreementAnswerForm(formdata=None),
        answers=service.ANSWERS,
        how=service.HOW,
        given_by=service.GIVEN_BY,
        own=service.own_parties(actor),
        absent_form=form if isinstance(form, AbsentForm) else AbsentForm(formdata=None),
        parties=service.PARTIES,
        tasks=TASKS,
        points=POINTS_OF_AGREEMENT,
        may_goals=actor.may("goal.read"),
        may_draft=actor.may("agreement.draft"),
        may_accept=actor.may("agreement.accept"),
        may_print=actor.may("letter.read"),
    )


def _wrong(form: AgreementForm, public_id: str) -> ResponseReturnValue:
    """Show the form again as it was filled in, with the agreement somebody else has written meanwhile, if any."""
    actor = acting()
    with read_transaction() as session:
        grant = service.get_course(session, public_id, actor=actor, action="agreement.draft")
        cards = service.list_cards(session, grant, actor=actor)
        of_day = rules.law(session).on(actor.day)
    newest = cards[0] if cards else None
    other = newest if newest and form.based_on.data not in (None, newest.agreement.number) else None
    if other is not None:
        form.based_on.raw_data, form.based_on.data = [], other.agreement.number
    page = render_template(
        "casework/agreements/new.html", form=form, grant=grant, kept=None, other=other, about_items=about_items(of_day)
    )
    return page, 409 if other else 422


def _drafted(form: AgreementForm, public_id: str) -> None:
    """Render the letter before the writing transaction, then store agreement and letter in it."""
    actor = acting()
    told, confirmed = NewAgreement(**form.told()), bool(form.address_confirmed.data)
    with read_transaction() as session:
        law = rules.law(session)
        grant = service.get_course(session, public_id, actor=actor, action="agreement.draft")
        letter = service.letter_of(session, grant, told, actor=actor, law=law, address_confirmed=confirmed)
    kept = AgreementLetter(letter, letters.render(letter))
    with transaction() as session:
        grant = service.get_course(session, public_id, actor=actor, action="agreement.draft")
        service.draft(session, grant, told, actor=actor, law=law, letter=kept, based_on=form.based_on.data)
        drafts.discard(session, form=DRAFT, case_key=public_id, by=actor.user)
