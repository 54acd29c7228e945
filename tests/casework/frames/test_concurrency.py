"""Mange på én gang: 32 processes reserve in a tight frame; it is never overspent, and the test sees when it is."""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.context import ForkContext, ForkProcess

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.frames import service
from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.config import Config
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.platform.database.db import db, transaction
from tests import builders as a

WRITERS = 32
COST = 10_000
AMOUNT = 10 * COST

Reserve = Callable[[int], None]


def through_the_service(grant_id: int) -> None:
    """Reserve as the product does; a refusal is a fine answer."""
    try:
        with transaction() as session:
            lines = [CostLine(2014, COST, "mentor_2014", 50)]
            service.reserve(session, grant_id=grant_id, lines=lines, may_go_beyond=False)
    except Conflict:
        return


def check_then_write(grant_id: int) -> None:
    """Reserve wrongly on purpose: look in one transaction, write in the next, believing what was seen."""
    with transaction() as session:
        seen = session.scalars(select(Frame)).one().covered
    BARRIER.wait()
    if seen + COST <= AMOUNT:
        with transaction() as session:
            row = Reservation(grant_id=grant_id, year=2014, frame_kind="mentor_2014", cost=COST, covered=COST)
            session.add(row)
            session.execute(update(Frame).values(covered=seen + COST))


CONTEXT: ForkContext = multiprocessing.get_context("fork")
BARRIER = CONTEXT.Barrier(WRITERS)


def _write(app: Flask, reserve: Reserve, grant_id: int) -> None:
    """Be one writer: a process and a connection of its own, started together with all others."""
    with app.app_context():
        BARRIER.wait()
        reserve(grant_id)
        db.engine.dispose()
    os._exit(0)


def spent(config: Config, session: Session, reserve: Reserve) -> tuple[int, int, int]:
    """Let all writers loose; return the frame's sum, the sum of the rows and how many succeeded.

    Their app is made before they are: it has no connection yet, so each opens its own.
    """
    a.a_frame(session, amount=AMOUNT)
    grant = a.a_grant(session)
    session.commit()
    db.engine.dispose()
    own = create_app(config)
    writers: list[ForkProcess] = [CONTEXT.Process(target=_write, args=(own, reserve, grant.id)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    rows = session.scalars(select(Reservation.covered)).all()
    return session.scalars(select(Frame.covered)).one(), sum(rows), len(rows)


def test_32_writers_never_overspend_a_frame(config: Config, session: Session) -> None:
    covered, sum_of_rows, succeeded = spent(config, session, through_the_service)

    assert covered == sum_of_rows == AMOUNT
    assert succeeded == AMOUNT // COST


def test_the_same_test_catches_a_writer_that_checks_first_and_writes_later(config: Config, session: Session) -> None:
    _, sum_of_rows, _ = spent(config, session, check_then_write)

    assert sum_of_rows > AMOUNT
