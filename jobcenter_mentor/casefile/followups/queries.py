"""Lists of deadlines (frister): one statement for list, count, badge, mail and calendar, so that they never differ."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import DECISIONS, REFERRALS, FollowUp
from jobcenter_mentor.casefile.journal.models import COURSES
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.law.radar import Lateness
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.access.policy import Reader, reader_on, visible
from jobcenter_mentor.platform.audit import service as audit

AFTER = ("end_review", "period_end", "new_offer")
"""The deadlines that what comes after the period answers."""


@dataclass(frozen=True)
class DueFilter:
    """What to list: due within `days` (None for all), only the user's own, only overdue, or of one kind of rule.

    `authority` is law, local or agreement; empty takes all. `without` names kinds that are left out, `only_when_due`
    those that are left out until their day. What is put off is left out, or taken alone with `snoozed`. `late` takes
    what goes to the team leader instead: what is as late as that, put off or not, and what is due with no holder.
    `to_do` leaves out what is proposed already and waits for approval.
    """

    days: int | None = None
    mine: bool = False
    overdue: bool = False
    authority: str = ""
    without: tuple[str, ...] = ()
    snoozed: bool = False
    late: Lateness | None = None
    only_when_due: tuple[str, ...] = ()
    to_do: bool = False


MY_DAY = DueFilter(days=7, mine=True, without=("contact",), only_when_due=("report",), to_do=True)
"""Min dag: the deadlines of the week, as the list, the badge of the menu and the mail count them. Regular contact is
the mentor's daily bread: it shows when it is missed, under Kontaktbrud. What waits at the leader is not asked for."""


@dataclass(frozen=True)
class Due:
    """A deadline in a list (frist): days_left is negative when overdue; the public ids are those of addresses.

    `citizen` is the name as the user may see it; `deputy` holds the case while the owner is away. `decision_public_id`
    is the proposal that answers it and has waited for approval since `proposed_on`.
    """

    id: str
    case_number: str
    due_on: date
    days_left: int
    kind: str
    what: str
    rule: str
    section: str
    authority: str
    owner: str
    team: str
    citizen_id: int
    citizen: str
    citizen_public_id: str
    grant_public_id: str | None
    referral_public_id: str | None
    deputy: str = ""
    snoozed_until: date | None = None
    snooze_reason: str = ""
    decision_public_id: str | None = None
    proposed_on: date | None = None


def statement_due(*, actor: Actor, chosen: DueFilter) -> Select[FollowUp]:
    """Return the statement of open deadlines that list, count, badge, mail and calendar share."""
    statement = select(FollowUp).where(FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))
    if chosen.days is not None:
        statement = statement.where(FollowUp.due_on <= actor.day + timedelta(days=chosen.days))
    if chosen.overdue:
        statement = statement.where(FollowUp.due_on < actor.day)
    if chosen.mine:
        statement = statement.where(deputies.held_by(FollowUp.owner_id, actor.user, actor.day))
    if chosen.without:
        statement = statement.where(FollowUp.kind.not_in(chosen.without))
    if chosen.only_when_due:
        statement = statement.where(or_(FollowUp.kind.not_in(chosen.only_when_due), FollowUp.due_on <= actor.day))
    if chosen.authority:
        statement = statement.where(FollowUp.authority == chosen.authority)
    if chosen.to_do:
        waiting = select(DECISIONS.table.c.public_id).where(_is_at_approver())
        statement = statement.where(~waiting.correlate(FollowUp).exists())
    return visible(statement.where(_in_sight(chosen, actor.day)), FollowUp, actor.user, "followup.read", actor.day)


def _is_at_approver() -> ColumnElement[bool]:
    """Return whether an extension or an ending of the course waits for approval; a course has at most one of them."""
    decision = DECISIONS.table
    return and_(
        decision.c.grant_id == FollowUp.grant_id,
        FollowUp.kind.in_(AFTER),
        decision.c.kind.in_(("extension", "ending")),
        decision.c.approved_on.is_(None),
        decision.c.returned_on.is_(None),
        decision.c.withdrawn_on.is_(None),
    )


def _in_sight(chosen: DueFilter, on: date) -> ColumnElement[bool]:
    """Return whether it is put off, put off no more, or one for the team leader, as was chosen."""
    if chosen.late is not None:
        is_law = FollowUp.authority == "law"
        return or_(
            and_(is_law, FollowUp.due_on <= chosen.late.law),
            and_(~is_law, FollowUp.due_on <= chosen.late.local),
            and_(FollowUp.due_on <= on, deputies.unattended(FollowUp.owner_id, on)),
        )
    return (
        FollowUp.snoozed_until > on
        if chosen.snoozed
        else or_(FollowUp.snoozed_until.is_(None), FollowUp.snoozed_until <= on)
    )


def list_due(session: Session, *, actor: Actor, chosen: DueFilter | None = None) -> list[Due]:
    """Return the deadlines: law before local rule and agreement, then by date."""
    return _rows_due(session, _listed(reader_on(actor.user, actor.day), actor.day, chosen or DueFilter()), actor)


def get_due(session: Session, public_id: str, *, actor: Actor, action: str = "followup.read") -> Due:
    """Return a deadline as the lists show it, settled or not. Raises NotFound."""
    statement = visible(
        select(FollowUp).where(FollowUp.public_id == public_id), FollowUp, actor.user, action, actor.day
    )
    rows = _rows_due(session, _with_names(statement, actor.day), actor)
    if not rows:
        raise NotFound("Opfølgningen findes ikke.")
    return rows[0]


def count_due(session: Session, *, actor: Actor, chosen: DueFilter | None = None) -> int:
    """Return how many deadlines `list_due` would return, by the same statement."""
    statement = statement_due(actor=actor, chosen=chosen or DueFilter())
    return session.scalar(select(func.count()).select_from(statement.with_only_columns(FollowUp.id).subquery())) or 0


def due_rows(session: Session, *, actor: Actor) -> list[dict[str, Any]]:
    """Return what is due or overdue on a day as plain rows without names of citizens, dates as ISO text; logged."""
    listed = list_due(session, actor=actor, chosen=DueFilter(days=0))
    seen = [due.citizen_id for due in listed]
    audit.record(session, by=actor.user, action="followup.list", subject="followup", citizens=seen)
    return [
        {
            "id": due.id,
            "case_number": due.case_number,
            "due_on": due.due_on.isoformat(),
            "days_over": -due.days_left,
            "kind": due.kind,
            "what": due.what,
            "rule": due.rule,
            "section": due.section,
            "authority": due.authority,
            "owner": due.owner,
            "team": due.team,
        }
        for due in listed
    ]


WEIGHT = {"law": 0, "local": 1, "agreement": 2}

_DUE_COLUMNS = (
    FollowUp.public_id,
    FollowUp.case_number,
    FollowUp.due_on,
    FollowUp.kind,
    FollowUp.what,
    FollowUp.rule,
    FollowUp.section,
    FollowUp.authority,
    FollowUp.citizen_id,
    FollowUp.snoozed_until,
    FollowUp.snooze_reason,
    User.full_name,
    Team.name,
    Citizen.first_name,
    Citizen.last_name,
    Citizen.protected,
    Citizen.public_id.label("citizen_public_id"),
)


@lru_cache(maxsize=512)
def _listed(reader: Reader, on: date, chosen: DueFilter) -> Select[Any]:
    """Build the statement of a list once for each reader and day."""
    return _with_names(statement_due(actor=Actor(reader.user, on), chosen=chosen), on)


def _with_names(statement: Select[FollowUp], on: date) -> Select[Any]:
    """Add the names a list needs to a query of follow-ups, in the order of legal weight."""
    stand_ins = deputies.stand_ins(on)
    grant, referral, decision = COURSES.table, REFERRALS.table, DECISIONS.table
    columns: tuple[Any, ...] = (
        *_DUE_COLUMNS,
        grant.c.public_id.label("grant_public_id"),
        referral.c.public_id.label("referral_public_id"),
        decision.c.public_id.label("decision_public_id"),
        decision.c.proposed_on,
        stand_ins.c.deputy_name,
    )
    return (
        statement.join(Citizen, Citizen.id == FollowUp.citizen_id)
        .join(Team, Team.id == FollowUp.team_id)
        .outerjoin(User, User.id == FollowUp.owner_id)
        .outerjoin(stand_ins, stand_ins.c.user_id == FollowUp.owner_id)
        .outerjoin(grant, grant.c.id == FollowUp.grant_id)
        .outerjoin(referral, referral.c.id == FollowUp.referral_id)
        .outerjoin(decision, _is_at_approver())
        .with_only_columns(*columns)
        .order_by(case(WEIGHT, value=FollowUp.authority, else_=1), FollowUp.due_on, FollowUp.id)
    )


def _rows_due(session: Session, statement: Select[Any], actor: Actor) -> list[Due]:
    receiver = reader_of(actor.user, on=actor.day)
    return [_due(row, receiver, actor.day) for row in session.execute(statement)]


def _due(row: Row[Any], receiver: str, on: date) -> Due:
    return Due(
        id=row.public_id,
        case_number=row.case_number,
        due_on=row.due_on,
        days_left=(row.due_on - on).days,
        kind=row.kind,
        what=row.what,
        rule=row.rule,
        section=row.section,
        authority=row.authority,
        owner=row.full_name or "",
        team=row.name,
        citizen_id=row.citizen_id,
        citizen=shown_name(row, receiver),
        citizen_public_id=row.citizen_public_id,
        grant_public_id=row.grant_public_id,
        referral_public_id=row.referral_public_id,
        deputy=row.deputy_name or "",
        snoozed_until=row.snoozed_until if row.snoozed_until and row.snoozed_until > on else None,
        snooze_reason=row.snooze_reason,
        decision_public_id=row.decision_public_id,
        proposed_on=row.proposed_on,
    )
