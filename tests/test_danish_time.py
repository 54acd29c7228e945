"""Dansk tid: working day, nightly runs and days of stamps are Denmark's on any host, over both clock changes."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time

import pytest

from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.platform.clock import danish
from jobcenter_mentor.platform.jobs.nightly import Nightly
from jobcenter_mentor.platform.pages.filters import dk_date, dk_moment

AT_NIGHT = Nightly("prøve", "Prøve", time(2, 40), lambda _: None)
IN_THE_MORNING = Nightly("mail", "Mail", time(6, 30), lambda _: None, of_the_day=True)
SAID = (
    "from jobcenter_mentor.platform.clock import danish, danish_day; "
    "from jobcenter_mentor.platform.database.db import now; "
    "print(danish_day(), danish(now()).date())"
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 11, 30, 22, 59), date(2026, 11, 30)),
        (utc(2026, 11, 30, 23, 1), date(2026, 12, 1)),
        (utc(2026, 6, 30, 21, 59), date(2026, 6, 30)),
        (utc(2026, 6, 30, 22, 1), date(2026, 7, 1)),
    ],
)
def test_the_day_of_a_moment_is_denmarks(moment: datetime, day: date) -> None:
    assert danish(moment).date() == day
    assert dk_date(moment) == f"{day:%d.%m.%Y}"
    assert dk_moment(moment).startswith(f"{day:%d.%m.%Y}")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Midway", "UTC"])
def test_a_host_in_another_zone_has_the_same_day(zone: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAID], env={**os.environ, "TZ": zone}, capture_output=True, text=True, cwd=PACKAGE.parent
    )

    assert len(set(done.stdout.split())) == 1, done.stderr
    assert done.stdout.split()[0] == f"{danish(datetime.now(UTC)).date()}"


def test_a_run_in_the_hour_that_spring_skips_is_due_when_it_is_over() -> None:
    assert AT_NIGHT.due_day(utc(2026, 3, 29, 0, 59)) == date(2026, 3, 28)
    assert AT_NIGHT.due_day(utc(2026, 3, 29, 1, 1)) == date(2026, 3, 29)


def test_the_hour_that_autumn_has_twice_is_of_one_day_so_the_run_is_due_once() -> None:
    first, second = utc(2026, 10, 25, 0, 45), utc(2026, 10, 25, 1, 45)

    assert danish(first).time() == danish(second).time() == time(2, 45)
    assert AT_NIGHT.due_day(first) == AT_NIGHT.due_day(second) == date(2026, 10, 25)


def test_the_morning_mail_is_at_half_past_six_in_summer_and_winter_and_not_caught_up_at_night() -> None:
    assert IN_THE_MORNING.due_day(utc(2026, 7, 1, 4, 29)) is None
    assert IN_THE_MORNING.due_day(utc(2026, 7, 1, 4, 30)) == date(2026, 7, 1)
    assert IN_THE_MORNING.due_day(utc(2026, 12, 1, 5, 29)) is None
    assert IN_THE_MORNING.due_day(utc(2026, 12, 1, 5, 30)) == date(2026, 12, 1)
    assert IN_THE_MORNING.due_day(utc(2026, 12, 1, 23, 30)) is None


def test_nothing_reads_the_clock_of_the_host() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {word}"
        for path in PACKAGE.rglob("*.py")
        for word in ("date.today(", "datetime.today(", "datetime.now()", "localtime(", "utcnow(", "crontab(")
        if word in path.read_text(encoding="utf-8")
    ]

    assert found == []
