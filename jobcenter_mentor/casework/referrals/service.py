"""Referrals: refer, amend, withdraw and find; opening a case gives it a number that no other case gets."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.referrals.models import CaseCounter, Referral
from jobcenter_mentor.casework.referrals.referral_check import NewReferral, problems
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.agreement_items import longest_day
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import case_time, discharge_planning
from jobcenter_mentor.people.citizens.deceased import require_alive
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import may, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

SHORTEST_REASON = 5


@dataclass(frozen=True)
class ReferralHistory:
    """A citizen's earlier referrals: the number of the open case, if any, and how many there were."""

    open_case: str | None
    earlier: int


def refer(session: Session, citizen: Citizen, new: NewReferral, *, actor: Actor, law: Law) -> Referral:
    """Refer a citizen (henvise), which opens a case and starts the municipality's case time (sagsbehandlingsfrist).

    The same form sent twice by the same user returns the same referral. Raises ValidationFailed by field, and
    NotAllowed outside the user's scope.
    """
    _require(citizen, actor)
    require_alive(citizen, "Der kan ikke henvises til mentor. Er dagen forkert, så ret den under borgerens stamdata.")
    _check(new, citizen, actor.day)
    form_key = f"{actor.user.id}:{new.form_key}"[:60] if new.form_key else None
    if form_key and (sent := _sent(session, form_key, citizen, new)):
        return sent
    case_number = next_case_number(session, actor.day)
    if form_key and (sent := _sent(session, form_key, citizen, new)):
        return sent
    values = asdict(new) | {"form_key": form_key, "caseworker_id": new.caseworker_id or citizen.caseworker_id}
    referral = Referral(case_number=case_number, citizen_id=citizen.id, team_id=citizen.team_id, **values)
    referral.citizen = citizen
    session.add(referral)
    session.flush()
    _plan(session, referral, law, actor)
    _record(session, referral, "referral.refer", actor.user)
    return referral


def amend(session: Session, referral: Referral, new: NewReferral, *, version: int, actor: Actor) -> Referral:
    """Change the referral while the case is open; `version` is the one the form was opened with.

    Raises Conflict when somebody else has changed it since, and InvalidTransition when the case is closed.
    """
    _require(referral, actor)
    lock(session, referral)
    _require_open(referral)
    if referral.version != version:
        raise Conflict(
            f"Sag {referral.case_number} er ændret af en anden, siden du åbnede siden. Gennemgå og gem igen."
        )
    _check(new, referral.citizen, actor.day)
    kept = {"form_key", "caseworker_id", "referred_on"}
    values = {name: value for name, value in asdict(new).items() if name not in kept}
    changed = [name for name, value in values.items() if getattr(referral, name) != value]
    for name in changed:
        setattr(referral, name, values[name])
    session.flush()
    _record(session, referral, "referral.amend", actor.user, fields=changed)
    return referral


def withdraw(session: Session, referral: Referral, *, reason: str, actor: Actor) -> Referral:
    """Withdraw the referral with a reason; it remains on the citizen's page as closed."""
    _require(referral, actor)
    lock(session, referral)
    _require_open(referral)
    if len(reason.strip()) < SHORTEST_REASON:
        text = "Skriv, hvorfor henvisningen trækkes tilbage."
        raise ValidationFailed(text, errors={"reason": [text]})
    referral.closed_on, referral.closed_reason = actor.day, f"Trukket tilbage: {reason.strip()}"[:200]
    session.flush()
    followups.drop_before_grant(session, referral.id, reason="Henvisningen er trukket tilbage", actor=actor)
    _record(session, referral, "referral.withdraw", actor.user)
    return referral


def get_referral(session: Session, public_id: str, *, actor: Actor, action: str = "referral.read") -> Referral:
    """Return the referral with its citizen; raises NotFound outside the user's scope.

    The page writes the look in the log.
    """
    found = select(Referral).where(Referral.public_id == public_id)
    referral = session.scalar(visible(found, Referral, actor.user, action, actor.day))
    if referral is None:
        raise NotFound("Henvisningen findes ikke.")
    return referral


def view_referral(session: Session, public_id: str, *, actor: Actor, action: str = "referral.read") -> Referral:
    """Return the referral for a page, and write the look in the log."""
    referral = get_referral(session, public_id, actor=actor, action=action)
    _record(session, referral, "referral.read", actor.user)
    return referral


def find_open(session: Session, citizen_id: int) -> ReferralHistory:
    """Return the number of a citizen's open case, if any, and how many referrals there were in all."""
    rows = session.execute(
        select(Referral.case_number, Referral.closed_on).where(Referral.citizen_id == citizen_id)
    ).all()
    return ReferralHistory(next((number for number, closed in rows if closed is None), None), len(rows))


def last_day_of(start: date, weeks: int) -> date:
    """Return the last day: the weeks from the start, both days included, never past the longest the law allows."""
    by_weeks = start + timedelta(days=7 * weeks - 1)
    return min(by_weeks, longest_day(start) or by_weeks)


def next_case_number(session: Session, on: date) -> str:
    """Return the next case number (sagsnummer): the year and a number of four digits or more, »2014-0921«.

    The counter's row stays locked until the transaction ends, so numbers are unique and a rolled-back one is reused.
    """
    first = 1 if session.get(CaseCounter, on.year) else _highest(session, on.year) + 1
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    counted = (
        insert(CaseCounter)
        .values(year=on.year, last=first)
        .on_conflict_do_update(index_elements=["year"], set_={"last": CaseCounter.last + 1})
        .returning(CaseCounter.last)
    )
    return f"{on.year}-{session.execute(counted).scalar_one():04d}"


def _highest(session: Session, year: int) -> int:
    """Return the highest number in use, for a year whose counter has not begun."""
    numbers = select(Referral.case_number).where(Referral.case_number.startswith(f"{year}-"))
    longest_first = numbers.order_by(func.length(Referral.case_number).desc(), Referral.case_number.desc())
    highest = session.scalar(longest_first.limit(1))
    return int(highest.split("-")[1]) if highest else 0


def _sent(session: Session, form_key: str, citizen: Citizen, new: NewReferral) -> Referral | None:
    """Return the case the form has opened already; raises Conflict where the form has other answers this time."""
    sent = session.scalar(select(Referral).where(Referral.form_key == form_key))
    if sent is None or sent.version != 1:
        return sent
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(new).items()}
    answers = {
        name: value for name, value in values.items() if name not in {"form_key", "caseworker_id", "referred_on"}
    }
    if sent.citizen_id != citizen.id or any(getattr(sent, name) != value for name, value in answers.items()):
        raise Conflict(f"Henvisningen er allerede gemt som sag {sent.case_number} med andre svar. Ret den sag.")
    return sent


def _check(new: NewReferral, citizen: Citizen, on: date) -> None:
    errors = problems(new, born=citizen.birth_date, on=on)
    if errors:
        raise ValidationFailed("Henvisningen har fejl.", errors=errors)


def _require(subject: Citizen | Referral, actor: Actor) -> None:
    if not any(may(actor.user, action, on=actor.day, subject=subject) for action in ("referral.write", "import.cases")):
        raise NotAllowed("Du har ikke adgang til at henvise denne borger.")


def _plan(session: Session, referral: Referral, law: Law, actor: Actor) -> None:
    """Plan the last day to decide (rsl. § 3, stk. 2), and the talk with the ward before a discharge (LAB § 31 b)."""
    decided = case_time(referral.referred_on, law.on(referral.referred_on))
    planned = [decided] if decided else []
    if referral.discharge_date is not None and referral.psychiatric_inpatient:
        planned.append(discharge_planning(referral.discharge_date, on=actor.day))
    case = followups.CaseRef(
        citizen_id=referral.citizen_id,
        case_number=referral.case_number,
        team_id=referral.team_id,
        owner_id=referral.caseworker_id,
        referral_id=referral.id,
    )
    followups.plan(session, planned, case=case, actor=actor)


def _require_open(referral: Referral) -> None:
    if referral.closed_on is not None:
        raise InvalidTransition(f"Sag {referral.case_number} er afsluttet {referral.closed_on:%d.%m.%Y}.")


def _record(session: Session, referral: Referral, action: str, by: User, **detail: object) -> None:
    audit.record(
        session,
        by=by,
        action=action,
        subject="referral",
        subject_id=referral.public_id,
        citizens=[referral.citizen_id],
        detail={"case_number": referral.case_number, **detail},
    )
