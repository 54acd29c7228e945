"""Breve om ændringer: what each says in plain words, with the law that decided."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.changes.effect import days_of, is_burdening
from jobcenter_mentor.changes.ending import UNHEARD, afterwards_words, ending_words
from jobcenter_mentor.citizens.considerations import addressee
from jobcenter_mentor.domain.hours import hours_words
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.target_groups import BENEFITS, MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.grants import heard
from jobcenter_mentor.grants.assessing import Appraisal
from jobcenter_mentor.grants.contact_rule import days_between
from jobcenter_mentor.grants.models import Decision, Grant
from jobcenter_mentor.grants.writing import deadlines_of, duty_of, follow_up_words, sender
from jobcenter_mentor.letters.service import Draft, decision_draft
from jobcenter_mentor.letters.values import DecisionValues
from jobcenter_mentor.templating import dk_date_words

TITLES = {
    "hours": "Ændring af dine mentortimer",
    "extension": "Forlængelse af mentorstøtte",
    "ending": "Ophør af mentorstøtte",
}
IN_FAVOUR = "Ændringen er til din fordel. Derfor har vi ikke bedt om dine bemærkninger først."


def planned_words(grant: Grant | None, decision: Decision) -> str:
    """Return what is considered, as the hearing letter says it; it may take effect later, never earlier."""
    if grant is None:
        return "Vi overvejer at give dig afslag på mentorstøtte."
    if decision.kind == "hours":
        day = decision.start or grant.start
        return (
            f"Vi overvejer at give dig en mentor {hours_words(decision.minutes_per_week or 0)} om ugen i stedet for "
            f"{hours_words(grant.minutes_on(day))}, tidligst fra den {dk_date_words(day)}."
        )
    last = dk_date_words(decision.last_day or grant.last_day)
    return f"Vi overvejer at stoppe din mentorstøtte. Den sidste dag bliver tidligst den {last}."


def verdict(grant: Grant, decision: Decision, on: date) -> str:
    """Afgørelsen i én sætning, if it is made that day."""
    first, last = days_of(grant, decision, on)
    if decision.kind == "hours":
        before = grant.minutes_on(first - timedelta(days=decision.approved_on is not None))
        said = f"Du får mentorstøtte {hours_words(decision.minutes_per_week or 0)} om ugen fra {dk_date_words(first)}."
        return f"{said} Før fik du {hours_words(before)} om ugen." if before else said
    if decision.kind == "extension":
        return f"Din mentorstøtte fortsætter fra {dk_date_words(first)} til og med {dk_date_words(last)}."
    return f"Din mentorstøtte stopper. Den sidste dag er {dk_date_words(last)}."


def draft(
    session: Session,
    grant: Grant,
    decision: Decision,
    appraisal: Appraisal,
    *,
    on: date,
    law: Law,
    address_confirmed: bool = False,
) -> Draft:
    """Brevkladden for ændringen, as the values are on the day."""
    of_day, assessment, ending = law.on(on), appraisal.assessment, decision.kind == "ending"
    values = DecisionValues(
        sender=sender(session, decision.proposed_by_id),
        recipient=(to := addressee(grant.citizen, on)).lines,
        copy_to=to.copy_to,
        case_number=grant.case_number,
        letter_date=on,
        title=TITLES[decision.kind],
        verdict=verdict(grant, decision, on),
        legal_basis=grant.legal_basis or assessment.legal_basis,
        group=group_words(grant),
        goal=grant.goal,
        mentor_type=grant.mentor.name if grant.mentor else MENTOR_TYPES[grant.mentor_type],
        duty_text="" if ending else duty_of(assessment),
        reasons=reasons(grant, decision),
        tasks=(),
        minutes_per_week=None if ending else appraisal.terms.minutes_per_week,
        start=grant.start if ending else appraisal.terms.start,
        last_day=grant.last_day if decision.kind != "extension" else appraisal.terms.last_day,
        contact_interval_days=None if ending else days_between(grant, max(on, appraisal.terms.start), law),
        follow_ups=_follow_ups(decision, appraisal, on, law),
        hearing=_heard(session, grant, decision, on),
        afterwards=afterwards_words(decision) if ending else "",
        considerations=tuple(line for line in decision.considerations.splitlines() if line.strip()),
        other_help=decision.other_help,
        complaint_weeks=of_day.whole("decision.complaint_weeks"),
        review_weeks=of_day.whole("decision.review_weeks"),
        complaint_body=of_day.text("decision.complaint_body"),
    )
    return decision_draft(decision.kind, values, address_confirmed=address_confirmed)


def mentor_draft(
    session: Session, grant: Grant, *, reason: str, by: User, on: date, law: Law, address_confirmed: bool = False
) -> Draft:
    """Brevet om den nye mentor; the mentor's contact data are its gap."""
    of_day, mentor = law.on(on), grant.mentor
    reach = ", ".join(part for part in (mentor.phone, mentor.email) if part) if mentor else ""
    values = DecisionValues(
        sender=sender(session, by.id),
        recipient=(to := addressee(grant.citizen, on)).lines,
        copy_to=to.copy_to,
        case_number=grant.case_number,
        letter_date=on,
        title="Du får en ny mentor",
        verdict=f"Din nye mentor er {mentor.name}." if mentor else "",
        legal_basis=grant.legal_basis,
        group="",
        goal=grant.goal,
        mentor_type=f"{mentor.name}, {reach}" if mentor and reach else "",
        duty_text="",
        reasons=reason,
        minutes_per_week=grant.minutes_on(max(on, grant.start)),
        start=max(on, grant.start),
        last_day=grant.last_day,
        contact_interval_days=days_between(grant, max(on, grant.start), law),
        complaint_weeks=of_day.whole("decision.complaint_weeks"),
        review_weeks=of_day.whole("decision.review_weeks"),
        complaint_body=of_day.text("decision.complaint_body"),
    )
    return decision_draft("mentor", values, address_confirmed=address_confirmed)


def group_words(grant: Grant) -> str:
    """Målgruppen, som den er frosset i bevillingen."""
    benefit = BENEFITS.get(grant.benefit, "")
    return f"{benefit}, {VISITATIONS[grant.visitation].lower()}" if grant.visitation else benefit


def reasons(grant: Grant | None, decision: Decision) -> str:
    """Begrundelsen; an ending begins with its reason in the citizen's words."""
    if grant is None or decision.kind != "ending":
        return decision.reason
    return f"{ending_words(grant, decision)} {decision.reason}".strip()


def _heard(session: Session, grant: Grant, decision: Decision, on: date) -> str:
    """Return what was asked and answered; why nobody asked, where nobody did and nobody had to."""
    hearing = heard.find(session, decision)
    if hearing is not None or decision.hearing_note.strip() or is_burdening(grant, decision):
        return heard.words_for(hearing, decision.hearing_note, on)
    return UNHEARD[decision.end_code or ""] if decision.kind == "ending" else IN_FAVOUR


def _follow_ups(decision: Decision, appraisal: Appraisal, on: date, law: Law) -> tuple[tuple[date, str], ...]:
    if decision.kind != "extension":
        return ()
    planned = deadlines_of(appraisal, max(on, appraisal.terms.start - timedelta(days=1)), law)
    return follow_up_words(planned)
