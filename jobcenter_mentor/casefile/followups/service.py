"""Follow-ups (opfølgninger): planned by the acts of a case, settled with a result, put off with a reason or dropped."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import months_before
from jobcenter_mentor.domain.law.access import ANSWER_DUE
from jobcenter_mentor.domain.law.complaint_deadlines import DECIDE, KINDS
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import latest_snooze
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

LASTING = KINDS | {ANSWER_DUE}
"""Kinds that must be done even though the course has ended."""


@dataclass(frozen=True)
class CaseRef:
    """The ids of the case that a follow-up belongs to; owner is the caseworker, None where nobody has the case."""

    citizen_id: int
    case_number: str
    team_id: int
    owner_id: int | None = None
    referral_id: int | None = None
    grant_id: int | None = None


def plan(session: Session, deadlines: Iterable[Deadline], *, case: CaseRef, actor: Actor) -> list[FollowUp]:
    """Plan the deadlines of a case. An open one of the same kind and date is not planned twice."""
    wanted = list(deadlines)
    have = {(row.kind, row.due_on) for row in _open_of(session, case)} if wanted else set()
    return _add(session, [one for one in wanted if (one.kind, one.due) not in have], case, actor)


def _add(session: Session, deadlines: Iterable[Deadline], case: CaseRef, actor: Actor) -> list[FollowUp]:
    new = [_row(deadline, case) for deadline in deadlines]
    session.add_all(new)
    session.flush()
    planned = ((row, {"kind": row.kind, "due_on": f"{row.due_on}", "planned_on": f"{actor.day}"}) for row in new)
    _record(session, "followup.plan", actor.user, planned)
    return new


def begin_clock(session: Session, deadline: Deadline, *, case: CaseRef, actor: Actor) -> int:
    """Plan the deadline that something of the case runs by; two of the same day share it. Return the row's id."""
    plan(session, [deadline], case=case, actor=actor)
    running = ((row.kind, row.due_on, row.id) for row in _open_of(session, case))
    return next(key for kind, due, key in running if (kind, due) == (deadline.kind, deadline.due))


def begin_own_clock(session: Session, deadline: Deadline, *, case: CaseRef, actor: Actor) -> int:
    """Plan a deadline that one thing of the case alone runs by, also beside another of the same day."""
    (row,) = _add(session, [deadline], case, actor)
    return row.id


def end_clock(session: Session, owner: Any, result: str, *, actor: Actor) -> None:
    """Settle the deadline that `owner` runs by, unless it is closed already or another of its kind still needs it.

    The owner is a row with `followup_id` and `is_open`; nothing of it is flushed on the way.
    """
    clock = session.get(FollowUp, owner.followup_id) if owner.followup_id else None
    if clock is None or clock.done_on is not None or clock.dropped_on is not None:
        return
    kind = type(owner)
    with session.no_autoflush:
        others = session.scalars(select(kind).where(kind.followup_id == clock.id, kind.id != owner.id)).all()
    if not any(other.is_open for other in others):
        settle(session, clock, result=result, actor=actor, by_act=True)


def settle(session: Session, followup: FollowUp, *, result: str, actor: Actor, by_act: bool = False) -> FollowUp:
    """Settle a follow-up that has been done, with words or `by_act` of the case.

    Raises InvalidTransition when it is settled or dropped already.
    """
    return _settle(session, followup, result, actor.user, actor.day, by_act=by_act)


def _settle(session: Session, followup: FollowUp, result: str, by: User | None, on: date, *, by_act: bool) -> FollowUp:
    """Settle a follow-up; nobody is named where the act came by a signed link."""
    _require_open(followup)
    if not result.strip():
        raise ValidationFailed("Skriv resultatet.", errors={"result": ["Skriv kort, hvad der blev gjort."]})
    followup.done_on, followup.done_by_id, followup.result = on, by.id if by else None, result.strip()
    followup.by_act = by_act
    session.flush()
    _record(session, "followup.settle", by, [(followup, {"kind": followup.kind})])
    return followup


def snooze(session: Session, followup: FollowUp, *, until: date, reason: str, actor: Actor, law: Law) -> FollowUp:
    """Put a deadline off: lists leave it out until that day; the due date stays.

    Raises InvalidTransition when it is settled or dropped, ValidationFailed at `until` beyond what its rule allows
    (`office.snooze_law_days`, `office.snooze_local_days`: working days past the due date) and at an empty `reason`.
    """
    _require_open(followup)
    if (followup.snoozed_until, followup.snooze_reason) == (until, reason.strip()):
        raise InvalidTransition(f"Fristen er allerede udsat til {until:%d.%m.%Y}.")
    latest = latest_snooze(followup.due_on, followup.authority, law.on(actor.day))
    errors = {} if reason.strip() else {"reason": ["Skriv, hvorfor fristen udsættes."]}
    if latest <= actor.day:
        errors["until"] = ["Fristen kan ikke udsættes længere. Gør det, der skal gøres, eller tal med teamlederen."]
    elif not actor.day < until <= latest:
        errors["until"] = [f"Vælg en dag efter i dag og senest {latest:%d.%m.%Y}."]
    if errors:
        raise ValidationFailed("Fristen er ikke udsat. Ret de markerede felter.", errors=errors)
    followup.snoozed_until, followup.snooze_reason = until, reason.strip()
    session.flush()
    _record(session, "followup.snooze", actor.user, [(followup, {"kind": followup.kind, "until": str(until)})])
    return followup


def wake(session: Session, followup: FollowUp, *, by: User) -> FollowUp:
    """Show a deadline that was put off again. Raises InvalidTransition when it is settled or dropped."""
    _require_open(followup)
    if followup.snoozed_until is None:
        raise InvalidTransition("Fristen er ikke udsat.")
    followup.snoozed_until, followup.snooze_reason = None, ""
    session.flush()
    _record(session, "followup.wake", by, [(followup, {"kind": followup.kind})])
    return followup


def settle_reports(session: Session, grant_id: int, *, met_on: date, by: User | None, on: date) -> int:
    """Settle the month's report when the mentor's note of a meeting is in the log; return how many.

    A note tells of the month that ends with the first report due on or after the meeting.
    """
    reports = [row for row in _open_of_grant(session, grant_id, {"report"}) if row.due_on >= met_on]
    for row in reports[:1]:
        if months_before(row.due_on, 1) < met_on:
            _settle(session, row, f"Notat i logbogen den {met_on:%d.%m.%Y}", by, on, by_act=True)
            return 1
    return 0


def settle_kind(session: Session, grant_id: int, kind: str, *, result: str, by: User | None, on: date) -> int:
    """Settle all open ones of a kind when the act itself shows that it was done; return how many."""
    rows = _open_of_grant(session, grant_id, {kind})
    for row in rows:
        _settle(session, row, result, by, on, by_act=True)
    return len(rows)


def open_of_citizen(session: Session, citizen_id: int, kind: str) -> Sequence[FollowUp]:
    """Return the open ones of a kind in all cases of a citizen."""
    open_ones = select(FollowUp).where(FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))
    return session.scalars(open_ones.where(FollowUp.citizen_id == citizen_id, FollowUp.kind == kind)).all()


def reopen(session: Session, grant_id: int, kind: str, *, by: User) -> None:
    """Reopen the last settled one of a kind, when it turns out that it was not done."""
    settled = select(FollowUp).where(
        FollowUp.grant_id == grant_id, FollowUp.kind == kind, FollowUp.done_on.is_not(None)
    )
    row = session.scalars(settled.order_by(FollowUp.id.desc()).limit(1)).one_or_none()
    if row is None:
        return
    row.done_on, row.done_by_id, row.result, row.by_act = None, None, "", False
    session.flush()
    _record(session, "followup.reopen", by, [(row, {"kind": kind})])


def drop_open(
    session: Session,
    grant_id: int,
    *,
    reason: str,
    actor: Actor,
    kinds: Collection[str] | None = None,
    after: date = date.min,
) -> int:
    """Drop open deadlines after a day, such as when the course ends: all kinds but `LASTING`, or those named.

    Returns how many.
    """
    open_rows = [row for row in _open_of_grant(session, grant_id, kinds) if row.due_on > after]
    rows = [row for row in open_rows if kinds or row.kind not in LASTING]
    _drop(session, rows, reason, actor)
    return len(rows)


def drop_before_grant(
    session: Session, referral_id: int, *, reason: str, actor: Actor, kinds: Collection[str] | None = None
) -> int:
    """Drop a referral's open deadlines when it is decided or withdrawn: all kinds, or those named.

    Those of a grant stay.
    """
    mine = _open_of_referral(session, referral_id)
    rows = [row for row in mine if (row.kind != DECIDE if kinds is None else row.kind in kinds)]
    _drop(session, rows, reason, actor)
    return len(rows)


def settle_of_referral(session: Session, referral_id: int, kind: str, *, result: str, actor: Actor) -> int:
    """Settle all open ones of a kind before there is a grant; return how many."""
    rows = [row for row in _open_of_referral(session, referral_id) if row.kind == kind]
    for row in rows:
        settle(session, row, result=result, actor=actor, by_act=True)
    return len(rows)


def find_open(session: Session, grant_id: int, kind: str) -> FollowUp | None:
    """Return the open deadline of a kind that is due first, None when there is none."""
    return next(iter(_open_of_grant(session, grant_id, {kind})), None)


def open_days(session: Session, grant_id: int, kind: str) -> list[date]:
    """Return the days on which open deadlines of one kind are due, in order."""
    return sorted(row.due_on for row in _open_of_grant(session, grant_id, {kind}))


def get_followup(session: Session, public_id: str, *, actor: Actor, action: str = "followup.read") -> FollowUp:
    """Return a follow-up within the user's reach. Raises NotFound."""
    statement = select(FollowUp).where(FollowUp.public_id == public_id)
    found = session.scalar(visible(statement, FollowUp, actor.user, action, actor.day))
    if found is None:
        raise NotFound("Opfølgningen findes ikke.")
    return found


def _require_open(followup: FollowUp) -> None:
    if followup.done_on is not None:
        raise InvalidTransition(f"Fristen er allerede afsluttet den {followup.done_on:%d.%m.%Y}.")
    if followup.dropped_on is not None:
        raise InvalidTransition(f"Opfølgningen er bortfaldet den {followup.dropped_on:%d.%m.%Y}.")


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
    own = (FollowUp.citizen_id == case.citizen_id, FollowUp.case_number == case.case_number)
    return session.scalars(statement.where(FollowUp.grant_id.is_(None), *own)).all()


def _open_of_referral(session: Session, referral_id: int) -> Sequence[FollowUp]:
    return session.scalars(
        select(FollowUp).where(
            FollowUp.done_on.is_(None),
            FollowUp.dropped_on.is_(None),
            FollowUp.grant_id.is_(None),
            FollowUp.referral_id == referral_id,
        )
    ).all()


def _drop(session: Session, rows: Iterable[FollowUp], reason: str, actor: Actor) -> None:
    dropped = list(rows)
    for row in dropped:
        row.dropped_on, row.dropped_reason = actor.day, reason
    session.flush()
    _record(session, "followup.drop", actor.user, ((row, {"kind": row.kind, "reason": reason}) for row in dropped))


def _open_of_grant(session: Session, grant_id: int, kinds: Collection[str] | None) -> Sequence[FollowUp]:
    statement = select(FollowUp).where(
        FollowUp.grant_id == grant_id, FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None)
    )
    if kinds is not None:
        statement = statement.where(FollowUp.kind.in_(kinds))
    return session.scalars(statement.order_by(FollowUp.due_on, FollowUp.id)).all()


def _record(
    session: Session, action: str, by: User | None, details: Iterable[tuple[FollowUp, Mapping[str, Any]]]
) -> None:
    each = ((row.public_id, row.citizen_id, detail) for row, detail in details)
    audit.record_each(session, by=by, action=action, subject="followup", each=each)
