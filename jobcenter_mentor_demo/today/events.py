"""Make the events of courses: other hours, an ending, an extension, a new mentor and a hearing, one of each."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import dispatch
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes import service as changes
from jobcenter_mentor.casework.changes.effect import ENDING, EXTENSION, HOURS
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants import hearing
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.matching import service as matching
from jobcenter_mentor.domain.kernel.periods import months_after
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor_demo.today.cases import DAY
from jobcenter_mentor_demo.today.casework import TodayCasework

CHANGED_ON = date(2026, 9, 7)
UNSENT = DAY - timedelta(days=4)
"""Letters dated later are not marked as sent yet."""


class CaseStaff(NamedTuple):
    """The staff of a case: the caseworker proposes, the leader approves."""

    worker: User
    leader: User


def happen(session: Session, work: TodayCasework, law: Law) -> None:
    """Make the events of the courses whose cases have them."""
    acts = {"hours": _more_hours, "ending": _end, "extension": _extend, "mentor": _new_mentor, "hearing": _fewer}
    for case, grant in list(work.granted):
        act = acts.get(case.event)
        if act is not None:
            act(session, grant, CaseStaff(work.users[case.worker], work.leader_of(case.kind.team)), law)


def send(session: Session, by: User) -> None:
    """Mark the letters as sent on their date, except for the newest."""
    for letter in session.scalars(select(Letter).where(Letter.sent_on <= UNSENT).order_by(Letter.id)).all():
        dispatch.mark(session, letter, channel="digital", sent_on=letter.sent_on, actor=Actor(by, DAY))


def _more_hours(session: Session, grant: Grant, by: CaseStaff, law: Law) -> None:
    minutes = grant.minutes_on(CHANGED_ON) + 60
    reason = "Du begynder i praktik og har brug for støtte de første uger."
    new = NewChange(HOURS, reason, start=CHANGED_ON + timedelta(days=7), minutes_per_week=minutes)
    _carry_out(
        session, changes.propose(session, grant, new, actor=Actor(by.worker, CHANGED_ON), law=law), by.leader, law
    )


def _end(session: Session, grant: Grant, by: CaseStaff, law: Law) -> None:
    new = NewChange(
        ENDING,
        "Du har nået målet og siger selv, at du klarer dig uden mentor.",
        end_code="goal",
        last_day=CHANGED_ON + timedelta(days=21),
        considerations="Målet er nået, og du har sagt ja til at stoppe.",
    )
    decision = changes.propose(session, grant, new, actor=Actor(by.worker, CHANGED_ON), law=law)
    hearing.leave_out(session, decision, reason="Borgeren har selv bedt om at stoppe.", by=by.worker)
    _carry_out(session, decision, by.leader, law)


def _extend(session: Session, grant: Grant, by: CaseStaff, law: Law) -> None:
    last_day = min(months_after(grant.last_day, 1), date(2026, 12, 31))
    new = NewChange(EXTENSION, "Målet er tæt på.", last_day=last_day, minutes_per_week=120)
    _carry_out(
        session, changes.propose(session, grant, new, actor=Actor(by.worker, CHANGED_ON), law=law), by.leader, law
    )


def _new_mentor(session: Session, grant: Grant, by: CaseStaff, law: Law) -> None:
    """Choose another mentor, and tell the citizen by letter."""
    amal = session.scalars(select(User).where(User.username == "amal")).one()
    candidates = matching.propose(session, grant, actor=Actor(amal, CHANGED_ON), law=law)
    other = next(one.mentor for one in candidates if one.mentor.id != grant.mentor_id and _is_internal(one.mentor))
    reason = "Mentoren er gået på orlov."
    matching.choose(session, grant, other, choice_reason=reason, actor=Actor(amal, CHANGED_ON), law=law)
    session.refresh(grant)
    reason = "Din mentor er gået på orlov."
    draft = writing.mentor_draft(session, grant, reason=reason, actor=Actor(by.worker, CHANGED_ON), law=law)
    changes.send_mentor_letter(
        session, grant, letter=(draft, letters.render(draft)), actor=Actor(by.worker, CHANGED_ON)
    )


def _is_internal(mentor: Mentor) -> bool:
    return mentor.supplier_id is None and mentor.mentor_type == "INT"


def _fewer(session: Session, grant: Grant, by: CaseStaff, law: Law) -> None:
    """Propose fewer hours and hear the citizen, whose answer is still missing."""
    on = DAY - timedelta(days=4)
    new = NewChange(
        HOURS,
        "Du klarer selv morgenen.",
        start=DAY + timedelta(days=18),
        minutes_per_week=grant.minutes_on(on) - 60,
    )
    decision = changes.propose(session, grant, new, actor=Actor(by.worker, on), law=law)
    fact = NewFact("Du er selv kommet af sted hver morgen i fire uger.", "din mentor", on - timedelta(days=6))
    facts.add(session, decision, fact, actor=Actor(by.worker, on))
    planned = writing.planned_words(grant, decision)
    basis = writing.hearing_basis(grant, decision, law, on)
    draft = hearing.draft(session, decision, planned=planned, legal_basis=basis, on=on, law=law)
    hearing.send(session, decision, letter=(draft, letters.render(draft)), actor=Actor(by.worker, on), law=law)


def _carry_out(session: Session, decision: Decision, leader: User, law: Law) -> None:
    draft = changes.letter_draft(session, decision, on=CHANGED_ON, law=law)
    letter = (draft, letters.render(draft))
    changes.approve(session, decision, actor=Actor(leader, CHANGED_ON), law=law, letter=letter)
