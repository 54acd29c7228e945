"""Read what the pages of a citizen show, within the rights of the reader."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents import service as documents
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.changes import death
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.referrals import queries as referrals
from jobcenter_mentor.people.citizens import considerations, cpr_numbers, service
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor

LINKED = (
    *("referral.write", "citizen.contact.read", "citizen.contact.write", "citizen.status.write", "citizen.protected"),
    *("citizen.merge", "document.read", "document.write", "letter.send", "note.read", "grant.propose"),
)
"""The actions that have a link on the pages."""


def parts_of(session: Session, citizen: Citizen, *, actor: Actor) -> Mapping[str, object]:
    """Return the lists on the page of a citizen, by the names that the template knows."""
    key = citizen.id
    return {
        "referrals": referrals.list_of_citizen(session, key, actor=actor),
        "grants": grants.list_of_citizen(session, key, actor=actor),
        "letters": letters.list_of_citizen(session, key, actor=actor),
        "documents": documents.list_of_citizen(session, key, actor=actor),
        "considered": considerations.list_of(session, citizen, actor=actor),
        "to_close": death.still_open(session, citizen, actor=actor),
        "former": cpr_numbers.former_of(session, citizen),
    }


def seen_by(actor: Actor) -> Mapping[str, object]:
    """Return what the templates write names and addresses with for this reader, and the actions that have a link."""
    return {
        "reader": service.reader_of(actor.user, on=actor.day),
        "shown_name": service.shown_name,
        "contact_of": service.contact_of,
        "allowed": {action for action in LINKED if actor.may(action)},
    }
