"""Contract hours (timebudget) of a mentor by period, and absences; nothing overlaps, and no absence lacks an end."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.capacity import FOREVER, FULL_TIME, period_words
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.people.mentors.models import Mentor, MentorAbsence, MentorHours
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

WEEK = 168 * 60


def set_hours(mentor: Mentor, minutes: int, valid_from: date, valid_to: date | None, reason: str) -> None:
    """Set the hours from a day.

    The period that begins that day is corrected, an open one before it ends the day before.

    Raises ValidationFailed: negative, above 168 hours, above 37 without a reason, swapped days, overlap.
    """
    _check_hours(minutes, reason)
    if valid_to is not None and valid_to < valid_from:
        raise _wrong("hours_to", "Slutdato ligger før startdato.")
    known = next((row for row in mentor.hours if row.valid_from == valid_from), None)
    for row in mentor.hours:
        if row is known:
            continue
        if row.valid_to is None and row.valid_from < valid_from:
            row.valid_to = valid_from - timedelta(days=1)
        if (row.valid_to or date.max) >= valid_from and row.valid_from <= (valid_to or date.max):
            until = f" til {row.valid_to:%d.%m.%Y}" if row.valid_to else ""
            told = f"Timeperioden overlapper den fra {row.valid_from:%d.%m.%Y}{until}."
            raise _wrong("hours_from", f"{told} Skriv den dag, hvis det er den, der skal rettes.")
    if known is None:
        known = MentorHours(valid_from=valid_from)
        mentor.hours.append(known)
    known.valid_to, known.minutes_per_week, known.reason = valid_to, minutes, reason.strip()


def add_absence(
    session: Session,
    mentor: Mentor,
    *,
    first_day: date,
    last_day: date | None,
    reason: str,
    until_further_notice: bool = False,
    actor: Actor,
) -> MentorAbsence:
    """Add an absence, both days included; without a last day only when it is said to be until further notice.

    Raises ValidationFailed when the days are swapped or missing, or overlap an absence that is there.
    """
    last = _last_day(first_day, last_day, until_further_notice)
    lock(session, mentor)
    for known in mentor.absences:
        if (known.first_day, known.last_day) == (first_day, last):
            raise _wrong("first_day", f"Fraværet {period_words(first_day, last)} står her allerede.")
        if known.first_day <= last and known.last_day >= first_day:
            words = period_words(known.first_day, known.last_day)
            raise _wrong("first_day", f"Fraværet overlapper det, der er noteret: {words} ({known.reason}).")
    absence = MentorAbsence(first_day=first_day, last_day=last, reason=reason or "fravær")
    mentor.absences.append(absence)
    session.flush()
    _record(session, mentor, actor)
    return absence


def end_absence(session: Session, mentor: Mentor, *, last_day: date, actor: Actor) -> MentorAbsence:
    """End an absence until further notice. Raises ValidationFailed when there is none, or it began later."""
    lock(session, mentor)
    absence = next((row for row in mentor.absences if row.is_open), None)
    if absence is None:
        raise _wrong("ended_on", "Mentoren har intet fravær indtil videre.")
    if last_day < absence.first_day:
        raise _wrong("ended_on", f"Fraværet begyndte den {absence.first_day:%d.%m.%Y}. Skriv den dag eller en senere.")
    absence.last_day = last_day
    session.flush()
    _record(session, mentor, actor)
    return absence


def _check_hours(minutes: int, reason: str) -> None:
    if minutes < 0:
        raise _wrong(
            "minutes_per_week", "Timer om ugen kan ikke være negative. Skriv 0, hvis mentoren ingen timer har."
        )
    if minutes > WEEK:
        raise _wrong("minutes_per_week", "Uden for det tilladte (0 til 168 timer).")
    if minutes > FULL_TIME and not reason.strip():
        raise _wrong("hours_reason", "Over 37 timer om ugen. Skriv hvorfor, eller ret timerne.")


def _last_day(first_day: date, last_day: date | None, until_further_notice: bool) -> date:
    if until_further_notice and last_day is not None:
        raise _wrong("last_day", "Vælg enten en sidste dag eller »indtil videre«.")
    if until_further_notice:
        return FOREVER
    if last_day is None:
        raise _wrong("last_day", "Skriv sidste dag, eller sæt kryds ved »indtil videre«.")
    if last_day < first_day:
        raise _wrong("last_day", "Slutdato ligger før startdato.")
    return last_day


def _record(session: Session, mentor: Mentor, actor: Actor) -> None:
    audit.record(
        session,
        by=actor.user,
        action="mentor.absence",
        subject="mentor",
        subject_id=mentor.public_id,
        detail={"on": actor.day.isoformat()},
    )


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
