"""Kommunens egen frist for kontakt: its own finding and its own words, and never said to be the law's."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements import service as agreements
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.contact_breach import list_breaches
from jobcenter_mentor.casework.meetings.contact_deadline import broken_days
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.deadlines import breaches_by_law, breaches_of_own_interval
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor.screens.frame.law_card import card_of
from tests import builders as a
from tests.casework.grants.test_contact_rule import ORDINARY, in_force, with_own
from tests.casework.meetings.courses import a_course, a_logged_meeting
from tests.logins import Visitor

DAYS = st.dates(date(2014, 1, 1), date(2020, 6, 1))
FACTS: dict[str, Any] = {
    "date": "2014-06-02",
    "action": "check_contact",
    "citizen": {
        "group": 3,
        "visitation": "aktivitetsparat",
        "can_take_other_offers": False,
        "cannot_because": "personal",
        "first_offer": True,
        "age": 34,
        "integration_programme": False,
        "psychiatric_inpatient": False,
    },
    "request": {
        "start": "2014-05-12",
        "weeks": 13,
        "hours_per_week": 2,
        "mentor_type": "INT",
        "cost": "7800.00",
        "contacts": ["2014-05-18", "2014-05-23", "2014-05-28"],
    },
    "budget": {"frame_remaining": "120000.00"},
}


@given(
    start=DAYS,
    offsets=st.lists(st.integers(0, 90), max_size=12),
    length=st.integers(0, 100),
    own=st.lists(st.tuples(DAYS, st.integers(0, 25)), max_size=2),
    is_bound=st.booleans(),
)
def test_what_min_dag_shows_is_what_the_assessment_finds_of_either_interval(
    start: date, offsets: list[int], length: int, own: list[tuple[date, int]], is_bound: bool
) -> None:
    law, until = with_own(*own), start + timedelta(days=length)
    contacts = [start + timedelta(days=offset) for offset in offsets]
    course = Grant(start=start, right_and_duty=is_bound, contact_interval_days=7 if is_bound else None)

    shown = {last for _, last in broken_days(course, contacts, until, law)}

    legal = breaches_by_law(start, contacts, until, law.on(start)) if is_bound else []
    local = breaches_of_own_interval(start, contacts, until, law.on(start))
    assert shown == {breach.last for breach in (*legal, *local)}


def test_the_card_says_the_municipality_s_own_breach_apart_from_the_law_that_is_kept() -> None:
    found = assess(facts_from_dict(FACTS), with_own((date(2014, 1, 1), 5)))
    rows = {row.question: row for row in card_of(found, date(2014, 6, 2)).asked}

    law, own = rows["Er kravet om kontakt overholdt?"], rows["Er kommunens egen frist for kontakt overholdt?"]
    assert (law.answer, law.kind_words, law.figure) == ("Ja", "lovens ord", "Lovens tal: 7 dage")
    assert (own.answer, own.kind_words, own.figure) == ("Nej", "kommunens egen regel", "Kommunens tal: 5 dage")
    assert "LAB" not in own.section


def test_the_municipality_s_own_interval_is_never_the_one_a_letter_tells_of() -> None:
    law = with_own((date(2014, 1, 1), 5))
    ordinary = {**FACTS, "citizen": {**FACTS["citizen"], "first_offer": False}}

    bound, offered = (assess(facts_from_dict(facts), law) for facts in (FACTS, ordinary))

    assert (bound.min_contact_interval_days, offered.min_contact_interval_days) == (7, None)
    assert (bound.contact_breaches, offered.contact_breaches) == ((), ())


def test_an_agreement_never_says_that_the_citizen_must_as_often_as_the_municipality_wants(session: Session) -> None:
    a.a_municipality(session)
    in_force(session, 5)
    mentor = a.a_mentor(session, phone="20304050")
    grant = a.a_grant(session, mentor_id=mentor.id, start=date(2014, 10, 20), last_day=date(2015, 4, 19))
    law = law_of(session)
    new = agreements.prefill(session, grant, on=a.WORKING_DAY, law=law)

    draft = agreements.letter_of(session, grant, new, actor=Actor(a.a_user(session, "SB"), a.WORKING_DAY), law=law)

    assert new.contact_interval_days == 5
    assert draft.values["duty_text"].endswith("Du og mentoren skal have kontakt mindst hver uge.")
    assert draft.values["contact"] == "mindst hver 5. dag"


@pytest.mark.parametrize(
    ("days_since", "section", "over"),
    [(5, None, 0), (6, "kommunens egen frist", 1), (7, "kommunens egen frist", 2), (8, "LAB § 93", 1)],
)
def test_min_dag_tells_whose_interval_is_broken_and_the_law_goes_first(
    session: Session, days_since: int, section: str | None, over: int
) -> None:
    in_force(session, 5)
    course = a_course(session)
    a_logged_meeting(session, course, a.WORKING_DAY - timedelta(days=days_since))

    found = list_breaches(session, actor=Actor(course.caseworker, a.WORKING_DAY), law=law_of(session))

    assert [(one.section, one.days_over) for one in found] == ([(section, over)] if section else [])


def test_the_course_s_page_keeps_the_two_intervals_and_their_breaches_apart(
    session: Session, as_caseworker: Visitor
) -> None:
    in_force(session, 5)
    caseworker = as_caseworker.user
    course = a_course(session, caseworker_id=caseworker.id, team_id=caseworker.roles[0].team_id)
    for back in (20, 14, 4):
        a_logged_meeting(session, course, a.WORKING_DAY - timedelta(days=back))

    page = as_caseworker.get(f"/bevillinger/{course.grant.public_id}").get_data(as_text=True)

    assert "Kontakt mindst hver uge" in page
    assert "Kontakt mindst hver 5. dag (kommunens egen frist)" in page
    assert "6 dage siden sidst, 1 over kommunens egen frist" in page
    assert "10 dage siden sidst, 3 over lovens frist" in page


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (0, "Ret og pligt, hvor der ikke har været kontakt så tit, som loven kræver"),
        (10, "Forløb, hvor der ikke har været kontakt så tit, som loven eller kommunen kræver"),
    ],
)
def test_min_dag_says_who_asks_for_contact(session: Session, as_caseworker: Visitor, own: int, said: str) -> None:
    in_force(session, own)
    a_course(session, **ORDINARY)

    assert said in as_caseworker.get("/min-dag").get_data(as_text=True)
