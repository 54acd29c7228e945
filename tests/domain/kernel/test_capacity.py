"""Tests of hours available, booked and absent, week by week."""

from datetime import date

import pytest

from jobcenter_mentor.domain.kernel.capacity import (
    AbsencePeriod,
    Booking,
    HoursPeriod,
    MentorWeek,
    cell_of,
    holidays_of,
    weeks_of,
)

MONDAY = date(2014, 10, 13)
HOURS = [HoursPeriod(date(2013, 1, 1), None, 1080)]


def one_week(hours=HOURS, away=(), booked=()):
    return weeks_of(hours, away, booked, date(2014, 10, 15), 1)[0]


def test_the_week_holds_hours_less_bookings():
    week = one_week(booked=[Booking(1, date(2014, 8, 25), date(2015, 2, 24), 120)])

    assert (week.monday, week.available, week.booked, week.free) == (MONDAY, 1080, 120, 960)


def test_a_course_that_ends_in_the_week_still_counts_and_not_the_week_after():
    ending = [Booking(1, date(2014, 8, 25), MONDAY, 120)]

    assert [week.booked for week in weeks_of(HOURS, [], ending, MONDAY, 2)] == [120, 0]


def test_a_change_of_hours_in_the_week_counts_once_with_the_highest():
    change = [
        Booking(1, date(2014, 8, 25), date(2014, 10, 15), 120),
        Booking(1, date(2014, 10, 16), MONDAY.replace(year=2015), 60),
    ]

    assert one_week(booked=change).booked == 120


def test_a_place_counts_as_its_share():
    places = [Booking(number, MONDAY, date(2014, 12, 1), 300, 4) for number in (1, 2)]

    assert one_week(booked=places).booked == 150


def test_a_day_away_takes_a_fifth_and_five_days_the_whole_week():
    assert one_week(away=[AbsencePeriod(MONDAY, MONDAY, "kursus")]).available == 864
    assert one_week(away=[AbsencePeriod(MONDAY, date(2014, 10, 17), "orlov")]) == MentorWeek(MONDAY, 0, 0, "orlov")


def test_christmas_takes_its_part_of_hours_and_bookings():
    booked = [Booking(1, date(2014, 8, 25), date(2015, 2, 24), 600)]
    days_off = [day for days in holidays_of(date(2014, 12, 22), 2).values() for day in days]

    first, second = weeks_of(HOURS, [], booked, date(2014, 12, 22), 2, days_off)

    assert days_off == [
        date(2014, 12, 24),
        date(2014, 12, 25),
        date(2014, 12, 26),
        date(2014, 12, 31),
        date(2015, 1, 1),
    ]
    assert [(week.available, week.booked, week.away) for week in (first, second)] == [(432, 240, ""), (648, 360, "")]


def test_hours_count_only_in_their_period():
    assert one_week([HoursPeriod(date(2014, 10, 20), None, 600)]).available == 0
    assert one_week([HoursPeriod(date(2014, 1, 1), date(2014, 10, 12), 600)]).available == 0


@pytest.mark.parametrize(
    ("available", "booked", "kind", "figure", "words"),
    [
        (600, 204, "0", "3,4/10", "6,6 fri"),
        (600, 210, "1", "3,5/10", "6,5 fri"),
        (600, 389, "1", "6 t 29 min/10", "3 t 31 min fri"),
        (600, 390, "2", "6,5/10", "3,5 fri"),
        (600, 510, "3", "8,5/10", "1,5 fri"),
        (600, 600, "full", "10/10", "fuld"),
        (600, 720, "over", "12/10", "2 over"),
        (0, 0, "off", "", "ingen timer"),
        (0, 60, "over", "1/0", "1 over"),
    ],
)
def test_a_cell_shows_the_share_with_its_figures(available, booked, kind, figure, words):
    cell = cell_of(MentorWeek(MONDAY, available, booked))

    assert (cell.kind, cell.figure, cell.words) == (kind, figure, words)


def test_a_week_away_says_why():
    assert cell_of(MentorWeek(MONDAY, 0, 0, "orlov")).words == "orlov"
