"""Signerede links: opened often, spent once, refused alike when anything is wrong."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.links import service
from jobcenter_mentor.platform.links.service import Subject
from tests.builders import WORKING_DAY, a_user

COURSE = Subject("grant", "0f6e")


def a_token(session: Session, purpose: str = "log", expires_on: date = WORKING_DAY) -> str:
    by = a_user(session)
    return service.make(
        session, purpose=purpose, subject=COURSE, expires_on=expires_on, actor=Actor(by, WORKING_DAY), citizens=[]
    )


def test_opening_never_spends_a_link(session: Session) -> None:
    token = a_token(session)

    opened = [service.get_link(session, token, purpose="log", on=WORKING_DAY) for _ in range(5)]

    assert {link.spent_at for link in opened} == {None}
    assert {link.subject_id for link in opened} == {COURSE.id}


def test_a_link_with_anything_wrong_is_refused_in_the_same_words(session: Session) -> None:
    taken_back, tomorrow = a_token(session), WORKING_DAY + timedelta(days=1)
    service.withdraw(session, COURSE, purpose="log", actor=Actor(a_user(session), WORKING_DAY), citizens=[])
    token = a_token(session)
    tries = [
        (("A" if token[0] != "A" else "B") + token[1:], "log", WORKING_DAY),
        (token[:-1] + ("A" if token[-1] != "A" else "B"), "log", WORKING_DAY),
        (token, "confirm", WORKING_DAY),
        (token, "log", tomorrow),
        (taken_back, "log", WORKING_DAY),
        (token[:10], "log", WORKING_DAY),
        ("æ" * 40, "log", WORKING_DAY),
        ("", "log", WORKING_DAY),
    ]

    for wrong, purpose, on in tries:
        with pytest.raises(NotFound, match=r"^Linket kan ikke bruges\.$"):
            service.get_link(session, wrong, purpose=purpose, on=on)
    assert service.get_link(session, token, purpose="log", on=WORKING_DAY).purpose == "log"


def test_the_first_answer_spends_it_and_the_same_answer_again_is_a_repeat(session: Session) -> None:
    token = a_token(session)

    first = service.spend(session, token, purpose="log", body="60 min", on=WORKING_DAY)
    again = service.spend(session, token, purpose="log", body="60 min", on=WORKING_DAY)

    assert (first.is_first, again.is_first) == (True, False)
    with pytest.raises(Conflict, match="allerede brugt"):
        service.spend(session, token, purpose="log", body="90 min", on=WORKING_DAY)


def test_the_token_itself_stands_nowhere_in_the_database(session: Session) -> None:
    token = a_token(session)

    rows = session.connection().exec_driver_sql("SELECT * FROM link").all()
    events = session.connection().exec_driver_sql("SELECT * FROM event").all()
    assert token not in f"{rows}{events}"


def test_a_link_that_has_expired_before_it_is_made_is_refused(session: Session) -> None:
    with pytest.raises(ValidationFailed, match="ikke udløbe før"):
        a_token(session, expires_on=WORKING_DAY - timedelta(days=1))
