"""Takes a complaint through its steps: received, reassessed, delayed, answered (retssikkerhedsloven §§ 66-68)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.complaints import clocks
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.case_assessment import group_of
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.notices import service as notices
from jobcenter_mentor.casework.notices.models import DelayNotice
from jobcenter_mentor.casework.notices.service import Delay
from jobcenter_mentor.domain.kernel.complaint_codes import (
    ANSWERS,
    AT_ONCE,
    KINDS,
    NEEDS_DECISION,
    OUTCOMES,
    REVIEWED,
    STATUSES,
)
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.kernel.periods import next_working_day
from jobcenter_mentor.domain.law import complaint_deadlines as rules
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.pages.filters import dk_date

LONGEST = 4000
Sent = tuple[LetterDraft, bytes]
"""A letter that was drafted and rendered before the writing began."""


@dataclass(frozen=True)
class NewComplaint:
    """A new complaint; `short_case` is a code of `complaint_deadlines.SHORT_CASES`, empty for mentor support alone."""

    received_on: date
    text: str
    urgent: bool = False
    short_case: str = ""


def get_decision(session: Session, public_id: str, *, actor: Actor) -> Decision:
    """Return the decision that the complaint is about.

    Raises NotFound, and InvalidTransition when nothing has been decided yet.
    """
    decision = deciding.get_decision(session, public_id, actor=actor, action="complaint.write")
    if decision.approved_on is None:
        raise InvalidTransition("Der er ikke truffet en afgørelse endnu, så der er ikke noget at klage over.")
    audit.record(
        session,
        by=actor.user,
        action="decision.read",
        subject="decision",
        subject_id=public_id,
        citizens=[decision.citizen_id],
    )
    return decision


def last_day_of(session: Session, decision: Decision, law: Law) -> date:
    """Return the last day to complain: the weeks of § 67 after the letter was sent, moved to a working day.

    A letter that nobody has marked as sent counts from its own date, a decision without one from the approval.
    """
    letter = session.get(Letter, decision.letter_id) if decision.letter_id else None
    told = (letter.posted_on or letter.sent_on) if letter else decision.approved_on or decision.proposed_on
    return next_working_day(told + timedelta(weeks=law.on(told).whole("decision.complaint_weeks")))


def may_be_short(decision: Decision, law: Law, on: date) -> bool:
    """Tell whether the executive order of the day has a short deadline for this citizen's group."""
    return rules.may_be_short(group_of(decision.citizen, law.on(on)), law.on(on))


def receive(session: Session, decision: Decision, new: NewComplaint, *, actor: Actor, law: Law) -> Complaint:
    """Store a complaint, begin its deadline whether it came late or not, and note it in the journal.

    The same complaint on the same day is stored once. Raises ValidationFailed by field.
    """
    lock(session, decision)
    _check_new(decision, new, law, actor.day)
    before = select(Complaint).where(Complaint.decision_id == decision.id, Complaint.received_on == new.received_on)
    same = next((row for row in session.scalars(before) if row.text == new.text.strip()), None)
    if same is not None:
        return same
    last_day, of_day = last_day_of(session, decision, law), law.on(new.received_on)
    at_once = rules.is_sent_at_once(new.received_on, last_day, of_day)
    deadline = (
        rules.late(new.received_on, of_day)
        if at_once
        else rules.review(new.received_on, of_day, short=bool(new.short_case), urgent=new.urgent)
    )
    complaint = Complaint(
        citizen_id=decision.citizen_id,
        grant_id=decision.grant_id,
        decision_id=decision.id,
        team_id=decision.team_id,
        case_number=decision.case_number,
        received_on=new.received_on,
        last_day=last_day,
        text=new.text.strip(),
        route=AT_ONCE if at_once else REVIEWED,
        status="late" if at_once else "review",
        urgent=new.urgent,
        short_case=new.short_case,
        review_due=deadline.due,
        by_id=actor.user.id,
        due_on=deadline.due,
        followup_id=clocks.begin(session, decision, deadline, actor=actor),
    )
    session.add(complaint)
    session.flush()
    late = ", efter klagefristen" if complaint.is_late else ""
    title = f"Klage modtaget{late}: {KINDS[decision.kind]}"
    note_act(session, complaint, "complaint.receive", title, new.received_on, actor.user, complaint.text)
    return complaint


def review(
    session: Session,
    complaint: Complaint,
    *,
    outcome: str,
    reviewed_on: date,
    note: str,
    actor: Actor,
    law: Law,
    letter: Sent | None = None,
) -> Complaint:
    """Store the reassessment (genvurdering).

    A full yes stops the deadline; after a partial yes `letter` asks the citizen, who has a deadline of their own;
    otherwise the complaint is to be sent on. Raises InvalidTransition when it is done already, ValidationFailed by
    field.
    """
    lock(session, complaint)
    check_review(complaint, outcome=outcome, reviewed_on=reviewed_on, note=note, on=actor.day)
    due = complaint.due_on or complaint.review_due
    if outcome == "partly":
        _ask_citizen(session, complaint, letter, actor, law)
    elif outcome == "changed":
        clocks.stop(session, complaint, OUTCOMES[outcome], actor=actor)
    complaint.outcome, complaint.reviewed_on, complaint.review_note = outcome, reviewed_on, note.strip()
    complaint.status = {"partly": "waits", "changed": "changed", "upheld": "forward"}[outcome]
    session.flush()
    if outcome in NEEDS_DECISION:
        clocks.await_decision(session, complaint, due, actor=actor, law=law)
    title = f"Klage genvurderet: {OUTCOMES[outcome].lower()}"
    note_act(session, complaint, "complaint.review", title, reviewed_on, actor.user, note.strip())
    return complaint


def check_review(complaint: Complaint, *, outcome: str, reviewed_on: date, note: str, on: date) -> None:
    """Check that a reassessment is possible. Raises InvalidTransition, ValidationFailed by field."""
    if complaint.route == AT_ONCE:
        raise InvalidTransition("Klagen kom for sent og genvurderes ikke her. Send den straks til Ankestyrelsen.")
    if complaint.outcome:
        raise InvalidTransition(f"Klagen er genvurderet den {dk_date(complaint.reviewed_on)}.")
    came = f"Klagen kom den {dk_date(complaint.received_on)} og kan ikke være genvurderet før."
    errors = day_errors("reviewed_on", complaint.received_on, reviewed_on, on, came)
    if outcome not in OUTCOMES:
        errors["outcome"] = ["Vælg, hvad genvurderingen endte med."]
    if not note.strip() or len(note) > LONGEST:
        errors["note"] = [f"Skriv kort hvorfor, på højst {LONGEST} tegn."]
    errors = reason_errors_of({"note": note}) | errors
    if errors:
        raise ValidationFailed("Genvurderingen kan ikke gemmes. Ret felterne.", errors=errors)


def delay_of(session: Session, complaint: Complaint, *, expected_on: date, why: str, on: date) -> Delay:
    """Return the delay to inform the citizen of. Raises InvalidTransition where there is none, ValidationFailed."""
    if complaint.status != "review":
        raise InvalidTransition(f"Klagen skal ikke genvurderes. Den er nu: {STATUSES[complaint.status].lower()}.")
    if complaint.urgent:
        raise InvalidTransition("Klagen haster og skal genvurderes straks. Fristen kan ikke blive længere.")
    due = complaint.due_on or complaint.review_due
    if due == expected_on and notices.last_expected(session, complaint_id=complaint.id) == due:
        raise InvalidTransition(f"Borgeren har allerede fået brev om, at svaret ventes senest {dk_date(due)}.")
    delay = Delay(due, expected_on, why.strip())
    notices.check(delay, on)
    return delay


def tell_of_delay(
    session: Session, complaint: Complaint, *, expected_on: date, why: str, letter: Sent, actor: Actor, law: Law
) -> DelayNotice:
    """Inform the citizen that the reassessment takes longer, and move the deadline to the announced day.

    Raises InvalidTransition where nothing is to be reassessed, ValidationFailed by field.
    """
    lock(session, complaint)
    delay = delay_of(session, complaint, expected_on=expected_on, why=why, on=actor.day)
    told = notices.keep(
        session,
        delay,
        letter=letter,
        case=clocks.case_of(session, complaint),
        actor=actor,
        complaint_id=complaint.id,
        grant_id=complaint.grant_id,
    )
    result = f"Borgeren har fået brev om, at svaret ventes senest {dk_date(expected_on)}"
    clocks.follow(session, complaint, rules.expected(expected_on, law.on(actor.day)), result, actor=actor)
    title = f"Besked om ventetid: genvurderingen ventes færdig {dk_date(expected_on)}"
    note_act(session, complaint, "complaint.notice", title, actor.day, actor.user, delay.why)
    return told


def stand(session: Session, complaint: Complaint, *, stands: str, stands_on: date, actor: Actor, law: Law) -> Complaint:
    """Store whether the complaint stands for the rest; if so, it is to be sent on within the days of the order.

    Raises InvalidTransition when nobody was asked or it is answered, ValidationFailed by field, also where the
    citizen still has time to answer.
    """
    lock(session, complaint)
    if complaint.status != "waits" or complaint.told_on is None:
        raise InvalidTransition("Der ventes ikke på borgerens svar om denne klage.")
    told = f"Borgeren fik brevet den {dk_date(complaint.told_on)} og kan ikke have svaret før."
    errors = day_errors("stands_on", complaint.told_on, stands_on, actor.day, told)
    if stands not in ANSWERS:
        errors["stands"] = ["Vælg, hvad borgeren svarede."]
    elif stands == "lapsed" and (waits := _still_waits(complaint, stands_on)):
        errors["stands"] = [waits]
    if errors:
        raise ValidationFailed("Svaret kan ikke gemmes. Ret felterne.", errors=errors)
    if stands == "stands":
        clocks.follow(session, complaint, rules.forward(stands_on, law.on(stands_on)), ANSWERS[stands], actor=actor)
    else:
        clocks.stop(session, complaint, ANSWERS[stands], actor=actor)
    complaint.stands, complaint.stands_on = stands, stands_on
    complaint.status = "forward" if stands == "stands" else "dropped"
    session.flush()
    title = f"Klagen efter delvist medhold: {ANSWERS[stands].lower()}"
    note_act(session, complaint, "complaint.stand", title, stands_on, actor.user)
    return complaint


def get_complaint(session: Session, public_id: str, *, actor: Actor, action: str = "complaint.read") -> Complaint:
    """Return the complaint and log the access. Raises NotFound."""
    statement = select(Complaint).where(Complaint.public_id == public_id)
    complaint = session.scalar(visible(statement, Complaint, actor.user, action, actor.day))
    if complaint is None:
        raise NotFound("Klagen findes ikke.")
    _record(session, action, complaint, actor.user)
    return complaint


def _check_new(decision: Decision, new: NewComplaint, law: Law, on: date) -> None:
    decided = decision.approved_on or decision.proposed_on
    errors = {}
    if not new.text.strip() or len(new.text) > LONGEST:
        errors["text"] = [f"Skriv, hvad borgeren klager over, på højst {LONGEST} tegn."]
    if not decided <= new.received_on <= on:
        errors["received_on"] = [f"Vælg den dag, klagen kom, fra {dk_date(decided)} til i dag."]
    elif new.short_case and (
        new.short_case not in rules.SHORT_CASES or not may_be_short(decision, law, new.received_on)
    ):
        errors["short_case"] = ["Den korte frist gælder kun for målgruppe 1 (§ 6, nr. 1) og de nævnte afgørelser."]
    if errors:
        raise ValidationFailed("Klagen kan ikke gemmes. Ret felterne.", errors=errors)


def _ask_citizen(session: Session, complaint: Complaint, letter: Sent | None, actor: Actor, law: Law) -> None:
    """Store the letter that asks whether the complaint stands, and begin the citizen's deadline."""
    kept = keep_letter(session, complaint, letter, actor)
    deadline = rules.answer(actor.day, law.on(actor.day))
    clocks.follow(session, complaint, deadline, OUTCOMES["partly"], actor=actor)
    complaint.told_on, complaint.stand_due, complaint.stand_letter_id = actor.day, deadline.due, kept.id


def _still_waits(complaint: Complaint, day: date) -> str:
    """Return why it is too early to say that the citizen didn't answer; empty when it is not."""
    last = complaint.last_answer_day
    if last is None:
        return "Brevet til borgeren er ikke markeret som sendt. Fristen for at svare løber først derfra."
    return f"Borgeren kan svare til og med {dk_date(last)}." if day <= last else ""


def keep_letter(session: Session, complaint: Complaint, letter: Sent | None, actor: Actor) -> Letter:
    """Store the letter to the citizen. Raises ValidationFailed where there is none."""
    if letter is None:
        raise ValidationFailed("Brevet til borgeren mangler.")
    return letters.keep(session, *letter, citizen_id=complaint.citizen_id, grant_id=complaint.grant_id, actor=actor)


def day_errors(field: str, first: date, day: date, on: date, before: str) -> dict[str, list[str]]:
    """Return what is wrong with a day; `before` explains why a day is too early."""
    if first <= day <= on:
        return {}
    return {
        field: [
            f"{before if day < first else 'Dagen er ikke kommet endnu.'} Vælg en dag fra {dk_date(first)} til i dag."
        ]
    }


def note_act(
    session: Session, complaint: Complaint, action: str, title: str, day: date, by: User, text: str = ""
) -> None:
    """Note the act in the journal and in the event log."""
    case = journal.JournalCase(complaint.citizen_id, complaint.grant_id, complaint.case_number)
    about = ("complaint", complaint.public_id)
    journal.record(session, "complaint", title, case, about=about, by=by, on=day, text=text)
    _record(session, action, complaint, by)


def _record(session: Session, action: str, complaint: Complaint, by: User) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="complaint",
        subject_id=complaint.public_id,
        citizens=[complaint.citizen_id],
    )
