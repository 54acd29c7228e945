"""The statistics of a file and of the database (statistik), compared with plain Python."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.grants.models import GrantPeriod
from jobcenter_mentor.cli.main import main
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.reports import course_columns
from jobcenter_mentor.figures.reports.period_statistics import statistics_of_database, statistics_of_file
from jobcenter_mentor.figures.reports.statistics import statistics
from jobcenter_mentor.figures.reports.subcourse_file import HEADING, UnreadableFile
from jobcenter_mentor.platform.access.actor import Actor
from tests import builders as a
from tests.figures.reports.plain_statistics import Sub, plain_statistics

FIRST, LAST = date(2012, 1, 1), date(2014, 4, 30)
PERIOD = ["--from", "2012-01-01", "--to", "2014-04-30"]
HOURS = (0, 0.5, 1, 1.01, 2, 2.5, 3, 4, 5, 7.5, 10, 10.5, 37, 40)


def drawn(seed: int, count: int = 300) -> list[Sub]:
    """Draw sub-courses, many of which follow on the last one's end with a gap of some days or none."""
    rng, rows = Random(seed), list[Sub]()
    while len(rows) < count:
        citizen, kind = str(rng.randrange(60)), rng.choice(("individual", "individual", "place"))
        start = date(2011, 10, 1) + timedelta(rng.randrange(950))
        for _ in range(rng.choice((1, 1, 2, 3))):
            end = start + timedelta(rng.choice((0, 29, 30, 59, 89, 119, 149, 179, 209, 359, 364, 365)))
            rows.append(Sub(citizen, start, end, rng.choice(HOURS), kind))
            start = end + timedelta(rng.choice((1, 1, 2, 8)))
    rng.shuffle(rows)
    return list({(row.citizen, row.kind, row.start): row for row in rows}.values())


def as_file(rows: list[Sub]) -> bytes:
    """Write the file; no hours are an empty field."""
    lines = [f"{row.citizen};{row.start};{row.end};{row.hours or ''};{row.kind}" for row in rows]
    return "\n".join([HEADING, *lines, ""]).encode()


def flat(found: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Give every figure with its path."""
    for name, value in found.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}/{name}")
        else:
            yield f"{path}/{name}", value


@pytest.mark.parametrize("gap", [0, 7])
@pytest.mark.parametrize("seed", range(5))
def test_the_figures_of_a_file_are_those_of_plain_python(seed: int, gap: int) -> None:
    rows = drawn(seed)

    found = statistics_of_file(as_file(rows), first=FIRST, last=LAST, gap_days=gap)

    assert dict(flat(found)) == {
        path: pytest.approx(value, abs=0.0001) for path, value in flat(plain_statistics(rows, FIRST, LAST, gap))
    }


def test_kept_recomputed_and_plain_are_the_same(session: Session) -> None:
    rows = [row for row in drawn(9, 30) if row.start < row.end]
    citizens = {citizen: a.a_citizen(session) for citizen in {row.citizen for row in rows}}
    for row in rows:
        grant = a.a_grant(
            session,
            citizens[row.citizen],
            start=row.start,
            last_day=row.end,
            form=row.kind,
            minutes_per_week=round(row.hours * 60),
        )
        subcourses.keep(session, [grant.id])

    kept_ones = statistics_of_database(
        session, first=FIRST, last=LAST, actor=Actor(a.a_user(session, "ØK"), a.WORKING_DAY)
    )

    assert kept_ones == statistics(*course_columns.recomputed(session), FIRST, LAST)
    exact = [row._replace(hours=round(row.hours * 60) / 60) for row in rows]
    plain = dict(flat(plain_statistics(exact, FIRST, LAST)))
    assert dict(flat(kept_ones)) == {path: pytest.approx(value, abs=0.001) for path, value in plain.items()}


def test_a_later_change_is_in_the_next_reading(session: Session) -> None:
    grant, reader = a.a_grant(session), a.a_user(session, "ØK")
    subcourses.keep(session, [grant.id])
    year: dict[str, Any] = {
        "first": date(2014, 1, 1),
        "last": date(2014, 12, 31),
        "actor": Actor(reader, a.WORKING_DAY),
    }
    before = statistics_of_database(session, **year)

    grant.periods[0].last_day = date(2014, 9, 30)
    grant.periods.append(GrantPeriod(first_day=date(2014, 10, 1), last_day=grant.last_day, minutes_per_week=240))
    subcourses.keep(session, [grant.id])
    after = statistics_of_database(session, **year)

    assert (before["sub_courses"], after["sub_courses"]) == (1, 2)
    assert after["full_time_persons"] > before["full_time_persons"]


def test_a_caseworker_is_told_of_the_team_only(session: Session) -> None:
    mine, other = a.a_team(session, "Team Unge"), a.a_team(session, "Team Voksne")
    for team in (mine, mine, other):
        subcourses.keep(session, [a.a_grant(session, a.a_citizen(session, team_id=team.id)).id])

    found = statistics_of_database(
        session,
        first=date(2014, 1, 1),
        last=LAST.replace(month=12),
        actor=Actor(a.a_user(session, "SB", team=mine), a.WORKING_DAY),
    )

    assert (found["citizens"], found["courses"]) == (2, 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"PK\x03\x04\0\0", "ikke en CSV-fil"),
        (HEADING.encode("utf-16"), "ikke en CSV-fil"),
        (f"{HEADING}\n1;2013-01-01;2013-01-31;2;pl\xe6ds\n".encode("latin-1"), "Linje 2: Filen er ikke gemt som UTF-8"),
        (HEADING.replace(";", ",").encode(), "semikolon"),
        (b"citizen;start;end;type\n", "hours_per_week mangler"),
        (HEADING.encode() + b";name\n", "name er ukendt"),
        (HEADING.encode() + b";start\n", "start er ukendt eller"),
        (HEADING.encode() + b"\n\n", "ingen delforl"),
        (HEADING.encode() + b'\n"1;2013-01-01\n', "Linje 2"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        statistics_of_file(content, first=FIRST, last=LAST)

    assert said in refusal.value.message


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (";2013-01-01;2013-01-31;2;place", "citizen", "mangler"),
        ("1;01-01-2013;2013-01-31;2;place", "start", "ÅÅÅÅ-MM-DD"),
        ("1;2013-02-30;2013-03-31;2;place", "start", "ikke en dato"),
        ("1;2013-W05-1;2013-03-31;2;place", "start", "ikke en dato"),
        ("1;2013-01-01;2012-12-31;2;place", "end", "før startdatoen"),
        ("1;2013-01-01;2013-01-31;2,5;place", "hours_per_week", "»2.5«"),
        ("1;2013-01-01;2013-01-31;-1;place", "hours_per_week", "ikke et timetal"),
        ("1;2013-01-01;2013-01-31;nan;place", "hours_per_week", "ikke et timetal"),
        ("1;2013-01-01;2013-01-31;169;place", "hours_per_week", "168"),
        ("1;2013-01-01;2013-01-31;2;mentor", "type", "individual eller place"),
        ("1;2013-01-01;2013-01-31;2", "linjen", "Der er 4 felter"),
    ],
)
def test_a_faulty_row_is_told_by_line_and_column(row: str, column: str, said: str) -> None:
    content = f"{HEADING}\n1;2013-01-01;2013-01-31;;individual\n{row}\n".encode()

    with pytest.raises(ValidationFailed) as refusal:
        statistics_of_file(content, first=FIRST, last=LAST)

    assert list(refusal.value.errors) == [f"linje 3, {column}"]
    assert said in refusal.value.errors[f"linje 3, {column}"][0]


def run(*arguments: str) -> Any:
    return CliRunner(catch_exceptions=False).invoke(main, ["statistics", *arguments])


def test_the_command_needs_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    file = tmp_path / "delforloeb.csv"
    file.write_bytes(as_file(drawn(3, 20)))

    told, spoken = run(str(file), *PERIOD, "--json"), run(str(file), *PERIOD)

    assert (told.exit_code, spoken.exit_code) == (0, 0)
    assert {"citizens", "by_year", "implausible"} <= set(json.loads(told.stdout))
    assert "fuldtidspersoner" in spoken.stdout


def test_the_exit_code_tells_a_refused_row_from_a_refused_file(tmp_path: Path) -> None:
    rows, whole = tmp_path / "rows.csv", tmp_path / "whole.csv"
    rows.write_text(f"{HEADING}\n1;2013;2013-01-31;2;place\n", encoding="utf-8")
    whole.write_text("navn;dato\n", encoding="utf-8")
    backwards = ["--from", "2014-04-30", "--to", "2012-01-01"]

    codes = [
        run(str(rows), *PERIOD).exit_code,
        run(str(whole), *PERIOD).exit_code,
        run(str(rows), *backwards).exit_code,
    ]

    assert codes == [1, 2, 2]
