"""Hvert brev, hvert udfald, hvert år: cases of made-up people on a day, and the letters that come of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.agreements import service as agreements
from jobcenter_mentor.casework.changes import change_assessment
from jobcenter_mentor.casework.changes import letters as changes
from jobcenter_mentor.casework.changes.effect import is_burdening
from jobcenter_mentor.casework.grants import case_assessment, hearing, letters
from jobcenter_mentor.casework.grants.course_change import DIED, END_REASONS
from jobcenter_mentor.casework.grants.hearing_facts.models import HeardFact
from jobcenter_mentor.casework.grants.hearing_facts.service import words_of
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests.builders import a_citizen, a_grant, a_mentor, a_referral

YEARS = range(2010, 2027)
GOAL = "Du står selv op fire dage om ugen."
CITIZENS: dict[str, dict[str, Any]] = {
    "activity": {"benefit": "kontanthjaelp", "visitation": "aktivitetsparat"},
    "ready": {"benefit": "kontanthjaelp", "visitation": "jobparat"},
    "sick": {"benefit": "sygedagpenge", "visitation": "sygemeldt"},
    "young": {"benefit": "uddannelseshjaelp", "visitation": "aktivitetsparat"},
    "insured": {"benefit": "dagpenge", "visitation": None},
    "newcomer": {"benefit": "kontanthjaelp", "visitation": "aktivitetsparat", "integration_programme": True},
}
NO_DUTY = {"can_take_other_offers": True, "cannot_because": None}


def needs(on: date) -> dict[str, dict[str, Any]]:
    """Return the kinds of need, with the facts of the referral."""
    soon = on + timedelta(days=40)
    return {
        "duty": {},
        "offer": NO_DUTY,
        "discharge": NO_DUTY | {"psychiatric_inpatient": True, "discharge_date": soon},
        "discharged": NO_DUTY | {"discharge_date": on - timedelta(days=10)},
        "education": NO_DUTY | {"education_kind": "study_or_job_qualifying", "education_admission_date": on},
        "course": NO_DUTY | {"education_kind": "other", "education_admission_date": on},
        "company": NO_DUTY | {"mentor_type": "VIRK", "beyond_normal": True, "decisive": True},
        "barred": {"mentor_type": "VIRK", "beyond_normal": False, "decisive": False},
        "unknown": {"can_take_other_offers": None, "cannot_because": None, "first_offer": None},
        "helped": NO_DUTY | {"other_support": "sel85", "goal_by": soon},
    }


def _be_young(citizen: Citizen, on: date) -> None:
    """Make the citizen 22 years old without an education, on the benefit that such a citizen has that day."""
    citizen.birth_date = date(on.year - 22, 3, 4)
    citizen.statuses[0].has_education = False
    if on >= date(2025, 7, 1):
        citizen.statuses[0].benefit = "kontanthjaelp"


@dataclass(frozen=True)
class Written:
    """Brev: the draft, the day, and the facts and the law's answer behind it."""

    name: str
    draft: LetterDraft
    on: date
    referral: Referral | None
    grant: Grant | None
    assessment: Assessment


def of_referrals(session: Session, law: Law, by: User, on: date) -> Iterator[Written]:
    """Yield a grant and a refusal for every citizen and need, where the law of the day has such a citizen."""
    for (who, citizen_facts), (need, facts) in _pairs(on):
        citizen = a_citizen(session, status_from=date(2009, 1, 1), **citizen_facts)
        if who == "young":
            _be_young(citizen, on)
        start = on + timedelta(days=5)
        referral = a_referral(session, citizen, referred_on=on, start=start, goal=GOAL, **facts)
        appraisal = case_assessment.appraise(session, referral, law, on=on)
        for kind in ("grant", "refusal"):
            decision = Decision(
                kind=kind,
                case_number=referral.case_number,
                proposed_by_id=by.id,
                citizen_id=citizen.id,
                reason="Vi talte om det i går.",
                considerations="Du vil gerne i gang.",
                hearing_note="Vi skrev til dig den 1. oktober.",
                other_help="Vi har set på bostøtte.",
            )
            decision.citizen, decision.referral = citizen, referral
            draft = letters.draft(session, decision, appraisal, on=on, law=law)
            yield Written(f"{kind} {who} {need} {on.year}", draft, on, referral, None, appraisal.assessment)


def of_courses(session: Session, law: Law, by: User, on: date) -> Iterator[Written]:
    """Yield the letters of a running course: changes, each ending, the hearing, a new mentor and the agreement."""
    for what, facts in needs(on - timedelta(days=60)).items():
        if what not in ("duty", "offer", "discharge", "company"):
            continue
        grant, assessment = a_course(session, law, by, on, facts), None
        for decision in changes_of(grant, by, on):
            try:
                appraisal = change_assessment.appraise(session, grant, decision, law, on=on)
            except DomainError:
                continue
            assessment, name = appraisal.assessment, f"{decision.kind} {decision.end_code or ''} {what} {on.year}"
            draft = changes.draft(session, grant, decision, appraisal, on=on, law=law)
            yield Written(name, draft, on, None, grant, assessment)
            if not is_burdening(grant, decision):
                continue
            told = {"planned": changes.planned_words(grant, decision), "reasons": changes.reasons(grant, decision)}
            basis = (changes.basis_of(grant, law, on),)
            decision.assessment = AssessmentRecord(result=assessment.to_dict())
            heard = hearing.draft(session, decision, legal_basis=basis, on=on, law=law, **told)
            heard = replace(heard, values={**heard.values, "facts": (words_of(_fact(on)),)})
            yield Written(f"hearing {name}", heard, on, None, grant, assessment)
        if assessment is not None:
            new = changes.mentor_draft(
                session, grant, reason="Din mentor har nyt arbejde.", actor=Actor(by, on), law=law
            )
            yield Written(f"mentor {what} {on.year}", new, on, None, grant, assessment)
            agreed = agreements.prefill(session, grant, on=on, law=law)
            letter = agreements.letter_of(session, grant, agreed, actor=Actor(by, on), law=law)
            yield Written(f"agreement {what} {on.year}", letter, on, None, grant, assessment)


def a_course(session: Session, law: Law, by: User, on: date, facts: dict[str, Any]) -> Grant:
    """A running course with a mentor, granted sixty days before by what the law said that day."""
    start = on - timedelta(days=60)
    citizen = a_citizen(session, status_from=date(2009, 1, 1))
    referral = a_referral(session, citizen, referred_on=start, start=start, goal=GOAL, **facts)
    appraisal = case_assessment.appraise(session, referral, law, on=start)
    said, kept = appraisal.assessment, case_assessment.keep(session, appraisal, referral_id=referral.id, by=by)
    grant = a_grant(
        session,
        citizen,
        start=start,
        last_day=on + timedelta(days=60),
        decided_on=start,
        goal=GOAL,
        mentor_id=a_mentor(session, phone="20304050").id,
        mentor_type=referral.mentor_type,
        assessment_id=kept.id,
        legal_basis=said.legal_basis,
        right=said.right,
        discharge_right=said.discharge_right,
        right_and_duty=said.right_and_duty,
        contact_interval_days=said.min_contact_interval_days,
    )
    session.refresh(grant, ["mentor"])
    return grant


def changes_of(grant: Grant, by: User, on: date) -> Iterator[Decision]:
    """Yield fewer hours, more hours, an extension and an ending for each reason."""
    common: dict[str, Any] = {
        "case_number": grant.case_number,
        "grant_id": grant.id,
        "citizen_id": grant.citizen_id,
        "proposed_by_id": by.id,
        "reason": "Vi talte om det i går.",
        "considerations": "Du klarer mere selv.",
        "hearing_note": "Vi skrev til dig den 1. oktober.",
        "other_help": "",
        "mentor_type": grant.mentor_type,
        "hourly_price": grant.hourly_price,
        "place_share": 1,
    }
    for minutes in (60, 180):
        yield _of(grant, Decision(kind="hours", start=on + timedelta(days=30), minutes_per_week=minutes, **common))
    first, last = grant.last_day + timedelta(days=1), grant.last_day + timedelta(days=90)
    yield _of(grant, Decision(kind="extension", start=first, last_day=last, minutes_per_week=120, **common))
    for code in END_REASONS:
        if code != DIED:
            day = on + timedelta(days=20)
            yield _of(grant, Decision(kind="ending", end_code=code, last_day=day, offer_start=day, **common))


def _fact(on: date) -> HeardFact:
    """A fact that came the week before."""
    return HeardFact(fact="Du er selv mødt hver dag", source="din mentor", known_on=on - timedelta(days=7))


def _of(grant: Grant, decision: Decision) -> Decision:
    decision.citizen = grant.citizen
    return decision


def _pairs(on: date) -> Iterator[tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any]]]]:
    for who in CITIZENS.items():
        for need in needs(on).items():
            if who[0] in ("activity", "young") or need[0] in ("duty", "company"):
                yield who, need
