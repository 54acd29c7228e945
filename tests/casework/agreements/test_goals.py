"""Mål og progression: goals that can be checked, and how near the goal two people find it."""

from datetime import date

import pytest

from jobcenter_mentor.casework.agreements import goals
from jobcenter_mentor.casework.agreements.goals import NewGoal, Rating
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_mentor, a_municipality, a_user
from tests.casework.meetings.courses import a_course
from tests.logins import logged_in


def test_a_goal_is_added_once_and_gets_a_status(session):
    course = a_course(session)
    new = NewGoal("Tager selv bussen til praktikken", "transport", date(2014, 12, 1))

    goal = goals.add(session, course.grant, new, actor=Actor(course.caseworker, WORKING_DAY))
    again = goals.add(session, course.grant, new, actor=Actor(course.caseworker, WORKING_DAY))
    goals.set_status(
        session,
        course.grant,
        goal.public_id,
        status="reached",
        note="Fire gange",
        actor=Actor(course.mentor, WORKING_DAY),
    )

    assert again is goal
    assert (goal.number, goal.status, goal.status_on, goal.status_note) == (1, "reached", WORKING_DAY, "Fire gange")
    assert goals.open_goals(session, course.grant.id) == {}


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewGoal(" "), "text"),
        (NewGoal("x", "rengøring"), "area"),
        (NewGoal("x", "", date(2014, 8, 24)), "target_on"),
        (NewGoal("x", "", date(2016, 8, 26)), "target_on"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_at_its_field(session, new, field):
    course = a_course(session)

    with pytest.raises(ValidationFailed) as refused:
        goals.add(session, course.grant, new, actor=Actor(course.caseworker, WORKING_DAY))

    assert list(refused.value.errors) == [field]


def test_a_goal_of_another_course_is_not_found(session):
    course, other = a_course(session), a_course(session)
    goal = goals.add(session, other.grant, NewGoal("Står op"), actor=Actor(other.caseworker, WORKING_DAY))

    with pytest.raises(NotFound):
        goals.set_status(
            session, course.grant, goal.public_id, status="open", actor=Actor(course.caseworker, WORKING_DAY)
        )


def test_two_who_set_the_status_at_once_hear_of_each_other(session):
    course = a_course(session)
    goal = goals.add(session, course.grant, NewGoal("Står op"), actor=Actor(course.caseworker, WORKING_DAY))
    said = {"seen": "open"}
    goals.set_status(
        session, course.grant, goal.public_id, status="reached", actor=Actor(course.mentor, WORKING_DAY), **said
    )

    with pytest.raises(Conflict, match=r"»Nået«.*»Opgivet«"):
        goals.set_status(
            session, course.grant, goal.public_id, status="dropped", actor=Actor(course.caseworker, WORKING_DAY), **said
        )


def test_progression_is_a_line_for_each_party_and_a_new_answer_takes_the_old_ones_place(session):
    course = a_course(session)
    for party, point, score in [("mentor", "start", 1), ("mentor", "middle", 2), ("mentor", "middle", 4)]:
        goals.rate(session, course.grant, Rating(party, point, score), actor=Actor(course.mentor, WORKING_DAY))
    goals.rate(session, course.grant, Rating("citizen", "start", 2), actor=Actor(course.caseworker, WORKING_DAY))

    picture = goals.picture_of(session, course.grant.id)

    assert picture.lines == [("citizen", "Borgeren", [2, None, None]), ("mentor", "Mentor", [1, 4, None])]


def test_a_mentor_does_not_answer_for_the_citizen_and_only_one_to_five_counts(session):
    course = a_course(session)

    with pytest.raises(NotAllowed):
        goals.rate(session, course.grant, Rating("citizen", "start", 3), actor=Actor(course.mentor, WORKING_DAY))
    with pytest.raises(ValidationFailed):
        goals.rate(session, course.grant, Rating("mentor", "start", 6), actor=Actor(course.mentor, WORKING_DAY))


def test_the_page_shows_goals_and_the_line_with_its_table(app, session):
    a_municipality(session)
    course = a_course(session)
    mentor = logged_in(app, session, course.mentor)
    address = f"/aftaler/{course.grant.public_id}"

    mentor.post(f"{address}/maal", data={"text": "Står selv op", "area": "out_of_bed", "target_on": "01-12-2014"})
    for point, score in (("start", "2"), ("middle", "4")):
        mentor.post(f"{address}/progression", data={"party": "mentor", "point": point, "score": score})
    page = mentor.get(f"{address}/maal").text

    assert "1. Står selv op" in page
    assert "Mentor: 2, 4, ikke besvaret." in page
    assert "<polyline" in page
    assert mentor.post(f"{address}/progression", data={"party": "mentor", "point": "end"}).status_code == 422


def test_a_mentor_replaces_no_answer_of_another_mentor(session):
    course = a_course(session)
    first = goals.rate(session, course.grant, Rating("mentor", "start", 2), actor=Actor(course.mentor, WORKING_DAY))
    newcomer = a_user(session, "MI", mentor=a_mentor(session))

    with pytest.raises(NotAllowed, match="En anden mentor har svaret"):
        goals.rate(session, course.grant, Rating("mentor", "start", 5), actor=Actor(newcomer, WORKING_DAY))
    goals.rate(session, course.grant, Rating("mentor", "start", 3), actor=Actor(course.mentor, WORKING_DAY))
    newest = goals.rate(
        session, course.grant, Rating("mentor", "start", 4), actor=Actor(course.caseworker, WORKING_DAY)
    )

    assert (first.replaced, newest.replaced, newest.score) == (True, False, 4)
