"""Target groups of courses: frozen at the agreement, whatever happens to the benefit afterwards."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.changes import change_assessment
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.case_assessment import GrantTerms
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import a_citizen, a_referral, a_user

GRANTED, LATER = date(2025, 6, 2), date(2025, 9, 1)
MONEY = 300_00


def a_course(session: Session, law: Law, **of_citizen: object) -> Grant:
    """A course granted on 2 June 2025 to somebody of 22 on uddannelseshjælp, activity-ready."""
    told = {"benefit": "uddannelseshjaelp", "birth_date": date(2003, 3, 3), "status_from": date(2025, 1, 1)}
    citizen = a_citizen(session, **(told | of_citizen))
    referral = a_referral(session, citizen, referred_on=GRANTED, start=date(2025, 6, 9), weeks=20)
    terms = GrantTerms(date(2025, 6, 9), date(2025, 12, 8), 120, "INT")
    appraisal = case_assessment.appraise_at(session, referral, law, on=GRANTED, terms=terms, price_ore=MONEY)
    record = case_assessment.keep(session, appraisal, referral_id=referral.id, by=None)
    grant = Grant(
        case_number="2025-0001",
        citizen=citizen,
        team_id=citizen.team_id,
        referral_id=referral.id,
        mentor_type="INT",
        start=terms.start,
        last_day=terms.last_day,
        benefit="uddannelseshjaelp",
        visitation="aktivitetsparat",
        group_number=appraisal.facts.citizen.group,
        right=False,
        right_and_duty=False,
        rate_percent=0,
        frame_kind="no_reimbursement",
        hourly_price=MONEY,
        goal="Tager bussen.",
        tasks=[],
        decided_on=GRANTED,
        assessment_id=record.id,
    )
    session.add(grant)
    session.flush()
    return grant


def test_a_running_course_keeps_its_group_when_its_benefit_ends(session: Session, law: Law) -> None:
    grant = a_course(session, law)

    kept = case_assessment.kept_facts(session, grant, on=LATER)

    assert grant.group_number == 5
    assert kept is not None
    assert (kept.citizen.group, kept.citizen.benefit) == (5, None)
    assert case_assessment.group_of(grant.citizen, law.on(LATER)) is None, "uddannelseshjælp has ended"
    assert case_assessment.answer(kept, law).missing == ()


@pytest.mark.parametrize(("education", "now"), [(False, 5), (True, 3)])
def test_a_change_of_a_running_course_is_refunded_by_the_group_of_the_agreement(
    session: Session, law: Law, education: bool, now: int
) -> None:
    grant = a_course(session, law)
    citizens.set_status(
        session,
        grant.citizen,
        benefit="kontanthjaelp",
        visitation="aktivitetsparat",
        has_education=education,
        valid_from=date(2025, 7, 1),
        actor=Actor(a_user(session, "SB"), LATER),
        law=law,
    )

    fewer = Decision(kind="hours", start=date(2025, 9, 8), minutes_per_week=60)
    found = change_assessment.appraise(session, grant, fewer, law, on=LATER)

    assert found.facts.citizen.group == now
    assert found.facts.agreement is not None
    assert found.facts.agreement.group == 5
    assert found.assessment.missing == ()
