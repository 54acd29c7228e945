"""Caseloads (sagsstammer): count cases by caseworker, and move them with courses, referrals and deadlines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import RoleAssignment, Team, User
from jobcenter_mentor.platform.access.policy import roles_on, teams_on, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import place_of

ACTION = "caseload.move"
LONGEST_REASON = 500


class CaseloadCounts(NamedTuple):
    """The counts of one caseworker of a team; `key` is the public id, empty for cases without a caseworker."""

    team: str
    key: str
    name: str
    is_caseworker: bool
    running: int
    waiting: int
    due: int
    overdue: int


class CaseloadCase(NamedTuple):
    """A case that can be moved: one citizen with the latest case number and how much moves along."""

    key: str
    initials: str
    case_number: str
    running: int
    waiting: int
    deadlines: int
    next_due: date | None


@dataclass(frozen=True)
class Caseload:
    """A caseworker's cases: the owner (None for cases without one), the cases, and who may take them over."""

    owner: User | None
    cases: list[CaseloadCase]
    colleagues: dict[str, str]


def list_loads(session: Session, *, actor: Actor) -> list[CaseloadCounts]:
    """Return the caseloads by team and caseworker, cases without a caseworker last; always three statements."""
    running = _counted(session, Grant, Grant.caseworker_id, _runs(actor.day), actor)
    waiting = _counted(session, Referral, Referral.caseworker_id, Referral.closed_on.is_(None), actor)
    due = _counted(session, FollowUp, FollowUp.owner_id, _is_open(), actor)
    overdue = _counted(session, FollowUp, FollowUp.owner_id, and_(_is_open(), FollowUp.due_on < actor.day), actor)
    staff = {(team, user.id): user for user, team in _caseworkers(session, actor)}
    keys = staff.keys() | running.keys() | waiting.keys() | due.keys()
    users = {
        user.id: user for user in session.scalars(select(User).where(User.id.in_({key for _, key in keys if key})))
    }
    teams = dict(session.execute(select(Team.id, Team.name).where(Team.id.in_({team for team, _ in keys}))).all())
    loads = [
        CaseloadCounts(
            teams[team],
            users[key].public_id if key else "",
            users[key].full_name if key else "Uden sagsbehandler",
            (team, key) in staff,
            running.get((team, key), 0),
            waiting.get((team, key), 0),
            due.get((team, key), 0),
            overdue.get((team, key), 0),
        )
        for team, key in keys
    ]
    return sorted(loads, key=lambda load: (place_of(load.team), not load.key, place_of(load.name)))


def get_caseload(session: Session, public_id: str, *, actor: Actor) -> Caseload:
    """Return a caseload, also of somebody who has left; an empty id gives cases without a caseworker.

    The look is logged. Raises NotFound for someone who was never a caseworker in one of the user's teams.
    """
    owner = _owner(session, public_id, actor) if public_id else None
    cases = _cases(session, owner, actor)
    citizens = [row.id for row, _ in cases]
    audit.record(
        session, by=actor.user, action="caseload.read", subject="caseload", subject_id=public_id, citizens=citizens
    )
    colleagues = {user.public_id: user.full_name for user, _ in _caseworkers(session, actor) if user is not owner}
    return Caseload(
        owner, [shown for _, shown in cases], dict(sorted(colleagues.items(), key=lambda item: place_of(item[1])))
    )


def move(session: Session, public_id: str, *, keys: Collection[str], to: str, reason: str, actor: Actor) -> int:
    """Move cases to another caseworker and return how many citizens moved; moving them back undoes it.

    `keys` are public ids of citizens in the caseload of `public_id`, `to` that of a caseworker of the same team.
    Citizen, courses, open referrals and open deadlines move in one transaction, and each journal says so. Raises
    ValidationFailed by field, and Conflict when some of the cases have been moved meanwhile.
    """
    owner = _owner(session, public_id, actor) if public_id else None
    new = session.scalar(select(User).where(User.public_id == to))
    citizens = _locked(session, owner, keys, actor)
    new = _checked(citizens, keys, owner, new, reason, actor.day)
    ids = [citizen.id for citizen in citizens]
    for citizen in citizens:
        if citizen.caseworker_id == (owner.id if owner else None):
            citizen.caseworker_id = new.id
    session.flush()
    running = select(Grant).where(Grant.citizen_id.in_(ids), _of(Grant.caseworker_id, owner), _runs(actor.day))
    courses = session.scalars(running.order_by(Grant.id)).all()
    for model, column, more in _moving():
        theirs = and_(model.citizen_id.in_(ids), _of(column, owner), *more)
        values = {column.key: new.id} | ({"version": model.version + 1} if hasattr(model, "version") else {})
        session.execute(update(model).where(theirs).values(values).execution_options(synchronize_session=False))
    session.expire_all()
    _tell(session, citizens, courses, owner, new, reason=reason.strip(), actor=actor)
    return len(ids)


def _moving() -> list[tuple[Any, Any, list[ColumnElement[bool]]]]:
    """Return what moves with a citizen: the table, the column of who has it, and which rows."""
    return [
        (Grant, Grant.caseworker_id, []),
        (Referral, Referral.caseworker_id, []),
        (FollowUp, FollowUp.owner_id, [_is_open()]),
    ]


def _tell(
    session: Session,
    citizens: Sequence[Citizen],
    courses: Sequence[Grant],
    owner: User | None,
    new: User,
    *,
    reason: str,
    actor: Actor,
) -> None:
    """Write the move in the journal of each running course, else of the citizen, and once in the log."""
    title = f"Ny sagsbehandler: {new.full_name}{f' (før {owner.full_name})' if owner else ''}"
    places = [
        (journal.JournalCase(row.citizen_id, row.id, row.case_number), ("grant", row.public_id)) for row in courses
    ]
    without = {citizen.id for citizen in citizens} - {row.citizen_id for row in courses}
    places += [(journal.JournalCase(row.id), ("citizen", row.public_id)) for row in citizens if row.id in without]
    for place, about in places:
        journal.record(session, "handover", title, place, about=about, by=actor.user, on=actor.day, text=reason)
    detail = {"from": owner.username if owner else "", "to": new.username, "cases": len(citizens)}
    audit.record(
        session,
        by=actor.user,
        action="caseload.move",
        subject="caseload",
        subject_id=new.public_id,
        citizens=[citizen.id for citizen in citizens],
        detail=detail,
    )


def _checked(
    citizens: Sequence[Citizen],
    keys: Collection[str],
    owner: User | None,
    new: User | None,
    reason: str,
    on: date,
) -> User:
    """Return who takes over; raises ValidationFailed by field, and Conflict where a case is no longer there."""
    errors = {}
    if not keys:
        errors["cases"] = ["Vælg mindst én sag."]
    if not reason.strip() or len(reason) > LONGEST_REASON:
        errors["reason"] = [f"Skriv hvorfor, på højst {LONGEST_REASON} tegn. Det kommer i journalen."]
    teams = {role.team_id for role in roles_on(new, on) if role.role == "SB"} if new else set()
    if new is None or new is owner or not {citizen.team_id for citizen in citizens} <= teams:
        errors["to"] = ["Vælg en anden sagsbehandler i sagernes team."]
    if errors or new is None:
        raise ValidationFailed("Sagerne er ikke flyttet. Ret de markerede felter.", errors=errors)
    if len(citizens) != len(set(keys)):
        raise Conflict("Nogle af sagerne er flyttet i mellemtiden. Se listen igen, og vælg på ny.")
    return new


def _locked(session: Session, owner: User | None, keys: Collection[str], actor: Actor) -> Sequence[Citizen]:
    statement = select(Citizen).where(Citizen.public_id.in_(keys), _held(owner, actor.day))
    statement = visible(statement, Citizen, actor.user, ACTION, actor.day).order_by(Citizen.id)
    return session.scalars(statement.with_for_update(of=Citizen).execution_options(populate_existing=True)).all()


def _cases(session: Session, owner: User | None, actor: Actor) -> list[tuple[Any, CaseloadCase]]:
    """Return the citizens of a caseload with what moves along, in two statements."""
    grants = _per_citizen(Grant, _of(Grant.caseworker_id, owner), _runs(actor.day))
    waiting = _per_citizen(Referral, _of(Referral.caseworker_id, owner), Referral.closed_on.is_(None))
    open_to = _per_citizen(FollowUp, _of(FollowUp.owner_id, owner), _is_open())
    number = select(func.max(Referral.case_number)).where(Referral.citizen_id == Citizen.id)
    older = select(func.max(Grant.case_number)).where(Grant.citizen_id == Citizen.id)
    due = select(func.min(FollowUp.due_on)).where(
        FollowUp.citizen_id == Citizen.id, _of(FollowUp.owner_id, owner), _is_open()
    )
    statement = select(
        Citizen.id,
        Citizen.public_id,
        Citizen.first_name,
        Citizen.last_name,
        func.coalesce(number.scalar_subquery(), older.scalar_subquery(), "").label("number"),
        grants.label("running"),
        waiting.label("waiting"),
        open_to.label("deadlines"),
        due.scalar_subquery().label("due"),
    ).where(_held(owner, actor.day))
    rows = session.execute(
        visible(statement, Citizen, actor.user, ACTION, actor.day).order_by(Citizen.sort_key, Citizen.id)
    )
    return [
        (
            row,
            CaseloadCase(
                row.public_id,
                f"{row.first_name[:1]}.{row.last_name[:1]}.",
                row.number,
                row.running,
                row.waiting,
                row.deadlines,
                row.due,
            ),
        )
        for row in rows
    ]


def _per_citizen(model: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count(model.id)).where(model.citizen_id == Citizen.id, *conditions).scalar_subquery()


def _held(owner: User | None, on: date) -> ColumnElement[bool]:
    """Return the condition for citizens of a caseload: by the citizen, or by a running course or open referral."""
    running = select(Grant.citizen_id).where(_of(Grant.caseworker_id, owner), _runs(on))
    waiting = select(Referral.citizen_id).where(_of(Referral.caseworker_id, owner), Referral.closed_on.is_(None))
    parts: list[ColumnElement[bool]] = [Citizen.id.in_(running), Citizen.id.in_(waiting)]
    if owner is not None:
        parts.append(Citizen.caseworker_id == owner.id)
    return or_(*parts)


def _of(column: Any, owner: User | None) -> ColumnElement[bool]:
    held: ColumnElement[bool] = column.is_(None) if owner is None else column == owner.id
    return held


def _runs(on: date) -> ColumnElement[bool]:
    return case((Grant.ended_on.is_(None), Grant.last_day >= on), else_=Grant.ended_on >= on)


def _is_open() -> ColumnElement[bool]:
    return and_(FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))


def _counted(
    session: Session, model: Any, column: Any, condition: ColumnElement[bool], actor: Actor
) -> dict[tuple[int, int | None], int]:
    statement = select(model.team_id, column, func.count(model.id)).where(condition).group_by(model.team_id, column)
    rows = session.execute(visible(statement, model, actor.user, ACTION, actor.day)).all()
    return {(team, owner): count for team, owner, count in rows}


def _caseworkers(session: Session, actor: Actor) -> list[tuple[User, int]]:
    """Return the caseworkers of the day in the user's teams, each with the team."""
    statement = _assigned(actor).where(
        User.active,
        RoleAssignment.valid_from <= actor.day,
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= actor.day),
    )
    return [(user, team) for user, team in session.execute(statement).unique()]


def _owner(session: Session, public_id: str, actor: Actor) -> User:
    found = session.execute(_assigned(actor).where(User.public_id == public_id)).unique().first()
    if found is None:
        raise NotFound("Sagsbehandleren findes ikke.")
    owner: User = found[0]
    return owner


def _assigned(actor: Actor) -> Any:
    """Return the statement that selects those who are or were caseworkers in the user's teams, with their team."""
    teams = teams_on(actor.user, ACTION, on=actor.day)
    statement = select(User, RoleAssignment.team_id).join(RoleAssignment, RoleAssignment.user_id == User.id)
    statement = statement.where(RoleAssignment.role == "SB", RoleAssignment.team_id.is_not(None)).order_by(
        User.full_name
    )
    return statement if teams is None else statement.where(RoleAssignment.team_id.in_(teams))
