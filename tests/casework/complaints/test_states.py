"""Klagens tilstande: the database itself refuses what can't have happened, in our session and from bare SQL alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.complaints.models import WRONG_OTHERWISE, Complaint
from jobcenter_mentor.domain.kernel.complaint_codes import OPEN, STATUSES
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import Base
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import a_user, past_the_guards
from tests.casework.complaints.cases import a_complaint, a_decision

CAME = date(2014, 10, 15)
LATER, EARLIER = CAME + timedelta(days=7), CAME - timedelta(days=7)
TABLE = Base.metadata.tables["complaint"]
REVIEWED = {"outcome": "upheld", "reviewed_on": CAME}
PARTLY = {"outcome": "partly", "reviewed_on": CAME, "told_on": CAME, "stand_due": CAME + timedelta(weeks=4)}
SENT = {"forwarded_on": LATER, "due_on": None, "status": "board"}
DONE = {"board_outcome": "upheld", "board_on": LATER, "status": "answered"}
ANSWERED = {"stands": "stands", "stands_on": CAME, "status": "forward"}
AT_ONCE = {"route": "at_once", "last_day": EARLIER, "status": "late"}

RIGHT: dict[str, dict[str, Any]] = {
    "received": {},
    "late": AT_ONCE,
    "late and sent": AT_ONCE | SENT,
    "upheld": REVIEWED | {"status": "forward"},
    "upheld and sent": REVIEWED | SENT,
    "answered": REVIEWED | SENT | DONE,
    "changed": REVIEWED | {"outcome": "changed", "status": "changed", "due_on": None},
    "partly": PARTLY | {"status": "waits"},
    "partly and stands": PARTLY | ANSWERED,
    "partly and sent": PARTLY | ANSWERED | SENT,
    "partly and withdrawn": PARTLY | ANSWERED | {"stands": "withdrawn", "status": "dropped", "due_on": None},
}
WRONG: dict[str, dict[str, Any]] = {
    "sent before it was received": AT_ONCE | SENT | {"forwarded_on": EARLIER},
    "sent before it was looked at again": REVIEWED | SENT | {"reviewed_on": LATER, "forwarded_on": CAME},
    "sent without being looked at again": SENT,
    "sent though it was changed": REVIEWED | SENT | {"outcome": "changed"},
    "sent though the citizen was not asked": REVIEWED | SENT | {"outcome": "partly"},
    "sent while the citizen may still answer": PARTLY | SENT,
    "sent though the citizen was content": PARTLY | ANSWERED | SENT | {"stands": "withdrawn"},
    "sent before the citizen's answer": PARTLY | ANSWERED | SENT | {"stands_on": LATER, "forwarded_on": CAME},
    "answered before it came in": REVIEWED | SENT | DONE | {"board_on": EARLIER},
    "answered and never sent": REVIEWED | DONE | {"due_on": None},
    "answered on no day": REVIEWED | SENT | DONE | {"board_on": None},
    "answered by a word nobody knows": REVIEWED | SENT | DONE | {"board_outcome": "maybe"},
    "looked at again before it came": REVIEWED | {"status": "forward", "reviewed_on": EARLIER},
    "looked at again on no day": REVIEWED | {"status": "forward", "reviewed_on": None},
    "ended in a way nobody knows": REVIEWED | {"status": "forward", "outcome": "maybe"},
    "partly upheld without the citizen's clock": PARTLY | {"status": "waits", "stand_due": None},
    "partly upheld and nobody told": PARTLY | {"status": "waits", "told_on": None, "stand_due": None},
    "told before it was looked at again": PARTLY | {"status": "waits", "told_on": EARLIER},
    "a citizen's clock that is over at once": PARTLY | {"status": "waits", "stand_due": CAME},
    "the citizen's clock where nothing was upheld": REVIEWED | {"status": "forward", "told_on": CAME},
    "the citizen answered what was not asked": REVIEWED | ANSWERED,
    "the citizen answered before being told": PARTLY | ANSWERED | {"stands_on": EARLIER},
    "the citizen answered on no day": PARTLY | ANSWERED | {"stands_on": None},
    "given up while the clock runs": PARTLY | ANSWERED | {"stands": "lapsed", "status": "dropped", "due_on": None},
    "a late one that is looked at again": AT_ONCE | REVIEWED | {"status": "forward"},
    "sent at once though it was in time": AT_ONCE | {"last_day": LATER},
    "on a way nobody knows": {"route": "round"},
    "a short case nobody knows": {"short_case": "all"},
    "due before it came": {"review_due": EARLIER},
    "open with no clock": {"due_on": None},
    "closed with a clock": REVIEWED | SENT | {"due_on": LATER},
    "a status the stamps don't give": {"status": "board", "due_on": None},
}


@pytest.fixture
def complaint(session: Session) -> Complaint:
    user: User = a_user(session)
    return a_complaint(session, a_decision(session, user, date(2014, 10, 1)), user, law_of(session), CAME)


@contextmanager
def as_it_would_be(session: Session, complaint: Complaint, changes: dict[str, Any]) -> Iterator[None]:
    """Put the row in anew with the changes, past the guards of what is settled."""
    kept = dict(session.execute(select(TABLE).where(TABLE.c.id == complaint.id)).mappings().one())
    with past_the_guards(session), session.begin_nested():
        session.execute(delete(TABLE).where(TABLE.c.id == complaint.id))
        session.execute(insert(TABLE).values(kept | changes))
        yield


@pytest.mark.parametrize("name", RIGHT)
def test_what_can_happen_is_kept(session: Session, complaint: Complaint, name: str) -> None:
    with as_it_would_be(session, complaint, RIGHT[name]):
        assert session.scalar(select(TABLE.c.status)) == RIGHT[name].get("status", "review")


@pytest.mark.parametrize("name", WRONG)
def test_what_can_not_have_happened_is_refused(session: Session, complaint: Complaint, name: str) -> None:
    with pytest.raises(IntegrityError, match="ck_complaint_"), as_it_would_be(session, complaint, WRONG[name]):
        pass


def test_every_constraint_is_met_by_a_state(session: Session, complaint: Complaint) -> None:
    met = set()
    for changes in WRONG.values():
        with pytest.raises(IntegrityError) as refused, as_it_would_be(session, complaint, changes):
            pass
        met.add(next(name for name in WRONG_OTHERWISE if f"ck_complaint_{name}" in str(refused.value.orig)))

    assert set(WRONG_OTHERWISE) - met == set()


def test_every_status_is_reached(session: Session) -> None:
    assert {state.get("status", "review") for state in RIGHT.values()} == set(STATUSES)
    assert {name for name in STATUSES if name in OPEN} == set(OPEN)


def test_a_step_that_is_taken_stays(session: Session, complaint: Complaint) -> None:
    session.execute(update(TABLE).values(**REVIEWED, status="forward"))

    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(update(TABLE).values(outcome="", reviewed_on=None, status="review"))
