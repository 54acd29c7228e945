"""Say how far a right reaches (rækkevidde) in the tables, as conditions of a query.

A table that holds case data names in `scope` the columns by which it is reached; the keys are those of `PATHS`. The
tables of citizens, mentors and courses are handed over by the features that they belong to.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from jobcenter_mentor.platform.access.models import RoleAssignment, User
from jobcenter_mentor.platform.database.port import Port

PATHS = frozenset({"team", "owner", "citizen", "alone", "grant", "mentor", "supplier", "self", "register", "released"})
"""The ways a table may be reached; each names a column, `register` that the whole municipality shares the table.

`citizen` opens every row about the citizen to the citizen's team, `alone` only those without a course.
"""
MENTOR_ROLES = frozenset({"MI", "MV", "ML", "MF"})
COURSES = Port("id", "citizen_id", "team_id", "caseworker_id", "mentor_id", "last_day", "ended_on")
CITIZENS = Port("id", "team_id", "caseworker_id")
MENTORS = Port("id", "supplier_id", "first_name", "last_name", "sort_key")
SUBSTITUTES = Port("grant_id", "mentor_id", "first_day", "last_day")
"""The tables that rows are reached through; the features of the trade hand them over."""
AFTERWARDS = timedelta(days=30)
"""How long after its last day a mentor still sees a course."""


class Scoped(Protocol):
    """A table whose rows are reached by team, owner, mentor, supplier or self (afgrænset tabel)."""

    scope: ClassVar[dict[str, str]]


@dataclass(frozen=True)
class Right:
    """One cell of the matrix for one action (rettighed). `reach` is o, t, l, a or s."""

    reach: str
    reason: bool = False
    released: bool = False
    limited: bool = False


def opened(model: type[Any], user: User, role: RoleAssignment, right: Right, *, on: date) -> ColumnElement[bool]:
    """Return the rows of a table that one right of one role opens that day.

    Of rows that name a course and a mentor (log entries, time sheets) a mentor reaches the own ones, not all of the
    course. Raises ValueError for a table with an unknown path.
    """
    unknown = set(model.scope) - PATHS
    if unknown:
        raise ValueError(f"{model.__name__}.scope has unknown keys: {sorted(unknown)}")
    within = _within(model, user, role, right, on)
    if role.role in MENTOR_ROLES and model.scope.keys() >= {"grant", "mentor"}:
        within = and_(within, _own(model, "mentor", role.mentor_id))
    if not right.released:
        return within
    released = _column(model, "released")
    return false() if released is None else and_(within, _is_set(released))


def _within(model: type[Any], user: User, role: RoleAssignment, right: Right, on: date) -> ColumnElement[bool]:
    """Return the rows within the reach of a right, before what must have been released."""
    if right.reach == "a":
        return true()
    if right.reach == "s":
        return or_(_own(model, "self", user.id), _own(model, "mentor", role.mentor_id))
    if "register" in model.scope and right.reach == "t":
        return true()
    if right.reach == "t" and role.team_id is None:
        return false() if role.role == "SB" else true()
    if right.reach == "t" and not model.scope.keys().isdisjoint({"team", "grant", "citizen", "alone"}):
        return _by_team(model, role.team_id)
    if right.reach == "l":
        return _by_supplier(model, role.supplier_id)
    if role.role in MENTOR_ROLES:
        return _by_mentor(model, role.mentor_id, on)
    return _by_owner(model, user.id)


def _by_team(model: type[Any], team_id: int | None) -> ColumnElement[bool]:
    """Return the rows of a team, by their own column, else by the team of their course or their citizen."""
    if "team" in model.scope:
        return _own(model, "team", team_id)
    grant, citizen = COURSES.alias(), CITIZENS.alias()
    return or_(
        _through(model, "grant", select(grant.c.id).where(grant.c.team_id == team_id)),
        _of_citizens(model, select(citizen.c.id).where(citizen.c.team_id == team_id)),
    )


def _by_owner(model: type[Any], user_id: int) -> ColumnElement[bool]:
    """Return the rows of a caseworker, by their own column, else by that of their course or their citizen."""
    if "owner" in model.scope:
        return _own(model, "owner", user_id)
    grant, citizen = COURSES.alias(), CITIZENS.alias()
    return or_(
        _through(model, "grant", select(grant.c.id).where(grant.c.caseworker_id == user_id)),
        _of_citizens(model, select(citizen.c.id).where(citizen.c.caseworker_id == user_id)),
    )


def _by_mentor(model: type[Any], mentor_id: int | None, on: date) -> ColumnElement[bool]:
    """Return the rows of a mentor's courses until 30 days after the last, and of those it substitutes (vikar)."""
    grant = COURSES.alias()
    last_day = func.coalesce(grant.c.ended_on, grant.c.last_day)
    substitute = SUBSTITUTES.alias()
    standing_in = select(substitute.c.grant_id).where(
        substitute.c.mentor_id == mentor_id, substitute.c.first_day <= on, substitute.c.last_day >= on
    )
    own = and_(grant.c.mentor_id == mentor_id, last_day >= on - AFTERWARDS)
    return _by_courses(model, grant, or_(own, grant.c.id.in_(standing_in)))


def _by_supplier(model: type[Any], supplier_id: int | None) -> ColumnElement[bool]:
    """Return the rows of a supplier: its own, its mentors' and those of their courses."""
    if "supplier" in model.scope:
        return _own(model, "supplier", supplier_id)
    mentor, grant = MENTORS.alias(), COURSES.alias()
    mentors = select(mentor.c.id).where(mentor.c.supplier_id == supplier_id)
    return _by_courses(model, grant, grant.c.mentor_id.in_(mentors))


def _by_courses(model: type[Any], grant: Any, theirs: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the rows of the chosen courses, by course where the table has one, else by citizen."""
    if "grant" in model.scope:
        return _through(model, "grant", select(grant.c.id).where(theirs))
    return _through(model, "citizen", select(grant.c.citizen_id).where(theirs))


def _of_citizens(model: type[Any], ids: Select[tuple[int]]) -> ColumnElement[bool]:
    """Return the rows of the chosen citizens; of a table of courses' rows, those without a course."""
    if "alone" not in model.scope:
        return _through(model, "citizen", ids)
    return and_(_through(model, "alone", ids), getattr(model, model.scope["grant"]).is_(None))


def _through(model: type[Any], path: str, ids: Select[tuple[int]]) -> ColumnElement[bool]:
    """Return the rows whose column is one of the ids; none where the table has no such column."""
    column = _column(model, path)
    return false() if column is None else column.in_(ids)


def _own(model: type[Any], path: str, key: int | None) -> ColumnElement[bool]:
    """Return the rows whose column is the key; none where the role has no key or the table no such column."""
    column = _column(model, path)
    return false() if column is None or key is None else column == key


def _is_set(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell whether a tick is on or a date is filled in."""
    return column.is_(True) if column.type.python_type is bool else column.is_not(None)


def _column(model: type[Any], path: str) -> ColumnElement[Any] | None:
    """Return the column a table is reached by, None without one."""
    name = model.scope.get(path)
    return None if name is None else getattr(model, name)
