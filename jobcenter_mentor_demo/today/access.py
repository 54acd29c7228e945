"""Make requests for access (aktindsigt) in 2026: one answered, another within its deadline."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.access_requests import answer, service
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.service import NewRequest
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.kernel.periods import add_working_days
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor_demo.today.casework import TodayCasework
from jobcenter_mentor_demo.today.days import DAY

ANSWERED_CAME, OPEN_CAME = date(2026, 9, 7), date(2026, 10, 12)


def ask_for_access(session: Session, work: TodayCasework, law: Law) -> None:
    """Make two citizens ask for access, each in the case of a course that runs as granted."""
    courses = [grant for case, grant in work.granted if not case.event and not grant.citizen.protected]
    running = [grant for grant in courses if grant.start < ANSWERED_CAME and grant.last_day >= DAY]
    done = running[0]
    waiting = next(grant for grant in running if grant.citizen_id != done.citizen_id)
    _answer(session, _asked(session, done, ANSWERED_CAME, law), done, law)
    _asked(session, waiting, OPEN_CAME, law)


def _asked(session: Session, grant: Grant, on: date, law: Law) -> AccessRequest:
    new = NewRequest(on, "citizen", grant.case_number)
    by = session.get_one(User, _decision(session, grant).proposed_by_id)
    return service.receive(session, grant.citizen, new, actor=Actor(by, on), law=law)


def _answer(session: Session, request: AccessRequest, grant: Grant, law: Law) -> None:
    """Give full access: the caseworker proposes, and the approver of the grant approves it the next working day."""
    decision = _decision(session, grant)
    leader = session.get_one(User, decision.approved_by_id)
    proposed, approved = add_working_days(request.received_on, 2), add_working_days(request.received_on, 3)
    service.propose(session, request, actor=Actor(session.get_one(User, decision.proposed_by_id), proposed))
    bound = answer.collect(session, request, on=approved)
    written = answer.draft(session, request, bound, on=approved, law=law)
    answer.approve(session, request, bound, written, letters.render(written), actor=Actor(leader, approved))


def _decision(session: Session, grant: Grant) -> Decision:
    return session.scalars(select(Decision).where(Decision.grant_id == grant.id, Decision.kind == "grant")).one()
