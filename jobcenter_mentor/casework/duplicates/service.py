"""Merging of duplicates (dubletter): what would move, what prevents it, and the move itself.

The tables are read from the database's own description, so that a table made later moves along by itself.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Row, Table, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.overlap import PROPOSALS
from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import check_cpr
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.cpr_numbers import numbered
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus, FormerNumber
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import lawful_change
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import Base, blind_index
from jobcenter_mentor.platform.database.guards import guard_of

STAYS = {("former_number", "old_citizen_id")}
"""Columns that hold who somebody was, and so stay."""
WORDS = {
    "citizen_status": "målgruppe og visitation",
    "consideration": "forhold, vi tager hensyn til",
    "former_number": "tidligere CPR-numre",
    "referral": "henvisninger",
    "grant": "forløb",
    "decision": "afgørelser",
    "letter": "breve",
    "document": "dokumenter",
    "journal_entry": "linjer i journalen",
    "follow_up": "opfølgninger",
    "match_exclusion": "fravalg af mentorer",
    "pay_line": "betalingslinjer",
    "sub_course": "delforløb",
    "hearing": "partshøringer",
    "complaint": "klager",
    "delay_notice": "beskeder om ventetid",
    "survey_answer": "svar i målinger",
    "access_request": "anmodninger om aktindsigt",
}
"""Tables in the words of the trade; a table without a word is shown by its name."""


class Moved(NamedTuple):
    """The rows of one table that move, with the table in words."""

    table: str
    what: str
    rows: int


@dataclass(frozen=True)
class Preview:
    """What a merge shows first: the citizen who stays, the one who goes, what moves and what prevents it.

    `dropped` are days on which both have a target group; the one of the citizen who stays counts. `seal` is a digest of
    all that is shown, so that the confirmation is of this and nothing else.
    """

    stays: Citizen
    goes: Citizen
    moves: list[Moved]
    dropped: list[date]
    hindrances: list[str]
    seal: str


def find_other(session: Session, citizen: Citizen, cpr: str, *, actor: Actor) -> Citizen:
    """Return the duplicate (dublet) by its CPR number within scope; the look is logged.

    Raises ValidationFailed at `cpr`.
    """
    try:
        index = blind_index(check_cpr(cpr, actor.day).number)
    except DomainError as error:
        raise ValidationFailed(error.message, errors={"cpr": [error.message]}) from error
    other = session.scalar(
        visible(select(Citizen).where(numbered(index)), Citizen, actor.user, "citizen.merge", actor.day)
    )
    audit.record(session, by=actor.user, action="citizen.find", subject="citizen", citizens=[other.id] if other else [])
    if other is None or other.id == citizen.id:
        text = "Det er borgerens eget nummer." if other else "Ingen anden borger i dit team har det nummer."
        raise ValidationFailed(text, errors={"cpr": [text]})
    return other


def get_citizen(session: Session, public_id: str, *, actor: Actor) -> Citizen:
    """Return a citizen that may be merged with another; the look is logged. Raises NotFound."""
    citizen = citizens.get_citizen(session, public_id, actor=actor, action="citizen.merge")
    _log(session, "citizen.read", citizen, actor.user, [citizen.id], {})
    return citizen


def preview(session: Session, stays: Citizen, goes: Citizen, *, on: date) -> Preview:
    """Return what would move, and what prevents it; raises Conflict for one and the same citizen."""
    if stays.id == goes.id:
        raise Conflict("Det er den samme borger.")
    moves = [
        Moved(table.name, WORDS.get(table.name, table.name), rows)
        for table, column in columns()
        if (rows := _count(session, table, column == goes.id))
    ]
    days = {row.valid_from for row in stays.statuses}
    dropped = sorted(row.valid_from for row in goes.statuses if row.valid_from in days)
    shown = repr((stays.id, stays.version, goes.id, goes.version, moves, dropped))
    seal = hashlib.sha256(shown.encode()).hexdigest()
    return Preview(stays, goes, moves, dropped, list(_hindrances(session, stays, goes, on)), seal)


def merge(session: Session, stays: Citizen, goes: Citizen, *, seal: str, reason: str, actor: Actor) -> Preview:
    """Merge the two: every row of the one who goes moves, in this transaction; it can't be undone.

    `seal` is that of the preview the user saw. Raises Conflict when something has changed since or prevents the merge,
    such as running courses that overlap, and ValidationFailed without a reason.
    """
    if not reason.strip():
        raise ValidationFailed("Skriv hvorfor.", errors={"reason": ["Skriv, hvordan I ved, at det er samme person."]})
    ids = sorted((stays.id, goes.id))
    session.execute(select(Citizen.id).where(Citizen.id.in_(ids)).order_by(Citizen.id).with_for_update())
    found = preview(session, stays, goes, on=actor.day)
    if found.hindrances:
        raise Conflict(" ".join(found.hindrances))
    if found.seal != seal:
        raise Conflict("Der er sket ændringer, siden du så oversigten. Se den igen, og bekræft.")
    lost = _drop_statuses(session, found)
    session.flush()
    for table, column in columns():
        _move(session, table, column, goes, stays, actor.user)
    _retire(session, stays, goes, reason.strip(), actor)
    session.expire(stays)
    session.expire(goes)
    subcourses.keep(session, session.scalars(select(Grant.id).where(Grant.citizen_id == stays.id)))
    detail = {"reason": reason.strip(), "moved": {m.table: m.rows for m in found.moves}, "dropped": lost}
    _log(session, "citizen.merge", stays, actor.user, ids, detail)
    about = ("citizen", stays.public_id)
    title = "To registreringer af borgeren er lagt sammen"
    case = journal.JournalCase(stays.id)
    journal.record(session, "note", title, case, about=about, by=actor.user, on=actor.day, text=reason.strip())
    return found


def columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Return the columns that refer to a citizen: all of the database except `STAYS`, in the order tables are made."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            points = any(key.column.table.name == "citizen" for key in column.foreign_keys)
            if points and (table.name, column.name) not in STAYS:
                yield table, column


def _move(session: Session, table: Table, column: Column[Any], goes: Citizen, stays: Citizen, by: User) -> None:
    """Let the rows of one table follow the citizen, through the audit where they are otherwise unchangeable."""
    guard = guard_of(table)
    if guard is None or column.name not in guard.by_audit:
        session.execute(update(table).where(column == goes.id).values({column.name: stays.id}))
        return
    ids = session.scalars(select(table.c.id).where(column == goes.id)).all()
    why = "To registreringer af borgeren er lagt sammen"
    lawful_change.set_later(session, table, column.name, stays.id, ids=ids, reason=why, by=by)


def _hindrances(session: Session, stays: Citizen, goes: Citizen, on: date) -> Iterator[str]:
    """Give what prevents the merge: running courses that overlap, and rows of which there may be only one."""
    running = select(Grant).where(Grant.last_day >= on, Grant.ended_on.is_(None) | (Grant.ended_on >= on))
    own = session.scalars(running.where(Grant.citizen_id == stays.id)).all()
    for other in session.scalars(running.where(Grant.citizen_id == goes.id)):
        for grant in own:
            if grant.start <= _last_day(other) and other.start <= _last_day(grant):
                yield (
                    f"Begge har et løbende forløb i samme periode: {grant.case_number} og {other.case_number}. "
                    "Afslut det ene først."
                )
    waiting = select(AccessRequest.case_number, AccessRequest.party_name).where(
        AccessRequest.approved_on.is_(None), AccessRequest.withdrawn_on.is_(None)
    )
    both = [set(session.execute(waiting.where(AccessRequest.citizen_id == one.id)).all()) for one in (stays, goes)]
    if both[0] & both[1]:
        yield "Begge har en åben anmodning om aktindsigt i det samme. Besvar den ene først."
    proposed = _open_proposals(session, stays)
    for theirs in _open_proposals(session, goes):
        if any(theirs.start <= mine.last_day and mine.start <= theirs.last_day for mine in proposed):
            case = theirs.case_number
            yield f"Begge har en indstilling på de samme dage, den ene i sag {case}. Træk en af dem tilbage."
    for table, column in columns():
        if table.name != CitizenStatus.__tablename__ and _clashes(session, table, column, stays.id, goes.id):
            yield f"Begge har rækker under {WORDS.get(table.name, table.name)}, som der kun må være én af."


def _open_proposals(session: Session, citizen: Citizen) -> Sequence[Row[Any]]:
    """Return the grants and extensions of a citizen that are proposed and not decided."""
    statement: Any = select(Decision.case_number, Decision.start, Decision.last_day).where(
        Decision.citizen_id == citizen.id,
        Decision.kind.in_(PROPOSALS),
        Decision.approved_on.is_(None),
        Decision.withdrawn_on.is_(None),
    )
    found: Sequence[Row[Any]] = session.execute(statement).all()
    return found


def _last_day(grant: Grant) -> date:
    return grant.ended_on or grant.last_day


def _clashes(session: Session, table: Table, column: Column[Any], stays: int, goes: int) -> bool:
    """Tell whether a row that moves would break a uniqueness that holds for each citizen."""
    if column.primary_key or column.unique:
        both = (_count(session, table, column == key) for key in (stays, goes))
        return all(both)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns:
            twin = table.alias()
            same = [twin.c[other.name] == other for other in constraint.columns if other.name != column.name]
            meets = select(twin).where(twin.c[column.name] == stays, *same).exists()
            if _count(session, table, (column == goes) & meets):
                return True
    return False


def _count(session: Session, table: Table, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _drop_statuses(session: Session, found: Preview) -> list[list[str | None]]:
    """Delete the target groups of days that the citizen who stays has one for; return them, for the log."""
    rows = [row for row in found.goes.statuses if row.valid_from in found.dropped]
    lost = [[row.valid_from.isoformat(), row.benefit, row.visitation] for row in rows]
    session.execute(delete(CitizenStatus).where(CitizenStatus.id.in_([row.id for row in rows])))
    for row in rows:
        session.expunge(row)
    session.expire(found.goes, ["statuses"])
    return lost


def _retire(session: Session, stays: Citizen, goes: Citizen, reason: str, actor: Actor) -> None:
    """Let the other's number find the citizen who stays, and keep the other's row for the log alone."""
    former = FormerNumber(
        citizen_id=stays.id,
        old_citizen_id=goes.id,
        cpr=goes.cpr,
        cpr_index=goes.cpr_index,
        replaced_on=actor.day,
        reason=f"Lagt sammen: {reason}"[:200],
        by_id=actor.user.id,
    )
    session.add(former)
    goes.cpr_index = hashlib.sha256(goes.public_id.encode()).digest()
    goes.caseworker_id, goes.search_name = None, ""
    stays.died_on = stays.died_on or goes.died_on
    session.flush()


def _log(
    session: Session, action: str, citizen: Citizen, by: User, ids: list[int], detail: Mapping[str, object]
) -> None:
    audit.record(
        session, by=by, action=action, subject="citizen", subject_id=citizen.public_id, citizens=ids, detail=detail
    )
