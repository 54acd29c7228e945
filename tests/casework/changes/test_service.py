"""Ændringer af et løbende forløb: proposed, heard, approved by another, carried out and told in a letter."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters import dispatch
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.changes import queries, service, spot_check
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.grants import approval_limits, hearing
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.models import Decision, Grant, SecondCheck
from jobcenter_mentor.casework.grants.proposal import withdraw
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_referral, a_user
from tests.casework.grants.cases import KNOWN, PDF, a_discretionary_referral, granted, people, the_frames

FEWER = NewChange("hours", "Borgeren klarer selv morgenen.", start=date(2014, 12, 1), minutes_per_week=60)
MORE = NewChange("hours", "Mere støtte i overgangen.", start=date(2014, 12, 1), minutes_per_week=180)
OFFER = NewChange(
    "ending",
    "Borgeren begynder i praktik.",
    last_day=date(2014, 10, 31),
    end_code="ordinary_offer",
    offer_start=date(2014, 11, 1),
)
DECLINED = NewChange("ending", "Borgeren siger nej tak.", last_day=date(2014, 10, 31), end_code="declined")
LONGER = NewChange("extension", "Målet er tæt på.", last_day=date(2015, 7, 20), minutes_per_week=120)


def a_course(session: Session, law: Law, *, right: bool = True) -> Grant:
    """A granted course from 20 October 2014 to 19 April 2015, two hours a week."""
    the_frames(session)
    referral = a_referral(session) if right else a_discretionary_referral(session)
    return granted(session, referral, law=law)


def proposed(session: Session, grant: Grant, new: NewChange, law: Law, on: date = WORKING_DAY) -> Decision:
    return service.propose(session, grant, new, actor=Actor(a_user(session, "SB"), on), law=law)


def approved(session: Session, decision: Decision, law: Law, on: date = WORKING_DAY) -> Grant:
    draft = service.letter_draft(session, decision, on=on, law=law)
    return service.approve(session, decision, actor=Actor(people(session).leader, on), law=law, letter=(draft, PDF))


def a_letter(session: Session, decision: Decision, law: Law):
    facts.add(session, decision, KNOWN, actor=Actor(a_user(session, "SB"), WORKING_DAY))
    draft = hearing.draft(
        session, decision, planned="Vi overvejer det.", legal_basis=("LAB § 93",), on=WORKING_DAY, law=law
    )
    return draft, letters.render(draft)


def test_more_hours_need_no_hearing_and_become_a_new_period(session: Session, law: Law) -> None:
    grant = a_course(session, law)
    before = sum(row.cost for row in frames.list_reservations(session, grant.id))
    decision = proposed(session, grant, MORE, law)
    untouched = [period.minutes_per_week for period in grant.periods]

    approved(session, decision, law)

    assert untouched == [120]
    assert [(p.first_day, p.minutes_per_week) for p in grant.periods] == [
        (date(2014, 10, 20), 120),
        (date(2014, 12, 1), 180),
    ]
    assert sum(row.cost for row in frames.list_reservations(session, grant.id)) == before + 20 * 30000


def test_fewer_hours_wait_for_the_hearing(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)

    gaps = letters.gaps(service.letter_draft(session, decision, on=WORKING_DAY, law=law))

    assert gaps == {"hearing": "Partshøringen mangler i brevet."}


def test_the_answer_stands_in_the_letter(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    by = a_user(session, "SB")
    hearing.send(session, decision, letter=a_letter(session, decision, law), actor=Actor(by, WORKING_DAY), law=law)
    day = WORKING_DAY + timedelta(days=5)
    hearing.answer(session, decision, words="Det er for tidligt.", answered_on=day, actor=Actor(by, day))

    draft = service.letter_draft(session, decision, on=day, law=law)

    assert letters.gaps(draft) == {}
    assert draft.values["hearing"].endswith("Du svarede den 20. oktober 2014: »Det er for tidligt.«")


@pytest.mark.parametrize(("posted", "days", "over"), [(0, 14, False), (0, 15, True), (3, 17, False), (None, 60, False)])
def test_without_an_answer_the_hearing_is_over_the_day_after_its_last(
    session: Session, law: Law, posted: int | None, days: int, over: bool
) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    sent = hearing.send(
        session,
        decision,
        letter=a_letter(session, decision, law),
        actor=Actor(a_user(session, "SB"), WORKING_DAY),
        law=law,
    )

    if posted is not None:
        day = WORKING_DAY + timedelta(days=posted)
        dispatch.mark(session, sent.letter, channel="digital", sent_on=day, actor=Actor(a_user(session, "SB"), day))

    assert sent.is_over(WORKING_DAY + timedelta(days=days)) is over


def test_the_day_of_the_answer_is_on_the_caseworkers_list(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    hearing.send(
        session,
        decision,
        letter=a_letter(session, decision, law),
        actor=Actor(a_user(session, "SB"), WORKING_DAY),
        law=law,
    )

    due = session.scalars(select(FollowUp).where(FollowUp.kind == "hearing")).one()
    assert (due.due_on, due.section) == (date(2014, 10, 29), "forvaltningsloven § 19")


def test_a_proposal_that_is_withdrawn_waits_for_no_answer_and_nobody_is_heard_about_it(
    session: Session, law: Law
) -> None:
    decision, by = proposed(session, a_course(session, law), FEWER, law), a_user(session, "SB")
    letter = a_letter(session, decision, law)
    hearing.send(session, decision, letter=letter, actor=Actor(by, WORKING_DAY), law=law)

    proposing.withdraw(session, decision, actor=Actor(by, WORKING_DAY))

    assert session.scalars(select(FollowUp).where(FollowUp.kind == "hearing")).one().dropped_on == WORKING_DAY
    with pytest.raises(InvalidTransition, match="trukket"):
        hearing.send(session, decision, letter=letter, actor=Actor(by, WORKING_DAY), law=law)


def test_a_hearing_is_left_out_with_a_reason_only(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    by = a_user(session, "SB")

    with pytest.raises(ValidationFailed):
        hearing.leave_out(session, decision, reason=" ", by=by)
    hearing.leave_out(session, decision, reason="Borgeren har selv bedt om det.", by=by)

    assert (
        "Borgeren har selv bedt om det."
        in service.letter_draft(session, decision, on=WORKING_DAY, law=law).values["hearing"]
    )


def sent_back(session: Session, decision: Decision) -> None:
    deciding.send_back(session, decision, comment="Skriv mere.", actor=Actor(people(session).leader, WORKING_DAY))


def test_what_was_sent_back_is_sent_again_with_its_hearing(session: Session, law: Law) -> None:
    grant, by = a_course(session, law), a_user(session, "SB")
    first = proposed(session, grant, FEWER, law)
    hearing.leave_out(session, first, reason="Borgeren har selv bedt om det.", by=by)
    sent_back(session, first)

    again = proposed(session, grant, replace(FEWER, reason="Borgeren tager selv bussen nu."), law)

    assert (again.id, again.status, again.reason) == (
        first.id,
        "waiting",
        "Borgeren tager selv bussen nu.",
    )
    assert letters.gaps(service.letter_draft(session, again, on=WORKING_DAY, law=law)) == {}


def test_other_terms_after_it_was_sent_back_need_a_hearing_of_their_own(session: Session, law: Law) -> None:
    grant = a_course(session, law)
    first = proposed(session, grant, FEWER, law)
    hearing.leave_out(session, first, reason="Borgeren har selv bedt om det.", by=a_user(session, "SB"))
    sent_back(session, first)

    again = proposed(session, grant, replace(FEWER, minutes_per_week=30), law)

    assert (first.status, again.status) == ("withdrawn", "waiting")
    assert set(letters.gaps(service.letter_draft(session, again, on=WORKING_DAY, law=law))) == {"hearing"}


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(FEWER, start=date(2014, 12, 31)), "start"),
        (replace(OFFER, last_day=date(2014, 12, 31), offer_start=date(2015, 1, 1)), "last_day"),
        (NewChange("ending", "Flyttet.", last_day=date(2010, 1, 1), end_code="moved"), "last_day"),
    ],
)
def test_nothing_is_taken_back(session: Session, law: Law, new: NewChange, field: str) -> None:
    grant = a_course(session, law)

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, grant, new, law, date(2015, 1, 15))

    assert set(refused.value.errors) == {field}


def test_a_course_does_not_end_before_a_meeting_that_was_held(session: Session, law: Law) -> None:
    grant, on = a_course(session, law, right=False), date(2014, 11, 10)
    grant.mentor = a_mentor(session)
    met = NewMeeting(date(2014, 11, 5), "in_person", minutes=60)
    meetings.log(session, grant, met, actor=Actor(a_user(session, "MI", mentor=grant.mentor), on), law=law_of(session))

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, grant, DECLINED, law, on)

    assert "ret logbogen" in refused.value.errors["last_day"][0]


def test_fewer_hours_take_effect_when_they_are_decided(session: Session, law: Law) -> None:
    grant, late = a_course(session, law), date(2014, 12, 10)
    decision = proposed(session, grant, FEWER, law)
    hearing.leave_out(session, decision, reason="Borgeren har selv bedt om det.", by=a_user(session, "SB"))

    words = service.letter_draft(session, decision, on=late, law=law).values["verdict"]
    approved(session, decision, law, late)

    assert words.startswith("Du får en mentor 1 time om ugen fra den 10. december 2014.")
    assert [period.first_day for period in grant.periods] == [date(2014, 10, 20), late]


def test_a_course_is_extended_once_and_its_end_is_no_longer_due(session: Session, law: Law) -> None:
    grant, on = a_course(session, law, right=False), date(2015, 3, 30)
    grant.mentor = a_mentor(session)
    extended = approved(session, proposed(session, grant, LONGER, law, on), law, on)

    with pytest.raises(Conflict, match=r"20\.04\.2015"):
        proposed(session, grant, LONGER, law, on)

    rows = session.scalars(select(FollowUp).where(FollowUp.dropped_on.is_(None), FollowUp.done_on.is_(None))).all()
    assert {row.kind for row in rows if row.grant_id == grant.id}.isdisjoint({"period_end", "end_review"})
    assert "first_contact" not in {row.kind for row in rows if row.grant_id == extended.id}


def test_a_change_beyond_the_frame_needs_the_team_leaders_reason(session: Session, law: Law) -> None:
    grant, leader = a_course(session, law, right=False), people(session).leader
    for frame in session.scalars(select(Frame)):
        frame.amount = frame.covered
    decision = proposed(session, grant, MORE, law)
    draft = service.letter_draft(session, decision, on=WORKING_DAY, law=law)
    by: dict[str, Any] = {"actor": Actor(leader, WORKING_DAY), "law": law, "letter": (draft, PDF)}

    with pytest.raises(Conflict), session.begin_nested():
        service.approve(session, decision, **by)
    service.approve(session, decision, **by, beyond_reason="Borgeren er i risiko.")

    assert (decision.beyond_reason, grant.minutes_on(date(2014, 12, 1))) == ("Borgeren er i risiko.", 180)


@pytest.mark.parametrize("right", [True, False])
def test_a_right_is_never_asked_why_it_goes_beyond_the_frame(session: Session, law: Law, right: bool) -> None:
    decision = proposed(session, a_course(session, law, right=right), MORE, law)

    page = queries.change(session, decision.public_id, actor=Actor(people(session).leader, WORKING_DAY), law=law)

    assert page.may_need_more is not right


def test_an_extension_is_a_new_course_in_the_same_case(session: Session, law: Law) -> None:
    grant = a_course(session, law, right=False)
    on = date(2015, 3, 30)

    extended = approved(session, proposed(session, grant, LONGER, law, on), law, on)

    assert (extended.start, extended.last_day) == (date(2015, 4, 20), date(2015, 7, 20))
    assert (extended.case_number, extended.previous_grant_id) == (grant.case_number, grant.id)
    assert sum(row.cost for row in frames.list_reservations(session, extended.id)) > 0
    assert grant.last_day == date(2015, 4, 19)


def test_right_and_duty_ends_for_an_ordinary_offer_only(session: Session, law: Law) -> None:
    grant = a_course(session, law)

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, grant, DECLINED, law)
    decision = proposed(session, grant, OFFER, law)
    hearing.leave_out(session, decision, reason="Borgeren har selv valgt tilbuddet.", by=a_user(session, "SB"))
    approved(session, decision, law)

    assert set(refused.value.errors) == {"end_code"}
    assert (grant.ended_on, grant.last_day) == (date(2014, 10, 31), date(2014, 10, 31))


def test_the_letter_is_kept_with_its_own_template(session: Session, law: Law) -> None:
    grant = a_course(session, law, right=False)
    decision = proposed(session, grant, DECLINED, law)
    draft = service.letter_draft(session, decision, on=WORKING_DAY, law=law)
    pdf = letters.render(draft)
    service.approve(session, decision, actor=Actor(people(session).leader, WORKING_DAY), law=law, letter=(draft, pdf))

    kept = session.get_one(Letter, decision.letter_id)
    assert (kept.pdf, kept.kind) == (pdf, "ending")
    assert kept.template == f"ending@{letters.template_version('ending')}"


def test_nobody_approves_the_own_change(session: Session, law: Law) -> None:
    grant, leader = a_course(session, law), people(session).leader
    decision = service.propose(session, grant, MORE, actor=Actor(leader, WORKING_DAY), law=law)
    draft = service.letter_draft(session, decision, on=WORKING_DAY, law=law)

    with pytest.raises(NotAllowed):
        service.approve(session, decision, actor=Actor(leader, WORKING_DAY), law=law, letter=(draft, PDF))


def test_two_changes_do_not_wait_at_once(session: Session, law: Law) -> None:
    grant = a_course(session, law)
    by = a_user(session, "SB")
    waiting = service.propose(session, grant, MORE, actor=Actor(by, WORKING_DAY), law=law)

    assert service.propose(session, grant, MORE, actor=Actor(by, WORKING_DAY), law=law) is waiting
    with pytest.raises(Conflict):
        proposed(session, grant, OFFER, law)


@pytest.mark.parametrize(
    ("day", "own_words", "is_repeated"),
    [
        (date(2015, 3, 31), "", False),
        (date(2015, 4, 30), "", True),
        (None, "", True),
        (date(2015, 3, 31), "Du møder til praktik fire dage om ugen.", True),
    ],
)
def test_an_extension_does_not_repeat_a_goal_whose_day_has_passed(
    session: Session, law: Law, day: date | None, own_words: str, is_repeated: bool
) -> None:
    grant, on = a_course(session, law), date(2015, 4, 8)
    assert grant.referral_id is not None
    referral = session.get_one(Referral, grant.referral_id)
    referral.goal_by, grant.goal = day, own_words or referral.goal
    session.flush()

    draft = service.letter_draft(session, proposed(session, grant, LONGER, law, on), on=on, law=law)

    assert (draft.values["goal"] == grant.goal) is is_repeated
    assert ("31. marts 2015. Den dag er gået" in draft.values["goal"]) is not is_repeated


def test_the_third_extension_needs_the_team_leader(session: Session, law: Law) -> None:
    grant = a_course(session, law, right=False)
    for number in range(2):
        earlier = proposed(session, grant, LONGER, law)
        earlier.approved_on = WORKING_DAY - timedelta(days=number)
        session.flush()

    decision = proposed(session, grant, LONGER, law)

    assert approval_limits.extension_number(session, decision) == 3


def test_risk_draws_more_and_only_a_third_person_checks(session: Session, law: Law) -> None:
    grant, who = a_course(session, law), people(session)
    decision = proposed(session, grant, MORE, law)
    approved(session, decision, law)
    drawn = session.scalar(select(SecondCheck).where(SecondCheck.decision_id == decision.id))
    check = drawn or SecondCheck(
        decision_id=decision.id, team_id=grant.team_id, drawn_on=WORKING_DAY, risk=1, why="Et løbende forløb er ændret."
    )
    session.add(check)
    session.flush()
    other = a_user(session, "TL")

    assert check not in spot_check.list_open(session, actor=Actor(who.leader, WORKING_DAY)) or who.leader.id != (
        decision.approved_by_id
    )
    assert check in spot_check.list_open(session, actor=Actor(other, WORKING_DAY))
    with pytest.raises(NotFound):
        spot_check.settle(
            session, check.public_id, is_right=True, note="", actor=Actor(a_user(session, "SB"), WORKING_DAY)
        )
    assert spot_check.settle(
        session, check.public_id, is_right=True, note="", actor=Actor(other, WORKING_DAY)
    ).checked_by_id


def test_an_extension_over_another_course_takes_a_reason_and_the_same_terms_are_refused(
    session: Session, law: Law
) -> None:
    grant = a_course(session, law)
    days = {"start": date(2015, 4, 20), "last_day": date(2015, 7, 20)}
    other = a_grant(session, grant.citizen, minutes_per_week=60, **days)
    decision = proposed(session, grant, LONGER, law)
    draft = service.letter_draft(session, decision, on=WORKING_DAY, law=law)
    told = {"actor": Actor(people(session).leader, WORKING_DAY), "law": law, "letter": (draft, PDF)}

    page = queries.change(session, decision.public_id, actor=Actor(people(session).leader, WORKING_DAY), law=law)
    with pytest.raises(ValidationFailed) as refused:
        service.approve(session, decision, **told)
    other.periods[0].minutes_per_week = 120
    session.flush()
    with pytest.raises(Conflict, match="to gange"):
        service.approve(session, decision, **told, overlap_reason="Alligevel.")
    withdraw(session, decision, actor=Actor(a_user(session, "SB"), WORKING_DAY))
    with pytest.raises(ValidationFailed) as same:
        proposed(session, grant, LONGER, law)

    assert [row.case_number for row in page.overlaps] == [other.case_number]
    assert set(refused.value.errors) == {"overlap_reason"}
    assert set(same.value.errors) == {"last_day"}
