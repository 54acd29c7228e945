"""The hearing (partshøring): before a burdening decision the citizen is heard, or a reason says why not (FVL § 19).

The authority sets the time to answer (`office.hearing_days`, calendar days); a late answer still counts until the
decision is made.
"""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.letter_values import HearingValues
from jobcenter_mentor.casefile.letters.letterhead import as_read, head_of
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.grants.case_assessment import kept
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_text import find
from jobcenter_mentor.casework.grants.models import Decision, Hearing
from jobcenter_mentor.casework.grants.proposal import record
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.kernel.periods import next_working_day
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import rested_on
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.locks import lock
from jobcenter_mentor.platform.pages.filters import dk_date

SECTION = "forvaltningsloven § 19"
NO_FACTS = "Skriv mindst én oplysning, som borgeren skal høres om, og hvor den kommer fra."


def draft(
    session: Session,
    decision: Decision,
    *,
    planned: str,
    legal_basis: tuple[str, ...],
    reasons: str = "",
    on: date,
    law: Law,
    address_confirmed: bool = False,
) -> LetterDraft:
    """Return the hearing letter: what is planned, what is known and from where, why, and the last day to answer.

    The last day is counted from `on`. `reasons` are those of the proposal where none are given. Where the decision
    rests on what the law leaves open, the municipality's reading of it is part of the reasons.
    """
    values = HearingValues(
        **head_of(session, decision.citizen, decision.case_number, by_id=decision.proposed_by_id, on=on),
        title="Partshøring om mentorstøtte",
        heading="Vi vil gerne høre din mening",
        verdict=planned,
        legal_basis=legal_basis,
        reasons=reasons or decision.reason,
        facts=_fact_words(session, decision),
        considerations=tuple(line for line in decision.considerations.splitlines() if line.strip()),
        answer_by=_answer_by(on, law),
    )
    points = rested_on(kept(decision.assessment).warnings, law.on(on))
    return letters.hearing_draft(as_read(values, points), address_confirmed=address_confirmed)


def send(session: Session, decision: Decision, *, letter: tuple[LetterDraft, bytes], actor: Actor, law: Law) -> Hearing:
    """Send the hearing letter: stores it and plans the day the answer is due.

    Raises Conflict when the hearing has begun or the letter has other facts than now, ValidationFailed where it has
    none, and InvalidTransition when the proposal is decided or withdrawn.
    """
    lock(session, decision)
    _require_none(session, decision)
    _require_facts(session, decision, letter[0])
    hearing = _new(decision, actor.user)
    hearing.sent_on, hearing.answer_by = actor.day, _answer_by(actor.day, law)
    posted = letters.keep(
        session,
        *letter,
        citizen_id=decision.citizen_id,
        referral_id=decision.referral_id,
        grant_id=decision.grant_id,
        actor=actor,
    )
    hearing.letter = posted
    session.add(hearing)
    what = "Vi venter på borgerens svar på partshøringen"
    due = Deadline("hearing", hearing.answer_by, "proc.hearing", "law", SECTION, what)
    followups.plan(session, [due], case=case_of(decision), actor=actor)
    record(session, decision, "hearing.send", actor.user, {"answer_by": str(hearing.answer_by)})
    return hearing


def leave_out(session: Session, decision: Decision, *, reason: str, by: User) -> Hearing:
    """Leave out the hearing for a written reason, such as that the citizen asked for it.

    Raises Conflict when it has begun.
    """
    if not reason.strip():
        raise ValidationFailed("Skriv hvorfor.", errors={"left_out_reason": ["Skriv, hvorfor høring undlades."]})
    if wrong := reason_errors_of({"left_out_reason": reason}):
        raise ValidationFailed("Begrundelsen kan ikke stå i et brev. Ret feltet.", errors=wrong)
    lock(session, decision)
    _require_none(session, decision)
    hearing = _new(decision, by)
    hearing.left_out_reason = reason.strip()
    session.add(hearing)
    record(session, decision, "hearing.leave_out", by, {})
    return hearing


def answer(session: Session, decision: Decision, *, words: str, answered_on: date, actor: Actor) -> Hearing:
    """Store the citizen's answer; raises ValidationFailed at the field, and InvalidTransition when nothing was sent."""
    lock(session, decision)
    hearing = find(session, decision)
    if hearing is None or hearing.sent_on is None:
        raise InvalidTransition("Der er ikke sendt et høringsbrev.")
    _require_undecided(decision)
    if (hearing.answered_on, hearing.answer) == (answered_on, words.strip()):
        raise InvalidTransition("Svaret er allerede gemt.")
    errors = {} if words.strip() else {"answer": ["Skriv, hvad borgeren svarede."]}
    if not hearing.sent_on <= answered_on <= actor.day:
        errors["answered_on"] = [f"Dagen skal ligge fra {dk_date(hearing.sent_on)} til i dag."]
    if errors:
        raise ValidationFailed("Svaret er ikke gemt. Ret de markerede felter.", errors=errors)
    hearing.answered_on, hearing.answer = answered_on, words.strip()
    answered = "Borgeren har svaret."
    if decision.grant_id is not None:
        followups.settle_kind(session, decision.grant_id, "hearing", result=answered, by=actor.user, on=actor.day)
    elif decision.referral_id is not None:
        followups.settle_of_referral(session, decision.referral_id, "hearing", result=answered, actor=actor)
    record(session, decision, "hearing.answer", actor.user, {})
    return hearing


def case_of(decision: Decision) -> CaseRef:
    """Return the case behind a proposal as the follow-ups refer to it."""
    referral = decision.referral
    return CaseRef(
        citizen_id=decision.citizen_id,
        case_number=decision.case_number,
        team_id=decision.team_id,
        owner_id=referral.caseworker_id if referral else decision.proposed_by_id,
        referral_id=decision.referral_id,
        grant_id=decision.grant_id,
    )


def _fact_words(session: Session, decision: Decision) -> tuple[str, ...]:
    return tuple(facts.words_of(row) for row in facts.of(session, decision))


def _require_facts(session: Session, decision: Decision, draft: LetterDraft) -> None:
    """Refuse a letter without the facts the case rests on, or with others than those of now (§ 19, stk. 1)."""
    given = _fact_words(session, decision)
    if not given:
        raise ValidationFailed(NO_FACTS, errors={"fact": [NO_FACTS]})
    if tuple(draft.values["facts"]) != given:
        raise Conflict("Oplysningerne er ændret, siden brevet blev skrevet. Se brevet igen, og send det så.")


def _new(decision: Decision, by: User) -> Hearing:
    return Hearing(decision_id=decision.id, citizen_id=decision.citizen_id, team_id=decision.team_id, by_id=by.id)


def _answer_by(on: date, law: Law) -> date:
    """Return the last day to answer: as many days as the office gives, to the next working day."""
    return next_working_day(on + timedelta(days=law.on(on).whole("office.hearing_days")))


def _require_none(session: Session, decision: Decision) -> None:
    _require_undecided(decision)
    if find(session, decision) is not None:
        raise Conflict("Høringen er allerede begyndt.")


def _require_undecided(decision: Decision) -> None:
    if decision.status not in (DecisionStatus.WAITING, DecisionStatus.RETURNED):
        raise InvalidTransition(f"Indstillingen er {decision.status.label}. Borgeren kan ikke høres om den.")
