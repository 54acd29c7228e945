"""Make complaints in 2026, one at each stage: reassessment, late, question, sent on, delay, at the board."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.complaints import appeal, service
from jobcenter_mentor.casework.complaints import letters as words
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.complaints.service import NewComplaint
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor_demo.today.casework import TodayCasework
from jobcenter_mentor_demo.today.days import DAY

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
        told: dict[str, Any] = {
            "expected_on": DAY + timedelta(days=18),
            "why": "Vi venter på en udtalelse fra din læge.",
        }
        delay = service.delay_of(self._session, complaint, on=on, **told)
        draft = words.notice(self._session, complaint, delay, actor=Actor(by, on), law=self._law)
        service.tell_of_delay(self._session, complaint, letter=_kept(draft), actor=Actor(by, on), law=self._law, **told)

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
