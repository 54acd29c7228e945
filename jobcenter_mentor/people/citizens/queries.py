"""The list of citizens (borgerlisten): filter, order, 50 rows a page and the count in one statement; search by name."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.people.citizens.cpr_numbers import not_merged
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page

MOST_HITS = 50
MOST_TYPED, MOST_SIGNS = 1_000, 100
"""Signs of a search that are read, and of each of its words."""


class CitizenRow(NamedTuple):
    """A citizen on the list: columns, not the whole row; write the name by `shown_name`, as it may be protected."""

    id: int
    public_id: str
    first_name: str
    last_name: str
    birth_date: date
    protected: bool
    benefit: str | None
    visitation: str | None
    since: date | None
    team: str
    caseworker: str | None


@dataclass(frozen=True)
class CitizenFilter:
    """The filter of the list; empty fields do nothing. `sort` is name, birth, since or caseworker; `-name` reverses."""

    text: str = ""
    benefit: str = ""
    visitation: str = ""
    caseworker_id: int | None = None
    sort: str = "name"
    page: int = 1


_IN_FORCE = (
    select(func.max(CitizenStatus.valid_from))
    .where(CitizenStatus.citizen_id == Citizen.id, CitizenStatus.valid_from <= bindparam("on"))
    .correlate(Citizen)
    .scalar_subquery()
)
_STATUS = and_(CitizenStatus.citizen_id == Citizen.id, CitizenStatus.valid_from == _IN_FORCE)
_ROWS: Any = (
    select(
        Citizen.id,
        Citizen.public_id,
        Citizen.first_name,
        Citizen.last_name,
        Citizen.birth_date,
        Citizen.protected,
        CitizenStatus.benefit,
        CitizenStatus.visitation,
        CitizenStatus.valid_from,
        Team.name,
        User.full_name,
    )
    .join(Team, Team.id == Citizen.team_id)
    .outerjoin(CitizenStatus, _STATUS)
    .outerjoin(User, User.id == Citizen.caseworker_id)
)
_PLAIN_COUNT = select(func.count()).select_from(Citizen)
_STATUS_COUNT = _PLAIN_COUNT.join(CitizenStatus, _STATUS)
_SORTS: dict[str, Any] = {
    "name": Citizen.sort_key,
    "birth": Citizen.birth_date,
    "since": CitizenStatus.valid_from,
    "caseworker": User.sort_key,
}


def list_citizens(session: Session, chosen: CitizenFilter, *, actor: Actor) -> Page[CitizenRow]:
    """Return one page of the citizens within the user's reach; the persons shown are logged in one row."""
    conditions = _conditions(chosen)
    by_status = bool(chosen.benefit or chosen.visitation)
    counted = (_STATUS_COUNT if by_status else _PLAIN_COUNT).where(*conditions)
    count = visible(counted, Citizen, actor.user, "citizen.status.read", actor.day).scalar_subquery()
    rows = visible(_ROWS.add_columns(count).where(*conditions), Citizen, actor.user, "citizen.status.read", actor.day)
    page = max(1, chosen.page)
    statement = rows.order_by(*_order(chosen.sort)).limit(ROWS_PER_PAGE).offset((page - 1) * ROWS_PER_PAGE)
    found = session.execute(statement, {"on": actor.day}).all()
    shown = [CitizenRow(*row[:-1]) for row in found]
    audit.record(session, by=actor.user, action="citizen.list", subject="citizen", citizens=[row.id for row in shown])
    return Page(shown, found[0][-1] if found else 0, page)


def search(session: Session, text: str, *, actor: Actor) -> list[CitizenRow]:
    """Return citizens by parts of the name: »Mette Jensen« finds »Mette Østergård Jensen«.

    At most 50 hits by name; the persons shown are logged in one row. A text without words finds nobody.
    """
    named = _named(text)
    if named is None:
        return []
    statement = visible(_ROWS.where(named), Citizen, actor.user, "citizen.name", actor.day).order_by(
        Citizen.sort_key, Citizen.id
    )
    found = [CitizenRow(*row) for row in session.execute(statement.limit(MOST_HITS), {"on": actor.day})]
    audit.record(session, by=actor.user, action="citizen.search", subject="citizen", citizens=[row.id for row in found])
    return found


def folded(name: str) -> str:
    """Return a name as search compares it: composed letters, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def search_words(text: str) -> list[str]:
    """Return at most six words of a search, none longer than a name, so that no database refuses the pattern."""
    return [word[:MOST_SIGNS] for word in folded(text[:MOST_TYPED]).split()[:6]]


def _named(text: str) -> ColumnElement[bool] | None:
    """Return the condition that each word begins one of the names; None without words.

    A protected name is found by nobody, so that what was typed never tells whose the hidden name is.
    """
    words = search_words(text)
    if not words:
        return None
    name = Citizen.search_name
    return and_(
        Citizen.protected.is_(False),
        *(or_(name.startswith(word, autoescape=True), name.contains(f" {word}", autoescape=True)) for word in words),
    )


def _conditions(chosen: CitizenFilter) -> list[ColumnElement[bool]]:
    named = _named(chosen.text)
    conditions = [not_merged()] if named is None else [not_merged(), named]
    if chosen.benefit:
        conditions.append(CitizenStatus.benefit == chosen.benefit)
    if chosen.visitation:
        conditions.append(CitizenStatus.visitation == chosen.visitation)
    if chosen.caseworker_id is not None:
        conditions.append(Citizen.caseworker_id == chosen.caseworker_id)
    return conditions


def _order(sort: str) -> tuple[Any, ...]:
    """The column asked for, then the row number, so that pages never overlap; unknown sorts are by name."""
    column = _SORTS.get(sort.removeprefix("-"), Citizen.sort_key)
    return (column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last(), Citizen.id)
