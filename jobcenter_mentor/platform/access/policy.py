"""Decide who may do what (adgang) by one matrix (`matrix.yaml`), at every route and in every query.

Rights count on the day of the request: they follow from the dated roles and are stored nowhere else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from sqlalchemy import ColumnElement, Select, false, inspect, or_, select, true
from sqlalchemy.orm import object_session

from jobcenter_mentor.platform.access.models import RoleAssignment, User
from jobcenter_mentor.platform.access.reach import Right, Scoped, opened

ROLES = {
    "SB": "Sagsbehandler",
    "TL": "Teamleder",
    "MK": "Mentorkoordinator",
    "MI": "Mentor i kommunen",
    "MV": "Mentor i virksomhed",
    "ML": "Mentor hos leverandør",
    "MF": "Frivillig mentor",
    "LK": "Leverandørens kontakt",
    "ØK": "Økonomi",
    "AD": "Administrator",
    "RE": "Revisor",
}
"""Role codes of the matrix with the name the user sees."""
CASE_ROLES = ROLES.keys() - {"AD", "RE"}
MATRIX = Path(__file__).with_name("matrix.yaml")
OPENS = {"R": "R", "W": "RW", "A": "RA", "X": "X", "S": "S", "M": "M"}
"""What a letter of a cell opens: who may write or approve may read as well."""

View = TypeVar("View", bound=Callable[..., Any])
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


def requires(action: str) -> Callable[[View], View]:
    """Declare the action of a route, e.g. `referral.write`; `web.guard` asks for it before the view runs."""
    if action not in matrix():
        raise KeyError(f"{action} står ikke i rettighedsmatrixen (auth/matrix.yaml).")

    def declare(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare a route that needs no log-in."""
    view.action = None  # type: ignore[attr-defined]
    return view


def roles_on(user: User, day: date) -> list[RoleAssignment]:
    """Return the roles (roller) in force that day, both ends included, oldest first; none for a closed user."""
    if not user.active:
        return []
    held = [role for role in user.roles if role.valid_from <= day and (role.valid_to is None or day <= role.valid_to)]
    return sorted(held, key=lambda role: role.id)


@dataclass(frozen=True)
class Reader:
    """A user on a day (læser), equal to those with the same reach, so that a statement is built once for each."""

    reach: tuple[Any, ...]
    user: User = field(compare=False)


def reader_on(user: User, on: date) -> Reader:
    """Return the user as the reader of that day."""
    held = ((role.role, role.team_id, role.supplier_id, role.mentor_id) for role in roles_on(user, on))
    return Reader((user.id, *held), user)


def may(user: User, action: str, *, on: date, subject: Scoped | None = None, field: str | None = None) -> bool:
    """Tell whether the user may do an action, to `subject` (a row in a session) or without it to any row at all.

    `field` is a column of a citizen: a protected one needs the right to protected names and addresses as well.
    """
    if subject is None:
        return any(_rights_held(user, action, on))
    if not _is_reached(subject, within(type(subject), user, action, on)):
        return False
    hidden = field in {"address", "phone", "email"} and getattr(subject, "protected", False)
    return not hidden or _is_reached(subject, within(type(subject), user, "citizen.protected", on))


def needs_reason(user: User, action: str, *, on: date, subject: Scoped | None = None) -> bool:
    """Tell whether every right that the user has to the action asks for a written reason (begrundelse).

    With `subject` (a row in a session): every right that reaches this row.
    """
    rights = list(_rights_held(user, action, on))
    if subject is not None:
        rights = [held for held in rights if _is_reached(subject, _opened(type(subject), user, [held], on))]
    return bool(rights) and all(right.reason for _, right in rights)


def visible(statement: Query, model: type[Any], user: User, action: str, on: date) -> Query:
    """Narrow a query on `model` to what the user may do `action` to that day; no right at all gives no rows."""
    return statement.where(within(model, user, action, on))


def within(model: type[Any], user: User, action: str, on: date) -> ColumnElement[bool]:
    """Return the condition of the rows within reach (rækkevidde), for `visible` or as a column of a query."""
    return _opened(model, user, _rights_held(user, action, on), on)


def within_each(
    model: type[Any], user: User, actions: Iterable[str], on: date
) -> dict[tuple[str, ...], ColumnElement[bool]]:
    """Return the condition of the reach (rækkevidde) of several actions; those with the same rights share one."""
    sharing: dict[tuple[Any, ...], list[str]] = {}
    for action in actions:
        opened_by = tuple(_rights_held(user, action, on))
        sharing.setdefault(opened_by, []).append(action)
    return {tuple(names): within(model, user, names[0], on) for names in sharing.values()}


def teams_on(user: User, action: str, *, on: date) -> list[int] | None:
    """Return row ids of the teams (hold) in which the user has the action that day; None for all teams."""
    teams: list[int] = []
    for role, right in _rights_held(user, action, on):
        if right.reach == "a" or (right.reach == "t" and role.team_id is None and role.role != "SB"):
            return None
        if role.team_id is not None:
            teams.append(role.team_id)
    return teams


@cache
def matrix() -> dict[str, dict[str, tuple[Right, ...]]]:
    """Return the matrix of rights (matrixen): action -> role -> rights, read once. ValueError for unknown names."""
    actions: dict[str, dict[str, tuple[Right, ...]]] = {}
    for row in yaml.safe_load(MATRIX.read_text(encoding="utf-8")):
        if set(row) != {"row", "actions", "cells"} or not set(row["cells"]) <= set(ROLES):
            raise ValueError(f"Rettighedsmatrixen: ukendt nøgle eller rolle i rækken {row.get('row')!r}.")
        for letter, action in row["actions"].items():
            if letter not in OPENS or action in actions:
                raise ValueError(f"Rettighedsmatrixen: {action} står to gange eller under et ukendt bogstav.")
            actions[action] = {role: rights for role, cell in row["cells"].items() if (rights := _read(cell, letter))}
    return actions


def _read(cell: str, letter: str) -> tuple[Right, ...]:
    """Return what a cell such as `Wo Rt!` gives of one letter."""
    rights = []
    for part in cell.split():
        verb, reach, marks = part[0], part[1:2], part[2:]
        if verb not in OPENS or not reach or reach not in "otlas" or not set(marks) <= set("!*<"):
            raise ValueError(f"Rettighedsmatrixen: cellen {cell!r} kan ikke læses.")
        if letter in OPENS[verb]:
            rights.append(Right(reach, reason="!" in marks, released="*" in marks, limited="<" in marks))
    return tuple(rights)


def _rights_held(user: User, action: str, on: date) -> Iterator[tuple[RoleAssignment, Right]]:
    """Return each role of the day with each right it gives to the action."""
    row = matrix()[action]
    for role in roles_on(user, on):
        for right in row.get(role.role, ()):
            if not right.limited:
                yield role, right


def _opened(
    model: type[Any], user: User, rights: Iterable[tuple[RoleAssignment, Right]], on: date
) -> ColumnElement[bool]:
    """Return the condition of the rows that any of the rights opens."""
    parts = [opened(model, user, role, right, on=on) for role, right in rights]
    return or_(*parts) if parts else false()


def _is_reached(subject: Scoped, condition: ColumnElement[bool]) -> bool:
    """Ask the database whether the row (in a session) is within reach, by the same condition as the lists."""
    session = object_session(subject)
    if session is None:
        raise ValueError("may() needs a row that belongs to a session")
    identity = inspect(subject).identity
    key = inspect(type(subject)).primary_key[0]
    return session.scalar(select(true()).where(key == identity[0], condition)) is not None
