"""Henvisninger: open a case once, with facts that can be right."""

from dataclasses import replace
from datetime import date

import pytest

from jobcenter_mentor.casework.referrals import queries as referral_queries
from jobcenter_mentor.casework.referrals import service
from jobcenter_mentor.casework.referrals.queries import ReferralFilter
from jobcenter_mentor.casework.referrals.referral_check import NewReferral
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.loader import law
from tests.builders import WORKING_DAY, a_citizen, a_referral, a_team, a_user


def new_referral(**changes):
    new = NewReferral(
        referred_on=WORKING_DAY,
        goal="Emil tager selv bussen inden den 15. januar 2015.",
        start=date(2014, 10, 20),
        weeks=26,
        minutes_per_week=120,
        mentor_type="INT",
        tasks=["transport"],
        consulted=True,
        consulted_on=date(2014, 10, 14),
    )
    return replace(new, **changes)


def referred(session, user, citizen, **changes):
    return service.refer(session, citizen, new_referral(**changes), actor=Actor(user, WORKING_DAY), law=law())


def test_each_referral_opens_a_case_with_the_next_number_of_the_year(session):
    user = a_user(session)

    numbers = [referred(session, user, a_citizen(session)).case_number for _ in range(3)]

    assert numbers == ["2014-0001", "2014-0002", "2014-0003"]


def test_the_count_goes_on_after_numbers_taken_before(session):
    a_referral(session, case_number="2014-0920")

    assert service.next_case_number(session, WORKING_DAY) == "2014-0921"
    assert service.next_case_number(session, date(2015, 1, 2)) == "2015-0001"


def test_a_form_sent_twice_opens_one_case(session):
    user, citizen = a_user(session), a_citizen(session)

    first = referred(session, user, citizen, form_key="abc")
    second = referred(session, user, citizen, form_key="abc")

    assert first is second


def test_the_same_form_key_of_two_users_is_two_cases(session):
    citizen = a_citizen(session)

    first = referred(session, a_user(session), citizen, form_key="abc")
    second = referred(session, a_user(session), citizen, form_key="abc")

    assert first.case_number != second.case_number


WRONG = [
    ({"goal": "  "}, "goal", "mål"),
    ({"tasks": []}, "tasks", "mindst én"),
    ({"tasks": ["cleaning"]}, "tasks", "Ukendt valg"),
    ({"barriers": ["laziness"]}, "barriers", "Ukendt valg"),
    ({"mentor_type": "XX"}, "mentor_type", "Ukendt valg"),
    ({"minutes_per_week": 0}, "minutes_per_week", "over 0"),
    ({"minutes_per_week": -60}, "minutes_per_week", "over 0"),
    ({"minutes_per_week": 37 * 60 + 1}, "hours_reason", "37 timer"),
    ({"minutes_per_week": 169 * 60, "hours_reason": "x"}, "minutes_per_week", "168"),
    ({"weeks": 0}, "weeks", "mindst 1"),
    ({"weeks": 28}, "weeks", "længere end 6 måneder"),
    ({"weeks": 28, "start": date(2013, 4, 24)}, "weeks", "længere end 6 måneder"),
    ({"weeks": 999999999}, "weeks", "længere end 6 måneder"),
    ({"start": date(1950, 1, 1)}, "start", "fødsel"),
    ({"start": date(2016, 1, 1)}, "start", "et år"),
    ({"referred_on": date(2014, 10, 16)}, "referred_on", "fremtiden"),
    ({"consulted_on": date(2014, 10, 16)}, "consulted_on", "fremtiden"),
    ({"goal_by": date(2014, 10, 19)}, "goal_by", "før første dag"),
    ({"goal_by": date(2015, 4, 20)}, "goal_by", "senest den sidste dag, 19.04.2015"),
    ({"goal_by": date(2014, 11, 17), "weeks": 4}, "goal_by", "senest den sidste dag, 16.11.2014"),
    ({"other_support": "sel85"}, "division_of_tasks", "delt"),
    ({"other_support": "sel12"}, "other_support", "Ukendt valg"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG)
def test_what_can_not_be_right_is_refused_at_its_field(session, changes, field, words):
    user, citizen = a_user(session), a_citizen(session)

    with pytest.raises(ValidationFailed) as refused:
        referred(session, user, citizen, **changes)

    assert words in refused.value.errors[field][0]


def test_a_goal_may_be_reached_on_the_last_day_the_law_gives(session):
    last_day = date(2014, 7, 31)
    new = {"referred_on": date(2014, 1, 30), "consulted_on": None, "start": date(2014, 2, 1), "goal_by": last_day}

    assert referred(session, a_user(session), a_citizen(session), **new).goal_by == last_day


def test_all_errors_are_told_at_once(session):
    user, citizen = a_user(session), a_citizen(session)

    with pytest.raises(ValidationFailed) as refused:
        referred(session, user, citizen, goal="", weeks=0, minutes_per_week=0)

    assert set(refused.value.errors) == {"goal", "weeks", "minutes_per_week"}


def test_more_than_37_hours_go_through_with_a_reason(session):
    referral = referred(session, a_user(session), a_citizen(session), minutes_per_week=2400, hours_reason="Døgnstøtte")

    assert referral.hours_reason == "Døgnstøtte"


@pytest.mark.parametrize(
    ("start", "weeks", "last_day"),
    [
        (date(2014, 10, 20), 26, date(2015, 4, 19)),
        (date(2014, 9, 1), 26, date(2015, 2, 28)),
        (date(2014, 1, 13), 26, date(2014, 7, 12)),
        (date(2014, 10, 20), 4, date(2014, 11, 16)),
        (date(2013, 9, 2), 30, date(2014, 3, 1)),
        (date(2013, 4, 24), 30, date(2013, 10, 23)),
        (date(2013, 4, 23), 30, date(2013, 11, 18)),
    ],
)
def test_the_last_day_follows_the_weeks_but_never_past_six_months_from_24_april_2013(start, weeks, last_day):
    assert service.last_day_of(start, weeks) == last_day


def test_an_amended_referral_keeps_its_case_number(session):
    user = a_user(session)
    referral = referred(session, user, a_citizen(session))

    service.amend(session, referral, new_referral(weeks=13), version=referral.version, actor=Actor(user, WORKING_DAY))

    assert (referral.case_number, referral.weeks) == ("2014-0001", 13)


def test_a_stale_form_is_a_conflict(session):
    user = a_user(session)
    referral = referred(session, user, a_citizen(session))
    opened = referral.version
    service.amend(session, referral, new_referral(weeks=13), version=opened, actor=Actor(user, WORKING_DAY))

    with pytest.raises(Conflict, match="2014-0001"):
        service.amend(session, referral, new_referral(weeks=10), version=opened, actor=Actor(user, WORKING_DAY))

    assert referral.weeks == 13


def test_a_withdrawn_referral_leaves_the_waiting_list_and_can_not_be_amended(session):
    user = a_user(session)
    referral = referred(session, user, a_citizen(session))

    service.withdraw(session, referral, reason="Borgeren er flyttet", actor=Actor(user, WORKING_DAY))

    assert referral_queries.list_referrals(session, actor=Actor(user, WORKING_DAY)).count == 0
    assert referral_queries.list_referrals(session, actor=Actor(user, WORKING_DAY), waiting=False).count == 1
    with pytest.raises(InvalidTransition):
        service.amend(session, referral, new_referral(), version=referral.version, actor=Actor(user, WORKING_DAY))


def test_a_withdrawal_needs_a_reason(session):
    user = a_user(session)
    referral = referred(session, user, a_citizen(session))

    with pytest.raises(ValidationFailed):
        service.withdraw(session, referral, reason=" ", actor=Actor(user, WORKING_DAY))


def test_another_teams_citizen_can_be_neither_referred_nor_seen(session):
    user, foreign = a_user(session), a_citizen(session, team_id=a_team(session, "Team Voksen").id)

    with pytest.raises(NotAllowed):
        referred(session, user, foreign)
    with pytest.raises(NotFound):
        service.get_referral(session, a_referral(session, foreign).public_id, actor=Actor(user, WORKING_DAY))


def test_the_waiting_list_has_the_longest_wait_first(session):
    user = a_user(session)
    a_referral(session, case_number="2014-0002", referred_on=date(2014, 10, 10))
    a_referral(session, case_number="2014-0001", referred_on=date(2014, 9, 15))

    page = referral_queries.list_referrals(session, actor=Actor(user, WORKING_DAY))

    assert [(row.case_number, row.waited_days) for row in page.rows] == [("2014-0001", 30), ("2014-0002", 5)]
    assert page.count == 2


def test_the_waiting_list_filters_by_caseworker_and_mentor_type(session):
    user = a_user(session)
    mine = a_referral(session, caseworker_id=user.id)
    a_referral(session, mentor_type="VIRK")

    found = referral_queries.list_referrals(
        session, actor=Actor(user, WORKING_DAY), chosen=ReferralFilter(caseworker_id=user.id)
    )
    other = referral_queries.list_referrals(
        session, actor=Actor(user, WORKING_DAY), chosen=ReferralFilter(mentor_type="VIRK")
    )

    assert [row.public_id for row in found.rows] == [mine.public_id]
    assert other.count == 1


@pytest.mark.parametrize(("typed", "hits"), [("2014-09", 1), ("2014-0921", 1), ("0921", 0), ("20", 0), ("Emil", 0)])
def test_a_case_is_found_by_the_beginning_of_its_number(session, typed, hits):
    user = a_user(session)
    a_referral(session, case_number="2014-0921")

    assert len(referral_queries.find_cases(session, typed, actor=Actor(user, WORKING_DAY))) == hits
