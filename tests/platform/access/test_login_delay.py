"""Mislykkede forsøg: guessers wait, and nobody else does for long."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access import login_delay
from jobcenter_mentor.platform.access.models import LoginDelay

NOON = datetime(2014, 10, 15, 12, 0, tzinfo=UTC)
STEP, MINUTE = timedelta(seconds=15), timedelta(minutes=1)
OFFICE, STRANGER, HOME = "192.0.2.1", "203.0.113.9", "198.51.100.7"


def fail(session: Session, keys: login_delay.Keys, times: int, at: datetime = NOON) -> None:
    for _ in range(times):
        login_delay.fail(session, keys, at=at)


def waits(session: Session, keys: login_delay.Keys, at: datetime = NOON) -> bool:
    return login_delay.standing(session, keys, at=at).heard_again is not None


def test_an_account_is_held_up_at_the_address_that_guesses_it_and_at_no_other(session: Session) -> None:
    fail(session, login_delay.of_stranger("lone", STRANGER), 5)

    assert waits(session, login_delay.of_stranger("lone", STRANGER))
    assert not waits(session, login_delay.of_stranger("lone", OFFICE))
    assert not waits(session, login_delay.of_stranger("henrik", STRANGER))


def test_many_addresses_against_one_account_are_slowed_together(session: Session) -> None:
    for number in range(25):
        fail(session, login_delay.of_stranger("lone", f"203.0.113.{number}"), 1)

    assert waits(session, login_delay.of_stranger("lone", OFFICE))
    assert not waits(session, login_delay.of_browser("lone", "her own"))


@pytest.mark.parametrize("address", [OFFICE, None])
def test_whoever_goes_on_guessing_an_account_is_shut_for_fifteen_minutes_at_most(
    session: Session, address: str | None
) -> None:
    """The guesser goes on for eighty minutes, from the owner's own address or each time from a new one."""
    owner, shut, longest = login_delay.of_stranger("lone", OFFICE), timedelta(), timedelta()
    for step in range(320):
        at = NOON + step * STEP
        guesser = login_delay.of_stranger("lone", address or f"2001:db8:{step:x}::/64")
        own = {kind: key for kind, key in owner.items() if kind != "address"}
        if not waits(session, guesser, at):
            login_delay.fail(session, {kind: key for kind, key in guesser.items() if kind != "address"}, at=at)
        shut = shut + STEP if waits(session, own, at) else timedelta()
        longest = max(longest, shut)

    assert 10 * MINUTE < longest <= 15 * MINUTE


def test_typing_errors_of_a_whole_office_do_not_close_it(session: Session) -> None:
    for person in range(49):
        fail(session, login_delay.of_stranger(f"person{person}", OFFICE), 1)

    assert not waits(session, login_delay.of_stranger("lone", OFFICE))


def test_an_address_that_goes_on_guessing_everybody_is_slowed_more_and_more(session: Session) -> None:
    at = NOON
    for person in range(60):
        keys = login_delay.of_stranger(f"person{person}", STRANGER)
        at = login_delay.standing(session, keys, at=at).heard_again or at
        fail(session, keys, 1, at)

    assert (
        login_delay.standing(session, login_delay.of_stranger("lone", STRANGER), at=at).heard_again == at + 15 * MINUTE
    )


def test_a_success_starts_everything_from_nothing(session: Session) -> None:
    keys = login_delay.of_stranger("lone", OFFICE)
    fail(session, keys, 4)

    login_delay.forget(session, keys, at=NOON)

    assert session.scalars(select(LoginDelay)).all() == []


def test_a_success_sweeps_out_what_is_a_day_old(session: Session) -> None:
    fail(session, login_delay.of_stranger("nogen", STRANGER), 1, NOON - timedelta(days=2))
    fail(session, login_delay.of_stranger("henrik", HOME), 1)

    login_delay.forget(session, login_delay.of_stranger("lone", OFFICE), at=NOON)

    assert {row.next_try_at for row in session.scalars(select(LoginDelay))} == {NOON}


def test_an_hour_of_quiet_forgets_a_few_failures(session: Session) -> None:
    keys = login_delay.of_stranger("lone", OFFICE)
    fail(session, keys, 4)

    fail(session, keys, 1, NOON + 61 * MINUTE)

    assert not waits(session, keys, NOON + 61 * MINUTE)
