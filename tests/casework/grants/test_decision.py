"""Decisions: four eyes, one grant of one proposal, the frame, the letter and what has changed since."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.casework.frames.service import list_reservations, remaining
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_referral, a_team, a_user
from tests.casework.grants.cases import (
    PDF,
    REFUSING,
    a_discretionary_referral,
    a_jobready_referral,
    approved,
    granted,
    people,
    proposed,
    the_frames,
)
from tests.statements import statements_sent


def test_approval_freezes_the_law_into_the_grant(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session)

    grant = granted(session, referral, law=law)

    assert (grant.start, grant.last_day) == (date(2014, 10, 20), date(2015, 4, 19))
    assert (grant.legal_basis, grant.group_number, grant.right_and_duty) == ("LAB § 93", 3, True)
    assert (grant.contact_interval_days, grant.rate_percent, grant.frame_kind) == (7, 50, "mentor_2014")
    assert [(p.first_day, p.last_day, p.minutes_per_week) for p in grant.periods] == [
        (grant.start, grant.last_day, 120)
    ]


def test_new_year_splits_the_reservation_over_two_frames(session: Session, law: Law) -> None:
    the_frames(session)

    grant = granted(session, a_referral(session), law=law)

    rows = list_reservations(session, grant.id)
    assert [(row.year, row.cost, row.covered, row.beyond) for row in rows] == [
        (2014, 625714, 625714, 0),
        (2015, 934286, 934286, 0),
    ]


def test_approval_plans_closes_and_keeps_the_letter(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session)

    grant = granted(session, referral, law=law)

    kinds = set(session.scalars(select(FollowUp.kind).where(FollowUp.grant_id == grant.id)))
    letter = session.scalars(select(Letter).where(Letter.grant_id == grant.id)).one()
    assert {"agreement", "review", "end_review", "new_offer"} <= kinds
    assert (referral.closed_on, letter.pdf, letter.kind) == (WORKING_DAY, PDF, "decision")


def test_approval_writes_who_did_it(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)

    approved(session, decision, by=who.leader, law=law)

    acts = session.execute(select(Event.action, Event.user_id).where(Event.subject == "decision")).all()
    assert [tuple(act) for act in acts] == [
        ("grant.propose", who.caseworker.id),
        ("grant.approve", who.leader.id),
    ]


def test_a_proposal_reserves_nothing(session: Session, law: Law) -> None:
    the_frames(session)

    decision = proposed(session, a_referral(session), by=people(session).caseworker, law=law)

    assert decision.status is DecisionStatus.WAITING
    assert session.scalar(select(func.count()).select_from(Reservation)) == 0


def test_nobody_approves_his_own_proposal(session: Session, law: Law) -> None:
    the_frames(session)
    leader = people(session).leader
    decision = proposed(session, a_referral(session), by=leader, law=law)

    with pytest.raises(NotAllowed, match="En anden skal godkende"):
        approved(session, decision, by=leader, law=law)


def test_a_colleague_approves_up_to_the_limits(session: Session, law: Law) -> None:
    the_frames(session)
    decision = proposed(session, a_referral(session), by=people(session).caseworker, law=law)

    assert approved(session, decision, by=a_user(session, "SB"), law=law) is not None


def test_above_the_limits_a_team_leader_must_approve(session: Session, law: Law) -> None:
    the_frames(session)
    dear = proposed(session, a_referral(session, minutes_per_week=330), by=people(session).caseworker, law=law)

    with pytest.raises(NotAllowed) as refused:
        approved(session, dear, by=a_user(session, "SB"), law=law)

    assert "42.900,00 kr.; grænsen er 25.000,00 kr." in str(refused.value)
    assert "5 timer og 30 minutter om ugen; grænsen er 5 timer." in str(refused.value)


def test_a_team_leader_of_another_team_cannot_approve(session: Session, law: Law) -> None:
    the_frames(session)
    decision = proposed(session, a_referral(session), by=people(session).caseworker, law=law)
    stranger = a_user(session, "TL", team=a_team(session, "Team Syd"))

    with pytest.raises(NotAllowed):
        approved(session, decision, by=stranger, law=law)


def test_approving_twice_gives_the_same_grant(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)
    draft = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)

    first = deciding.approve(session, decision, actor=Actor(who.leader, WORKING_DAY), law=law, letter=(draft, PDF))
    again = deciding.approve(session, decision, actor=Actor(who.leader, WORKING_DAY), law=law, letter=(draft, PDF))

    assert first is again
    assert session.scalar(select(func.count()).select_from(Grant)) == 1
    assert session.scalar(select(func.count()).select_from(Letter)) == 1


def test_proposing_twice_gives_the_same_proposal(session: Session, law: Law) -> None:
    the_frames(session)
    referral, caseworker = a_referral(session), people(session).caseworker

    first = proposed(session, referral, by=caseworker, law=law)

    assert proposed(session, referral, by=caseworker, law=law) is first


def test_a_second_proposal_meets_the_one_that_waits(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session)
    proposed(session, referral, by=people(session).caseworker, law=law)

    with pytest.raises(Conflict, match="afventer godkendelse"):
        proposed(session, referral, by=a_user(session, "SB"), law=law)


def test_a_right_cannot_be_refused(session: Session, law: Law) -> None:
    the_frames(session)

    with pytest.raises(ValidationFailed) as refused:
        proposed(
            session, a_referral(session), by=people(session).caseworker, law=law, kind="refusal", refusing=REFUSING
        )

    assert "En ret kan ikke afslås" in refused.value.errors["kind"][0]


def test_a_refusal_needs_reason_considerations_and_other_help(session: Session, law: Law) -> None:
    the_frames(session)

    with pytest.raises(ValidationFailed) as refused:
        proposed(
            session,
            a_discretionary_referral(session),
            by=people(session).caseworker,
            law=law,
            kind="refusal",
            reason="",
        )

    assert set(refused.value.errors) == {"reason", "considerations", "other_help"}


def test_the_frame_is_never_the_reason_of_a_refusal(session: Session, law: Law) -> None:
    the_frames(session)
    referral, caseworker = a_discretionary_referral(session), people(session).caseworker

    with pytest.raises(ValidationFailed) as refused:
        proposed(
            session, referral, by=caseworker, law=law, kind="refusal", reason="Rammen er brugt.", refusing=REFUSING
        )

    assert list(refused.value.errors) == ["reason"]


def test_a_letter_without_a_goal_cannot_be_sent(session: Session, law: Law) -> None:
    the_frames(session)

    with pytest.raises(ValidationFailed, match="Målet mangler i brevet"):
        proposed(session, a_referral(session, goal=""), by=people(session).caseworker, law=law)


def test_an_approved_refusal_sends_a_letter_and_gives_no_grant(session: Session, law: Law) -> None:
    the_frames(session)
    who, referral = people(session), a_discretionary_referral(session)
    decision = proposed(session, referral, by=who.caseworker, law=law, kind="refusal", refusing=REFUSING)

    grant = approved(session, decision, by=who.leader, law=law)

    assert grant is None
    assert session.scalars(select(Letter.kind)).all() == ["refusal"]
    assert (referral.closed_reason, session.scalar(select(func.count()).select_from(Reservation))) == ("Afslag", 0)


def test_an_undecided_case_cannot_be_proposed(session: Session, law: Law) -> None:
    the_frames(session)
    referral = a_referral(session, can_take_other_offers=None, cannot_because=None)

    with pytest.raises(ValidationFailed, match="Kan ikke afgøres endnu"):
        proposed(session, referral, by=people(session).caseworker, law=law)


def test_more_than_six_months_is_refused_with_the_legal_last_day(session: Session, law: Law) -> None:
    the_frames(session)

    with pytest.raises(ValidationFailed) as refused:
        proposed(
            session,
            a_discretionary_referral(session),
            by=people(session).caseworker,
            law=law,
            last_day=date(2015, 4, 20),
        )

    assert refused.value.errors == {"last_day": ["Perioden er længere end 6 måneder; lovens sidste dag er 19.04.2015."]}


def test_a_shorter_right_needs_a_written_reason(session: Session, law: Law) -> None:
    the_frames(session)

    with pytest.raises(ValidationFailed) as refused:
        proposed(
            session,
            a_referral(session),
            by=people(session).caseworker,
            law=law,
            last_day=date(2015, 1, 19),
            reason=" ",
        )

    assert list(refused.value.errors) == ["reason"]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"last_day": date(2014, 10, 19)}, "last_day"),
        ({"minutes_per_week": 0}, "minutes_per_week"),
        ({"minutes_per_week": -60}, "minutes_per_week"),
        ({"place_share": 0}, "place_share"),
        ({"place_share": 51}, "place_share"),
    ],
)
def test_impossible_terms_are_named_by_field(session: Session, law: Law, terms: dict[str, object], field: str) -> None:
    the_frames(session)

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, a_referral(session), by=people(session).caseworker, law=law, **terms)

    assert list(refused.value.errors) == [field]


def test_above_full_time_needs_a_reason(session: Session, law: Law) -> None:
    the_frames(session)
    caseworker, referral = people(session).caseworker, a_discretionary_referral(session)

    with pytest.raises(ValidationFailed, match="endnu"):
        proposed(session, referral, by=caseworker, law=law, minutes_per_week=37 * 60 + 1, reason="")

    assert proposed(session, referral, by=caseworker, law=law, minutes_per_week=37 * 60, reason="").id


def test_a_right_goes_beyond_an_empty_frame(session: Session, law: Law) -> None:
    the_frames(session, left_2014=0, left_2015=500_000)

    grant = granted(session, a_referral(session), law=law)

    rows = list_reservations(session, grant.id)
    assert [(row.covered, row.beyond) for row in rows] == [(0, 625714), (500_000, 434286)]


def test_only_the_sums_are_written_while_others_wait_for_the_frame(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)

    with statements_sent() as sent:
        approved(session, decision, by=who.leader, law=law)
        session.flush()

    locked = next(place for place, statement in enumerate(sent) if statement.startswith("UPDATE frame"))
    written = {statement.split()[2] for statement in sent[locked:] if statement.startswith("INSERT")}
    assert written == {"reservation", "course_month", "month_sum", "sub_course"}


def test_a_discretionary_grant_stays_inside_the_frame(session: Session, law: Law) -> None:
    the_frames(session, left_2014=600_000)
    who = people(session)
    decision = proposed(session, a_discretionary_referral(session), by=who.caseworker, law=law)

    with pytest.raises(Conflict, match="begrundelse for at gå over rammen"):
        approved(session, decision, by=who.leader, law=law)


def test_the_team_leader_may_go_beyond_with_a_reason(session: Session, law: Law) -> None:
    the_frames(session, left_2014=600_000)
    who = people(session)
    decision = proposed(session, a_discretionary_referral(session), by=who.caseworker, law=law)

    approved(session, decision, by=who.leader, law=law, beyond_reason="Afværger et afbrudt forløb.")

    assert decision.beyond_reason == "Afværger et afbrudt forløb."
    assert remaining(session, year=2014, kind="mentor_2014") == 0


def test_a_group_without_refund_needs_no_frame(session: Session, law: Law) -> None:
    the_frames(session, left_2014=0, left_2015=0)

    grant = granted(session, a_jobready_referral(session), law=law)

    rows = list_reservations(session, grant.id)
    assert {(row.frame_id, row.covered, row.rate_percent) for row in rows} == {(None, 0, 0)}


def test_a_changed_fact_since_the_proposal_is_a_conflict_that_tells_both(session: Session, law: Law) -> None:
    the_frames(session)
    who, referral = people(session), a_referral(session)
    decision = proposed(session, referral, by=who.caseworker, law=law)
    referral.can_take_other_offers, referral.cannot_because = True, None
    session.flush()

    with pytest.raises(Conflict, match=r"Før: Skal gives.*Nu: Kan gives"):
        approved(session, decision, by=who.leader, law=law)


def test_a_frame_used_by_others_since_is_a_conflict_until_it_was_seen(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)
    for frame in session.scalars(select(Frame)):
        frame.amount = 0
    session.flush()

    with pytest.raises(Conflict, match=r"Før: refusion 7\.800,00 kr.*Nu: refusion 0,00 kr"):
        approved(session, decision, by=who.leader, law=law)

    shown = deciding.shown_today(session, decision, on=WORKING_DAY, law=law)
    assert approved(session, decision, by=who.leader, law=law, shown=shown) is not None


def test_a_letter_whose_values_no_longer_hold_is_a_conflict(session: Session, law: Law) -> None:
    the_frames(session)
    who, referral = people(session), a_referral(session)
    decision = proposed(session, referral, by=who.caseworker, law=law)
    draft = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)
    referral.goal = "Et andet mål inden den 1. februar 2015."
    session.flush()

    with pytest.raises(Conflict, match="brevet"):
        deciding.approve(session, decision, actor=Actor(who.leader, WORKING_DAY), law=law, letter=(draft, PDF))


def test_a_letter_of_another_day_is_a_conflict(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)
    draft = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)

    tomorrow = WORKING_DAY + timedelta(days=1)
    with pytest.raises(Conflict):
        deciding.approve(session, decision, actor=Actor(who.leader, tomorrow), law=law, letter=(draft, PDF))


def test_a_protected_citizen_needs_the_second_confirmation(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session, a_citizen(session, protected=True)), by=who.caseworker, law=law)
    draft = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)
    confirmed = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law, address_confirmed=True)

    with pytest.raises(ValidationFailed, match="adressebeskyttelse"):
        deciding.approve(session, decision, actor=Actor(who.leader, WORKING_DAY), law=law, letter=(draft, PDF))
    session.rollback()
    assert confirmed == replace(draft, address_confirmed=True)


def test_a_returned_proposal_can_be_proposed_again(session: Session, law: Law) -> None:
    the_frames(session)
    who, referral = people(session), a_referral(session)
    decision = proposed(session, referral, by=who.caseworker, law=law)

    deciding.send_back(session, decision, comment="Skriv målet tydeligere.", actor=Actor(who.leader, WORKING_DAY))
    again = proposed(session, referral, by=who.caseworker, law=law, minutes_per_week=150)

    assert again is decision
    assert (again.status, again.minutes_per_week) == (DecisionStatus.WAITING, 150)


def test_sending_back_needs_a_comment(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)

    with pytest.raises(ValidationFailed):
        deciding.send_back(session, decision, comment="  ", actor=Actor(who.leader, WORKING_DAY))


def test_a_withdrawn_proposal_cannot_be_approved(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(session, a_referral(session), by=who.caseworker, law=law)

    proposing.withdraw(session, decision, actor=Actor(who.caseworker, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="trukket"):
        approved(session, decision, by=who.leader, law=law)


def test_the_waiting_list_holds_what_others_have_proposed(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    waiting = proposed(session, a_referral(session), by=who.caseworker, law=law)
    proposed(session, a_referral(session), by=who.leader, law=law)

    assert deciding.list_waiting(session, actor=Actor(who.leader, WORKING_DAY)) == [waiting]
    assert waiting not in deciding.list_waiting(session, actor=Actor(who.caseworker, WORKING_DAY))


def test_a_decision_of_another_team_is_not_found(session: Session, law: Law) -> None:
    the_frames(session)
    decision = proposed(session, a_referral(session), by=people(session).caseworker, law=law)
    stranger = a_user(session, "SB", team=a_team(session, "Team Syd"))

    with pytest.raises(NotFound):
        deciding.get_decision(session, decision.public_id, actor=Actor(stranger, WORKING_DAY))
