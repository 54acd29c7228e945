"""Tests of the deadlines after a grant, whose rule each is, and the gaps between contacts."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from jobcenter_mentor.domain.law.assessment import ContactBreach
from jobcenter_mentor.domain.law.deadlines import (
    breaches_by_law,
    contact_breaches,
    deadlines_of_grant,
    next_contact_due,
)
from jobcenter_mentor.domain.law.law import Law

START = date(2014, 5, 12)
some_days = st.lists(st.dates(min_value=START - timedelta(days=10), max_value=START + timedelta(days=100)), max_size=20)


def test_each_deadline_says_what_to_do_by_whose_rule(law: Law) -> None:
    deadlines = deadlines_of_grant(
        granted=date(2014, 5, 5), start=START, end=date(2014, 11, 11), right_and_duty=True, law=law.on(date(2014, 5, 5))
    )

    assert [deadline.due for deadline in deadlines] == sorted(deadline.due for deadline in deadlines)
    assert all(deadline.what and deadline.section and deadline.rule for deadline in deadlines)
    assert {d.kind for d in deadlines if d.authority == "local"} == {"first_contact", "review", "end_review"}
    assert {d.kind for d in deadlines if d.authority == "law"} == {
        "agreement",
        "contact",
        "complaint",
        "period_end",
        "new_offer",
    }


def test_the_first_contact_is_never_due_before_the_course_begins(law: Law) -> None:
    granted = date(2014, 4, 1)
    deadlines = deadlines_of_grant(
        granted=granted, start=START, end=date(2014, 11, 11), right_and_duty=True, law=law.on(granted)
    )

    assert [d.due for d in deadlines if d.kind == "first_contact"] == [START]


def test_the_next_contact_is_due_an_interval_after_the_last() -> None:
    assert next_contact_due(START, [], 7) == date(2014, 5, 19)
    assert next_contact_due(START, [date(2014, 5, 20), date(2014, 5, 14)], 7) == date(2014, 5, 27)
    assert next_contact_due(START, [date(2014, 5, 1)], 7) == date(2014, 5, 19)


def test_a_gap_of_the_interval_is_kept_and_a_day_more_is_a_breach() -> None:
    assert contact_breaches(START, [], START + timedelta(days=7), 7) == []
    assert contact_breaches(START, [], START + timedelta(days=8), 7) == [
        ContactBreach(START, START + timedelta(days=8), 8)
    ]


def test_before_the_start_there_is_nothing_to_keep() -> None:
    assert contact_breaches(START, [], START - timedelta(days=30), 7) == []


@settings(max_examples=40)
@given(some_days, st.integers(0, 100), st.integers(1, 30))
def test_a_contact_in_every_interval_leaves_no_breach(contacts: list[date], length: int, interval: int) -> None:
    until = START + timedelta(days=length)
    every = [START + timedelta(days=n) for n in range(interval, length + 1, interval)]

    assert contact_breaches(START, contacts + every, until, interval) == []
    assert all(breach.gap_days > interval for breach in contact_breaches(START, contacts, until, interval))


def test_a_course_that_has_not_begun_has_no_breach(law: Law) -> None:
    assert breaches_by_law(date(2014, 5, 12), [], date(2014, 5, 11), law.on(date(2014, 5, 11))) == []
