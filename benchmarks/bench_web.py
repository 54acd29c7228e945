"""C1, C3 and C4: the list of courses, the page of one with 30 meetings, and the frame, each beside a plain Flask view.

The frame of 24 teams x 12 months stands beside a GROUP BY over indexed expenses too, and its floor is the measure of
the preview of one more grant's effect. The floor reads the same file with sqlite3, writes the rows with f-strings and
commits one audit row; the rest of the page is the product's own text, so that both send the same bytes.
Run it as `python -m benchmarks.bench_web [--smoke]`.
"""

import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from benchmarks.measuring import Measure, Report, in_turn
from benchmarks.population import MEDIUM, SMALL, TEAMS, Size, case_of_team, populate
from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.database.db import db, transaction
from tests.builders import WORKING_DAY, a_frame, a_user
from tests.databases import SqliteFiles, a_config
from tests.logins import Visitor, logged_in
from tests.statements import LOGIN_RIGHTS_AND_AUDIT, statements_sent

TEAM = 2
ON = WORKING_DAY.isoformat()
GOALS = (("list", "C1", 3, 3.0), ("case", "C3", 6, 3.0), ("frame", "C4", 6, 2.2))
"""Page, goal, its own statements at most, and times the floor's p50 at most."""
EFFECT = "/ramme/virkning?first_day=2014-10-20&last_day=2015-04-19&lines=2014:mentor_2014:50:625714"
CASE_NUMBER = re.compile(r"\b\d{4}-\d{5}\b")
ICON = '<svg class="icon-svg" focusable="false" aria-hidden="true"><use href="#{}"></use></svg>'
Row = tuple[Any, ...]

WHERE = "g.team_id = ? AND g.start <= ? AND g.last_day >= ? AND g.ended_on IS NULL"
COUNT = f'SELECT count(*) FROM "grant" g WHERE {WHERE}'
LIST = f"""
SELECT g.public_id, c.first_name || ' ' || c.last_name, g.case_number, g.legal_basis,
  m.first_name || ' ' || m.last_name, (SELECT p.minutes_per_week FROM grant_period p
    WHERE p.grant_id = g.id AND p.first_day <= ? AND p.last_day >= ?),
  g.start, g.last_day, t.name, g.citizen_id
FROM "grant" g JOIN citizen c ON c.id = g.citizen_id JOIN team t ON t.id = g.team_id
  LEFT JOIN mentor m ON m.id = g.mentor_id
WHERE {WHERE} ORDER BY g.last_day, g.id LIMIT 50
"""
CASE = """
SELECT g.id, g.case_number, g.start, g.last_day, c.first_name, c.last_name, m.first_name, m.phone, t.name, g.citizen_id
FROM "grant" g JOIN citizen c ON c.id = g.citizen_id JOIN team t ON t.id = g.team_id
  LEFT JOIN mentor m ON m.id = g.mentor_id
WHERE g.public_id = ? AND g.team_id = ?
"""
PARTS = (
    "SELECT met_on, minutes, note FROM meeting WHERE grant_id = ? ORDER BY met_on DESC",
    "SELECT due_on, public_id, what, section FROM follow_up WHERE grant_id = ? ORDER BY due_on",
    "SELECT year, cost, covered, beyond FROM reservation WHERE grant_id = ?",
    "SELECT first_day, last_day, minutes_per_week, reason FROM grant_period WHERE grant_id = ?",
)
AUDIT = (
    "INSERT INTO event (at, user_id, actor, action, subject, subject_id, citizen_ids, detail, refused)"
    " VALUES (CURRENT_TIMESTAMP, ?, 'floor', ?, 'grant', '', ?, '{}', 0)"
)


def dk(iso: str) -> str:
    """Write a date as 15.10.2014."""
    return f"{iso[8:]}.{iso[5:7]}.{iso[:4]}"


def hours(minutes: int) -> str:
    """Write minutes as hours with one decimal."""
    return f"{minutes / 60:.1f}".replace(".", ",")


def list_row(row: Row) -> str:
    """Write a course as the list does."""
    key, name, case, basis, mentor, minutes, start, last, team, _ = row
    return f"""
<tr role="row">
  <td role="cell" class="first"><a href="/bevillinger/{key}">{name}</a><small>{case}</small></td>
  <td role="cell" class="corner"><span class="st st--ok">{ICON.format("success")}<span>Løbende</span></span></td>
  <td role="cell">{basis}<small>ret og pligt</small></td>
  <td role="cell">{mentor or "Mangler"}</td>
  <td role="cell" class="num pair" data-label="Timer/uge:">{hours(minutes)}</td>
  <td role="cell" class="nowrap" data-label="Begynder:">{dk(start)}</td>
  <td role="cell" class="nowrap pair2" data-label="Slutter:">{dk(last)}</td>
  <td role="cell">{team}</td>
</tr>
"""


def moment_row(moment: tuple[str, str, str]) -> str:
    """Write a day of the time line as the course's page does: meetings, deadlines to come."""
    day, title, small = moment
    coming = ' class="next"' if day > ON else ""
    words = f"{title}<small>{small}</small>" if small else title
    time_of = f'<time datetime="{day}">{dk(day)}</time>'
    return f'  <li{coming}>{time_of}<span class="dot"></span><div>{words}</div></li>\n  '


def around_time_line(page: str) -> tuple[str, str]:
    """Return the course's page before and after the days of its time line."""
    opened = page.index(">", page.index('<ol class="line')) + 1
    return page[:opened] + "\n", page[page.index("</ol>", opened) :]


def between(page: str, label: str) -> tuple[str, str]:
    """Return a page before and after the rows of the table with a caption."""
    opened = page.index('<tbody role="rowgroup">', page.index(f">{label}</caption>")) + len('<tbody role="rowgroup">')
    return page[:opened] + "\n", page[page.index("</tbody>", opened) :]


def floor_app(path: Path, user_id: int, pages: dict[str, str]) -> Flask:
    """Build the floor: two views over sqlite3."""
    app, connection = Flask("floor"), sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")
    list_head, list_tail = between(pages["list"], "Forløb")
    case_head, case_tail = around_time_line(pages["case"])

    def note(action: str, citizens: list[int]) -> None:
        connection.execute(AUDIT, (user_id, action, str(citizens)))
        connection.execute("COMMIT")

    def index() -> str:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(COUNT, (TEAM, ON, ON)).fetchone()
        rows = connection.execute(LIST, (ON, ON, TEAM, ON, ON)).fetchall()
        note("grant.list", [row[-1] for row in rows])
        return list_head + "".join(map(list_row, rows)) + list_tail

    def show(public_id: str) -> str:
        connection.execute("BEGIN IMMEDIATE")
        case = connection.execute(CASE, (public_id, TEAM)).fetchone()
        log, deadlines, _, _ = (connection.execute(part, (case[0],)).fetchall() for part in PARTS)
        note("grant.read", [case[-1]])
        moments = [(met_on, f"Møde, {hours(minutes)} t", note[:90]) for met_on, minutes, note in log]
        moments += [(due_on, what, section) for due_on, _, what, section in deadlines if due_on >= ON]
        return case_head + "".join(map(moment_row, sorted(moments, reverse=True))) + case_tail

    frame_head, frame_tail = between(pages["frame"], TEAM_ROWS)

    def frame() -> str:
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute(FRAME, (YEAR,)).fetchall()
        connection.execute(BEFORE, (YEAR - 1, "mentor_2014")).fetchall()
        connection.execute("SELECT amount, covered, beyond FROM frame WHERE year = ?", (YEAR,)).fetchall()
        teams: dict[tuple[str, str], list[int]] = {}
        granted: dict[tuple[str, str], int] = {}
        for month, _kind, _rate, name, key, _group, _type, cost, delivered, *_ in rows:
            teams.setdefault((name, key), [0] * 12)[month - 1] += delivered
            granted[name, key] = granted.get((name, key), 0) + cost
        note("frame.read", [])
        ordered = sorted(teams, key=lambda team: (-granted[team], team[0]))
        return frame_head + "".join(team_row(*team, teams[team]) for team in ordered) + frame_tail

    app.add_url_rule("/ramme", "frame", frame)
    app.add_url_rule("/bevillinger", "index", index)
    app.add_url_rule("/bevillinger/<public_id>", "show", show)
    return app


FRAME = """
SELECT s.month, s.frame_kind, s.rate_percent, t.name, t.public_id, s.group_number, s.mentor_type,
  s.granted, s.delivered, s.invoiced, s.running, s.entered, s.started, s.stopped
FROM month_sum s JOIN team t ON t.id = s.team_id WHERE s.year = ?
"""
BEFORE = """
SELECT month, sum(granted), sum(delivered), sum(running), sum(started), sum(stopped)
FROM month_sum WHERE year = ? AND frame_kind = ? GROUP BY month
"""
EXPENSES = """
CREATE TABLE expense (team_id INTEGER, month INTEGER, kind TEXT, amount INTEGER);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
INSERT INTO expense SELECT i % 24 + 1, i / 24 % 12 + 1, 'delivered', i % 9973 FROM n;
CREATE INDEX ix_expense ON expense (kind, team_id, month, amount);
"""
GROUPED = "SELECT team_id, month, sum(amount) FROM expense WHERE kind = 'delivered' GROUP BY team_id, month"
SUMMED = "SELECT team_id, month, delivered FROM month_sum WHERE year = ?"
YEAR = WORKING_DAY.year
TEAM_ROWS = "Leveret for hvert team og hver måned"


def kroner(ore: int) -> str:
    """Write øre as whole kroner with points."""
    return f"{(ore + 50) // 100:,}".replace(",", ".")


def team_row(name: str, key: str, months: list[int]) -> str:
    """Write a team's twelve months as the frame page does."""
    lines = f"/ramme/linjer?aar={YEAR}&amp;kind=mentor_2014&amp;team={key}&amp;figure=delivered&amp;month="
    cells = (
        f'<td class="num">{f"""<a href="{lines}{number}">{kroner(ore)}</a>""" if ore else "0"}</td>'
        for number, ore in enumerate(months, 1)
    )
    return f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>\n  '


def fetch(client: FlaskClient, address: str) -> str:
    """Return a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status)
    return response.text


def timed(client: FlaskClient, address: str) -> Measure:
    """Return a measure of one request."""

    def measure() -> float:
        start = time.perf_counter()
        fetch(client, address)
        return time.perf_counter() - start

    return measure


@contextmanager
def town(size: Size, prepare: Callable[[Session], User]) -> Iterator[tuple[Visitor, Path]]:
    """Fill a database file and hand out a browser logged in as the user whom `prepare` makes there."""
    with tempfile.TemporaryDirectory() as folder:
        files = SqliteFiles(Path(folder))
        app = create_app(a_config(files.fresh()))
        with app.app_context():
            with transaction() as session:
                populate(session, size)
                user = prepare(session)
            client = logged_in(app, db.session(), user)
            db.session.remove()
        yield client, files.file
        with app.app_context():
            db.engine.dispose()


def a_leader(session: Session) -> User:
    """Return a team leader of the team, in a town with a frame and its sums."""
    a_frame(session)
    month_sums.rebuild(session)
    return a_user(session, "TL", team=session.get(Team, TEAM))


def main(*, smoke: bool) -> None:
    """Fill a database, compare both pages and print the report; a wrong answer or count ends it."""
    size, rounds = (SMALL, 3) if smoke else (MEDIUM, 40)
    report = Report("web", size.name, rounds)
    with town(size, a_leader) as (client, file):
        with client.application.app_context():
            key = case_of_team(db.session(), TEAM)
            db.session.remove()
        measure_pages(report, client, file, key, rounds)
    report.finish(strict=not smoke)
    if not all(goal["ok"] for goal in report.goals if "statements" in goal["id"]):
        sys.exit("Too many statements for a page.")


def measure_pages(report: Report, client: Visitor, file: Path, key: str, rounds: int) -> None:
    """C1 and C3: same answer first, then statements and time."""
    addresses = {"list": "/bevillinger", "case": f"/bevillinger/{key}", "frame": "/ramme"}
    pages = {name: fetch(client, address) for name, address in addresses.items()}
    floor = floor_app(file, client.user.id, pages).test_client()
    for name, goal, most, slowest in GOALS:
        address = addresses[name]
        theirs = fetch(floor, address)
        assert CASE_NUMBER.findall(theirs) == CASE_NUMBER.findall(pages[name]), f"{name}: other rows"
        assert abs(len(theirs) - len(pages[name])) <= 0.02 * len(theirs), f"{name}: {len(theirs)} {len(pages[name])}"
        with statements_sent() as sent:
            fetch(client, address)
        report.goal(f"{goal} statements", len(sent), at_most=most + LOGIN_RIGHTS_AND_AUDIT)
        seconds = in_turn({"floor": timed(floor, address), "product": timed(client, address)}, rounds)
        for way in ("floor", "product"):
            ratio = report.add(f"{name} {way}", seconds[way], seconds["floor"])
        report.goal(f"{goal} p50", ratio, at_most=slowest)
    measure_effect(report, client, floor, rounds)
    measure_grouping(report, file, rounds)


def measure_effect(report: Report, client: Visitor, floor: FlaskClient, rounds: int) -> None:
    """Hold the p95 of the preview against the p95 of the frame page's floor."""
    assert "Rammen for" in fetch(client, EFFECT)
    seconds = in_turn({"floor": timed(floor, "/ramme"), "effect": timed(client, EFFECT)}, max(rounds, 20))
    p95 = {way: quantiles(taken, n=20)[-1] for way, taken in seconds.items()}
    report.add("effect of one more grant", seconds["effect"], seconds["floor"])
    report.goal("effect p95 beside the frame's floor", p95["effect"] / p95["floor"], at_most=4.0)


def measure_grouping(report: Report, file: Path, rounds: int) -> None:
    """C4: read the sums of 24 teams x 12 months, and add them up from ten times as many expenses as courses."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(EXPENSES.format(rows=300_000 if rounds > 3 else 30_000))

        def grouped() -> float:
            start = time.perf_counter()
            assert len(connection.execute(GROUPED).fetchall()) == TEAMS * 12
            return time.perf_counter() - start

        def summed() -> float:
            start = time.perf_counter()
            assert connection.execute(SUMMED, (YEAR,)).fetchall()
            return time.perf_counter() - start

        seconds = in_turn({"sums": summed, "grouped": grouped}, rounds)
    ratio = report.add("frame GROUP BY over 300,000 expenses", seconds["grouped"], seconds["sums"])
    report.goal("C4 faster than GROUP BY", ratio, at_least=10.0)


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv)
