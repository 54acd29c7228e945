"""Pages under /ventetid: the letter to a citizen whose referral is not decided within the published case time."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.notices import service
from jobcenter_mentor.casework.notices.forms import WaitingNoticeForm
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting
from jobcenter_mentor.platform.pages.filters import dk_date

bp = Blueprint("notices", __name__, url_prefix="/ventetid")


@bp.get("/<public_id>")
@requires("referral.write")
def new(public_id: str) -> str:
    """Show the form to write to the citizen that the decision comes later."""
    return _page(public_id, WaitingNoticeForm(formdata=None))


@bp.post("/<public_id>")
@requires("referral.write")
def create(public_id: str) -> ResponseReturnValue:
    """Store the letter; the deadline moves to the day in the letter."""
    form, actor = WaitingNoticeForm(), acting()
    if form.validate_on_submit():
        told: dict[str, Any] = {"expected_on": form.expected_on.data, "why": form.why.data or ""}
        with form.refusals_shown():
            with read_transaction() as session:
                referral = referrals.view_referral(session, public_id, actor=actor, action="referral.write")
                confirmed = bool(form.address_confirmed.data)
                draft = service.draft_of_referral(
                    session, referral, **told, actor=actor, law=law(session), address_confirmed=confirmed
                )
            pdf = letters.render(draft)
            with transaction() as session:
                referral = referrals.get_referral(session, public_id, actor=actor, action="referral.write")
                service.tell_of_referral(session, referral, **told, letter=(draft, pdf), actor=actor, law=law(session))
            flash(f"Brevet er gemt. Afgørelsen skal være truffet senest {dk_date(told['expected_on'])}.", "success")
            return redirect(url_for("referrals.show", public_id=public_id), 303)
    return _page(public_id, form), 422


def _page(public_id: str, form: WaitingNoticeForm) -> str:
    actor = acting()
    with read_transaction() as session:
        referral = referrals.view_referral(session, public_id, actor=actor, action="referral.write")
        due = service.due_of_referral(session, referral, law(session))
        told = service.list_of(session, referral_id=referral.id)
    return render_template(
        "casework/notices/new.html",
        form=form,
        referral=referral,
        due=due,
        told=told,
        on=actor.day,
        missing=service.NO_TIME,
    )
