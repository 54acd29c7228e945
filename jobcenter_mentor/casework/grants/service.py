"""The courses (forløb): finds one, and lists those within the user's scope."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.kernel.statuses import GrantStatus, grant_status
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.queries import search_words
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.access.policy import Reader, reader_on, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page, asked_page

ENDING_SOON = timedelta(days=28)
STATES = {
    "running": "Løbende",
    "planned": "Planlagte",
    "without_mentor": "Uden mentor",
    "ending": "Slutter inden 28 dage",
    "over": "Udløbet eller ophørt",
    "all": "Alle",
}


@dataclass(frozen=True)
class GrantFilter:
    """A filter of courses: `state` is a code of `STATES`, the ids are public ids.

    Empty fields don't filter, pages count from 1.
    """

    state: str = "running"
    text: str = ""
    team: str = ""
    mentor: str = ""
    page: int = 1


class GrantRow(NamedTuple):
    """A course on the list, as columns, not an entity; show the name with `shown_name`, which honours `protected`."""

    id: int
    public_id: str
    case_number: str
    citizen_id: int
    first_name: str
    last_name: str
    protected: bool
    start: date
    last_day: date
    ended_on: date | None
    legal_basis: str
    right_and_duty: bool | None
    mentor_type: str
    mentor: str | None
    team: str
    minutes: int | None

    def status_on(self, day: date) -> GrantStatus:
        """Return the status of the course on a day."""
        return grant_status(start=self.start, last_day=self.last_day, ended_on=self.ended_on, on=day)


LIST: Any = (
    select(
        Grant.id,
        Grant.public_id,
        Grant.case_number,
        Grant.citizen_id,
        Citizen.first_name,
        Citizen.last_name,
        Citizen.protected,
        Grant.start,
        Grant.last_day,
        Grant.ended_on,
        Grant.legal_basis,
        Grant.right_and_duty,
        Grant.mentor_type,
        (Mentor.first_name + " " + Mentor.last_name).label("mentor"),
        Team.name,
        select(GrantPeriod.minutes_per_week)
        .where(
            GrantPeriod.grant_id == Grant.id,
            GrantPeriod.first_day <= bindparam("on", type_=Date),
            GrantPeriod.last_day >= bindparam("on", type_=Date),
        )
        .limit(1)
        .scalar_subquery()
        .label("minutes"),
    )
    .join(Citizen, Citizen.id == Grant.citizen_id)
    .join(Team, Team.id == Grant.team_id)
    .outerjoin(Mentor, Mentor.id == Grant.mentor_id)
)
"""The columns of `GrantRow`, with the minutes a week on the day `on`."""


def get_grant(session: Session, public_id: str, *, actor: Actor, action: str = "grant.read") -> Grant:
    """Return the course with citizen, mentor and hours periods; raises NotFound outside the user's scope."""
    statement = select(Grant).where(Grant.public_id == public_id)
    grant = session.scalar(visible(statement, Grant, actor.user, action, actor.day))
    if grant is None:
        raise NotFound("Forløbet findes ikke.")
    return grant


def list_grants(session: Session, chosen: GrantFilter, *, actor: Actor) -> Page[GrantRow]:
    """Return one page of the courses within the user's scope, the first to end on top.

    The persons are logged in one row.
    """
    statement = _statement(chosen, actor)
    count = session.scalar(statement.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = asked_page(chosen.page, count)
    first_to_end = statement.order_by(Grant.last_day, Grant.id)
    rows = session.execute(first_to_end.limit(ROWS_PER_PAGE).offset((page - 1) * ROWS_PER_PAGE), {"on": actor.day})
    shown = [GrantRow(*row) for row in rows]
    audit.record(
        session, by=actor.user, action="grant.list", subject="grant", citizens={row.citizen_id for row in shown}
    )
    return Page(shown, count, page)


def list_ending(session: Session, *, actor: Actor, until: date, mine: bool = False) -> list[GrantRow]:
    """Return running courses that end at the latest on a day, the next first.

    `mine` takes only cases the user holds.
    """
    return [
        GrantRow(*row)
        for row in session.execute(_ending(reader_on(actor.user, actor.day), actor.day, until, mine), {"on": actor.day})
    ]


@lru_cache(maxsize=512)
def _ending(reader: Reader, on: date, until: date, mine: bool) -> Select[Any]:
    """Build the statement of `list_ending` once for each reader and day."""
    statement = _statement(GrantFilter(), Actor(reader.user, on)).where(Grant.last_day <= until)
    if mine:
        statement = statement.where(deputies.held_by(Grant.caseworker_id, reader.user, on))
    return statement.order_by(Grant.last_day, Grant.id)


def list_of_citizen(session: Session, citizen_id: int, *, actor: Actor) -> list[Grant]:
    """Return the courses of a citizen, newest first, in one statement.

    Mentor and hours periods are loaded when asked for.
    """
    statement = select(Grant).where(Grant.citizen_id == citizen_id).order_by(Grant.start.desc(), Grant.id.desc())
    return list(session.scalars(visible(statement, Grant, actor.user, "grant.read", actor.day).options(lazyload("*"))))


def list_of_mentor(session: Session, mentor_id: int, *, actor: Actor) -> list[Grant]:
    """Return a mentor's running and planned courses, the next to end first."""
    statement = select(Grant).where(Grant.mentor_id == mentor_id, Grant.last_day >= actor.day, *_not_ended(actor.day))
    return list(
        session.scalars(
            visible(statement.order_by(Grant.last_day, Grant.id), Grant, actor.user, "grant.read", actor.day)
        )
    )


def find_courses(session: Session, text: str, *, actor: Actor) -> list[GrantRow]:
    """Return the courses whose case number begins with what was typed (»2014-09«); the persons shown are logged."""
    typed = text.strip()
    if not typed.replace("-", "").isdecimal() or len(typed) < 4:
        return []
    return list_grants(session, GrantFilter(text=typed, state="all"), actor=actor).rows


def _statement(chosen: GrantFilter, actor: Actor) -> Select[Any]:
    """Build the one statement that the lists and the count share; run it with the day `on`."""
    narrowed: Select[Any] = visible(
        LIST.where(*_conditions(chosen, actor.day)), Grant, actor.user, "grant.read", actor.day
    )
    return narrowed


def _conditions(chosen: GrantFilter, on: date) -> list[ColumnElement[bool]]:
    conditions = list(_in_state(chosen.state, on))
    if chosen.team:
        conditions.append(Team.public_id == chosen.team)
    if chosen.mentor:
        conditions.append(Mentor.public_id == chosen.mentor)
    for word in search_words(chosen.text):
        conditions.append(
            or_(
                and_(Citizen.search_name.contains(word, autoescape=True), Citizen.protected.is_(False)),
                Mentor.search_name.contains(word, autoescape=True),
                Grant.case_number.startswith(word, autoescape=True),
            )
        )
    return conditions


def _in_state(state: str, on: date) -> tuple[ColumnElement[bool], ...]:
    running = (Grant.start <= on, Grant.last_day >= on, *_not_ended(on))
    states: dict[str, tuple[ColumnElement[bool], ...]] = {
        "running": running,
        "planned": (Grant.start > on, *_not_ended(on)),
        "without_mentor": (Grant.mentor_id.is_(None), Grant.last_day >= on, *_not_ended(on)),
        "ending": (*running, Grant.last_day <= on + ENDING_SOON),
        "over": (or_(Grant.last_day < on, Grant.ended_on < on, Grant.ended_on < Grant.start),),
    }
    return states.get(state, ())


def _not_ended(on: date) -> tuple[ColumnElement[bool], ...]:
    return (or_(Grant.ended_on.is_(None), and_(Grant.ended_on >= on, Grant.ended_on >= Grant.start)),)
