"""Dødsfald og flytning: nothing new is begun for the dead, every course is closed, and a right ends with its ground."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.changes import death
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants.course_change import DIED
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching import service as matching
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.service import set_status
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_referral, a_user
from tests.casework.changes.test_service import FEWER, LONGER, MORE, OFFER, a_course, approved, proposed
from tests.casework.grants.cases import people
from tests.casework.grants.cases import proposed as proposed_grant
from tests.casework.referrals.test_service import new_referral
from tests.logins import Visitor

DAY = date(2014, 10, 14)
MOVED = NewChange("ending", "Flyttet til Aarhus.", last_day=date(2014, 10, 31), end_code="moved")
OFF_BENEFIT = replace(MOVED, reason="Ydelsen er ophørt.", end_code="off_benefit")


def refused(act: Callable[[], object]) -> ValidationFailed:
    with pytest.raises(ValidationFailed) as caught:
        act()
    return caught.value


def test_right_and_duty_ends_when_the_citizen_has_moved_away(session: Session, law: Law) -> None:
    grant = a_course(session, law)

    approved(session, proposed(session, grant, MOVED, law), law)

    assert (bool(grant.right_and_duty), grant.ended_on) == (True, date(2014, 10, 31))


@pytest.mark.parametrize("code", ["off_benefit", "visitation"])
def test_right_and_duty_ends_for_another_group_when_it_is_registered(session: Session, law: Law, code: str) -> None:
    grant, by = a_course(session, law), a_user(session, "SB")
    new = replace(OFF_BENEFIT, end_code=code)

    before = refused(lambda: proposed(session, grant, new, law))
    set_status(
        session,
        grant.citizen,
        benefit="selvforsoergende",
        visitation=None,
        valid_from=DAY,
        actor=Actor(by, WORKING_DAY),
        law=law,
    )
    decision = proposed(session, grant, new, law)

    assert "Registrér først" in before.errors["end_code"][0]
    assert "»Målgruppe og visitation«" in before.errors["end_code"][0]
    assert decision.end_code == code


@pytest.mark.parametrize("new", [MORE, FEWER, LONGER, OFFER], ids=["more", "fewer", "extension", "ending"])
def test_no_change_is_proposed_for_the_dead(session: Session, law: Law, new: NewChange) -> None:
    grant = a_course(session, law)
    grant.citizen.died_on = DAY

    error = refused(lambda: proposed(session, grant, new, law))

    assert error.message.startswith("Borgeren er død 14.10.2014. Forløbet kan ikke ændres. Luk det under")


def test_nobody_refers_the_dead_or_proposes_to_grant_them_a_mentor(session: Session, law: Law) -> None:
    referral = a_referral(session)
    citizen, by = referral.citizen, a_user(session, "SB")
    citizen.died_on = DAY

    referring = refused(
        lambda: referrals.refer(session, citizen, new_referral(), actor=Actor(by, WORKING_DAY), law=law)
    )
    granting = refused(lambda: proposed_grant(session, referral, by=by, law=law))

    assert "Der kan ikke henvises" in referring.message
    assert "Træk henvisningen tilbage" in granting.message


def test_the_dead_get_no_mentor(session: Session, law: Law) -> None:
    grant, mentor, by = a_course(session, law), a_mentor(session), a_user(session, "MK")
    grant.citizen.died_on = DAY

    error = refused(lambda: matching.choose(session, grant, mentor, actor=Actor(by, WORKING_DAY), law=law))

    assert error.message.startswith("Borgeren er død 14.10.2014. Forløbet kan ikke ændres.")
    assert grant.mentor_id is None


def test_meetings_are_logged_until_the_day_of_death(session: Session, law: Law) -> None:
    grant, on = a_course(session, law), date(2014, 11, 10)
    grant.mentor = a_mentor(session)
    grant.citizen.died_on = date(2014, 11, 5)
    by = a_user(session, "MI", mentor=grant.mentor)

    kept = meetings.log(
        session, grant, NewMeeting(date(2014, 11, 5), "in_person", minutes=60), actor=Actor(by, on), law=law_of(session)
    )
    later = NewMeeting(date(2014, 11, 6), "in_person", minutes=60)
    error = refused(lambda: meetings.log(session, grant, later, actor=Actor(by, on), law=law_of(session)))

    assert kept.id
    assert error.errors["met_on"][0].startswith("Borgeren er død 05.11.2014. Møder efter den dag")


@pytest.mark.parametrize("later", [0, 3])
def test_death_on_or_after_the_last_day_is_kept_and_the_course_ends_by_itself(
    session: Session, law: Law, later: int
) -> None:
    grant, by = a_course(session, law), a_user(session, "SB")
    last, died_on = grant.last_day, date(2015, 4, 19 + later)

    death.close(session, grant, died_on=died_on, actor=Actor(by, date(2015, 4, 22)))

    left = session.scalars(select(FollowUp.kind).where(FollowUp.dropped_on.is_(None), FollowUp.done_on.is_(None)))
    assert (grant.citizen.died_on, grant.ended_on, grant.last_day) == (died_on, None, last)
    assert not {"contact", "end_review", "period_end"}.intersection(left)


def test_the_next_course_is_closed_with_the_same_day(session: Session, law: Law) -> None:
    grant, by = a_course(session, law), a_user(session, "SB")
    grant.citizen.died_on = date(2014, 10, 10)

    error = refused(lambda: death.close(session, grant, died_on=DAY, actor=Actor(by, WORKING_DAY)))

    assert "Dødsdagen står som 10.10.2014" in error.errors["last_day"][0]


def two_courses(session: Session, law: Law) -> tuple[Grant, Grant]:
    first = a_course(session, law)
    second = a_grant(session, first.citizen, start=date(2014, 9, 1), last_day=date(2015, 2, 28))
    people(session)
    session.commit()
    return first, second


def test_closing_one_course_leads_to_the_others(session: Session, law: Law, as_caseworker: Visitor) -> None:
    first, second = two_courses(session, law)
    sent = {"end_code": DIED, "last_day": "14-10-2014"}

    answer = as_caseworker.post(f"/aendringer/{first.public_id}/ophoer", data=sent)
    page = as_caseworker.get(answer.location).text
    last = as_caseworker.post(f"/aendringer/{second.public_id}/ophoer", data=sent)

    assert answer.location == f"/borgere/{first.citizen.public_id}"
    assert "Et forløb er ikke lukket" in page
    assert f'href="/aendringer/{second.public_id}/ophoer">Luk {second.case_number}<' in page
    assert last.location == f"/bevillinger/{second.public_id}"


def test_saving_the_day_of_death_tells_what_must_be_closed(session: Session, law: Law, as_caseworker: Visitor) -> None:
    first, second = two_courses(session, law)
    citizen = first.citizen
    told = {"first_name": citizen.first_name, "last_name": citizen.last_name, "version": citizen.version}

    answer = as_caseworker.post(f"/borgere/{citizen.public_id}/ret", data=told | {"died_on": "14-10-2014"})
    page = as_caseworker.get(answer.location).text
    form = as_caseworker.get(f"/aendringer/{first.public_id}/ophoer").text

    assert "2 forløb er ikke lukket" in page
    assert "Ny henvisning" not in page
    assert all(f"Luk {grant.case_number}" in page for grant in (first, second))
    assert 'value="14-10-2014"' in form


def test_who_may_not_close_a_course_reads_who_does(session: Session, law: Law, as_controller: Visitor) -> None:
    first, _ = two_courses(session, law)
    first.citizen.died_on = DAY
    session.commit()

    page = as_controller.get(f"/borgere/{first.citizen.public_id}").text

    assert "Sagsbehandleren lukker dem." in page
    assert "/ophoer" not in page
