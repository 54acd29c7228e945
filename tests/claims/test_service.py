"""Rammens side: every total is made of lines, and the refund stops at the frame."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit.models import Event
from jobcenter_mentor.claims import lines, service
from jobcenter_mentor.claims.lines import LineFilter
from jobcenter_mentor.frames import service as frames
from jobcenter_mentor.frames.service import CostLine
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.meetings.models import Meeting
from tests import builders as a

ON = a.WORKING_DAY


def a_reserved_course(
    session: Session, cost: int, kind: str = "mentor_2014", rate: int = 50, **changes: object
) -> Grant:
    grant = a.a_grant(session, frame_kind=kind, rate_percent=rate, **changes)
    frames.reserve(session, grant_id=grant.id, lines=[CostLine(2014, cost, kind, rate)], may_go_beyond=True)
    return grant


def a_held_meeting(session: Session, grant: Grant, met_on: date, minutes: int = 60, **changes: object) -> None:
    mentor = grant.mentor or a.a_mentor(session)
    values = {"form": "in_person", "held": True} | changes
    session.add(Meeting(grant_id=grant.id, mentor_id=mentor.id, met_on=met_on, minutes=minutes, **values))
    session.flush()


def the_page(session: Session, year: int = 2014) -> service.Cockpit:
    return service.cockpit(session, year=year, by=a.a_user(session, "TL"), on=ON)


def test_delivered_hours_cost_their_price_and_half_is_refunded(session: Session) -> None:
    a.a_frame(session, amount=1_000_000)
    grant = a_reserved_course(session, 600_000)
    a_held_meeting(session, grant, date(2014, 9, 2), minutes=90)
    a_held_meeting(session, grant, date(2014, 10, 7), minutes=60)

    page = the_page(session)

    assert (page.granted, page.delivered) == (600_000, 75_000)
    assert page.in_frame is not None
    assert (page.in_frame.refund, page.in_frame.own_cost) == (37_500, 37_500)
    assert [(m.first.month, m.delivered) for m in page.months if m.delivered] == [(9, 45_000), (10, 30_000)]


def test_the_refund_stops_at_the_frame(session: Session) -> None:
    a.a_frame(session, amount=20_000)
    grant = a_reserved_course(session, 600_000)
    a_held_meeting(session, grant, date(2014, 10, 7), minutes=60)

    page = the_page(session)

    assert (page.covered, page.beyond) == (20_000, 580_000)
    assert page.in_frame is not None
    assert (page.in_frame.refund, page.in_frame.own_cost) == (10_000, 20_000)


@pytest.mark.parametrize(("kind", "rate", "refund"), [("none_unlimited", 50, 15_000), ("no_reimbursement", 0, 0)])
def test_cost_outside_the_frame_is_refunded_by_its_own_rule(
    session: Session, kind: str, rate: int, refund: int
) -> None:
    a.a_frame(session, amount=1)
    a_held_meeting(session, a_reserved_course(session, 90_000, kind, rate), date(2014, 9, 2), minutes=60)

    page = the_page(session)

    assert [(line.delivered, line.refund) for line in page.refunds] == [(30_000, refund)]
    assert (page.courses, page.granted) == (0, 0)


def test_what_is_not_held_or_was_corrected_is_not_delivered(session: Session) -> None:
    grant = a_reserved_course(session, 600_000)
    a_held_meeting(session, grant, date(2014, 9, 2), minutes=0, held=False)
    a_held_meeting(session, grant, date(2014, 9, 3), corrected=True)

    assert the_page(session).delivered == 0


def test_the_parts_of_each_split_sum_to_the_total(session: Session) -> None:
    a.a_frame(session)
    a_reserved_course(session, 600_000)
    a_reserved_course(session, 300_000, mentor_type="EKST", group_number=13)

    page = the_page(session)

    assert [len(split.parts) for split in page.splits] == [1, 2, 2]
    assert {sum(part.granted for part in split.parts) for split in page.splits} == {page.granted} == {900_000}


def test_the_day_the_frame_is_used_up_follows_the_granted_hours(session: Session) -> None:
    a.a_frame(session, amount=300_000)
    a_reserved_course(session, 900_000)

    page = the_page(session)

    assert page.expected == 660_000
    assert page.used_up == date(2014, 11, 19)


def test_a_year_without_a_frame_says_so_and_refunds_nothing(session: Session) -> None:
    grant = a_reserved_course(session, 60_000)
    a_held_meeting(session, grant, date(2014, 9, 2))

    page = the_page(session)

    assert page.frame is None
    assert [line.refund for line in page.refunds] == [0]


def test_the_lines_behind_a_figure_sum_to_it_and_name_only_ones_own(session: Session) -> None:
    leader = a.a_user(session, "TL")
    own = a_reserved_course(session, 60_000)
    other = a.a_citizen(session, team_id=a.a_team(session, "Team Aktiv").id)
    a_reserved_course(session, 40_000, citizen=other)

    behind = lines.list_behind(session, year=2014, chosen=LineFilter(), by=leader, on=ON)

    assert [line.case_number for line, _ in behind.lines] == [own.case_number]
    assert (behind.hidden, behind.total("granted")) == (1, 60_000)
    assert session.scalars(select(Event).order_by(Event.id.desc())).first().citizen_ids == [own.citizen_id]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "mentor_2014"}, 2),
        ({"group": "13"}, 1),
        ({"mentor_type": "INT"}, 1),
        ({"month": "9"}, 1),
        ({"beyond": "1"}, 0),
    ],
)
def test_a_figure_opens_its_own_lines(session: Session, asked: dict[str, str], found: int) -> None:
    a.a_frame(session)
    a_held_meeting(session, a_reserved_course(session, 60_000), date(2014, 9, 2))
    a_reserved_course(session, 40_000, mentor_type="EKST", group_number=13)

    chosen = service.chosen_lines(asked)

    assert len([line for line in lines.list_lines(session, year=2014) if chosen.holds(line)]) == found


def test_a_running_course_without_a_held_meeting_lacks_proof(session: Session) -> None:
    silent, met = a.a_grant(session), a.a_grant(session)
    a_held_meeting(session, silent, date(2014, 9, 1))
    a_held_meeting(session, met, date(2014, 10, 13))

    unproven = service.list_unproven(session, by=a.a_user(session, "TL"), on=ON)

    assert [(u.case_number, u.last_met) for u in unproven] == [(silent.case_number, date(2014, 9, 1))]
