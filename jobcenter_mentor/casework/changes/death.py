"""Close a course when the citizen has died (dødsfald): a fact, with no hearing and no letter to the citizen."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.changes.change_check import last_met
from jobcenter_mentor.casework.grants import course_change
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.course_change import DIED, GrantEnding
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.proposal import record, withdraw
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor


def close(session: Session, grant: Grant, *, died_on: date, note: str = "", actor: Actor) -> Grant:
    """Close the course at a death (dødsfald). Proposals that wait are withdrawn, and the journal says why.

    A course whose last day is the day of death or before it ends by itself: only its open deadlines are dropped. Raises
    ValidationFailed at the field, NotAllowed outside scope, InvalidTransition for a course that is over.
    """
    statement = select(Citizen).where(Citizen.id == grant.citizen_id).with_for_update(of=Citizen)
    citizen = session.scalars(statement.execution_options(populate_existing=True)).one()
    if not actor.may("grant.change", grant):
        raise NotAllowed("Du kan ikke ændre dette forløb.")
    if grant.ended_on is not None:
        raise InvalidTransition(f"Forløbet er allerede bragt til ophør pr. {grant.ended_on:%d.%m.%Y}.")
    errors = _errors(session, grant, citizen, died_on, actor.day)
    if errors:
        raise ValidationFailed("Forløbet er ikke lukket. Ret de markerede felter.", errors=errors)
    for decision in session.scalars(_waiting(grant)):
        withdraw(session, decision, actor=actor)
    citizen.died_on = died_on
    if died_on < grant.last_day:
        course_change.end_early(session, grant, GrantEnding(died_on, DIED, note.strip()), actor=actor)
    else:
        followups.drop_open(session, grant.id, reason="Borgeren er død", actor=actor)
        record(session, grant, "grant.end_early", actor.user, {"last_day": str(grant.last_day), "reason": DIED})
    title = f"Forløbet er lukket: borgeren er død {died_on:%d.%m.%Y}"
    case, about = journal.JournalCase(grant.citizen_id, grant.id, grant.case_number), ("grant", grant.public_id)
    journal.record(session, "decision", title, case, about=about, by=actor.user, on=actor.day, text=note.strip())
    return grant


def still_open(session: Session, citizen: Citizen, *, actor: Actor) -> list[Grant]:
    """Return the courses still to be closed after a death, of those the user may see; none for the living."""
    died_on = citizen.died_on
    if died_on is None:
        return []
    found = grants.list_of_citizen(session, citizen.id, actor=actor)
    return [
        grant for grant in found if grant.ended_on is None and grant.last_day >= actor.day and grant.last_day > died_on
    ]


def _waiting(grant: Grant) -> Select[Decision]:
    """Return the proposals about the course and its case that nobody has decided."""
    own = Decision.grant_id == grant.id
    if grant.referral_id is not None:
        own |= Decision.referral_id == grant.referral_id
    return select(Decision).where(own, Decision.approved_on.is_(None), Decision.withdrawn_on.is_(None))


def _errors(session: Session, grant: Grant, citizen: Citizen, died_on: date, on: date) -> dict[str, list[str]]:
    if died_on > on:
        return {"last_day": ["Skriv den dag, borgeren døde. Dagen kan ikke ligge i fremtiden."]}
    if died_on < citizen.birth_date:
        return {"last_day": ["Dagen ligger før borgerens fødsel."]}
    if citizen.died_on not in (None, died_on):
        return {
            "last_day": [f"Dødsdagen står som {citizen.died_on:%d.%m.%Y}. Skriv den, eller ret borgerens stamdata."]
        }
    met = last_met(session, grant)
    if met is not None and met > died_on:
        return {"last_day": [f"Der er registreret et møde den {met:%d.%m.%Y}. Ret dagen eller logbogen."]}
    if died_on >= grant.last_day:
        return {}
    found = course_change.ending_errors(grant, GrantEnding(died_on, DIED), on)
    return {{"reason": "end_code"}.get(name, name): texts for name, texts in found.items()}
