"""Sider under /logbog: the mentor's own list, the log page for a phone, its receipt and its correction."""

from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from jobcenter_mentor.auth.policy import requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.meetings import logbook, service
from jobcenter_mentor.meetings.forms import FIRST_CHOICES, LogForm, answers_of
from jobcenter_mentor.meetings.logbook import Logged, LogPage
from jobcenter_mentor.meetings.models import Meeting
from jobcenter_mentor.meetings.service import NewMeeting
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("meetings", __name__, url_prefix="/logbog")


@bp.get("")
@requires("hours.enter")
def index() -> str:
    """Mine borgere: what is missing and what is due, one line a course."""
    with transaction() as session:
        courses = logbook.list_courses(session, by=acting_user(), on=working_day())
    return render_template("meetings/index.html", courses=courses, on=working_day())


@bp.get("/<public_id>")
@requires("hours.enter")
def new(public_id: str) -> str:
    """Log et møde, with the most likely answers chosen."""
    page = _log_page(public_id)
    likely = {"how": "in_person", "length": f"{page.minutes}", "topics": page.topics, "met_on": page.met_on}
    return _shown(LogForm(data={"form_id": str(uuid4()), **likely}), page)


@bp.post("/<public_id>")
@requires("hours.enter")
def create(public_id: str) -> ResponseReturnValue:
    """Gem mødet; a mistake shows the form again as it was filled in."""
    page, form, by, on = _log_page(public_id), LogForm(), acting_user(), working_day()
    form.offer(page.tasks)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                grant = service.get_course(session, public_id, by=by, on=on)
                meeting = service.log(session, grant, NewMeeting(**form.told()), by=by, on=on)
                warnings = service.warnings_of(session, grant, meeting)
            return _to_receipt(meeting, warnings)
    return _shown(form, page), 422


@bp.get("/moede/<public_id>")
@requires("hours.enter")
def receipt(public_id: str) -> str:
    """Kvittering: what was saved, and when the next contact is due."""
    return render_template("meetings/receipt.html", logged=_logged(public_id))


@bp.get("/moede/<public_id>/ret")
@requires("hours.enter")
def edit(public_id: str) -> str:
    """Ret et møde: the form as it was saved."""
    logged = _logged(public_id)
    form = LogForm(data={"form_id": str(uuid4()), **answers_of(logged.told)})
    return _shown(form, logged.page, logged)


@bp.post("/moede/<public_id>/ret")
@requires("hours.enter")
def correct(public_id: str) -> ResponseReturnValue:
    """Gem rettelsen; the old text is kept."""
    logged, form, by, on = _logged(public_id), LogForm(), acting_user(), working_day()
    form.offer(logged.page.tasks, logged.told["topics"])
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                meeting, grant = service.get_meeting(session, public_id, by=by, on=on)
                corrected = service.correct(session, meeting, grant, NewMeeting(**form.told()), by=by, on=on)
                warnings = service.warnings_of(session, grant, corrected)
            return _to_receipt(corrected, warnings)
    return _shown(form, logged.page, logged), 422


def _log_page(public_id: str) -> LogPage:
    with transaction() as session:
        return logbook.get_log_page(session, public_id, by=acting_user(), on=working_day())


def _logged(public_id: str) -> Logged:
    with transaction() as session:
        return logbook.get_logged(session, public_id, by=acting_user(), on=working_day())


def _shown(form: LogForm, page: LogPage, logged: Logged | None = None) -> str:
    """Show the log page, for a new meeting or to correct one."""
    form.offer(page.tasks, form.topics.data or ())
    return render_template("meetings/new.html", form=form, page=page, logged=logged, first=FIRST_CHOICES)


def _to_receipt(meeting: Meeting, warnings: list[str]) -> Response:
    for text in warnings:
        flash(text, "warning")
    return redirect(url_for("meetings.receipt", public_id=meeting.public_id), 303)
