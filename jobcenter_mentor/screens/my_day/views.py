"""The list of deadlines under /opfoelgning, and the caseworker's home (Min dag)."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casefile.followups import queries as lists
from jobcenter_mentor.casefile.followups import reminders, service
from jobcenter_mentor.casefile.followups.forms import DueFilterForm, SettleForm, SnoozeForm
from jobcenter_mentor.casefile.followups.queries import MY_DAY, Due, DueFilter
from jobcenter_mentor.casefile.followups.sheet import COLUMNS
from jobcenter_mentor.casework.grants import proposal
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.proposal import Proposed
from jobcenter_mentor.casework.meetings import contact_breach, deadline_review, renewal
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.referrals import queries as referrals
from jobcenter_mentor.casework.referrals.queries import ReferralFilter
from jobcenter_mentor.domain.law.complaint_deadlines import KINDS as COMPLAINTS
from jobcenter_mentor.domain.law.deadlines import BY_LAW, BY_OFFICE
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.radar import lateness, latest_snooze
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import read_transaction, reading, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day

bp = Blueprint("followups", __name__)


@bp.get("/min-dag")
@requires("my_day.read")
def my_day() -> str:
    """Show the caseworker's day (Min dag): deadlines of the week by legal weight, breaches, what ends, what waits."""
    actor = acting()
    with read_transaction() as session:
        due = lists.list_due(session, actor=actor, chosen=MY_DAY)
        law = rules.law(session)
        broken = contact_breach.list_breaches(session, actor=actor, law=law, mine=True)
        ending = grants.list_ending(session, actor=actor, until=actor.day + grants.ENDING_SOON, mine=True)
        drafts = renewal.list_renewals(session, actor=actor, law=rules.law(session), mine=True)
        proposed = proposal.list_proposed(session, actor=actor)
        waiting = referrals.list_referrals(session, actor=actor, chosen=ReferralFilter(mine=True))
        used = meetings.hours_used(session, [row.id for row in ending], on=actor.day)
        away = deputies.find_own(session, actor.user, on=actor.day)
        unsent = reminders.own_failed(session, actor.user, on=actor.day)
        seen = [row.citizen_id for rows in (due, broken, ending, proposed) for row in rows]
        audit.record(session, by=actor.user, action="followup.my_day", subject="followup", citizens=seen)
    return render_template(
        "screens/my_day/my_day.html",
        due=due,
        breaches=broken,
        ending=ending,
        proposed=proposed,
        waiting=waiting,
        used=used,
        on=actor.day,
        away=away,
        unsent=unsent,
        me=actor.user,
        asked_by=_asked_by(law.on(actor.day)),
        drafts={row.id: row.proposal for row in drafts},
        sent=_at_approver(proposed),
        reader=citizens.reader_of(actor.user, on=actor.day),
        shown_name=citizens.shown_name,
    )


def _asked_by(law: LawOfDay) -> list[str]:
    """Return who asks for contact that day: the law, the municipality, both or neither."""
    return [authority for authority, name in (("law", BY_LAW), ("local", BY_OFFICE)) if law.find(name)]


def _at_approver(proposed: Iterable[Proposed]) -> dict[tuple[str, str], Proposed]:
    """Return what waits for approval by course or referral and its subject: what comes after, or a mentor."""
    about = {"extension": "after", "ending": "after", "mentor": "mentor", "grant": "answer", "refusal": "answer"}
    open_rows = (row for row in proposed if row.case_public_id and not row.returned_on and row.kind in about)
    return {(row.case_public_id or "", about[row.kind]): row for row in open_rows}


@bp.get("/min-dag/antal")
@requires("my_day.read")
def badge() -> str:
    """Return the number in the menu: the deadlines on Min dag, by the statement of the list."""
    with reading() as session:
        count = lists.count_due(session, actor=acting(), chosen=MY_DAY)
    return render_template("screens/my_day/badge.html", count=count)


@bp.get("/opfoelgning")
@requires("followup.read")
def index() -> ResponseReturnValue:
    """Show the deadlines (frister), those of the law before local rule and agreement, or the list as a sheet."""
    actor = acting()
    form = DueFilterForm(request.args)
    if download.is_asked_for():
        return download.open_as_sheet(
            "Frister",
            COLUMNS,
            lambda session: lists.list_due(
                session, actor=actor, chosen=_asked(form, rules.law(session).on(actor.day), actor.day)
            ),
            form=form,
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        chosen = _asked(form, rules.law(session).on(actor.day), actor.day)
        due = lists.list_due(session, actor=actor, chosen=chosen)
        audit.record(
            session, by=actor.user, action="followup.list", subject="followup", citizens=[row.citizen_id for row in due]
        )
    settled = {kind for kind in {row.kind for row in due} if deadline_review.is_offered(kind, actor=actor)}
    shown = {"settled": settled, "may_put_off": actor.may("followup.snooze")}
    return render_template("screens/my_day/index.html", due=due, form=form, on=actor.day, **shown)


def _asked(form: DueFilterForm, law: LawOfDay, on: date) -> DueFilter:
    """Return the filter of the form; the law of the day decides what is so late that it is the team leader's."""
    return DueFilter(**form.chosen(lateness(on, law)))


@bp.get("/opfoelgning/<public_id>")
@requires("followup.settle")
def show(public_id: str) -> str:
    """Show a deadline: the form that settles it, which the list fetches into its row, and the one that puts it off."""
    return _page(public_id, SettleForm(prefix=public_id), SnoozeForm())


@bp.post("/opfoelgning/<public_id>")
@requires("followup.settle")
def settle(public_id: str) -> Response | tuple[str, int]:
    """Settle a deadline with a result."""
    form = SettleForm(prefix=public_id)
    if form.validate_on_submit():
        by, on = acting_user(), working_day()
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_followup(session, public_id, actor=Actor(by, on), action="followup.settle")
                lock(session, found)
                deadline_review.settle(session, found, result=form.result.data, actor=Actor(by, on))
            flash(f"Opfølgningen i sag {found.case_number} er afsluttet.", "success")
            return redirect(url_for("followups.index"), 303)
    return _page(public_id, form, SnoozeForm(formdata=None)), 422


@bp.post("/opfoelgning/<public_id>/udsaet")
@requires("followup.snooze")
def snooze(public_id: str) -> Response | tuple[str, int]:
    """Put a deadline off to a day, with a reason."""
    form = SnoozeForm()
    if form.validate_on_submit():
        by, on = acting_user(), working_day()
        with form.refusals_shown():
            with transaction() as session:
                found = service.get_followup(session, public_id, actor=Actor(by, on), action="followup.snooze")
                lock(session, found)
                service.snooze(session, found, **form.told(), actor=Actor(by, on), law=rules.law(session))
            flash(f"Opfølgningen i sag {found.case_number} er udsat og vises igen den dag.", "success")
            return redirect(url_for("followups.index"), 303)
    return _page(public_id, SettleForm(formdata=None, prefix=public_id), form), 422


@bp.post("/opfoelgning/<public_id>/frem")
@requires("followup.snooze")
def wake(public_id: str) -> Response:
    """Bring back a deadline that was put off."""
    actor = acting()
    with transaction() as session:
        found = service.get_followup(session, public_id, actor=actor, action="followup.snooze")
        lock(session, found)
        service.wake(session, found, by=actor.user)
    flash(f"Opfølgningen i sag {found.case_number} står igen på listen.", "success")
    return redirect(url_for("followups.index"), 303)


def _page(public_id: str, form: SettleForm, putting_off: SnoozeForm) -> str:
    actor = acting()
    with read_transaction() as session:
        due: Due = lists.get_due(session, public_id, actor=actor, action="followup.settle")
        latest = latest_snooze(due.due_on, due.authority, rules.law(session).on(actor.day))
        found = service.get_followup(session, public_id, actor=actor, action="followup.settle")
        closed = deadline_review.why_not(session, found, by=actor.user)
        audit.record(
            session,
            by=actor.user,
            action="followup.read",
            subject="followup",
            subject_id=due.id,
            citizens=[due.citizen_id],
        )
    may_put_off = actor.may("followup.snooze")
    return render_template(
        "screens/my_day/show.html",
        due=due,
        form=form,
        snooze=putting_off,
        latest=latest if latest > actor.day else None,
        may_put_off=may_put_off,
        closed=closed,
        complaint_kinds=COMPLAINTS,
    )
