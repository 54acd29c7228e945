"""Databasen selv: the wrong states of money and people can't be written, whatever a program forgets to lock."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine, PayLine
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.matching.models import MatchExclusion, MatchPin
from jobcenter_mentor.people.mentors.models import MentorAbsence
from jobcenter_mentor.platform.access.models import Absence
from tests import builders as a

ON = a.WORKING_DAY
JANUARY = {"first_day": date(2014, 1, 1), "last_day": date(2014, 1, 31)}


def a_claim(session: Session, **changes: Any) -> Claim:
    user = a.a_user(session, "ØK")
    claim = Claim(**{**JANUARY, "drafted_by_id": user.id, "drafted_on": ON} | changes)
    session.add(claim)
    session.flush()
    return claim


def a_wage(session: Session, **changes: Any) -> PayLine:
    grant = changes.pop("grant", None) or a.a_grant(session, mentor_id=a.a_mentor(session).id)
    own = {"grant_id": grant.id, "citizen_id": grant.citizen_id, "mentor_id": grant.mentor_id, "kind": "wage"}
    sums = {"minutes": 60, "hourly_price": 30_000, "amount": 30_000}
    entered = {"entered_by_id": a.a_user(session, "MK").id, "entered_on": ON}
    line = PayLine(**JANUARY | own | sums | entered | changes)
    session.add(line)
    session.flush()
    return line


def refused(session: Session, statement: Any) -> None:
    with pytest.raises(IntegrityError):
        session.execute(statement)
    session.rollback()


def test_there_is_one_open_draft_of_a_claim(session: Session) -> None:
    first = a_claim(session)

    same = {"drafted_by_id": first.drafted_by_id, "drafted_on": ON, "public_id": "x", "recorded_at": first.recorded_at}
    refused(session, insert(Claim).values(JANUARY | same))


def test_nobody_closes_a_claim_of_his_own(session: Session) -> None:
    claim = a_claim(session)

    refused(session, update(Claim).values(closed_by_id=claim.drafted_by_id, closed_on=ON))


def test_a_line_is_never_released_and_rejected(session: Session) -> None:
    matched, released = a.a_user(session, "ØK").id, a.a_user(session, "ØK").id
    stamps = {"matched_by_id": matched, "matched_on": ON, "released_by_id": released, "released_on": ON}
    a_wage(session, **stamps)

    refused(session, update(PayLine).values(rejected_by_id=matched, rejected_on=ON))


def test_nobody_releases_what_he_has_matched(session: Session) -> None:
    matched = a.a_user(session, "ØK").id
    a_wage(session, matched_by_id=matched, matched_on=ON)

    refused(session, update(PayLine).values(released_by_id=matched, released_on=ON))


def test_a_month_of_a_course_is_paid_once(session: Session) -> None:
    line = a_wage(session)

    with pytest.raises(IntegrityError):
        a_wage(session, grant=line.grant)


def test_a_pay_line_is_claimed_once_a_day_and_account(session: Session) -> None:
    line, claim = a_wage(session), a_claim(session)
    sums = {"rate_percent": 50, "cost": 1, "eligible": 1, "base": 1, "refund": 1}
    own = {"claim_id": claim.id, "pay_line_id": line.id, "grant_id": line.grant_id, "year": 2014, "frame_kind": "x"}
    session.add(ClaimLine(**JANUARY, **own, **sums, account="5.59"))
    session.flush()
    first = session.scalars(select(ClaimLine)).one()

    session.add(ClaimLine(**JANUARY, **own, **sums, account="5.59", correction_of_id=first.id))
    session.flush()
    session.add(ClaimLine(**JANUARY, **own, **sums, account="5.59"))
    with pytest.raises(IntegrityError):
        session.flush()


NOVEMBER, LATER = (date(2014, 11, 3), date(2014, 11, 7)), (date(2014, 11, 7), date(2014, 11, 9))


def test_nobody_is_away_twice_on_a_day(session: Session) -> None:
    user, other = a.a_user(session, "SB"), a.a_user(session, "SB")
    for who, (first, last), withdrawn in ((user, NOVEMBER, None), (other, NOVEMBER, None), (user, LATER, ON)):
        session.add(Absence(user_id=who.id, first_day=first, last_day=last, withdrawn_on=withdrawn))
    session.commit()

    refused(session, update(Absence).where(Absence.withdrawn_on.is_not(None)).values(withdrawn_on=None))
    session.add(Absence(user_id=user.id, first_day=LATER[0], last_day=LATER[1]))
    with pytest.raises(IntegrityError):
        session.flush()


def test_no_mentor_is_away_twice_on_a_day(session: Session) -> None:
    mentor = a.a_mentor(session)
    session.add(MentorAbsence(mentor_id=mentor.id, first_day=NOVEMBER[0], last_day=NOVEMBER[1]))
    session.flush()

    session.add(MentorAbsence(mentor_id=mentor.id, first_day=LATER[0], last_day=LATER[1]))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_course_has_one_pin_and_a_citizen_one_exclusion_of_a_mentor(session: Session) -> None:
    grant, mentor, user = a.a_grant(session), a.a_mentor(session), a.a_user(session, "MK")
    own = {"mentor_id": mentor.id, "reason": "x", "by_id": user.id, "set_on": ON}
    for kind, whose in ((MatchPin, {"grant_id": grant.id}), (MatchExclusion, {"citizen_id": grant.citizen_id})):
        more = {"kind": "conflict"} if kind is MatchExclusion else {}
        session.add(kind(**own, **whose, **more))
        session.commit()

        session.add(kind(**own, **whose, **more))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_two_proposals_in_one_case_never_wait_at_once() -> None:
    waits = {index.name: index for index in Decision.__table__.indexes if index.unique}

    assert {"uq_decision_open_change", "uq_decision_open_proposal"} <= waits.keys()
