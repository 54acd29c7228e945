"""Decides what counts as contact, when the next is due, and which follow-ups a logged contact moves (kontaktkravet).

LAB §§ 93, 96, stk. 3, and 96 c: right-and-duty mentors have contact at least once in every interval, by the gap rule.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.grants.contact_rule import due_after, next_due
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.needs import CONTACT_FORMS
from jobcenter_mentor.domain.kernel.periods import add_working_days
from jobcenter_mentor.domain.law.deadlines import Deadline, NextContact
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

ONE_DAY = timedelta(days=1)
CONTACT, FIRST_CONTACT, ABSENCES, CONCERN = "contact", "first_contact", "absences", "concern"
DAYS_TO_TALK = 5
EVERY_WEEK = 7


class LogEntry(NamedTuple):
    """A contact in the log as the page of a course reads it; `corrected` texts have been replaced by a newer entry."""

    met_on: date
    minutes: int
    form: str
    held: bool
    special_reason: str
    corrected: bool
    note: str


def counts_as_contact(meeting: Meeting | LogEntry) -> bool:
    """Tell whether the contact counts by law: held in person, or by phone or online with a special reason.

    A text message never counts. LAB §§ 93 and 96 c, remarks of L 66; rule lab2014.rp.contactform.
    """
    special = meeting.form in ("phone", "online") and bool(meeting.special_reason)
    return meeting.held and not meeting.corrected and (meeting.form == "in_person" or special)


def counting() -> ColumnElement[bool]:
    """Build the condition of `counts_as_contact` for a query."""
    special = and_(Meeting.form.in_(("phone", "online")), Meeting.special_reason != "")
    return and_(Meeting.held, ~Meeting.corrected, or_(Meeting.form == "in_person", special))


def contacts_of(session: Session, grant_ids: Iterable[int]) -> dict[int, list[date]]:
    """Return the days with a contact that counts for each given course, in order; one statement."""
    found: dict[int, list[date]] = {grant_id: [] for grant_id in grant_ids}
    rows = session.execute(
        select(Meeting.grant_id, Meeting.met_on)
        .where(Meeting.grant_id.in_(found), counting())
        .order_by(Meeting.grant_id, Meeting.met_on)
    )
    for grant_id, met_on in rows:
        found[grant_id].append(met_on)
    return found


def last_day_of(grant: Grant) -> date:
    """Return the last day of the course, the earlier one where it was ended early."""
    return min(grant.last_day, grant.ended_on or grant.last_day)


def contact_due(grant: Grant, contacts: Sequence[date], law: Law) -> date | None:
    """Return the last day for the next contact: the last legal contact (or the start) plus the interval.

    A gap as long as the interval is allowed; one day more is a breach. None where there is no interval, and when
    the course ends first.
    """
    found = _next_contact(grant, contacts, law)
    return found.due if found else None


def _next_contact(grant: Grant, contacts: Sequence[date], law: Law) -> NextContact | None:
    found = next_due(grant, max([grant.start, *contacts]), law)
    return found if found is not None and found.due <= last_day_of(grant) else None


def broken_days(grant: Grant, contacts: Iterable[date], until: date, law: Law) -> list[tuple[date, date]]:
    """Return the days in breach as pairs of first and last: the part of each gap beyond the interval.

    The day of the late contact is included. The first gap runs from the start of the course, the last one to
    `until`.
    """
    known = sorted({grant.start, *(day for day in contacts if grant.start <= day <= until)})
    gaps = zip(known, [*known[1:], until], strict=True)
    dues = [(due_after(grant, before, law), after) for before, after in gaps]
    return [(due + ONE_DAY, after) for due, after in dues if due is not None and due < after]


def move_deadlines(
    session: Session, grant: Grant, meeting: Meeting, *, actor: Actor, writer: User | None, law: Law
) -> None:
    """Settle, move and plan the follow-ups that a logged or corrected contact affects.

    `writer` is who logged it, None where it came by link; the actor is then who made the link.
    """
    if meeting.held and meeting.form != "sms":
        result = f"Første kontakt den {meeting.met_on:%d.%m.%Y}"
        followups.settle_kind(session, grant.id, FIRST_CONTACT, result=result, by=writer, on=actor.day)
    elif meeting.corrects_id is not None and not _has_met(session, grant.id) and actor.day <= last_day_of(grant):
        followups.reopen(session, grant.id, FIRST_CONTACT, by=actor.user)
    if meeting.held and meeting.note:
        followups.settle_reports(session, grant.id, met_on=meeting.met_on, by=writer, on=actor.day)
    _keep_contact_deadline(session, grant, meeting, actor, writer, law)
    allowed = law.on(actor.day).whole("local.absences_in_a_row")
    _plan_talk_after_absences(session, grant, meeting, allowed, actor)
    _tell_of_concern(session, grant, meeting, actor)


def _has_met(session: Session, grant_id: int) -> bool:
    """Tell whether anybody met or spoke in the course; a text message is no contact."""
    met = select(Meeting.id).where(
        Meeting.grant_id == grant_id, Meeting.held, ~Meeting.corrected, Meeting.form != "sms"
    )
    return session.scalar(met.limit(1)) is not None


def _contact_deadline(grant: Grant, found: NextContact) -> Deadline:
    """Return the deadline of the next contact (LAB §§ 93, 96, stk. 3, and 96 c).

    The municipality's own interval gives a local deadline that says so.
    """
    legal = found.authority == "law"
    by_law = "dl.contact.2014" if found.days == EVERY_WEEK else "dl.contact.2016"
    return Deadline(
        kind=CONTACT,
        due=found.due,
        rule=by_law if legal else "dl.contact.local",
        section=f"{grant.legal_basis}, 2. pkt." if legal else "kommunens standard",
        authority=found.authority,
        what=f"Borger og mentor skal have haft kontakt, mindst hver {found.days}. dag",
    )


def _absence_deadline(count: int, on: date) -> Deadline:
    """Return the local deadline to talk with both parties, five working days after so many absences in a row."""
    return Deadline(
        kind=ABSENCES,
        due=add_working_days(on, DAYS_TO_TALK),
        rule="dl.absences",
        section="kommunens standard",
        authority="local",
        what=f"Tal med borger og mentor, borgeren er udeblevet {count} gange i træk",
    )


def _keep_contact_deadline(
    session: Session, grant: Grant, meeting: Meeting, actor: Actor, writer: User | None, law: Law
) -> None:
    """Settle the open contact deadline when the contact counts, and plan the next; move it when a correction does."""
    found = _next_contact(grant, contacts_of(session, [grant.id])[grant.id], law)
    due = found.due if found else None
    planned = followups.find_open(session, grant.id, CONTACT)
    if due == (planned.due_on if planned else None):
        return
    if planned is not None and counts_as_contact(meeting) and (due is None or due > planned.due_on):
        result = f"{CONTACT_FORMS[meeting.form]} den {meeting.met_on:%d.%m.%Y}"
        followups.settle_kind(session, grant.id, CONTACT, result=result, by=writer, on=actor.day)
    elif planned is not None:
        followups.drop_open(session, grant.id, reason="Logbogen er rettet", actor=actor, kinds={CONTACT})
    if found is not None and actor.day <= last_day_of(grant):
        followups.plan(session, [_contact_deadline(grant, found)], case=case_of(grant), actor=actor)


def _plan_talk_after_absences(session: Session, grant: Grant, meeting: Meeting, allowed: int, actor: Actor) -> None:
    """Plan a talk at the citizen's third absence in a row (or the local figure), and at every third after it.

    A correction that leaves fewer absences cancels the talk.
    """
    is_absence = not meeting.held and meeting.absence_reason == "citizen"
    if not is_absence and meeting.corrects_id is None:
        return
    count = _absences_in_a_row(session, grant.id)
    if count < allowed and meeting.corrects_id is not None:
        followups.drop_open(session, grant.id, reason="Logbogen er rettet", actor=actor, kinds={ABSENCES})
    elif is_absence and count % allowed == 0 and followups.find_open(session, grant.id, ABSENCES) is None:
        followups.plan(session, [_absence_deadline(count, actor.day)], case=case_of(grant), actor=actor)


def _tell_of_concern(session: Session, grant: Grant, meeting: Meeting, actor: Actor) -> None:
    """Plan a talk the same day when the mentor is worried; one open at a time, also where a log is corrected."""
    if not meeting.concern or followups.find_open(session, grant.id, CONCERN) is not None:
        return
    what = f"Mentoren er bekymret for borgeren (møde den {meeting.met_on:%d.%m.%Y}). Læs noten, og ring i dag"
    concern = Deadline(CONCERN, actor.day, "dl.concern", "local", "kommunens standard", what)
    followups.plan(session, [concern], case=case_of(grant), actor=actor)


def _absences_in_a_row(session: Session, grant_id: int) -> int:
    """Count the citizen's absences since the last meeting held; text messages and others' absences don't matter."""
    count = 0
    statement = select(Meeting).where(Meeting.grant_id == grant_id, ~Meeting.corrected, Meeting.form != "sms")
    for row in session.scalars(statement.order_by(Meeting.met_on.desc(), Meeting.id.desc())):
        if row.held:
            break
        count += row.absence_reason == "citizen"
    return count
