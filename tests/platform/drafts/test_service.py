"""Kladder: nothing acknowledged is lost, and no draft is seen by another user or on another case."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.drafts import service
from tests.builders import a_user
from tests.logins import Visitor


class Disconnected(Exception):
    """The line went dead."""


def test_a_draft_is_the_users_own_and_the_cases_own(session: Session) -> None:
    lone, henrik = a_user(session), a_user(session)

    service.save(session, form="log", case_key="a", values={"note": ["Mødt til tiden"]}, by=lone)

    found = service.find(session, form="log", case_key="a", by=lone)
    assert found is not None
    assert found.values == {"note": ["Mødt til tiden"]}
    assert service.find(session, form="log", case_key="b", by=lone) is None
    assert service.find(session, form="aftale", case_key="a", by=lone) is None
    assert service.find(session, form="log", case_key="a", by=henrik) is None


def test_a_discarded_draft_is_gone_and_the_others_stay(session: Session) -> None:
    lone = a_user(session)
    for case in ("a", "b"):
        service.save(session, form="log", case_key=case, values={"note": [case]}, by=lone)

    service.discard(session, form="log", case_key="a", by=lone)

    assert service.find(session, form="log", case_key="a", by=lone) is None
    assert service.find(session, form="log", case_key="b", by=lone) is not None


def test_a_draft_longer_than_any_form_is_refused(session: Session) -> None:
    with pytest.raises(ValidationFailed, match="for lang"):
        service.save(session, form="log", case_key="a", values={"note": ["x" * 60_000]}, by=a_user(session))


def test_what_is_typed_is_not_readable_in_the_database(session: Session) -> None:
    service.save(session, form="log", case_key="a", values={"note": ["Angst"]}, by=a_user(session))

    (stored,) = session.connection().exec_driver_sql("SELECT typed FROM draft").one()
    assert b"Angst" not in bytes(stored)


@pytest.mark.parametrize("saves", [120, pytest.param(1000, marks=pytest.mark.slow)])
def test_forced_disconnects_lose_nothing_and_mix_nothing(app: Flask, saves: int) -> None:
    chance = random.Random(20141015)
    with app.app_context():
        with transaction() as session:
            users = [a_user(session).id for _ in range(4)]
        kept: dict[tuple[int, str], str] = {}
        for number in range(saves):
            user, case = chance.randrange(4), f"sag-{chance.randrange(5)}"
            text = f"{number} bruger {user} {case}"
            try:
                with a_line(chance) as goes_dead, transaction() as session:
                    service.save(
                        session,
                        form="log",
                        case_key=case,
                        values={"note": [text]},
                        by=session.get_one(User, users[user]),
                    )
                    if goes_dead:
                        raise Disconnected
            except Disconnected:
                db.session.remove()
            else:
                kept[user, case] = text

        with transaction() as session:
            for user in range(4):
                for case in (f"sag-{one}" for one in range(5)):
                    found = service.find(session, form="log", case_key=case, by=session.get_one(User, users[user]))
                    assert (found.values["note"][0] if found else None) == kept.get((user, case))


@contextmanager
def a_line(chance: random.Random) -> Iterator[bool]:
    """Give a line that goes dead before the answer in four of five tries."""
    yield chance.random() < 0.8


def test_a_form_is_kept_over_the_net_and_thrown_away_again(as_caseworker: Visitor, session: Session) -> None:
    answer = as_caseworker.post("/kladder/log/sag-1", data={"note": "Ringede", "draft_back": "/", "topics": ["a", "b"]})

    assert "Kladde gemt kl. " in answer.text
    found = service.find(session, form="log", case_key="sag-1", by=as_caseworker.user)
    assert found is not None
    assert found.values == {"note": ["Ringede"], "topics": ["a", "b"]}

    gone = as_caseworker.post("/kladder/log/sag-1/slet", data={"draft_back": "/logbog"})

    assert gone.location == "/logbog"
    assert service.find(session, form="log", case_key="sag-1", by=as_caseworker.user) is None
