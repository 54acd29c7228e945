"""Lets a user settle a deadline in words, except the mentor it is about, and never in place of a contact."""

from typing import Any

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching.models import Substitute
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed
from jobcenter_mentor.domain.law.access import ANSWER_DUE
from jobcenter_mentor.domain.law.complaint_deadlines import DECIDE
from jobcenter_mentor.domain.law.complaint_deadlines import KINDS as COMPLAINTS
from jobcenter_mentor.domain.law.radar import CASE_TIME
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import roles_on
from jobcenter_mentor.platform.access.reach import MENTOR_ROLES

ONLY_BY_CONTACT = frozenset({"contact", "first_contact"})
"""Kinds that only a logged contact settles."""
ONLY_BY_ACT = ONLY_BY_CONTACT | COMPLAINTS | {CASE_TIME, ANSWER_DUE}
"""Kinds that words never settle: only the act itself does, so that the duty can't be ticked off."""
MENTORS_OWN = frozenset({"report"})
"""Kinds that the mentor of the course may settle; all others are about the mentor's work or belong to the jobcentre."""


def settle(session: Session, followup: FollowUp, *, result: str, actor: Actor) -> FollowUp:
    """Settle a follow-up with a result in words.

    Raises InvalidTransition for a contact, which is logged instead, NotAllowed for the mentor of the course, and as
    `followups.service.settle`.
    """
    if followup.done_on is None and followup.dropped_on is None:
        if followup.kind in ONLY_BY_ACT:
            raise InvalidTransition(why_not(session, followup, by=actor.user))
        if refusal := why_not(session, followup, by=actor.user):
            raise NotAllowed(refusal)
    return followups.settle(session, followup, result=result, actor=actor)


def why_not(session: Session, followup: FollowUp, *, by: User) -> str:
    """Return why the user may not settle it in words, and what to do; empty where the user may."""
    if followup.kind in ONLY_BY_CONTACT:
        return "Fristen afsluttes, når kontakten står i logbogen. Registrér den, også når en anden havde kontakten."
    if followup.kind == DECIDE:
        return "Fristen afsluttes, når den nye afgørelse i sagen er godkendt."
    if followup.kind in COMPLAINTS:
        return "Fristen følger klagen. Tag næste skridt på klagens side, så afsluttes den af sig selv."
    if followup.kind == ANSWER_DUE:
        return "Fristen følger anmodningen om aktindsigt. Svar på den eller luk den, så afsluttes fristen af sig selv."
    if followup.kind == CASE_TIME:
        return "Fristen afsluttes, når sagen er afgjort. Kan den ikke holdes, så send borgeren besked fra henvisningen."
    if followup.kind not in MENTORS_OWN and _is_mentor(session, followup.grant_id, by):
        return "Du er mentor i forløbet. Opfølgningen afsluttes af sagsbehandleren eller en anden i jobcentret."
    return ""


def is_offered(kind: str, *, actor: Actor) -> bool:
    """Tell whether a list offers the user to settle a kind; a mentor is offered only the mentor's own kinds."""
    if kind in ONLY_BY_ACT or not actor.may("followup.settle"):
        return False
    return kind in MENTORS_OWN or any(role.role not in MENTOR_ROLES for role in roles_on(actor.user, actor.day))


def _is_mentor(session: Session, grant_id: int | None, by: User) -> bool:
    """Tell whether the user is or was mentor of the course: chosen, as a substitute, or with meetings in its log."""
    own = {role.mentor_id for role in by.roles} - {None}
    if not own or grant_id is None:
        return False
    mentors: Any = union(
        select(Grant.mentor_id).where(Grant.id == grant_id),
        select(Substitute.mentor_id).where(Substitute.grant_id == grant_id),
        select(Meeting.mentor_id).where(Meeting.grant_id == grant_id),
    )
    return not own.isdisjoint(session.scalars(mentors))
