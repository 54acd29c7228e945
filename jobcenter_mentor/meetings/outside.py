"""Mentor og borger uden log-ind: a meeting logged and a meeting confirmed through a signed link.

Nothing here hands out a name, a CPR number, an aim or a task: initials, case number and days are all a page shows.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.domain.deadlines import Deadline
from jobcenter_mentor.domain.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.periods import add_working_days
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.grants import service as grants
from jobcenter_mentor.grants.changing import LOG_LINK as LOG
from jobcenter_mentor.grants.deciding import case_of
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.links import service as links
from jobcenter_mentor.links.models import Link
from jobcenter_mentor.links.service import Subject
from jobcenter_mentor.meetings.checking import NewMeeting, check, values_of
from jobcenter_mentor.meetings.contact import last_day_of
from jobcenter_mentor.meetings.history import contact_words
from jobcenter_mentor.meetings.models import Meeting
from jobcenter_mentor.meetings.service import keep, row_of

CONFIRM = "confirm"
LONGEST_DAYS, USUAL_DAYS = 92, 30
CONFIRM_TIME = timedelta(days=14)
DAYS_TO_ASK = 2
"""Working days to find out when the citizen says a logged meeting was not held."""


@dataclass(frozen=True)
class OutsidePage:
    """Siden bag linket: initials and case number; `receipt` is what was logged, empty until then."""

    initials: str
    case_number: str
    start: date
    last_day: date
    receipt: str = ""
    met_on: date | None = None


@dataclass(frozen=True)
class ConfirmPage:
    """Siden, hvor borgeren bekræfter: the meeting's day and form; `answer` is yes or no once it is given."""

    met_on: date
    contact: str
    answer: str


def usual_expiry(grant: Grant, on: date) -> date:
    """Linkets sidste dag til forslag: thirty days on, or a week after the course ends where that is sooner."""
    return max(on, min(on + timedelta(days=USUAL_DAYS), last_day_of(grant) + timedelta(days=7)))


def make_log_link(session: Session, public_id: str, *, expires_on: date, by: User, on: date) -> tuple[Grant, str]:
    """Lav et link, som mentor logger ét møde med; returns course and token. Raises NotFound, ValidationFailed."""
    grant = grants.get_grant(session, public_id, by=by, on=on, action="log.link")
    if grant.mentor_id is None:
        raise ValidationFailed("Forløbet har ingen mentor. Vælg en mentor først.")
    if expires_on > on + timedelta(days=LONGEST_DAYS):
        message = f"Linket kan højst gælde i {LONGEST_DAYS} dage."
        raise ValidationFailed(message, errors={"expires_on": [message]})
    subject = Subject("grant", public_id)
    seen = [grant.citizen_id]
    return grant, links.make(
        session, purpose=LOG, subject=subject, expires_on=expires_on, by=by, on=on, citizens=seen
    )  # fmt: skip


def make_confirm_link(session: Session, public_id: str, *, by: User, on: date) -> tuple[Meeting, Grant, str]:
    """Lav et link, som borgeren bekræfter et møde med; good for fourteen days. Raises NotFound, InvalidTransition."""
    meeting = session.scalar(
        visible(select(Meeting).where(Meeting.public_id == public_id), Meeting, by, "log.link", on)
    )
    if meeting is None:
        raise NotFound("Mødet findes ikke.")
    if meeting.corrected or not meeting.held:
        raise InvalidTransition("Kun et møde, der er holdt og ikke rettet siden, kan bekræftes.")
    grant = session.get_one(Grant, meeting.grant_id)
    expires_on, subject = on + CONFIRM_TIME, Subject("meeting", public_id)
    token = links.make(
        session, purpose=CONFIRM, subject=subject, expires_on=expires_on, by=by, on=on, citizens=[grant.citizen_id]
    )  # fmt: skip
    return meeting, grant, token


def open_log(session: Session, token: str, *, on: date) -> OutsidePage:
    """Åbn mentors link, spent or not. Raises NotFound when it is no good."""
    link = links.get_link(session, token, purpose=LOG, on=on)
    grant = _course_of(session, link)
    page = OutsidePage(grant.citizen.initials, grant.case_number, grant.start, last_day_of(grant))
    _seen(session, link, grant.citizen_id)
    if link.spent_at is None:
        return page
    meeting = session.scalars(select(Meeting).where(Meeting.public_id == link.result_id)).one()
    return replace(page, receipt=contact_words(meeting), met_on=meeting.met_on)


def log(session: Session, token: str, new: NewMeeting, *, on: date) -> None:
    """Log mødet med linket: the first valid answer spends it, the same again changes nothing.

    Raises NotFound, Conflict for another answer, ValidationFailed by field; a refused answer doesn't spend the link.
    """
    said = json.dumps(values_of(new), default=str, sort_keys=True, ensure_ascii=False)
    spending = links.spend(session, token, purpose=LOG, body=said, on=on)
    if not spending.is_first:
        return
    link = spending.link
    grant = _course_of(session, link)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    if grant.mentor_id is None:
        raise ValidationFailed("Forløbet har ingen mentor længere. Ring til jobcentret.")
    check(session, grant, new, mentor_id=grant.mentor_id, on=on)
    meeting = row_of(grant, new)
    meeting.mentor_id, meeting.link_id = grant.mentor_id, link.id
    keep(session, grant, meeting, "meeting.log", by=link.made_by, on=on, through=link.public_id)
    link.result_id = meeting.public_id


def open_confirmation(session: Session, token: str, *, on: date) -> ConfirmPage:
    """Åbn borgerens link, spent or not. Raises NotFound when it is no good."""
    link = links.get_link(session, token, purpose=CONFIRM, on=on)
    meeting, grant = _meeting_of(session, link)
    _seen(session, link, grant.citizen_id)
    return ConfirmPage(meeting.met_on, contact_words(meeting), meeting.citizen_answer if link.spent_at else "")


def confirm(session: Session, token: str, answer: str, *, on: date) -> None:
    """Borgeren svarer, om mødet blev holdt; a no becomes a follow-up. Raises as `log`."""
    if answer not in ("yes", "no"):
        raise ValidationFailed("Vælg ja eller nej.", errors={"answer": ["Vælg ja eller nej."]})
    spending = links.spend(session, token, purpose=CONFIRM, body=answer, on=on)
    if not spending.is_first:
        return
    link = spending.link
    meeting, grant = _meeting_of(session, link)
    meeting.citizen_answer, meeting.citizen_answered_on = answer, on
    link.result_id = meeting.public_id
    session.flush()
    audit.record(
        session, by=None, action="meeting.confirm", subject="meeting", subject_id=meeting.public_id,
        citizens=[grant.citizen_id], detail={"answer": answer, "link": link.public_id},
    )  # fmt: skip
    if answer == "no":
        what = f"Borgeren siger, at mødet den {meeting.met_on:%d.%m.%Y} ikke blev holdt. Spørg begge"
        due = add_working_days(on, DAYS_TO_ASK)
        denied = Deadline("confirmation", due, "dl.confirmation", "local", "kommunens standard", what)
        followups.plan(session, [denied], case=case_of(grant), by=link.made_by, on=on)


def _course_of(session: Session, link: Link) -> Grant:
    return session.scalars(select(Grant).where(Grant.public_id == link.subject_id)).one()


def _meeting_of(session: Session, link: Link) -> tuple[Meeting, Grant]:
    """Return the meeting in its newest text, and its course."""
    meeting = session.scalars(select(Meeting).where(Meeting.public_id == link.subject_id)).one()
    while meeting.corrected:
        meeting = session.scalars(select(Meeting).where(Meeting.corrects_id == meeting.id)).one()
    return meeting, session.get_one(Grant, meeting.grant_id)


def _seen(session: Session, link: Link, citizen_id: int) -> None:
    detail = {"link": link.public_id}
    audit.record(
        session, by=None, action="link.read", subject="link", subject_id=link.public_id, citizens=[citizen_id],
        detail=detail,
    )  # fmt: skip
