"""Substitutes (vikarer): who can take over an absent mentor's courses before the next legal contact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.matching.choice import (
    Answers,
    Choice,
    lock_course,
    lock_mentor,
    outside_of,
    price_of,
    require_none_waiting,
    waiting_in,
)
from jobcenter_mentor.casework.matching.corps_capacity import HORIZON, active_mentors, load_of
from jobcenter_mentor.casework.matching.models import Substitute
from jobcenter_mentor.casework.matching.offers import needs_of, offer_of, ties_of
from jobcenter_mentor.casework.matching.reassessment import Matched, reassess
from jobcenter_mentor.casework.matching.weights.service import weights_on
from jobcenter_mentor.domain.kernel.capacity import monday_of, period_words
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.ranking import Fit, rank
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

CONTACT = "contact"
SHOWN = 3
SICK_DAYS = 14


@dataclass(frozen=True)
class Standin:
    """A possible substitute (vikar): the mentor and how it fits."""

    mentor: Mentor
    fit: Fit


@dataclass(frozen=True)
class CourseWithout:
    """A course without its mentor: the next legal contact if any, who covers already, and the best who could."""

    grant: Grant
    contact_by: date | None
    standing_in: Mentor | None
    best: Sequence[Standin]
    waits_at: str = ""


@dataclass(frozen=True)
class CoveredAbsence:
    """An absence, both days included, and the courses it touches, the next contact first."""

    mentor: Mentor
    first_day: date
    last_day: date
    courses: Sequence[CourseWithout]

    @property
    def days(self) -> str:
        """Return the days in words."""
        return period_words(self.first_day, self.last_day)


def substitutes_for(session: Session, mentor: Mentor, *, actor: Actor, law: Law) -> CoveredAbsence:
    """Return substitutes for a mentor's courses in this or the next absence, else for two weeks; logs the look."""
    first, last = absence_of(mentor, actor.day)
    grants = _courses(session, mentor, first, last, actor)
    standing = _standing_in(session, [grant.id for grant in grants], first, last)
    waiting = waiting_in(session, [grant.id for grant in grants])
    found = [
        CourseWithout(
            grant,
            contact_by(session, grant),
            standing.get(grant.id),
            [] if grant.id in standing else _ranked(session, grant, mentor, (first, last), actor.user, law)[:SHOWN],
            waiting[grant.id].public_id if grant.id in waiting else "",
        )
        for grant in grants
    ]
    audit.record(
        session,
        by=actor.user,
        action="match.substitutes",
        subject="mentor",
        subject_id=mentor.public_id,
        citizens=[grant.citizen_id for grant in grants],
    )
    found.sort(key=lambda one: (one.contact_by or date.max, one.grant.case_number))
    return CoveredAbsence(mentor, first, last, found)


def appoint(
    session: Session,
    mentor: Mentor,
    *,
    grant_id: str,
    substitute_id: str,
    beyond_normal: bool | None = None,
    actor: Actor,
    law: Law,
) -> Substitute:
    """Vælg en vikar within what was approved. Raises Conflict beyond it, else as `weigh` does."""
    answers = Answers(beyond_normal=beyond_normal)
    choice = weigh_for(session, mentor, grant_id, substitute_id, answers, actor=actor, law=law)
    if choice.outside:
        raise Conflict(f"Vikaren skal godkendes af en anden. {' '.join(choice.outside)}")
    return book(session, choice, days_of(choice.grant, mentor, actor.day), by=actor.user)


def weigh_for(
    session: Session,
    mentor: Mentor,
    grant_id: str,
    substitute_id: str,
    answers: Answers,
    *,
    actor: Actor,
    law: Law,
) -> Choice:
    """Weigh a substitute for one course of an absent mentor, both by public id. Raises NotFound, else as `weigh`."""
    courses = _courses(session, mentor, *absence_of(mentor, actor.day), actor)
    grant = next((one for one in courses if one.public_id == grant_id), None)
    other = session.scalar(select(Mentor).where(Mentor.public_id == substitute_id))
    if grant is None or other is None:
        raise NotFound("Forløbet eller vikaren findes ikke.")
    return weigh(session, grant, other, days_of(grant, mentor, actor.day), answers, actor=actor, law=law)


def weigh(
    session: Session,
    grant: Grant,
    other: Mentor,
    days: tuple[date, date],
    answers: Answers,
    *,
    decision: Decision | None = None,
    actor: Actor,
    law: Law,
) -> Choice:
    """Weigh a substitute for the days, both included: limits, and the law asked again with type and price.

    Raises Conflict where somebody covers or waits for approval already, ValidationFailed naming the limit that is
    broken or the question that is open.
    """
    grant = lock_course(session, grant, None)
    require_none_waiting(session, grant, decision)
    other, absent = lock_mentor(session, other.id), grant.mentor
    if absent is None or grant.id in _standing_in(session, [grant.id], *days):
        raise Conflict("Forløbet har allerede en vikar i perioden." if absent else "Forløbet har ingen mentor.")
    ranked = _ranked(session, grant, absent, days, actor.user, law)
    place, found = next(((n, one) for n, one in enumerate(ranked, 1) if one.mentor.id == other.id), (0, None))
    if found is None or found.fit.blocked:
        limit = found.fit.blocked[0] if found else "er ikke aktiv i mentorkorpset"
        raise ValidationFailed(f"{other.name} kan ikke være vikar: {limit}.", errors={"mentor": [limit]})
    price = price_of(session, other, days[0], law)
    appraisal = reassess(session, grant, Matched(other, price, *days, answers.beyond_normal), on=actor.day, law=law)
    return Choice(grant, other, answers, place, found.fit, price, appraisal, tuple(outside_of(grant, other, price)))


def book(session: Session, choice: Choice, days: tuple[date, date], *, by: User) -> Substitute:
    """Book the days with the substitute; the course keeps its mentor."""
    grant, other = choice.grant, choice.mentor
    row = Substitute(
        grant_id=grant.id,
        absent_id=grant.mentor_id,
        mentor_id=other.id,
        first_day=days[0],
        last_day=days[1],
        reasons=list(choice.fit.reasons),
        by_id=by.id,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        by=by,
        action="match.appoint",
        subject="grant",
        subject_id=grant.public_id,
        citizens=[grant.citizen_id],
        detail={"mentor": other.public_id, "first": f"{row.first_day}", "last": f"{row.last_day}"},
    )
    return row


def days_of(grant: Grant, absent: Mentor, on: date) -> tuple[date, date]:
    """Return the days of the absence within the course, both included."""
    first, last = absence_of(absent, on)
    return first, min(last, grant.last_day)


def absence_of(mentor: Mentor, on: date) -> tuple[date, date]:
    """Return the days left of the running or next absence; without one, two weeks from today."""
    ahead = sorted((row.first_day, row.last_day) for row in mentor.absences if row.last_day >= on)
    if not ahead:
        return on, on + timedelta(days=SICK_DAYS - 1)
    return max(on, ahead[0][0]), ahead[0][1]


def end_standing_in(
    session: Session, last_day: date, *, absent_id: int | None = None, grant_id: int | None = None
) -> None:
    """End substitutions when the mentor is back or the course has another: no hours and no access after the day."""
    statement = select(Substitute).where(Substitute.last_day > last_day)
    if absent_id is not None:
        statement = statement.where(Substitute.absent_id == absent_id)
    if grant_id is not None:
        statement = statement.where(Substitute.grant_id == grant_id)
    for row in session.scalars(statement):
        row.last_day = last_day


def contact_by(session: Session, grant: Grant) -> date | None:
    """Return the day of the next legal contact; None where no such contact is due."""
    due = followups.find_open(session, grant.id, CONTACT)
    return due.due_on if due is not None else None


def _courses(session: Session, mentor: Mentor, first: date, last: date, actor: Actor) -> Sequence[Grant]:
    ended = func.coalesce(Grant.ended_on, Grant.last_day)
    own = select(Grant).where(Grant.mentor_id == mentor.id, Grant.start <= last, ended >= first)
    return session.scalars(
        visible(own, Grant, actor.user, "match.confirm", actor.day).order_by(Grant.case_number)
    ).all()


def _standing_in(session: Session, grant_ids: list[int], first: date, last: date) -> dict[int, Mentor]:
    rows = session.execute(
        select(Substitute.grant_id, Mentor)
        .join(Mentor, Mentor.id == Substitute.mentor_id)
        .where(Substitute.grant_id.in_(grant_ids), Substitute.first_day <= last, Substitute.last_day >= first)
    )
    return {row.grant_id: row.Mentor for row in rows}


def _ranked(
    session: Session, grant: Grant, absent: Mentor, days: tuple[date, date], by: User, law: Law
) -> list[Standin]:
    """Rank the others for the days of the absence; those who cannot reach the next contact meet a limit."""
    first, last = days
    asked = needs_of(session, [grant], on=first)[grant.id]
    until = min(asked.last or last, last)
    need = replace(asked, contact_by=contact_by(session, grant), last=until)
    active = active_mentors(by=by, first=first, last=first).where(Mentor.id != absent.id)
    mentors = {mentor.id: mentor for mentor in session.scalars(active)}
    loads = load_of(session, monday_of(first), monday_of(first) + timedelta(days=7 * HORIZON - 1))
    ties = ties_of(session, [grant], first)
    offers = [
        ties.on(offer_of(one, loads[key], need.start, law=law, until=until), grant.citizen_id)
        for key, one in mentors.items()
    ]
    return [Standin(mentors[offer.key], fit) for offer, fit in rank(need, offers, weights_on(session, first))]
