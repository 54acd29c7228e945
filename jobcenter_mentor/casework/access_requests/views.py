"""Pages under /aktindsigt: the list with its deadlines, a new request, one with its papers, and the collected PDF."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.access_requests import answer, case_file, omission, queries, service
from jobcenter_mentor.casework.access_requests.forms import (
    AccessApprovalForm,
    AccessDelayForm,
    AccessReturnForm,
    AccessWithdrawalForm,
    OmissionForm,
    PutBackForm,
    RequestForm,
)
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.sheet import columns
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.access import GROUNDS, section_words
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import needs_reason, requires
from jobcenter_mentor.platform.database.db import Session, read_transaction, reading, transaction
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, reason_is_given, small_whole, working_day

bp = Blueprint("access_requests", __name__, url_prefix="/aktindsigt")
MAKE, RELEASE, PAPERS = "access_request.make", "access_request.release", "access_request.papers"
STEPS: dict[str, type[Any]] = {
    "omission": OmissionForm,
    "returned": AccessReturnForm,
    "approval": AccessApprovalForm,
    "withdrawal": AccessWithdrawalForm,
    "delay": AccessDelayForm,
}


@bp.get("")
@requires("access_request.read")
def index() -> ResponseReturnValue:
    """Show the requests with their deadlines, return them as a sheet, or go on from a case number."""
    actor = acting()
    reader = reader_of(actor.user, on=actor.day)
    if download.is_asked_for():
        return download.open_as_sheet(
            "Aktindsigt",
            columns(reader),
            lambda session: download.every_page(
                lambda number: queries.list_requests(session, page=number, actor=actor)
            ),
            chosen="Alle anmodninger",
            person=lambda row: row.citizen.id,
        )
    wrong = ""
    if (number := request.args.get("sag", "")[:20]) and actor.may(MAKE):
        try:
            with reading() as session:
                citizen = queries.find_case(session, number, actor=actor)
            return redirect(url_for("access_requests.new", public_id=citizen.public_id, sag=number), 303)
        except ValidationFailed as error:
            wrong = error.message
    with read_transaction() as session:
        page = queries.list_requests(session, page=request.args.get("page", 1, type=small_whole), actor=actor)
    shown = {
        "page": page,
        "on": actor.day,
        "reader": reader,
        "shown_name": shown_name,
        "may_make": actor.may(MAKE),
    }
    return render_template("casework/access_requests/index.html", **shown, number=number, wrong=wrong)


@bp.get("/ny/<public_id>")
@requires(MAKE)
def new(public_id: str) -> str:
    """Show the empty form for a request of a citizen, maybe on one case."""
    asked = {"received_on": working_day(), "case_number": request.args.get("sag", "")}
    return _new(public_id, RequestForm(formdata=None, data=asked))


@bp.post("/ny/<public_id>")
@requires(MAKE)
def create(public_id: str) -> ResponseReturnValue:
    """Save the request, whose deadline begins."""
    form, actor = RequestForm(), acting()
    with read_transaction() as session:
        _offer(session, citizens.get_citizen(session, public_id, actor=actor, action=MAKE), form)
    if form.validate_on_submit():
        names = ("received_on", "asked_by", "case_number", "party_name", "party_address", "party_why")
        told: dict[str, Any] = {name: form[name].data or "" for name in names}
        with form.refusals_shown():
            with transaction() as session:
                citizen = citizens.get_citizen(session, public_id, actor=actor, action=MAKE)
                row = service.receive(session, citizen, service.NewRequest(**told), actor=actor, law=law(session))
            flash(f"Anmodningen er registreret. Den skal besvares senest {row.due_on:%d.%m.%Y}.", "success")
            return redirect(url_for("access_requests.show", public_id=row.public_id), 303)
    return _new(public_id, form), 422


@bp.get("/<public_id>")
@requires("access_request.read")
def show(public_id: str) -> str:
    """Show the request with its papers and the next step."""
    return _page(public_id)


@bp.get("/<public_id>/papirer.pdf")
@requires(PAPERS)
def papers(public_id: str) -> ResponseReturnValue:
    """Return the collected papers, as they were handed out or would be.

    The papers of a colleague's citizen need a written reason.
    """
    by, on, has_reason = acting_user(), working_day(), reason_is_given()
    with reading() as session:
        row = queries.get_request(session, public_id, actor=Actor(by, on), action=PAPERS)
        must_tell = needs_reason(by, "citizen.health.read", on=on, subject=row)
    if must_tell and not has_reason:
        return redirect(url_for("auth.reason", next=request.path), 303)
    with read_transaction() as session:
        row = queries.get_request(session, public_id, actor=Actor(by, on), action=PAPERS)
        pdf = answer.read(session, row, has_reason=has_reason, actor=Actor(by, on))
    name = f"aktindsigt-{row.received_on.isoformat()}-{row.public_id[:8]}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@bp.post("/<public_id>/udelad")
@requires(MAKE)
def leave_out(public_id: str) -> ResponseReturnValue:
    """Leave out a paper or some of its pages."""
    form, by = OmissionForm(), acting_user()
    with reading() as session:
        row = queries.get_request(session, public_id, actor=Actor(by, working_day()), action=MAKE)
        _offer_papers(form, queries.papers_to_choose(session, row))
    told = {name: form[name].data or "" for name in ("pages", "section", "reason")}
    return _step(
        public_id,
        form,
        MAKE,
        "Det er udeladt.",
        lambda session, row: omission.leave_out(session, row, form.paper.data or "", **told, by=by),
    )


@bp.post("/<public_id>/tag-med")
@requires(MAKE)
def put_back(public_id: str) -> ResponseReturnValue:
    """Put back what was left out."""
    form, by = PutBackForm(), acting_user()
    return _step(
        public_id,
        form,
        MAKE,
        "Papiret kommer med igen.",
        lambda session, row: omission.put_back(session, row, form.omission.data or "", by=by),
    )


@bp.post("/<public_id>/indstil")
@requires(MAKE)
def propose(public_id: str) -> ResponseReturnValue:
    """Propose the answer for approval, if the papers can be collected."""
    form, actor = PutBackForm(), acting()
    with form.refusals_shown(), reading() as session:
        answer.collect(session, queries.get_request(session, public_id, actor=actor, action=MAKE), on=actor.day)
    if form.form_errors:
        return _page(public_id, form), 422
    return _step(
        public_id,
        form,
        MAKE,
        "Svaret ligger til godkendelse hos teamlederen.",
        lambda session, row: service.propose(session, row, actor=actor),
    )


@bp.post("/<public_id>/send-tilbage")
@requires(RELEASE)
def send_back(public_id: str) -> ResponseReturnValue:
    """Send the answer back to the caseworker."""
    form, actor = AccessReturnForm(), acting()
    return _step(
        public_id,
        form,
        RELEASE,
        "Svaret er sendt tilbage.",
        lambda session, row: service.send_back(session, row, comment=form.comment.data or "", actor=actor),
    )


@bp.post("/<public_id>/godkend")
@requires(RELEASE)
def approve(public_id: str) -> ResponseReturnValue:
    """Approve the answer: papers and letter are made first, then stored."""
    form, actor = AccessApprovalForm(), acting()
    with form.refusals_shown():
        with transaction() as session:
            row = queries.get_request(session, public_id, actor=actor, action=RELEASE)
            service.require_may_approve(session, row, actor=actor)
        with reading() as session:
            row = queries.get_request(session, public_id, actor=actor, action=RELEASE)
            bound = answer.collect(session, row, on=actor.day)
            confirmed = bool(form.address_confirmed.data)
            written = answer.draft(session, row, bound, on=actor.day, law=law(session), address_confirmed=confirmed)
        pdf = letters.render(written)
        return _step(
            public_id,
            form,
            RELEASE,
            "Svaret er godkendt. Brevet ligger blandt borgerens breve og skal sendes.",
            lambda session, row: answer.approve(session, row, bound, written, pdf, actor=actor),
        )
    return _page(public_id, form), 422


@bp.post("/<public_id>/udskyd")
@requires(MAKE)
def postpone(public_id: str) -> ResponseReturnValue:
    """Save that the answer takes longer, with the letter about it."""
    form, actor = AccessDelayForm(), acting()
    if not form.validate_on_submit():
        return _page(public_id, form), 422
    told: dict[str, Any] = {"reason": form.reason.data or "", "expected_on": form.expected_on.data}
    with form.refusals_shown():
        with reading() as session:
            row = queries.get_request(session, public_id, actor=actor, action=MAKE)
            service.check_delay(row, **told, on=actor.day)
            confirmed = bool(form.address_confirmed.data)
            written = answer.delay_draft(session, row, **told, actor=actor, address_confirmed=confirmed)
        pdf = letters.render(written)
        return _step(
            public_id,
            form,
            MAKE,
            "Fristen er flyttet. Brevet ligger blandt borgerens breve og skal sendes.",
            lambda session, row: answer.postpone(session, row, written, pdf, **told, actor=actor),
        )
    return _page(public_id, form), 422


@bp.post("/<public_id>/luk")
@requires(MAKE)
def withdraw(public_id: str) -> ResponseReturnValue:
    """Close a request that was withdrawn."""
    form, actor = AccessWithdrawalForm(), acting()
    return _step(
        public_id,
        form,
        MAKE,
        "Anmodningen er lukket.",
        lambda session, row: service.withdraw(session, row, because=form.because.data or "", actor=actor),
    )


def _step(
    public_id: str, form: Any, action: str, done: str, act: Callable[[Session, AccessRequest], object]
) -> ResponseReturnValue:
    """Carry out one step; a mistake shows the page with the form as it was filled in."""
    actor = acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                act(session, queries.get_request(session, public_id, actor=actor, action=action))
            flash(done, "success")
            return redirect(url_for("access_requests.show", public_id=public_id), 303)
    return _page(public_id, form), 422


def _offer(session: Session, citizen: Citizen, form: RequestForm) -> None:
    """Let the form offer who may ask, and the citizen's cases."""
    on = working_day()
    helpers = queries.helpers(session, citizen, reader_of(acting_user(), on=on), on)
    form.asked_by.choices = {
        "citizen": "Borgeren selv",
        **helpers,
        "party": "En anden part i sagen",
        service.NOBODY: "En, der ikke er part i sagen",
    }
    cases = case_file.cases_of(session, citizen)
    form.case_number.choices = {"": "Alle borgerens sager"} | {number: f"Sag {number}" for number in cases}


def _offer_papers(form: OmissionForm, papers: dict[str, str]) -> None:
    form.paper.choices = {"": "Vælg"} | papers
    form.section.choices = {"": "Vælg"} | {code: f"{section_words(code)}: {text}" for code, text in GROUNDS.items()}


def _new(public_id: str, form: RequestForm) -> str:
    actor = acting()
    with read_transaction() as session:
        citizen = citizens.view_citizen(session, public_id, actor=actor, action=MAKE)
        _offer(session, citizen, form)
    return render_template("casework/access_requests/new.html", form=form, citizen=citizen)


def _page(public_id: str, sent: Any = None) -> str:
    actor = acting()
    reader = reader_of(actor.user, on=actor.day)
    with read_transaction() as session:
        page = queries.show(session, public_id, reader=reader, actor=actor)
        may_make = actor.may(MAKE, page.request)
        may_release = actor.may(RELEASE, page.request) and page.request.proposed_by_id != actor.user.id
    forms = {
        name: (sent if isinstance(sent, kind) else kind(formdata=None)).apart(name) for name, kind in STEPS.items()
    }
    chosen = request.args.get("papir", "")
    papers = {":".join(row.paper.key): f"{row.number}. {row.paper.title}" for row in page.papers}
    internal = {":".join(row.paper.key) for row in page.papers if row.paper.is_internal}
    _offer_papers(forms["omission"], {key: words for key, words in papers.items() if key not in internal})
    if chosen in papers and sent is None:
        forms["omission"].paper.data = chosen
    shown = {"page": page, "on": actor.day, "sent": sent, "may_make": may_make, "may_release": may_release, **forms}
    names = {"reader": reader, "shown_name": shown_name, "section_words": section_words, "outcomes": queries.OUTCOMES}
    return render_template("casework/access_requests/show.html", **shown, **names)
