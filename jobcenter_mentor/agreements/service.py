"""Mentoraftaler: drafts the written agreement of LAB § 31 c, keeps its letter, and records who accepts it and when."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jobcenter_mentor.agreements.models import Agreement
from jobcenter_mentor.agreements.writing import NewAgreement, check, complaint_guidance, letter_of, longest_day
from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import roles_on, visible
from jobcenter_mentor.domain.errors import (
    InvalidTransition,
    NotAllowed,
    NotFound,
    ValidationFailed,
)
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.needs import TASKS
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.letters import service as letters
from jobcenter_mentor.letters.models import Letter

__all__ = ["NewAgreement", "check", "letter_of"]

PARTIES = {"jobcentre": "Jobcentret", "citizen": "Borgeren", "mentor": "Mentor"}
STAFF = frozenset({"SB", "TL"})
DRAFTED = select(Agreement.id).where(Agreement.grant_id == bindparam("grant_id")).limit(1)
MENTOR_ROLES = frozenset({"MI", "MV", "ML", "MF"})


@dataclass(frozen=True)
class Card:
    """Aftalen på siden: tasks in Danish, the day each party accepted, and for whom this user may accept."""

    agreement: Agreement
    in_force: bool
    tasks: list[str]
    accepted: dict[str, date | None]
    may_accept: list[str]
    letter_id: str


@dataclass(frozen=True)
class Kept:
    """Aftalens brev, as it was rendered before the writing transaction."""

    draft: letters.Draft
    pdf: bytes


def get_course(session: Session, public_id: str, *, by: User, on: date, action: str = "agreement.read") -> Grant:
    """Return the course an agreement is about and log the look. Raises NotFound outside the user's scope.

    A mentor outside the municipality reaches the course only through an agreement the jobcentre has accepted.
    """
    grant = session.scalar(visible(select(Grant).where(Grant.public_id == public_id), Grant, by, "grant.read", on))
    if grant is None:
        raise NotFound("Forløbet findes ikke.")
    audit.record(session, by=by, action=action, subject="grant", subject_id=public_id, citizens=[grant.citizen_id])
    return grant


def list_agreements(session: Session, grant: Grant, *, by: User, on: date) -> Sequence[Agreement]:
    """Forløbets aftaler that the user may read, the newest first."""
    of_grant = select(Agreement).where(Agreement.grant_id == grant.id)
    return session.scalars(
        visible(of_grant, Agreement, by, "agreement.read", on).order_by(Agreement.number.desc())
    ).all()


def list_cards(session: Session, grant: Grant, *, by: User, on: date) -> list[Card]:
    """Forløbets aftaler as the page shows them, with what this user may accept."""
    rows = list_agreements(session, grant, by=by, on=on)
    letters_kept = {one.id: one.public_id for one in session.scalars(select(Letter).where(Letter.grant_id == grant.id))}
    parties = _may_accept(by, on)
    return [
        Card(
            agreement=row,
            in_force=is_in_force(row),
            tasks=[TASKS.get(code, code) for code in row.tasks],
            accepted=_stamps(row),
            may_accept=[party for party in waiting_for(row) if party in parties] if row is rows[0] else [],
            letter_id=letters_kept.get(row.letter_id or 0, ""),
        )
        for row in rows
    ]


def is_drafted(session: Session, grant_id: int) -> bool:
    """Er der lavet en aftale? True also while it is a draft."""
    return session.scalar(DRAFTED, {"grant_id": grant_id}) is not None


def find_current(session: Session, grant_id: int) -> Agreement | None:
    """Gældende aftale: the newest in force, else the newest draft, None where there is none."""
    rows = session.scalars(
        select(Agreement).where(Agreement.grant_id == grant_id).order_by(Agreement.number.desc())
    ).all()
    return next((row for row in rows if is_in_force(row)), rows[0] if rows else None)


def get_agreement(session: Session, public_id: str, *, by: User, on: date, action: str) -> Agreement:
    """Hent en aftale. Raises NotFound outside the user's scope for the action."""
    found = session.scalar(
        visible(select(Agreement).where(Agreement.public_id == public_id), Agreement, by, action, on)
    )
    if found is None:
        raise NotFound("Aftalen findes ikke.")
    return found


def prefill(session: Session, grant: Grant, *, on: date, law: Law) -> NewAgreement:
    """Return the agreement as grant and match make it, for a person to read, correct and save."""
    mentor = grant.mentor
    current = find_current(session, grant.id)
    start = max(grant.start, on) if current is not None else grant.start
    return NewAgreement(
        goal=grant.goal,
        mentor_name=mentor.name if mentor is not None else "",
        mentor_contact=", ".join(part for part in (mentor.phone, mentor.email) if part) if mentor is not None else "",
        tasks=tuple(grant.tasks),
        start=start,
        last_day=min(grant.last_day, longest_day(start, law) or grant.last_day),
        minutes_per_week=grant.minutes_on(start),
        complaint_guidance=complaint_guidance(session, on=on, law=law),
        meeting_place=current.meeting_place if current is not None else "",
        contact_interval_days=grant.contact_interval_days,
    )


def draft(
    session: Session, grant: Grant, new: NewAgreement, *, by: User, on: date, law: Law, letter: Kept | None = None
) -> Agreement:
    """Skriv aftalen; an amendment is the next number and leaves the earlier one as it was.

    The same words from the same user on the same day, before anybody has accepted, are the same agreement: a form that
    was sent twice. `letter` is the rendered PDF of the same values. Raises ValidationFailed as `check` does.
    """
    check(grant, new, law=law)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    newest = _newest(session, grant.id)
    if newest is not None and _says_the_same(newest, new, by, on):
        return newest
    last = newest.number if newest is not None else 0
    agreement = Agreement(
        grant_id=grant.id, number=last + 1, mentor_id=grant.mentor_id, goal=new.goal, mentor_name=new.mentor_name,
        mentor_contact=new.mentor_contact, tasks=list(new.tasks), start=new.start, last_day=new.last_day,
        minutes_per_week=new.minutes_per_week, complaint_guidance=new.complaint_guidance,
        meeting_place=new.meeting_place, contact_interval_days=new.contact_interval_days,
        drafted_by_id=by.id, drafted_on=on,
    )  # fmt: skip
    if letter is not None:
        kept = letters.keep(
            session, letter.draft, letter.pdf, citizen_id=grant.citizen_id, grant_id=grant.id, by=by, on=on
        )
        agreement.letter_id = kept.id
    session.add(agreement)
    session.flush()
    session.refresh(agreement, ["grant", "mentor"])
    _record(session, agreement, "agreement.draft", by, {"number": agreement.number})
    return agreement


def accept(
    session: Session, agreement: Agreement, *, party: str, by: User, on: date, absent_reason: str = ""
) -> Agreement:
    """Acceptér for en part, in any order; when the last one has accepted, the agreement deadline is settled.

    The citizen of a right-and-duty course may be missing with `absent_reason` (law.md section 8); in ordinary support
    not. A mentor accepts for the mentor only. Raises InvalidTransition when the party has accepted already.
    """
    agreement = session.scalars(
        select(Agreement)
        .where(Agreement.id == agreement.id)
        .with_for_update(of=Agreement)
        .execution_options(populate_existing=True)
    ).one()
    if party not in PARTIES:
        raise ValidationFailed("Vælg, hvem der accepterer.", errors={"party": ["Vælg en af mulighederne."]})
    if party not in _may_accept(by, on):
        raise NotAllowed("Du kan kun acceptere for dig selv.")
    newest = _newest(session, agreement.grant_id)
    if newest is not None and newest.number > agreement.number:
        raise InvalidTransition(f"Aftale nr. {agreement.number} er afløst af nr. {newest.number}. Acceptér den.")
    if party not in waiting_for(agreement):
        raise InvalidTransition(f"{PARTIES[party]} har allerede accepteret aftalen.")
    was_in_force = is_in_force(agreement)
    _stamp(agreement, party, by, on, absent_reason.strip())
    session.flush()
    _record(session, agreement, "agreement.accept", by, {"party": party, "number": agreement.number})
    if is_in_force(agreement) and not was_in_force:
        result = f"Aftale nr. {agreement.number} er accepteret."
        followups.settle_kind(session, agreement.grant_id, "agreement", result=result, by=by, on=on)
    return agreement


def is_in_force(agreement: Agreement) -> bool:
    """Er aftalen indgået? Jobcentre and mentor have accepted, the citizen has or is missing with a reason."""
    citizen = agreement.citizen_accepted_on is not None or bool(agreement.citizen_absent_reason)
    return citizen and agreement.jobcentre_accepted_on is not None and agreement.mentor_accepted_on is not None


def waiting_for(agreement: Agreement) -> list[str]:
    """Hvem mangler? The parties that have not accepted; a citizen who is missing with a reason may accept later."""
    return [party for party, day in _stamps(agreement).items() if day is None]


def _newest(session: Session, grant_id: int) -> Agreement | None:
    """Return the agreement with the highest number in the course, in force or not."""
    numbered = select(Agreement).where(Agreement.grant_id == grant_id).order_by(Agreement.number.desc())
    return session.scalars(numbered.limit(1)).one_or_none()


def _says_the_same(agreement: Agreement, new: NewAgreement, by: User, on: date) -> bool:
    """Tell whether the agreement is the one that this form has made already."""
    if (agreement.drafted_by_id, agreement.drafted_on) != (by.id, on) or any(_stamps(agreement).values()):
        return False
    told = asdict(new) | {"tasks": list(new.tasks)}
    return all(getattr(agreement, name) == value for name, value in told.items())


def _stamps(agreement: Agreement) -> dict[str, date | None]:
    return {
        "jobcentre": agreement.jobcentre_accepted_on,
        "citizen": agreement.citizen_accepted_on,
        "mentor": agreement.mentor_accepted_on,
    }


def _may_accept(by: User, on: date) -> frozenset[str]:
    """Return the parties a user may accept for: case staff write down all, a mentor only the own."""
    roles = {role.role for role in roles_on(by, on)}
    return frozenset(PARTIES) if roles & STAFF else frozenset({"mentor"}) if roles & MENTOR_ROLES else frozenset()


def _stamp(agreement: Agreement, party: str, by: User, on: date, absent_reason: str) -> None:
    if party == "jobcentre":
        agreement.jobcentre_accepted_on, agreement.jobcentre_accepted_by_id = on, by.id
    elif party == "mentor":
        agreement.mentor_accepted_on = on
    elif not absent_reason:
        agreement.citizen_accepted_on = on
    elif agreement.grant.right_and_duty:
        agreement.citizen_absent_reason = absent_reason
    else:
        message = "Borgeren skal acceptere, før støtten begynder; kun ret og pligt kan begynde uden."
        raise ValidationFailed(message, errors={"absent_reason": [message]})


def _record(session: Session, agreement: Agreement, action: str, by: User, detail: dict[str, str | int]) -> None:
    audit.record(
        session, by=by, action=action, subject="agreement", subject_id=agreement.public_id,
        citizens=[agreement.grant.citizen_id], detail=detail,
    )  # fmt: skip
