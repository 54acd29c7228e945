"""The calendar behind its secret address, and the buttons that make, renew and close the address."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.followups import calendar_feed
from jobcenter_mentor.casework.meetings import mentor_log
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, public_address, working_day
from jobcenter_mentor.platform.pages.public import behind_link

bp = Blueprint("calendar", __name__, url_prefix="/kalender")


@bp.get("/<token>.ics")
@behind_link
def read(token: str) -> Response:
    """Return the calendar (kalender) as the calendar program fetches it: dates and case numbers only."""
    with read_transaction() as session:
        user = calendar_feed.user_behind(session, token)
        agreed = mentor_log.list_agreed(session, actor=Actor(user, working_day()))
        body = calendar_feed.calendar_of(session, user, agreed, on=working_day())
    return Response(body, mimetype="text/calendar")


@bp.post("/adresse")
@requires("home")
def renew() -> str:
    """Make or renew the address; only this answer shows it."""
    with transaction() as session:
        token = calendar_feed.renew(session, actor=acting())
    address = public_address("calendar.read", token=token)
    return render_template("screens/calendar/address.html", address=address, back=_page())


@bp.post("/luk")
@requires("home")
def close() -> ResponseReturnValue:
    """Close the address."""
    with transaction() as session:
        calendar_feed.close(session, by=acting_user())
    flash("Kalenderadressen er lukket.", "success")
    return redirect(_page(), 303)


def _page() -> str:
    """Return the page with the address: the user's absences, or the front page of a mentor."""
    return url_for("absences.index" if may(acting_user(), "deputy.set", on=working_day()) else "auth.home")
