"""Korpset: hours booked of hours to give, in two statements."""

from datetime import date

import pytest
from sqlalchemy import select

from jobcenter_mentor.casework.grants.models import GrantPeriod
from jobcenter_mentor.casework.matching import (
    corps_capacity,
    hours_table,
    service,
    substitutes,
    waiting_courses,
    waiting_list,
)
from jobcenter_mentor.people.mentors import supervision
from jobcenter_mentor.people.mentors.models import Mentor, MentorAbsence, MentorHours
from jobcenter_mentor.people.mentors.service import MentorFilter, count_by_type
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.service import reach_choices
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_team, a_user
from tests.casework.matching.test_service import counted


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


def the_corps(session, coordinator):
    session.flush()
    return hours_table.corps(session, actor=Actor(coordinator, WORKING_DAY))


def test_a_row_shows_twelve_weeks_of_hours(session, coordinator):
    mentor = a_mentor(session)
    a_grant(session, mentor_id=mentor.id, minutes_per_week=120, last_day=date(2014, 10, 26))

    (row,) = the_corps(session, coordinator).rows

    assert [cell.figure for cell in row.cells[:3]] == ["2/18", "2/18", "0/18"]
    assert len(row.cells) == 12


def test_the_corps_takes_two_statements(session, coordinator):
    for _ in range(5):
        a_grant(session, mentor_id=a_mentor(session).id)
    session.commit()

    with counted() as sent:
        found = hours_table.corps(session, actor=Actor(coordinator, WORKING_DAY))

    assert len(found.rows) == 5
    assert len([statement for statement in sent if statement.lstrip("( ").startswith("SELECT")]) <= 2


def test_the_totals_sum_the_corps(session, coordinator):
    for minutes in (600, 300):
        a_grant(session, mentor_id=a_mentor(session, minutes_per_week=minutes).id, minutes_per_week=90)

    assert the_corps(session, coordinator).totals[0].figure == "3/15"


def test_leave_is_listed_with_the_courses_it_touches(session, coordinator):
    mentor = a_mentor(session)
    mentor.absences.append(MentorAbsence(first_day=date(2014, 10, 27), last_day=date(2014, 11, 21), reason="orlov"))
    a_grant(session, mentor_id=mentor.id)

    found = the_corps(session, coordinator)

    assert [(leave.reason, leave.courses) for leave in found.on_leave] == [("orlov", 1)]
    assert (found.rows[0].cells[2].kind, found.rows[0].cells[2].words) == ("off", "orlov")


def test_mentors_with_flaws_in_contact_data_are_listed(session, coordinator):
    a_mentor(session)
    flawed = a_mentor(session, first_name="Call", last_name="Center")

    found = the_corps(session, coordinator)

    assert [row.mentor.id for row in found.flawed] == [flawed.id]


def test_booked_and_free_minutes_are_those_of_the_week(session):
    mentor = a_mentor(session, minutes_per_week=600)
    grant = a_grant(session, mentor_id=mentor.id, minutes_per_week=120)
    grant.periods[0].last_day = date(2014, 10, 31)
    grant.periods.append(GrantPeriod(first_day=date(2014, 11, 1), last_day=grant.last_day, minutes_per_week=60))
    session.flush()

    load = corps_capacity.load_of(session, date(2014, 10, 13), date(2014, 11, 9), mentor_ids=[mentor.id])[mentor.id]

    assert load.weeks(WORKING_DAY, 1)[0].booked == 120
    assert load.weeks(date(2014, 11, 5), 1)[0].free == 540


def test_the_list_may_hold_only_those_with_hours_or_flaws(session, coordinator):
    busy = a_mentor(session, minutes_per_week=120, first_name="Birgit")
    a_grant(session, mentor_id=busy.id, minutes_per_week=120)
    a_mentor(session, first_name="Mangler", phone="")
    session.flush()

    def names(**wanted):
        asked = {"only_free": False, "only_flawed": False} | wanted
        rows = hours_table.list_rows(session, MentorFilter(), **asked, actor=Actor(coordinator, WORKING_DAY))
        return [row.mentor.first_name for row in rows]

    assert names() == ["Birgit", "Mangler"]
    assert names(only_free=True) == ["Mangler"]
    assert names(only_flawed=True) == ["Mangler"]


def test_the_page_of_a_mentor_shows_citizens_of_ones_own_scope_only(session):
    mentor = a_mentor(session)
    own = a_grant(session, mentor_id=mentor.id)
    elsewhere = a_user(session, "SB", team=a_team(session, "Team Job"))

    shown = hours_table.get_page(session, mentor.public_id, actor=Actor(a_user(session, "TL"), WORKING_DAY))
    hidden = hours_table.get_page(session, mentor.public_id, actor=Actor(elsewhere, WORKING_DAY))

    assert (shown.courses, hidden.courses) == ([own], [])


def test_what_the_law_demands_waits_first_then_by_start(session, coordinator):
    wished = a_grant(session, right_and_duty=False, legal_basis="LAB § 31 b, stk. 1", start=date(2014, 10, 1))
    demanded = a_grant(session, start=date(2014, 11, 3))
    discharged = a_grant(session, right_and_duty=False, discharge_right=True, start=date(2014, 10, 27))
    a_grant(session, mentor_id=a_mentor(session).id)

    found = waiting_courses.list_waiting(session, actor=Actor(coordinator, WORKING_DAY))

    assert [one.grant for one in found] == [discharged, demanded, wished]
    assert [one.is_late for one in found] == [False, False, True]


def test_looking_at_the_waiting_list_is_logged_with_the_citizens(session, coordinator):
    grant = a_grant(session, decided_on=date(2014, 10, 6))

    (one,) = waiting_courses.list_waiting(session, actor=Actor(coordinator, WORKING_DAY))
    session.flush()

    assert one.days == 9
    assert session.scalar(select(Event.citizen_ids)) == [grant.citizen_id]


def test_an_ended_course_waits_for_nobody(session, coordinator):
    a_grant(session, ended_on=date(2014, 10, 14))
    a_grant(session, start=date(2014, 1, 1), last_day=date(2014, 6, 30))

    assert waiting_courses.list_waiting(session, actor=Actor(coordinator, WORKING_DAY)) == []


def test_who_came_with_a_sheet_of_courses_is_offered_nowhere_until_there_are_hours(session, coordinator, law):
    named = Mentor(
        first_name="Ikke",
        last_name="opgivet",
        search_name="ikke opgivet",
        mentor_type="INT",
        active_from=date(2013, 1, 1),
    )
    session.add(named)
    session.flush()
    absent, grant = a_mentor(session), a_grant(session)
    standing = a_grant(session, mentor_id=absent.id)

    def offered():
        on, by = WORKING_DAY, coordinator
        ranked = {one.mentor.id for one in service.propose(session, grant, actor=Actor(by, on), law=law)}
        stand_ins = substitutes.substitutes_for(session, absent, actor=Actor(by, on), law=law).courses
        everybody = {"only_free": False, "only_flawed": False}
        return {
            "ranking": named.id in ranked,
            "stand-ins": any(best.mentor.id == named.id for one in stand_ins for best in one.best),
            "plan": named.id in waiting_list.read_waiting_list(session, [grant], actor=Actor(by, on), law=law).mentors,
            "corps": named.id in {row.mentor.id for row in the_corps(session, by).rows},
            "list": named.id
            in {r.mentor.id for r in hours_table.list_rows(session, MentorFilter(), **everybody, actor=Actor(by, on))},
            "supervision": named.public_id
            in {one.public_id for one in supervision.trained(session, actor=Actor(by, on))},
            "types": count_by_type(session, actor=Actor(by, on))["INT"] == 2,
            "roles": f"mentor:{named.id}" in dict(reach_choices(session)),
        }

    assert standing.mentor_id == absent.id
    assert not any(offered().values())
    wrong = hours_table.list_rows(
        session, MentorFilter(), only_free=False, only_flawed=True, actor=Actor(coordinator, WORKING_DAY)
    )
    assert [row.flaws[-1] for row in wrong] == [hours_table.NOT_IN_CORPS]

    named.first_name, named.last_name, named.phone, named.email = "Ida", "Berg", "20304050", "ida@example.dk"
    named.hours.append(MentorHours(valid_from=date(2014, 1, 1), minutes_per_week=600))
    session.flush()

    assert all(offered().values())
