"""Ask the law again for a match (lovens svar): the facts of the course, with the type and price of the mentor."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, GrantTerms
from jobcenter_mentor.casework.grants.models import IMPORTED, AssessmentRecord, Grant
from jobcenter_mentor.domain.kernel.errors import NotInForce, ValidationFailed
from jobcenter_mentor.domain.law.assessment import Outcome
from jobcenter_mentor.domain.law.facts import CaseFacts, RequestFacts
from jobcenter_mentor.domain.law.law import Law, LawOfDay
from jobcenter_mentor.domain.law.missing import QUESTIONS
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.people.mentors.models import Mentor

OF_SECTION_31_D = frozenset({"request.beyond_normal", "request.decisive"})
ASK_BEYOND = "Svar ja eller nej. Loven spørger, fordi mentoren er ansat i en virksomhed eller på en skole."


@dataclass(frozen=True)
class Matched:
    """A mentor for a course (match) as the law is asked: the price of an hour in øre, and the days, both included.

    `beyond_normal` is the answer given with the match, None where nobody was asked.
    """

    mentor: Mentor
    price: int
    first_day: date
    last_day: date
    beyond_normal: bool | None = None


def reassess(session: Session, grant: Grant, match: Matched, *, on: date, law: Law) -> Appraisal | None:
    """Ask the law again with the new mentor; stores nothing.

    None for a course that was never assessed, on days whose law is not entered. Raises ValidationFailed, with the
    question to ask, where the answer is undecided or the law forbids the support.
    """
    kept = case_assessment.kept_facts(session, grant, on=on)
    facts = kept or _facts_without_assessment(grant, law.on(on))
    asked = _with(facts, grant, match, on)
    start = max(match.first_day, min(on, match.last_day))
    minutes = grant.minutes_on(start) or grant.minutes_on(grant.start)
    terms = GrantTerms(match.first_day, match.last_day, minutes, match.mentor.mentor_type, grant.place_share)
    try:
        appraisal = case_assessment.appraise_facts(session, asked, law, terms=terms, price_ore=match.price)
        errors = _errors(session, grant, facts, asked, appraisal, law)
    except NotInForce as error:
        if kept is None:
            return None
        raise ValidationFailed(error.message, errors={"mentor": [error.message]}) from error
    if errors:
        raise ValidationFailed("Mentoren kan ikke vælges endnu.", errors=errors)
    return appraisal


def is_another(session: Session, grant: Grant, appraisal: Appraisal) -> bool:
    """Tell whether the stored assessment of the course says another type, price or answer than this one.

    False for a course that was never assessed: the facts that are missing are not asked for here.
    """
    kept = case_assessment.kept_facts(session, grant, on=appraisal.facts.date)
    request = appraisal.facts.request
    now = (request.mentor_type, request.hourly_rate, request.beyond_normal)
    return kept is not None and now != (kept.request.mentor_type, kept.request.hourly_rate, kept.request.beyond_normal)


def _with(facts: CaseFacts, grant: Grant, match: Matched, on: date) -> CaseFacts:
    """Put the match into the facts; an answer that was given for another type of mentor does not count."""
    request, kind = facts.request, match.mentor.mentor_type
    same = request.mentor_type == kind
    beyond = (request.beyond_normal if same else None) if match.beyond_normal is None else match.beyond_normal
    decisive = (request.decisive if same else None) if match.beyond_normal is None else match.beyond_normal
    minutes = grant.minutes_on(max(on, match.first_day)) or grant.minutes_on(grant.start)
    request = replace(
        request,
        start=match.first_day,
        end=match.last_day,
        weeks=None,
        minutes_per_week=minutes,
        mentor_type=kind,
        beyond_normal=beyond,
        decisive=decisive,
        hourly_rate=match.price,
        cost=None,
        costs=None,
    )
    return replace(facts, request=request)


def _errors(
    session: Session, grant: Grant, before: CaseFacts, asked: CaseFacts, appraisal: Appraisal, law: Law
) -> dict[str, list[str]]:
    assessment, known = appraisal.assessment, set[str]()
    if assessment.outcome is Outcome.UNDECIDED:
        if grant.origin == IMPORTED or grant.assessment_id is None:
            known = set(assess(before, law).missing)  # what the sheet never told stops no mentor
        missing = [path for path in assessment.missing if path not in known]
        texts = {path: f"{QUESTIONS.get(path, assessment.verdict)}" for path in missing}
        if OF_SECTION_31_D & texts.keys():
            return {"beyond_normal": [ASK_BEYOND]}
        return {"mentor": [f"Loven kan ikke svare. {' '.join(texts.values())} Svar i sagen først."]} if texts else {}
    if assessment.outcome is Outcome.MUST_NOT and not _is_approved(session, grant, before, asked):
        field = "beyond_normal" if asked.request.beyond_normal is False else "mentor"
        return {field: [assessment.verdict]}
    return {}


def _is_approved(session: Session, grant: Grant, before: CaseFacts, asked: CaseFacts) -> bool:
    """Tell whether somebody approved the same support against the law's answer, with a reason, at the grant."""
    if grant.assessment_id is None:
        return False
    same = (before.request.mentor_type, before.request.beyond_normal) == (
        asked.request.mentor_type,
        asked.request.beyond_normal,
    )
    outcome = session.get_one(AssessmentRecord, grant.assessment_id).outcome
    return same and outcome == Outcome.MUST_NOT.value


def _facts_without_assessment(grant: Grant, law: LawOfDay) -> CaseFacts:
    """Build what is known of a course that was never assessed."""
    return CaseFacts(
        date=law.day,
        citizen=case_assessment.citizen_facts(grant.citizen, law),
        request=RequestFacts(
            start=grant.start,
            end=grant.last_day,
            minutes_per_week=grant.minutes_on(grant.start),
            mentor_type=grant.mentor_type,
            hourly_rate=grant.hourly_price,
            place_share=grant.place_share,
        ),
    )
