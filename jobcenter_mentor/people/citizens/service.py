"""Citizens (borgere): register, find, correct, and the dated target group; within the user's reach and logged."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.consideration_kinds import ACTS_FOR, KINDS
from jobcenter_mentor.domain.kernel.errors import (
    Conflict,
    DomainError,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    ValidationFailed,
)
from jobcenter_mentor.domain.kernel.identifiers import age_on, birth_date_of, check_cpr, mask_cpr, sex_of
from jobcenter_mentor.domain.kernel.identity import name_flaws
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.cpr_numbers import is_used, not_merged, numbered
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.citizens.protection import CASE_STAFF, contact_of, postal_lines, shown_address, shown_name
from jobcenter_mentor.people.citizens.queries import CitizenFilter, CitizenRow, folded, list_citizens, search
from jobcenter_mentor.people.citizens.target_group import check_status, set_status
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.access.policy import roles_on, teams_on, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import blind_index

__all__ = [
    "CitizenFilter",
    "CitizenRow",
    "ContactData",
    "NewCitizen",
    "amend_contact",
    "check_status",
    "contact_of",
    "find_by_cpr",
    "get_citizen",
    "get_profile",
    "list_citizens",
    "postal_lines",
    "reader_of",
    "register",
    "require_protected",
    "search",
    "set_status",
    "show_cpr",
    "show_protected",
    "shown_address",
    "shown_name",
    "teams_of",
    "view_citizen",
]

CPR_ROLES_OF_TEAM = frozenset({"SB", "TL", "MK"})
SHORTEST_REASON = 10


@dataclass(frozen=True)
class NewCitizen:
    """A new citizen from a form or a sheet; `benefit` and `visitation` are codes, in force from a day."""

    cpr: str
    first_name: str
    last_name: str
    team_id: int
    benefit: str
    status_from: date
    visitation: str | None = None
    match_group: int | None = None
    has_education: bool | None = None
    caseworker_id: int | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    language: str = "dansk"
    protected: bool = False
    integration_programme: bool = False
    source: str = ""


@dataclass(frozen=True)
class ContactData:
    """The contact data, and what else of the master data may be corrected."""

    first_name: str
    last_name: str
    address: str
    phone: str
    email: str
    language: str
    protected: bool
    released_contact: bool
    integration_programme: bool
    died_on: date | None = None


@dataclass(frozen=True)
class CitizenProfile:
    """The profile of a citizen (stamblad): the names around the case, and the age in whole years on the working day."""

    citizen: Citizen
    team: str
    caseworker: str
    age: int
    masked_cpr: str
    status: CitizenStatus | None

    def address_for(self, receiver: str) -> str:
        """Return the address as the receiver may see it."""
        return shown_address(self.citizen, receiver)


def register(session: Session, new: NewCitizen, *, actor: Actor, law: Law) -> Citizen:
    """Register a citizen (opret borger) with the first target group.

    Raises ValidationFailed by field, Conflict when the number is known already.
    """
    if not any(
        _in_team(actor.user, action, new.team_id, actor.day) for action in ("citizen.contact.write", "import.cases")
    ):
        raise NotAllowed("Du kan kun oprette borgere i dit eget team.")
    cpr = _checked_cpr(new.cpr, actor.day)
    if errors := name_flaws(first_name=new.first_name, last_name=new.last_name):
        raise ValidationFailed("Borgeren kan ikke oprettes. Ret navnet.", errors=errors)
    told = CitizenFacts(benefit=new.benefit, visitation=new.visitation, has_education=new.has_education)
    check_status(told, new.status_from, birth_date_of(cpr), law, on=actor.day)
    if is_used(session, cpr):
        message = f"Borgeren med CPR-nummer {mask_cpr(cpr)} er allerede oprettet. Søg på nummeret."
        raise Conflict(message, errors={"cpr": [message]})
    citizen = Citizen(
        cpr=cpr,
        cpr_index=blind_index(cpr),
        first_name=new.first_name,
        last_name=new.last_name,
        search_name=folded(f"{new.first_name} {new.last_name}"),
        birth_date=birth_date_of(cpr),
        sex="K" if sex_of(cpr) == "kvinde" else "M",
        address=new.address,
        phone=new.phone,
        email=new.email,
        language=new.language,
        protected=new.protected,
        integration_programme=new.integration_programme,
        team_id=new.team_id,
        caseworker_id=new.caseworker_id,
    )
    citizen.statuses.append(
        CitizenStatus(
            valid_from=new.status_from,
            benefit=new.benefit,
            visitation=new.visitation,
            match_group=new.match_group,
            has_education=new.has_education,
            source=new.source,
        )
    )
    session.add(citizen)
    session.flush()
    _record(session, citizen, "citizen.register", actor.user)
    return citizen


def find_by_cpr(session: Session, cpr: str, *, actor: Actor) -> Citizen | None:
    """Find på CPR-nummer, of today or earlier: exact, in scope.

    Outside the scope it is None like an unknown number, and logged as refused. Raises
    ValidationFailed when the number can't be one.
    """
    known = select(Citizen).where(numbered(blind_index(_checked_cpr(cpr, actor.day))))
    citizen = session.scalar(visible(known, Citizen, actor.user, "citizen.find", actor.day))
    if citizen is None:
        outside = session.scalar(known.with_only_columns(Citizen.id))
        touched = [] if outside is None else [outside]
        audit.record(session, by=actor.user, action="citizen.find", subject="citizen", citizens=touched, refused=True)
        return None
    _record(session, citizen, "citizen.find", actor.user)
    return citizen


def get_citizen(session: Session, public_id: str, *, actor: Actor, action: str = "citizen.name") -> Citizen:
    """Return the citizen for an action; the page logs it. Raises NotFound outside the user's reach."""
    found = visible(
        select(Citizen).where(Citizen.public_id == public_id, not_merged()), Citizen, actor.user, action, actor.day
    )
    citizen = session.scalar(found)
    if citizen is None:
        raise NotFound("Borgeren findes ikke.")
    return citizen


def view_citizen(session: Session, public_id: str, *, actor: Actor, action: str) -> Citizen:
    """Return the citizen for a page and log that the citizen was seen."""
    citizen = get_citizen(session, public_id, actor=actor, action=action)
    _record(session, citizen, "citizen.read", actor.user)
    return citizen


def get_profile(session: Session, public_id: str, *, actor: Actor) -> CitizenProfile:
    """Return the profile (stamblad), in two statements, and log that it was read."""
    joined = (
        select(Citizen, Team.name, User.full_name)
        .join(Team, Team.id == Citizen.team_id)
        .outerjoin(User, User.id == Citizen.caseworker_id)
        .where(Citizen.public_id == public_id, not_merged())
    )
    row = session.execute(visible(joined, Citizen, actor.user, "citizen.status.read", actor.day)).one_or_none()
    if row is None:
        raise NotFound("Borgeren findes ikke.")
    citizen = row[0]
    _record(session, citizen, "citizen.read", actor.user)
    age = age_on(citizen.birth_date, actor.day)
    return CitizenProfile(citizen, row[1], row[2] or "", age, mask_cpr(citizen.cpr), citizen.status_on(actor.day))


def amend_contact(session: Session, citizen: Citizen, contact: ContactData, *, version: int, actor: Actor) -> Citizen:
    """Correct master data. Raises Conflict when it has changed since the form was opened with `version`."""
    if not actor.may("citizen.contact.write", citizen):
        raise NotAllowed("Du har ikke adgang til at rette borgerens oplysninger.")
    if citizen.version != version:
        raise Conflict("Borgeren er ændret af en anden, siden du åbnede siden. Gennemgå og gem igen.")
    if contact.died_on is not None and not citizen.birth_date <= contact.died_on <= actor.day:
        text = "Dagen skal ligge fra borgerens fødsel til i dag."
        raise ValidationFailed(text, errors={"died_on": [text]})
    changed = [name for name, value in asdict(contact).items() if getattr(citizen, name) != value]
    for name in changed:
        setattr(citizen, name, getattr(contact, name))
    citizen.search_name = folded(citizen.name)
    session.flush()
    _record(session, citizen, "citizen.amend", actor.user, fields=changed)
    return citizen


def show_cpr(session: Session, citizen: Citizen, *, actor: Actor, reason: str = "") -> str:
    """Return the whole CPR number and log it. Raises ValidationFailed without a reason outside the user's own team."""
    if not actor.may("citizen.cpr", citizen):
        raise NotAllowed("Du har ikke adgang til at se CPR-nummeret.")
    teams = {role.team_id for role in roles_on(actor.user, actor.day) if role.role in CPR_ROLES_OF_TEAM}
    if not teams & {citizen.team_id, None}:
        _require_reason(reason)
    _record(session, citizen, "citizen.cpr", actor.user, reason=reason)
    return f"{citizen.cpr[:6]}-{citizen.cpr[6:]}"


def show_protected(session: Session, citizen: Citizen, *, actor: Actor, reason: str) -> tuple[str, ...]:
    """Return a protected name, the address lines and who acts for the citizen, and log it with the reason."""
    if not actor.may("citizen.protected", citizen):
        raise NotAllowed("Du har ikke adgang til at se beskyttet navn og adresse.")
    _require_reason(reason)
    _record(session, citizen, "citizen.protected", actor.user, reason=reason)
    helpers = (row for row in citizen.considerations if row.kind in ACTS_FOR and row.is_in_force(actor.day))
    acting = (f"{KINDS[row.kind]}: " + ", ".join(filter(None, (row.name, row.phone, row.address))) for row in helpers)
    return (*postal_lines(citizen, "citizen"), *acting)


def require_protected(session: Session, citizen: Citizen, *, has_reason: bool, actor: Actor) -> None:
    """Require the right to a protected name and address before a file that may hold them is given; it is logged.

    Asks nothing for other citizens. Raises NotAllowed without the right, ReasonNeeded without a written reason.
    """
    if not citizen.protected:
        return
    if not actor.may("citizen.protected", citizen):
        raise NotAllowed(
            "Borgeren har navne- og adressebeskyttelse, og filen kan vise navn og adresse. "
            "Kun sagsbehandleren og teamlederen i borgerens team kan åbne den."
        )
    if not has_reason:
        raise ReasonNeeded("Borgeren har navne- og adressebeskyttelse. Skriv først, hvorfor du skal åbne filen.")
    _record(session, citizen, "citizen.protected", actor.user)


def reader_of(user: User, *, on: date) -> str:
    """Return the kind of reader that decides how names are written: "staff", or the code of the first role."""
    roles = [role.role for role in roles_on(user, on)]
    return "staff" if CASE_STAFF.intersection(roles) else next(iter(roles), "")


def teams_of(user: User, *, on: date) -> dict[int, str]:
    """Return the user's teams as row id and name, to choose from when a citizen is registered."""
    return {role.team_id: role.team.name for role in roles_on(user, on) if role.team_id and role.team}


def _in_team(user: User, action: str, team_id: int, on: date) -> bool:
    teams = teams_on(user, action, on=on)
    return teams is None or team_id in teams


def _checked_cpr(text: str, on: date) -> str:
    try:
        return check_cpr(text, on).number
    except DomainError as error:
        raise ValidationFailed(error.message, errors={"cpr": [error.message]}) from error


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        text = f"Skriv, hvorfor du skal se oplysningen (mindst {SHORTEST_REASON} tegn)."
        raise ValidationFailed(text, errors={"reason": [text]})


def _record(session: Session, citizen: Citizen, action: str, by: User, **detail: object) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="citizen",
        subject_id=citizen.public_id,
        citizens=[citizen.id],
        detail=dict(detail),
    )
