"""Lets a mentor log a meeting, and a citizen confirm one, through a signed link without a login.

A page shows only initials, case number and days: no name, CPR number, aim or task. A used link shows what was answered
only in the browser that wrote it, and for an hour.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.course_change import LOG_LINK as LOG
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_check import NewMeeting, check, told_of, values_of
from jobcenter_mentor.casework.meetings.contact_deadline import last_day_of
from jobcenter_mentor.casework.meetings.course_log import contact_words
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.service import keep, row_of, warnings_of
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import add_working_days
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import now
from jobcenter_mentor.platform.links import service as links
from jobcenter_mentor.platform.links.models import Link
from jobcenter_mentor.platform.links.service import Subject

CONFIRM = "confirm"
LONGEST_DAYS, USUAL_DAYS = 92, 30
CONFIRM_TIME = timedelta(days=14)
TIME_TO_MEND = timedelta(hours=1)
"""How long the person who used a link sees what was written, and may correct it."""
DAYS_TO_ASK = 2
"""Working days to find out why the citizen says a logged meeting was not held."""
ANSWERS = ("yes", "no", "unsure")


@dataclass(frozen=True)
class OutsidePage:
    """The page behind a mentor's link: initials, case number and minutes granted a week.

    `receipt` is what was logged, shown to its writer. If `is_spent` without a receipt, the page thanks and says no
    more. `told` is the log entry to correct.
    """

    initials: str
    case_number: str
    start: date
    last_day: date
    granted: int
    is_spent: bool = False
    receipt: str = ""
    met_on: date | None = None
    warnings: tuple[str, ...] = ()
    told: dict[str, Any] | None = None


@dataclass(frozen=True)
class ConfirmPage:
    """The page where the citizen confirms: the day and kind of the contact, and the answer for the person who gave it.

    If `is_spent` without an answer, the page thanks and says no more.
    """

    met_on: date
    form: str
    contact: str
    is_spent: bool
    answer: str


def usual_expiry(grant: Grant, on: date) -> date:
    """Return the suggested last day of a link: in thirty days, or a week after the course ends if that is earlier."""
    return max(on, min(on + timedelta(days=USUAL_DAYS), last_day_of(grant) + timedelta(days=7)))


def make_log_link(session: Session, public_id: str, *, expires_on: date, actor: Actor) -> tuple[Grant, str]:
    """Make a link for a mentor to log one meeting with; returns course and token. Raises NotFound, ValidationFailed."""
    grant = grants.get_grant(session, public_id, actor=actor, action="log.link")
    if grant.mentor_id is None:
        raise ValidationFailed("Forløbet har ingen mentor. Vælg en mentor først.")
    if expires_on > actor.day + timedelta(days=LONGEST_DAYS):
        message = f"Linket kan højst gælde i {LONGEST_DAYS} dage."
        raise ValidationFailed(message, errors={"expires_on": [message]})
    subject = Subject("grant", public_id)
    seen = [grant.citizen_id]
    return grant, links.make(session, purpose=LOG, subject=subject, expires_on=expires_on, actor=actor, citizens=seen)


def make_confirm_link(session: Session, public_id: str, *, actor: Actor) -> tuple[Meeting, Grant, str]:
    """Make a link for the citizen to confirm a meeting, valid for fourteen days. Raises NotFound, InvalidTransition."""
    meeting = session.scalar(
        visible(select(Meeting).where(Meeting.public_id == public_id), Meeting, actor.user, "log.link", actor.day)
    )
    if meeting is None:
        raise NotFound("Mødet findes ikke.")
    if meeting.corrected or not meeting.held:
        raise InvalidTransition("Kun et møde, der er afholdt og ikke rettet siden, kan bekræftes.")
    grant = session.get_one(Grant, meeting.grant_id)
    expires_on, subject = actor.day + CONFIRM_TIME, Subject("meeting", public_id)
    token = links.make(
        session, purpose=CONFIRM, subject=subject, expires_on=expires_on, actor=actor, citizens=[grant.citizen_id]
    )
    return meeting, grant, token


def open_log(session: Session, token: str, *, wrote: Collection[str], on: date) -> OutsidePage:
    """Return the page of a mentor's link, used or not. Raises NotFound when the link is invalid.

    `wrote` are the ids of the links that the browser has used.
    """
    link = links.get_link(session, token, purpose=LOG, on=on)
    grant = _course_of(session, link)
    granted = grant.minutes_on(min(max(on, grant.start), last_day_of(grant)))
    page = OutsidePage(grant.citizen.initials, grant.case_number, grant.start, last_day_of(grant), granted)
    _seen(session, link, grant.citizen_id)
    if link.spent_at is None:
        return page
    if not _is_writer(link, wrote):
        return replace(page, is_spent=True)
    meeting = session.scalars(select(Meeting).where(Meeting.public_id == link.result_id)).one()
    told, warnings = told_of(meeting), tuple(warnings_of(session, grant, meeting))
    return replace(
        page, is_spent=True, receipt=contact_words(meeting), met_on=meeting.met_on, warnings=warnings, told=told
    )


def log(session: Session, token: str, new: NewMeeting, *, on: date, law: Law) -> str:
    """Log the meeting with the link and return the link's id, for the browser to store.

    The first valid answer uses the link up; the same form again changes nothing, and a refused answer leaves the
    link open. Raises NotFound, Conflict for another form, ValidationFailed by field.
    """
    said = json.dumps([new.form_id, values_of(new)], default=str, sort_keys=True, ensure_ascii=False)
    spending = links.spend(session, token, purpose=LOG, body=said, on=on)
    link = spending.link
    if not spending.is_first:
        return link.public_id
    grant = _course_of(session, link)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    if grant.mentor_id is None:
        raise ValidationFailed("Forløbet har ingen mentor længere. Ring til jobcentret.")
    check(session, grant, new, mentor_id=grant.mentor_id, on=on)
    meeting = row_of(grant, new)
    meeting.mentor_id, meeting.link_id = grant.mentor_id, link.id
    keep(session, grant, meeting, "meeting.log", actor=Actor(link.made_by, on), law=law, through=link.public_id)
    link.result_id = meeting.public_id
    return link.public_id


def mend(session: Session, token: str, new: NewMeeting, *, wrote: Collection[str], on: date, law: Law) -> None:
    """Correct what was written by link, within the hour and from the same browser; the old text is stored.

    Raises NotFound, InvalidTransition when it is too late, Conflict where the jobcentre has corrected it, and
    ValidationFailed by field.
    """
    link = links.get_link(session, token, purpose=LOG, on=on, locked=True)
    if link.spent_at is None or not _is_writer(link, wrote):
        raise InvalidTransition("Mødet kan ikke rettes med linket længere. Ring til jobcentret.")
    grant = _course_of(session, link)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    meeting = session.scalars(select(Meeting).where(Meeting.public_id == link.result_id)).one()
    if meeting.corrected:
        raise Conflict("Jobcentret har rettet mødet i mellemtiden. Ring, hvis der stadig er noget forkert.")
    if told_of(meeting) == values_of(new):
        return
    check(session, grant, new, mentor_id=meeting.mentor_id, on=on, instead_of=meeting.id)
    corrected = row_of(grant, new)
    corrected.mentor_id, corrected.link_id, corrected.corrects_id = meeting.mentor_id, link.id, meeting.id
    meeting.corrected = True
    keep(session, grant, corrected, "meeting.correct", actor=Actor(link.made_by, on), law=law, through=link.public_id)
    link.result_id = corrected.public_id


def open_confirmation(session: Session, token: str, *, wrote: Collection[str], on: date) -> ConfirmPage:
    """Return the page of a citizen's link, used or not. Raises NotFound when it is invalid.

    `wrote` is as in `open_log`.
    """
    link = links.get_link(session, token, purpose=CONFIRM, on=on)
    meeting, grant = _meeting_of(session, link)
    _seen(session, link, grant.citizen_id)
    answer = meeting.citizen_answer if _is_writer(link, wrote) else ""
    return ConfirmPage(meeting.met_on, meeting.form, contact_words(meeting), link.spent_at is not None, answer)


def confirm(session: Session, token: str, answer: str, *, form_id: str, on: date) -> str:
    """Store the citizen's answer on whether the contact took place; a no plans a follow-up.

    Returns and raises as `log`.
    """
    if answer not in ANSWERS:
        raise ValidationFailed("Vælg et svar.", errors={"answer": ["Vælg et svar."]})
    spending = links.spend(session, token, purpose=CONFIRM, body=f"{form_id} {answer}", on=on)
    link = spending.link
    if not spending.is_first:
        return link.public_id
    meeting, grant = _meeting_of(session, link)
    meeting.citizen_answer, meeting.citizen_answered_on = answer, on
    link.result_id = meeting.public_id
    session.flush()
    audit.record(
        session,
        by=None,
        action="meeting.confirm",
        subject="meeting",
        subject_id=meeting.public_id,
        citizens=[grant.citizen_id],
        detail={"answer": answer, "link": link.public_id},
    )
    if answer == "no":
        what = f"Borgeren siger, at mødet den {meeting.met_on:%d.%m.%Y} ikke blev afholdt. Spørg begge"
        due = add_working_days(on, DAYS_TO_ASK)
        denied = Deadline("confirmation", due, "dl.confirmation", "local", "kommunens standard", what)
        followups.plan(session, [denied], case=case_of(grant), actor=Actor(link.made_by, on))
    return link.public_id


def _is_writer(link: Link, wrote: Collection[str]) -> bool:
    """Tell whether the browser that asks used the link within the last hour."""
    return link.spent_at is not None and link.public_id in wrote and now() - link.spent_at <= TIME_TO_MEND


def _course_of(session: Session, link: Link) -> Grant:
    return session.scalars(select(Grant).where(Grant.public_id == link.subject_id)).one()


def _meeting_of(session: Session, link: Link) -> tuple[Meeting, Grant]:
    """Return the newest version of the meeting, and its course."""
    meeting = session.scalars(select(Meeting).where(Meeting.public_id == link.subject_id)).one()
    while meeting.corrected:
        meeting = session.scalars(select(Meeting).where(Meeting.corrects_id == meeting.id)).one()
    return meeting, session.get_one(Grant, meeting.grant_id)


def _seen(session: Session, link: Link, citizen_id: int) -> None:
    detail = {"link": link.public_id}
    audit.record(
        session,
        by=None,
        action="link.read",
        subject="link",
        subject_id=link.public_id,
        citizens=[citizen_id],
        detail=detail,
    )
