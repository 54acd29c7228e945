"""Planen for hele ventelisten: the law first, no limit broken, pins kept, lines accepted safely."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobcenter_mentor.casework.grants.service import get_grant
from jobcenter_mentor.casework.matching import (
    pins,
    plan_acceptance,
    plan_check,
    substitutes,
    waiting_plan,
)
from jobcenter_mentor.casework.matching.models import MatchPlan, PlanLine
from jobcenter_mentor.casework.matching.plan_check import Pair
from jobcenter_mentor.casework.matching.weights import service as weights
from jobcenter_mentor.domain.kernel.capacity import FOREVER
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.people.mentors.models import MentorAbsence, MentorFunction
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_user
from tests.casework.matching.test_service import START, a_waiting_grant, chosen, skilled
from tests.domain.matching.test_ranking import NEED, OFFER
from tests.logins import logged_in


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


def planned(session, coordinator, law, **how):
    session.flush()
    plan = waiting_plan.make_plan(session, actor=Actor(coordinator, WORKING_DAY), law=law, **how)
    return plan_acceptance.get_plan(session, plan.public_id, actor=Actor(coordinator, WORKING_DAY))


def accepted(session, line, coordinator, law, **told):
    return plan_acceptance.accept_line(session, line.public_id, actor=Actor(coordinator, WORKING_DAY), law=law, **told)


def test_everybody_with_room_is_placed_with_reasons_and_a_runner_up(session, coordinator, law):
    grants = [a_waiting_grant(session, barriers=["abuse"]), a_waiting_grant(session)]
    skilled(a_mentor(session, first_name="Yusuf", minutes_per_week=120), competence="misbrug")
    a_mentor(session, first_name="Anders", minutes_per_week=120)

    shown = planned(session, coordinator, law)

    by_grant = {one.grant.id: one for one in shown.proposed}
    assert by_grant[grants[0].id].mentor.first_name == "Yusuf"
    assert all(len(one.line.reasons) >= 3 and one.line.runner_up["why"] for one in shown.proposed)
    assert shown.plan.value == shown.plan.bound


def test_what_the_law_demands_goes_first_when_hours_are_short(session, coordinator, law):
    a_waiting_grant(session, right_and_duty=False, legal_basis="LAB § 31 b, stk. 1", barriers=["abuse"])
    demanded = a_waiting_grant(session)
    skilled(a_mentor(session, minutes_per_week=120), competence="misbrug")

    shown = planned(session, coordinator, law)

    assert [one.grant.id for one in shown.proposed] == [demanded.id]
    assert shown.missing == [("", 120, 1)]


def test_the_law_goes_before_many_others_and_an_earlier_plan(session, coordinator, law):
    other = {"right_and_duty": False, "legal_basis": "LAB § 31 b, stk. 1", "minutes_per_week": 30}
    for _ in range(12):
        a_waiting_grant(session, **other)
    a_mentor(session, minutes_per_week=360)
    first = planned(session, coordinator, law)
    demanded = a_waiting_grant(session, minutes_per_week=360)

    shown = planned(session, coordinator, law)

    assert len(first.proposed) == 12
    assert [one.grant.id for one in shown.proposed] == [demanded.id]


def test_a_plan_gives_no_more_places_than_there_are_and_the_law_has_the_first(session, coordinator, law):
    mentor = a_mentor(session, mentor_type="VIRK")
    days = {"minutes_per_week": 300, "valid_from": date(2014, 1, 1)}
    session.add(MentorFunction(mentor_id=mentor.id, workplace="Kantinen", places=1, **days))
    a_waiting_grant(session, form="place", place_share=4, right_and_duty=False, legal_basis="LAB § 31 b, stk. 1")
    demanded = a_waiting_grant(session, form="place", place_share=4)

    shown = planned(session, coordinator, law)

    assert [one.grant.id for one in shown.proposed] == [demanded.id]


def test_the_control_finds_a_course_of_the_law_that_was_passed_over():
    need, offer = replace(NEED, start=START), replace(OFFER, key=1)

    assert plan_check.passed_over([[Pair(7, need, offer)]], [], {1: 120}) != []
    assert plan_check.passed_over([[Pair(7, need, offer)]], [Pair(8, need, offer)], {1: 120}) == []


def test_who_cannot_be_placed_and_what_is_missing_is_told(session, coordinator, law):
    citizen = a_citizen(session, language="arabisk")
    a_waiting_grant(session, citizen=citizen, wished_language="arabisk")
    a_mentor(session)

    shown = planned(session, coordinator, law)

    assert shown.missing == [("arabisk", 120, 1)]
    assert shown.unplaced[0].line.missing == "Mangler 2 timer arabisktalende mentor om ugen; 1 taler ikke sproget"
    assert shown.plan.findings["bottlenecks"][0]["name"] == "arabisk"


def test_a_pin_is_sacred_and_one_that_breaks_a_limit_is_refused_with_the_limit(session, coordinator, law):
    grant = a_waiting_grant(session, barriers=["abuse"])
    plain, full = a_mentor(session), a_mentor(session, minutes_per_week=60)
    skilled(a_mentor(session), competence="misbrug")
    session.flush()
    who = {"actor": Actor(coordinator, WORKING_DAY), "law": law}

    with pytest.raises(ValidationFailed, match="kun 1 t ledig i uge 43"):
        pins.pin(session, grant, full, reason="Aftalt.", **who)
    pins.pin(session, grant, plain, reason="Aftalt med borgeren.", **who)
    shown = planned(session, coordinator, law)

    assert [(one.mentor.id, one.line.is_pinned) for one in shown.proposed] == [(plain.id, True)]


@pytest.mark.parametrize("tie", ["caseworker", "relative"])
def test_kin_and_the_own_caseworker_are_never_chosen_but_shown(session, coordinator, law, tie):
    mentor = a_mentor(session, email="lone@example.dk")
    caseworker = a_user(session, "SB", email="lone@example.dk" if tie == "caseworker" else "anden@example.dk")
    grant = a_waiting_grant(session, caseworker_id=caseworker.id)
    if tie == "relative":
        pins.exclude(session, grant, mentor, kind="relative", reason="", actor=Actor(coordinator, WORKING_DAY))

    shown = planned(session, coordinator, law)

    assert shown.proposed == []
    with pytest.raises(ValidationFailed, match="kan ikke fastholdes"):
        pins.pin(session, grant, mentor, reason="x", actor=Actor(coordinator, WORKING_DAY), law=law)


def test_an_informal_meeting_that_fails_is_kept_as_a_no_until_it_is_lifted(session, coordinator, law):
    grant, mentor = a_waiting_grant(session), a_mentor(session)
    who = {"actor": Actor(coordinator, WORKING_DAY)}
    met = pins.plan_meeting(session, grant, mentor, planned_on=START, place="Biblioteket", **who)
    pins.tell_meeting(session, grant, met.public_id, went_well=False, note="Kemien passede ikke.", **who)

    before = planned(session, coordinator, law).proposed
    (row, _), *_ = pins.get_standing(session, grant).exclusions
    pins.lift_exclusion(session, grant, row.public_id, reason="Borgeren vil prøve igen.", **who)

    assert before == []
    assert len(planned(session, coordinator, law).proposed) == 1


def test_a_line_books_the_hours_once(session, coordinator, law):
    grant, mentor = a_waiting_grant(session), a_mentor(session, minutes_per_week=120)
    (one,) = planned(session, coordinator, law).proposed

    accepted(session, one.line, coordinator, law)

    assert grant.mentor_id == mentor.id
    with pytest.raises(Conflict, match="fået en mentor"):
        accepted(session, one.line, coordinator, law)


def test_hours_taken_meanwhile_are_not_booked_again(session, coordinator, law):
    grant, mentor = a_waiting_grant(session), a_mentor(session, minutes_per_week=120)
    (one,) = planned(session, coordinator, law).proposed
    a_grant(session, mentor_id=mentor.id, minutes_per_week=120)

    with pytest.raises(ValidationFailed):
        accepted(session, one.line, coordinator, law)
    assert grant.mentor_id is None


def test_after_an_absence_the_other_pairs_stay(session, coordinator, law):
    for _ in range(6):
        a_waiting_grant(session)
    mentors = [a_mentor(session, minutes_per_week=240) for _ in range(4)]
    before = {one.grant.id: one.mentor.id for one in planned(session, coordinator, law).proposed}
    gone = before[min(before)]
    mentor = next(one for one in mentors if one.id == gone)
    mentor.absences.append(MentorAbsence(first_day=WORKING_DAY, last_day=date(2014, 12, 1), reason="sygdom"))

    shown = planned(session, coordinator, law)

    after = {one.grant.id: one.mentor.id for one in shown.proposed}
    assert all(after[key] == kept for key, kept in before.items() if kept != gone)
    assert gone not in after.values()
    assert (shown.plan.moved, shown.plan.kept) == (0, sum(kept != gone for kept in before.values()))


def test_weights_count_once_another_person_has_approved_them(session, coordinator, law):
    told = {"valid_from": WORKING_DAY, "reason": "Sprog først."}
    row = weights.propose_weights(session, {"experience": 0}, **told, actor=Actor(coordinator, WORKING_DAY))
    before = weights.weights_on(session, WORKING_DAY)["experience"]

    with pytest.raises(Exception, match="ikke selv"):
        weights.approve_weights(session, row.public_id, actor=Actor(coordinator, WORKING_DAY))
    weights.approve_weights(session, row.public_id, actor=Actor(a_user(session, "TL"), WORKING_DAY))

    assert (before, weights.weights_on(session, WORKING_DAY)["experience"]) == (100, 0)


def test_a_substitute_is_ranked_booked_and_reaches_the_course(session, coordinator, law):
    sick, other = a_mentor(session), a_mentor(session, minutes_per_week=120)
    grant = a_grant(session, mentor_id=sick.id)
    session.flush()
    who = {"actor": Actor(coordinator, WORKING_DAY), "law": law}

    (course,) = substitutes.substitutes_for(session, sick, **who).courses
    substitutes.appoint(session, sick, grant_id=grant.public_id, substitute_id=other.public_id, **who)
    (again,) = substitutes.substitutes_for(session, sick, **who).courses

    assert [one.mentor.id for one in course.best] == [other.id]
    assert again.standing_in.id == other.id
    assert grant.mentor_id == sick.id


@pytest.fixture
def stand_in(session, coordinator, law):
    """A course whose mentor is away until further notice, and the user who stands in."""
    sick, other = a_mentor(session), a_mentor(session)
    sick.absences.append(MentorAbsence(first_day=WORKING_DAY, last_day=FOREVER, reason="sygdom"))
    grant = a_waiting_grant(session, mentor_id=sick.id, start=date(2014, 9, 1))
    session.flush()
    appointed = {"grant_id": grant.public_id, "substitute_id": other.public_id}
    substitutes.appoint(session, sick, **appointed, actor=Actor(coordinator, WORKING_DAY), law=law)
    return grant, sick, a_user(session, "MI", mentor=other)


def test_a_substitute_sees_the_course_until_the_mentor_is_back(app, session, coordinator, stand_in):
    grant, sick, user = stand_in
    app.config["WTF_CSRF_ENABLED"] = False
    form = {"ended_on": WORKING_DAY.strftime("%d-%m-%Y")}

    logged_in(app, session, coordinator).post(f"/mentorer/{sick.public_id}/tilbage", data=form)

    assert get_grant(session, grant.public_id, actor=Actor(user, WORKING_DAY)) is grant
    with pytest.raises(NotFound):
        get_grant(session, grant.public_id, actor=Actor(user, WORKING_DAY + timedelta(days=1)))


def test_a_change_of_mentor_ends_the_substitute(session, coordinator, law, stand_in):
    grant, _, user = stand_in

    chosen(session, grant, a_mentor(session), coordinator, law, choice_reason="mentor kommer ikke igen")

    with pytest.raises(NotFound):
        get_grant(session, grant.public_id, actor=Actor(user, WORKING_DAY))


def test_the_pages_lead_from_the_list_to_an_accepted_line(app, session, law):
    app.config["WTF_CSRF_ENABLED"] = False
    client = logged_in(app, session, a_user(session, "MK"))
    grant = a_waiting_grant(session, wishes="en kvinde")
    a_mentor(session, sex="K")
    session.commit()

    made = client.post("/matchning/plan")
    page = client.get(made.location).get_data(as_text=True)
    line = session.scalars(select(PlanLine.public_id)).one()
    wrong = client.post(f"/matchning/planer/linje/{line}", data={})
    right = client.post(f"/matchning/planer/linje/{line}", data={"wish_followed": "yes"})

    assert grant.case_number in page
    assert (wrong.status_code, "Svar på, om borgerens ønske er fulgt" in wrong.get_data(as_text=True)) == (422, True)
    assert right.status_code == 303
    for path in ("/matchning", "/matchning/flaskehalse", "/matchning/vaegte", f"/matchning/{grant.public_id}"):
        assert client.get(path).status_code == 200


def test_a_long_list_is_planned_in_the_background(app, session, monkeypatch):
    app.config["WTF_CSRF_ENABLED"] = False
    client = logged_in(app, session, a_user(session, "MK"))
    a_waiting_grant(session)
    a_mentor(session)
    session.commit()
    monkeypatch.setattr(waiting_plan, "IN_BACKGROUND", 0)

    answer = client.post("/matchning/plan")

    assert answer.location.startswith("/opgaver/")
    assert session.scalars(select(MatchPlan.by_id)).one() == session.scalars(select(User.id)).one()
