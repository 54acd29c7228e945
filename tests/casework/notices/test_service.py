"""Besked om ventetid: the municipality's case time begins with the referral; a missed one is told by letter."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.meetings import deadline_review as by_words
from jobcenter_mentor.casework.notices import service
from jobcenter_mentor.casework.notices.models import DelayNotice
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.models import LocalFigure
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_municipality, a_user
from tests.casework.referrals.test_service import new_referral
from tests.logins import logged_in

WHY = "Vi venter på en udtalelse fra din læge."
DUE = WORKING_DAY + timedelta(weeks=4)
LATER = DUE + timedelta(days=14)


@pytest.fixture
def user(session: Session) -> User:
    a_municipality(session)
    return a_user(session)


@pytest.fixture
def four_weeks(session: Session, user: User) -> None:
    """Let the municipality have published four weeks from 1 January 2014."""
    own = LocalFigure(
        name="local.case_time_weeks",
        valid_from=date(2014, 1, 1),
        value="4",
        proposed_by_id=user.id,
        proposed_on=date(2014, 1, 1),
        approved_by_id=a_user(session).id,
        approved_on=date(2014, 1, 1),
    )
    session.add(own)
    session.flush()


def referred(session: Session, user: User, **changes: Any) -> Referral:
    new = new_referral(**changes)
    return referrals.refer(session, a_citizen(session), new, actor=Actor(user, WORKING_DAY), law=law_of(session))


def told(session: Session, referral: Referral, user: User, expected: date = LATER, on: date = DUE) -> DelayNotice:
    say: dict[str, Any] = {"expected_on": expected, "why": WHY, "actor": Actor(user, on), "law": law_of(session)}
    letter = (service.draft_of_referral(session, referral, **say), b"%PDF")
    return service.tell_of_referral(session, referral, letter=letter, **say)


def clocks(session: Session) -> list[tuple[date, bool]]:
    rows = session.scalars(select(FollowUp).where(FollowUp.kind == "case_time").order_by(FollowUp.id))
    return [(row.due_on, row.done_on is not None) for row in rows]


@pytest.mark.usefixtures("four_weeks")
def test_the_case_time_begins_with_the_referral_and_ends_with_its_end(session: Session, user: User) -> None:
    referral = referred(session, user)
    assert clocks(session) == [(DUE, False)]

    referrals.withdraw(session, referral, reason="Borgeren er flyttet.", actor=Actor(user, WORKING_DAY))

    clock = session.scalars(select(FollowUp)).one()
    assert (clock.dropped_on, clock.section) == (WORKING_DAY, "retssikkerhedsloven § 3, stk. 2")


@pytest.mark.usefixtures("four_weeks")
def test_the_figure_of_the_day_of_referral_counts(session: Session, user: User) -> None:
    referred(session, user, referred_on=date(2013, 12, 31), consulted_on=date(2013, 12, 31))
    referred(session, user, referred_on=date(2014, 1, 1), consulted_on=date(2014, 1, 1))

    assert clocks(session) == [(date(2014, 1, 29), False)]


def test_no_clock_and_no_letter_where_the_municipality_has_entered_no_case_time(session: Session, user: User) -> None:
    referral = referred(session, user)

    assert clocks(session) == []
    with pytest.raises(InvalidTransition, match="sagsbehandlingsfrist er ikke"):
        told(session, referral, user)


@pytest.mark.usefixtures("four_weeks")
def test_who_is_told_gets_a_new_clock_and_may_be_told_again_but_not_the_same(session: Session, user: User) -> None:
    referral = referred(session, user)

    notice = told(session, referral, user)
    with pytest.raises(InvalidTransition, match="allerede fået brev"):
        told(session, referral, user)
    told(session, referral, user, LATER + timedelta(days=7), LATER)

    assert (notice.due_on, notice.told_on, notice.expected_on) == (DUE, DUE, LATER)
    assert clocks(session) == [(DUE, True), (LATER, True), (LATER + timedelta(days=7), False)]
    assert session.scalars(select(Letter.kind)).all() == ["case_time", "case_time"]


@pytest.mark.usefixtures("four_weeks")
@pytest.mark.parametrize(
    ("expected", "why", "field"),
    [
        (DUE, WHY, "expected_on"),
        (date(2015, 10, 16), WHY, "expected_on"),
        (LATER, " ", "why"),
        (LATER, "x" * 1001, "why"),
    ],
)
def test_a_day_that_is_no_delay_or_no_words_are_refused_at_the_field(
    session: Session, user: User, expected: date, why: str, field: str
) -> None:
    referral = referred(session, user)
    say: dict[str, Any] = {
        "expected_on": expected,
        "why": why,
        "actor": Actor(user, WORKING_DAY),
        "law": law_of(session),
    }

    with pytest.raises(ValidationFailed) as refused:
        service.draft_of_referral(session, referral, **say)

    assert set(refused.value.errors) == {field}


@pytest.mark.usefixtures("four_weeks")
def test_a_closed_referral_is_not_written_about_and_its_clock_not_ended_by_words(session: Session, user: User) -> None:
    referral = referred(session, user)
    with pytest.raises(InvalidTransition, match="når sagen er afgjort"):
        by_words.settle(
            session, session.scalars(select(FollowUp)).one(), result="Gjort", actor=Actor(user, WORKING_DAY)
        )
    referrals.withdraw(session, referral, reason="Borgeren er flyttet.", actor=Actor(user, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="er afsluttet"):
        told(session, referral, user)


@pytest.mark.usefixtures("four_weeks")
def test_the_database_keeps_a_notice_as_it_was_and_refuses_what_can_not_be(session: Session, user: User) -> None:
    notice = told(session, referred(session, user), user)

    def refused(match: str, **changes: Any) -> None:
        with pytest.raises(IntegrityError, match=match), session.begin_nested():
            session.execute(update(DelayNotice).values(**changes))

    refused("append-only", expected_on=LATER + timedelta(days=1))
    copied = {
        "citizen_id": notice.citizen_id,
        "team_id": notice.team_id,
        "letter_id": notice.letter_id,
        "why": WHY,
        "by_id": user.id,
        "due_on": DUE,
        "told_on": DUE,
        "referral_id": notice.referral_id,
    }
    for match, changes in (
        ("about_one", {"referral_id": None, "expected_on": LATER}),
        ("expected_is_later", {"expected_on": DUE}),
        ("(?i)unique|append-only", {"expected_on": LATER}),
    ):
        with pytest.raises(IntegrityError, match=match), session.begin_nested():
            session.execute(insert(DelayNotice).values(copied | changes))


@pytest.mark.usefixtures("four_weeks")
def test_the_letter_is_written_from_the_referral(session: Session, client: FlaskClient, user: User) -> None:
    referral = referred(session, user)
    session.commit()
    visitor = logged_in(client.application, session, user)

    assert f"/ventetid/{referral.public_id}" in visitor.get(f"/henvisninger/{referral.public_id}").text
    page = visitor.get(f"/ventetid/{referral.public_id}").text
    refused = visitor.post(f"/ventetid/{referral.public_id}", data={"expected_on": "01-11-2014", "why": WHY})
    kept = visitor.post(f"/ventetid/{referral.public_id}", data={"expected_on": "01-12-2014", "why": WHY})

    assert "Afgørelsen skal være truffet senest 12.11.2014." in page
    assert (refused.status_code, "Vælg en dag efter fristen 12.11.2014" in refused.text) == (422, True)
    assert kept.status_code == 303
    assert "Afgøres senest 01.12.2014" in visitor.get(kept.location).text
