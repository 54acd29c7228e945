"""Tests that every missing item of an agreement is named, in all 64 combinations, and of the items by date."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from jobcenter_mentor.domain.kernel.change_days import AGREEMENTS_FROM
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.law.agreement_items import (
    FIELDS,
    MOST_MONTHS,
    Items,
    about_items,
    demanded_by,
    demanded_items,
    longest_day,
    missing_items,
    missing_words,
)

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
def test_exactly_the_items_left_out_are_missing(left_out, law):
    gone = [field for field, out in zip(EMPTY, left_out, strict=True) if out]
    items = replace(FULL, **{key: value for field in gone for key, value in EMPTY[field].items()})

    assert list(missing_items(items, law.on(date(2014, 10, 15)))) == gone


def test_a_contact_without_a_name_is_missing(law):
    missing = missing_items(replace(FULL, mentor_name=""), law.on(date(2014, 10, 15)))

    assert missing == {"mentor_contact": "mentors navn og kontaktoplysninger"}


@pytest.mark.parametrize(
    ("day", "fields", "section"),
    [
        (date(2010, 1, 1), "goal mentor_contact tasks complaint_guidance", ""),
        (date(2013, 4, 23), "goal mentor_contact tasks complaint_guidance", ""),
        (date(2013, 4, 24), " ".join(EMPTY), "LAB § 78, stk. 3"),
        (date(2013, 12, 31), " ".join(EMPTY), "LAB § 78, stk. 3"),
        (date(2014, 1, 1), " ".join(EMPTY), "LAB § 31 c, stk. 2"),
        (date(2019, 12, 31), " ".join(EMPTY), "LAB § 31 c, stk. 2"),
        (
            date(2020, 1, 1),
            "goal mentor_contact tasks last_day minutes_per_week",
            "§ 52 i bekendtgørelsen om en aktiv beskæftigelsesindsats",
        ),
        (
            date(2026, 11, 30),
            "goal mentor_contact tasks last_day minutes_per_week",
            "§ 52 i bekendtgørelsen om en aktiv beskæftigelsesindsats",
        ),
    ],
)
def test_the_items_and_their_section_follow_the_day(law, day, fields, section):
    of_day = law.on(day)

    assert demanded_items(of_day) == set(fields.split())
    assert demanded_by(of_day) == section
    assert missing_words("goal", of_day) == f"Målet med støtten mangler{f' ({section})' if section else ''}."


def test_from_2020_an_agreement_may_leave_the_complaint_to_the_decision(law):
    items = replace(FULL, complaint_guidance="")

    assert missing_items(items, law.on(date(2019, 12, 31)))
    assert not missing_items(items, law.on(date(2020, 1, 1)))


def test_an_item_that_no_section_asks_for_is_named_without_one(law):
    of_day = law.on(date(2013, 4, 23))

    assert list(missing_items(replace(FULL, minutes_per_week=0), of_day)) == ["minutes_per_week"]
    assert missing_words("minutes_per_week", of_day) == "Timetallet mangler."


def test_every_item_of_every_day_is_one_the_agreement_knows(law):
    named = {item for dated in law.parameter("agreement.items").values for item in dated.value}

    assert named <= FIELDS.keys()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2013, 4, 23), "Loven kræver ikke bestemte punkter."),
        (date(2013, 4, 24), "De seks punkter kræves af LAB § 78, stk. 3."),
        (date(2014, 1, 1), "De seks punkter kræves af LAB § 31 c, stk. 2."),
        (date(2020, 1, 1), "De første fem punkter skal stå i Min Plan (§ 52 i bekendtgørelsen"),
    ],
)
def test_the_page_says_who_asks_for_the_items(law, day, words):
    assert about_items(law.on(day)).startswith(words)


@pytest.mark.parametrize("start", [date(2013, 4, 23), date(2013, 4, 24), date(2014, 1, 1), date(2020, 1, 1)])
def test_the_longest_day_is_that_of_the_dated_figure(law, start):
    months = law.on(start).find("mentor.longest_period_months")

    assert longest_day(start) == (last_day_of_months(start, months) if months else None)


def test_every_dated_figure_of_the_longest_period_is_the_one_that_the_doors_count_by(law):
    values = law.parameter("mentor.longest_period_months").values

    assert (values[0].valid_from, {one.value for one in values}) == (AGREEMENTS_FROM, {MOST_MONTHS})
