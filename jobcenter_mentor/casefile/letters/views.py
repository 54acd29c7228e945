"""Pages under /breve: the letter exactly as it was made, those not sent yet, and the mark that one is."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.casefile.letters import dispatch, service
from jobcenter_mentor.casefile.letters.forms import LetterSentForm
from jobcenter_mentor.casefile.letters.letterhead import data_notice
from jobcenter_mentor.casefile.letters.sheet import columns
from jobcenter_mentor.domain.kernel.consideration_kinds import CHANNELS
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import public, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.pages.door import acting, acting_user, reason_is_given, working_day

ALREADY = ("Brevet var allerede markeret som sendt den dag. Intet er ændret.", "warning")

bp = Blueprint("letters", __name__, url_prefix="/breve")
data_bp = Blueprint("data_notice", __name__)


@bp.get("/<public_id>.pdf")
@requires("letter.read")
def show(public_id: str) -> Response:
    """Return the letter as PDF, byte for byte; the file name holds no personal data."""
    by, on, has_reason = acting_user(), working_day(), reason_is_given()
    with read_transaction() as session:
        letter = service.get_letter(session, public_id, has_reason=has_reason, actor=Actor(by, on))
    name = f"brev-{letter.sent_on.isoformat()}-{letter.public_id[:8]}.pdf"
    return Response(
        letter.pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@data_bp.get("/dine-oplysninger")
@public
def show_data_notice() -> str:
    """Show how citizens' data are used, by the law of the day; open to everybody."""
    on = working_day()
    with read_transaction() as session:
        notice = data_notice(session, on)
    return render_template("casefile/letters/data_notice.html", notice=notice)


@bp.get("/ikke-sendt")
@requires("letter.send")
def unsent() -> ResponseReturnValue:
    """Show the letters not sent yet, the user's own citizens' first, oldest on top; or the same list as a sheet."""
    actor = acting()
    mine = request.args.get("alle") is None
    if download.is_asked_for():
        return download.open_as_sheet(
            "Breve, der ikke er sendt",
            columns(reader_of(actor.user, on=actor.day), CHANNELS),
            lambda session: dispatch.list_unsent(session, mine=mine, actor=actor),
            chosen="Mine borgere" if mine else "Hele teamet",
            person=lambda row: row.citizen_id,
        )
    with read_transaction() as session:
        rows = dispatch.list_unsent(session, mine=mine, actor=actor)
    naming = {"reader": reader_of(actor.user, on=actor.day), "shown_name": shown_name}
    return render_template("casefile/letters/unsent.html", rows=rows, mine=mine, channels=CHANNELS, **naming)


@bp.get("/<public_id>/sendt")
@requires("letter.send")
def mark(public_id: str) -> str:
    """Show the form that notes a dispatch: channel as the citizen's facts suggest it, and today."""
    return _mark(public_id, None)


@bp.post("/<public_id>/sendt")
@requires("letter.send")
def sent(public_id: str) -> ResponseReturnValue:
    """Store how and when the letter was sent."""
    form, actor = LetterSentForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                letter, citizen = dispatch.get_letter(session, public_id, actor=actor)
                channel, sent_on = form.channel.data, form.sent_on.data or actor.day
                lock(session, letter)
                was_marked = (letter.channel, letter.posted_on) == (channel, sent_on)
                dispatch.mark(session, letter, channel=channel, sent_on=sent_on, actor=actor)
            flash(*(ALREADY if was_marked else ("Brevet er markeret som sendt.", "success")))
            return redirect(url_for("citizens.show", public_id=citizen.public_id, _anchor="h-breve"), 303)
    return _mark(public_id, form), 422


def _mark(public_id: str, form: LetterSentForm | None) -> str:
    actor = acting()
    with read_transaction() as session:
        page = dispatch.show(session, public_id, actor=actor)
    form = form or LetterSentForm(formdata=None, channel=page.channel, sent_on=actor.day)
    return render_template("casefile/letters/sent.html", form=form, page=page, channels=CHANNELS)
