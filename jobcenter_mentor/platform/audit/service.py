"""Write and read the event log (hændelseslog); rows are only added, in the session of the act or look itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.audit.action_words import area, words
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.clock import COPENHAGEN, danish
from jobcenter_mentor.platform.database.db import pages_of
from jobcenter_mentor.platform.database.port import Port

SYSTEM = "systemet"
PAGE = 100
CITIZENS = Port("id", "first_name", "last_name", "recorded_at")
REFERRALS = Port("citizen_id", "case_number")
"""The tables of the citizens and cases that the log shows by initials and case number."""


class LogWriter(Protocol):
    """A user who acts (den, der handler), known here by row id and log-in name only."""

    @property
    def id(self) -> Any:
        """Row id of the user."""

    @property
    def username(self) -> Any:
        """Log-in name, as the log shows it."""


@dataclass(frozen=True)
class EventFilter:
    """The filter (udvalg) of the log page; days are Danish days, both ends included, and pages count from 1.

    `action` is a whole action or the first part of one, such as `citizen`.
    """

    first_day: date | None = None
    last_day: date | None = None
    username: str = ""
    action: str = ""
    refused_only: bool = False
    page: int = 1


@dataclass(frozen=True)
class LoggedEvent:
    """A line of the log: an event and the citizens it touched, as initials and case number, never a name.

    `what` and `about` are the action and its subject in Danish; `at` is Danish time.
    """

    event: Event
    at: datetime
    citizens: list[str]

    @property
    def what(self) -> str:
        """Return the act or look in Danish."""
        return words(self.event.action)

    @property
    def about(self) -> str:
        """Return what kind of thing it was about, in Danish."""
        return area(self.event.subject)


@dataclass(frozen=True)
class EventPage:
    """A page of the log: the events of page `number` of `pages`; `total` counts all that the filter lets through."""

    events: list[LoggedEvent]
    total: int
    number: int
    pages: int

    @property
    def rows(self) -> list[LoggedEvent]:
        """Return the lines of the page, named as on any page of a list."""
        return self.events


def record(
    session: Session,
    *,
    by: LogWriter | None,
    action: str,
    subject: str,
    subject_id: str = "",
    citizens: Iterable[int] = (),
    detail: Mapping[str, Any] | None = None,
    refused: bool = False,
) -> None:
    """Record an event (hændelse) in the session of the act, so that neither is stored without the other.

    `citizens` are row ids of all persons shown or touched. `detail` must hold no CPR number, name or health data.
    """
    session.add(Event(**_row(by, action, subject, subject_id, citizens, detail), refused=refused))


def record_each(
    session: Session,
    *,
    by: LogWriter | None,
    action: str,
    subject: str,
    each: Iterable[tuple[str, int, Mapping[str, Any]]],
) -> None:
    """Record an event (hændelse) for each of several things in one statement: public id, citizen and detail."""
    rows = [_row(by, action, subject, about, [citizen], detail) for about, citizen, detail in each]
    if rows:
        session.execute(insert(Event), rows)


def _row(
    by: LogWriter | None,
    action: str,
    subject: str,
    subject_id: str,
    citizens: Iterable[int],
    detail: Mapping[str, Any] | None,
) -> dict[str, Any]:
    return {
        "user_id": None if by is None else by.id,
        "actor": SYSTEM if by is None else by.username,
        "action": action[:60],
        "subject": subject[:40],
        "subject_id": subject_id[:36],
        "citizen_ids": sorted(set(citizens)),
        "detail": dict(detail or {}),
    }


def list_events(session: Session, chosen: EventFilter, *, user_ids: Sequence[int] | None) -> list[LoggedEvent]:
    """Return one page of events, newest first; `user_ids` are those whose acts may be seen, None for everybody's."""
    statement = _chosen(select(Event), chosen, user_ids).order_by(Event.id.desc())
    events = session.scalars(statement.limit(PAGE).offset((chosen.page - 1) * PAGE)).all()
    shown = _citizens_shown(session, {key for event in events for key in event.citizen_ids})
    return [LoggedEvent(event, danish(event.at), _initials(event, shown)) for event in events]


def page_of_events(session: Session, chosen: EventFilter, *, user_ids: Sequence[int] | None) -> EventPage:
    """Return a page of the log with the number of events and pages the filter has in all."""
    total = session.scalar(_chosen(select(func.count(Event.id)), chosen, user_ids)) or 0
    events = list_events(session, chosen, user_ids=user_ids)
    return EventPage(events, total, chosen.page, pages_of(total, PAGE))


def _chosen(statement: Select[Any], chosen: EventFilter, user_ids: Sequence[int] | None) -> Select[Any]:
    """Narrow a query by the filter and by whose acts may be seen."""
    if user_ids is not None:
        statement = statement.where(Event.user_id.in_(user_ids))
    if chosen.first_day:
        statement = statement.where(Event.at >= _midnight(chosen.first_day))
    if chosen.last_day:
        statement = statement.where(Event.at < _midnight(chosen.last_day + timedelta(days=1)))
    if chosen.username:
        statement = statement.where(Event.actor == chosen.username)
    if chosen.action:
        within = Event.action.startswith(f"{chosen.action}.", autoescape=True)
        statement = statement.where(within | (Event.action == chosen.action))
    if chosen.refused_only:
        statement = statement.where(Event.refused.is_(True))
    return statement


def _midnight(day: date) -> datetime:
    """Return the first moment of a Danish day."""
    return datetime.combine(day, time.min, COPENHAGEN)


def _initials(event: Event, shown: dict[int, tuple[str, datetime]]) -> list[str]:
    """Return the citizens of an event; one registered after it has got the row id of one who was taken back."""
    found = (shown[key] for key in event.citizen_ids if key in shown)
    return [initials for initials, registered in found if registered <= event.at]


def _citizens_shown(session: Session, ids: set[int]) -> dict[int, tuple[str, datetime]]:
    """Return "M.J., 2014-0921" for each citizen, initials and the latest case number, if any; and since when."""
    citizen, referral = CITIZENS.table, REFERRALS.table
    latest = (
        select(referral.c.citizen_id, func.max(referral.c.case_number).label("case_number"))
        .group_by(referral.c.citizen_id)
        .subquery()
    )
    rows = session.execute(
        select(citizen.c.id, citizen.c.first_name, citizen.c.last_name, latest.c.case_number, citizen.c.recorded_at)
        .outerjoin(latest, latest.c.citizen_id == citizen.c.id)
        .where(citizen.c.id.in_(ids))
    )
    return {
        key: (", ".join(filter(None, (f"{first[:1]}.{last[:1]}.", case_number))), registered)
        for key, first, last, case_number, registered in rows
    }
