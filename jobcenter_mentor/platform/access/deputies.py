"""Record absences (fravær) and deputies (stedfortrædere), and tell who holds a case on a day.

Nothing is copied to the deputy: a case has one holder a day, asked for by that day. A deputy who is away too, is closed
or has left the team holds nothing; the case stays with its owner, and the team leader is notified (`unattended`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Subquery, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Absence, RoleAssignment, User
from jobcenter_mentor.platform.access.policy import roles_on, visible
from jobcenter_mentor.platform.access.service import get_user
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

CASEWORK = ("SB", "TL", "MK")
"""The roles that hold cases, and may stand in for each other within a team."""
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class AbsenceEntry:
    """An absence (fravær) as it is typed: both days included; user and deputy by public id, empty without deputy."""

    user: str
    first_day: date
    last_day: date
    deputy: str = ""


@dataclass(frozen=True)
class Choices:
    """The choices of the page: who may be away, and who may take over; public id and name."""

    away: list[tuple[str, str]]
    deputies: list[tuple[str, str]]


def held_by(column: Any, user: User, on: date) -> ColumnElement[bool]:
    """Return the condition of the rows whose case the user holds that day, as owner or as deputy (stedfortræder)."""
    held: ColumnElement[bool] = column.in_(_stood_for(user.id, on))
    return held


def unattended(column: Any, on: date) -> ColumnElement[bool]:
    """Return the condition of rows whose case nobody holds: no owner, a closed one, or one away without a deputy."""
    closed = select(User.id).where(User.active.is_(False))
    alone = select(Absence.user_id).where(*_covers(on), or_(Absence.deputy_id.is_(None), ~_able(on)))
    return or_(column.is_(None), column.in_(closed), column.in_(alone))


def stand_ins(on: date) -> Subquery:
    """Select the deputies (stedfortrædere) of a day: `user_id` of who is away and `deputy_name`, one row a user."""
    deputy = aliased(User)
    return (
        select(Absence.user_id, func.min(deputy.full_name).label("deputy_name"))
        .join(deputy, deputy.id == Absence.deputy_id)
        .where(*_covers(on), _able(on))
        .group_by(Absence.user_id)
        .subquery()
    )


def record_absence(session: Session, away: AbsenceEntry, *, actor: Actor) -> Absence:
    """Record an absence (fravær): a user's own, a team leader's team, or by an administrator anybody's.

    Raises NotAllowed for others, ValidationFailed at the fields, and Conflict where the user is away already.
    """
    _check_days(away, actor.day)
    user = get_user(session, away.user)
    lock(session, user)
    absence = Absence(
        user=user, team_id=_team_of(user, away.first_day), first_day=away.first_day, last_day=away.last_day
    )
    if _overlapping(session, user, away) is not None:
        raise Conflict(
            "Der er allerede registreret fravær de dage.", errors={"first_day": ["Overlapper andet fravær."]}
        )
    session.add(absence)
    session.flush()
    if not actor.may("deputy.set", absence):
        raise NotAllowed("Du kan ikke skrive fravær for den medarbejder.")
    _set_deputy(session, absence, away.deputy)
    _record(session, absence, "absence.record", actor.user)
    return absence


def set_deputy(session: Session, absence: Absence, deputy: str, *, by: User) -> Absence:
    """Set or remove the deputy (stedfortræder) of an absence. Raises ValidationFailed for who can't take over."""
    _set_deputy(session, absence, deputy)
    _record(session, absence, "absence.deputy", by)
    return absence


def end_absence(session: Session, absence: Absence, *, actor: Actor) -> None:
    """End an absence (fravær): the user is back from that day on; one that has not begun is withdrawn."""
    lock(session, absence)
    if absence.withdrawn_on is not None or absence.last_day < actor.day:
        raise InvalidTransition("Fraværet er allerede slut.")
    if absence.first_day >= actor.day:
        absence.withdrawn_on = actor.day
    else:
        absence.last_day = min(absence.last_day, actor.day - timedelta(days=1))
    session.flush()
    _record(session, absence, "absence.end", actor.user)


def get_absence(session: Session, public_id: str, *, actor: Actor) -> Absence:
    """Return an absence (fravær) that the user may change. Raises NotFound."""
    found = session.scalar(_statement(actor).where(Absence.public_id == public_id))
    if found is None:
        raise NotFound("Fraværet findes ikke.")
    return found


def list_absences(session: Session, *, actor: Actor) -> list[Absence]:
    """Return the absences (fravær) from today on, those without a deputy first, then by first day."""
    statement = _statement(actor).where(Absence.last_day >= actor.day)
    return list(session.scalars(statement.order_by(Absence.deputy_id.is_not(None), Absence.first_day, Absence.id)))


def find_own(session: Session, user: User, *, on: date) -> Absence | None:
    """Return the user's own absence (fravær) that day, None when at work."""
    return session.scalar(select(Absence).where(Absence.user_id == user.id, *_covers(on)))


def choices(session: Session, *, actor: Actor) -> Choices:
    """Return who may be away: oneself, for leaders and administrators colleagues too; as deputy any of the teams."""
    found = [(user.public_id, user.full_name) for user in _colleagues(session, actor)]
    own = [(key, name) for key, name in found if key == actor.user.public_id]
    writes_for_others = any(role.role in {"TL", "AD"} for role in roles_on(actor.user, actor.day))
    return Choices(own + [one for one in found if one not in own] if writes_for_others else own, found)


def _colleagues(session: Session, actor: Actor) -> Sequence[User]:
    """Return all open users with casework in the user's teams that day, for an administrator all there are."""
    teams = {role.team_id for role in roles_on(actor.user, actor.day) if role.role in CASEWORK}
    everywhere = None in teams or any(role.role == "AD" for role in roles_on(actor.user, actor.day))
    held = _casework(actor.day) if everywhere else (*_casework(actor.day), RoleAssignment.team_id.in_(teams))
    statement = select(User).where(User.active, User.id.in_(select(RoleAssignment.user_id).where(*held)))
    return session.scalars(statement.order_by(User.sort_key, User.id)).all()


def _statement(actor: Actor) -> Select[Absence]:
    return visible(select(Absence).where(Absence.withdrawn_on.is_(None)), Absence, actor.user, "deputy.set", actor.day)


@lru_cache(maxsize=512)
def _stood_for(user_id: int, on: date) -> CompoundSelect[int]:
    """Select whose cases the user holds that day; built once, as each page asks for it several times."""
    given_away = exists().where(Absence.user_id == user_id, *_covers(on), _able(on))
    taken_over = select(Absence.user_id).where(Absence.deputy_id == user_id, *_covers(on), _able(on))
    return union_all(select(User.id).where(User.id == user_id, ~given_away), taken_over)


def _covers(on: date) -> tuple[ColumnElement[bool], ...]:
    return Absence.first_day <= on, Absence.last_day >= on, Absence.withdrawn_on.is_(None)


def _casework(on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        RoleAssignment.role.in_(CASEWORK),
        RoleAssignment.valid_from <= on,
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on),
    )


def _able(on: date) -> ColumnElement[bool]:
    """Return the condition that the absence's deputy is an open user of the team and not away that day."""
    theirs, deputy = aliased(Absence), aliased(User)
    at_work = exists().where(deputy.id == Absence.deputy_id, deputy.active)
    away = exists().where(
        theirs.user_id == Absence.deputy_id,
        theirs.first_day <= on,
        theirs.last_day >= on,
        theirs.withdrawn_on.is_(None),
    )
    in_team = exists().where(
        RoleAssignment.user_id == Absence.deputy_id,
        *_casework(on),
        or_(Absence.team_id.is_(None), RoleAssignment.team_id.is_(None), RoleAssignment.team_id == Absence.team_id),
    )
    return and_(at_work, ~away, in_team)


def _teams_of(user: User, on: date) -> set[int | None]:
    return {role.team_id for role in roles_on(user, on) if role.role in CASEWORK}


def _team_of(user: User, on: date) -> int | None:
    teams = _teams_of(user, on)
    if not teams:
        raise ValidationFailed("Det er ikke en sagsbehandler.", errors={"user": ["Har ingen sager den dag."]})
    return min((team for team in teams if team is not None), default=None)


def _set_deputy(session: Session, absence: Absence, chosen: str) -> None:
    """Write the deputy: another open user with casework in each team of the one who is away, never across teams."""
    deputy = get_user(session, chosen) if chosen else None
    if deputy is not None:
        teams, theirs = _teams_of(absence.user, absence.first_day), _teams_of(deputy, absence.first_day)
        if deputy.id == absence.user_id:
            raise ValidationFailed("Vælg en anden.", errors={"deputy": ["Man kan ikke være sin egen stedfortræder."]})
        if not deputy.active or not theirs or not (None in theirs or teams <= theirs):
            raise ValidationFailed("Vælg en anden.", errors={"deputy": ["Stedfortræderen skal være i samme team."]})
    absence.deputy = deputy
    session.flush()


def _check_days(away: AbsenceEntry, on: date) -> None:
    errors = {}
    if away.last_day < away.first_day:
        errors["last_day"] = ["Sidste dag ligger før første dag."]
    elif away.last_day < on:
        errors["last_day"] = ["Fraværet er slut. Skriv fravær, der varer til i dag eller længere."]
    elif away.last_day - away.first_day > LONGEST:
        errors["last_day"] = ["Højst et år ad gangen."]
    if errors:
        raise ValidationFailed("Fraværet er ikke gemt. Ret de markerede felter.", errors=errors)


def _overlapping(session: Session, user: User, away: AbsenceEntry) -> int | None:
    same = (Absence.user_id == user.id, Absence.withdrawn_on.is_(None))
    with session.no_autoflush:
        return session.scalar(
            select(Absence.id).where(*same, Absence.first_day <= away.last_day, Absence.last_day >= away.first_day)
        )


def _record(session: Session, absence: Absence, action: str, by: User) -> None:
    detail = {
        "from": str(absence.first_day),
        "to": str(absence.last_day),
        "deputy_id": str(absence.deputy_id or ""),
    }
    audit.record(session, by=by, action=action, subject="absence", subject_id=absence.public_id, detail=detail)
