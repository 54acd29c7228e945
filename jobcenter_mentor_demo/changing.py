"""Make two changes that wait for approval: fewer hours with the citizen heard, and an extension."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes import service
from jobcenter_mentor.casework.changes.effect import EXTENSION, HOURS
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants import hearing
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.periods import months_after
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

MOST_TRIED = 20


def propose_changes(session: Session, law: Law) -> None:
    """Propose two changes in Lone's courses, the first ones that the law allows."""
    lone = session.scalars(select(User).where(User.username == "lone")).one()
    running = select(Grant).where(
        Grant.caseworker_id == lone.id, Grant.start < DEMO_DAY - timedelta(days=60), Grant.assessment_id.is_not(None)
    )
    running = running.join(Citizen, Citizen.id == Grant.citizen_id).where(Citizen.protected.is_(False))
    late = Grant.last_day > DEMO_DAY + timedelta(days=60)
    _fewer_hours(session, list(session.scalars(running.where(late).order_by(Grant.id).limit(MOST_TRIED))), lone, law)
    soon = Grant.last_day.between(DEMO_DAY, DEMO_DAY + timedelta(days=28))
    _longer(session, list(session.scalars(running.where(soon).order_by(Grant.id).limit(MOST_TRIED))), lone, law)


def _fewer_hours(session: Session, courses: list[Grant], by: User, law: Law) -> None:
    for grant in courses:
        minutes = grant.minutes_on(DEMO_DAY) - 60
        start, reason = DEMO_DAY + timedelta(days=30), "Du klarer selv morgenen."
        new = NewChange(HOURS, reason, start=start, minutes_per_week=minutes)
        try:
            decision = service.propose(session, grant, new, actor=Actor(by, DEMO_DAY), law=law)
        except DomainError:
            continue
        fact = NewFact("Du er selv mødt i praktikken hver dag i fire uger.", "din mentor", DEMO_DAY - timedelta(days=6))
        facts.add(session, decision, fact, actor=Actor(by, DEMO_DAY))
        planned = writing.planned_words(grant, decision)
        basis = writing.hearing_basis(grant, decision, law, DEMO_DAY)
        draft = hearing.draft(session, decision, planned=planned, legal_basis=basis, on=DEMO_DAY, law=law)
        hearing.send(session, decision, letter=(draft, letters.render(draft)), actor=Actor(by, DEMO_DAY), law=law)
        return


def _longer(session: Session, courses: list[Grant], by: User, law: Law) -> None:
    for grant in courses:
        last_day = months_after(grant.last_day, 3)
        new = NewChange(EXTENSION, "Målet er tæt på.", last_day=last_day, minutes_per_week=120)
        try:
            service.propose(session, grant, new, actor=Actor(by, DEMO_DAY), law=law)
        except DomainError:
            continue
        return
