"""Stedfortrædere: each deadline has one holder a day, nothing is lost, and nobody takes over across teams."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import queries as lists
from jobcenter_mentor.casefile.followups import service
from jobcenter_mentor.casefile.followups.queries import DueFilter
from jobcenter_mentor.domain.kernel.errors import (
    Conflict,
    DomainError,
    InvalidTransition,
    NotAllowed,
    NotFound,
    ValidationFailed,
)
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import lateness
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.deputies import AbsenceEntry
from jobcenter_mentor.platform.access.models import Absence, User
from tests.builders import WORKING_DAY, a_team, a_user
from tests.casefile.followups.test_service import a_deadline, planned

MINE = DueFilter(mine=True)
WEEK = timedelta(days=7)


def away(session: Session, user: User, deputy: User | None, *, by: User | None = None, days: int = 7) -> Absence:
    absence = AbsenceEntry(
        user.public_id, WORKING_DAY, WORKING_DAY + timedelta(days=days), deputy.public_id if deputy else ""
    )
    return deputies.record_absence(session, absence, actor=Actor(by or user, WORKING_DAY))


def held(session: Session, user: User, on: date = WORKING_DAY) -> int:
    return lists.count_due(session, actor=Actor(user, on), chosen=MINE)


def at_leader(session: Session, leader: User, law: Law, on: date = WORKING_DAY) -> int:
    return lists.count_due(session, actor=Actor(leader, on), chosen=DueFilter(late=lateness(on, law.on(on))))


def test_the_deputy_has_the_deadlines_from_the_first_day_and_the_owner_again_after_the_last(session: Session) -> None:
    owner, deputy = a_user(session), a_user(session)
    planned(session, owner, a_deadline(due=WORKING_DAY + 2 * WEEK))
    away(session, owner, deputy)

    days = (WORKING_DAY - timedelta(days=1), WORKING_DAY, WORKING_DAY + WEEK, WORKING_DAY + timedelta(days=8))
    assert [(held(session, owner, day), held(session, deputy, day)) for day in days] == [(1, 0), (0, 1), (0, 1), (1, 0)]


def test_the_list_names_the_deputy(session: Session) -> None:
    owner, deputy = a_user(session), a_user(session, full_name="Tove Aggerholm")
    planned(session, owner)
    away(session, owner, deputy)

    row = lists.list_due(session, actor=Actor(deputy, WORKING_DAY), chosen=MINE)[0]

    assert (row.owner, row.deputy) == (owner.full_name, "Tove Aggerholm")


def test_without_a_deputy_who_is_there_the_deadline_stays_and_the_leader_sees_it(session: Session, law: Law) -> None:
    owner, deputy, leader = a_user(session), a_user(session), a_user(session, "TL")
    planned(session, owner)
    assert at_leader(session, leader, law) == 0
    absence = away(session, owner, None)

    assert (held(session, owner), at_leader(session, leader, law)) == (1, 1)
    deputies.set_deputy(session, absence, deputy.public_id, by=leader)
    assert (held(session, deputy), at_leader(session, leader, law)) == (1, 0)
    away(session, deputy, None)
    assert (held(session, owner), held(session, deputy), at_leader(session, leader, law)) == (1, 0, 1)


def test_a_closed_deputy_holds_nothing(session: Session) -> None:
    owner, deputy = a_user(session), a_user(session)
    planned(session, owner)
    away(session, owner, deputy)

    deputy.active = False
    session.flush()

    assert (held(session, owner), held(session, deputy)) == (1, 0)


def test_back_before_time_gives_the_cases_back_at_once(session: Session) -> None:
    owner, deputy = a_user(session), a_user(session)
    planned(session, owner)
    absence = away(session, owner, deputy)

    deputies.end_absence(session, absence, actor=Actor(owner, WORKING_DAY))

    assert (held(session, owner), held(session, deputy)) == (1, 0)


def test_nobody_takes_over_across_teams(session: Session) -> None:
    owner, stranger = a_user(session), a_user(session, team=a_team(session, "Team Aktiv"))

    with pytest.raises(ValidationFailed) as refused:
        away(session, owner, stranger)

    assert refused.value.errors == {"deputy": ["Stedfortræderen skal være i samme team."]}


@pytest.mark.parametrize(
    ("role", "team", "refused"),
    [("SB", "Team Unge", NotAllowed), ("TL", "Team Unge", None), ("TL", "Team Aktiv", NotAllowed)],
)
def test_only_the_own_team_leader_writes_a_colleagues_absence(
    session: Session, role: str, team: str, refused: type[DomainError] | None
) -> None:
    owner, writer = a_user(session), a_user(session, role, team=a_team(session, team))

    if refused is None:
        assert away(session, owner, None, by=writer).user_id == owner.id
    else:
        with pytest.raises(refused):
            away(session, owner, None, by=writer)


def test_two_absences_may_not_overlap(session: Session) -> None:
    owner = a_user(session)
    away(session, owner, None)

    with pytest.raises(Conflict, match="allerede"):
        away(session, owner, None)


def test_a_late_deadline_goes_to_the_leader_by_its_legal_class(session: Session, law: Law) -> None:
    by, leader = a_user(session), a_user(session, "TL")
    planned(session, by, a_deadline("agreement", authority="law"), a_deadline("review"), a_deadline("report"))

    days = [date(2014, 10, 15), date(2014, 10, 16), date(2014, 10, 21), date(2014, 10, 22)]

    assert [at_leader(session, leader, law, day) for day in days] == [0, 1, 1, 3]


def test_put_off_it_is_out_of_sight_until_the_day_but_not_to_the_leader(session: Session, law: Law) -> None:
    by, leader = a_user(session), a_user(session, "TL")
    row = planned(session, by)[0]

    service.snooze(session, row, until=date(2014, 10, 27), reason="Ferie", actor=Actor(by, WORKING_DAY), law=law)

    assert [held(session, by, day) for day in (WORKING_DAY, date(2014, 10, 26), date(2014, 10, 27))] == [0, 0, 1]
    assert lists.count_due(session, actor=Actor(by, WORKING_DAY), chosen=DueFilter(mine=True, snoozed=True)) == 1
    assert at_leader(session, leader, law, date(2014, 10, 23)) == 1
    service.wake(session, row, by=by)
    assert held(session, by) == 1


@pytest.mark.parametrize(
    ("authority", "until", "reason", "at"),
    [
        ("local", date(2014, 10, 30), "Ferie", "until"),
        ("local", WORKING_DAY, "Ferie", "until"),
        ("local", date(2014, 10, 20), " ", "reason"),
        ("law", date(2014, 10, 16), "Ferie", "until"),
    ],
)
def test_too_long_a_delay_is_refused_at_the_field(
    session: Session, law: Law, authority: str, until: date, reason: str, at: str
) -> None:
    by = a_user(session)
    row = planned(session, by, a_deadline(authority=authority))[0]

    with pytest.raises(ValidationFailed) as refused:
        service.snooze(session, row, until=until, reason=reason, actor=Actor(by, WORKING_DAY), law=law)

    assert list(refused.value.errors) == [at]
    assert row.snoozed_until is None


def test_what_is_done_is_not_put_off(session: Session, law: Law) -> None:
    by = a_user(session)
    row = planned(session, by)[0]
    service.settle(session, row, result="Gjort", actor=Actor(by, WORKING_DAY))

    with pytest.raises(InvalidTransition):
        service.snooze(session, row, until=date(2014, 10, 20), reason="Ferie", actor=Actor(by, WORKING_DAY), law=law)


def test_an_absence_that_has_not_begun_is_withdrawn_and_one_that_has_ends_the_day_before(session: Session) -> None:
    owner = a_user(session)
    running = away(session, owner, None)
    entry = AbsenceEntry(owner.public_id, WORKING_DAY + 4 * WEEK, WORKING_DAY + 5 * WEEK, "")
    later = deputies.record_absence(session, entry, actor=Actor(owner, WORKING_DAY))

    deputies.end_absence(session, later, actor=Actor(owner, WORKING_DAY))
    deputies.end_absence(session, running, actor=Actor(owner, WORKING_DAY + timedelta(days=3)))

    assert (later.withdrawn_on, running.last_day) == (WORKING_DAY, WORKING_DAY + timedelta(days=2))
    for over in (later, running):
        with pytest.raises(InvalidTransition, match="allerede slut"):
            deputies.end_absence(session, over, actor=Actor(owner, WORKING_DAY + WEEK))


def test_an_absence_out_of_reach_is_not_found(session: Session) -> None:
    owner, stranger = a_user(session), a_user(session, team=a_team(session, "Team Aktiv"))
    absence = away(session, owner, None)

    assert deputies.get_absence(session, absence.public_id, actor=Actor(owner, WORKING_DAY)) is absence
    with pytest.raises(NotFound, match="Fraværet findes ikke"):
        deputies.get_absence(session, absence.public_id, actor=Actor(stranger, WORKING_DAY))


def test_nobody_is_the_own_deputy(session: Session) -> None:
    owner = a_user(session)

    with pytest.raises(ValidationFailed) as refused:
        away(session, owner, owner)

    assert refused.value.errors == {"deputy": ["Man kan ikke være sin egen stedfortræder."]}


def test_somebody_without_cases_has_none_to_hand_on(session: Session) -> None:
    administrator = a_user(session, "AD")

    with pytest.raises(ValidationFailed) as refused:
        away(session, administrator, None)

    assert refused.value.errors == {"user": ["Har ingen sager den dag."]}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1, 0, "Sidste dag ligger før første dag."),
        (-3, -1, "Fraværet er slut. Skriv fravær, der varer til i dag eller længere."),
        (0, 400, "Højst et år ad gangen."),
    ],
)
def test_impossible_days_are_refused_at_the_field(session: Session, first: int, last: int, said: str) -> None:
    owner = a_user(session)
    days = (WORKING_DAY + timedelta(days=first), WORKING_DAY + timedelta(days=last))

    with pytest.raises(ValidationFailed) as refused:
        deputies.record_absence(session, AbsenceEntry(owner.public_id, *days, ""), actor=Actor(owner, WORKING_DAY))

    assert refused.value.errors == {"last_day": [said]}
