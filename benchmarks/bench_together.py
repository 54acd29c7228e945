"""Alle på én gang: log-in and Min dag of some while others reload the slowest report and a large sheet is taken in.

The product is served from a file of size M by its own process with waitress, as `serve` does; the sheet is checked and
taken in by a worker of its own. What log-in and Min dag take then stands beside what they take alone, a moment before.
First every page without an id is asked for once, and the time it holds the write lock is told apart from the rest.
Run it as `python -m benchmarks.bench_together [--smoke]`.
"""

import http.client
import logging
import multiprocessing
import re
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from waitress import serve

from benchmarks.bench_excel import made_sheet
from benchmarks.bench_web import TEAM, a_leader, town
from benchmarks.measuring import Report
from benchmarks.population import MEDIUM, SMALL
from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.access import passwords
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.sheets.runs import jobs, scratch_copy, service
from tests.builders import WORKING_DAY, a_user
from tests.databases import a_config
from tests.logins import Visitor, logged_in

ROWS, SMOKE_ROWS = 10_000, 150
READERS, ALONE, SMOKE_ALONE = 3, 100, 8
AT_MOST = {"p50": 3.0, "p99": 12.0}
MOST_LOCKED, MOST_LOCKED_BY_SHEET = 0.002, 1.0
"""Seconds of processor that a page may hold the write lock, and of the clock that 10,000 rows may."""
PASSWORD = "en lang adgangskode til maaling"
HELD = re.compile(r"held for ([0-9.]+) s")
CSRF = re.compile(r'name="(csrf_token|form_token)" value="([^"]*)"')


@dataclass
class Told:
    """What a visitor met: the seconds of each answer by what was asked, and how often each status came."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"log-in": [], "Min dag": []})
    statuses: Counter[int] = field(default_factory=Counter)


def prepared(session: Session) -> User:
    """Return the leader, who reads the reports and takes sheets in; another one logs in with a password."""
    other = a_user(session, "SB", team=session.get(Team, TEAM), username="andre")
    other.password_hash = passwords.hashed(PASSWORD)
    session.get_one(Team, TEAM).name = "Team Unge"  # as the sheet says
    return a_leader(session)


class Locks:
    """How long each writing transaction of SQLite held the lock, in seconds of its thread's processor time."""

    def __init__(self, app: Flask) -> None:
        self.held: list[float] = []
        self.began = 0.0
        with app.app_context():
            event.listen(db.engine, "after_cursor_execute", self._begun)
            event.listen(db.engine, "commit", self._ended)
            event.listen(db.engine, "rollback", self._ended)

    def _begun(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == "BEGIN IMMEDIATE":
            self.began = time.thread_time()

    def _ended(self, _connection: Any) -> None:
        if self.began:
            self.held.append(time.thread_time() - self.began)
            self.began = 0.0


def pages(client: Visitor) -> tuple[dict[str, float], dict[str, float]]:
    """Ask for every page without an id; return what each takes, and the longest that it held the write lock."""
    app = client.application
    app.testing = False  # a page that fails is told by its status
    locks, taken, held = Locks(app), {}, {}
    for rule in app.url_map.iter_rules():
        address = str(rule)
        if "GET" not in (rule.methods or ()) or rule.arguments or address.startswith(("/api", "/static", "/log-")):
            continue
        for turn in range(2):  # the first builds templates and caches
            locks.held.clear()
            began = time.perf_counter()
            status = client.get(address).status_code
            if status == 200 and turn:
                taken[address], held[address] = time.perf_counter() - began, max(locks.held, default=0.0)
    return taken, held


def served(url: str, port: int) -> None:
    """Serve the product."""
    serve(create_app(a_config(url)), host="127.0.0.1", port=port, threads=8, _quiet=True)


def take_in(url: str, content: bytes, by_id: int, writes: Any) -> None:
    """Check a sheet and take it in as the worker does; tell how long the lock was held and how many rows came in."""
    told, noted = logging.getLogger(scratch_copy.__name__), list[str]()
    told.setLevel(logging.INFO)
    told.addHandler(Noting(noted))
    with create_app(a_config(url)).app_context():
        with transaction() as session:
            by = session.get_one(User, by_id)
            run = service.receive(session, "courses", "ark.xlsx", content, actor=Actor(by, WORKING_DAY))
        jobs.check_sheet(run.public_id, actor=Actor(by, WORKING_DAY))
        checked = jobs.take_in(run.public_id, actor=Actor(by, WORKING_DAY), valid_rows_only=True)
    assert checked.report["applied"], checked.report["file_errors"]
    held = [float(found[1]) for line in noted if (found := HELD.search(line))]
    writes.send((max(held), checked.report["rows"]["new"]))


class Noting(logging.Handler):
    """Keeps what is told to a log."""

    def __init__(self, noted: list[str]) -> None:
        super().__init__()
        self.noted = noted

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.noted.append(record.getMessage())


class Browser:
    """A visitor over a real connection, with the cookies of one session."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie

    def ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        """Send a request; return status and page."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=120)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, address, body or None, {"Cookie": self.cookie} | kind)
        answer = connection.getresponse()
        page = answer.read().decode(errors="replace")
        given = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        self.cookie = "; ".join(given) or self.cookie
        connection.close()
        return answer.status, page

    def log_in(self) -> tuple[int, float]:
        """Log in with a password; return status and the seconds of the post alone."""
        self.cookie = ""
        _, page = self.ask("GET", "/log-ind")
        body = urlencode([*CSRF.findall(page), ("username", "andre"), ("password", PASSWORD)])
        began = time.perf_counter()
        status, _ = self.ask("POST", "/log-ind", body)
        return status, time.perf_counter() - began


def others(port: int, told: Told, goes_on: Callable[[], bool]) -> None:
    """Log in and look at Min dag, again and again."""
    browser = Browser(port)
    while goes_on():
        status, seconds = browser.log_in()
        told.statuses[status] += 1
        told.seconds["log-in"].append(seconds)
        began = time.perf_counter()
        status, _ = browser.ask("GET", "/min-dag")
        told.seconds["Min dag"].append(time.perf_counter() - began)
        told.statuses[status] += 1


def reload(browser: Browser, address: str, told: Told, stop: threading.Event) -> None:
    """Reload a page until it is enough."""
    while not stop.is_set():
        status, _ = browser.ask("GET", address)
        told.statuses[status] += 1


@contextmanager
def server(url: str) -> Iterator[int]:
    """Serve the product in a process of its own; hand out its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    child = multiprocessing.get_context("spawn").Process(target=served, args=(url, port), daemon=True)
    child.start()
    for _ in range(600):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.1)
    try:
        yield port
    finally:
        child.terminate()
        child.join()


def p50_p99(seconds: list[float]) -> dict[str, float]:
    """Return the middle and the slowest but one of a hundred."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    return {"p50": cuts[49], "p99": cuts[98]}


def together(report: Report, url: str, cookies: list[str], address: str, *, by_id: int, rows: int, alone: int) -> None:
    """Measure log-in and Min dag alone, then beside the readers and the sheet."""
    content = made_sheet("courses", rows)
    with server(url) as port:
        before, beside, stop = Told(), Told(), threading.Event()
        left = iter(range(alone + 2))
        others(port, before, lambda: next(left, None) is not None)
        readers = [
            threading.Thread(target=reload, args=(Browser(port, cookie), address, beside, stop)) for cookie in cookies
        ]
        reads, writes = multiprocessing.Pipe(duplex=False)
        worker = multiprocessing.get_context("spawn").Process(target=take_in, args=(url, content, by_id, writes))
        for one in (*readers, worker):
            one.start()
        others(port, beside, lambda: worker.is_alive() or len(beside.seconds["log-in"]) < alone)
        stop.set()
        for reader in readers:
            reader.join()
        assert reads.poll(), "the sheet was not taken in"
        held, taken = reads.recv()
        worker.join()
    assert taken == sum(1 for at in range(1, rows + 1) if at % 100 != 7), taken
    assert set(before.statuses) <= {200, 302, 303}, before.statuses
    report.goal("sheet: seconds of the write lock", held, at_most=MOST_LOCKED_BY_SHEET)
    report.goal("answers 503", beside.statuses[503], at_most=0)
    for what, seconds in beside.seconds.items():
        calm, busy = p50_p99(before.seconds[what][2:]), p50_p99(seconds)
        for name, limit in AT_MOST.items():
            report.results.append({"name": f"{what} {name}", "alone_s": calm[name], "beside_s": busy[name]})
            report.goal(f"{what} {name}", busy[name] / calm[name], at_most=limit)


def main(*, smoke: bool) -> None:
    """Fill a town, ask for every page, then let all work at once, and print the report."""
    size, rows, alone = (SMALL, SMOKE_ROWS, SMOKE_ALONE) if smoke else (MEDIUM, ROWS, ALONE)
    report = Report("together", size.name, alone)
    with town(size, prepared) as (client, file):
        app, leader = client.application, client.user
        taken, held = pages(client)
        slowest = max(taken, key=lambda address: taken[address])
        report.results.append({"name": "slowest page", "address": slowest, "seconds": taken[slowest]})
        worst = sorted(held, key=lambda address: -held[address])[:5]
        report.results.append({"name": "longest write locks", "pages": {one: round(held[one], 5) for one in worst}})
        report.goal("page: seconds of the write lock", held[worst[0]], at_most=MOST_LOCKED)
        with app.app_context():
            cookies = [cookie_of(logged_in(app, db.session(), leader)) for _ in range(READERS)]
            by_id = leader.id
            db.session.remove()
            db.engine.dispose()
        together(report, f"sqlite:///{file}", cookies, slowest, by_id=by_id, rows=rows, alone=alone)
    report.finish(strict=not smoke)


def cookie_of(client: Visitor) -> str:
    """Return the cookie that a client sends."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


if __name__ == "__main__":
    main(smoke="--smoke" in sys.argv)
