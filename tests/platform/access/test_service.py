"""Brugere og roller: what may be given to whom, and that each act is logged."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from argon2 import PasswordHasher, Type
from argon2.profiles import CHEAPEST
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access import passwords, service, sessions
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, roles_on
from jobcenter_mentor.platform.access.service import NewRole
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_team, a_user

FROM = date(2014, 10, 1)


def test_a_password_is_kept_as_argon2id_only(session: Session) -> None:
    user = service.add_user(session, username="Anna", full_name="Anna Holm", password="en lang adgangskode", by=None)

    assert user.password_hash.startswith("$argon2id$")
    assert passwords.matches(user.password_hash, "en lang adgangskode")
    assert not passwords.matches(user.password_hash, "en anden adgangskode")


def test_the_product_hashes_as_dearly_as_rfc_9106_asks_where_memory_is_scarce(hashing_in_use: PasswordHasher) -> None:
    assert (hashing_in_use.type, hashing_in_use.time_cost, hashing_in_use.memory_cost) == (Type.ID, 3, 64 * 1024)


def test_nobody_logs_in_with_an_empty_hash() -> None:
    assert not passwords.matches("", "ingen har denne adgangskode")
    assert not passwords.matches("ikke en hash", "hvad som helst")


@pytest.mark.parametrize("password", ["ni tegn så", "", "x" * 201])
def test_a_password_of_fewer_than_ten_or_too_many_characters_is_refused(session: Session, password: str) -> None:
    if len(password) == 10:
        password = password[:9]
    with pytest.raises(ValidationFailed, match="mellem 10 og 200 tegn"):
        service.set_password(session, a_user(session), password, by=None)


def test_names_are_used_once_whatever_the_case(session: Session) -> None:
    service.add_user(session, username="anna", full_name="Anna", by=None)

    with pytest.raises(Conflict, match="anna"):
        service.add_user(session, username=" ANNA ", full_name="En anden", by=None)


@pytest.mark.parametrize(("role", "field"), [("SB", "reach"), ("LK", "reach"), ("MI", "reach"), ("XX", "role")])
def test_a_role_needs_what_it_reaches(session: Session, role: str, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        service.assign_role(session, a_user(session, None), NewRole(role, FROM), by=None)

    assert field in refused.value.errors


def test_a_role_cannot_end_before_it_begins(session: Session) -> None:
    with pytest.raises(ValidationFailed) as refused:
        service.assign_role(session, a_user(session, None), NewRole("RE", FROM, date(2014, 9, 30)), by=None)

    assert refused.value.errors == {"valid_to": ["Rollens sidste dag ligger før dens første. Ret en af dem."]}


@pytest.mark.parametrize(("held", "wanted"), [("AD", "TL"), ("TL", "AD"), ("ØK", "AD")])
def test_administration_is_kept_apart_from_the_cases(session: Session, held: str, wanted: str) -> None:
    user = a_user(session, held)

    with pytest.raises(ValidationFailed, match="administrator"):
        service.assign_role(session, user, NewRole(wanted, FROM), by=None)


def test_a_former_caseworker_may_become_administrator(session: Session) -> None:
    user = a_user(session, "SB")
    service.end_role(session, user, user.roles[0].id, actor=Actor(user, FROM))

    service.assign_role(session, user, NewRole("AD", FROM), by=None)

    assert [role.role for role in roles_on(user, FROM)] == ["AD"]


def test_a_role_taken_away_is_gone_the_same_day_and_logged(session: Session) -> None:
    user, administrator = a_user(session, "SB"), a_user(session, "AD")

    service.end_role(session, user, user.roles[0].id, actor=Actor(administrator, WORKING_DAY))

    assert roles_on(user, WORKING_DAY) == []
    event = session.scalars(select(Event).where(Event.action == "role.end")).one()
    assert (event.user_id, event.subject_id, event.detail) == (administrator.id, user.public_id, {"role": "SB"})


def test_the_role_of_somebody_else_is_not_found(session: Session) -> None:
    user, other = a_user(session, "SB"), a_user(session, "SB")

    with pytest.raises(NotFound):
        service.end_role(session, user, other.roles[0].id, actor=Actor(user, WORKING_DAY))


def test_a_team_leader_oversees_the_users_of_the_team(session: Session) -> None:
    leader, member = a_user(session, "TL"), a_user(session, "SB")
    a_user(session, "SB", team=a_team(session, "Team Job"))

    assert set(service.overseen_users(session, actor=Actor(leader, WORKING_DAY))) == {leader.id, member.id}
    assert service.overseen_users(session, actor=Actor(a_user(session, "RE"), WORKING_DAY)) is None


def test_the_command_line_is_a_user_without_password(session: Session) -> None:
    user = service.command_line_user(session, on=WORKING_DAY)

    assert service.command_line_user(session, on=WORKING_DAY) is user
    assert user.password_hash == ""
    assert may(user, "import.cases", on=WORKING_DAY)


def test_a_user_without_a_name_is_refused(session: Session) -> None:
    with pytest.raises(ValidationFailed, match="både brugernavn og navn"):
        service.add_user(session, username="anna", full_name=" ", by=None)


def test_a_closed_user_gets_no_role_and_is_not_closed_twice(session: Session) -> None:
    user, administrator = a_user(session, "SB"), a_user(session, "AD")
    service.close_user(session, user, by=administrator)

    with pytest.raises(InvalidTransition, match="kan ikke få en rolle"):
        service.assign_role(session, user, NewRole("RE", FROM), by=administrator)
    with pytest.raises(InvalidTransition, match="allerede lukket"):
        service.close_user(session, user, by=administrator)


def test_nobody_closes_the_own_user(session: Session) -> None:
    administrator = a_user(session, "AD")

    with pytest.raises(NotAllowed, match="din egen bruger"):
        service.close_user(session, administrator, by=administrator)
    assert administrator.active


def test_a_role_is_taken_away_once(session: Session) -> None:
    user = a_user(session, "SB")
    service.end_role(session, user, user.roles[0].id, actor=Actor(user, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="allerede frataget"):
        service.end_role(session, user, user.roles[0].id, actor=Actor(user, WORKING_DAY))


def test_a_role_is_given_once_in_the_same_days(session: Session) -> None:
    user = a_user(session, "RE")
    service.end_role(session, user, user.roles[0].id, actor=Actor(user, FROM))

    service.assign_role(session, user, NewRole("RE", FROM), by=None)

    with pytest.raises(Conflict, match=r"allerede rollen fra 01\.10\.2014"):
        service.assign_role(session, user, NewRole("RE", WORKING_DAY), by=None)


def test_an_unknown_user_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="Brugeren findes ikke"):
        service.get_user(session, "ingen")


def test_an_old_hash_is_renewed_at_the_next_login(session: Session) -> None:
    user, old = a_user(session), PasswordHasher.from_parameters(replace(CHEAPEST, time_cost=2))
    user.password_hash = old.hash("en lang adgangskode")
    session.flush()
    before, at = user.password_hash, datetime(2014, 10, 15, 8, tzinfo=UTC)
    attempt = sessions.attempt_by(session, user.username, "192.0.2.1", at=at)

    assert sessions.answer(session, attempt, "en lang adgangskode", right=True, at=at)

    session.refresh(user)
    assert user.password_hash != before
    assert passwords.matches(user.password_hash, "en lang adgangskode")


def test_a_first_try_is_heard_at_once(session: Session) -> None:
    attempt = sessions.attempt_by(session, "anna", "192.0.2.1", at=datetime(2014, 10, 15, 8, tzinfo=UTC))

    assert attempt.heard_again == ""
