"""Notices of delay (besked om ventetid): the letter, its stored row, and the deadline that replaces the one missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.letter_values import NoticeValues
from jobcenter_mentor.casefile.letters.letterhead import head_of
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.notices.models import DelayNotice
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.kernel.periods import FAR_AHEAD, is_far_ahead
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import CASE_TIME, CASE_TIME_SECTION, case_time, case_time_expected
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.pages.filters import dk_date, dk_date_words

LONGEST = 1000
NO_TIME = (
    "Kommunens sagsbehandlingsfrist er ikke indtastet. Foreslå den under Regler og kilder, Tal, kommunen selv "
    "fastsætter. Når en anden har godkendt den, kan brevet skrives."
)


@dataclass(frozen=True)
class Delay:
    """A delay the citizen is notified of (ventetid): the missed day, the new one and why."""

    due_on: date
    expected_on: date
    why: str


def due_of_referral(session: Session, referral: Referral, law: Law) -> date | None:
    """Return the day a decision is due: the last one in a notice, else that of the case time, else None."""
    told = last_expected(session, referral_id=referral.id)
    planned = case_time(referral.referred_on, law.on(referral.referred_on))
    return told or (planned.due if planned else None)


def last_expected(session: Session, *, referral_id: int | None = None, complaint_id: int | None = None) -> date | None:
    """Return the newest day in a notice; None where there was no notice."""
    about = DelayNotice.complaint_id == complaint_id if complaint_id else DelayNotice.referral_id == referral_id
    return session.scalar(select(func.max(DelayNotice.expected_on)).where(about))


def list_of(
    session: Session, *, referral_id: int | None = None, complaint_id: int | None = None
) -> Sequence[DelayNotice]:
    """Return the notices, oldest first; the caller has found the case within the user's reach."""
    about = DelayNotice.complaint_id == complaint_id if complaint_id else DelayNotice.referral_id == referral_id
    return session.scalars(select(DelayNotice).where(about).order_by(DelayNotice.expected_on)).all()


def check(delay: Delay, on: date) -> None:
    """Refuse a notice that cannot be right. Raises ValidationFailed by field."""
    errors = {}
    if delay.expected_on <= max(delay.due_on, on):
        errors["expected_on"] = [f"Vælg en dag efter fristen {dk_date(delay.due_on)} og efter i dag."]
    elif is_far_ahead(delay.expected_on, on):
        errors["expected_on"] = [FAR_AHEAD]
    if not delay.why.strip() or len(delay.why) > LONGEST:
        errors["why"] = [f"Skriv til borgeren, hvorfor det tager længere tid, på højst {LONGEST} tegn."]
    errors = reason_errors_of({"why": delay.why}) | errors
    if errors:
        raise ValidationFailed("Beskeden kan ikke sendes. Ret felterne.", errors=errors)


def draft_of_referral(
    session: Session,
    referral: Referral,
    *,
    expected_on: date,
    why: str,
    actor: Actor,
    law: Law,
    address_confirmed: bool = False,
) -> LetterDraft:
    """Return the letter that the decision comes later.

    Raises ValidationFailed by field, InvalidTransition when the referral is closed.
    """
    delay = _delay_of(session, referral, expected_on, why, actor.day, law)
    title = "Din sag om mentor tager længere tid"
    values = NoticeValues(
        **head_of(session, referral.citizen, referral.case_number, by_id=actor.user.id, on=actor.day),
        title=title,
        heading=title,
        verdict=f"Du får ikke svar inden den {dk_date_words(delay.due_on)}, som er vores frist. Du kan vente at få "
        f"svar senest den {dk_date_words(expected_on)}.",
        legal_basis=(f"{CASE_TIME_SECTION} (lov om retssikkerhed og administration på det sociale område)",),
        parts=(("Derfor tager det længere tid", delay.why), ("Det skal du gøre nu", "Du skal ikke gøre noget.")),
    )
    return letters.notice_draft(CASE_TIME, values, address_confirmed=address_confirmed)


def tell_of_referral(
    session: Session,
    referral: Referral,
    *,
    expected_on: date,
    why: str,
    letter: tuple[LetterDraft, bytes],
    actor: Actor,
    law: Law,
) -> DelayNotice:
    """Send the letter that the decision comes later; the deadline moves to the day in the letter.

    Raises InvalidTransition when the referral is closed or the citizen has a letter about the same day,
    ValidationFailed by field.
    """
    lock(session, referral)
    delay = _delay_of(session, referral, expected_on, why, actor.day, law)
    notice = keep(
        session,
        delay,
        letter=letter,
        actor=actor,
        referral_id=referral.id,
        case=followups.CaseRef(referral.citizen_id, referral.case_number, referral.team_id),
    )
    result = f"Borgeren har fået brev om, at afgørelsen ventes senest {dk_date(expected_on)}"
    followups.settle_of_referral(session, referral.id, CASE_TIME, result=result, actor=actor)
    case = followups.CaseRef(
        referral.citizen_id, referral.case_number, referral.team_id, referral.caseworker_id, referral.id
    )
    followups.plan(session, [case_time_expected(expected_on)], case=case, actor=actor)
    return notice


def keep(
    session: Session,
    delay: Delay,
    *,
    letter: tuple[LetterDraft, bytes],
    case: followups.CaseRef,
    actor: Actor,
    **about: Any,
) -> DelayNotice:
    """Store the notice with its letter.

    `about` is the id of a referral or of a complaint, and of the letter's course.
    """
    grant_id = about.pop("grant_id", None)
    kept = letters.keep(
        session,
        *letter,
        citizen_id=case.citizen_id,
        referral_id=about.get("referral_id"),
        grant_id=grant_id,
        actor=actor,
    )
    notice = DelayNotice(
        citizen_id=case.citizen_id,
        team_id=case.team_id,
        due_on=delay.due_on,
        told_on=actor.day,
        expected_on=delay.expected_on,
        why=delay.why,
        letter_id=kept.id,
        by_id=actor.user.id,
        **about,
    )
    session.add(notice)
    session.flush()
    return notice


def _delay_of(session: Session, referral: Referral, expected_on: date, why: str, on: date, law: Law) -> Delay:
    if referral.closed_on is not None:
        raise InvalidTransition(f"Sag {referral.case_number} er afsluttet {dk_date(referral.closed_on)}.")
    due = due_of_referral(session, referral, law)
    if due is None:
        raise InvalidTransition(NO_TIME)
    if due == expected_on and last_expected(session, referral_id=referral.id) == due:
        raise InvalidTransition(f"Borgeren har allerede fået brev om, at afgørelsen ventes senest {dk_date(due)}.")
    delay = Delay(due, expected_on, why.strip())
    check(delay, on)
    return delay
