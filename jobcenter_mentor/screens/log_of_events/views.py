"""Pages under /haendelseslog: who did or saw what, for auditors and team leaders."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.access.service import overseen_users
from jobcenter_mentor.platform.audit import service
from jobcenter_mentor.platform.audit.action_words import AREAS
from jobcenter_mentor.platform.database.db import read_transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user
from jobcenter_mentor.screens.log_of_events.forms import EventFilterForm
from jobcenter_mentor.screens.log_of_events.sheet import COLUMNS

bp = Blueprint("audit", __name__, url_prefix="/haendelseslog")


@bp.get("")
@requires("audit.read")
def index() -> ResponseReturnValue:
    """Show the event log (hændelseslog), newest first, 100 a page; a team leader sees the acts of the team's users."""
    form = EventFilterForm(request.args)
    form.offer(AREAS)
    if not form.validate():
        return render_template("screens/log_of_events/index.html", form=form, page=service.EventPage([], 0, 1, 1)), 422
    chosen = service.EventFilter(**form.chosen())
    if download.is_asked_for():
        return _as_sheet(form, chosen)
    with read_transaction() as session:
        user_ids = overseen_users(session, actor=acting())
        page = service.page_of_events(session, chosen, user_ids=user_ids)
        service.record(session, by=acting_user(), action="audit.read", subject="audit")
    return render_template("screens/log_of_events/index.html", form=form, page=page)


def _as_sheet(form: EventFilterForm, chosen: service.EventFilter) -> ResponseReturnValue:
    """Return the log as a sheet, all pages of the filter."""
    actor = acting()
    return download.open_as_sheet(
        "Hændelseslog",
        COLUMNS,
        lambda session: download.every_page(
            lambda number: service.page_of_events(
                session, replace(chosen, page=number), user_ids=overseen_users(session, actor=actor)
            )
        ),
        form=form,
        persons=False,
    )
