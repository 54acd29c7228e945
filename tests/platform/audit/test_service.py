"""Hændelseslog: written with the act, shown without names."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.audit import service
from jobcenter_mentor.platform.audit.action_words import words
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.audit.service import EventFilter
from tests.builders import a_citizen, a_referral, a_user


def an_event(session: Session, *, day: date = date(2014, 10, 15), hour: int = 12, **changes: object) -> Event:
    """Return an event of a day, at an hour in UTC."""
    values = {"actor": "anna", "action": "citizen.read", "subject": "citizen", "citizen_ids": [], "detail": {}}
    event = Event(at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC), **(values | changes))
    session.add(event)
    session.flush()
    return event


def found(session: Session, **chosen: object) -> list[int]:
    """Return row ids of the events the filter lets through."""
    lines = service.list_events(session, EventFilter(**chosen), user_ids=None)
    return [line.event.id for line in lines]


def test_a_look_is_written_with_who_what_and_whom(session: Session) -> None:
    user, citizen = a_user(session), a_citizen(session)

    service.record(session, by=user, action="citizen.read", subject="citizen", citizens=[citizen.id, citizen.id])

    event = session.scalars(select(Event)).one()
    assert (event.user_id, event.actor, event.citizen_ids) == (user.id, user.username, [citizen.id])
    assert event.refused is False


def test_an_act_of_nobody_is_the_systems(session: Session) -> None:
    service.record(session, by=None, action="user.add", subject="user")

    assert session.scalars(select(Event.actor)).one() == "systemet"


def test_what_is_rolled_back_leaves_no_event(session: Session) -> None:
    service.record(session, by=None, action="user.add", subject="user")
    session.rollback()

    assert session.scalars(select(Event)).all() == []


def test_citizens_are_shown_by_initials_and_latest_case_number(session: Session) -> None:
    citizen, other = a_citizen(session, first_name="Maria", last_name="Jensen"), a_citizen(session)
    for number in ("2014-0100", "2014-0921"):
        a_referral(session, citizen, case_number=number)
    an_event(session, day=date(2100, 1, 1), citizen_ids=[citizen.id, other.id])

    lines = service.list_events(session, EventFilter(), user_ids=None)

    assert lines[0].citizens == ["M.J., 2014-0921", "E.K."]


def test_days_of_the_filter_are_danish_days(session: Session) -> None:
    late_evening = an_event(session, day=date(2014, 10, 14), hour=22)
    an_event(session, day=date(2014, 10, 15), hour=22)

    assert found(session, first_day=date(2014, 10, 15), last_day=date(2014, 10, 15)) == [late_evening.id]


def test_the_filter_narrows_by_user_action_and_refusal(session: Session) -> None:
    an_event(session)
    wanted = an_event(session, actor="bo", action="referral.read", refused=True)
    an_event(session, actor="bo", action="referral.read")

    assert found(session, username="bo", action="referral", refused_only=True) == [wanted.id]


def test_only_the_users_who_may_be_seen_are_listed(session: Session) -> None:
    own, other = a_user(session), a_user(session)
    seen = an_event(session, user_id=own.id)
    an_event(session, user_id=other.id)

    lines = service.list_events(session, EventFilter(), user_ids=[own.id])

    assert [line.event.id for line in lines] == [seen.id]


def test_pages_hold_a_hundred_newest_first(session: Session) -> None:
    ids = [an_event(session).id for _ in range(101)]

    page = service.page_of_events(session, EventFilter(page=2), user_ids=None)

    assert (page.total, page.pages, [line.event.id for line in page.rows]) == (101, 2, [ids[0]])


def test_an_action_is_said_in_danish(session: Session) -> None:
    an_event(session, action="citizen.contact.write", subject="citizen")

    line = service.list_events(session, EventFilter(), user_ids=None)[0]

    assert (line.what, line.about) == ("Borger: ændret", "Borger")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("login.failed", "Login: mislykket"),
        ("logout", "Logget ud"),
        ("role.give", "Rolle: givet"),
        ("odd.thing", "odd: thing"),
    ],
)
def test_words_of_an_action(action: str, said: str) -> None:
    assert words(action) == said
