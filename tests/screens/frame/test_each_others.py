"""Hinandens sager: two mentors, two suppliers and two teams on one citizen, each asking for what is the other's."""

import marshal
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from jobcenter_mentor.app import create_app
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.database.db import db
from tests.builders import a_user
from tests.crawling import KINDS, Town, routes
from tests.databases import SqliteFiles, a_config
from tests.logins import Visitor, logged_in

OF_COURSE = {
    "grant": "grant",
    "meeting": "meeting",
    "follow_up": "follow_up",
    "plan_line": "match_plan_line",
    "pay_line": "pay_line",
    "paid_line": "pay_line",
    "change": "decision",
    "decision": "decision",
    "document": "document",
}
"""Kinds of things that belong to one course, with their table."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MENTORS, SUPPLIER, STAFF = ("MI", "MV", "ML", "MF"), ("LK",), ("SB", "TL", "MK")
OF_CITIZEN = {"document"}
"""What the team of the citizen reads whichever course it is kept on."""
NOT_ASKED = {"event", "login_session", "sent_form"}


@dataclass
class Side:
    """One of the two courses of the citizen: its row, its mentor, the mentor's supplier and its team."""

    grant: int
    mentor: int
    supplier: int
    team: int


@dataclass
class Shared:
    """The municipality with the citizen who has both courses, and who is logged in on each side, by role."""

    town: Town
    app: Flask
    sides: tuple[Side, Side]
    visitors: list[dict[str, Visitor]]

    def ids(self, kind: str, side: int, role: str) -> list[str]:
        """Return the public ids of two things of a kind that are one side's: of its course, for a mentor its entries.

        Of entries the first is one on the course of the other side.
        """
        one, other, table = self.sides[side], self.sides[1 - side], OF_COURSE[kind]
        theirs = f"{'id' if kind == 'grant' else 'grant_id'} = {one.grant} ORDER BY id"
        if kind == "meeting" and role in MENTORS:
            theirs = f"mentor_id = {one.mentor} ORDER BY grant_id = {other.grant} DESC, id"
        rows = self.town.query(f'SELECT public_id FROM "{table}" WHERE {theirs} LIMIT 2')
        return [public_id for (public_id,) in rows]

    def kept(self) -> str:
        """Return a digest of every row but the logs of looks and log-ins."""
        digest = sha256()
        with sqlite3.connect(self.town.file) as connection:
            for (table,) in connection.execute(TABLES).fetchall():
                digest.update(table.encode())
                for row in () if table in NOT_ASKED else connection.execute(f'SELECT * FROM "{table}"'):
                    digest.update(marshal.dumps(row))
        return digest.hexdigest()


TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
PAIR = """
SELECT a.id, a.mentor_id, m.supplier_id, a.team_id, b.id, b.mentor_id, n.supplier_id, b.team_id, a.citizen_id
FROM "grant" a JOIN mentor m ON m.id = a.mentor_id, "grant" b JOIN mentor n ON n.id = b.mentor_id
WHERE m.supplier_id <> n.supplier_id AND a.team_id <> b.team_id AND a.citizen_id <> b.citizen_id
AND coalesce(a.ended_on, a.last_day) >= '2014-10-15' AND coalesce(b.ended_on, b.last_day) >= '2014-10-15'
AND EXISTS (SELECT 1 FROM meeting WHERE grant_id = a.id) AND EXISTS (SELECT 1 FROM meeting WHERE grant_id = b.id)
ORDER BY a.id, b.id LIMIT 1
"""


@pytest.fixture(scope="module")
def shared(pattern_town: Town, sqlite_files: SqliteFiles) -> Iterator[Shared]:
    """Give one citizen both courses, and put somebody of every role on each of them."""
    file = sqlite_files.folder / "shared.sqlite"
    town = pattern_town.copied(file)
    ((*found, citizen),) = town.query(PAIR)
    sides = (Side(*found[:4]), Side(*found[4:]))
    _share(file, citizen, sides)
    app = create_app(a_config(f"sqlite:///{file}"))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        session = db.session()
        visitors = [
            {
                role: logged_in(
                    app,
                    session,
                    a_user(
                        session,
                        role,
                        team=session.get(Team, side.team) if role in STAFF else None,
                        mentor=session.get(Mentor, side.mentor) if role in MENTORS else None,
                        supplier_id=side.supplier if role in SUPPLIER else None,
                    ),
                )
                for role in (*MENTORS, *SUPPLIER, *STAFF)
            }
            for side in sides
        ]
        db.session.remove()
    yield Shared(town, app, sides, visitors)
    with app.app_context():
        db.engine.dispose()


def _share(file: Path, citizen: int, sides: tuple[Side, Side]) -> None:
    """Let both courses and all that hangs on them be about the citizen, and each mentor have met on the other's too.

    The guards of the copy are taken off for it.
    """
    grant = sides[1].grant
    with sqlite3.connect(file) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute('UPDATE "grant" SET citizen_id = ? WHERE id = ?', (citizen, grant))
        for side, other in (sides, sides[::-1]):
            moved = "UPDATE meeting SET mentor_id = ? WHERE id = (SELECT min(id) FROM meeting WHERE grant_id = ?)"
            connection.execute(moved, (other.mentor, side.grant))
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
            if {"citizen_id", "grant_id"} <= columns:
                connection.execute(f'UPDATE "{table}" SET citizen_id = ? WHERE grant_id = ?', (citizen, grant))


def asked(shared: Shared, role: str, side: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield method, endpoint, kind and address of each thing of one side that a route with a right of the role has."""
    for method in METHODS:
        for rule, endpoint, parts in routes(shared.app, method):
            action = None if rule.startswith("/api/") else shared.app.view_functions[endpoint].action
            kind = KINDS.get(endpoint, KINDS.get(endpoint.partition(".")[0], ""))
            if not parts or kind not in OF_COURSE or role not in shared.town.cells.get(action or "", {}):
                continue
            for public_id in shared.ids(kind, side, role):
                address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule).replace("<public_id>", public_id)
                yield method, endpoint, kind, re.sub("<[a-z_:]*>", "1", address)


@pytest.mark.parametrize("role", [*MENTORS, *SUPPLIER, *STAFF])
def test_nobody_gets_at_what_is_the_others(shared: Shared, role: str) -> None:
    before, opened = shared.kept(), []

    for mine, other in ((0, 1), (1, 0)):
        for method, endpoint, kind, address in asked(shared, role, other):
            answer = shared.visitors[mine][role].open(address, method=method)
            if answer.status_code != 404 and not (role in STAFF and kind in OF_CITIZEN):
                opened.append((method, endpoint, address, answer.status_code))

    assert opened == []
    assert shared.kept() == before


@pytest.mark.parametrize("role", [*MENTORS, *STAFF])
def test_each_gets_at_what_is_the_own(shared: Shared, role: str) -> None:
    found = {
        (endpoint, answer.status_code)
        for method, endpoint, _, address in asked(shared, role, 0)
        if method == "GET" and (answer := shared.visitors[0][role].open(address)).status_code == 200
    }

    assert {"grants.show", "meetings.log"} <= {endpoint for endpoint, _ in found}
