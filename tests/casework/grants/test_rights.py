"""Rettigheder: a right is a column of the course, filled from the assessment, and decides alike under every law."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.claims import service
from jobcenter_mentor.accounts.invoices.models import Claim, PayLine
from jobcenter_mentor.casework.changes import service as changes
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants import course_change
from jobcenter_mentor.casework.grants.course_change import ENDS_A_RIGHT
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching.plan_lines import lines_of
from jobcenter_mentor.casework.matching.waiting_courses import list_waiting
from jobcenter_mentor.casework.matching.waiting_list import read_waiting_list
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests import builders as a
from tests.casework.grants.cases import a_discretionary_referral, approved, people, proposed, the_frames

DAYS = {"2014": date(2014, 10, 15), "2021": date(2021, 3, 1)}
GONE: dict[str, set[str]] = {"2014": set(), "2021": {"visitation"}}
"""Reasons that the law of the day has no more."""


def at_discharge(session: Session, law: Law, year: str, *, inpatient: bool = True) -> Grant:
    """Return a course granted to somebody who leaves (or did not need) a psychiatric ward a month later."""
    on, who = DAYS[year], people(session)
    the_frames(session)
    referral = a_discretionary_referral(
        session,
        psychiatric_inpatient=inpatient,
        discharge_date=on + timedelta(days=30) if inpatient else None,
        start=on + timedelta(days=5),
        referred_on=on - timedelta(days=3),
        consulted_on=on - timedelta(days=3),
    )
    grant = approved(
        session, proposed(session, referral, by=who.caseworker, law=law, on=on), by=who.leader, law=law, on=on
    )
    assert grant is not None
    return grant


@pytest.mark.parametrize("year", DAYS)
def test_the_right_at_discharge_is_demanded_on_the_waiting_list_and_in_the_plan(
    session: Session, law: Law, year: str
) -> None:
    grant, on = at_discharge(session, law, year), DAYS[year]
    coordinator = a.a_user(session, "MK")

    (row,) = list_waiting(session, actor=Actor(coordinator, on))
    waiting = read_waiting_list(session, [grant], actor=Actor(coordinator, on), law=law)
    (line,) = lines_of(waiting, {}, {}, plan_id=0)

    assert (grant.right, grant.discharge_right, bool(grant.right_and_duty)) == (True, True, False)
    assert (row.is_demanded, line.is_demanded) == (True, True)


@pytest.mark.parametrize("year", DAYS)
def test_the_right_at_discharge_does_not_end_for_any_reason(session: Session, law: Law, year: str) -> None:
    grant = at_discharge(session, law, year)

    assert set(course_change.reasons_for(grant, DAYS[year])) == ENDS_A_RIGHT - GONE[year]


@pytest.mark.parametrize("code", ["declined", "moved", "off_benefit"])
@pytest.mark.parametrize("year", DAYS)
def test_the_least_period_at_discharge_binds_the_municipality_not_the_citizen(
    session: Session, law: Law, year: str, code: str
) -> None:
    grant, on = at_discharge(session, law, year), DAYS[year] + timedelta(days=20)
    ending = NewChange(
        "ending",
        "Borgeren har selv bedt om det.",
        last_day=on + timedelta(days=1),
        end_code=code,
        considerations="Borgerens eget ønske.",
        other_help="Ingen.",
    )

    decision = changes.propose(session, grant, ending, actor=Actor(a.a_user(session, "SB"), on), law=law)

    assert (decision.end_code, decision.last_day) == (code, on + timedelta(days=1))


@pytest.mark.parametrize("year", DAYS)
def test_a_course_without_a_right_is_not_demanded_and_ends_for_any_reason(
    session: Session, law: Law, year: str
) -> None:
    grant = at_discharge(session, law, year, inpatient=False)
    (row,) = list_waiting(session, actor=Actor(a.a_user(session, "MK"), DAYS[year]))

    assert (grant.right, grant.discharge_right, row.is_demanded) == (False, False, False)
    assert set(course_change.reasons_for(grant, DAYS[year])) == set(course_change.END_REASONS) - GONE[year]


def test_the_words_of_the_legal_basis_decide_nothing(session: Session, law: Law) -> None:
    told = a.a_grant(session, right_and_duty=False, legal_basis="LAB § 31 b, stk. 2")
    held = a.a_grant(session, right_and_duty=False, discharge_right=True, legal_basis="")

    rows = list_waiting(session, actor=Actor(a.a_user(session, "MK"), a.WORKING_DAY))

    assert [(row.grant.id, row.is_demanded) for row in rows] == [(held.id, True), (told.id, False)]
    assert (
        len(course_change.reasons_for(told, a.WORKING_DAY)),
        len(course_change.reasons_for(held, a.WORKING_DAY)),
    ) == (8, 5)


@pytest.mark.parametrize("words", ["", "LAB § 167, stk. 2", "LAB § 31 b, stk. 2"])
def test_the_claim_of_a_course_at_discharge_follows_the_column(session: Session, law: Law, words: str) -> None:
    """Group 1 gets no refund; at discharge the mentor frame pays."""
    found, clerk = [], a.a_user(session, "ØK")
    for discharge in (True, False):
        grant = a.a_grant(session, group_number=1, right_and_duty=False, discharge_right=discharge, legal_basis=words)
        line = PayLine(
            grant_id=grant.id,
            kind="wage",
            first_day=date(2014, 9, 1),
            last_day=date(2014, 9, 30),
            minutes=60,
            hourly_price=30000,
            amount=30000,
            citizen_id=grant.citizen_id,
            entered_by_id=clerk.id,
            entered_on=a.WORKING_DAY,
            released_on=a.WORKING_DAY,
            matched_on=a.WORKING_DAY,
        )
        session.add(line)
        session.flush()
        claim = Claim(first_day=date(2014, 9, 1), last_day=date(2014, 9, 30), drafted_on=a.WORKING_DAY)
        parts = [part for part in service._parts(session, claim, law) if part.grant_id == grant.id]
        found.append({part.terms.kind for part in parts})

    assert found[0] != found[1]


@pytest.mark.parametrize("wrong", [{"right": False}, {"right": None}, {"right": False, "discharge_right": True}])
def test_the_database_refuses_a_duty_or_a_discharge_without_a_right(session: Session, wrong: dict[str, object]) -> None:
    grant = a.a_grant(session)

    with pytest.raises(DBAPIError):
        session.execute(update(Grant).where(Grant.id == grant.id).values(**wrong))
