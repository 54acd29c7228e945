"""Sider under /breve: the letter exactly as it was sent."""

from flask import Blueprint, Response

from jobcenter_mentor.auth.policy import requires
from jobcenter_mentor.db import transaction
from jobcenter_mentor.letters import service
from jobcenter_mentor.web.door import acting_user, working_day

bp = Blueprint("letters", __name__, url_prefix="/breve")


@bp.get("/<public_id>.pdf")
@requires("letter.read")
def show(public_id: str) -> Response:
    """Brevet som PDF, byte for byte; the file name holds no personal data."""
    with transaction() as session:
        letter = service.get_letter(session, public_id, by=acting_user(), on=working_day())
    name = f"brev-{letter.sent_on.isoformat()}-{letter.public_id[:8]}.pdf"
    return Response(
        letter.pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
