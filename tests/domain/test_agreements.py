"""Aftalens seks punkter: every one that is missing is named, in all 64 combinations."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from jobcenter_mentor.domain.agreements import Items, missing_items

FULL = Items(
    goal="Tager selv bussen.",
    mentor_name="Samira Haddad",
    mentor_contact="20304050, samira@example.dk",
    tasks=("transport",),
    start=date(2014, 10, 20),
    last_day=date(2015, 4, 19),
    minutes_per_week=120,
    complaint_guidance="Du kan klage.",
)
EMPTY = {
    "goal": {"goal": "  "},
    "mentor_contact": {"mentor_contact": ""},
    "tasks": {"tasks": ()},
    "last_day": {"last_day": None},
    "minutes_per_week": {"minutes_per_week": 0},
    "complaint_guidance": {"complaint_guidance": ""},
}


@pytest.mark.parametrize("left_out", list(product([False, True], repeat=6)))
def test_exactly_the_items_left_out_are_missing(left_out):
    gone = [field for field, out in zip(EMPTY, left_out, strict=True) if out]
    items = replace(FULL, **{key: value for field in gone for key, value in EMPTY[field].items()})

    assert list(missing_items(items)) == gone


def test_a_contact_without_a_name_is_missing():
    assert missing_items(replace(FULL, mentor_name="")) == {"mentor_contact": "mentors navn og kontaktoplysninger"}
