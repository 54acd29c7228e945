"""Assessments: the worked examples of the rule catalogue through the service, and what is kept of them."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.service import list_reservations
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.case_assessment import GrantTerms
from jobcenter_mentor.casework.grants.models import AssessmentRecord
from jobcenter_mentor.domain.law.assessment import Outcome
from jobcenter_mentor.domain.law.law import Law
from tests.builders import WORKING_DAY, a_citizen, a_frame, a_referral
from tests.casework.grants.cases import a_jobready_referral, granted, the_frames

KRONER = 100


def appraised(session, referral, law, *, price, start, last_day, minutes, mentor_type="INT", on=WORKING_DAY):
    """The law's answer at a price of an hour, in øre."""
    terms = GrantTerms(start, last_day, minutes, mentor_type)
    return case_assessment.appraise_at(session, referral, law, on=on, terms=terms, price_ore=price)


def test_e1_activity_ready_with_a_company_mentor(session: Session, law: Law) -> None:
    a_frame(session, amount=500_000 * KRONER)
    referral = a_referral(session, beyond_normal=True, can_take_other_offers=True, cannot_because=None)

    found = appraised(
        session,
        referral,
        law,
        price=200 * KRONER,
        start=date(2014, 5, 5),
        last_day=date(2014, 9, 21),
        minutes=180,
        mentor_type="VIRK",
        on=date(2014, 5, 2),
    )

    refund = found.assessment.reimbursement
    assert (found.cost, refund.amount, refund.own_cost) == (12_000 * KRONER, 6_000 * KRONER, 6_000 * KRONER)


def test_e2_job_ready_gives_no_refund(session: Session, law: Law) -> None:
    a_frame(session, amount=500_000 * KRONER)

    found = appraised(
        session,
        a_jobready_referral(session, beyond_normal=True),
        law,
        price=200 * KRONER,
        start=date(2014, 5, 5),
        last_day=date(2014, 9, 21),
        minutes=180,
        mentor_type="VIRK",
        on=date(2014, 5, 2),
    )

    refund = found.assessment.reimbursement
    assert (refund.frame, refund.amount, refund.own_cost) == ("no_reimbursement", 0, 12_000 * KRONER)


@pytest.mark.parametrize(
    ("left", "refund", "own_cost"),
    [(10_000, 5_000, 13_200), (0, 0, 18_200), (18_200, 9_100, 9_100)],
    ids=["E3", "E4", "a frame that just fits"],
)
def test_e3_and_e4_the_frame_limits_the_refund_and_never_the_right(
    session: Session, law: Law, left: int, refund: int, own_cost: int
) -> None:
    a_frame(session, year=2015, amount=left * KRONER)
    citizen = a_citizen(session, benefit="uddannelseshjaelp")

    found = appraised(
        session,
        a_referral(session, citizen),
        law,
        price=350 * KRONER,
        start=date(2015, 3, 2),
        last_day=date(2015, 8, 30),
        minutes=120,
        on=date(2015, 2, 25),
    )

    money = found.assessment.reimbursement
    assert found.assessment.outcome is Outcome.MUST
    assert (money.amount, money.own_cost) == (refund * KRONER, own_cost * KRONER)


def test_a_resource_course_is_refunded_outside_the_frame(session: Session, law: Law) -> None:
    citizen = a_citizen(session, benefit="ressourceforloeb", visitation=None)
    referral = a_referral(session, citizen, can_take_other_offers=True, cannot_because=None)

    found = appraised(
        session,
        referral,
        law,
        price=300 * KRONER,
        start=date(2015, 3, 2),
        last_day=date(2015, 8, 30),
        minutes=120,
        on=date(2015, 2, 25),
    )

    assert found.assessment.reimbursement.amount == 7_800 * KRONER
    assert [year.frame_kind for year in found.years] == ["none_unlimited"]


def test_new_year_splits_cost_and_refund_so_that_they_sum(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session)
    terms = case_assessment.offered_terms(session, referral, law, on=WORKING_DAY)

    found = case_assessment.appraise(session, referral, law, on=WORKING_DAY, terms=terms)

    assert [(y.year, y.cost, y.refund, y.own) for y in found.years] == [
        (2014, 625714, 312857, 312857),
        (2015, 934286, 467143, 467143),
    ]
    assert sum(y.refund for y in found.years) == found.assessment.reimbursement.amount


def test_one_full_year_leaves_the_refund_of_the_other(session: Session, law: Law) -> None:
    the_frames(session, left_2014=0)
    referral = a_referral(session)

    found = case_assessment.appraise(session, referral, law, on=WORKING_DAY)

    assert [(y.covered, y.refund) for y in found.years] == [(0, 0), (934286, 467143)]
    assert "frame_exceeded" in found.assessment.warnings


def test_a_year_without_a_frame_leaves_the_refund_open(session: Session, law: Law) -> None:
    a_frame(session)

    found = case_assessment.appraise(session, a_referral(session), law, on=WORKING_DAY)

    assert found.assessment.reimbursement.amount is None
    assert "frame_remaining_unknown" in found.assessment.warnings


def test_a_year_whose_law_is_not_known_leaves_the_known_year_its_refund(session: Session, law: Law) -> None:
    on = date(2026, 11, 2)
    citizen = a_citizen(session, benefit="sygedagpenge", visitation="sygemeldt", status_from=date(2026, 1, 1))
    referral = a_referral(session, citizen, referred_on=on, start=on)
    terms = GrantTerms(on, date(2027, 1, 31), 120, "INT")

    found = case_assessment.appraise_at(session, referral, law, on=on, terms=terms, price_ore=300_00)

    assert [(year.year, year.refund, year.own) for year in found.years] == [
        (2026, 0, found.years[0].cost),
        (2027, None, None),
    ]


def test_a_place_mentor_costs_the_citizen_a_share(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session)
    terms = GrantTerms(date(2015, 3, 2), date(2015, 8, 30), 360, "INT", place_share=4)

    found = case_assessment.appraise(session, referral, law, on=WORKING_DAY, terms=terms)

    assert found.cost == 6 * 26 * 300 * KRONER // 4


@pytest.mark.parametrize(
    ("start", "weeks", "last_day"),
    [
        (date(2014, 8, 25), 26, date(2015, 2, 24)),
        (date(2014, 10, 20), 26, date(2015, 4, 19)),
        (date(2014, 9, 1), 26, date(2015, 2, 28)),
        (date(2014, 10, 20), 13, date(2015, 1, 18)),
    ],
)
def test_a_full_period_is_offered_to_the_legal_last_day(
    session: Session, law: Law, start: date, weeks: int, last_day: date
) -> None:
    the_frames(session)
    referral = a_referral(session, start=start, weeks=weeks)

    assert case_assessment.offered_terms(session, referral, law, on=WORKING_DAY).last_day == last_day


def test_the_status_of_the_day_decides(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session, a_citizen(session, status_from=date(2014, 10, 10)))

    before = case_assessment.assess(session, referral, law, on=date(2014, 10, 9))
    after = case_assessment.assess(session, referral, law, on=date(2014, 10, 10))

    assert (before.outcome, after.outcome) == (Outcome.UNDECIDED, Outcome.MUST)


def test_an_assessment_stores_nothing(session: Session, law: Law) -> None:
    the_frames(session)

    case_assessment.assess(session, a_referral(session), law, on=WORKING_DAY)

    assert session.scalar(select(func.count()).select_from(AssessmentRecord)) == 0


def test_what_is_kept_is_whole_and_gives_the_same_answer_again(session: Session, law: Law) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)

    record = session.get_one(AssessmentRecord, grant.assessment_id)

    assert case_assessment.kept(record) == case_assessment.replay(record, law)
    assert case_assessment.kept(record).reimbursement.amount == 780_000
    assert sum(row.cost for row in list_reservations(session, grant.id)) == 1_560_000
