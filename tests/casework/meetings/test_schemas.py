"""Rækken i arket `meetings`: what it takes and what it refuses, at the field."""

from typing import Any

import pytest

from jobcenter_mentor.casework.meetings.schemas import MeetingRow

HELD = {"met_on": "2014-10-14", "form": "in_person", "held": True, "minutes": 60}


@pytest.mark.parametrize(
    "row",
    [HELD, HELD | {"minutes": 720, "topics": ["transport"]}, HELD | {"held": False, "absence_reason": "illness"}],
)
def test_a_row_that_can_be_is_taken(row: dict[str, Any]) -> None:
    assert MeetingRow().validate(row) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"form": "brev"}, "form"),
        ({"held": False}, "absence_reason"),
        ({"absence_reason": "citizen"}, "absence_reason"),
        ({"held": False, "absence_reason": "ferie"}, "absence_reason"),
        ({"topics": ["rengøring"]}, "topics"),
        ({"met_on": "2014-02-31"}, "met_on"),
        ({"note": "x" * 4001}, "note"),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    assert list(MeetingRow().validate(HELD | changes)) == [field]
