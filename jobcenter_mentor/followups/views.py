"""Sider: the due list under /opfoelgning, and Min dag, the caseworker's home."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.policy import requires
from jobcenter_mentor.citizens import service as citizens
from jobcenter_mentor.db import transaction
from jobcenter_mentor.followups import service
from jobcenter_mentor.followups.forms import DueFilterForm, SettleForm
from jobcenter_mentor.followups.service import Due, DueFilter
from jobcenter_mentor.grants import proposing
from jobcenter_mentor.grants import service as grants
from jobcenter_mentor.meetings import breaches
from jobcenter_mentor.meetings import service as meetings
from jobcenter_mentor.referrals import listing as referrals
from jobcenter_mentor.referrals.listing import ReferralFilter
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("followups", __name__)

WEEK_AHEAD = 7
LISTED_APART = ("contact",)
"""Weekly contact is the mentor's daily bread: on Min dag it shows when it is missed, under Kontaktbrud."""


@bp.get("/min-dag")
@requires("followup.read")
def my_day() -> str:
    """Min dag: deadlines of the week by legal weight, breaches, what ends, what waits; own cases only."""
    by, on = acting_user(), working_day()
    with transaction() as session:
        due = service.list_due(
            session, by=by, on=on, chosen=DueFilter(days=WEEK_AHEAD, mine=True, without=LISTED_APART)
        )
        broken = breaches.list_breaches(session, by=by, on=on, mine=True)
        ending = grants.list_ending(session, by=by, on=on, until=on + grants.ENDING_SOON, mine=True)
        proposed = proposing.list_proposed(session, by=by)
        waiting = referrals.list_referrals(session, by=by, on=on, chosen=ReferralFilter(caseworker_id=by.id))
        used = meetings.hours_used(session, [row.id for row in ending], on=on)
        seen = [row.citizen_id for rows in (due, broken, ending, proposed) for row in rows]
        audit.record(session, by=by, action="followup.my_day", subject="followup", citizens=seen)
    return render_template(
        "followups/my_day.html",
        due=due, breaches=broken, ending=ending, proposed=proposed, waiting=waiting, used=used, on=on,
        reader=citizens.reader_of(by, on=on), shown_name=citizens.shown_name,
    )  # fmt: skip


@bp.get("/opfoelgning")
@requires("followup.read")
def index() -> str:
    """Frister: filtered list, law before local rule, with a count that equals it."""
    by, on = acting_user(), working_day()
    form = DueFilterForm(request.args)
    with transaction() as session:
        due = service.list_due(session, by=by, on=on, chosen=DueFilter(**form.chosen()))
        audit.record(
            session, by=by, action="followup.list", subject="followup", citizens=[row.citizen_id for row in due]
        )
    return render_template("followups/index.html", due=due, form=form, on=on)


@bp.get("/opfoelgning/<public_id>")
@requires("followup.settle")
def show(public_id: str) -> str:
    """En opfølgning and the form that settles it; the list fetches the form into its row."""
    return render_template("followups/show.html", due=_read(public_id), form=SettleForm(prefix=public_id))


@bp.post("/opfoelgning/<public_id>")
@requires("followup.settle")
def settle(public_id: str) -> Response | tuple[str, int]:
    """Afslut opfølgningen med et resultat."""
    form = SettleForm(prefix=public_id)
    if form.validate_on_submit():
        by, on = acting_user(), working_day()
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_followup(session, public_id, by=by, on=on, action="followup.settle")
                service.settle(session, found, result=form.result.data, by=by, on=on)
            flash(f"Opfølgningen i sag {found.case_number} er afsluttet.", "success")
            return redirect(url_for("followups.index"), 303)
    return render_template("followups/show.html", due=_read(public_id), form=form), 422


def _read(public_id: str) -> Due:
    by, on = acting_user(), working_day()
    with transaction() as session:
        due = service.get_due(session, public_id, by=by, on=on, action="followup.settle")
        audit.record(
            session, by=by, action="followup.read", subject="followup", subject_id=due.id, citizens=[due.citizen_id]
        )
    return due
