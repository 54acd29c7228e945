"""API'et fire gange på én gang: the same Idempotency-Key gives one referral and one meeting, and all get the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.referrals.models import Referral
from tests.api.callers import Caller, a_caller
from tests.api.test_meetings import a_body
from tests.api.test_referrals import BODY
from tests.casework.meetings.courses import a_course


def a_referral(app: Flask, session: Session) -> tuple[Caller, str, dict[str, Any]]:
    return a_caller(app, session), "/referrals", BODY


def a_meeting(app: Flask, session: Session) -> tuple[Caller, str, dict[str, Any]]:
    course = a_course(session)
    return a_caller(app, session, course.mentor), "/meetings", a_body(course)


@pytest.mark.parametrize(("asked", "model"), [(a_referral, Referral), (a_meeting, Meeting)])
def test_the_same_call_four_times_at_once_has_one_effect(
    app: Flask, session: Session, asked: Callable[..., tuple[Caller, str, dict[str, Any]]], model: type
) -> None:
    caller, address, body = asked(app, session)
    before = session.scalar(select(func.count()).select_from(model)) or 0
    session.commit()

    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(caller.post, address, json=body, headers={"Idempotency-Key": "a"}) for _ in range(4)]
        answers = [one.result(60) for one in sent]

    assert session.scalar(select(func.count()).select_from(model)) == before + 1
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
