"""Supervision: who came, course hours, and who has never had any."""

from dataclasses import replace
from datetime import date

import pytest

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.people.mentors import supervision
from jobcenter_mentor.people.mentors.supervision import NewSupervision
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_mentor, a_user


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


@pytest.fixture
def three(session):
    return [a_mentor(session, first_name=name) for name in ("Asta", "Birgit", "Clara")]


def test_who_never_had_supervision_stands_first_and_courses_count_in_hours(session, coordinator, three):
    asta, birgit, _ = (mentor.public_id for mentor in three)
    group = NewSupervision(date(2014, 9, 30), "group", "Roller", 90, mentors=(asta, birgit))
    held = supervision.plan(session, group, actor=Actor(coordinator, WORKING_DAY))
    course = replace(group, kind="course", minutes=360, mentors=(birgit,))
    supervision.plan(session, course, actor=Actor(coordinator, WORKING_DAY))
    later = replace(group, held_on=date(2014, 10, 28), mentors=(birgit,))
    coming = supervision.plan(session, later, actor=Actor(coordinator, WORKING_DAY))

    supervision.note_attendance(session, held, [asta], actor=Actor(coordinator, WORKING_DAY))

    found = supervision.trained(session, actor=Actor(coordinator, WORKING_DAY))
    assert [(one.name.split()[0], one.last_day, one.times, one.course_minutes) for one in found] == [
        ("Birgit", None, 0, 360),
        ("Clara", None, 0, 0),
        ("Asta", date(2014, 9, 30), 1, 0),
    ]
    with pytest.raises(ValidationFailed, match="bagefter"):
        supervision.note_attendance(session, coming, [birgit], actor=Actor(coordinator, WORKING_DAY))
    with pytest.raises(ValidationFailed, match="ikke indbudt"):
        supervision.note_attendance(session, held, [three[2].public_id], actor=Actor(coordinator, WORKING_DAY))


def test_all_wrong_fields_are_told_at_once(session, coordinator):
    wrong = NewSupervision(WORKING_DAY, "fest", " ", 0, mentors=("x",))

    with pytest.raises(ValidationFailed) as refused:
        supervision.plan(session, wrong, actor=Actor(coordinator, WORKING_DAY))

    assert set(refused.value.errors) == {"kind", "title", "minutes", "mentors"}
