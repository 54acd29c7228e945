"""Company agreements (virksomhedsaftaler): companies that release an employee's hours to be a mentor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.capacity import FULL_TIME
from jobcenter_mentor.domain.kernel.contacts import is_placeholder
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.people.suppliers.models import CompanyAgreement
from jobcenter_mentor.people.suppliers.service import checked_cvr
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock_office

MOST_PLACES = 100


@dataclass(frozen=True)
class NewCompanyAgreement:
    """A new company agreement: `released_minutes` are those a week of all its mentors together."""

    company: str
    released_minutes: int
    places: int
    valid_from: date
    valid_to: date | None = None
    cvr: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    partnership: bool = False


def agree(session: Session, new: NewCompanyAgreement, *, actor: Actor) -> CompanyAgreement:
    """Add a company agreement. Raises ValidationFailed by field, also when the company has one in those days."""
    company = new.company.strip()
    if is_placeholder(company):
        raise _wrong("company", "Skriv virksomhedens navn.")
    if not 0 < new.released_minutes <= 10 * FULL_TIME:
        raise _wrong("released_minutes", "Uden for det tilladte (over 0 og højst 370 timer om ugen).")
    if not 0 < new.places <= MOST_PLACES:
        raise _wrong("places", f"Skriv et tal fra 1 til {MOST_PLACES}.")
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise _wrong("valid_to", "Slutdato ligger før startdato.")
    lock_office(session)
    same = select(CompanyAgreement).where(func.lower(CompanyAgreement.company) == company.lower())
    for known in session.scalars(same):
        if known.valid_from <= (new.valid_to or date.max) and (known.valid_to or date.max) >= new.valid_from:
            raise _wrong("valid_from", f"{company} har allerede en aftale fra {known.valid_from:%d.%m.%Y}.")
    agreement = CompanyAgreement(
        company=company,
        cvr=checked_cvr(new.cvr),
        contact_name=new.contact_name,
        phone=new.phone,
        email=new.email,
        partnership=new.partnership,
        released_minutes=new.released_minutes,
        places=new.places,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
    )
    session.add(agreement)
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="company.write",
        subject="company",
        subject_id=agreement.public_id,
        detail={"on": actor.day.isoformat()},
    )
    return agreement


def list_agreements(session: Session, *, actor: Actor) -> Sequence[CompanyAgreement]:
    """Return the agreements that the user may see, those that have not ended, by company."""
    statement = visible(select(CompanyAgreement), CompanyAgreement, actor.user, "mentor.write", actor.day)
    running = statement.where(func.coalesce(CompanyAgreement.valid_to, actor.day) >= actor.day)
    return session.scalars(running.order_by(CompanyAgreement.sort_key, CompanyAgreement.id)).all()


def get_agreement(session: Session, public_id: str, *, actor: Actor) -> CompanyAgreement:
    """Return a company agreement. Raises NotFound."""
    statement = select(CompanyAgreement).where(CompanyAgreement.public_id == public_id)
    found = session.scalar(visible(statement, CompanyAgreement, actor.user, "mentor.write", actor.day))
    if found is None:
        raise NotFound("Virksomhedsaftalen findes ikke.")
    return found


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
