"""Mange skriver i samme ramme: the product's way, the raw transaction as floor, and a broken way that must show.

Each writer is an operating-system process with a connection of its own; all start together at a barrier. The costs
are drawn with a fixed seed, and the frame is tight: it covers about half of what is asked for.
"""

import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkContext
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import service
from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.platform.database.db import db, transaction
from tests.builders import a_frame, a_grant

KIND = "mentor_2014"
RATE = 50
PAUSE = 0.001
"""Seconds between looking and writing in the broken way, as between two steps of a page."""

WARM_UP = 2014
"""The year in which each writer reserves a little before the start, so that nobody is timed cold."""

Reserve = Callable[[int, int, int], None]
"""Reserves a cost (øre) for a grant in the frame of a year."""
CONTEXT: ForkContext = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Sums:
    """What a run left behind, in øre: the frame's stored totals and the sums of its rows."""

    amount: int
    covered: int
    beyond: int
    row_covered: int
    row_beyond: int
    rows: int

    def faults(self, asked: list[int]) -> list[str]:
        """Name what is wrong when these costs were asked for."""
        covered = min(self.amount, sum(asked))
        checks = {
            "the frame is overspent": self.row_covered <= self.amount,
            "the stored total is not the sum of the rows": self.covered == self.row_covered,
            "the stored own cost is not the sum of the rows": self.beyond == self.row_beyond,
            "a reservation was lost": self.rows == len(asked) and self.row_covered + self.row_beyond == sum(asked),
            "room in the frame was left unused": self.row_covered == covered,
        }
        return [fault for fault, holds in checks.items() if not holds]


@contextmanager
def through_the_service(app: Flask) -> Iterator[Reserve]:
    """Reserve as the product does: a context, a transaction and the service."""

    def reserve(grant_id: int, year: int, cost: int) -> None:
        with app.app_context(), transaction() as session:
            service.reserve(session, grant_id=grant_id, lines=[CostLine(year, cost, KIND, RATE)], may_go_beyond=True)

    yield reserve


@contextmanager
def checking_outside_the_lock(app: Flask) -> Iterator[Reserve]:
    """Reserve wrongly on purpose: look in one transaction, write in the next what was computed from the look."""

    def reserve(grant_id: int, year: int, cost: int) -> None:
        with app.app_context():
            with transaction() as session:
                frame = session.execute(select(Frame.id, Frame.amount, Frame.covered).where(Frame.year == year)).one()
            time.sleep(PAUSE)
            covered = min(cost, frame.amount - frame.covered)
            row = {"frame_id": frame.id, "grant_id": grant_id, "year": year, "frame_kind": KIND, "cost": cost}
            with transaction() as session:
                session.execute(insert(Reservation).values(row | {"covered": covered, "beyond": cost - covered}))
                session.execute(update(Frame).where(Frame.id == frame.id).values(covered=frame.covered + covered))

    yield reserve


INSERT = (
    "INSERT INTO reservation (frame_id, grant_id, year, frame_kind, cost, covered, beyond, rate_percent, recorded_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"
)
LOOK = "SELECT id, amount - covered FROM frame WHERE year = ? AND kind = ?"
TAKE = "UPDATE frame SET covered = covered + ?, beyond = beyond + ? WHERE id = ? AND covered + ? <= amount"


@contextmanager
def raw_sqlite(app: Flask) -> Iterator[Reserve]:
    """Give the floor on SQLite: BEGIN IMMEDIATE, look, take, insert, COMMIT over the sqlite3 module."""
    with app.app_context():
        path = db.engine.url.database or ""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-64000"):
            connection.execute(f"PRAGMA {pragma}")

        def reserve(grant_id: int, year: int, cost: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            frame_id, room = connection.execute(LOOK, (year, KIND)).fetchone()
            covered = min(cost, room)
            connection.execute(TAKE, (covered, cost - covered, frame_id, covered))
            connection.execute(INSERT, (frame_id, grant_id, year, KIND, cost, covered, cost - covered, RATE))
            connection.execute("COMMIT")

        yield reserve


@contextmanager
def raw_postgresql(app: Flask) -> Iterator[Reserve]:
    """Give the floor on PostgreSQL: SELECT FOR UPDATE, update, insert, COMMIT over psycopg."""
    with app.app_context():
        address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    look, take, add = ((text.replace("?", "%s")) for text in (LOOK + " FOR UPDATE", TAKE, INSERT))
    with psycopg.connect(address) as connection:
        connection.execute("SELECT 1")
        connection.commit()

        def reserve(grant_id: int, year: int, cost: int) -> None:
            found = connection.execute(look.encode(), (year, KIND)).fetchone()
            assert found is not None
            covered = min(cost, found[1])
            connection.execute(take.encode(), (covered, cost - covered, found[0], covered))
            values = (found[0], grant_id, year, KIND, cost, covered, cost - covered, RATE)
            connection.execute(add.encode(), values)
            connection.commit()

        yield reserve


Way = Callable[[Flask], AbstractContextManager[Reserve]]
FLOORS: dict[str, Way] = {"sqlite": raw_sqlite, "postgresql": raw_postgresql}


class Course:
    """A database with grants, in which each run gets a frame of its own (a new year)."""

    def __init__(self, app: Flask, writers: int, seed: int = 2014) -> None:
        self.app = app
        self.year = WARM_UP
        self.draw = random.Random(seed)
        with app.app_context(), transaction() as session:
            self.grants = [a_grant(session).id for _ in range(writers)]
            a_frame(session, year=WARM_UP, amount=10**12)

    def run(self, way: Way, writers: int, each: int, think: float = 0.0) -> tuple[float, list[float], list[str]]:
        """Let the writers loose; return the seconds of the slowest, each reservation's seconds, and the faults.

        `think` is the mean pause in seconds before each reservation.
        """
        self.year += 1
        costs = [[self.draw.randrange(100_00, 9_999_99) for _ in range(each)] for _ in range(writers)]
        asked = [cost for own in costs for cost in own]
        with self.app.app_context(), transaction() as session:
            a_frame(session, year=self.year, amount=sum(asked) // 2)
        with self.app.app_context():
            db.engine.dispose()
        works = [
            (self.app, way, grant_id, self.year, own, think) for grant_id, own in zip(self.grants, costs, strict=False)
        ]
        taken, latencies = let_loose(_write, works)
        return taken, latencies, self.sums().faults(asked)

    def sums(self) -> Sums:
        """Read what the last run left."""
        with self.app.app_context(), Session(db.engine) as session:
            frame = session.scalars(select(Frame).where(Frame.year == self.year)).one()
            columns = (func.sum(Reservation.covered), func.sum(Reservation.beyond), func.count())
            covered, beyond, rows = session.execute(select(*columns).where(Reservation.year == self.year)).one()
            return Sums(frame.amount, frame.covered, frame.beyond, int(covered or 0), int(beyond or 0), rows)


def let_loose(writer: Callable[..., None], works: Sequence[tuple[Any, ...]]) -> tuple[float, list[float]]:
    """Start a process for each work at once; return the seconds from the first to the last, and of each act.

    A writer is given the barrier it waits at, the pipe it tells its acts' seconds, begin and end to, and its work.
    """
    barrier, pipes, processes = CONTEXT.Barrier(len(works)), [], []
    for work in works:
        receiver, sender = CONTEXT.Pipe(duplex=False)
        processes.append(CONTEXT.Process(target=writer, args=(barrier, sender, *work)))
        pipes.append(receiver)
    for process in processes:
        process.start()
    times = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    latencies = [seconds for own, _, _ in times for seconds in own]
    return max(end for _, _, end in times) - min(start for _, start, _ in times), latencies


def _write(
    barrier: Barrier, sender: Any, app: Flask, way: Way, grant_id: int, year: int, costs: list[int], think: float
) -> None:
    """Be one writer: connect, wait for the others, reserve, tell how long each took."""
    pauses = random.Random(grant_id)
    latencies = []
    with way(app) as reserve:
        for _ in range(2):
            reserve(grant_id, WARM_UP, 100)
        barrier.wait(timeout=60)
        began = time.perf_counter()
        for cost in costs:
            time.sleep(pauses.expovariate(1 / think) if think else 0)
            start = time.perf_counter()
            reserve(grant_id, year, cost)
            latencies.append(time.perf_counter() - start)
        sender.send((latencies, began, time.perf_counter()))
