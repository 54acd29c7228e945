"""Sammenlægning: nothing is left behind, in no table, and nobody is merged unseen."""

from datetime import date

import pytest
from sqlalchemy import func, insert, select

from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.duplicates import service
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound
from jobcenter_mentor.people.citizens import cpr_numbers
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import Base
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_referral, a_user, nobodys_cpr
from tests.casework.grants.cases import proposed, the_frames

ON = WORKING_DAY
OLD_CPR = nobodys_cpr(77)


@pytest.fixture
def leader(session):
    return a_user(session, "TL")


@pytest.fixture
def stays(session):
    return a_citizen(session)


@pytest.fixture
def goes(session):
    return a_citizen(session, cpr=OLD_CPR, status_from=date(2014, 3, 1))


def merged(session, stays, goes, leader):
    seal = service.preview(session, stays, goes, on=ON).seal
    return service.merge(session, stays, goes, seal=seal, reason="Samme person, set på pas.", actor=Actor(leader, ON))


def test_every_table_that_points_at_a_citizen_is_among_those_that_move():
    pointing = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.references(Base.metadata.tables["citizen"].c.id)
    }

    moving = {(table.name, column.name) for table, column in service.columns()}

    assert pointing - moving == service.STAYS
    assert len(moving) >= 12
    assert {table for table, _ in moving} - service.WORDS.keys() == set()


def test_no_row_of_any_table_is_left_behind_a_sent_letter_least_of_all(session, stays, goes, leader):
    a_grant(session, goes, referral_id=a_referral(session, goes).id)
    letter = {"kind": "decision", "title": "Bevilling", "pdf": b"x", "sha256": "0" * 64, "template": "t", "sent_on": ON}
    session.execute(insert(Letter).values(citizen_id=goes.id, public_id="l-1", sent_by_id=leader.id, **letter))

    merged(session, stays, goes, leader)

    left = {
        table.name
        for table, column in service.columns()
        if session.scalar(select(func.count()).select_from(table).where(column == goes.id))
    }
    assert left == set()
    assert session.scalar(select(Letter.citizen_id)) == stays.id


def test_the_citizen_is_found_by_both_numbers_and_the_other_is_gone_from_lists(session, stays, goes, leader):
    merged(session, stays, goes, leader)

    found = citizens.find_by_cpr(session, OLD_CPR, actor=Actor(leader, ON))
    page = citizens.list_citizens(session, citizens.CitizenFilter(), actor=Actor(leader, ON))

    assert found == stays
    assert [row.id for row in page.rows] == [stays.id]
    with pytest.raises(NotFound):
        citizens.get_citizen(session, goes.public_id, actor=Actor(leader, ON))


def test_target_groups_of_the_same_day_are_those_of_the_citizen_who_stays(session, stays, leader):
    twin = a_citizen(session, benefit="sygedagpenge", visitation="sygemeldt")

    merged(session, stays, twin, leader)

    assert [row.benefit for row in stays.statuses] == ["kontanthjaelp"]


def test_running_courses_that_overlap_stand_in_the_way(session, stays, goes, leader):
    a_grant(session, stays)
    a_grant(session, goes)

    with pytest.raises(Conflict, match="løbende forløb i samme periode"):
        merged(session, stays, goes, leader)

    assert session.scalar(select(Citizen.caseworker_id).where(Citizen.id == goes.id)) == goes.caseworker_id


def test_open_proposals_on_the_same_days_stand_in_the_way(session, stays, goes, leader, law):
    the_frames(session)
    by = a_user(session, "SB")
    for citizen in (stays, goes):
        proposed(session, a_referral(session, citizen), by=by, law=law)

    with pytest.raises(Conflict, match="indstilling på de samme dage"):
        merged(session, stays, goes, leader)


def test_only_what_was_seen_is_confirmed(session, stays, goes, leader):
    seen = service.preview(session, stays, goes, on=ON).seal
    a_referral(session, goes)

    with pytest.raises(Conflict, match="siden du så oversigten"):
        service.merge(session, stays, goes, seal=seen, reason="Samme person.", actor=Actor(leader, ON))


def test_a_new_cpr_number_keeps_the_old_one_findable_and_may_be_taken_back(session, goes, leader):
    new = nobodys_cpr(78)
    cpr_numbers.change(session, goes, new, replaced_on=ON, reason="Nyt køn", actor=Actor(leader, ON))

    assert citizens.find_by_cpr(session, OLD_CPR, actor=Actor(leader, ON)) == goes
    assert citizens.find_by_cpr(session, new, actor=Actor(leader, ON)) == goes

    cpr_numbers.change(session, goes, OLD_CPR, replaced_on=ON, reason="Tastefejl", actor=Actor(leader, ON))

    assert goes.cpr == OLD_CPR
    assert citizens.find_by_cpr(session, new, actor=Actor(leader, ON)) == goes


def test_another_persons_number_is_refused(session, stays, goes, leader):
    with pytest.raises(Conflict, match="lægger teamlederen de to sammen"):
        cpr_numbers.change(session, stays, OLD_CPR, replaced_on=ON, reason="Nyt nummer", actor=Actor(leader, ON))
