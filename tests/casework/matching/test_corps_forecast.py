"""Prognosen på siden: figures that are the sums of their lines, in the user's scope, in three statements."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobcenter_mentor.casework.matching import corps_forecast
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.people.mentors.models import MentorAbsence, MentorSkill
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests import builders as a
from tests.logins import logged_in
from tests.statements import statements_sent

ON = a.WORKING_DAY


@pytest.fixture
def coordinator(session):
    return a.a_user(session, "MK")


@pytest.fixture
def corps(session):
    """Two mentors of Vestbyen, one away until further notice, and a citizen there with a long course."""
    there = a.a_mentor(session, area="Vestbyen", minutes_per_week=600)
    gone = a.a_mentor(session, area="Vestbyen", minutes_per_week=300)
    session.add(MentorSkill(mentor_id=there.id, kind="competence", code="misbrug"))
    session.add(MentorAbsence(mentor_id=gone.id, first_day=ON, last_day=date(9999, 12, 31)))
    citizen = a.a_citizen(session, address="Åkrogen 4, Vestbyen")
    return a.a_grant(session, citizen, start=ON, last_day=ON + timedelta(weeks=30), minutes_per_week=120)


def test_an_area_has_its_own_mentors_and_courses(session, coordinator, corps):
    week = corps_forecast.forecast(session, trait="area:Vestbyen", actor=Actor(coordinator, ON)).chosen.weeks[1]

    assert [line.minutes for line in week.capacity.lines if line.kind == "hours"] == [600, 0]
    assert [line.key for line in week.demand.lines if line.kind == "running"] == [corps.id]


def test_the_parts_are_the_areas_and_skills_that_exist(session, coordinator, corps):
    parts = corps_forecast.forecast(session, actor=Actor(coordinator, ON)).parts

    assert [part.name for part in parts] == ["Vestbyen", "Misbrug"]


def test_every_figure_is_the_sum_of_its_lines_and_the_look_is_logged(session, coordinator, corps):
    week = corps_forecast.week(session, 4, actor=Actor(coordinator, ON))

    assert sum(line.minutes for line in week.capacity) == week.week.capacity.middle > 0
    assert sum(line.minutes for line in week.demand) == week.week.demand.middle > 0
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert event.action == "match.outlook"
    assert corps.citizen_id in event.citizen_ids


def test_a_protected_address_is_in_no_area(session, coordinator, corps):
    corps.citizen.protected = True

    week = corps_forecast.forecast(session, trait="area:Vestbyen", actor=Actor(coordinator, ON)).chosen.weeks[1]

    assert week.demand.middle == 0


@pytest.mark.parametrize("asked", [{"trait": "area:Månen"}, {"number": 13}])
def test_what_the_forecast_does_not_have_is_not_found(session, coordinator, corps, asked):
    with pytest.raises(NotFound):
        corps_forecast.week(session, asked.get("number", 0), trait=asked.get("trait", ""), actor=Actor(coordinator, ON))


def test_the_statements_do_not_grow_with_courses_and_mentors(session, coordinator, corps):
    def number_of_statements():
        session.expire_all()
        with statements_sent() as sent:
            corps_forecast.forecast(session, actor=Actor(coordinator, ON))
        return len(sent)

    few = number_of_statements()
    for _ in range(5):
        a.a_grant(session, mentor_id=a.a_mentor(session).id)

    assert number_of_statements() == few <= 6


def test_the_page_links_each_week_to_its_lines(app, session, coordinator, corps):
    client = logged_in(app, session, coordinator)

    page = client.get("/korpset/prognose?del=area:Vestbyen").get_data(as_text=True)
    lines = client.get("/korpset/prognose/uge?nr=4&del=area:Vestbyen").get_data(as_text=True)

    assert "/korpset/prognose/uge?nr=4&amp;del=area:Vestbyen" in page
    assert corps.case_number in lines
    assert client.get("/korpset/prognose?del=area:M%C3%A5nen").status_code == 404


def test_an_empty_municipality_has_an_empty_forecast(app, session, coordinator):
    page = logged_in(app, session, coordinator).get("/korpset/prognose").get_data(as_text=True)

    assert "Her står områder, sprog og kompetencer" in page
