"""A process that is killed (-9) anywhere in an import leaves no row of it, or every one (slået ihjel)."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.config import Config
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.runs import service
from jobcenter_mentor.sheets.runs.models import ImportRun
from tests.builders import WORKING_DAY as ON
from tests.builders import a_frame, a_user
from tests.sheets.runs.sheets import a_course, text

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


@pytest.mark.parametrize(("rows", "points"), [(100, 5), pytest.param(5000, 50, marks=pytest.mark.slow)])
def test_an_import_that_is_killed_leaves_nothing_or_everything(
    app: Flask, session: Session, config: Config, rows: int, points: int
) -> None:
    a_frame(session)
    leader = a_user(session, "TL").id
    session.commit()
    db.engine.dispose()
    content = text([a_course(**{"CPR-nr": cpr}) for cpr in islice(nobodys(), rows)]).encode()
    statements = told_by_child(lambda: work(config, content, leader, 0))

    left = []
    for point in range(points):
        killed = told_by_child(lambda at=1 + statements * point // points: work(config, content, leader, at))
        left.append((killed, *counted(session)))
    whole = told_by_child(lambda: work(config, content, leader, -1))

    assert set(left) == {(-signal.SIGKILL, 0, 0, 0, 0, 0, 0)}
    assert whole == statements
    assert counted(session)[:3] == (rows, rows, 1)
    assert session.scalar(select(func.sum(Reservation.covered))) == session.scalar(select(Frame.covered))


def work(config: Config, content: bytes, leader: int, at: int) -> int:
    """Import the sheet in an app of its own; die at statement number `at`, with 0 roll back, with -1 do it all."""
    app, seen = create_app(config), 0
    with app.app_context():

        def count(*_: Any) -> None:
            nonlocal seen
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(db.engine, "before_cursor_execute", count)
        try:
            with transaction() as session:
                by = session.get_one(User, leader)
                run = service.receive(session, "courses", "a.csv", content, actor=Actor(by, ON))
                checked = service.apply(session, run, actor=Actor(by, ON), law=loader.law())
                assert checked.report["applied"], checked.report["row_errors"][:3]
                session.flush()
                if at == 0:
                    raise InterruptedError
        except InterruptedError:
            return seen
    return seen


def nobodys() -> Iterator[str]:
    """Give CPR numbers that belong to nobody, each once."""
    for born in (date(1984, 3, 4), date(1985, 3, 4)):
        for serial in range(4000):
            digits = f"{born:%d%m%y}{serial:04d}"
            if sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11:
                yield digits


def told_by_child(act: Callable[[], int]) -> int:
    """Do something in a process of its own; return what it told, or the signal that it died of, negative."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writes, str(act()).encode())
        finally:
            os._exit(0)
    os.close(writes)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reads) as said:
        answer = said.read()
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else int(answer)


def counted(session: Session) -> tuple[int, ...]:
    """Return how many there are of each, in a transaction of its own."""
    models = (Grant, Citizen, Mentor, Reservation, ImportRun)
    found = tuple(session.scalar(select(func.count()).select_from(model)) or 0 for model in models)
    covered = session.scalar(select(func.sum(Frame.covered))) or 0
    session.rollback()
    db.engine.dispose()
    return (*found, covered)
