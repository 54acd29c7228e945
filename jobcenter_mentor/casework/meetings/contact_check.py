"""Checks a contact: what must be filled in, and that it isn't in the future, too long, or at once with another."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Goal
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_deadline import last_day_of
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.needs import ABSENCE_REASONS, CONTACT_FORMS, PROGRESS, SUBJECTS, TASKS
from jobcenter_mentor.people.citizens.deceased import require_alive

LONGEST_MEETING = 720
"""The most minutes of a meeting; more than twelve hours is a typing error."""
MINUTES_OF_A_DAY = 1440
FURTHEST_AHEAD = timedelta(days=366)
"""A next meeting later than this is a typing error."""
LENGTHS = {"note": 4000, "special_reason": 300, "next_meeting": 80, "next_step": 300}


@dataclass(frozen=True)
class NewMeeting:
    """A contact to log; `form_id` is the id of its form, so that a form sent twice makes one meeting.

    `minutes` is its length, 0 when it was not held; `began` is minutes past midnight. Codes are those of
    `kernel.needs` and, for `subjects`, of `kernel.conversation`. `goal_id` is a goal of the course.
    """

    met_on: date
    form: str
    held: bool = True
    minutes: int = 0
    began: int | None = None
    absence_reason: str = ""
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    goal_id: int | None = None
    progress: str = ""
    note: str = ""
    special_reason: str = ""
    next_step: str = ""
    next_on: date | None = None
    next_meeting: str = ""
    concern: bool = False
    form_id: str = ""


def check(
    session: Session, grant: Grant, new: NewMeeting, *, mentor_id: int, on: date, instead_of: int | None = None
) -> None:
    """Check a log entry before it is stored. Raises ValidationFailed with everything that is wrong, by field.

    `mentor_id` is the mentor who met; `instead_of` the row id of the meeting it corrects, which it may overlap.
    """
    later = "Møder efter den dag kan ikke registreres. Ret datoen, eller tal med sagsbehandleren."
    require_alive(grant.citizen, later, day=new.met_on, field="met_on")
    errors = _errors_of_day(grant, new, on) | _errors_of_contact(new) | _errors_of_words(new)
    if not errors:
        errors = _errors_of_goal(session, grant, new) | _errors_of_overlap(session, mentor_id, new, instead_of)
        errors = errors or _errors_of_twin(session, grant, new, instead_of)
    if errors:
        raise ValidationFailed(" ".join(errors.values()), errors={name: [text] for name, text in errors.items()})


def values_of(new: NewMeeting) -> dict[str, Any]:
    """Return the columns of a log entry, without length and time where nothing was held."""
    said = asdict(new) | {"topics": list(new.topics), "subjects": list(new.subjects)}
    said |= {} if new.held else {"minutes": 0, "began": None}
    said.pop("form_id")
    return said


def told_of(meeting: Meeting) -> dict[str, Any]:
    """Return the columns of a stored log entry, to compare with a form that is sent again."""
    return {name: getattr(meeting, name) for name in values_of(NewMeeting(meeting.met_on, meeting.form))}


def clock(minutes: int) -> str:
    """Return a time of day such as 9.05 from minutes past midnight (klokkeslæt)."""
    return f"{minutes // 60 % 24}.{minutes % 60:02d}"


def _errors_of_day(grant: Grant, new: NewMeeting, on: date) -> dict[str, str]:
    last_day = last_day_of(grant)
    if new.met_on > on:
        return {"met_on": "Datoen ligger i fremtiden. Skriv den dag, I var i kontakt."}
    if new.met_on < grant.start:
        return {"met_on": f"Forløbet begynder den {grant.start:%d.%m.%Y}. Mødet skal ligge på den dag eller senere."}
    if new.met_on > last_day:
        text = f"Forløbet sluttede den {last_day:%d.%m.%Y}. Møder efter den dag kan ikke registreres."
        return {"met_on": f"{text} Ret datoen, eller tal med sagsbehandleren."}
    if new.next_on is not None and new.next_on <= new.met_on:
        return {"next_on": "Næste møde skal ligge efter det møde, du registrerer."}
    if new.next_on is not None and new.next_on > new.met_on + FURTHEST_AHEAD:
        return {"next_on": "Næste møde ligger mere end et år frem. Ret datoen."}
    return {}


def _errors_of_contact(new: NewMeeting) -> dict[str, str]:
    errors = {}
    if new.form not in CONTACT_FORMS:
        errors["form"] = "Vælg, hvordan I var i kontakt: Fremmøde, Telefon, Online eller Sms."
    if new.held and not 1 <= new.minutes <= LONGEST_MEETING:
        errors["minutes"] = "Skriv, hvor mange minutter det varede, fra 1 til 720 (12 timer)."
    if new.began is not None and not 0 <= new.began < MINUTES_OF_A_DAY:
        errors["began"] = "Skriv klokkeslættet, fx 10.30."
    if new.held and new.absence_reason:
        errors["absence_reason"] = "Et møde, der blev afholdt, har ingen grund til fravær."
    if not new.held and new.absence_reason not in ABSENCE_REASONS:
        errors["absence_reason"] = f"Vælg, hvorfor mødet ikke blev afholdt: {', '.join(ABSENCE_REASONS.values())}."
    return errors


def _errors_of_words(new: NewMeeting) -> dict[str, str]:
    errors = {
        name: f"Skriv højst {length} tegn." for name, length in LENGTHS.items() if len(getattr(new, name)) > length
    }
    if not set(new.topics) <= set(TASKS):
        errors["topics"] = "Vælg opgaver fra listen."
    if not set(new.subjects) <= set(SUBJECTS):
        errors["subjects"] = "Vælg emner fra listen."
    if new.progress and new.progress not in PROGRESS:
        errors["progress"] = "Vælg en af mulighederne."
    return errors


def _errors_of_goal(session: Session, grant: Grant, new: NewMeeting) -> dict[str, str]:
    if new.goal_id is None:
        return {}
    there = session.scalar(select(Goal.id).where(Goal.id == new.goal_id, Goal.grant_id == grant.id))
    return {} if there else {"goal_id": "Vælg et af forløbets mål."}


def _errors_of_overlap(session: Session, mentor_id: int, new: NewMeeting, instead_of: int | None) -> dict[str, str]:
    """Return an error where the mentor is in two meetings at once, in any course.

    It is known only where both have a time of day.
    """
    if not new.held or new.began is None:
        return {}
    same_day = select(Meeting.began, Meeting.minutes).where(
        Meeting.mentor_id == mentor_id,
        Meeting.met_on == new.met_on,
        Meeting.began.is_not(None),
        Meeting.held,
        ~Meeting.corrected,
        Meeting.id != (instead_of or 0),
    )
    for began, minutes in session.execute(same_day):
        if began is not None and began < new.began + new.minutes and new.began < began + minutes:
            when = f"kl. {clock(began)}-{clock(began + minutes)}"
            return {
                "began": f"Tiden overlapper et møde, der er registreret samme dag {when}. Ret tidspunkt eller varighed."
            }
    return {}


def _errors_of_twin(session: Session, grant: Grant, new: NewMeeting, instead_of: int | None) -> dict[str, str]:
    """Return an error for a contact that repeats one in the log.

    It was saved once already, before the answer reached the browser.
    """
    same_day = select(Meeting).where(
        Meeting.grant_id == grant.id,
        Meeting.met_on == new.met_on,
        ~Meeting.corrected,
        Meeting.id != (instead_of or 0),
    )
    if all(told_of(row) != values_of(new) for row in session.scalars(same_day)):
        return {}
    return {"began": "Mødet er allerede registreret. Skriv klokkeslættet, hvis det er et andet møde samme dag."}
