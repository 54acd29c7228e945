"""Hver rute som hver rolle: what opens, what is hidden, what is logged and what is never seen."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from jobcenter_mentor.app import create_app
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import ROLES
from jobcenter_mentor.platform.database.db import db
from tests.crawling import CPR, KINDS, MASKED, SECRET_NAME, SECRET_STREET, UNKNOWN, Town, Walker, routes
from tests.databases import a_config
from tests.logins import Visitor, logged_in
from tests.reading import read

LOGGING_IN = {"auth.log_in", "auth.logout"}
SHOWS_ON_DEMAND = {"citizens.cpr", "citizens.protected", "citizens.edit_protected"}
REASON = "Stikprøve i oktober 2014"
FILES = {"letters.show", "documents.show", "access_requests.papers"}
"""Kept files: of a hidden person only with the right to the name, and a reason."""
MAY_SEE = {"SB", "TL"}
LOG = "INSERT INTO event "
SESSION = ("UPDATE login_session ", "SELECT login_session.")
"""Once a minute a log-in is noted as in use."""
WIDER = {"meetings.receipt", "meetings.edit", "meetings.correct"}
"""A caseworker and a coordinator may read the log of the whole team, also where somebody else keeps it."""


@dataclass
class Visit:
    """One request: what was asked for, what came back and which citizens the log names for it."""

    method: str
    endpoint: str
    which: str
    cell: str
    answer: TestResponse
    text: str
    logged: set[int]
    written: list[str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.endpoint} {self.which}: {self.answer.status_code}"


@dataclass
class Walk:
    """A walker with all that was seen on the way."""

    town: Town
    who: Walker
    numbers: set[str]
    visits: list[Visit]


def begun(town: Town, role: str) -> tuple[Flask, Walker, Visitor, set[str]]:
    who = town.walker(role)
    app = create_app(a_config(f"sqlite:///{town.file}"))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        numbers = set(db.session.scalars(select(Citizen.cpr)))
        visitor = logged_in(app, db.session(), db.session.get_one(User, who.user_id))
        db.session.remove()
    return app, who, visitor, numbers


def asked(town: Town, app: Flask, who: Walker, method: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield endpoint, address, which id it holds, and the cell of the matrix that it needs."""
    for rule, endpoint, parts in routes(app, method):
        if endpoint in LOGGING_IN or rule.startswith("/api/"):
            continue
        action = app.view_functions[endpoint].action  # type: ignore[attr-defined]
        cell = "Ra" if action is None else town.cells[action].get(who.role, "")
        kind = KINDS.get(endpoint, KINDS.get(endpoint.partition(".")[0], ""))
        ids = (
            zip(("near", "far", "hidden"), town.ids(kind, cell or "Ra", who), strict=True)
            if parts
            else [("plain", "x")]
        )
        more = [("unknown", UNKNOWN)] if parts and cell else []
        for which, chosen in [*list(ids)[: 3 if cell else 1], *more]:
            if chosen is not None:
                address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule)
                address = address.replace("<public_id>", chosen).replace("<kind>", "courses")
                yield endpoint, re.sub("<int:[^>]*>", "1", re.sub("<[a-z_]*>", UNKNOWN, address)), which, cell


def visited(town: Town, visitor: Visitor, method: str, address: str) -> tuple[TestResponse, str, set[int], list[str]]:
    with sqlite3.connect(town.file) as connection:
        (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()
        with written() as statements:
            answer = visitor.open(address, method=method)
        rows = connection.execute("SELECT citizen_ids FROM event WHERE id > ?", (before,)).fetchall()
    return answer, read(answer), {key for (keys,) in rows for key in json.loads(keys)}, statements


@contextmanager
def written() -> Iterator[list[str]]:
    """Collect what is sent in writing transactions, the audit rows and the note of the log-in left out."""
    sent: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        writing = connection.get_execution_options().get("writing")
        if writing and not statement.startswith((LOG, *SESSION, "BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def walks() -> dict[str, Walk]:
    """Return the walks that were made, so that each role walks once."""
    return {}


@pytest.fixture(params=ROLES)
def walk(request: pytest.FixtureRequest, a_town: Callable[[], Town], walks: dict[str, Walk]) -> Walk:
    """Visit every route as one role: first the pages, then every change with an empty form."""
    if request.param not in walks:
        town = a_town()
        app, who, visitor, numbers = begun(town, request.param)
        visits = []
        for method in ("GET", "POST"):
            for endpoint, address, which, cell in asked(town, app, who, method):
                seen = visited(town, visitor, method, address)
                if method == "GET" and (seen[0].location or "").startswith("/begrundelse"):
                    visitor.post("/begrundelse", data={"next": address, "reason": REASON})
                    visits.append(Visit("REASON", endpoint, which, cell, *seen))
                    seen = visited(town, visitor, method, address)
                visits.append(Visit(method, endpoint, which, cell, *seen))
        walks[request.param] = Walk(town, who, numbers, visits)
        _ = town.people
        with app.app_context():
            db.engine.dispose()
    return walks[request.param]


def test_nothing_ever_breaks(walk: Walk) -> None:
    assert [visit.name for visit in walk.visits if visit.answer.status_code >= 500] == []


def test_a_role_without_the_right_is_refused_and_one_with_it_is_not(walk: Walk) -> None:
    closed = [visit for visit in walk.visits if not visit.cell]
    opened = [visit for visit in walk.visits if visit.cell and visit.method == "GET"]

    assert [visit.name for visit in closed if visit.answer.status_code != 403] == []
    files = [visit for visit in opened if visit.which == "hidden" and visit.endpoint in FILES]
    assert [visit.name for visit in opened if visit.answer.status_code == 403 and visit not in files] == []
    assert {visit.answer.status_code for visit in files} <= ({200} if walk.who.role in MAY_SEE else {403})


def test_a_reason_is_asked_exactly_where_the_table_says(walk: Walk) -> None:
    asked = {visit.endpoint for visit in walk.visits if visit.method == "REASON" and visit.which != "hidden"}
    marked = {visit.endpoint for visit in walk.visits if visit.method == "GET" and "!" in visit.cell}

    assert asked == marked


def test_what_is_out_of_reach_is_not_found_with_the_same_body_as_an_unknown_id(walk: Walk) -> None:
    far = {v.endpoint: v for v in walk.visits if (v.which, v.method) == ("far", "GET") and v.cell}
    unknown = {v.endpoint: v for v in walk.visits if (v.which, v.method) == ("unknown", "GET") and v.cell}
    hidden = [v for name, v in far.items() if name not in WIDER and "kind" not in name and name != "imports.template"]

    assert [visit.name for visit in hidden if visit.answer.status_code != 404] == []
    bodies = [(plain(visit), plain(unknown[visit.endpoint])) for visit in hidden]
    assert [pair for pair in bodies if pair[0] != pair[1]] == []


def test_no_full_cpr_number_is_seen_and_the_masked_one_only_where_it_may(walk: Walk) -> None:
    seen = [
        v for v in walk.visits if v.endpoint != "citizens.cpr" and walk.numbers & set(map("".join, CPR.findall(v.text)))
    ]
    masked = [visit for visit in walk.visits if MASKED.search(visit.text)]

    assert [visit.name for visit in seen] == []
    assert [visit.name for visit in masked if walk.who.role not in {"SB", "TL", "MK", "ØK", "RE"}] == []


def test_a_protected_name_and_address_are_seen_nowhere(walk: Walk) -> None:
    shown = [visit for visit in walk.visits if SECRET_NAME in visit.text or SECRET_STREET in visit.text]
    asked_why = [visit for visit in shown if visit.endpoint in FILES and walk.who.role in MAY_SEE]

    assert [visit.name for visit in shown if visit.endpoint not in SHOWS_ON_DEMAND and visit not in asked_why] == []
    assert {visit.endpoint for visit in asked_why} == ({"letters.show"} if walk.who.role in MAY_SEE else set())


def test_whoever_is_shown_stands_in_the_log(walk: Walk) -> None:
    unlogged = []
    for visit in walk.visits:
        named = named_in(visit.text, walk.town)
        unlogged += [(visit.name, name) for name in named if not walk.town.people[name] & visit.logged]

    assert unlogged == []


def test_an_administrator_sees_no_citizen(walk: Walk) -> None:
    if walk.who.role == "AD":
        assert [visit.name for visit in walk.visits if visit.logged] == []


def test_a_page_holds_the_write_lock_for_its_audit_row_alone(walk: Walk) -> None:
    assert {visit.name: visit.written for visit in walk.visits if visit.written and visit.method != "POST"} == {}


def test_every_answer_carries_the_secure_headers(walk: Walk) -> None:
    for visit in walk.visits:
        headers, policy = visit.answer.headers, visit.answer.headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in policy
        assert "script-src 'self' 'nonce-" in policy


@pytest.mark.parametrize("role", ["SB", "ØK", "MI", "LK"])
def test_without_a_log_nobody_is_shown(a_town: Callable[[], Town], role: str) -> None:
    town = a_town()
    app, who, visitor, _ = begun(town, role)
    with sqlite3.connect(town.file) as connection:
        connection.execute("ALTER TABLE event RENAME TO gone")
    shown = []

    for endpoint, address, which, _cell in asked(town, app, who, "GET"):
        page = read(visitor.get(address))
        named = named_in(page, town)
        shown += [(endpoint, which, named)] if named else []

    with app.app_context():
        db.engine.dispose()
    assert shown == []


def named_in(text: str, town: Town) -> set[str]:
    """Return the citizens whose full name stands in a text, not as a part of another name."""
    there = {name for name in town.people if name in text}
    return {name for name in there if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}


def plain(visit: Visit) -> str:
    """Return the body without what is new at every answer."""
    return re.sub(r'(nonce|content|value|action|href)="[^"]*"', "", visit.answer.text)
