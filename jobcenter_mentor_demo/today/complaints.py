"""Make complaints in 2026, one at each stage, and two requests for access (aktindsigt), one answered and one open."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.access_requests import answer
from jobcenter_mentor.casework.access_requests import service as access_requests
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.service import NewRequest
from jobcenter_mentor.casework.complaints import appeal, service
from jobcenter_mentor.casework.complaints import letters as words
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.complaints.service import NewComplaint
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.kernel.periods import add_working_days
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor_demo.today.cases import DAY
from jobcenter_mentor_demo.today.casework import TodayCasework

TEXT = "Jeg har brug for flere timer, end jeg har fået."
NOTE = "Du får en time mere om ugen. Resten af det, du beder om, kan dit andet tilbud klare."


def complain(session: Session, work: TodayCasework, law: Law) -> None:
    """Make six complaints, each about a decision of its own, the newest last."""
    desk = _Desk(session, law)
    newest = list(_decisions(session, work))
    by = work.users
    desk.receive(newest[0], by, DAY - timedelta(days=9))
    desk.tell(newest[1], by)
    desk.ask(newest[2], by)
    desk.ask(newest[3], by, answered=True)
    late = [one for one in newest if _approved(one) < date(2026, 6, 1)]
    desk.receive(late[0], by, DAY - timedelta(days=2))
    desk.send_on(late[1], by)


def _decisions(session: Session, work: TodayCasework) -> Iterator[Decision]:
    """Yield the grants whose courses run as granted, the newest first."""
    ids = [grant.id for case, grant in work.granted if not case.event]
    statement = select(Decision).where(Decision.grant_id.in_(ids), Decision.kind == "grant")
    yield from session.scalars(statement.order_by(Decision.approved_on.desc(), Decision.id))


def _approved(decision: Decision) -> date:
    return decision.approved_on or decision.proposed_on


class _Desk:
    """The caseworkers' acts on complaints, each on its own day."""

    def __init__(self, session: Session, law: Law) -> None:
        self._session, self._law = session, law

    def receive(self, decision: Decision, users: dict[str, User], on: date) -> Complaint:
        by = self._worker(decision, users)
        return service.receive(self._session, decision, NewComplaint(on, TEXT), actor=Actor(by, on), law=self._law)

    def tell(self, decision: Decision, users: dict[str, User]) -> None:
        """Tell the citizen that the reassessment takes longer."""
        by, came = self._worker(decision, users), _approved(decision) + timedelta(days=3)
        complaint, on = self.receive(decision, users, came), DAY - timedelta(days=3)
        expected, why = DAY + timedelta(days=18), "Vi venter på en udtalelse fra din læge."
        delay = service.delay_of(self._session, complaint, on=on, expected_on=expected, why=why)
        draft = words.notice(self._session, complaint, delay, actor=Actor(by, on), law=self._law)
        service.tell_of_delay(
            self._session,
            complaint,
            expected_on=expected,
            why=why,
            letter=_kept(draft),
            actor=Actor(by, on),
            law=self._law,
        )

    def ask(self, decision: Decision, users: dict[str, User], *, answered: bool = False) -> None:
        """Uphold in part and ask whether the complaint is maintained for the rest; where it is, it must be sent on."""
        by, came = self._worker(decision, users), _approved(decision) + timedelta(days=3)
        complaint, on = self.receive(decision, users, came), came + timedelta(days=7)
        draft = words.partly(self._session, complaint, NOTE, actor=Actor(by, on), law=self._law)
        service.review(
            self._session,
            complaint,
            outcome="partly",
            reviewed_on=on,
            note=NOTE,
            actor=Actor(by, on),
            law=self._law,
            letter=_kept(draft),
        )
        if answered:
            day = DAY - timedelta(days=6)
            service.stand(self._session, complaint, stands="stands", stands_on=day, actor=Actor(by, day), law=self._law)

    def send_on(self, decision: Decision, users: dict[str, User]) -> None:
        """Uphold the decision and send the complaint to the board."""
        by, came = self._worker(decision, users), _approved(decision) + timedelta(days=10)
        complaint, on = self.receive(decision, users, came), came + timedelta(days=14)
        service.review(
            self._session,
            complaint,
            outcome="upheld",
            reviewed_on=on,
            note="Timerne svarer til målet.",
            actor=Actor(by, on),
            law=self._law,
        )
        draft = words.sent(self._session, complaint, actor=Actor(by, on), law=self._law)
        body = words.body_of(decision, self._law)
        appeal.forward(self._session, complaint, forwarded_on=on, letter=_kept(draft), body=body, actor=Actor(by, on))

    def _worker(self, decision: Decision, users: dict[str, User]) -> User:
        return next(user for user in users.values() if user.id == decision.proposed_by_id)


def _kept(draft: LetterDraft) -> tuple[LetterDraft, bytes]:
    return draft, letters.render(draft)


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
    return access_requests.receive(session, grant.citizen, new, actor=Actor(by, on), law=law)


def _answer(session: Session, request: AccessRequest, grant: Grant, law: Law) -> None:
    """Give full access: the caseworker proposes, and the approver of the grant approves it the next working day."""
    decision = _decision(session, grant)
    leader = session.get_one(User, decision.approved_by_id)
    proposed, approved = add_working_days(request.received_on, 2), add_working_days(request.received_on, 3)
    access_requests.propose(session, request, actor=Actor(session.get_one(User, decision.proposed_by_id), proposed))
    bound = answer.collect(session, request, on=approved)
    written = answer.draft(session, request, bound, on=approved, law=law)
    answer.approve(session, request, bound, written, letters.render(written), actor=Actor(leader, approved))


def _decision(session: Session, grant: Grant) -> Decision:
    return session.scalars(select(Decision).where(Decision.grant_id == grant.id, Decision.kind == "grant")).one()
