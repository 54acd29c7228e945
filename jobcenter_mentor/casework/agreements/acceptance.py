"""Decides who may answer an agreement for whom, what an answer must say, and when the agreement is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Agreement, Answer
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import roles_on

PARTIES = {"jobcentre": "Jobcentret", "citizen": "Borgeren", "mentor": "Mentor"}
ANSWERS = {"accepted": "Accepteret", "declined": "Sagt nej", "not_reached": "Ikke fået fat i"}
HOW = {
    "in_person": "ved et møde",
    "signed": "underskrevet på papir",
    "phone": "i telefonen",
    "digital": "med Digital Post",
    "letter": "med brev",
}
GIVEN_BY = {"self": "borgeren selv", "guardian": "værgen", "representative": "partsrepræsentanten"}
"""Who may give the citizen's answer."""
STAFF = frozenset({"SB", "TL"})
MENTOR_ROLES = frozenset({"MI", "MV", "ML", "MF"})


@dataclass(frozen=True)
class AgreementReply:
    """A party's answer to the agreement (svar på aftalen): accepted, declined or not_reached, and how it was given.

    No day means the actor's day, for a party that answers for itself. `given_by` is filled for the citizen only.
    """

    answer: str = "accepted"
    how: str = "in_person"
    answered_on: date | None = None
    reason: str = ""
    given_by: str = ""


def is_in_force(agreement: Agreement) -> bool:
    """Tell whether the agreement is in force (aftalen er indgået).

    Jobcentre and mentor must have accepted; the citizen has accepted or is missing with a reason.
    """
    citizen = agreement.citizen_accepted_on is not None or bool(agreement.citizen_absent_reason)
    return citizen and agreement.jobcentre_accepted_on is not None and agreement.mentor_accepted_on is not None


def waiting_for(agreement: Agreement) -> list[str]:
    """Return the parties that have not accepted; a citizen who is missing with a reason may accept later."""
    return [party for party, day in stamps(agreement).items() if day is None]


def checked(reply: AgreementReply, party: str, absent_reason: str, actor: Actor, *, written_on: date) -> AgreementReply:
    """Return the answer if it can be stored. Raises ValidationFailed by field.

    The answer can't be given before the agreement is written. Who writes down another party's answer says how and
    when it was given, and by whom if it is the citizen's.
    """
    errors = {}
    if reply.answer not in ANSWERS:
        errors["answer"] = ["Vælg, hvad der blev svaret."]
    if reply.how not in HOW:
        errors["how"] = ["Vælg, hvordan svaret blev givet."]
    if party not in own_parties(actor) and not absent_reason.strip():
        if reply.answered_on is None:
            errors["answered_on"] = ["Skriv den dag, svaret blev givet."]
        if party == "citizen" and reply.answer == "accepted" and reply.given_by not in GIVEN_BY:
            errors["given_by"] = ["Vælg, hvem der gav svaret: borgeren selv, værgen eller partsrepræsentanten."]
    if reply.answered_on is not None and reply.answered_on > actor.day:
        errors["answered_on"] = ["Datoen ligger i fremtiden. Skriv den dag, svaret blev givet."]
    if reply.answered_on is not None and reply.answered_on < written_on:
        errors["answered_on"] = [f"Aftalen er skrevet den {written_on:%d.%m.%Y}. Svaret kan ikke være givet før."]
    if reply.answer == "declined" and not (reply.reason or absent_reason).strip():
        errors["reason"] = ["Skriv kort, hvorfor der er sagt nej."]
    if errors:
        raise ValidationFailed("Svaret kan ikke gemmes. Ret felterne.", errors=errors)
    return reply


def answers_of(session: Session, rows: Sequence[Agreement]) -> dict[int, dict[str, list[tuple[Answer, str]]]]:
    """Return the answers to some agreements by party, newest first, with who wrote each down; one statement."""
    found: dict[int, dict[str, list[tuple[Answer, str]]]] = {row.id: {party: [] for party in PARTIES} for row in rows}
    statement = select(Answer, User.full_name).join(User, User.id == Answer.by_id).where(Answer.agreement_id.in_(found))
    for answer, name in session.execute(statement.order_by(Answer.id.desc())):
        found[answer.agreement_id][answer.party].append((answer, name))
    return found


def stamps(agreement: Agreement) -> dict[str, date | None]:
    """Return the day each party accepted, None where it has not."""
    return {
        "jobcentre": agreement.jobcentre_accepted_on,
        "citizen": agreement.citizen_accepted_on,
        "mentor": agreement.mentor_accepted_on,
    }


def may_accept(actor: Actor) -> frozenset[str]:
    """Return the parties a user may accept for: case staff for all, a mentor for the mentor only."""
    roles = {role.role for role in roles_on(actor.user, actor.day)}
    return frozenset(PARTIES) if roles & STAFF else frozenset({"mentor"}) if roles & MENTOR_ROLES else frozenset()


def is_for_another(mentor_id: int, actor: Actor) -> bool:
    """Tell whether a user who is only a mentor would answer for another mentor, such as the one the user replaces."""
    held = roles_on(actor.user, actor.day)
    return not {role.role for role in held} & STAFF and mentor_id not in {role.mentor_id for role in held}


def own_parties(actor: Actor) -> frozenset[str]:
    """Return the parties that a user answers for in person."""
    roles = {role.role for role in roles_on(actor.user, actor.day)}
    own = {"jobcentre"} if roles & STAFF else set()
    return frozenset(own | ({"mentor"} if roles & MENTOR_ROLES else set()))


def stamp(agreement: Agreement, party: str, absent_reason: str, *, by: User, accepted_on: date) -> None:
    """Write the acceptance on the agreement.

    Raises ValidationFailed where ordinary support would start without the citizen.
    """
    if party == "jobcentre":
        agreement.jobcentre_accepted_on, agreement.jobcentre_accepted_by_id = accepted_on, by.id
    elif party == "mentor":
        agreement.mentor_accepted_on = accepted_on
    elif not absent_reason:
        agreement.citizen_accepted_on = accepted_on
    elif agreement.grant.right_and_duty:
        agreement.citizen_absent_reason = absent_reason
    else:
        message = "Borgeren skal acceptere, før støtten begynder; kun ret og pligt kan begynde uden."
        raise ValidationFailed(message, errors={"absent_reason": [message]})
