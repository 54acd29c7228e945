"""Min dag at the national size: the caseworker's first page beside a plain Flask view over sqlite3.

One caseworker of 24 teams holds 40 running courses, each with a deadline this week, a missed contact and an end within
28 days. The floor asks the same questions with sqlite3, writes the rows of the three tables with f-strings and commits
one audit row; the rest of the page is the product's own text, so that both send the same bytes.
Run it as `python -m benchmarks.bench_day [--smoke]`.
"""

import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from benchmarks.bench_web import AUDIT, CASE_NUMBER, ICON, ON, TEAM, Row, between, dk, fetch, hours, timed, town
from benchmarks.measuring import Report, in_turn
from benchmarks.population import LARGE, SMALL
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.platform.access.models import Team, User
from tests.builders import WORKING_DAY, a_user
from tests.logins import Visitor
from tests.statements import LOGIN_RIGHTS_AND_AUDIT, statements_sent

CASES, STATEMENTS, SLOWEST = 40, 16, 3.0
"""Courses of the caseworker, the page's own statements at most, times the floor's p50 at most."""
WEEK, MONTH = ((WORKING_DAY + timedelta(days=days)).isoformat() for days in (7, 28))
HELD = "g.caseworker_id = ? AND g.start <= ? AND g.last_day >= ? AND g.ended_on IS NULL"
DUE = """
SELECT f.due_on, f.what, f.section, f.case_number, c.first_name || ' ' || c.last_name, g.public_id, f.citizen_id
FROM follow_up f JOIN citizen c ON c.id = f.citizen_id JOIN team t ON t.id = f.team_id
  LEFT JOIN "grant" g ON g.id = f.grant_id
WHERE f.owner_id = ? AND f.done_on IS NULL AND f.dropped_on IS NULL AND f.due_on <= ? AND f.kind <> 'contact'
ORDER BY f.due_on, f.id
"""
BROKEN = f"""
SELECT g.id, g.public_id, g.case_number, g.legal_basis, c.first_name || ' ' || c.last_name,
  m.first_name || ' ' || m.last_name, (SELECT max(x.met_on) FROM meeting x
    WHERE x.grant_id = g.id AND x.held AND NOT x.corrected AND x.form = 'in_person'), g.start, g.citizen_id
FROM "grant" g JOIN citizen c ON c.id = g.citizen_id LEFT JOIN mentor m ON m.id = g.mentor_id
WHERE {HELD} AND g.right_and_duty ORDER BY 7, 1
"""
ENDING = f"""
SELECT g.id, g.public_id, g.case_number, g.legal_basis, c.first_name || ' ' || c.last_name, g.last_day,
  (SELECT sum(x.minutes) FROM meeting x WHERE x.grant_id = g.id AND x.held AND NOT x.corrected),
  (SELECT p.minutes_per_week FROM grant_period p WHERE p.grant_id = g.id AND p.last_day = g.last_day)
FROM "grant" g JOIN citizen c ON c.id = g.citizen_id WHERE {HELD} AND g.last_day <= ? ORDER BY g.last_day, g.id
"""
MORE = (
    "SELECT grant_id, status FROM goal WHERE grant_id IN ({})",
    "SELECT grant_id, score FROM progression WHERE grant_id IN ({}) AND NOT replaced",
    "SELECT grant_id, met_on, form, held FROM meeting WHERE grant_id IN ({}) AND NOT held AND NOT corrected",
)
WAITING = (
    "SELECT public_id, case_number, kind FROM decision WHERE proposed_by_id = ? AND approved_on IS NULL",
    "SELECT public_id, case_number, start FROM referral WHERE caseworker_id = ? AND closed_on IS NULL",
    "SELECT id, last_day FROM absence WHERE user_id = ?",
)


def cell(words: str, css: str = "", small: str = "", label: str = "") -> str:
    """Write a cell as the lists do."""
    kind = f' class="{css}"' if css else ""
    named = f' data-label="{label}:"' if label else ""
    return f'<td role="cell"{kind}{named}>{words}{f"<small>{small}</small>" if small else ""}</td>\n'


def state(kind: str, icon: str, words: str) -> str:
    """Write a status with its icon."""
    return f'<span class="st st--{kind}">{ICON.format(icon)}<span>{words}</span></span>'


def row_of(*cells: str) -> str:
    """Write a row as the lists do."""
    return f'<tr role="row">\n{"".join(cells)}</tr>\n'


def due_row(row: Row) -> str:
    """Write a deadline."""
    due_on, what, section, case, name, key, _ = row
    step = f'<a href="/bevillinger/{key}">Åbn sagen</a>'
    return row_of(
        cell(dk(due_on), "nowrap first strong"),
        cell(state("warn", "warning", "i morgen"), "nowrap corner"),
        cell(what, "", section),
        cell(f'<a href="/bevillinger/{key}">{name}</a>', "pair", case),
        cell(step, "act"),
    )


def broken_row(row: Row) -> str:
    """Write a missed contact."""
    _, key, case, basis, name, mentor, last, start, _ = row
    since = (WORKING_DAY - WORKING_DAY.fromisoformat(last or start)).days
    over = state("stop", "error", f"{since - 7} dage over")
    return row_of(
        cell(f'<a href="/bevillinger/{key}">{name}</a>', "first", f"{case} · {basis[4:]}"),
        cell(over, "corner"),
        cell(dk(last) if last else "ingen endnu", "nowrap pair", label="Sidste kontakt"),
        cell(str(since), "num pair2", label="Dage siden"),
        cell("Ingen forsøg", "pair", mentor),
        cell(f'<a href="/logbog/{key}">Log kontakt</a>', "act"),
    )


def ending_row(row: Row) -> str:
    """Write a course that ends soon, with the draft of what comes then."""
    _, key, case, basis, name, last, used, week = row
    why = "Ret og pligt: et nyt tilbud skal begynde dagen efter, hvis borgeren ikke kan deltage i andre tilbud."
    return row_of(
        cell(dk(last), "nowrap corner strong", "om 2 dage"),
        cell(f'<a href="/bevillinger/{key}">{name}</a>', "first", f"{case} · {basis[4:]}"),
        cell(f"{hours(used)} t", "num", f"{hours(week)} t/uge", "Brugt"),
        cell("Giv et nyt mentortilbud fra dagen efter", "pair", why),
        cell(f'<a href="/logbog/{key}/forlaengelse">Åbn udkastet</a>', "act"),
    )


def floor_app(path: Path, user_id: int, page: str) -> Flask:
    """Build the floor: one view over sqlite3."""
    app, connection = Flask("floor"), sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")
    head, rest = between(page, "Frister de næste 7 dage")
    group = page[page.index('<tr role="row" class="grp">') : page.index("</tr>", page.index('class="grp"')) + 5]
    middle, rest = between(rest, "Kontaktbrud")
    later, tail = between(rest, "Bevillinger, der udløber inden 28 dage")

    def my_day() -> str:
        connection.execute("BEGIN IMMEDIATE")
        due = connection.execute(DUE, (user_id, WEEK)).fetchall()
        broken = connection.execute(BROKEN, (user_id, ON, ON)).fetchall()
        ending = connection.execute(ENDING, (user_id, ON, ON, MONTH)).fetchall()
        ids = ",".join(str(row[0]) for row in ending)
        for question in MORE:
            connection.execute(question.format(ids)).fetchall()
        for question in WAITING:
            connection.execute(question, (user_id,)).fetchall()
        connection.execute(AUDIT, (user_id, "followup.my_day", str([row[-1] for row in due + broken])))
        connection.execute("COMMIT")
        tables = (map(due_row, due), map(broken_row, broken), map(ending_row, ending))
        rows = ["".join(table) for table in tables]
        return head + group + rows[0] + middle + rows[1] + later + rows[2] + tail

    app.add_url_rule("/min-dag", "my_day", my_day)
    return app


def a_caseworker(session: Session) -> User:
    """Return a caseworker who holds the courses of the team that end first."""
    user = a_user(session, "SB", team=session.get(Team, TEAM))
    running = select(Grant.id).where(Grant.team_id == TEAM, Grant.start <= WORKING_DAY, Grant.last_day >= WORKING_DAY)
    ids = session.scalars(running.order_by(Grant.id.desc()).limit(CASES)).all()
    session.execute(update(Grant).where(Grant.id.in_(ids)).values(caseworker_id=user.id))
    session.execute(update(FollowUp).where(FollowUp.grant_id.in_(ids)).values(owner_id=user.id))
    return user


def main(*, smoke: bool) -> None:
    """Fill a database, compare both pages and print the report; a wrong answer or count ends it."""
    size, rounds = (SMALL, 3) if smoke else (LARGE, 40)
    report = Report("day", size.name, rounds)
    with town(size, a_caseworker) as (client, file):
        measure(report, client, file, rounds)
    report.finish(strict=not smoke)
    if not report.goals[0]["ok"]:
        sys.exit("Too many statements for Min dag.")


def measure(report: Report, client: Visitor, file: Path, rounds: int) -> None:
    """Same answer first, then statements and time."""
    page = fetch(client, "/min-dag")
    floor = floor_app(file, client.user.id, page).test_client()
    theirs = fetch(floor, "/min-dag")
    assert CASE_NUMBER.findall(theirs) == CASE_NUMBER.findall(page), "other rows"
    assert abs(len(theirs) - len(page)) <= 0.02 * len(theirs), f"{len(theirs)} {len(page)}"
    with statements_sent() as sent:
        fetch(client, "/min-dag")
    report.goal("Min dag statements", len(sent), at_most=STATEMENTS + LOGIN_RIGHTS_AND_AUDIT)
    seconds = in_turn({"floor": timed(floor, "/min-dag"), "product": timed(client, "/min-dag")}, rounds)
    for way in ("floor", "product"):
        ratio = report.add(f"Min dag {way}", seconds[way], seconds["floor"])
    report.goal("Min dag p50", ratio, at_most=SLOWEST)


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv)
