"""Writes agreements (mentoraftaler), stores their letters, and records who accepts and when."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.agreements.acceptance import ANSWERS as ANSWERS
from jobcenter_mentor.casework.agreements.acceptance import GIVEN_BY as GIVEN_BY
from jobcenter_mentor.casework.agreements.acceptance import HOW as HOW
from jobcenter_mentor.casework.agreements.acceptance import PARTIES as PARTIES
from jobcenter_mentor.casework.agreements.acceptance import AgreementReply as AgreementReply
from jobcenter_mentor.casework.agreements.acceptance import (
    answers_of,
    checked,
    is_for_another,
    may_accept,
    stamp,
    stamps,
)
from jobcenter_mentor.casework.agreements.acceptance import is_in_force as is_in_force
from jobcenter_mentor.casework.agreements.acceptance import own_parties as own_parties
from jobcenter_mentor.casework.agreements.acceptance import waiting_for as waiting_for
from jobcenter_mentor.casework.agreements.amendment import AgreementAmendment, Said, assess_again, changes_of, said_of
from jobcenter_mentor.casework.agreements.custom_items import usual_points
from jobcenter_mentor.casework.agreements.letters import NewAgreement, check, complaint_guidance, letter_of, longest_day
from jobcenter_mentor.casework.agreements.models import Agreement, Answer
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.contact_rule import days_between
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.needs import TASKS
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

__all__ = ["NewAgreement", "check", "letter_of"]


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as the page shows it: tasks in Danish, when each party accepted, and whom the user may accept for.

    `answers` are all answers by party, newest first, with who wrote them down. `changes` and `said` compare an
    amendment with the number before it.
    """

    agreement: Agreement
    in_force: bool
    tasks: list[str]
    accepted: dict[str, date | None]
    may_accept: list[str]
    letter_id: str
    answers: dict[str, list[tuple[Answer, str]]] = field(default_factory=dict)
    changes: list[AgreementAmendment] = field(default_factory=list)
    said: Said | None = None


@dataclass(frozen=True)
class AgreementLetter:
    """The agreement's letter, rendered before the writing transaction."""

    draft: letters.LetterDraft
    pdf: bytes


def get_course(session: Session, public_id: str, *, actor: Actor, action: str = "agreement.read") -> Grant:
    """Return the course an agreement is about and log the access. Raises NotFound outside the user's scope.

    A mentor outside the municipality reaches the course only through an agreement the jobcentre has accepted.
    """
    grant = grants.get_grant(session, public_id, actor=actor)
    audit.record(
        session, by=actor.user, action=action, subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )
    return grant


def list_agreements(session: Session, grant: Grant, *, actor: Actor) -> Sequence[Agreement]:
    """Return the agreements of a course that the user may read, newest first."""
    of_grant = select(Agreement).where(Agreement.grant_id == grant.id)
    return session.scalars(
        visible(of_grant, Agreement, actor.user, "agreement.read", actor.day).order_by(Agreement.number.desc())
    ).all()


def list_cards(session: Session, grant: Grant, *, actor: Actor) -> list[AgreementCard]:
    """Return the agreements of a course as the page shows them, with what this user may accept."""
    rows = list_agreements(session, grant, actor=actor)
    letters_kept = {one.id: one.public_id for one in session.scalars(select(Letter).where(Letter.grant_id == grant.id))}
    parties, said = may_accept(actor), answers_of(session, rows)
    before = {row.number: row for row in rows}
    return [
        AgreementCard(
            agreement=row,
            in_force=is_in_force(row),
            tasks=[TASKS.get(code, code) for code in row.tasks],
            accepted=stamps(row),
            may_accept=[party for party in waiting_for(row) if party in parties] if row is rows[0] else [],
            letter_id=letters_kept.get(row.letter_id or 0, ""),
            answers=said[row.id],
            changes=changes_of(before[row.number - 1], row) if row.number - 1 in before else [],
            said=said_of(session, grant, row),
        )
        for row in rows
    ]


def is_agreed(session: Session, grant_id: int) -> bool:
    """Tell whether an agreement of the course is in force (aftalen er indgået)."""
    current = find_current(session, grant_id)
    return current is not None and is_in_force(current)


def find_current(session: Session, grant_id: int) -> Agreement | None:
    """Return the newest agreement in force, else the newest draft, None where there is none (gældende aftale)."""
    rows = session.scalars(
        select(Agreement).where(Agreement.grant_id == grant_id).order_by(Agreement.number.desc())
    ).all()
    return next((row for row in rows if is_in_force(row)), rows[0] if rows else None)


def get_agreement(session: Session, public_id: str, *, actor: Actor, action: str) -> Agreement:
    """Return an agreement. Raises NotFound outside the user's scope for the action."""
    found = session.scalar(
        visible(select(Agreement).where(Agreement.public_id == public_id), Agreement, actor.user, action, actor.day)
    )
    if found is None:
        raise NotFound("Aftalen findes ikke.")
    return found


def prefill(session: Session, grant: Grant, *, on: date, law: Law) -> NewAgreement:
    """Return an agreement filled in from grant and match, for a person to read, correct and save."""
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
        contact_interval_days=days_between(grant, start, law),
        terms=dict(current.terms) if current and current.terms else usual_points(grant, on=on, law=law),
    )


def newest_number(session: Session, grant_id: int) -> int:
    """Return the number of the newest agreement, 0 where there is none."""
    newest = _newest(session, grant_id)
    return newest.number if newest else 0


def draft(
    session: Session,
    grant: Grant,
    new: NewAgreement,
    *,
    actor: Actor,
    law: Law,
    letter: AgreementLetter | None = None,
    based_on: int | None = None,
) -> Agreement:
    """Write an agreement; an amendment gets the next number and leaves the earlier one unchanged.

    The same words from the same user on the same day, before anybody has accepted, return the agreement that is
    there: the form was sent twice. `letter` is the rendered PDF of the same values; `based_on` the number that the
    form was opened on. An amendment is assessed again. Raises ValidationFailed as `check` does, and Conflict when
    somebody else has written another number meanwhile.
    """
    check(grant, new, on=actor.day, law=law)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    newest = _newest(session, grant.id)
    if newest is not None and _says_the_same(newest, new, actor):
        return newest
    last = newest.number if newest is not None else 0
    if based_on is not None and based_on != last:
        raise Conflict(f"Aftale nr. {last} er skrevet af en anden, mens du skrev. Se begge, ret til, og gem igen.")
    agreement = Agreement(
        grant_id=grant.id,
        number=last + 1,
        mentor_id=grant.mentor_id,
        goal=new.goal,
        mentor_name=new.mentor_name,
        mentor_contact=new.mentor_contact,
        tasks=list(new.tasks),
        start=new.start,
        last_day=new.last_day,
        minutes_per_week=new.minutes_per_week,
        complaint_guidance=new.complaint_guidance,
        meeting_place=new.meeting_place,
        contact_interval_days=new.contact_interval_days,
        drafted_by_id=actor.user.id,
        drafted_on=actor.day,
        terms=dict(new.terms),
    )
    if newest is not None:
        agreement.assessment_id = assess_again(session, grant, new, actor=actor, law=law)
    if letter is not None:
        kept = letters.keep(
            session, letter.draft, letter.pdf, citizen_id=grant.citizen_id, grant_id=grant.id, actor=actor
        )
        agreement.letter_id = kept.id
    session.add(agreement)
    session.flush()
    session.refresh(agreement, ["grant", "mentor"])
    _record(session, agreement, "agreement.draft", actor.user, {"number": agreement.number})
    return agreement


def accept(
    session: Session,
    agreement: Agreement,
    *,
    party: str,
    actor: Actor,
    absent_reason: str = "",
    reply: AgreementReply | None = None,
) -> Agreement:
    """Write down a party's answer; when the last party has accepted, the deadline of the agreement is settled.

    The parties answer in any order. Without `reply` the party accepts that day. A no and a party that was not
    reached are stored too, and may change. In a right-and-duty course the citizen may be missing with
    `absent_reason`; in ordinary support not. A mentor accepts for the mentor only. Raises InvalidTransition when
    the party has accepted already.
    """
    agreement = _locked(session, agreement)
    _require_open_to(session, agreement, party, absent_reason, actor)
    given = reply or AgreementReply("not_reached" if absent_reason.strip() else "accepted")
    told = checked(given, party, absent_reason, actor, written_on=agreement.drafted_on)
    was_in_force = is_in_force(agreement)
    if told.answer == "accepted" or absent_reason.strip():
        stamp(agreement, party, absent_reason.strip(), by=actor.user, accepted_on=told.answered_on or actor.day)
    session.add(
        Answer(
            agreement_id=agreement.id,
            party=party,
            answer=told.answer,
            how=told.how,
            answered_on=told.answered_on or actor.day,
            reason=absent_reason.strip() or told.reason,
            by_id=actor.user.id,
            given_by=told.given_by if party == "citizen" else "",
        )
    )
    session.flush()
    detail: dict[str, str | int] = {"party": party, "number": agreement.number, "answer": told.answer}
    _record(session, agreement, "agreement.accept", actor.user, detail)
    if is_in_force(agreement) and not was_in_force:
        result = f"Aftale nr. {agreement.number} er accepteret."
        followups.settle_kind(session, agreement.grant_id, "agreement", result=result, by=actor.user, on=actor.day)
        case = journal.JournalCase(agreement.grant.citizen_id, agreement.grant_id, agreement.grant.case_number)
        about = ("agreement", agreement.public_id)
        journal.record(session, "document", f"Mentora{result[1:]}", case, about=about, by=actor.user, on=actor.day)
    return agreement


def _locked(session: Session, agreement: Agreement) -> Agreement:
    """Return the agreement as it is now, locked until the transaction ends."""
    return session.scalars(
        select(Agreement)
        .where(Agreement.id == agreement.id)
        .with_for_update(of=Agreement)
        .execution_options(populate_existing=True)
    ).one()


def _require_open_to(session: Session, agreement: Agreement, party: str, absent_reason: str, actor: Actor) -> None:
    """Refuse an answer that the user may not write down, or that this agreement no longer waits for."""
    if party not in PARTIES:
        raise ValidationFailed("Vælg, hvem der accepterer.", errors={"party": ["Vælg en af mulighederne."]})
    if party not in may_accept(actor):
        raise NotAllowed("Du kan kun acceptere for dig selv.")
    if party == "mentor" and is_for_another(agreement.mentor_id, actor):
        raise NotAllowed("Aftalen er skrevet med en anden mentor, som selv skal acceptere den.")
    newest = _newest(session, agreement.grant_id)
    if newest is not None and newest.number > agreement.number:
        raise InvalidTransition(f"Aftale nr. {agreement.number} er afløst af nr. {newest.number}. Acceptér den.")
    if party not in waiting_for(agreement):
        raise InvalidTransition(f"{PARTIES[party]} har allerede accepteret aftalen.")
    if absent_reason.strip() and agreement.citizen_absent_reason == absent_reason.strip():
        raise InvalidTransition("Begrundelsen er allerede gemt.")


def _newest(session: Session, grant_id: int) -> Agreement | None:
    """Return the agreement with the highest number in the course, in force or not."""
    numbered = select(Agreement).where(Agreement.grant_id == grant_id).order_by(Agreement.number.desc())
    return session.scalars(numbered.limit(1)).one_or_none()


def _says_the_same(agreement: Agreement, new: NewAgreement, actor: Actor) -> bool:
    """Tell whether this form has already made the agreement."""
    if (agreement.drafted_by_id, agreement.drafted_on) != (actor.user.id, actor.day) or any(stamps(agreement).values()):
        return False
    told = asdict(new) | {"tasks": list(new.tasks)}
    return all(getattr(agreement, name) == value for name, value in told.items())


def _record(session: Session, agreement: Agreement, action: str, by: User, detail: dict[str, str | int]) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="agreement",
        subject_id=agreement.public_id,
        citizens=[agreement.grant.citizen_id],
        detail=detail,
    )
