"""The first offer of § 93: asked where it matters, never answered for the caseworker unless the system knows it."""

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from tests.builders import a_citizen, a_grant, a_referral, a_user
from tests.logins import Visitor
from tests.screens.new_case.test_views import NEED, sent


def an_ending(session: Session, citizen: Citizen, *, offer_start: date) -> None:
    """An approved ending of a course of 2014 for an ordinary offer."""
    grant = a_grant(session, citizen, start=date(2014, 2, 3), last_day=date(2014, 8, 2))
    record = AssessmentRecord(assessed_on=date(2014, 7, 1), law="lab2014", outcome="may", facts={}, result={})
    session.add(record)
    session.flush()
    session.add(
        Decision(
            kind="ending",
            case_number=grant.case_number,
            team_id=citizen.team_id,
            citizen_id=citizen.id,
            grant_id=grant.id,
            assessment_id=record.id,
            last_day=date(2014, 8, 2),
            end_code="ordinary_offer",
            offer_start=offer_start,
            proposed_by_id=a_user(session, "SB").id,
            proposed_on=date(2014, 7, 1),
            approved_by_id=a_user(session, "TL").id,
            approved_on=date(2014, 7, 2),
        )
    )
    session.commit()


def answered(visitor: Visitor, citizen: Citizen, name: str) -> str | None:
    """Return the answer that the empty form of a citizen comes with."""
    page = visitor.get(f"/henvisninger/ny?borger={citizen.public_id}").text
    found = re.search(rf'name="{name}" value="([^"]*)" checked', page)
    return found[1] if found else None


def test_no_question_of_the_law_comes_with_an_answer(as_caseworker: Visitor, session: Session) -> None:
    citizen = a_citizen(session)

    assert answered(as_caseworker, citizen, "other_offers") == "unknown"
    assert {answered(as_caseworker, citizen, name) for name in ("first_offer", "beyond_normal", "decisive")} == {""}
    assert answered(as_caseworker, citizen, "other_support") == ""
    assert answered(as_caseworker, citizen, "psychiatric_inpatient") is None


def test_a_first_offer_that_nobody_was_asked_about_leaves_the_case_undecided(
    as_caseworker: Visitor, session: Session
) -> None:
    citizen = a_citizen(session)
    address = f"/henvisninger/vurdering?borger={citizen.public_id}"

    unknown = as_caseworker.post(address, data=NEED | {"first_offer": ""}).text
    first = as_caseworker.post(address, data=NEED | {"first_offer": "ja"}).text
    refused = sent(as_caseworker, citizen, first_offer="", goal_by="15-01-2015", act="send")

    assert "Kan ikke afgøres endnu. Spørg: Er det borgerens første tilbud?" in unknown
    assert "Skal gives. Ret og pligt efter LAB § 93" in first
    assert (refused.status_code, "Spørg: Er det borgerens første tilbud?" in refused.text) == (422, True)


def test_an_earlier_mentor_does_not_tell_whether_it_is_the_first_offer(
    as_caseworker: Visitor, session: Session
) -> None:
    citizen = a_citizen(session)
    a_referral(session, citizen, closed_on=date(2014, 9, 1), closed_reason="granted")
    a_grant(session, citizen, start=date(2014, 2, 3), last_day=date(2014, 8, 2))

    assert answered(as_caseworker, citizen, "first_offer") == ""


@pytest.mark.parametrize(
    ("began", "benefits", "answer"),
    [
        (date(2014, 9, 1), [], "nej"),
        (date(2014, 11, 1), [], ""),
        (date(2014, 9, 1), ["sygedagpenge", "kontanthjaelp"], ""),
    ],
    ids=["an ordinary offer began", "it has not begun", "another benefit since"],
)
def test_an_ordinary_offer_that_the_system_knows_of_has_used_up_the_first(
    as_caseworker: Visitor, session: Session, began: date, benefits: list[str], answer: str
) -> None:
    citizen = a_citizen(session)
    an_ending(session, citizen, offer_start=began)
    for month, benefit in enumerate(benefits, 9):
        visitation = "aktivitetsparat" if benefit == "kontanthjaelp" else None
        citizen.statuses.append(CitizenStatus(valid_from=date(2014, month, 10), benefit=benefit, visitation=visitation))
    session.commit()

    page = as_caseworker.get(f"/henvisninger/ny?borger={citizen.public_id}").text

    assert answered(as_caseworker, citizen, "first_offer") == answer
    assert ("Borgeren begyndte i et andet tilbud den 01.09.2014." in page) == (answer == "nej")


def test_a_no_in_an_earlier_referral_still_holds(as_caseworker: Visitor, session: Session) -> None:
    citizen = a_citizen(session)
    told = {"referred_on": date(2014, 5, 5), "closed_on": date(2014, 9, 1), "closed_reason": "granted"}
    a_referral(session, citizen, first_offer=False, **told)

    assert answered(as_caseworker, citizen, "first_offer") == "nej"
    assert (
        "Svaret var nej i henvisningen den 05.05.2014."
        in as_caseworker.get(f"/henvisninger/ny?borger={citizen.public_id}").text
    )
