"""Pages under /logbog: the mentor's list, the log page for a phone, the log of a course, and pages behind links."""

from datetime import date
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from jobcenter_mentor.casework.meetings import course_log, mentor_log, outside_links, service
from jobcenter_mentor.casework.meetings import renewal as renewals
from jobcenter_mentor.casework.meetings.forms import (
    FIRST_CHOICES,
    LinkForm,
    LogForm,
    MeetingConfirmationForm,
    ReplyForm,
    answers_of,
)
from jobcenter_mentor.casework.meetings.mentor_log import Logged, LogPage
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.outside_links import OutsidePage
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.domain.kernel.needs import GOAL_STATUSES, POINTS
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.drafts import service as drafts
from jobcenter_mentor.platform.drafts.service import StoredDraft
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, public_address, small_whole, working_day
from jobcenter_mentor.platform.pages.public import behind_link

bp = Blueprint("meetings", __name__, url_prefix="/logbog")
LINKS_REMEMBERED = 20
"""Links a browser is known to have used: more than a mentor uses in an hour, few enough for a cookie."""


@bp.get("")
@requires("hours.enter")
def index() -> str:
    """Show the mentor's courses, one line each, with what is missing and what is due (mine borgere)."""
    with read_transaction() as session:
        courses = mentor_log.list_courses(session, actor=acting(), law=law(session))
    return render_template("casework/meetings/index.html", courses=courses, on=working_day())


@bp.get("/<public_id>")
@requires("hours.enter")
def new(public_id: str) -> str:
    """Show the form for a meeting with the most likely answers chosen, or with the draft."""
    page = _log_page(public_id)
    likely = {"how": "in_person", "length": f"{page.minutes}", "topics": page.topics, "met_on": page.met_on}
    goal = next((str(key) for key in page.goals), "")
    return _shown(_form(page.kept, {"form_id": str(uuid4()), "goal_id": goal, **likely}), page)


@bp.post("/<public_id>")
@requires("hours.enter")
def create(public_id: str) -> ResponseReturnValue:
    """Save the meeting; a mistake shows the form again as it was filled in."""
    page, form, actor = _log_page(public_id), LogForm(), acting()
    form.offer(page.tasks, page.goals)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                grant = service.get_course(session, public_id, actor=actor)
                meeting = service.log(session, grant, NewMeeting(**form.told()), actor=actor, law=law(session))
                warnings = service.warnings_of(session, grant, meeting)
                drafts.discard(session, form=mentor_log.NEW, case_key=public_id, by=actor.user)
            return _to_receipt(meeting, warnings)
    return _shown(form, page), 422


@bp.get("/moede/<public_id>")
@requires("hours.enter")
def receipt(public_id: str) -> str:
    """Show what was saved, its earlier texts, and when the next contact is due (kvittering)."""
    return render_template("casework/meetings/receipt.html", logged=_logged(public_id))


@bp.get("/moede/<public_id>/ret")
@requires("hours.enter")
def edit(public_id: str) -> ResponseReturnValue:
    """Show the form for a correction, filled in as it was saved or from the draft."""
    logged = _logged(public_id)
    if logged.corrected:
        return redirect(url_for("meetings.edit", public_id=_newest(public_id).id), 303)
    form = _form(logged.kept, {"form_id": str(uuid4()), **answers_of(logged.told)})
    return _shown(form, logged.page, logged)


@bp.post("/moede/<public_id>/ret")
@requires("hours.enter")
def correct(public_id: str) -> ResponseReturnValue:
    """Save the correction; the old text is stored. Where somebody else was first, both texts are shown."""
    logged, form, actor = _logged(public_id), LogForm(), acting()
    form.offer(logged.page.tasks, logged.page.goals, logged.told["topics"])
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                meeting, grant = service.get_meeting(session, public_id, actor=actor)
                told = NewMeeting(**form.told())
                corrected = service.correct(session, meeting, grant, told, actor=actor, law=law(session))
                warnings = service.warnings_of(session, grant, corrected)
                drafts.discard(session, form=mentor_log.CORRECTION, case_key=public_id, by=actor.user)
            return _to_receipt(corrected, warnings)
    newest = _newest(public_id)
    if newest.id != logged.id:
        return _shown(form, newest.page, newest, other=newest), 409
    return _shown(form, logged.page, logged), 422


@bp.get("/<public_id>/alle")
@requires("log.own.read")
def log(public_id: str) -> str:
    """Show the log of a course: every contact, what it replaced and what was answered."""
    return _log(public_id)


@bp.get("/<public_id>/forlaengelse")
@requires("grant.propose")
def renewal(public_id: str) -> str:
    """Show the draft of the decision on what happens when the period ends."""
    with read_transaction() as session:
        draft = renewals.show(session, public_id, actor=acting())
    extend = url_for("changes.new", public_id=public_id, what="forlaengelse")
    shown = {"extend_url": extend, "statuses": GOAL_STATUSES, "points": POINTS}
    return render_template("casework/meetings/renewal.html", draft=draft, **shown)


@bp.post("/moede/<public_id>/svar")
@requires("log.answer")
def answer(public_id: str) -> ResponseReturnValue:
    """Save an answer to a mentor's note."""
    form, actor = ReplyForm(), acting()
    form.validate_on_submit()
    with transaction() as session:
        _, grant = course_log.reply(session, public_id, form.text.data or "", actor=actor)
    flash("Svaret er gemt. Mentor ser det i logbogen.", "success")
    return redirect(url_for("meetings.log", public_id=grant.public_id, _anchor=f"moede-{public_id}"), 303)


@bp.post("/<public_id>/link")
@requires("log.link")
def make_link(public_id: str) -> ResponseReturnValue:
    """Make a link for a mentor and show it once."""
    form, actor = LinkForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            last = form.expires_on.data or actor.day
            with transaction() as session:
                _, token = outside_links.make_log_link(session, public_id, expires_on=last, actor=actor)
            address = public_address("meetings.link", token=token)
            return _made(public_id, address, last, "Link til mentoren: registrér ét møde uden login")
    return _log(public_id, form), 422


@bp.post("/moede/<public_id>/bekraeft")
@requires("log.link")
def make_confirmation(public_id: str) -> ResponseReturnValue:
    """Make a link for the citizen to confirm the meeting, and show it once."""
    actor = acting()
    with transaction() as session:
        meeting, grant, token = outside_links.make_confirm_link(session, public_id, actor=actor)
    address = public_address("meetings.confirmation", token=token)
    what = f"Link til borgeren: bekræft kontakten den {meeting.met_on:%d.%m.%Y}"
    return _made(grant.public_id, address, actor.day + outside_links.CONFIRM_TIME, what)


@bp.get("/link/<token>")
@behind_link
def link(token: str) -> ResponseReturnValue:
    """Show the log form without a login; opening never uses up the link, and a used one only thanks."""
    return _outside(token, LogForm(formdata=None, data={"form_id": str(uuid4())}))


@bp.post("/link/<token>")
@behind_link
def log_by_link(token: str) -> ResponseReturnValue:
    """Save the meeting; the same form again shows the same receipt."""
    form = LogForm()
    form.offer((), {})
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                told = NewMeeting(**form.told())
                used = outside_links.log(session, token, told, on=working_day(), law=law(session))
            _remember(used)
            return redirect(url_for("meetings.link", token=token), 303)
    return _outside(token, form), 422


@bp.get("/link/<token>/ret")
@behind_link
def edit_by_link(token: str) -> ResponseReturnValue:
    """Show the form to correct what was just logged, for an hour and in the browser that wrote it.

    Others are sent to the page that thanks.
    """
    page = _opened(token)
    if page.told is None:
        return redirect(url_for("meetings.link", token=token), 303)
    return _outside(token, LogForm(formdata=None, data={"form_id": str(uuid4()), **answers_of(page.told)}), mends=True)


@bp.post("/link/<token>/ret")
@behind_link
def correct_by_link(token: str) -> ResponseReturnValue:
    """Save the correction; the old text is stored."""
    form = LogForm()
    form.offer((), {})
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                told = NewMeeting(**form.told())
                outside_links.mend(session, token, told, wrote=_written(), on=working_day(), law=law(session))
            return redirect(url_for("meetings.link", token=token), 303)
    return _outside(token, form, mends=True), 422


@bp.get("/bekraeft/<token>")
@behind_link
def confirmation(token: str) -> ResponseReturnValue:
    """Show the page where the citizen confirms a meeting; opening never uses up the link."""
    return _confirmation(token, MeetingConfirmationForm(formdata=None, data={"form_id": str(uuid4())}))


@bp.post("/bekraeft/<token>")
@behind_link
def confirm(token: str) -> ResponseReturnValue:
    """Save the citizen's answer; the same form again shows the same receipt."""
    form = MeetingConfirmationForm()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                form_id = form.form_id.data or ""
                used = outside_links.confirm(session, token, form.answer.data, form_id=form_id, on=working_day())
            _remember(used)
            return redirect(url_for("meetings.confirmation", token=token), 303)
    return _confirmation(token, form), 422


def _log_page(public_id: str) -> LogPage:
    with read_transaction() as session:
        return mentor_log.get_log_page(session, public_id, actor=acting(), law=law(session))


def _logged(public_id: str) -> Logged:
    with read_transaction() as session:
        return mentor_log.get_logged(session, public_id, actor=acting(), law=law(session))


def _newest(public_id: str) -> Logged:
    with read_transaction() as session:
        return mentor_log.get_newest(session, public_id, actor=acting(), law=law(session))


def _form(kept: StoredDraft | None, likely: dict[str, object]) -> LogForm:
    """Return the form filled in from the draft, or with the most likely answers."""
    return LogForm(formdata=MultiDict(kept.values)) if kept else LogForm(data=likely)


def _shown(form: LogForm, page: LogPage, logged: Logged | None = None, other: Logged | None = None) -> str:
    """Show the log page, for a new meeting or to correct one; `other` is what somebody else saved meanwhile."""
    form.offer(page.tasks, page.goals, form.topics.data or ())
    kept = logged.kept if logged else page.kept
    shown = {"form": form, "page": page, "logged": logged, "first": FIRST_CHOICES, "kept": kept, "other": other}
    return render_template("casework/meetings/new.html", **shown)


def _log(public_id: str, form: LinkForm | None = None) -> str:
    actor = acting()
    with read_transaction() as session:
        book = course_log.show(session, public_id, actor=actor, page=request.args.get("page", 1, type=small_whole))
    usual = LinkForm(formdata=None, data={"expires_on": outside_links.usual_expiry(book.grant, actor.day)})
    rights = {name for name in ("log.answer", "log.link", "hours.enter", "goal.read") if actor.may(name)}
    shown = {"book": book, "link_form": form or usual, "rights": rights, "on": actor.day}
    return render_template("casework/meetings/log.html", reply_form=ReplyForm(formdata=None), **shown)


def _made(public_id: str, address: str, expires_on: date, what: str) -> str:
    """Show the link that was made on a page of its own, which may be printed for somebody outside."""
    back = ("Tilbage til logbogen", url_for("meetings.log", public_id=public_id))
    return render_template("platform/links/made.html", address=address, expires_on=expires_on, what=what, back=back)


def _written() -> list[str]:
    """Return the ids of the links that this browser has used, from its signed cookie."""
    return list(cookie.get("used_links", ()))


def _remember(link_id: str) -> None:
    """Note in the browser's signed cookie that it has used a link."""
    cookie["used_links"] = [*(kept for kept in _written() if kept != link_id), link_id][-LINKS_REMEMBERED:]


def _opened(token: str) -> OutsidePage:
    with read_transaction() as session:
        return outside_links.open_log(session, token, wrote=_written(), on=working_day())


def _outside(token: str, form: LogForm, *, mends: bool = False) -> str:
    page = _opened(token)
    form.offer((), {})
    return render_template(
        "casework/meetings/link.html", page=page, form=form, first=FIRST_CHOICES, mends=mends and page.told, token=token
    )


def _confirmation(token: str, form: MeetingConfirmationForm) -> str:
    with read_transaction() as session:
        page = outside_links.open_confirmation(session, token, wrote=_written(), on=working_day())
    question = form.ask_of(page.form)
    return render_template("casework/meetings/confirm.html", page=page, form=form, question=question)


def _to_receipt(meeting: Meeting, warnings: list[str]) -> Response:
    for text in warnings:
        flash(text, "warning")
    return redirect(url_for("meetings.receipt", public_id=meeting.public_id), 303)
