"""Klagens gang: received, looked at again, changed or sent to Ankestyrelsen, and what came back (rsl. §§ 66-67)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.citizens.models import Citizen
from jobcenter_mentor.complaints.models import Complaint
from jobcenter_mentor.db import ROWS_PER_PAGE, Page, asked_page
from jobcenter_mentor.domain.deadlines import Deadline
from jobcenter_mentor.domain.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.periods import add_working_days, is_working_day
from jobcenter_mentor.domain.radar import complaint_reassessment
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.followups.models import FollowUp
from jobcenter_mentor.followups.service import CaseRef
from jobcenter_mentor.grants import deciding
from jobcenter_mentor.grants.models import Decision, Grant
from jobcenter_mentor.journal import service as journal
from jobcenter_mentor.letters.models import Letter
from jobcenter_mentor.locks import lock
from jobcenter_mentor.referrals.models import Referral

OUTCOMES = {
    "upheld": "Afgørelsen fastholdes",
    "partly": "Borgeren får delvis medhold",
    "changed": "Borgeren får fuldt medhold",
}
BOARD_OUTCOMES = {
    "upheld": "Stadfæstet",
    "changed": "Ændret",
    "returned": "Hjemvist til ny behandling",
    "dismissed": "Afvist",
}
KINDS = {
    "grant": "Bevilling", "refusal": "Afslag", "hours": "Ændring af timer", "extension": "Forlængelse",
    "ending": "Ophør", "change": "Ændring", "end": "Ophør", "mentor": "Skift af mentor",
}  # fmt: skip
LONGEST = 4000


@dataclass(frozen=True)
class ComplaintRow:
    """Klage på listen: the complaint, the decision it is about and the citizen, whose name is honoured as protected."""

    complaint: Complaint
    kind: str
    citizen: Citizen

    @property
    def stage(self) -> str:
        """Hvor klagen er nu, in words."""
        if self.complaint.board_outcome:
            return f"{BOARD_OUTCOMES[self.complaint.board_outcome]} af Ankestyrelsen"
        if self.complaint.forwarded_on:
            return "Hos Ankestyrelsen"
        if self.complaint.must_be_forwarded:
            return "Skal sendes til Ankestyrelsen"
        return OUTCOMES[self.complaint.outcome] if self.complaint.outcome else "Skal genvurderes"


@dataclass(frozen=True)
class ComplaintPage:
    """Klagens side: the complaint, the decision it is about, and the course where there is one."""

    complaint: Complaint
    decision: Decision
    grant: Grant | None


def get_decision(session: Session, public_id: str, *, by: User, on: date) -> Decision:
    """Hent afgørelsen, der klages over. Raises NotFound, InvalidTransition when nothing has been decided yet."""
    decision = deciding.get_decision(session, public_id, by=by, on=on, action="complaint.write")
    if decision.approved_on is None:
        raise InvalidTransition("Der er ikke truffet en afgørelse endnu, så der er ikke noget at klage over.")
    _record(session, "decision.read", "decision", public_id, decision.citizen_id, by)
    return decision


def last_day_of(session: Session, decision: Decision, law: Law) -> date:
    """Klagefristens sidste dag: the weeks of § 67 after the letter was sent, on a day off the next working day.

    A letter that nobody has marked as sent counts from its own date, a decision without one from the approval.
    """
    letter = session.get(Letter, decision.letter_id) if decision.letter_id else None
    told = (letter.posted_on or letter.sent_on) if letter else decision.approved_on or decision.proposed_on
    last = told + timedelta(weeks=law.on(told).whole("decision.complaint_weeks"))
    return last if is_working_day(last) else add_working_days(last, 1)


def receive(
    session: Session, decision: Decision, *, received_on: date, text: str, by: User, on: date, law: Law
) -> Complaint:
    """Modtag en klage; its clock begins, late or not, and it stands in the journal.

    The same complaint on the same day is one. Raises ValidationFailed by field.
    """
    decided = decision.approved_on or decision.proposed_on
    errors = {}
    if not text.strip() or len(text) > LONGEST:
        errors["text"] = [f"Skriv, hvad borgeren klager over, på højst {LONGEST} tegn."]
    if not decided <= received_on <= on:
        errors["received_on"] = [f"Vælg den dag, klagen kom, fra {decided:%d.%m.%Y} til i dag."]
    if errors:
        raise ValidationFailed("Klagen kan ikke gemmes. Ret felterne.", errors=errors)
    lock(session, decision)
    before = select(Complaint).where(Complaint.decision_id == decision.id, Complaint.received_on == received_on)
    same = next((row for row in session.scalars(before) if row.text == text.strip()), None)
    if same is not None:
        return same
    deadline = complaint_reassessment(received_on, law.on(received_on))
    complaint = Complaint(
        citizen_id=decision.citizen_id, grant_id=decision.grant_id, decision_id=decision.id, team_id=decision.team_id,
        case_number=decision.case_number, received_on=received_on, last_day=last_day_of(session, decision, law),
        text=text.strip(), review_due=deadline.due, by_id=by.id,
        followup_id=_clock(session, decision, deadline, by, on),
    )  # fmt: skip
    session.add(complaint)
    session.flush()
    late = ", efter klagefristen" if complaint.is_late else ""
    _journalise(session, complaint, f"Klage modtaget{late}: {KINDS[decision.kind]}", received_on, by, complaint.text)
    _record(session, "complaint.receive", "complaint", complaint.public_id, complaint.citizen_id, by)
    return complaint


def review(
    session: Session, complaint: Complaint, *, outcome: str, reviewed_on: date, note: str, by: User, on: date
) -> Complaint:
    """Genvurdér: what the municipality thinks now. In full agreement the clock stops, else it is to be sent on.

    Raises InvalidTransition when it is done already, ValidationFailed by field.
    """
    lock(session, complaint)
    if complaint.outcome:
        raise InvalidTransition(f"Klagen er genvurderet den {complaint.reviewed_on:%d.%m.%Y}.")
    errors = _day_errors("reviewed_on", complaint.received_on, reviewed_on, on)
    if outcome not in OUTCOMES:
        errors["outcome"] = ["Vælg, hvad genvurderingen endte med."]
    if not note.strip() or len(note) > LONGEST:
        errors["note"] = ["Skriv kort hvorfor."]
    if errors:
        raise ValidationFailed("Genvurderingen kan ikke gemmes. Ret felterne.", errors=errors)
    complaint.outcome, complaint.reviewed_on, complaint.review_note = outcome, reviewed_on, note.strip()
    session.flush()
    _journalise(session, complaint, f"Klage genvurderet: {OUTCOMES[outcome].lower()}", reviewed_on, by, note.strip())
    _record(session, "complaint.review", "complaint", complaint.public_id, complaint.citizen_id, by)
    if not complaint.is_open:
        _stop(session, complaint, OUTCOMES[outcome], by, on)
    return complaint


def forward(session: Session, complaint: Complaint, *, forwarded_on: date, by: User, on: date) -> Complaint:
    """Send klagen til Ankestyrelsen: the clock of § 66 stops. Raises InvalidTransition, ValidationFailed by field."""
    lock(session, complaint)
    if not complaint.must_be_forwarded:
        raise InvalidTransition(
            "Klagen skal genvurderes først." if not complaint.outcome else "Klagen er afsluttet her."
        )
    errors = _day_errors("forwarded_on", complaint.reviewed_on or complaint.received_on, forwarded_on, on)
    if errors:
        raise ValidationFailed("Dagen kan ikke bruges.", errors=errors)
    complaint.forwarded_on = forwarded_on
    session.flush()
    _journalise(session, complaint, "Klage sendt til Ankestyrelsen", forwarded_on, by)
    _record(session, "complaint.forward", "complaint", complaint.public_id, complaint.citizen_id, by)
    _stop(session, complaint, f"Sendt til Ankestyrelsen {forwarded_on:%d.%m.%Y}", by, on)
    return complaint


def answer(
    session: Session, complaint: Complaint, *, board_outcome: str, board_on: date, by: User, on: date
) -> Complaint:
    """Skriv Ankestyrelsens afgørelse. Raises InvalidTransition, ValidationFailed by field."""
    lock(session, complaint)
    if complaint.forwarded_on is None or complaint.board_outcome:
        raise InvalidTransition("Klagen er ikke hos Ankestyrelsen.")
    errors = _day_errors("board_on", complaint.forwarded_on, board_on, on)
    if board_outcome not in BOARD_OUTCOMES:
        errors["board_outcome"] = ["Vælg, hvad Ankestyrelsen afgjorde."]
    if errors:
        raise ValidationFailed("Afgørelsen kan ikke gemmes. Ret felterne.", errors=errors)
    complaint.board_outcome, complaint.board_on = board_outcome, board_on
    session.flush()
    title = f"Ankestyrelsens afgørelse: {BOARD_OUTCOMES[board_outcome].lower()}"
    _journalise(session, complaint, title, board_on, by)
    _record(session, "complaint.answer", "complaint", complaint.public_id, complaint.citizen_id, by)
    return complaint


def get_complaint(
    session: Session, public_id: str, *, by: User, on: date, action: str = "complaint.read"
) -> ComplaintPage:
    """Hent klagen med afgørelsen; the look is logged. Raises NotFound."""
    statement = select(Complaint).where(Complaint.public_id == public_id)
    complaint = session.scalar(visible(statement, Complaint, by, action, on))
    if complaint is None:
        raise NotFound("Klagen findes ikke.")
    _record(session, action, "complaint", public_id, complaint.citizen_id, by)
    decision = session.get_one(Decision, complaint.decision_id)
    grant = session.get(Grant, complaint.grant_id) if complaint.grant_id else None
    return ComplaintPage(complaint, decision, grant)


def list_complaints(session: Session, *, page: int, by: User, on: date) -> Page[ComplaintRow]:
    """List the complaints in the user's scope, newest first; the citizens shown are logged in one row."""
    wanted = (
        select(Complaint, Decision.kind, Citizen)
        .join(Decision, Decision.id == Complaint.decision_id)
        .join(Citizen, Citizen.id == Complaint.citizen_id)
    )
    reached = visible(wanted, Complaint, by, "complaint.read", on)
    count = session.scalar(select(func.count()).select_from(reached.subquery())) or 0
    number = asked_page(page, count)
    newest = reached.order_by(Complaint.received_on.desc(), Complaint.id.desc())
    found = session.execute(newest.limit(ROWS_PER_PAGE).offset((number - 1) * ROWS_PER_PAGE))
    rows = [ComplaintRow(*row) for row in found]
    citizens = [row.citizen.id for row in rows]
    audit.record(session, by=by, action="complaint.list", subject="complaint", citizens=citizens)
    return Page(rows, count, number)


def list_of_case(
    session: Session, *, grant_id: int | None = None, decision_id: int | None = None
) -> Sequence[Complaint]:
    """Klager i et forløb or over one decision, newest first; the caller has found the case within the user's reach."""
    wanted = Complaint.grant_id == grant_id if grant_id is not None else Complaint.decision_id == decision_id
    return session.scalars(select(Complaint).where(wanted).order_by(Complaint.received_on.desc())).all()


def _clock(session: Session, decision: Decision, deadline: Deadline, by: User, on: date) -> int | None:
    """Plan the deadline of § 66 for who has the case now; two complaints of one day share it."""
    grant = session.get(Grant, decision.grant_id) if decision.grant_id else None
    referral = session.get(Referral, decision.referral_id) if decision.referral_id else None
    owner = grant.caseworker_id if grant else referral.caseworker_id if referral else decision.proposed_by_id
    case = CaseRef(
        citizen_id=decision.citizen_id, case_number=decision.case_number, team_id=decision.team_id, owner_id=owner,
        referral_id=decision.referral_id, grant_id=decision.grant_id,
    )  # fmt: skip
    planned = followups.plan(session, [deadline], case=case, by=by, on=on)
    if planned:
        return planned[0].id
    shared = select(FollowUp.id).where(
        FollowUp.kind == deadline.kind, FollowUp.due_on == deadline.due, FollowUp.case_number == decision.case_number,
        FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None),
    )  # fmt: skip
    return session.scalar(shared.limit(1))


def _stop(session: Session, complaint: Complaint, result: str, by: User, on: date) -> None:
    """Settle the deadline, unless it is closed already or another complaint still needs it."""
    session.flush()
    clock = session.get(FollowUp, complaint.followup_id) if complaint.followup_id else None
    if clock is None or clock.done_on is not None or clock.dropped_on is not None:
        return
    others = session.scalars(select(Complaint).where(Complaint.followup_id == clock.id, Complaint.id != complaint.id))
    if not any(other.is_open for other in others):
        followups.settle(session, clock, result=result, by=by, on=on, by_act=True)


def _day_errors(field: str, first: date, day: date, on: date) -> dict[str, list[str]]:
    return {} if first <= day <= on else {field: [f"Vælg en dag fra {first:%d.%m.%Y} til i dag."]}


def _journalise(session: Session, complaint: Complaint, title: str, day: date, by: User, text: str = "") -> None:
    case = journal.Case(complaint.citizen_id, complaint.grant_id, complaint.case_number)
    journal.record(
        session, "complaint", title, case, about=("complaint", complaint.public_id), by=by, on=day, text=text
    )  # fmt: skip


def _record(session: Session, action: str, subject: str, subject_id: str, citizen_id: int, by: User) -> None:
    audit.record(session, by=by, action=action, subject=subject, subject_id=subject_id, citizens=[citizen_id])
