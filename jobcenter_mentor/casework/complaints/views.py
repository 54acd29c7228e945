"""Pages under /klager: the list with its deadlines, a new complaint, and each step of one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.complaints import appeal, queries, service
from jobcenter_mentor.casework.complaints import letters as drafts
from jobcenter_mentor.casework.complaints.forms import (
    AppealDecisionForm,
    ComplaintFilterForm,
    ComplaintForm,
    ForwardForm,
    ReviewForm,
    StandForm,
    TakesLongerForm,
)
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.complaints.queries import ComplaintFilter
from jobcenter_mentor.casework.complaints.service import NewComplaint
from jobcenter_mentor.casework.complaints.sheet import columns
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.domain.kernel.complaint_codes import ANSWERS, BOARD_OUTCOMES, KINDS, OUTCOMES, STATUSES
from jobcenter_mentor.domain.law.complaint_deadlines import SHORT_CASES
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import Session, now, read_transaction, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.platform.pages.filters import dk_date

bp = Blueprint("complaints", __name__, url_prefix="/klager")
NAMES: dict[str, Any] = {
    "kinds": KINDS,
    "outcomes": OUTCOMES,
    "answers": ANSWERS,
    "board_outcomes": BOARD_OUTCOMES,
    "statuses": STATUSES,
    "short_cases": SHORT_CASES,
}
STEPS = {
    "review": (ReviewForm, "reviewed_on"),
    "stand": (StandForm, "stands_on"),
    "forward": (ForwardForm, "forwarded_on"),
    "answer": (AppealDecisionForm, "board_on"),
}
"""The form of each step and the name of its day, which is today unless it is changed."""


@bp.get("")
@requires("complaint.read")
def index() -> ResponseReturnValue:
    """Show the complaints with their deadlines, the nearest first, or return the same list as a sheet."""
    by, on, form = acting_user(), working_day(), ComplaintFilterForm(request.args)
    form.validate()
    reader = reader_of(by, on=on)
    status = "open" if form.status.errors else form.status.data
    chosen = ComplaintFilter(status, form.overdue.data, form.mine.data, form.page.data or 1)
    if download.is_asked_for():
        return download.open_as_sheet(
            "Klager",
            columns(reader),
            lambda session: download.every_page(
                lambda number: queries.list_complaints(
                    session, chosen=replace(chosen, page=number), actor=Actor(by, on)
                )
            ),
            form=form,
            chosen="" if chosen.status else "Alle klager",
            person=lambda row: row.citizen.id,
        )
    with read_transaction() as session:
        page = queries.list_complaints(session, chosen=chosen, actor=Actor(by, on))
    naming = {"reader": reader, "shown_name": shown_name}
    return render_template("casework/complaints/index.html", page=page, form=form, on=on, **naming, **NAMES)


@bp.get("/ny/<public_id>")
@requires("complaint.write")
def new(public_id: str) -> str:
    """Show the form for a complaint about a decision."""
    return _new(public_id, ComplaintForm(formdata=None, data={"received_on": working_day()}))


@bp.post("/ny/<public_id>")
@requires("complaint.write")
def create(public_id: str) -> ResponseReturnValue:
    """Save the complaint, whose deadline begins."""
    form, actor = ComplaintForm(), acting()
    if form.validate_on_submit():
        told = NewComplaint(
            form.received_on.data or actor.day, form.text.data or "", bool(form.urgent.data), form.short_case.data or ""
        )
        with form.refusals_shown():
            with transaction() as session:
                decision = service.get_decision(session, public_id, actor=actor)
                lock(session, decision)
                begun = now()
                complaint = service.receive(session, decision, told, actor=actor, law=law(session))
            flash(*_received(complaint, is_new=complaint.recorded_at >= begun))
            return redirect(url_for("complaints.show", public_id=complaint.public_id), 303)
    return _new(public_id, form), 422


@bp.get("/<public_id>")
@requires("complaint.read")
def show(public_id: str) -> str:
    """Show the complaint and the next step."""
    return _page(public_id)


@bp.get("/<public_id>/brev")
@requires("letter.read")
def letter(public_id: str) -> Response:
    """Show the letter that the complaint has been sent on, before it is stored."""
    actor = acting()
    with read_transaction() as session:
        complaint = service.get_complaint(session, public_id, actor=actor)
        appeal.check_forward(complaint, actor.day, actor.day)
        decision = session.get_one(Decision, complaint.decision_id)
        draft = drafts.sent(session, complaint, actor=actor, law=law(session))
        draft = letters.shown_to(draft, decision.citizen, reader_of(actor.user, on=actor.day))
    return Response(letters.render(draft), mimetype="application/pdf", headers={"Content-Disposition": "inline"})


@bp.post("/<public_id>/besked")
@requires("complaint.write")
def tell(public_id: str) -> ResponseReturnValue:
    """Save the letter that the reassessment takes longer."""
    form, actor = TakesLongerForm(), acting()
    told: dict[str, Any] = {"expected_on": form.expected_on.data, "why": form.why.data or ""}

    def write(session: Session, complaint: Complaint) -> LetterDraft:
        delay = service.delay_of(session, complaint, **told, on=actor.day)
        confirmed = bool(form.address_confirmed.data)
        return drafts.notice(session, complaint, delay, actor=actor, law=law(session), confirmed=confirmed)

    def act(session: Session, complaint: Complaint, sent: service.Sent | None) -> None:
        if sent:
            service.tell_of_delay(session, complaint, **told, letter=sent, actor=actor, law=law(session))

    return _step(public_id, form, act, "Brevet er gemt, og fristen er flyttet.", write)


@bp.post("/<public_id>/genvurder")
@requires("complaint.write")
def review(public_id: str) -> ResponseReturnValue:
    """Save the reassessment; a partial yes asks the citizen by letter."""
    form, actor = ReviewForm(), acting()
    told: dict[str, Any] = {"outcome": form.outcome.data, "reviewed_on": form.reviewed_on.data}
    told["note"] = form.note.data or ""

    def write(session: Session, complaint: Complaint) -> LetterDraft | None:
        service.check_review(complaint, **told, on=actor.day)
        if told["outcome"] != "partly":
            return None
        confirmed = bool(form.address_confirmed.data)
        return drafts.partly(session, complaint, told["note"], actor=actor, law=law(session), confirmed=confirmed)

    def act(session: Session, complaint: Complaint, sent: service.Sent | None) -> None:
        service.review(session, complaint, **told, actor=actor, law=law(session), letter=sent)

    return _step(public_id, form, act, "Genvurderingen er gemt.", write)


@bp.post("/<public_id>/borgerens-svar")
@requires("complaint.write")
def stand(public_id: str) -> ResponseReturnValue:
    """Save whether the complaint stands for the rest."""
    form, actor = StandForm(), acting()
    told: dict[str, Any] = {"stands": form.stands.data, "stands_on": form.stands_on.data}

    def act(session: Session, complaint: Complaint, _: service.Sent | None) -> None:
        service.stand(session, complaint, **told, actor=actor, law=law(session))

    what = "Klagen skal nu sendes videre." if told["stands"] == "stands" else "Klagesagen er slut."
    return _step(public_id, form, act, f"Borgerens svar er gemt. {what}")


@bp.post("/<public_id>/send")
@requires("complaint.write")
def forward(public_id: str) -> ResponseReturnValue:
    """Save that the complaint was sent on, with the letter that informs the citizen."""
    form, actor = ForwardForm(), acting()
    day: Any = form.forwarded_on.data

    def write(session: Session, complaint: Complaint) -> LetterDraft | None:
        appeal.check_forward(complaint, day, actor.day)
        if session.get_one(Decision, complaint.decision_id).citizen.died_on is not None:
            return None
        confirmed = bool(form.address_confirmed.data)
        return drafts.sent(session, complaint, actor=actor, law=law(session), confirmed=confirmed)

    def act(session: Session, complaint: Complaint, sent: service.Sent | None) -> None:
        body = drafts.body_of(session.get_one(Decision, complaint.decision_id), law(session))
        appeal.forward(session, complaint, forwarded_on=day, letter=sent, body=body, actor=actor)

    return _step(public_id, form, act, "Klagen er registreret som sendt videre.", write)


@bp.post("/<public_id>/svar")
@requires("complaint.write")
def answer(public_id: str) -> ResponseReturnValue:
    """Save the decision of the appeals board."""
    form, actor = AppealDecisionForm(), acting()
    told: dict[str, Any] = {"board_outcome": form.board_outcome.data, "board_on": form.board_on.data}

    def act(session: Session, complaint: Complaint, _: service.Sent | None) -> None:
        appeal.answer(session, complaint, **told, actor=actor)

    return _step(public_id, form, act, "Ankestyrelsens afgørelse er gemt.")


def _step(
    public_id: str,
    form: Any,
    act: Callable[[Session, Complaint, service.Sent | None], None],
    done: str,
    write: Callable[[Session, Complaint], LetterDraft | None] | None = None,
) -> ResponseReturnValue:
    """Carry out one step, its letter rendered before the writing; a mistake shows the page as it was filled in."""
    if form.validate_on_submit():
        with form.refusals_shown():
            sent = _rendered(public_id, write) if write else None
            with transaction() as session:
                act(session, _complaint(session, public_id), sent)
            flash(f"{done} Brevet til borgeren ligger under Breve, der ikke er sendt." if sent else done, "success")
            return redirect(url_for("complaints.show", public_id=public_id), 303)
    return _page(public_id, form), 422


def _rendered(public_id: str, write: Callable[[Session, Complaint], LetterDraft | None]) -> service.Sent | None:
    with read_transaction() as session:
        draft = write(session, _complaint(session, public_id))
    return (draft, letters.render(draft)) if draft else None


def _complaint(session: Session, public_id: str) -> Complaint:
    return service.get_complaint(session, public_id, actor=acting(), action="complaint.write")


def _received(complaint: Complaint, *, is_new: bool) -> tuple[str, str]:
    """Return the message shown when a complaint is stored, and its kind."""
    if complaint.status == "late":
        what = f"Den kom for sent og skal sendes videre straks, senest {dk_date(complaint.review_due)}."
    else:
        what = f"Den skal være genvurderet senest {dk_date(complaint.review_due)}."
    if is_new:
        return f"Klagen er registreret. {what}", "success"
    return f"Klagen var allerede registreret. {what}", "warning"


def _new(public_id: str, form: ComplaintForm) -> str:
    on = working_day()
    with read_transaction() as session:
        decision = service.get_decision(session, public_id, actor=Actor(acting_user(), on))
        chosen_law = law(session)
        last_day = service.last_day_of(session, decision, chosen_law)
        is_short = service.may_be_short(decision, chosen_law, form.received_on.data or on)
        at_once = chosen_law.on(on).find("decision.late_at_once") is True
    shown = {"last_day": last_day, "is_short": is_short, "at_once": at_once}
    return render_template("casework/complaints/new.html", form=form, decision=decision, on=on, **shown, **NAMES)


def _page(public_id: str, form: Any = None) -> str:
    actor = acting()
    with read_transaction() as session:
        page = queries.get_page(session, public_id, actor=actor, law=law(session))
    forms = {
        name: form if isinstance(form, kind) else kind(formdata=None, data={day: actor.day})
        for name, (kind, day) in STEPS.items()
    }
    longer = form if isinstance(form, TakesLongerForm) else TakesLongerForm(formdata=None)
    may_write = actor.may("complaint.write", page.complaint)
    shown = {"longer": longer.apart("besked"), "sent": form, "may_write": may_write}
    return render_template("casework/complaints/show.html", page=page, on=actor.day, **forms, **shown, **NAMES)
