"""Pages under /bevillinger: the list, the proposal with its live panel, the approval, the course and its changes."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.documents import service as documents
from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.agreements import goals
from jobcenter_mentor.casework.complaints import queries as complaints
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants import queries as reading
from jobcenter_mentor.casework.grants import service
from jobcenter_mentor.casework.grants.case_assessment import GrantTerms
from jobcenter_mentor.casework.grants.contact_rule import days_by_law, own_days
from jobcenter_mentor.casework.grants.models import MATCHES
from jobcenter_mentor.casework.grants.proposal import Refusing, find_open
from jobcenter_mentor.casework.grants.service import STATES, GrantFilter
from jobcenter_mentor.casework.grants.sheet import DECISIONS, WAITING, columns
from jobcenter_mentor.casework.meetings import contact_breach
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.contact_deadline import LogEntry
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.domain.kernel.complaint_codes import STATUSES
from jobcenter_mentor.domain.kernel.needs import GOAL_STATUSES, POINTS
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import Page, Session, read_transaction, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, small_whole, working_day
from jobcenter_mentor.screens.course import queries
from jobcenter_mentor.screens.course.forms import KINDS, ApprovalForm, GrantFilterForm, GrantReturnForm, ProposalForm
from jobcenter_mentor.screens.course.queries import CoursePage
from jobcenter_mentor.screens.course.timeline import timeline

ALREADY_SENT = ("Indstillingen var allerede sendt til godkendelse. Intet er ændret.", "warning")
ALREADY_APPROVED = ("Afgørelsen var allerede godkendt. Intet er ændret.", "warning")

bp = Blueprint("grants", __name__, url_prefix="/bevillinger")


@bp.get("")
@requires("grant.read")
def index() -> ResponseReturnValue:
    """Show the courses (forløb) with their filters, or the same list as a sheet."""
    asked = request.args
    chosen = GrantFilter(
        state=asked.get("vis", "running"),
        text=asked.get("q", "")[:100],
        team=asked.get("team", ""),
        mentor=asked.get("mentor", ""),
        page=asked.get("page", 1, type=small_whole),
    )
    actor = acting()
    form = GrantFilterForm(asked)
    form.vis.choices, form.vis.data = STATES, chosen.state
    if download.is_asked_for():
        return _as_sheet(form, chosen)
    with read_transaction() as session:
        page = service.list_grants(session, chosen, actor=actor)
    naming = {"form": form, "reader": reader_of(actor.user, on=actor.day), "shown_name": shown_name}
    return render_template("screens/course/index.html", page=page, chosen=chosen, states=STATES, on=actor.day, **naming)


def _as_sheet(form: GrantFilterForm, chosen: GrantFilter) -> ResponseReturnValue:
    """Return the list of courses as a sheet."""
    actor = acting()
    return download.open_as_sheet(
        "Forløb",
        columns(reader_of(actor.user, on=actor.day), actor.day),
        lambda session: download.every_page(
            lambda number: service.list_grants(session, replace(chosen, page=number), actor=actor)
        ),
        form=form,
        person=lambda row: row.citizen_id,
    )


@bp.get("/ny/<public_id>")
@requires("grant.propose")
def propose(public_id: str) -> str:
    """Show the form of a new grant (ny bevilling): the terms the law offers, beside what the law says of them."""
    return _proposal(public_id, None)


@bp.post("/ny/<public_id>")
@requires("grant.propose")
def create(public_id: str) -> ResponseReturnValue:
    """Send the proposal to approval."""
    form, actor = ProposalForm(), acting()
    if form.validate_on_submit():
        asked = {"kind": form.kind.data, "reason": form.reason.data or "", "refusing": Refusing(**form.refusing())}
        terms = GrantTerms(**(form.terms() or {}))
        with form.refusals_shown():
            with transaction() as session:
                referral = referrals.get_referral(session, public_id, actor=actor, action="grant.propose")
                lock(session, referral.citizen, referral)
                before = find_open(session, referral)
                was_sent = before is not None and before.status is DecisionStatus.WAITING
                decision = proposing.propose(session, referral, terms=terms, actor=actor, law=law(session), **asked)
            flash(*(ALREADY_SENT if was_sent else ("Indstillingen er sendt til godkendelse.", "success")))
            return redirect(url_for("grants.decision", public_id=decision.public_id), 303)
    return _proposal(public_id, form), 422


@bp.post("/vurdering/<public_id>")
@requires("grant.propose")
def assess(public_id: str) -> ResponseReturnValue:
    """Return the panel of law and frame for the form as it is; what cannot be read is an error in it."""
    form, actor = ProposalForm(), acting()
    form.validate()
    typed = form.terms()
    if typed is not None:
        with form.refusals_shown():
            with transaction() as session:
                referral = referrals.get_referral(session, public_id, actor=actor, action="grant.propose")
                page = reading.proposal(session, referral, actor=actor, law=law(session), terms=GrantTerms(**typed))
            return render_template("screens/course/_panel.html", page=page, on=actor.day, live=True)
    return render_template("screens/course/_wrong.html", form=form)


@bp.get("/godkendelser")
@requires("grant.approve_small")
def waiting() -> ResponseReturnValue:
    """Show what waits for the user's approval, oldest first, or the same list as a sheet."""
    actor = acting()
    if download.is_asked_for():
        return download.open_as_sheet(
            "Godkendelser",
            WAITING,
            lambda session: reading.waiting(session, actor=actor),
            chosen="Indstillinger fra andre, som brugeren kan godkende",
            person=lambda row: row.decision.citizen_id,
        )
    with read_transaction() as session:
        rows = reading.waiting(session, actor=actor)
    return render_template("screens/course/waiting.html", rows=rows, on=actor.day, kinds=DECISIONS)


@bp.get("/afgoerelse/<public_id>")
@requires("letter.read")
def decision(public_id: str) -> ResponseReturnValue:
    """Show a decision (afgørelse): what was proposed, what the law and the frame say today, and the letter."""
    actor = acting()
    with read_transaction() as session:
        kind = deciding.get_decision(session, public_id, actor=actor, action="letter.read").kind
    if kind in MATCHES:
        return redirect(url_for("match_proposals.show", public_id=public_id))
    if kind not in KINDS:
        return redirect(url_for("changes.show", public_id=public_id))
    return _decision(public_id, ApprovalForm(), GrantReturnForm())


@bp.get("/afgoerelse/<public_id>/brev")
@requires("letter.read")
def preview(public_id: str) -> Response:
    """Show the letter as it would be sent today."""
    actor = acting()
    with read_transaction() as session:
        shown = deciding.get_decision(session, public_id, actor=actor, action="letter.read")
        draft = deciding.letter_draft(session, shown, on=actor.day, law=law(session))
        draft = letters.shown_to(draft, shown.citizen, reader_of(actor.user, on=actor.day))
        reading.seen(session, "letter", shown, by=actor.user)
    return Response(letters.render(draft), mimetype="application/pdf", headers={"Content-Disposition": "inline"})


@bp.post("/afgoerelse/<public_id>/godkend")
@requires("grant.approve_small")
def approve(public_id: str) -> ResponseReturnValue:
    """Approve; the letter is set before the writing transaction and stored if its values still hold."""
    form = ApprovalForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            return redirect(_approved(public_id, form), 303)
    return _decision(public_id, form, GrantReturnForm(formdata=None)), 422


@bp.post("/afgoerelse/<public_id>/tilbage")
@requires("grant.approve_small")
def send_back(public_id: str) -> ResponseReturnValue:
    """Send the proposal back with a comment."""
    form, actor = GrantReturnForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                shown = deciding.get_decision(session, public_id, actor=actor, action="grant.approve_small")
                deciding.send_back(session, shown, comment=form.comment.data or "", actor=actor)
            flash("Sagen er sendt tilbage.", "success")
            return redirect(url_for("grants.waiting"), 303)
    return _decision(public_id, ApprovalForm(formdata=None), form), 422


@bp.post("/afgoerelse/<public_id>/traek")
@requires("grant.propose")
def withdraw(public_id: str) -> ResponseReturnValue:
    """Withdraw the proposal."""
    actor = acting()
    with transaction() as session:
        shown = deciding.get_decision(session, public_id, actor=actor, action="grant.propose")
        proposing.withdraw(session, shown, actor=actor)
    flash("Indstillingen er trukket tilbage.", "success")
    return redirect(url_for("grants.decision", public_id=public_id), 303)


@bp.get("/<public_id>")
@requires("grant.read")
def show(public_id: str) -> str:
    """Show the course: the strip, and the overview or the chosen tab."""
    by, on, tab = acting_user(), working_day(), request.args.get("fane", queries.OVERVIEW)
    with read_transaction() as session:
        page = queries.show(session, public_id, actor=Actor(by, on), tab=tab)
        held = meetings.list_of_grant(session, page.grant.id)
        in_force = law(session)
        shown = _tab(session, page, held, in_force)
    days, own = days_by_law(page.grant, on, in_force), own_days(page.grant, on, in_force)
    asked = {"used": meetings.hours_in(held, on=on), "contact_days": days, "own_days": own}
    return render_template("screens/course/show.html", page=page, on=on, **asked, **shown)


def _tab(session: Session, page: CoursePage, held: list[LogEntry], in_force: Law) -> dict[str, Any]:
    """Return what the chosen tab shows beyond the course itself."""
    by, on, grant, number = acting_user(), working_day(), page.grant, request.args.get("page", 1, type=small_whole)
    log = held if "log.others" in page.rights else []
    if page.tab == "breve":
        readable = "complaint.read" in page.rights
        found = complaints.list_of_case(session, grant_id=grant.id) if readable else ()
        return {"complaints": found, "complaint_statuses": STATUSES}
    if page.tab == "dokumenter":
        return {"documents": documents.list_of_course(session, grant.id, actor=Actor(by, on))}
    if page.tab == "historik":
        entries = journal.list_of_grant(session, grant.id, actor=Actor(by, on)) if "note.read" in page.rights else ()
        return {"entries": Page.of(entries, number), "kinds_of_entries": journal.KINDS}
    if page.tab != queries.OVERVIEW:
        return {"log": Page.of([entry for entry in log if not entry.corrected], number)}
    contacts = [entry.met_on for entry in held if meetings.counts_as_contact(entry)]
    weeks = contact_breach.weeks_of(grant, held, on=on, law=in_force)
    return {
        "moments": timeline(page, log, contacts, on=on, law=in_force),
        "weeks": [(week.number, week.minutes, week.state) for week in weeks],
        "picture": goals.picture_of(session, grant.id) if page.has_goals else None,
        "points": POINTS,
        "statuses": GOAL_STATUSES,
    }


def _proposal(public_id: str, form: ProposalForm | None) -> str:
    """Show the proposal; typed values decide the panel where they can be read, else the law's offer does."""
    actor = acting()
    typed = form.terms() if form else None
    with read_transaction() as session:
        referral = referrals.get_referral(session, public_id, actor=actor, action="grant.propose")
        terms = reading.usable(typed)
        page = reading.proposal(session, referral, actor=actor, law=law(session), terms=terms)
    form = form or ProposalForm(formdata=None, **reading.proposed_again(page))
    form.offer(page.prices)
    return render_template("screens/course/propose.html", page=page, form=form, on=actor.day)


def _decision(public_id: str, approval: ApprovalForm, comment: GrantReturnForm) -> str:
    actor = acting()
    with read_transaction() as session:
        shown = deciding.get_decision(session, public_id, actor=actor, action="letter.read")
        page = reading.decision(session, shown, actor=actor, law=law(session))
    approval.shown.data = page.shown
    return render_template("screens/course/decision.html", page=page, approval=approval, comment=comment, on=actor.day)


def _approved(public_id: str, form: ApprovalForm) -> str:
    """Set the letter, then approve; return the address of the new course, or of a refusal."""
    actor = acting()
    with read_transaction() as session:
        shown = deciding.get_decision(session, public_id, actor=actor, action="grant.approve_small")
        draft = deciding.letter_draft(
            session, shown, on=actor.day, law=law(session), address_confirmed=form.address_confirmed.data
        )
    pdf = letters.render(draft)
    with transaction() as session:
        decision = deciding.get_decision(session, public_id, actor=actor, action="grant.approve_small")
        lock(session, decision.citizen, decision)
        was_approved = decision.approved_on is not None
        grant = deciding.approve(session, decision, actor=actor, law=law(session), letter=(draft, pdf), **form.told())
    flash(*(ALREADY_APPROVED if was_approved else ("Afgørelsen er godkendt, og brevet er gemt.", "success")))
    if grant is None:
        return url_for("grants.decision", public_id=public_id)
    return url_for("grants.show", public_id=grant.public_id)
