"""Tests of what the goals, hours and mentor's scores of an ending course speak for."""

from dataclasses import replace

import pytest

from jobcenter_mentor.domain.law.renewals import CourseSoFar, propose

COURSE = CourseSoFar(right_and_duty=False, goals=("reached", "open"), granted_minutes=1000, used_minutes=500)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "extend"),
        ({"used_minutes": 499}, "fewer"),
        ({"goals": ("reached", "reached")}, "end"),
        ({"goals": (), "used_minutes": 0}, "fewer"),
        ({"goals": (), "granted_minutes": 0, "used_minutes": 0}, "extend"),
        ({"right_and_duty": True}, "new_offer"),
        ({"right_and_duty": True, "goals": ("reached",), "used_minutes": 0}, "new_offer"),
    ],
)
def test_what_is_proposed(changes: dict[str, object], code: str) -> None:
    assert propose(replace(COURSE, **changes)).code == code  # type: ignore[arg-type]


def test_the_reasons_tell_goals_hours_and_the_mentors_score() -> None:
    assert propose(replace(COURSE, score=4)).reasons == (
        "1 af 2 mål er nået.",
        "50 % af de bevilgede timer er brugt.",
        "Mentors seneste bedømmelse er 4 af 5.",
    )


def test_without_goals_and_hours_the_reasons_say_so_and_no_share_is_made_up() -> None:
    assert propose(replace(COURSE, goals=(), granted_minutes=0)).reasons == ("Der er ikke sat delmål.",)


def test_right_and_duty_names_the_offer_that_must_begin_the_day_after() -> None:
    assert propose(replace(COURSE, right_and_duty=True)).reasons[0].startswith("Ret og pligt: et nyt tilbud skal")
