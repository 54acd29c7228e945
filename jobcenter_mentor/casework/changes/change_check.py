"""Check whether a change of a course can be proposed: its fields, and what the law answers."""

from datetime import date, timedelta

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.changes.effect import ENDING, EXTENSION, HOURS, is_burdening
from jobcenter_mentor.casework.frames.models import MEETINGS
from jobcenter_mentor.casework.grants import course_change
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.course_change import GrantEnding
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.law.assessment import Outcome

TO_REGISTER = (
    "Efter det, der er registreret, er borgeren stadig i en gruppe med ret og pligt til mentor. "
    "Registrér først den nye ydelse eller visitation på borgerens side, under »Målgruppe og visitation«. "
    "Send så ophøret igen."
)
LEAST_LETTERS = 10
"""Letters of a reason that no fixed word explains; fewer are no reason (forvaltningsloven § 22)."""


def last_met(session: Session, grant: Grant) -> date | None:
    """Return the day of the last meeting held in a course."""
    meeting = MEETINGS.table.c
    own = (meeting.grant_id == grant.id, meeting.held, not_(meeting.corrected))
    found: date | None = session.scalar(select(func.max(meeting.met_on)).where(*own))
    return found


def errors_of(session: Session, grant: Grant, asked: Decision, on: date) -> dict[str, list[str]]:
    """Return what is wrong with a proposed change, by field; empty when it can be proposed."""
    errors: dict[str, list[str]] = {}
    if asked.kind == HOURS:
        errors = _errors_of_hours(grant, asked, on)
    elif asked.end_code == course_change.DIED:
        errors = {"end_code": ["Ved dødsfald træffes ingen afgørelse. Luk forløbet i stedet."]}
    elif asked.kind == ENDING:
        errors = _errors_of_ending(session, grant, asked, on)
    elif asked.last_day is None or asked.last_day <= grant.last_day:
        errors = {"last_day": [f"Forlængelsen begynder dagen efter {grant.last_day:%d.%m.%Y}. Vælg en senere dag."]}
    if not asked.reason:
        errors["reason"] = ["Skriv begrundelsen. Den står i brevet."]
    elif asked.end_code == "other" and sum(sign.isalpha() for sign in asked.reason) < LEAST_LETTERS:
        errors["reason"] = ["Skriv grunden, så borgeren kan forstå den. Ingen af de faste grunde er valgt."]
    texts = {name: getattr(asked, name) for name in ("reason", "considerations", "other_help")}
    return reason_errors_of(texts) | errors


def _errors_of_hours(grant: Grant, asked: Decision, on: date) -> dict[str, list[str]]:
    minutes, day = asked.minutes_per_week or 0, asked.start or grant.start
    found = course_change.hours_errors(grant, minutes_per_week=minutes, from_day=day, reason=asked.reason)
    if found:
        return {{"from_day": "start"}.get(name, name): texts for name, texts in found.items()}
    if grant.minutes_on(day) == minutes:
        return {"minutes_per_week": ["Det er det samme timetal som nu."]}
    if day < on and is_burdening(grant, asked):
        return {"start": ["Færre timer kan tidligst gælde fra i dag: det, borgeren har fået, tages ikke tilbage."]}
    return {}


def _errors_of_ending(session: Session, grant: Grant, asked: Decision, on: date) -> dict[str, list[str]]:
    found = course_change.ending_errors(grant, ending_of(asked.last_day, asked), on)
    if found:
        return {{"reason": "end_code", "note": "reason"}.get(name, name): texts for name, texts in found.items()}
    day = asked.last_day or on
    if day < on and is_burdening(grant, asked):
        return {"last_day": ["Vælg i dag eller senere. Kun når borgeren selv har valgt, kan ophøret ligge før."]}
    if day < min(on, grant.start - timedelta(days=1)):
        return {"last_day": [f"Forløbet begyndte den {grant.start:%d.%m.%Y}. Vælg en senere dag."]}
    met = last_met(session, grant)
    if met is not None and met > day:
        return {
            "last_day": [
                f"Der er registreret et møde den {met:%d.%m.%Y}. Vælg den dag eller senere, eller ret logbogen."
            ]
        }
    return {}


def check_law(grant: Grant, decision: Decision, appraisal: Appraisal) -> None:
    """Refuse at the field what the law cannot answer or forbids.

    The least six months of the right at discharge bind the municipality: the citizen may say no, or leave the group.
    Who has moved away has no right here any more; who has left the group is first registered in another.
    """
    assessment = appraisal.assessment
    if assessment.outcome is Outcome.UNDECIDED:
        raise ValidationFailed(assessment.verdict, errors={"reason": [assessment.verdict]})
    longest = assessment.max_period
    too_long = longest is not None and appraisal.terms.last_day > longest.last_day
    if decision.kind == EXTENSION and longest is not None and too_long:
        text = f"Perioden er længere end {longest.months} måneder; lovens sidste dag er {longest.last_day:%d.%m.%Y}."
        raise ValidationFailed(text, errors={"last_day": [text]})
    own_way = (
        grant.discharge_right and not assessment.right_and_duty and decision.end_code in course_change.ENDS_A_RIGHT
    )
    is_gone = decision.end_code == course_change.MOVED
    if decision.kind != HOURS and assessment.outcome is Outcome.MUST_NOT and not (own_way or is_gone):
        field = "end_code" if decision.kind == ENDING else "last_day"
        text = TO_REGISTER if decision.end_code in course_change.REGISTERED else assessment.verdict
        raise ValidationFailed(text, errors={field: [text]})


def ending_of(last_day: date | None, asked: Decision) -> GrantEnding:
    """Return the ending (ophør) that a proposal asks for."""
    return GrantEnding(last_day or date.min, asked.end_code or "", asked.reason, asked.offer_start)
