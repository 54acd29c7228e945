"""Give referrals (henvisninger) over the API: refer a citizen, list those waiting, show one."""

from typing import Any

from jobcenter_mentor.api.base import REPEATABLE, part_of_api, sent_as
from jobcenter_mentor.casework.referrals import outside_referral, service
from jobcenter_mentor.casework.referrals import queries as referral_queries
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.casework.referrals.queries import ReferralFilter
from jobcenter_mentor.casework.referrals.schemas import PageAsked, ReferralBody, ReferralDetails, WaitingListSchema
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.database.locks import lock_office
from jobcenter_mentor.platform.law_figures.service import law
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day

bp = part_of_api("referrals", "/referrals", "Henvisninger til mentorstøtte")


@bp.post("")
@requires("referral.write")
@bp.arguments(ReferralBody)
@bp.response(201, ReferralDetails)
@bp.doc(**REPEATABLE)
def refer(told: dict[str, Any]) -> dict[str, Any]:
    """Henvis en borger. En ny borger oprettes i brugerens team; målgruppen registreres fra henvisningsdagen."""
    actor = acting()
    with transaction() as session:
        citizen = citizens.find_by_cpr(session, told["cpr"], actor=actor)
    with transaction() as session:
        if citizen is None:  # two calls about the same new citizen are heard one after the other
            lock_office(session)
            citizen = citizens.find_by_cpr(session, told["cpr"], actor=actor)
        return _shown(
            outside_referral.take_in(session, citizen, told, form_key=sent_as(), actor=actor, law=law(session))
        )


@bp.get("")
@requires("referral.read")
@bp.arguments(PageAsked, location="query")
@bp.response(200, WaitingListSchema)
def waiting(asked: dict[str, Any]) -> dict[str, Any]:
    """Venteliste: henvisninger uden afgørelse, længst ventetid først, 50 på hver side."""
    actor = acting()
    with read_transaction() as session:
        found = referral_queries.list_referrals(session, actor=actor, chosen=ReferralFilter(page=asked["page"]))
    reader = citizens.reader_of(actor.user, on=actor.day)
    rows = [row._asdict() | {"citizen": citizens.shown_name(row, reader)} for row in found.rows]
    return {"count": found.count, "page": found.page, "pages": found.pages, "rows": rows}


@bp.get("/<public_id>")
@requires("referral.read")
@bp.response(200, ReferralDetails)
def show(public_id: str) -> dict[str, Any]:
    """Én henvisning."""
    with read_transaction() as session:
        return _shown(service.view_referral(session, public_id, actor=acting()))


def _shown(referral: Referral) -> dict[str, Any]:
    """Return a referral with the citizen's name as the user may see it."""
    reader = citizens.reader_of(acting_user(), on=working_day())
    kept = {column.key: getattr(referral, column.key) for column in Referral.__mapper__.column_attrs}
    return kept | {"citizen": citizens.shown_name(referral.citizen, reader)}
