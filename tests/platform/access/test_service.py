"""Brugere og roller: what may be given to whom, and that each act is logged."""

from datetime import date

import pytest
from argon2 import PasswordHasher, Type
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.platform.access import passwords, service
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
