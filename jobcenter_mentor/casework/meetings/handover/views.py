"""Pages under /overdragelse: the handover on screen and as a PDF."""

from flask import Blueprint, Response, render_template

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.meetings.handover import service as handover
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting

bp = Blueprint("handover", __name__, url_prefix="/overdragelse")


@bp.get("/<public_id>")
@requires("handover.read")
def show(public_id: str) -> str:
    """Show the handover of a course."""
    actor = acting()
    with read_transaction() as session:
        pack = handover.get_pack(session, public_id, actor=actor)
    return render_template("casework/meetings/handover/show.html", pack=pack, on=actor.day)


@bp.post("/<public_id>/pdf")
@requires("handover.read")
def printed(public_id: str) -> Response:
    """Return the handover as a PDF; the print is noted in the journal."""
    actor = acting()
    with transaction() as session:
        draft = handover.draft_of(session, handover.get_pack(session, public_id, actor=actor), on=actor.day)
    pdf = letters.render(draft)
    with transaction() as session:
        handover.journalise(session, handover.get_pack(session, public_id, actor=actor).grant, actor=actor)
    disposition = f'attachment; filename="overdragelse-{draft.values["case_number"]}.pdf"'
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": disposition})
