"""The waiting list (venteliste): referrals without a decision, oldest first, with a count that equals the list."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page

MOST_HITS = 20
LENGTHS = range(4, 13)
"""The lengths of a text that is searched for as a case number: from four characters to a whole number."""


class ReferralListRow(NamedTuple):
    """A referral on the list; `waited_days` counts from the referral to the working day or the closing day."""

    public_id: str
    case_number: str
    citizen_id: int
    citizen_public_id: str
    first_name: str
    last_name: str
    protected: bool
    referred_on: date
    start: date
    weeks: int
    minutes_per_week: int
    mentor_type: str
    closed_on: date | None
    closed_reason: str
    caseworker: str | None
    waited_days: int


@dataclass(frozen=True)
class ReferralFilter:
    """A filter whose empty fields don't filter.

    `waiting` leaves out closed referrals, `mine` those that others hold.
    """

    waiting: bool = True
    caseworker_id: int | None = None
    mine: bool = False
    mentor_type: str = ""
    page: int = 1


_ROWS: Any = (
    select(
        Referral.public_id,
        Referral.case_number,
        Referral.citizen_id,
        Citizen.public_id,
        Citizen.first_name,
        Citizen.last_name,
        Citizen.protected,
        Referral.referred_on,
        Referral.start,
        Referral.weeks,
        Referral.minutes_per_week,
        Referral.mentor_type,
        Referral.closed_on,
        Referral.closed_reason,
        User.full_name,
    )
    .join(Citizen, Citizen.id == Referral.citizen_id)
    .outerjoin(User, User.id == Referral.caseworker_id)
)
_COUNT = select(func.count()).select_from(Referral)


def list_referrals(
    session: Session, *, actor: Actor, waiting: bool = True, chosen: ReferralFilter | None = None
) -> Page[ReferralListRow]:
    """Return one page of the referrals within the user's scope, the longest wait first.

    The persons are logged in one row.
    """
    chosen = chosen or ReferralFilter(waiting=waiting)
    conditions = _conditions(chosen)
    if chosen.mine:
        conditions.append(deputies.held_by(Referral.caseworker_id, actor.user, actor.day))
    count = visible(_COUNT.where(*conditions), Referral, actor.user, "referral.read", actor.day).scalar_subquery()
    rows = visible(_ROWS.add_columns(count).where(*conditions), Referral, actor.user, "referral.read", actor.day)
    page = max(1, chosen.page)
    ordered = rows.order_by(Referral.referred_on, Referral.id)
    found = session.execute(ordered.limit(ROWS_PER_PAGE).offset((page - 1) * ROWS_PER_PAGE)).all()
    shown = [_row(row[:-1], actor.day) for row in found]
    audit.record(
        session, by=actor.user, action="referral.list", subject="referral", citizens=[row.citizen_id for row in shown]
    )
    return Page(shown, found[0][-1] if found else 0, page)


def list_of_citizen(session: Session, citizen_id: int, *, actor: Actor) -> list[ReferralListRow]:
    """Return the referrals of a citizen, newest first; the page writes the look in the log."""
    rows = visible(_ROWS.where(Referral.citizen_id == citizen_id), Referral, actor.user, "referral.read", actor.day)
    return [
        _row(row, actor.day) for row in session.execute(rows.order_by(Referral.referred_on.desc(), Referral.id.desc()))
    ]


def find_cases(session: Session, text: str, *, actor: Actor) -> list[ReferralListRow]:
    """Return the cases whose number begins with what was typed (»2014-09«), at most 20.

    The persons found are logged.
    """
    typed = text.strip()
    if not typed.replace("-", "").isdecimal() or len(typed) not in LENGTHS:
        return []
    rows = visible(
        _ROWS.where(Referral.case_number.startswith(typed, autoescape=True)),
        Referral,
        actor.user,
        "referral.read",
        actor.day,
    )
    found = [_row(row, actor.day) for row in session.execute(rows.order_by(Referral.case_number).limit(MOST_HITS))]
    audit.record(
        session, by=actor.user, action="referral.find", subject="referral", citizens=[row.citizen_id for row in found]
    )
    return found


def _row(columns: Any, on: date) -> ReferralListRow:
    referred_on, closed_on = columns[7], columns[12]
    return ReferralListRow._make((*columns, ((closed_on or on) - referred_on).days))


def _conditions(chosen: ReferralFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.waiting:
        conditions.append(Referral.closed_on.is_(None))
    if chosen.caseworker_id is not None:
        conditions.append(Referral.caseworker_id == chosen.caseworker_id)
    if chosen.mentor_type:
        conditions.append(Referral.mentor_type == chosen.mentor_type)
    return conditions
