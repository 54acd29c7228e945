"""Tests of the status of decisions and courses: every date, every day around a border, every move."""

from datetime import date, timedelta

import pytest

from jobcenter_mentor.domain.kernel.errors import InvalidTransition
from jobcenter_mentor.domain.kernel.statuses import (
    DecisionStatus,
    GrantStatus,
    Move,
    decision_status,
    grant_status,
    moved,
)

DAY = date(2014, 10, 15)
START = date(2014, 10, 20)
LAST = date(2015, 4, 19)


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ({}, DecisionStatus.DRAFT),
        ({"proposed_on"}, DecisionStatus.WAITING),
        ({"proposed_on", "returned_on"}, DecisionStatus.RETURNED),
        ({"proposed_on", "withdrawn_on"}, DecisionStatus.WITHDRAWN),
        ({"proposed_on", "returned_on", "withdrawn_on"}, DecisionStatus.WITHDRAWN),
        ({"proposed_on", "approved_on"}, DecisionStatus.APPROVED),
    ],
)
def test_the_stamps_of_a_decision_give_its_status(stamps: set[str], expected: DecisionStatus) -> None:
    names = ("proposed_on", "approved_on", "returned_on", "withdrawn_on")

    status = decision_status(**{name: DAY if name in stamps else None for name in names})

    assert status is expected


@pytest.mark.parametrize(
    ("status", "move", "after"),
    [
        (DecisionStatus.DRAFT, Move.PROPOSE, DecisionStatus.WAITING),
        (DecisionStatus.RETURNED, Move.PROPOSE, DecisionStatus.WAITING),
        (DecisionStatus.WAITING, Move.APPROVE, DecisionStatus.APPROVED),
        (DecisionStatus.WAITING, Move.SEND_BACK, DecisionStatus.RETURNED),
        (DecisionStatus.WAITING, Move.WITHDRAW, DecisionStatus.WITHDRAWN),
        (DecisionStatus.RETURNED, Move.WITHDRAW, DecisionStatus.WITHDRAWN),
    ],
)
def test_the_allowed_moves(status: DecisionStatus, move: Move, after: DecisionStatus) -> None:
    assert moved(status, move) is after


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("status", [DecisionStatus.APPROVED, DecisionStatus.WITHDRAWN])
def test_nothing_can_be_done_with_a_closed_decision(status: DecisionStatus, move: Move) -> None:
    with pytest.raises(InvalidTransition, match=f"er {status.label} og kan derfor ikke {move.label}"):
        moved(status, move)


@pytest.mark.parametrize("move", [Move.APPROVE, Move.SEND_BACK])
def test_a_returned_decision_must_be_proposed_again_first(move: Move) -> None:
    with pytest.raises(InvalidTransition):
        moved(DecisionStatus.RETURNED, move)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START - timedelta(days=1), GrantStatus.PLANNED),
        (START, GrantStatus.RUNNING),
        (LAST, GrantStatus.RUNNING),
        (LAST + timedelta(days=1), GrantStatus.EXPIRED),
    ],
)
def test_both_ends_of_a_course_belong_to_it(on: date, expected: GrantStatus) -> None:
    assert grant_status(start=START, last_day=LAST, ended_on=None, on=on) is expected


@pytest.mark.parametrize(
    ("ended_on", "on", "expected"),
    [
        (date(2014, 12, 1), date(2014, 12, 1), GrantStatus.RUNNING),
        (date(2014, 12, 1), date(2014, 12, 2), GrantStatus.ENDED),
        (date(2014, 10, 15), date(2014, 10, 15), GrantStatus.ENDED),
    ],
)
def test_an_ended_course_runs_to_its_last_day(ended_on: date, on: date, expected: GrantStatus) -> None:
    assert grant_status(start=START, last_day=LAST, ended_on=ended_on, on=on) is expected
