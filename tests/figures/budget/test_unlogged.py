"""The frame page (ramme): every total is made of lines, the refund stops at the frame, and a difference is shown."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.models import MonthSum
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.figures.budget import frame_lines, recount, unlogged, year_figures
from jobcenter_mentor.figures.budget.frame_lines import FigureLineFilter, chosen_lines
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests import builders as a

ON = a.WORKING_DAY
MENTOR = "mentor_2014"


def a_reserved_course(session: Session, cost: int, kind: str = MENTOR, rate: int = 50, **changes: Any) -> Grant:
    grant = a.a_grant(session, frame_kind=kind, rate_percent=rate, **changes)
    frames.reserve(session, grant_id=grant.id, lines=[CostLine(2014, cost, kind, rate)], may_go_beyond=True)
    month_sums.keep(session, grant.id)
    return grant


def a_held_meeting(session: Session, grant: Grant, met_on: date, minutes: int = 60, **changes: object) -> None:
    mentor = grant.mentor or a.a_mentor(session)
    values = {"form": "in_person", "held": True} | changes
    session.add(Meeting(grant_id=grant.id, mentor_id=mentor.id, met_on=met_on, minutes=minutes, **values))
    month_sums.keep(session, grant.id)


def a_wage_line(session: Session, grant: Grant, amount: int, first: date, last: date) -> None:
    by = a.a_user(session, "ØK").id
    values = {"grant_id": grant.id, "citizen_id": grant.citizen_id, "entered_by_id": by, "entered_on": ON}
    session.add(
        PayLine(kind="wage", first_day=first, last_day=last, minutes=60, hourly_price=30_000, amount=amount, **values)
    )
    month_sums.keep(session, grant.id)


def the_page(session: Session, year: int = 2014) -> year_figures.Cockpit:
    return year_figures.cockpit(session, year=year, actor=Actor(a.a_user(session, "TL"), ON))


def test_half_of_what_is_billed_is_refunded_and_each_month_has_its_part(session: Session) -> None:
    a.a_frame(session, amount=1_000_000)
    grant = a_reserved_course(session, 600_000)
    a_held_meeting(session, grant, date(2014, 9, 2), minutes=90)
    a_held_meeting(session, grant, date(2014, 10, 7), minutes=60)
    a_wage_line(session, grant, 45_001, date(2014, 9, 1), date(2014, 9, 30))

    page = the_page(session)

    assert (page.granted, page.delivered, page.invoiced) == (600_000, 75_000, 45_001)
    assert page.in_frame is not None
    assert (page.in_frame.refund, page.in_frame.own_cost) == (22_501, 22_500)
    assert [(m.first.month, m.delivered) for m in page.months if m.delivered] == [(9, 45_000), (10, 30_000)]


def test_the_refund_stops_at_the_frame(session: Session) -> None:
    a.a_frame(session, amount=20_000)
    a_wage_line(session, a_reserved_course(session, 600_000), 30_000, date(2014, 10, 1), date(2014, 10, 7))

    page = the_page(session)

    assert page.in_frame is not None
    assert (page.in_frame.refund, page.in_frame.own_cost) == (10_000, 20_000)


@pytest.mark.parametrize(("kind", "rate", "refund"), [("none_unlimited", 50, 15_000), ("no_reimbursement", 0, 0)])
def test_cost_outside_the_frame_is_refunded_by_its_own_rule(
    session: Session, kind: str, rate: int, refund: int
) -> None:
    a.a_frame(session, amount=1)
    a_wage_line(session, a_reserved_course(session, 90_000, kind, rate), 30_000, date(2014, 9, 1), date(2014, 9, 2))

    page = the_page(session)

    assert [(line.invoiced, line.refund) for line in page.refunds] == [(30_000, refund)]
    assert (page.courses, page.granted) == (0, 0)


def test_the_parts_of_each_split_sum_to_the_total_and_open_as_many_lines(session: Session) -> None:
    by = a.a_user(session, "TL")
    a_held_meeting(session, a_reserved_course(session, 600_000), date(2014, 9, 2))
    a_reserved_course(session, 300_000, mentor_type="EKST", group_number=13)
    a_reserved_course(session, 1_000, group_number=None)

    page = the_page(session)

    assert [len(split.parts) for split in page.splits] == [1, 3, 2]
    for split in page.splits:
        assert sum(part.granted for part in split.parts) == page.granted == 901_000
        for part in split.parts:
            asked = dict(pair.split("=") for pair in part.chosen.strip("&").split("&"))
            behind = frame_lines.list_behind(session, year=2014, chosen=chosen_lines(asked), actor=Actor(by, ON))
            found = (behind.all.courses, behind.all.granted, behind.all.delivered)
            assert found == (part.courses, part.granted, part.delivered)
            assert len(behind.lines) == behind.shown.courses


def test_the_frame_is_used_up_on_one_day_that_the_band_surrounds(session: Session) -> None:
    a.a_frame(session, amount=200_000)
    grant = a_reserved_course(session, 900_000)
    for day in (date(2014, 9, 2), date(2014, 9, 16), date(2014, 10, 7)):
        a_held_meeting(session, grant, day, minutes=110)

    page = the_page(session)
    earliest, expected, latest = page.used_up

    assert page.at_year_end.low <= page.at_year_end.middle <= page.at_year_end.high
    assert earliest is not None
    assert expected is not None
    assert ON < earliest <= expected <= (latest or date(2014, 12, 31))


def test_one_more_grant_shortens_the_frame_before_it_is_approved(session: Session) -> None:
    a.a_frame(session, amount=200_000)
    grant = a_reserved_course(session, 900_000)
    for day in (date(2014, 9, 2), date(2014, 9, 16), date(2014, 10, 7)):
        a_held_meeting(session, grant, day, minutes=110)
    cost = [CostLine(2014, 150_001, MENTOR, 50), CostLine(2015, 90_000, MENTOR, 50)]

    found = unlogged.effect(session, cost, first_day=date(2014, 10, 20), last_day=date(2015, 4, 19), on=ON)

    assert found.before is not None
    assert found.after is not None
    assert ON < found.after < found.before
    assert (found.cost, found.refund, found.own_cost) == (240_001, 0, 240_001)


def test_a_year_without_a_frame_says_so_and_refunds_nothing(session: Session) -> None:
    a_wage_line(session, a_reserved_course(session, 60_000), 30_000, date(2014, 9, 1), date(2014, 9, 2))

    page = the_page(session)

    assert page.frame is None
    assert [line.refund for line in page.refunds] == [0]


def test_the_lines_behind_a_figure_name_only_ones_own_and_tell_of_the_others(session: Session) -> None:
    leader = a.a_user(session, "TL")
    own = a_reserved_course(session, 60_000)
    other = a.a_citizen(session, team_id=a.a_team(session, "Team Aktiv").id)
    a_reserved_course(session, 40_000, citizen=other)

    behind = frame_lines.list_behind(session, year=2014, chosen=FigureLineFilter(), actor=Actor(leader, ON))

    assert [line.case_number for line in behind.lines] == [own.case_number]
    assert (behind.hidden, behind.shown.granted, behind.all.granted) == (1, 60_000, 100_000)
    assert session.scalars(select(Event.citizen_ids).order_by(Event.id.desc())).first() == [own.citizen_id]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": MENTOR}, 2),
        ({"group": "13"}, 1),
        ({"month": "9", "figure": "delivered"}, 1),
        ({"figure": "invoiced"}, 0),
        ({"beyond": "1"}, 0),
    ],
)
def test_a_figure_opens_its_own_lines(session: Session, asked: dict[str, str], found: int) -> None:
    a.a_frame(session)
    a_held_meeting(session, a_reserved_course(session, 60_000), date(2014, 9, 2))
    a_reserved_course(session, 40_000, mentor_type="EKST", group_number=13)

    behind = frame_lines.list_behind(
        session, year=2014, chosen=chosen_lines(asked), actor=Actor(a.a_user(session, "TL"), ON)
    )

    assert behind.all.courses == len(behind.lines) == found


def test_the_nightly_count_agrees_with_what_was_kept(session: Session) -> None:
    grant = a_reserved_course(session, 600_001)
    a_held_meeting(session, grant, date(2014, 9, 2), minutes=77)
    a_wage_line(session, grant, 38_501, date(2014, 12, 20), date(2015, 1, 10))

    assert recount.recount(session, by=None, on=ON) == 0


def test_a_sum_that_was_changed_by_other_hands_is_found_and_named(session: Session) -> None:
    a_held_meeting(session, a_reserved_course(session, 600_000), date(2014, 9, 2))
    session.execute(update(MonthSum).where(MonthSum.month == 9).values(delivered=MonthSum.delivered + 100))

    assert recount.recount(session, by=None, on=ON) == 1

    [(difference, team)] = recount.list_differences(session, year=2014)
    assert (team, difference.month, difference.figure) == ("Team Unge", 9, "delivered")
    assert (difference.kept, difference.counted) == (30_100, 30_000)


def test_a_running_course_without_a_held_meeting_lacks_proof(session: Session) -> None:
    silent, met = a.a_grant(session), a.a_grant(session)
    a_held_meeting(session, silent, date(2014, 9, 1))
    a_held_meeting(session, met, date(2014, 10, 13))

    unproven = unlogged.list_unproven(session, actor=Actor(a.a_user(session, "TL"), ON))

    assert [(u.case_number, u.last_met) for u in unproven] == [(silent.case_number, date(2014, 9, 1))]


def test_the_years_2016_to_2018_show_each_of_their_two_frames_and_stop_its_refund(session: Session) -> None:
    for kind, amount in (("unemployment", 20_000), ("other_groups", 500_000)):
        a.a_frame(session, year=2017, kind=kind, amount=amount)
        grant = a.a_grant(session, frame_kind=kind, start=date(2017, 1, 2), last_day=date(2017, 6, 30))
        frames.reserve(session, grant_id=grant.id, lines=[CostLine(2017, 60_000, kind, 50)], may_go_beyond=True)
        a_wage_line(session, grant, 30_000, date(2017, 2, 1), date(2017, 2, 28))

    by = a.a_user(session, "TL")
    first, other = (
        year_figures.cockpit(session, year=2017, actor=Actor(by, ON), asked=kind) for kind in (None, "other_groups")
    )

    assert [(page.kind, page.invoiced) for page in (first, other)] == [
        ("unemployment", 30_000),
        ("other_groups", 30_000),
    ]
    assert {line.kind: line.refund for line in first.refunds} == {"unemployment": 10_000, "other_groups": 15_000}


@pytest.mark.parametrize(
    ("year", "kinds"),
    [
        (2013, ()),
        (2014, (MENTOR,)),
        (2015, (MENTOR,)),
        (2016, ("unemployment", "other_groups")),
        (2018, ("unemployment", "other_groups")),
        (2019, ("unemployment", "other_groups")),
        (2020, ()),
    ],
)
def test_a_year_has_the_frames_its_law_has(year: int, kinds: tuple[str, ...]) -> None:
    assert year_figures.kinds_of(year) == kinds
