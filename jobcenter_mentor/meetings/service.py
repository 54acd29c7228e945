"""Logbogen: log a contact, correct it, and keep the contact deadline of a right-and-duty course in step with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, bindparam, case, extract, func, select
from sqlalchemy.orm import Session, defaultload, lazyload

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.citizens.models import Citizen
from jobcenter_mentor.domain.errors import Conflict, InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.needs import ABSENCE_REASONS, CONTACT_FORMS, PROGRESS, TASKS
from jobcenter_mentor.grants.models import Grant, GrantPeriod
from jobcenter_mentor.meetings.contact import LogEntry, last_day_of, move_deadlines
from jobcenter_mentor.meetings.contact import contacts_of as contacts_of
from jobcenter_mentor.meetings.contact import counts_as_contact as counts_as_contact
from jobcenter_mentor.meetings.models import Meeting

MINUTES_OF_A_DAY = 1440
FURTHEST_AHEAD = timedelta(days=366)
"""A next meeting later than this is a slip of the pen."""
LENGTHS = {"note": 4000, "special_reason": 300, "next_meeting": 80}
LOG = (
    select(*(getattr(Meeting, name) for name in LogEntry._fields))
    .where(Meeting.grant_id == bindparam("grant_id"))
    .order_by(Meeting.met_on.desc(), Meeting.id.desc())
)


@dataclass(frozen=True)
class NewMeeting:
    """Kontakt, der logges: `form_id` is the id of the form it came from, so that a form sent twice is one meeting.

    `minutes` is its length, 0 when it was not held. Codes are those of `domain.needs`.
    """

    met_on: date
    form: str
    held: bool = True
    minutes: int = 0
    absence_reason: str = ""
    topics: tuple[str, ...] = ()
    progress: str = ""
    note: str = ""
    special_reason: str = ""
    next_on: date | None = None
    next_meeting: str = ""
    concern: bool = False
    form_id: str = ""


@dataclass(frozen=True)
class HoursUsed:
    """Forbrugte timer: minutes held in all and in the ISO week of the day."""

    total: int = 0
    this_week: int = 0


@dataclass(frozen=True)
class Delivered:
    """Leveret tid: the minutes held in one month at one price of an hour, in øre."""

    year: int
    month: int
    minutes: int
    hourly_price: int


def get_course(session: Session, public_id: str, *, by: User, on: date, action: str = "hours.enter") -> Grant:
    """Hent forløbet whose log the user may write. Raises NotFound."""
    statement = select(Grant).where(Grant.public_id == public_id)
    statement = visible(statement, Grant, by, action, on)
    return _one_course(session.scalar(statement.options(*COURSE_ONLY)))


def get_meeting(session: Session, public_id: str, *, by: User, on: date) -> tuple[Meeting, Grant]:
    """Hent et logget møde and its course, when the user may write the log. Raises NotFound."""
    meeting = session.scalar(select(Meeting).where(Meeting.public_id == public_id))
    if meeting is None:
        raise NotFound("Mødet findes ikke.")
    statement = visible(select(Grant).where(Grant.id == meeting.grant_id), Grant, by, "hours.enter", on)
    return meeting, _one_course(session.scalar(statement.options(*COURSE_ONLY)))


def log(session: Session, grant: Grant, new: NewMeeting, *, by: User, on: date) -> Meeting:
    """Log et møde, held or not.

    The same form sent again gives the meeting it made. Raises NotFound outside the user's scope, ValidationFailed by
    field, Conflict when the form was saved before with other contents.
    """
    _lock(session, grant, by, on)
    found = _find_of_form(session, grant, new)
    if found is not None:
        return found
    if grant.mentor_id is None:
        raise ValidationFailed("Der er ikke valgt en mentor til forløbet. Vælg en mentor, før I logger møder.")
    _check(grant, new, on)
    meeting = _row(grant, new, by)
    meeting.mentor_id = grant.mentor_id
    return _saved(session, grant, meeting, "meeting.log", by, on)


def correct(session: Session, meeting: Meeting, grant: Grant, new: NewMeeting, *, by: User, on: date) -> Meeting:
    """Ret et logget møde: a new row takes its place, the old text is kept.

    Raises InvalidTransition when it has been corrected already, otherwise as `log`.
    """
    _lock(session, grant, by, on)
    session.refresh(meeting)
    found = _find_of_form(session, grant, new)
    if found is not None:
        return found
    if meeting.corrected:
        raise InvalidTransition("Mødet er allerede rettet. Åbn den nyeste udgave i logbogen.")
    _check(grant, new, on)
    corrected = _row(grant, new, by)
    corrected.mentor_id, corrected.corrects_id = meeting.mentor_id, meeting.id
    meeting.corrected = True
    return _saved(session, grant, corrected, "meeting.correct", by, on)


def list_of_grant(session: Session, grant_id: int) -> list[LogEntry]:
    """Forløbets logbog, newest first; corrected texts are kept in it and marked `corrected`."""
    return [LogEntry(*row) for row in session.execute(LOG, {"grant_id": grant_id})]


def hours_in(log: Iterable[LogEntry], *, on: date) -> HoursUsed:
    """Forbrugte timer i en logbog: as `hours_used` counts them, for a course whose log is at hand."""
    held = [(entry.met_on.isocalendar()[:2], entry.minutes) for entry in log if entry.held and not entry.corrected]
    week = on.isocalendar()[:2]
    return HoursUsed(sum(minutes for _, minutes in held), sum(minutes for when, minutes in held if when == week))


def hours_used(session: Session, grant_ids: Iterable[int], *, on: date) -> dict[int, HoursUsed]:
    """Forbrugte timer: the minutes held in each course, up to and with the day and in its week; one statement."""
    ids = list(grant_ids)
    monday = on - timedelta(days=on.weekday())
    in_week = case(
        (and_(Meeting.met_on >= monday, Meeting.met_on <= monday + timedelta(days=6)), Meeting.minutes), else_=0
    )
    rows = session.execute(
        select(Meeting.grant_id, func.sum(Meeting.minutes), func.sum(in_week))
        .where(Meeting.grant_id.in_(ids), Meeting.held, ~Meeting.corrected)
        .group_by(Meeting.grant_id)
    )
    return dict.fromkeys(ids, HoursUsed()) | {row[0]: HoursUsed(int(row[1]), int(row[2])) for row in rows}


def delivered(session: Session, *, first: date, last: date) -> dict[int, list[Delivered]]:
    """Leveret: what each course delivered in some days, both ends included, at the price of the hours period."""
    year, month = extract("year", Meeting.met_on), extract("month", Meeting.met_on)
    price = func.coalesce(GrantPeriod.hourly_price, Grant.hourly_price)
    statement = (
        select(Meeting.grant_id, year, month, func.sum(Meeting.minutes), price)
        .join(Grant, Grant.id == Meeting.grant_id)
        .outerjoin(
            GrantPeriod,
            (GrantPeriod.grant_id == Meeting.grant_id)
            & (GrantPeriod.first_day <= Meeting.met_on)
            & (GrantPeriod.last_day >= Meeting.met_on),
        )
        .where(Meeting.held, ~Meeting.corrected, Meeting.met_on.between(first, last))
        .group_by(Meeting.grant_id, year, month, price)
    )
    found: dict[int, list[Delivered]] = defaultdict(list)
    for grant_id, *figures in session.execute(statement):
        found[grant_id].append(Delivered(*map(int, figures)))
    return found


def warnings_of(session: Session, grant: Grant, meeting: Meeting) -> list[str]:
    """Advarsler: what a reader should see twice: more hours in the week than granted, two meetings on one day."""
    warnings = []
    used, granted = hours_used(session, [grant.id], on=meeting.met_on)[grant.id], grant.minutes_on(meeting.met_on)
    if used.this_week > granted:
        warnings.append(f"Der er nu logget flere timer i uge {meeting.met_on.isocalendar().week}, end der er bevilget.")
    same_day = session.scalar(
        select(func.count(Meeting.id)).where(
            Meeting.grant_id == grant.id, Meeting.met_on == meeting.met_on, Meeting.held, ~Meeting.corrected
        )
    )
    if (same_day or 0) > 1:
        warnings.append(
            f"Der er logget {same_day} møder den {meeting.met_on:%d.%m.%Y}. Ret det ene, hvis det er en fejl."
        )
    return warnings


def told_of(meeting: Meeting) -> dict[str, Any]:
    """Return what a stored log says, to be held against a form that is sent again."""
    return {name: getattr(meeting, name) for name in _values(NewMeeting(meeting.met_on, meeting.form))}


COURSE_ONLY = (lazyload(Grant.mentor), defaultload(Grant.citizen).lazyload(Citizen.statuses))


def _one_course(found: Grant | None) -> Grant:
    if found is None:
        raise NotFound("Forløbet findes ikke.")
    return found


def _lock(session: Session, grant: Grant, by: User, on: date) -> None:
    """Take the course for writing, so that the same form sent twice at once waits for itself, and check the scope."""
    statement = visible(select(Grant.id).where(Grant.id == grant.id), Grant, by, "hours.enter", on)
    if session.scalar(statement.with_for_update(of=Grant)) is None:
        raise NotFound("Forløbet findes ikke.")


def _find_of_form(session: Session, grant: Grant, new: NewMeeting) -> Meeting | None:
    """Return the meeting this form made, None when it has made none. Raises Conflict when it said something else."""
    if not new.form_id:
        return None
    found = session.scalar(select(Meeting).where(Meeting.public_id == new.form_id))
    if found is not None and (found.grant_id != grant.id or told_of(found) != _values(new)):
        raise Conflict("Mødet er allerede gemt. Åbn det i logbogen, og ret det der.")
    return found


def _check(grant: Grant, new: NewMeeting, on: date) -> None:
    """Raise ValidationFailed with everything that is wrong, by field."""
    errors = _errors_of_day(grant, new, on) | _errors_of_contact(new) | _errors_of_words(new)
    if errors:
        raise ValidationFailed(" ".join(errors.values()), errors={name: [text] for name, text in errors.items()})


def _errors_of_day(grant: Grant, new: NewMeeting, on: date) -> dict[str, str]:
    last_day = last_day_of(grant)
    if new.met_on > on:
        return {"met_on": "Datoen ligger i fremtiden. Skriv den dag, I var i kontakt."}
    if new.met_on < grant.start:
        return {"met_on": f"Forløbet begynder den {grant.start:%d.%m.%Y}. Mødet skal ligge på den dag eller senere."}
    if new.met_on > last_day:
        text = f"Forløbet sluttede den {last_day:%d.%m.%Y}. Møder efter den dag kan ikke logges."
        return {"met_on": f"{text} Ret datoen, eller tal med sagsbehandleren."}
    if new.next_on is not None and new.next_on <= new.met_on:
        return {"next_on": "Næste møde skal ligge efter det møde, du logger."}
    if new.next_on is not None and new.next_on > new.met_on + FURTHEST_AHEAD:
        return {"next_on": "Næste møde ligger mere end et år frem. Ret datoen."}
    return {}


def _errors_of_contact(new: NewMeeting) -> dict[str, str]:
    errors = {}
    if new.form not in CONTACT_FORMS:
        errors["form"] = "Vælg, hvordan I var i kontakt: Fremmøde, Telefon, Online eller Sms."
    if new.held and not 1 <= new.minutes <= MINUTES_OF_A_DAY:
        errors["minutes"] = "Skriv, hvor mange minutter det varede, fra 1 til 1440."
    if new.held and new.absence_reason:
        errors["absence_reason"] = "Et møde, der blev holdt, har ingen grund til fravær."
    if not new.held and new.absence_reason not in ABSENCE_REASONS:
        errors["absence_reason"] = f"Vælg, hvorfor mødet ikke blev holdt: {', '.join(ABSENCE_REASONS.values())}."
    return errors


def _errors_of_words(new: NewMeeting) -> dict[str, str]:
    errors = {
        name: f"Skriv højst {length} tegn." for name, length in LENGTHS.items() if len(getattr(new, name)) > length
    }
    if not set(new.topics) <= set(TASKS):
        errors["topics"] = "Vælg opgaver fra listen."
    if new.progress and new.progress not in PROGRESS:
        errors["progress"] = "Vælg en af mulighederne."
    return errors


def _values(new: NewMeeting) -> dict[str, Any]:
    """Return what the new log says, as it is stored: no length where nothing was held."""
    said = asdict(new) | {"topics": list(new.topics), "minutes": new.minutes if new.held else 0}
    said.pop("form_id")
    return said


def _row(grant: Grant, new: NewMeeting, by: User) -> Meeting:
    return Meeting(
        public_id=new.form_id or str(uuid4()), grant_id=grant.id, logged_by_id=by.id, corrected=False, **_values(new)
    )


def _saved(session: Session, grant: Grant, meeting: Meeting, action: str, by: User, on: date) -> Meeting:
    """Store the row, keep the deadlines in step, record the act."""
    session.add(meeting)
    session.flush()
    move_deadlines(session, grant, meeting, by=by, on=on)
    audit.record(
        session,
        by=by,
        action=action,
        subject="meeting",
        subject_id=meeting.public_id,
        citizens=[grant.citizen_id],
        detail={"grant": grant.public_id, "met_on": f"{meeting.met_on}", "held": meeting.held, "form": meeting.form},
    )
    return meeting
