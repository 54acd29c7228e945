"""Opfølgninger: planned by the acts of a case, listed by legal weight, settled with a result or dropped."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, case, column, func, select, table
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import Team, User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.citizens.models import Citizen
from jobcenter_mentor.citizens.service import reader_of, shown_name
from jobcenter_mentor.domain.deadlines import Deadline
from jobcenter_mentor.domain.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.followups.models import FollowUp

GRANT = table("grant", column("id"), column("public_id"))
REFERRAL = table("referral", column("id"), column("public_id"))


@dataclass(frozen=True)
class CaseRef:
    """Sagen: the ids a follow-up is tied to; owner is the caseworker, None where nobody has the case."""

    citizen_id: int
    case_number: str
    team_id: int
    owner_id: int | None = None
    referral_id: int | None = None
    grant_id: int | None = None


@dataclass(frozen=True)
class DueFilter:
    """Udvalg: due within `days` of the day (None for all), only the user's own, only what is over, of one authority.

    `authority` is law or local; empty takes both. `without` names kinds that are left out.
    """

    days: int | None = None
    mine: bool = False
    overdue: bool = False
    authority: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """Frist i en liste: days_left is negative when it is over; the public ids are those of addresses.

    `citizen` is the name as the user may see it.
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


def plan(session: Session, deadlines: Iterable[Deadline], *, case: CaseRef, by: User, on: date) -> list[FollowUp]:
    """Planlæg sagens frister. One that is open already with the same kind and date is not planned twice."""
    wanted = list(deadlines)
    have = {(row.kind, row.due_on) for row in _open_of(session, case)} if wanted else set()
    new = [_row(deadline, case) for deadline in wanted if (deadline.kind, deadline.due) not in have]
    session.add_all(new)
    session.flush()
    for row in new:
        _record(session, row, "followup.plan", by, {"kind": row.kind, "due_on": f"{row.due_on}", "planned_on": f"{on}"})
    return new


def settle(session: Session, followup: FollowUp, *, result: str, by: User, on: date) -> FollowUp:
    """Afslut en opfølgning that has been held. Raises InvalidTransition when it is settled or dropped already."""
    if followup.done_on is not None:
        raise InvalidTransition(f"Opfølgningen er allerede afsluttet den {followup.done_on:%d.%m.%Y}.")
    if followup.dropped_on is not None:
        raise InvalidTransition(f"Opfølgningen er bortfaldet den {followup.dropped_on:%d.%m.%Y}.")
    if not result.strip():
        raise ValidationFailed("Skriv resultatet.", errors={"result": ["Skriv kort, hvad der blev gjort."]})
    followup.done_on, followup.done_by_id, followup.result = on, by.id, result.strip()
    session.flush()
    _record(session, followup, "followup.settle", by, {"kind": followup.kind})
    return followup


def settle_kind(session: Session, grant_id: int, kind: str, *, result: str, by: User, on: date) -> int:
    """Afslut alle åbne af én slags, when the act itself shows that it was done; returns how many."""
    rows = _open_of_grant(session, grant_id, {kind})
    for row in rows:
        settle(session, row, result=result, by=by, on=on)
    return len(rows)


def drop_open(
    session: Session, grant_id: int, *, reason: str, by: User, on: date, kinds: Collection[str] | None = None
) -> int:
    """Lad åbne frister bortfalde, e.g. when the course ends; all kinds, or those named. Returns how many."""
    rows = _open_of_grant(session, grant_id, kinds)
    for row in rows:
        row.dropped_on, row.dropped_reason = on, reason
        _record(session, row, "followup.drop", by, {"kind": row.kind, "reason": reason})
    session.flush()
    return len(rows)


def find_open(session: Session, grant_id: int, kind: str) -> FollowUp | None:
    """Den åbne frist: the one of a kind that is due first, None when there is none."""
    return next(iter(_open_of_grant(session, grant_id, {kind})), None)


def get_followup(session: Session, public_id: str, *, by: User, on: date, action: str = "followup.read") -> FollowUp:
    """Hent en opfølgning in the user's scope. Raises NotFound."""
    statement = select(FollowUp).where(FollowUp.public_id == public_id)
    found = session.scalar(visible(statement, FollowUp, by, action, on))
    if found is None:
        raise NotFound("Opfølgningen findes ikke.")
    return found


def statement_due(*, by: User, on: date, chosen: DueFilter) -> Select[FollowUp]:
    """Åbne frister: the one statement that list, count and export share."""
    statement = select(FollowUp).where(FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))
    if chosen.days is not None:
        statement = statement.where(FollowUp.due_on <= on + timedelta(days=chosen.days))
    if chosen.overdue:
        statement = statement.where(FollowUp.due_on < on)
    if chosen.mine:
        statement = statement.where(FollowUp.owner_id == by.id)
    if chosen.without:
        statement = statement.where(FollowUp.kind.not_in(chosen.without))
    if chosen.authority:
        is_law = FollowUp.authority == "law"
        statement = statement.where(is_law if chosen.authority == "law" else ~is_law)
    return visible(statement, FollowUp, by, "followup.read", on)


def list_due(session: Session, *, by: User, on: date, chosen: DueFilter | None = None) -> list[Due]:
    """Frister: law before local rule, then by date."""
    return _rows_due(session, statement_due(by=by, on=on, chosen=chosen or DueFilter()), by, on)


def get_due(session: Session, public_id: str, *, by: User, on: date, action: str = "followup.read") -> Due:
    """Hent en frist as the lists show it, settled or not. Raises NotFound."""
    statement = visible(select(FollowUp).where(FollowUp.public_id == public_id), FollowUp, by, action, on)
    rows = _rows_due(session, statement, by, on)
    if not rows:
        raise NotFound("Opfølgningen findes ikke.")
    return rows[0]


def count_due(session: Session, *, by: User, on: date, chosen: DueFilter | None = None) -> int:
    """Antal frister: what `list_due` would return, by the same statement."""
    statement = statement_due(by=by, on=on, chosen=chosen or DueFilter())
    return session.scalar(select(func.count()).select_from(statement.with_only_columns(FollowUp.id).subquery())) or 0


def due_rows(session: Session, *, by: User, on: date) -> list[dict[str, Any]]:
    """Return what is due or overdue on a day as plain rows without names of citizens, dates as ISO text; logged."""
    listed = list_due(session, by=by, on=on, chosen=DueFilter(days=0))
    seen = [due.citizen_id for due in listed]
    audit.record(session, by=by, action="followup.list", subject="followup", citizens=seen)
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
    User.full_name,
    Team.name,
    Citizen.first_name,
    Citizen.last_name,
    Citizen.protected,
    Citizen.public_id.label("citizen_public_id"),
    GRANT.c.public_id.label("grant_public_id"),
    REFERRAL.c.public_id.label("referral_public_id"),
)


def _rows_due(session: Session, statement: Select[FollowUp], by: User, on: date) -> list[Due]:
    """Run a query of follow-ups with the names a list needs, in the order of legal weight."""
    rows = session.execute(
        statement.join(Citizen, Citizen.id == FollowUp.citizen_id)
        .join(Team, Team.id == FollowUp.team_id)
        .outerjoin(User, User.id == FollowUp.owner_id)
        .outerjoin(GRANT, GRANT.c.id == FollowUp.grant_id)
        .outerjoin(REFERRAL, REFERRAL.c.id == FollowUp.referral_id)
        .with_only_columns(*_DUE_COLUMNS)
        .order_by(case((FollowUp.authority == "law", 0), else_=1), FollowUp.due_on, FollowUp.id)
    )
    receiver = reader_of(by, on=on)
    return [_due(row, receiver, on) for row in rows]


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
    )


def _row(deadline: Deadline, case: CaseRef) -> FollowUp:
    return FollowUp(
        citizen_id=case.citizen_id,
        referral_id=case.referral_id,
        grant_id=case.grant_id,
        case_number=case.case_number,
        team_id=case.team_id,
        owner_id=case.owner_id,
        kind=deadline.kind,
        what=deadline.what,
        rule=deadline.rule,
        section=deadline.section,
        authority=deadline.authority,
        due_on=deadline.due,
    )


def _open_of(session: Session, case: CaseRef) -> Sequence[FollowUp]:
    """Return the open follow-ups of the grant, or of the referral before there is a grant."""
    statement = select(FollowUp).where(FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))
    if case.grant_id is not None:
        return session.scalars(statement.where(FollowUp.grant_id == case.grant_id)).all()
    return session.scalars(statement.where(FollowUp.grant_id.is_(None), FollowUp.case_number == case.case_number)).all()


def _open_of_grant(session: Session, grant_id: int, kinds: Collection[str] | None) -> Sequence[FollowUp]:
    statement = select(FollowUp).where(
        FollowUp.grant_id == grant_id, FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None)
    )
    if kinds is not None:
        statement = statement.where(FollowUp.kind.in_(kinds))
    return session.scalars(statement.order_by(FollowUp.due_on, FollowUp.id)).all()


def _record(session: Session, row: FollowUp, action: str, by: User, detail: dict[str, Any]) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="followup",
        subject_id=row.public_id,
        citizens=[row.citizen_id],
        detail=detail,
    )
