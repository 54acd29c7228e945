"""The letters about changes: what each says in plain words, with the law that decided."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.letter_values import DecisionValues
from jobcenter_mentor.casefile.letters.letter_words import in_words, names_day
from jobcenter_mentor.casefile.letters.letterhead import as_read, guidance_of, head_of
from jobcenter_mentor.casefile.letters.service import LetterDraft, decision_draft
from jobcenter_mentor.casework.changes.effect import days_of, is_burdening
from jobcenter_mentor.casework.changes.ending_text import UNHEARD, afterwards_words, ending_words
from jobcenter_mentor.casework.grants import case_assessment, hearing_text
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.letters import (
    basis_of,
    deadlines_of,
    duty_of,
    follow_up_words,
    is_at_company,
    longest_months,
)
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.law.grounds import sections_of
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import rested_on
from jobcenter_mentor.domain.law.situation import standing_words
from jobcenter_mentor.platform.access.actor import Actor

TITLES = {
    "hours": "Ændring af dine mentortimer",
    "extension": "Forlængelse af mentorstøtte",
    "ending": "Ophør af mentorstøtte",
}
HEADINGS = {
    "hours": "Dine timer med mentoren ændres",
    "extension": "Din mentorstøtte fortsætter",
    "ending": "Din mentorstøtte stopper",
}
NEW_GOAL = "Du skulle nå dit mål senest den {}. Den dag er gået, så vi aftaler et nyt mål sammen med dig."
IN_FAVOUR = "Ændringen er til din fordel. Derfor har vi ikke spurgt dig først."


def planned_words(grant: Grant | None, decision: Decision) -> str:
    """Return what is considered, as the hearing letter says it; it may take effect later, never earlier."""
    if grant is None:
        return "Vi overvejer at sige nej til en mentor."
    if decision.kind == "hours":
        day = decision.start or grant.start
        return (
            f"Vi overvejer at give dig en mentor {hours_words(decision.minutes_per_week or 0)} om ugen i stedet for "
            f"{hours_words(grant.minutes_on(day))}, tidligst fra {in_words(day)}."
        )
    last = in_words(decision.last_day or grant.last_day)
    return f"Vi overvejer at stoppe din mentorstøtte. Den sidste dag bliver tidligst {last}."


def hearing_basis(grant: Grant | None, decision: Decision, law: Law, on: date) -> tuple[str, ...]:
    """Return the sections the hearing letter names: those of the course, or of the requested support."""
    assessment = case_assessment.kept(decision.assessment)
    if grant is not None:
        return sections_of(assessment, basis=basis_of(grant, law, on))
    return sections_of(assessment, of_company=is_at_company(decision.mentor_type or "", law.on(on)))


def verdict(grant: Grant, decision: Decision, on: date) -> str:
    """Return the decision (afgørelse) in one sentence, if it is made that day."""
    first, last = days_of(grant, decision, on)
    if decision.kind == "hours":
        before = grant.minutes_on(first - timedelta(days=decision.approved_on is not None))
        said = f"Du får en mentor {hours_words(decision.minutes_per_week or 0)} om ugen fra {in_words(first)}."
        return f"{said} Før fik du {hours_words(before)} om ugen." if before else said
    if decision.kind == "extension":
        return f"Din mentorstøtte fortsætter fra {in_words(first)} til og med {in_words(last)}."
    return f"Din mentorstøtte stopper. Sidste dag er {in_words(last)}."


def draft(
    session: Session,
    grant: Grant,
    decision: Decision,
    appraisal: Appraisal,
    *,
    on: date,
    law: Law,
    address_confirmed: bool = False,
) -> LetterDraft:
    """Return the draft of the letter about a change, with the values of the day."""
    of_day, assessment, ending = law.on(on), appraisal.assessment, decision.kind == "ending"
    new_support = decision.kind == "extension"
    values = DecisionValues(
        **head_of(session, grant.citizen, grant.case_number, by_id=decision.proposed_by_id, on=on),
        **guidance_of(of_day),
        title=TITLES[decision.kind],
        heading=HEADINGS[decision.kind],
        verdict=verdict(grant, decision, on),
        legal_basis=sections_of(
            assessment,
            basis=assessment.legal_basis if new_support else basis_of(grant, law, on),
            of_company=new_support and is_at_company(grant.mentor_type, of_day),
        ),
        standing="" if ending else standing_words(grant.benefit, grant.visitation),
        goal=_goal_of(session, grant, on) if new_support else grant.goal,
        duty_text="" if ending else duty_of(assessment),
        reasons=reasons(grant, decision),
        minutes_per_week=None if ending else appraisal.terms.minutes_per_week,
        start=grant.start if ending else appraisal.terms.start,
        last_day=appraisal.terms.last_day if new_support else grant.last_day,
        in_plan=on >= SECTION_6_FROM,
        longest_months=longest_months(assessment, of_day) if new_support else None,
        follow_ups=_follow_ups(decision, appraisal, on, law),
        hearing=_heard(session, grant, decision, on),
        afterwards=afterwards_words(grant, decision) if ending else "",
        considerations=tuple(line for line in decision.considerations.splitlines() if line.strip()),
        other_help=decision.other_help,
    )
    values = as_read(values, rested_on(assessment.warnings, of_day))
    return decision_draft(decision.kind, values, address_confirmed=address_confirmed)


def _goal_of(session: Session, grant: Grant, on: date) -> str:
    """Return the goal of a course that goes on; a goal whose day has passed is not repeated as a future one."""
    referral = session.get(Referral, grant.referral_id) if grant.referral_id else None
    if referral is None or referral.goal_by is None or referral.goal_by >= on:
        return grant.goal
    is_same = grant.goal == referral.goal or names_day(grant.goal, referral.goal_by)
    return NEW_GOAL.format(in_words(referral.goal_by)) if is_same else grant.goal


def mentor_draft(
    session: Session, grant: Grant, *, reason: str, actor: Actor, law: Law, address_confirmed: bool = False
) -> LetterDraft:
    """Return the draft of the letter about a new mentor; the mentor's contact data are its gap."""
    mentor, day = grant.mentor, max(actor.day, grant.start)
    values = DecisionValues(
        **head_of(session, grant.citizen, grant.case_number, by_id=actor.user.id, on=actor.day),
        **guidance_of(law.on(actor.day)),
        title="Du får en ny mentor",
        heading="Du får en ny mentor",
        verdict=f"Din nye mentor er {mentor.name}." if mentor else "",
        legal_basis=(basis_of(grant, law, actor.day),),
        standing="",
        goal=grant.goal,
        mentor=" eller ".join(part for part in (mentor.phone, mentor.email) if part) if mentor else "",
        duty_text="",
        reasons=reason,
        minutes_per_week=grant.minutes_on(day),
        start=day,
        last_day=grant.last_day,
        in_plan=actor.day >= SECTION_6_FROM,
    )
    return decision_draft("mentor", values, address_confirmed=address_confirmed)


def reasons(grant: Grant | None, decision: Decision) -> str:
    """Return the reasons (begrundelse); those of an ending begin with the reason in the citizen's words."""
    if grant is None or decision.kind != "ending":
        return decision.reason
    return f"{ending_words(grant, decision)} {decision.reason}".strip()


def _heard(session: Session, grant: Grant, decision: Decision, on: date) -> str:
    """Return what was asked and answered, or why nobody was asked where no hearing was needed."""
    hearing = hearing_text.find(session, decision)
    if hearing is not None or decision.hearing_note.strip() or is_burdening(grant, decision):
        return hearing_text.words_for(hearing, decision.hearing_note, on)
    return UNHEARD[decision.end_code or ""] if decision.kind == "ending" else IN_FAVOUR


def _follow_ups(decision: Decision, appraisal: Appraisal, on: date, law: Law) -> tuple[tuple[date, str], ...]:
    if decision.kind != "extension":
        return ()
    planned = deadlines_of(appraisal, max(on, appraisal.terms.start - timedelta(days=1)), law)
    return follow_up_words(planned)
