"""Pages under /aendringer: propose and approve a change, the new mentor's letter, and second checks."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.changes import death, queries, service, spot_check
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes.effect import ENDING, EXTENSION, HOURS
from jobcenter_mentor.casework.changes.forms import (
    ChangeApprovalForm,
    ChangeReturnForm,
    CheckForm,
    EndingForm,
    ExtensionForm,
    HoursForm,
    MentorLetterForm,
    ReasonedForm,
)
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants import course_change
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import queries as grants_reading
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus
from jobcenter_mentor.people.citizens.service import reader_of
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day

ALREADY_SENT = ("Ændringen var allerede indstillet. Intet er ændret.", "warning")
ALREADY_APPROVED = ("Ændringen var allerede godkendt. Intet er ændret.", "warning")

bp = Blueprint("changes", __name__, url_prefix="/aendringer")

FORMS: dict[str, type[ReasonedForm]] = {
    HOURS: HoursForm,
    EXTENSION: ExtensionForm,
    ENDING: EndingForm,
}
ADDRESSES = {"timer": HOURS, "forlaengelse": EXTENSION, "ophoer": ENDING}
PATHS = "any(timer,forlaengelse,ophoer)"


@bp.get(f"/<public_id>/<{PATHS}:what>")
@requires("grant.propose")
def new(public_id: str, what: str) -> str:
    """Show the form to propose a change: the course as it is now, or the proposal that was sent back."""
    grant, on, kind = _course(public_id), working_day(), ADDRESSES[what]
    with read_transaction() as session:
        known = queries.likely(session, grant, kind, on=on, law=law(session))
    return _form(FORMS[kind](formdata=None, data=known), grant, what)


@bp.post(f"/<public_id>/<{PATHS}:what>")
@requires("grant.propose")
def create(public_id: str, what: str) -> ResponseReturnValue:
    """Propose the change (indstil)."""
    kind, actor = ADDRESSES[what], acting()
    form, grant = FORMS[kind](), _course(public_id)
    _offer(form, grant)
    if form.validate_on_submit():
        if isinstance(form, EndingForm) and form.end_code.data == course_change.DIED:
            return _close_at_death(public_id, form, grant)
        with form.refusals_shown():
            with transaction() as session:
                found = grants.get_grant(session, public_id, actor=actor, action="grant.propose")
                asked = NewChange(kind=kind, **form.told())
                lock(session, found)
                before = service.find_waiting(session, found)
                was_sent = before is not None and before.status is DecisionStatus.WAITING
                decision = service.propose(session, found, asked, actor=actor, law=law(session))
            flash(*(ALREADY_SENT if was_sent else (f"{service.KINDS[kind]} er indstillet.", "success")))
            return redirect(url_for("changes.show", public_id=decision.public_id), 303)
    return _form(form, grant, what), 422


@bp.get("/afgoerelse/<public_id>")
@requires("letter.read")
def show(public_id: str) -> str:
    """Show the change: before and after, the law, the hearing, the approval."""
    return _page(public_id)


@bp.get("/afgoerelse/<public_id>/brev")
@requires("letter.read")
def preview(public_id: str) -> Response:
    """Show the letter as it would be sent today."""
    actor = acting()
    with read_transaction() as session:
        shown = service.get_change(session, public_id, actor=actor, action="letter.read")
        draft = service.letter_draft(session, shown, on=actor.day, law=law(session))
        draft = letters.shown_to(draft, shown.citizen, reader_of(actor.user, on=actor.day))
        grants_reading.seen(session, "letter", shown, by=actor.user)
    return _pdf(draft)


@bp.post("/afgoerelse/<public_id>/godkend")
@requires("grant.approve_small")
def approve(public_id: str) -> ResponseReturnValue:
    """Approve the change; the letter is set before the writing transaction and stored if its values still hold."""
    form, actor = ChangeApprovalForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            letter = _letter(public_id, bool(form.address_confirmed.data))
            with transaction() as session:
                found = service.get_change(session, public_id, actor=actor, action="grant.approve_small")
                lock(session, found.citizen, found)
                was_approved = found.approved_on is not None
                told = {name: form[name].data or "" for name in ("beyond_reason", "overlap_reason")}
                grant = service.approve(session, found, actor=actor, law=law(session), letter=letter, **told)
            flash(*(ALREADY_APPROVED if was_approved else ("Ændringen er godkendt, og brevet er gemt.", "success")))
            return redirect(url_for("grants.show", public_id=grant.public_id), 303)
    return _page(public_id, approval=form), 422


@bp.post("/afgoerelse/<public_id>/tilbage")
@requires("grant.approve_small")
def send_back(public_id: str) -> ResponseReturnValue:
    """Send the change back with a comment."""
    form, actor = ChangeReturnForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_change(session, public_id, actor=actor, action="grant.approve_small")
                deciding.send_back(session, found, comment=form.comment.data or "", actor=actor)
            flash("Ændringen er sendt tilbage.", "success")
            return redirect(url_for("grants.waiting"), 303)
    return _page(public_id, comment=form), 422


@bp.get("/<public_id>/mentorbrev")
@requires("grant.change")
def mentor_letter(public_id: str) -> str:
    """Show the form for the letter about a new mentor."""
    return render_template(
        "casework/changes/mentor.html", grant=_course(public_id), form=MentorLetterForm(formdata=None)
    )


@bp.post("/<public_id>/mentorbrev")
@requires("grant.change")
def send_mentor_letter(public_id: str) -> ResponseReturnValue:
    """Send the letter about the new mentor."""
    form, actor = MentorLetterForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                grant = grants.get_grant(session, public_id, actor=actor, action="grant.change")
                told = {"reason": form.reason.data, "address_confirmed": bool(form.address_confirmed.data)}
                draft = writing.mentor_draft(session, grant, actor=actor, law=law(session), **told)
            pdf = letters.render(draft)
            with transaction() as session:
                grant = grants.get_grant(session, public_id, actor=actor, action="grant.change")
                service.send_mentor_letter(session, grant, letter=(draft, pdf), actor=actor)
            flash("Brevet om den nye mentor er gemt.", "success")
            return redirect(url_for("grants.show", public_id=public_id), 303)
    return render_template("casework/changes/mentor.html", grant=_course(public_id), form=form), 422


@bp.get("/kontrol")
@requires("decision.check")
def checks() -> str:
    """Show the second checks (stikprøver) that are missing."""
    with read_transaction() as session:
        rows = spot_check.list_open(session, actor=acting())
    return render_template(
        "casework/changes/checks.html", rows=rows, forms={row.id: CheckForm(formdata=None) for row in rows}
    )


@bp.post("/kontrol/<public_id>")
@requires("decision.check")
def settle_check(public_id: str) -> ResponseReturnValue:
    """Settle a second check."""
    form, actor = CheckForm(), acting()
    if form.validate_on_submit():
        right, note = form.is_right.data == "ja", form.note.data or ""
        with form.refusals_shown():
            with transaction() as session:
                spot_check.settle(session, public_id, is_right=right, note=note, actor=actor)
            flash("Stikprøven er afsluttet.", "success")
            return redirect(url_for("changes.checks"), 303)
    with transaction() as session:
        rows = spot_check.list_open(session, actor=actor)
    forms = {row.id: form if row.public_id == public_id else CheckForm(formdata=None) for row in rows}
    return render_template("casework/changes/checks.html", rows=rows, forms=forms), 422


def _course(public_id: str) -> Grant:
    with read_transaction() as session:
        grant = grants.get_grant(session, public_id, actor=acting(), action="grant.change")
        grants_reading.seen(session, "grant", grant, by=acting_user())
    return grant


def _close_at_death(public_id: str, form: EndingForm, grant: Grant) -> ResponseReturnValue:
    """Close the course at a death: a fact that nobody approves and no letter mentions."""
    actor = acting()
    with form.refusals_shown():
        with transaction() as session:
            found = grants.get_grant(session, public_id, actor=actor, action="grant.change")
            note = form.reason.data or ""
            death.close(session, found, died_on=form.last_day.data or actor.day, note=note, actor=actor)
            seen = actor.may("citizen.status.read", found.citizen)
            left, citizen = seen and death.still_open(session, found.citizen, actor=actor), found.citizen.public_id
        flash("Forløbet er lukket, og det står i journalen. Der sendes intet brev til borgeren.", "success")
        place = ("citizens.show", citizen) if left else ("grants.show", public_id)
        return redirect(url_for(place[0], public_id=place[1]), 303)
    return _form(form, grant, "ophoer"), 422


def _offer(form: ReasonedForm, grant: Grant) -> None:
    if isinstance(form, EndingForm):
        form.end_code.choices = course_change.reasons_for(grant, working_day())


def _form(form: ReasonedForm, grant: Grant, what: str) -> str:
    _offer(form, grant)
    kind, actor = ADDRESSES[what], acting()
    with read_transaction() as session:
        last_day = form["last_day"].data if "last_day" in form else None
        beside = queries.beside(session, grant, kind, last_day, actor=actor)
    return render_template(f"casework/changes/{kind}.html", form=form, grant=grant, on=actor.day, beside=beside)


def _page(
    public_id: str, *, approval: ChangeApprovalForm | None = None, comment: ChangeReturnForm | None = None
) -> str:
    actor = acting()
    with read_transaction() as session:
        page = queries.change(session, public_id, actor=actor, law=law(session))
    forms = {
        "approval": approval or ChangeApprovalForm(formdata=None),
        "comment": comment or ChangeReturnForm(formdata=None),
    }
    what = next(path for path, kind in ADDRESSES.items() if kind == page.decision.kind)
    return render_template("casework/changes/show.html", page=page, what=what, on=actor.day, **forms)


def _letter(public_id: str, confirmed: bool) -> tuple[LetterDraft, bytes]:
    actor = acting()
    with read_transaction() as session:
        shown = service.get_change(session, public_id, actor=actor, action="grant.approve_small")
        draft = service.letter_draft(session, shown, on=actor.day, law=law(session), address_confirmed=confirmed)
    return draft, letters.render(draft)


def _pdf(draft: LetterDraft) -> Response:
    return Response(letters.render(draft), mimetype="application/pdf", headers={"Content-Disposition": "inline"})
