"""Manage users (brugere) and their dated roles; rights follow from the roles alone (`policy`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.text import written
from jobcenter_mentor.platform.access import passwords
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import LoginSession, RoleAssignment, Team, User
from jobcenter_mentor.platform.access.policy import CASE_ROLES, ROLES, roles_on, teams_on
from jobcenter_mentor.platform.access.reach import MENTORS
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.database.port import Port

COMMAND_LINE = "kommandolinje"
SUPPLIERS = Port("id", "name", "sort_key")
MENTOR_HOURS = Port("mentor_id")
MENTOR_FUNCTIONS = Port("mentor_id")
"""The tables of the suppliers and mentors that a role can reach."""


@dataclass(frozen=True)
class NewRole:
    """A new role (rolle): a code of the matrix, its reach and its period, both ends included."""

    role: str
    valid_from: date
    valid_to: date | None = None
    team_id: int | None = None
    supplier_id: int | None = None
    mentor_id: int | None = None


def add_user(
    session: Session,
    *,
    username: str,
    full_name: str,
    email: str = "",
    password: str = "",
    by: User | None,
) -> User:
    """Add a user (bruger) with a lower-case name used once; without password nobody can log in as the user.

    Raises Conflict for a name in use and ValidationFailed for a name that is empty, too long or has hidden signs, and
    for a weak password.
    """
    name, full_name = _name(username, "username").lower(), _name(full_name, "full_name")
    if not name or not full_name:
        raise ValidationFailed("Skriv både brugernavn og navn.", errors={"username": ["Skriv et brugernavn."]})
    if find_user(session, name) is not None:
        raise Conflict(f"Brugernavnet {name} er i brug.", errors={"username": [f"Brugernavnet {name} er i brug."]})
    user = User(username=name, full_name=full_name, email=email.strip())
    user.password_hash = passwords.hashed(password) if password else ""
    session.add(user)
    session.flush()
    audit.record(session, by=by, action="user.add", subject="user", subject_id=user.public_id)
    return user


def set_email(session: Session, user: User, email: str, *, by: User) -> None:
    """Set the user's e-mail; without one the user gets no reminders."""
    user.email = email
    audit.record(session, by=by, action="user.email", subject="user", subject_id=user.public_id)


def assign_role(session: Session, user: User, new: NewRole, *, by: User | None) -> RoleAssignment:
    """Assign a role (rolle) in a period.

    Raises ValidationFailed where its reach is missing and for an administrator with a role in the cases.
    """
    _check_reach(new)
    lock(session, user)
    if not user.active:
        raise InvalidTransition("Brugeren er lukket og kan ikke få en rolle.")
    _keep_administration_apart(user, new)
    _refuse_the_same(user, new)
    role = RoleAssignment(
        role=new.role,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        team_id=new.team_id,
        supplier_id=new.supplier_id,
        mentor_id=new.mentor_id,
    )
    user.roles.append(role)
    session.flush()
    detail = {"role": new.role, "from": new.valid_from.isoformat()}
    audit.record(session, by=by, action="role.give", subject="user", subject_id=user.public_id, detail=detail)
    return role


def end_role(session: Session, user: User, role_id: int, *, actor: Actor) -> None:
    """End a role (rolle) as of yesterday; the user's sessions end, so that it counts at once."""
    lock(session, user)
    role = next((role for role in user.roles if role.id == role_id), None)
    if role is None:
        raise NotFound("Rollen findes ikke.")
    if role.valid_to is not None and role.valid_to < actor.day:
        raise InvalidTransition("Rollen er allerede frataget.")
    role.valid_to = actor.day - timedelta(days=1)
    _end_sessions(session, user)
    detail = {"role": role.role}
    audit.record(session, by=actor.user, action="role.end", subject="user", subject_id=user.public_id, detail=detail)


def close_user(session: Session, user: User, *, by: User) -> None:
    """Close a user (luk bruger), so that nobody logs in as the user. Raises NotAllowed for oneself."""
    if user.id == by.id:
        raise NotAllowed("Du kan ikke lukke din egen bruger.")
    lock(session, user)
    if not user.active:
        raise InvalidTransition("Brugeren er allerede lukket.")
    user.active = False
    _end_sessions(session, user)
    audit.record(session, by=by, action="user.close", subject="user", subject_id=user.public_id)


def set_password(session: Session, user: User, password: str, *, by: User | None) -> None:
    """Set a password (adgangskode) and end the user's sessions. Raises ValidationFailed for a weak one."""
    user.password_hash = passwords.hashed(password)
    _end_sessions(session, user)
    audit.record(session, by=by, action="user.password", subject="user", subject_id=user.public_id)


def make_administrator(session: Session, username: str, full_name: str, password: str, *, actor: Actor) -> User:
    """Add an administrator, or give one a new password.

    Raises NotAllowed for the log-in name of somebody who is no administrator, and as `add_user` does.
    """
    user = find_user(session, username)
    if user is None:
        user = add_user(session, username=username, full_name=full_name, password=password, by=actor.user)
        assign_role(session, user, NewRole("AD", actor.day), by=actor.user)
        return user
    if not user.active or "AD" not in {role.role for role in roles_on(user, actor.day)}:
        raise NotAllowed(f"{user.username} er i brug af en, der ikke er administrator. Vælg et andet brugernavn.")
    set_password(session, user, password, by=actor.user)
    return user


def get_user(session: Session, public_id: str) -> User:
    """Return a user. Raises NotFound."""
    user = session.scalar(select(User).where(User.public_id == public_id))
    if user is None:
        raise NotFound("Brugeren findes ikke.")
    return user


def find_user(session: Session, username: str) -> User | None:
    """Return a user by log-in name; nobody's has a sign that can't be seen."""
    name = username.strip().lower()
    return session.scalar(select(User).where(User.username == name)) if name.isprintable() else None


def _name(text: str, field: str) -> str:
    """Return a name as it is stored, on one line. Raises ValidationFailed at its field."""
    longest: int = getattr(User, field).type.length
    try:
        name = " ".join(written(text).split())
    except ValidationFailed as error:
        raise ValidationFailed(error.message, errors={field: [error.message]}) from error
    if len(name) > longest:
        told = f"Et navn må højst være på {longest} tegn."
        raise ValidationFailed(told, errors={field: [told]})
    return name


def list_users(session: Session, *, on: date) -> list[tuple[User, list[RoleAssignment]]]:
    """Return all users by name, the closed ones last, each with the roles of the day."""
    users = session.scalars(select(User).order_by(User.active.desc(), User.sort_key, User.id))
    return [(user, roles_on(user, on)) for user in users]


def add_team(session: Session, name: str, *, by: User | None) -> Team:
    """Add a team. Raises Conflict where there is one of that name."""
    if session.scalar(select(Team).where(Team.name == name.strip())) is not None:
        raise Conflict(f"Der er allerede et team, som hedder {name.strip()}.")
    team = Team(name=name.strip())
    session.add(team)
    session.flush()
    audit.record(session, by=by, action="team.add", subject="team", subject_id=team.public_id)
    return team


def list_teams(session: Session) -> list[Team]:
    """Return all teams by name."""
    return list(session.scalars(select(Team).order_by(Team.sort_key, Team.id)))


def reach_choices(session: Session) -> list[tuple[str, str]]:
    """Return what a role may reach, for the form: "team:3", "supplier:1" or "mentor:7" with its Danish name."""
    mentor, supplier = MENTORS.table, SUPPLIERS.table
    suppliers = session.execute(select(supplier.c.id, supplier.c.name).order_by(supplier.c.sort_key))
    columns = (mentor.c.id, mentor.c.first_name, mentor.c.last_name)
    given = (MENTOR_HOURS.table, MENTOR_FUNCTIONS.table)
    in_corps = or_(*(exists().where(one.c.mentor_id == mentor.c.id) for one in given))
    mentors = session.execute(select(*columns).where(in_corps).order_by(mentor.c.sort_key))
    return [
        *((f"team:{team.id}", f"Team: {team.name}") for team in list_teams(session)),
        *((f"supplier:{key}", f"Leverandør: {name}") for key, name in suppliers),
        *((f"mentor:{key}", f"Mentor: {first} {last}".strip()) for key, first, last in mentors),
    ]


def overseen_users(session: Session, *, actor: Actor) -> list[int] | None:
    """Return row ids of the users whose acts `by` may see in the log; None for everybody's."""
    teams = teams_on(actor.user, "audit.read", on=actor.day)
    if teams is None:
        return None
    members = select(RoleAssignment.user_id).where(RoleAssignment.team_id.in_(teams)).distinct()
    return list(session.scalars(members))


def command_line_user(session: Session, *, on: date) -> User:
    """Return the user of the command line, found or made: leader, coordinator and controller of all teams."""
    user = find_user(session, COMMAND_LINE)
    if user is None:
        user = add_user(session, username=COMMAND_LINE, full_name="Kommandolinje", by=None)
        for role in ("TL", "MK", "ØK"):
            assign_role(session, user, NewRole(role, min(on, date(2013, 1, 1))), by=None)
    return user


def home_of(user: User, *, on: date) -> str:
    """Return the address of the front page of the first role that day."""
    return HOMES[roles_on(user, on)[0].role]


def administrators(session: Session, *, on: date) -> list[User]:
    """List those who can give a role that day, by name."""
    return [user for user, roles in list_users(session, on=on) if "AD" in {role.role for role in roles}]


HOMES: Mapping[str, str] = {
    "SB": "/min-dag",
    "TL": "/ramme",
    "MK": "/korpset",
    "MI": "/logbog",
    "MV": "/logbog",
    "ML": "/logbog",
    "MF": "/logbog",
    "LK": "/leverandoer",
    "ØK": "/refusion",
    "AD": "/drift",
    "RE": "/haendelseslog",
}


def _check_reach(new: NewRole) -> None:
    """Refuse an unknown role, a period that ends before it starts and a role without what it reaches."""
    errors: dict[str, list[str]] = {}
    if new.role not in ROLES:
        errors["role"] = [f"Ukendt rolle '{new.role}'. Tilladt: {', '.join(ROLES)}."]
    if new.valid_to is not None and new.valid_to < new.valid_from:
        errors["valid_to"] = ["Rollens sidste dag ligger før dens første. Ret en af dem."]
    if new.role == "SB" and new.team_id is None:
        errors["reach"] = ["En sagsbehandler hører til et team. Vælg teamet."]
    if new.role == "LK" and new.supplier_id is None:
        errors["reach"] = ["En leverandørs kontakt ser sin egen leverandør. Vælg leverandøren."]
    if new.role in {"MI", "MV", "ML", "MF"} and new.mentor_id is None:
        errors["reach"] = [
            "En mentor ser sine egne borgere. Vælg mentoren; på listen står de med timer i mentorkorpset."
        ]
    if errors:
        sentences = " ".join(sentence for some in errors.values() for sentence in some)
        raise ValidationFailed(f"Rollen er ikke givet. {sentences}", errors=errors)


def full_names(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of users by row id."""
    rows = session.execute(select(User.id, User.full_name).where(User.id.in_(set(user_ids))))
    return {row.id: row.full_name for row in rows}


def _keep_administration_apart(user: User, new: NewRole) -> None:
    """Refuse AD together with a case role on any one day (rule 7 of the matrix)."""
    opposite = CASE_ROLES if new.role == "AD" else {"AD"} if new.role in CASE_ROLES else frozenset()
    for held in user.roles:
        starts_in_time = new.valid_to is None or held.valid_from <= new.valid_to
        still_held = held.valid_to is None or held.valid_to >= new.valid_from
        if held.role in opposite and starts_in_time and still_held:
            message = (
                f"{user.full_name} har rollen {ROLES[held.role].lower()}. "
                "En administrator kan ikke samtidig have en rolle i sagerne."
            )
            raise ValidationFailed(message, errors={"role": [message]})


def _refuse_the_same(user: User, new: NewRole) -> None:
    """Refuse a role that the user has already in some of the days. Raises Conflict."""
    asked = (new.role, new.team_id, new.supplier_id, new.mentor_id)
    for role in user.roles:
        is_after = new.valid_to is not None and role.valid_from > new.valid_to
        is_over = role.valid_to is not None and role.valid_to < new.valid_from
        if (role.role, role.team_id, role.supplier_id, role.mentor_id) == asked and not is_after and not is_over:
            message = f"Brugeren har allerede rollen fra {role.valid_from:%d.%m.%Y}."
            raise Conflict(message, errors={"role": [message]})


def _end_sessions(session: Session, user: User) -> None:
    """End every open session of a user, as of when it was last in use."""
    open_ones = update(LoginSession).where(LoginSession.user_id == user.id, LoginSession.ended_at.is_(None))
    session.execute(open_ones.values(ended_at=LoginSession.seen_at))
