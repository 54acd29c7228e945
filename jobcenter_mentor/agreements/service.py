"""Mentoraftaler: drafts the written agreement of LAB § 31 c, keeps its letter, and records who accepts it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.agreements.models import Agreement
from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import roles_on, visible
from jobcenter_mentor.citizens.service import postal_lines
from jobcenter_mentor.domain.agreements import Items, missing_items
from jobcenter_mentor.domain.contacts import flaws_of, is_placeholder
from jobcenter_mentor.domain.errors import (
    Conflict,
    InvalidTransition,
    NotAllowed,
    NotFound,
    NotInForce,
    ValidationFailed,
)
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.needs import TASKS
from jobcenter_mentor.domain.periods import last_day_of_months
from jobcenter_mentor.followups import service as followups
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.letters import service as letters
from jobcenter_mentor.letters.values import AgreementValues, Sender
from jobcenter_mentor.rules.service import get_municipality

PARTIES = {"jobcentre": "Jobcentret", "citizen": "Borgeren", "mentor": "Mentor"}
STAFF = frozenset({"SB", "TL"})


@dataclass(frozen=True)
class NewAgreement:
    """Ny aftale: the six items of § 31 c, stk. 2, and place and contact interval. Hours are minutes a week."""

    goal: str
    mentor_name: str
    mentor_contact: str
    tasks: tuple[str, ...]
    start: date | None
    last_day: date | None
    minutes_per_week: int | None
    complaint_guidance: str
    meeting_place: str = ""
    contact_interval_days: int | None = None

    @property
    def items(self) -> Items:
        """De seks punkter."""
        return Items(
            self.goal, self.mentor_name, self.mentor_contact, self.tasks, self.start, self.last_day,
            self.minutes_per_week, self.complaint_guidance,
        )  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """Aftalens brev, as it was rendered before the writing transaction."""

    draft: letters.Draft
    pdf: bytes


def get_course(session: Session, public_id: str, *, by: User, on: date, action: str = "agreement.read") -> Grant:
    """Return the course an agreement is about and log the look. Raises NotFound outside the user's scope.

    A mentor outside the municipality reaches the course only through an agreement the jobcentre has accepted.
    """
    grant = session.scalar(visible(select(Grant).where(Grant.public_id == public_id), Grant, by, "grant.read", on))
    if grant is None:
        raise NotFound("Forløbet findes ikke.")
    audit.record(session, by=by, action=action, subject="grant", subject_id=public_id, citizens=[grant.citizen_id])
    return grant


def list_agreements(session: Session, grant: Grant, *, by: User, on: date) -> Sequence[Agreement]:
    """Return the agreements of a course that the user may read, the newest first."""
    of_grant = select(Agreement).where(Agreement.grant_id == grant.id)
    return session.scalars(
        visible(of_grant, Agreement, by, "agreement.read", on).order_by(Agreement.number.desc())
    ).all()


def find_current(session: Session, grant_id: int) -> Agreement | None:
    """Return the newest agreement in force, else the newest draft, None where there is none."""
    rows = session.scalars(
        select(Agreement).where(Agreement.grant_id == grant_id).order_by(Agreement.number.desc())
    ).all()
    return next((row for row in rows if is_in_force(row)), rows[0] if rows else None)


def get_agreement(session: Session, public_id: str, *, by: User, on: date, action: str) -> Agreement:
    """Return an agreement. Raises NotFound outside the user's scope for the action."""
    found = session.scalar(
        visible(select(Agreement).where(Agreement.public_id == public_id), Agreement, by, action, on)
    )
    if found is None:
        raise NotFound("Aftalen findes ikke.")
    return found


def prefill(session: Session, grant: Grant, *, on: date, law: Law) -> NewAgreement:
    """Return the agreement as grant and match make it, for a person to read, correct and save."""
    mentor = grant.mentor
    current = find_current(session, grant.id)
    start = max(grant.start, on) if current is not None else grant.start
    return NewAgreement(
        goal=grant.goal,
        mentor_name=mentor.name if mentor is not None else "",
        mentor_contact=", ".join(part for part in (mentor.phone, mentor.email) if part) if mentor is not None else "",
        tasks=tuple(grant.tasks),
        start=start,
        last_day=min(grant.last_day, _longest(start, law) or grant.last_day),
        minutes_per_week=grant.minutes_on(start),
        complaint_guidance=complaint_guidance(session, on=on, law=law),
        meeting_place=current.meeting_place if current is not None else "",
        contact_interval_days=grant.contact_interval_days,
    )


def complaint_guidance(session: Session, *, on: date, law: Law) -> str:
    """Klagevejledning: where, how and when, with the deadlines of retssikkerhedslovens §§ 66-67."""
    own, day = get_municipality(session), law.on(on)
    return (
        f"Du kan klage til {own.jobcentre} senest {day.whole('decision.complaint_weeks')} uger efter, at du har fået "
        f"aftalen. Du kan skrive, ringe eller møde op. Vi vurderer sagen igen inden "
        f"{day.whole('decision.review_weeks')} uger og sender klagen til Ankestyrelsen, hvis du ikke får medhold."
    )


def check(grant: Grant, new: NewAgreement, *, law: Law) -> None:
    """Prøv aftalen før den gemmes: all six items, a real mentor, a period inside the grant and the law.

    Raises ValidationFailed naming every item that is missing (LAB § 31 c, stk. 2) and every wrong field.
    """
    errors = {field: [f"{name[0].upper()}{name[1:]} mangler (LAB § 31 c, stk. 2)."] for field, name in
              missing_items(new.items).items()}  # fmt: skip
    missing = list(missing_items(new.items).values())
    if grant.mentor is None:
        errors["mentor_name"] = ["Forløbet har ingen mentor. Vælg en mentor først."]
    else:
        flaws = flaws_of(new.mentor_name, grant.mentor.phone, grant.mentor.email)
        if flaws or is_placeholder(new.mentor_contact):
            errors.setdefault("mentor_contact", [" ".join(flaws) or "Skriv mentors telefon og e-mail."])
    for field, message in _period_errors(grant, new, law):
        errors.setdefault(field, []).append(message)
    if errors:
        summary = f"Aftalen mangler {_listed(missing)}." if missing else "Aftalen kan ikke gemmes. Ret felterne."
        raise ValidationFailed(summary, errors=errors)


def letter_of(
    session: Session, grant: Grant, new: NewAgreement, *, by: User, on: date, law: Law, address_confirmed: bool = False
) -> letters.Draft:
    """Return the letter of an agreement that has passed `check`; render it outside the writing transaction."""
    check(grant, new, law=law)
    own, day = get_municipality(session), law.on(on)
    values = AgreementValues(
        sender=Sender(own.name, own.jobcentre, own.address, own.phone, own.email, by.full_name),
        recipient=postal_lines(grant.citizen, "citizen"),
        case_number=grant.case_number,
        letter_date=on,
        legal_basis=grant.legal_basis or "LAB § 31 b",
        goal=new.goal,
        tasks=tuple(TASKS.get(code, code) for code in new.tasks),
        mentor_name=new.mentor_name,
        mentor_contact=new.mentor_contact,
        start=new.start or grant.start,
        last_day=new.last_day or grant.last_day,
        minutes_per_week=new.minutes_per_week or 0,
        duty_text=_duty_text(grant),
        mentor_employer=grant.mentor.employer if grant.mentor else "",
        qualification=grant.mentor.qualification if grant.mentor else "",
        contact_interval_days=new.contact_interval_days,
        place=new.meeting_place,
        complaint_weeks=day.whole("decision.complaint_weeks"),
        review_weeks=day.whole("decision.review_weeks"),
    )
    return letters.agreement_draft(values, address_confirmed=address_confirmed)


def draft(
    session: Session, grant: Grant, new: NewAgreement, *, by: User, on: date, law: Law, letter: Kept | None = None
) -> Agreement:
    """Skriv aftalen; an amendment is the next number and leaves the earlier one as it was.

    `letter` is the rendered PDF of the same values. Raises ValidationFailed as `check` does.
    """
    check(grant, new, law=law)
    session.execute(select(Grant.id).where(Grant.id == grant.id).with_for_update())
    last = session.scalar(select(func.max(Agreement.number)).where(Agreement.grant_id == grant.id)) or 0
    agreement = Agreement(
        grant_id=grant.id, number=last + 1, mentor_id=grant.mentor_id, goal=new.goal, mentor_name=new.mentor_name,
        mentor_contact=new.mentor_contact, tasks=list(new.tasks), start=new.start, last_day=new.last_day,
        minutes_per_week=new.minutes_per_week, complaint_guidance=new.complaint_guidance,
        meeting_place=new.meeting_place, contact_interval_days=new.contact_interval_days,
        drafted_by_id=by.id, drafted_on=on,
    )  # fmt: skip
    if letter is not None:
        kept = letters.keep(
            session, letter.draft, letter.pdf, citizen_id=grant.citizen_id, grant_id=grant.id, by=by, on=on
        )
        agreement.letter_id = kept.id
    session.add(agreement)
    session.flush()
    session.refresh(agreement, ["grant", "mentor"])
    _record(session, agreement, "agreement.draft", by, {"number": agreement.number})
    return agreement


def accept(
    session: Session, agreement: Agreement, *, party: str, by: User, on: date, absent_reason: str = ""
) -> Agreement:
    """Acceptér for en part, in any order; when the last one has accepted, the agreement deadline is settled.

    The citizen of a right-and-duty course may be missing with `absent_reason` (law.md section 8); in ordinary support
    not. A mentor accepts for the mentor only. Raises InvalidTransition when the party has accepted already.
    """
    agreement = session.scalars(
        select(Agreement)
        .where(Agreement.id == agreement.id)
        .with_for_update(of=Agreement)
        .execution_options(populate_existing=True)
    ).one()
    if party not in PARTIES:
        raise ValidationFailed("Vælg, hvem der accepterer.", errors={"party": ["Vælg en af mulighederne."]})
    if party != "mentor" and not any(role.role in STAFF for role in roles_on(by, on)):
        raise NotAllowed("Du kan kun acceptere for mentor.")
    if party not in waiting_for(agreement):
        raise InvalidTransition(f"{PARTIES[party]} har allerede accepteret aftalen.")
    was_in_force = is_in_force(agreement)
    _stamp(agreement, party, by, on, absent_reason.strip())
    session.flush()
    _record(session, agreement, "agreement.accept", by, {"party": party, "number": agreement.number})
    if is_in_force(agreement) and not was_in_force:
        result = f"Aftale nr. {agreement.number} er accepteret."
        followups.settle_kind(session, agreement.grant_id, "agreement", result=result, by=by, on=on)
    return agreement


def is_in_force(agreement: Agreement) -> bool:
    """Er aftalen indgået? Jobcentre and mentor have accepted, the citizen has or is missing with a reason."""
    citizen = agreement.citizen_accepted_on is not None or bool(agreement.citizen_absent_reason)
    return citizen and agreement.jobcentre_accepted_on is not None and agreement.mentor_accepted_on is not None


def waiting_for(agreement: Agreement) -> list[str]:
    """Hvem mangler? The parties that have not accepted; a citizen who is missing with a reason may accept later."""
    stamps = {
        "jobcentre": agreement.jobcentre_accepted_on,
        "citizen": agreement.citizen_accepted_on,
        "mentor": agreement.mentor_accepted_on,
    }
    return [party for party, day in stamps.items() if day is None]


def _stamp(agreement: Agreement, party: str, by: User, on: date, absent_reason: str) -> None:
    if party == "jobcentre":
        agreement.jobcentre_accepted_on, agreement.jobcentre_accepted_by_id = on, by.id
    elif party == "mentor":
        agreement.mentor_accepted_on = on
    elif not absent_reason:
        agreement.citizen_accepted_on = on
    elif agreement.grant.right_and_duty:
        agreement.citizen_absent_reason = absent_reason
    else:
        message = "Borgeren skal acceptere, før støtten begynder; kun ret og pligt kan begynde uden."
        raise ValidationFailed(message, errors={"absent_reason": [message]})


def _period_errors(grant: Grant, new: NewAgreement, law: Law) -> list[tuple[str, str]]:
    """Return what is wrong with period and hours, by field."""
    if new.start is None or new.last_day is None:
        return []
    if new.last_day < new.start:
        return [("last_day", "Slutdato ligger før startdato.")]
    found = []
    if new.start < grant.start or new.last_day > grant.last_day:
        within = f"{grant.start:%d.%m.%Y} til {grant.last_day:%d.%m.%Y}"
        found.append(
            ("start" if new.start < grant.start else "last_day", f"Perioden skal ligge i bevillingen, {within}.")
        )
    longest = _longest(new.start, law)
    if longest is not None and new.last_day > longest:
        found.append(
            ("last_day", f"En aftale kan højst vare 6 måneder, her til {longest:%d.%m.%Y} (LAB § 31 c, stk. 1).")
        )
    if (new.minutes_per_week or 0) > grant.minutes_on(new.start) > 0:
        found.append(("minutes_per_week", "Timetallet er højere end det, der er bevilget."))
    return found


def _longest(start: date, law: Law) -> date | None:
    """Return the last lawful day of an agreement, None where the law of the day sets no limit (LAB § 31 c, stk. 1)."""
    try:
        months = law.on(start).whole("mentor.longest_period_months")
    except NotInForce:
        return None
    return last_day_of_months(start, months)


def _duty_text(grant: Grant) -> str:
    if grant.right_and_duty:
        return "Mentoren er et tilbud med ret og pligt: Du har krav på støtten og skal tage imod den."
    return "Mentoren er et tilbud. Du bestemmer selv, om du vil tage imod."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"


def _record(session: Session, agreement: Agreement, action: str, by: User, detail: dict[str, str | int]) -> None:
    audit.record(
        session, by=by, action=action, subject="agreement", subject_id=agreement.public_id,
        citizens=[agreement.grant.citizen_id], detail=detail,
    )  # fmt: skip
