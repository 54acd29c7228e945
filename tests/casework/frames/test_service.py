"""Reservationer: what fits is covered, the rest is own cost, and sums always agree."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import service
from jobcenter_mentor.casework.frames.bulk_reservation import Book
from jobcenter_mentor.casework.frames.models import CourseMonth, Frame, Reservation
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.domain.kernel.errors import Conflict
from tests import builders as a

MENTOR = "mentor_2014"


def in_2014(cost: int) -> list[CostLine]:
    return [CostLine(2014, cost, MENTOR, 50)]


def sums(session: Session, frame: Frame) -> tuple[int, int]:
    session.refresh(frame)
    return frame.covered, frame.beyond


def test_a_cost_that_fits_is_covered(session: Session) -> None:
    frame = a.a_frame(session, amount=100_000)
    grant = a.a_grant(session)

    [line] = service.reserve(session, grant_id=grant.id, lines=in_2014(60_000), may_go_beyond=False)

    assert (line.covered, line.beyond) == (60_000, 0)
    assert service.remaining(session, year=2014, kind=MENTOR) == 40_000
    assert sums(session, frame) == (60_000, 0)


def test_a_grant_the_law_demands_takes_what_fits_and_the_rest_beyond(session: Session) -> None:
    frame = a.a_frame(session, amount=1_000_000)
    grant = a.a_grant(session)

    [line] = service.reserve(session, grant_id=grant.id, lines=in_2014(1_820_000), may_go_beyond=True)

    assert (line.covered, line.beyond) == (1_000_000, 820_000)
    assert sums(session, frame) == (1_000_000, 820_000)


def test_other_support_that_does_not_fit_is_a_conflict_that_says_what_is_left(session: Session) -> None:
    frame = a.a_frame(session, amount=50_000)
    grant = a.a_grant(session)

    with pytest.raises(Conflict, match=r"har 500,00 kr\. tilbage"):
        service.reserve(session, grant_id=grant.id, lines=in_2014(60_000), may_go_beyond=False)
    assert sums(session, frame) == (0, 0)


def test_a_year_without_a_frame_is_a_conflict_unless_the_law_demands_the_grant(session: Session) -> None:
    grant = a.a_grant(session)

    with pytest.raises(Conflict, match="for 2014 er ikke fastsat"):
        service.reserve(session, grant_id=grant.id, lines=in_2014(60_000), may_go_beyond=False)
    [line] = service.reserve(session, grant_id=grant.id, lines=in_2014(60_000), may_go_beyond=True)
    assert (line.frame_id, line.beyond) == (None, 60_000)


def test_a_cost_outside_all_frames_is_own_cost(session: Session) -> None:
    grant = a.a_grant(session)

    [line] = service.reserve(
        session, grant_id=grant.id, lines=[CostLine(2014, 9_000, "no_reimbursement", 0)], may_go_beyond=False
    )

    assert (line.covered, line.beyond, line.frame_id) == (0, 9_000, None)


def test_a_course_over_new_year_reserves_in_both_years(session: Session) -> None:
    a.a_frame(session, year=2014)
    a.a_frame(session, year=2015)
    grant = a.a_grant(session)
    lines = [CostLine(2015, 934_286, MENTOR, 50), CostLine(2014, 625_714, MENTOR, 50)]

    service.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=False)

    assert [(r.year, r.covered) for r in service.list_reservations(session, grant.id)] == [
        (2014, 625_714),
        (2015, 934_286),
    ]


def test_room_given_back_covers_the_oldest_own_cost(session: Session) -> None:
    frame = a.a_frame(session, amount=100_000)
    first, second = a.a_grant(session), a.a_grant(session)
    service.reserve(session, grant_id=first.id, lines=in_2014(80_000), may_go_beyond=False)
    service.reserve(session, grant_id=second.id, lines=in_2014(50_000), may_go_beyond=True)

    service.release(session, grant_id=first.id)

    assert service.list_reservations(session, first.id) == []
    [line] = service.list_reservations(session, second.id)
    assert (line.covered, line.beyond) == (50_000, 0)
    assert sums(session, frame) == (50_000, 0)


def test_fewer_hours_give_room_back(session: Session) -> None:
    frame = a.a_frame(session, amount=100_000)
    grant = a.a_grant(session)
    service.reserve(session, grant_id=grant.id, lines=in_2014(80_000), may_go_beyond=False)

    service.resize(session, grant_id=grant.id, lines=in_2014(30_000), may_go_beyond=False)

    assert sums(session, frame) == (30_000, 0)


def test_a_resize_that_does_not_fit_is_a_conflict(session: Session) -> None:
    a.a_frame(session, amount=100_000)
    grant = a.a_grant(session)
    service.reserve(session, grant_id=grant.id, lines=in_2014(80_000), may_go_beyond=False)

    with pytest.raises(Conflict):
        service.resize(session, grant_id=grant.id, lines=in_2014(130_000), may_go_beyond=False)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60_000)), max_size=14))
def test_whatever_is_reserved_and_released_the_sums_agree(session: Session, steps: list[tuple[int, int]]) -> None:
    frame = a.a_frame(session, amount=100_000)
    grants = [a.a_grant(session) for _ in range(5)]

    for which, cost in steps:
        if cost < 5_000:
            service.release(session, grant_id=grants[which].id)
        else:
            service.resize(session, grant_id=grants[which].id, lines=in_2014(cost), may_go_beyond=True)

    kept = session.execute(select(func.sum(Reservation.covered), func.sum(Reservation.beyond))).one()
    covered, beyond = sums(session, frame)
    assert (covered, beyond) == (kept[0] or 0, kept[1] or 0)
    assert covered == min(covered + beyond, 100_000)
    session.rollback()


def test_sums_that_another_changed_meanwhile_are_a_conflict(session: Session) -> None:
    frame = a.a_frame(session, amount=100_000)

    with pytest.raises(Conflict, match="ændret af en anden"):
        service.change(session, frame.id, -1, 0)


def test_a_resize_keeps_own_cost_outside_all_frames(session: Session) -> None:
    grant = a.a_grant(session)
    outside = [CostLine(2014, 50_000, "no_reimbursement", 0)]
    service.reserve(session, grant_id=grant.id, lines=outside, may_go_beyond=False)

    [line] = service.resize(session, grant_id=grant.id, lines=outside, may_go_beyond=False)

    assert (line.frame_id, line.beyond) == (None, 50_000)


def test_a_year_keeps_what_is_delivered_in_it_when_the_course_leaves_it(session: Session) -> None:
    frame, grant = a.a_frame(session, amount=100_000), a.a_grant(session)
    service.reserve(session, grant_id=grant.id, lines=in_2014(80_000), may_go_beyond=False)
    counted = dict.fromkeys(("granted", "invoiced", "minutes", "running", "entered", "started", "stopped"), 0)
    month = CourseMonth(
        grant_id=grant.id,
        year=2014,
        month=9,
        frame_kind=MENTOR,
        rate_percent=50,
        team_id=grant.team_id,
        group_number=3,
        mentor_type="INT",
        delivered=12_000,
        **counted,
    )
    session.add(month)

    service.resize(session, grant_id=grant.id, lines=[], may_go_beyond=False)

    assert sums(session, frame) == (12_000, 0)


def test_a_full_frame_leaves_older_own_cost_where_it_is(session: Session) -> None:
    frame = a.a_frame(session, amount=100_000)
    first, second, third = (a.a_grant(session) for _ in range(3))
    service.reserve(session, grant_id=first.id, lines=in_2014(100_000), may_go_beyond=False)
    for later in (second, third):
        service.reserve(session, grant_id=later.id, lines=in_2014(40_000), may_go_beyond=True)

    service.resize(session, grant_id=first.id, lines=in_2014(60_000), may_go_beyond=False)

    assert sums(session, frame) == (100_000, 40_000)
    assert [line.beyond for line in service.list_reservations(session, third.id)] == [40_000]


def test_many_reservations_at_once_follow_the_frame_until_it_is_full(session: Session) -> None:
    frame = a.a_frame(session, amount=100_000)
    grants = [a.a_grant(session) for _ in range(2)]
    book = Book(session)

    assert (book.remaining(2014, MENTOR), book.remaining(2013, MENTOR)) == (100_000, None)
    book.close([])
    book.take(0, in_2014(70_000))
    book.take(1, [*in_2014(50_000), CostLine(2013, 10_000, MENTOR, 50), CostLine(2014, 5_000, "no_reimbursement", 0)])
    assert book.remaining(2014, MENTOR) == 0
    book.close([grant.id for grant in grants])

    assert sums(session, frame) == (100_000, 20_000)
    assert sum(line.beyond for line in service.list_reservations(session, grants[1].id)) == 35_000
