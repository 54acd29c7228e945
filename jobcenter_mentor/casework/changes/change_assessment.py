"""Assess a change of a course: the stored facts of the course, brought up to the day, are judged again."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.changes.effect import days_of
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, GrantTerms
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.kernel.errors import InvalidTransition
from jobcenter_mentor.domain.law.facts import AgreementFacts, CaseFacts, PreviousAgreement
from jobcenter_mentor.domain.law.law import Law, LawOfDay

ACTIONS = {"hours": "grant", "extension": "extend", "ending": "end"}
"""What the law is asked for each kind of change."""


def appraise(session: Session, grant: Grant, decision: Decision, law: Law, *, on: date) -> Appraisal:
    """Assess a change by the law of a day (vurdér ændringen), with the group frozen at the grant; stores nothing.

    Raises InvalidTransition for a course that was never assessed.
    """
    terms = terms_of(grant, decision, on)
    facts = _facts(session, grant, decision, terms, law.on(on))
    return case_assessment.appraise_facts(session, facts, law, terms=terms, price_ore=grant.hourly_price)


def terms_of(grant: Grant, decision: Decision, on: date) -> GrantTerms:
    """Return the terms (vilkår) as they become; what the change does not touch is as in the course."""
    start, last_day = days_of(grant, decision, on)
    minutes = decision.minutes_per_week or grant.minutes_on(start) or grant.minutes_on(grant.start)
    return GrantTerms(start, max(start, last_day), minutes, grant.mentor_type, grant.place_share)


def _facts(session: Session, grant: Grant, decision: Decision, terms: GrantTerms, law: LawOfDay) -> CaseFacts:
    before = case_assessment.kept_facts(session, grant, on=law.day)
    if before is None:
        raise InvalidTransition("Forløbet er ikke vurderet, og kan derfor ikke ændres med en afgørelse.")
    now = case_assessment.citizen_facts(grant.citizen, law)
    citizen = replace(
        before.citizen,
        group=now.group,
        benefit=now.benefit,
        visitation=now.visitation if now.benefit else before.citizen.visitation,
        has_education=now.has_education,
        age=now.age,
    )
    request = replace(
        before.request,
        start=terms.start,
        end=terms.last_day,
        weeks=None,
        minutes_per_week=terms.minutes_per_week,
        cost=None,
        costs=None,
        hourly_rate=grant.hourly_price,
        place_share=grant.place_share,
        other_offer_start=decision.offer_start,
        previous_agreement=PreviousAgreement(grant.start, grant.last_day) if decision.kind == "extension" else None,
    )
    agreement = None
    if decision.kind != "extension" and grant.group_number is not None:
        agreement = AgreementFacts(date=grant.decided_on or grant.start, group=grant.group_number)
    action = ACTIONS[decision.kind]
    return replace(before, date=law.day, action=action, citizen=citizen, request=request, agreement=agreement)
