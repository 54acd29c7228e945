"""To ledere på én gang: one proposal gives one grant, one letter and one reservation, whoever presses first."""

import multiprocessing
import os
from multiprocessing.context import ForkProcess

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.config import Config
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from tests import builders as a
from tests.casework.grants.cases import PDF, people, proposed, the_frames

LEADERS = 6
CONTEXT = multiprocessing.get_context("fork")
BARRIER = CONTEXT.Barrier(LEADERS)


def _approve(app: Flask, law: Law, decision_id: int, leader_id: int) -> None:
    """Be one leader: read the letter, wait for the others, approve."""
    with app.app_context():
        with transaction() as session:
            decision = session.get_one(Decision, decision_id)
            draft = deciding.letter_draft(session, decision, on=a.WORKING_DAY, law=law)
        BARRIER.wait()
        with transaction() as session:
            decision, leader = session.get_one(Decision, decision_id), session.get_one(User, leader_id)
            deciding.approve(session, decision, actor=Actor(leader, a.WORKING_DAY), law=law, letter=(draft, PDF))
        db.engine.dispose()
    os._exit(0)


def test_leaders_who_approve_at_once_make_one_grant(config: Config, session: Session, law: Law) -> None:
    the_frames(session)
    decision = proposed(session, a.a_referral(session), by=people(session).caseworker, law=law)
    leaders = [a.a_user(session, "TL").id for _ in range(LEADERS)]
    session.commit()
    db.engine.dispose()
    own = create_app(config)  # made before the processes: it has no connection yet, so each opens its own

    writers: list[ForkProcess] = [
        CONTEXT.Process(target=_approve, args=(own, law, decision.id, leader)) for leader in leaders
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)

    assert [writer.exitcode for writer in writers] == [0] * LEADERS
    assert [session.scalar(select(func.count()).select_from(table)) for table in (Grant, Letter)] == [1, 1]
    reserved = session.execute(select(Reservation.year, Reservation.covered).order_by(Reservation.year)).all()
    assert reserved == session.execute(select(Frame.year, Frame.covered).order_by(Frame.year)).all()
    assert sum(covered for _, covered in reserved) == 1_560_000
