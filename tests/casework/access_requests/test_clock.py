"""Svarfristen: each open request has its own open deadline, whatever is done at once; the database holds it."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.access_requests import service
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.service import NewRequest
from jobcenter_mentor.config import Config
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from tests.builders import WORKING_DAY, a_citizen
from tests.casework.access_requests.conftest import RECEIVED, answered
from tests.casework.access_requests.test_service import NAMED

Receive = Callable[..., AccessRequest]
CONTEXT = multiprocessing.get_context("fork")
SIDES = 3
BARRIER = CONTEXT.Barrier(3 * SIDES)
OWN = NewRequest(RECEIVED, "citizen")


def is_open(session: Session, request: AccessRequest) -> bool:
    clock = session.get_one(FollowUp, request.followup_id)
    return clock.done_on is None and clock.dropped_on is None


def test_two_sides_who_ask_the_same_day_have_a_deadline_each(
    session: Session, request_of: Receive, user: User, leader: User, law: Law
) -> None:
    own, other = request_of(), request_of(asked_by="party", **NAMED)

    answered(session, own, user, leader, law)

    assert own.due_on == other.due_on
    assert own.followup_id != other.followup_id
    assert (is_open(session, own), is_open(session, other)) == (False, True)


def test_the_database_refuses_an_open_request_without_a_deadline(session: Session, request_of: Receive) -> None:
    row = request_of()
    told = {name: getattr(row, name) for name in ("asked_by", "received_on", "due_on", "by_id")}

    session.add(AccessRequest(citizen_id=a_citizen(session).id, **told))
    with pytest.raises(IntegrityError, match="open_has_clock"):
        session.flush()


def test_the_database_refuses_that_an_open_request_loses_its_deadline(session: Session, request_of: Receive) -> None:
    request_of().followup_id = None

    with pytest.raises(IntegrityError, match="open_has_clock"):
        session.flush()


def test_the_database_refuses_two_requests_on_one_deadline(session: Session, request_of: Receive) -> None:
    own, other = request_of(), request_of(asked_by="party", **NAMED)

    other.followup_id = own.followup_id
    with pytest.raises(IntegrityError, match="followup_id"):
        session.flush()


def _act(app: Flask, law: Law, act: str, key: int, by_id: int) -> None:
    """Be one writer: wait for the others, and take a request in or close one."""
    with app.app_context():
        BARRIER.wait()
        try:
            with transaction() as session:
                by = session.get_one(User, by_id)
                if act == "withdraw":
                    request = session.get_one(AccessRequest, key)
                    service.withdraw(session, request, because="Borgeren ringede.", actor=Actor(by, WORKING_DAY))
                else:
                    new = OWN if act == "citizen" else replace(OWN, asked_by="party", **NAMED)
                    service.receive(session, session.get_one(Citizen, key), new, actor=Actor(by, WORKING_DAY), law=law)
        except (Conflict, InvalidTransition):
            pass
        db.engine.dispose()
    os._exit(0)


def test_requests_that_come_and_go_at_once_leave_each_open_one_with_its_own_open_deadline(
    config: Config, session: Session, request_of: Receive, citizen: Citizen, user: User, law: Law
) -> None:
    other = a_citizen(session, caseworker_id=user.id)
    first, user_id = request_of(), user.id
    acts = [("withdraw", first.id), ("party", citizen.id), ("citizen", other.id)] * SIDES
    session.commit()
    db.engine.dispose()
    own = create_app(config)  # made before the processes: it has no connection yet, so each opens its own

    writers = [CONTEXT.Process(target=_act, args=(own, law, act, key, user_id)) for act, key in acts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)

    assert [writer.exitcode for writer in writers].count(0) == len(acts)
    rows = session.scalars(select(AccessRequest)).all()
    running = select(FollowUp.id).where(FollowUp.kind == "access_request", FollowUp.done_on.is_(None))
    waiting = [row for row in rows if row.is_open]
    assert sorted((row.citizen_id, row.asked_by) for row in waiting) == sorted(
        [(citizen.id, "party"), (other.id, "citizen")]
    )
    assert sorted(session.scalars(running)) == sorted(row.followup_id for row in waiting if row.followup_id)
