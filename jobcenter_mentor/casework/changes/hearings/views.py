"""Pages under /aendringer/hoering: the facts the citizen is heard about, the letter, and the answer."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes import service
from jobcenter_mentor.casework.changes.hearings.forms import (
    FactForm,
    HearingAnswerForm,
    LeaveOutForm,
    SendForm,
    TakeBackForm,
)
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import hearing, hearing_text
from jobcenter_mentor.casework.grants import queries as grants_reading
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.people.citizens.service import reader_of
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, working_day
from jobcenter_mentor.platform.pages.forms import BaseForm

bp = Blueprint("hearings", __name__, url_prefix="/aendringer/hoering")

FORMS: dict[str, type[BaseForm]] = {
    "adding": FactForm,
    "taking": TakeBackForm,
    "sending": SendForm,
    "leaving": LeaveOutForm,
    "answering": HearingAnswerForm,
}
"""The forms of the page, by the names that its template knows."""


@bp.get("/<public_id>/brev")
@requires("letter.read")
def letter(public_id: str) -> Response:
    """Show the hearing letter (høringsbrev)."""
    actor = acting()
    with read_transaction() as session:
        shown = deciding.get_decision(session, public_id, actor=actor, action="letter.read")
        draft = letters.shown_to(_draft(session, shown), shown.citizen, reader_of(actor.user, on=actor.day))
        grants_reading.seen(session, "letter", shown, by=actor.user)
    return _pdf(draft)


@bp.post("/<public_id>/send")
@requires("grant.propose")
def send(public_id: str) -> ResponseReturnValue:
    """Send the hearing letter (høringsbrev)."""
    form, actor = SendForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                shown = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
                draft = _draft(session, shown, bool(form.address_confirmed.data))
            pdf = letters.render(draft)
            with transaction() as session:
                found = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
                begun = hearing.send(session, found, letter=(draft, pdf), actor=actor, law=law(session))
            flash(f"Høringsbrevet er gemt. Det beder om svar senest {begun.answer_by:%d.%m.%Y}.", "success")
            return redirect(_address(found), 303)
    return _page(public_id, sending=form), 422


@bp.post("/<public_id>/undlad")
@requires("grant.propose")
def leave_out(public_id: str) -> ResponseReturnValue:
    """Leave the hearing out, with a reason."""
    form, actor = LeaveOutForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
                hearing.leave_out(session, found, reason=form.left_out_reason.data or "", by=actor.user)
            flash("Det er noteret, hvorfor borgeren ikke høres.", "success")
            return redirect(_address(found), 303)
    return _page(public_id, leaving=form), 422


@bp.get("/<public_id>")
@requires("grant.propose")
def show(public_id: str) -> str:
    """Show the hearing (partshøring): what was sent, what the citizen answered, and until when."""
    return _page(public_id)


@bp.post("/<public_id>/oplysning")
@requires("grant.propose")
def add_fact(public_id: str) -> ResponseReturnValue:
    """Add a fact that the citizen is heard about."""
    form, actor = FactForm(), acting()
    if form.validate_on_submit():
        new = NewFact(form.fact.data or "", form.source.data or "", form.known_on.data or actor.day)
        with form.refusals_shown():
            with transaction() as session:
                found = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
                facts.add(session, found, new, actor=actor)
            flash("Oplysningen kommer med i brevet.", "success")
            return redirect(url_for("hearings.show", public_id=public_id), 303)
    return _page(public_id, adding=form), 422


@bp.post("/<public_id>/oplysning/fjern")
@requires("grant.propose")
def take_back_fact(public_id: str) -> ResponseReturnValue:
    """Remove a fact again."""
    form, actor = TakeBackForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
                facts.take_back(session, found, form.known.data or "", by=actor.user)
            flash("Oplysningen er fjernet.", "success")
            return redirect(url_for("hearings.show", public_id=public_id), 303)
    return _page(public_id, taking=form), 422


@bp.post("/<public_id>/svar")
@requires("grant.propose")
def answer(public_id: str) -> ResponseReturnValue:
    """Store the citizen's answer."""
    form, actor = HearingAnswerForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
                words, day = form.answer.data or "", form.answered_on.data or actor.day
                hearing.answer(session, found, words=words, answered_on=day, actor=actor)
            flash("Borgerens svar er gemt.", "success")
            return redirect(_address(found), 303)
    return _page(public_id, answering=form), 422


def _page(public_id: str, **sent: BaseForm) -> str:
    """Show the page; `sent` is the form with mistakes, by its name."""
    actor = acting()
    with read_transaction() as session:
        decision = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
        held, known = hearing_text.find(session, decision), facts.of(session, decision)
        grants_reading.seen(session, "decision", decision, by=actor.user)
    forms = {name: sent.get(name) or form(formdata=None) for name, form in FORMS.items()}
    about: dict[str, Any] = {"decision": decision, "hearing": held, "facts_known": known, "most": facts.MOST}
    return render_template("casework/changes/hearing.html", back=_address(decision), on=actor.day, **about, **forms)


def _draft(session: Any, decision: Decision, confirmed: bool = False) -> LetterDraft:
    on, of_law = working_day(), law(session)
    grant = None if decision.grant_id is None else service.grant_of(session, decision)
    told: dict[str, Any] = {"planned": writing.planned_words(grant, decision), "address_confirmed": confirmed}
    told |= {"legal_basis": writing.hearing_basis(grant, decision, of_law, on)}
    return hearing.draft(session, decision, reasons=writing.reasons(grant, decision), on=on, law=of_law, **told)


def _pdf(draft: LetterDraft) -> Response:
    return Response(letters.render(draft), mimetype="application/pdf", headers={"Content-Disposition": "inline"})


def _address(decision: Decision) -> str:
    """Return the page of a proposal: a change has its own."""
    of_grants = decision.kind in {"grant", "refusal"}
    return url_for("grants.decision" if of_grants else "changes.show", public_id=decision.public_id)
