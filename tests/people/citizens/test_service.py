"""Borgere: registered once, found exactly, seen by their own team only."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, select

from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import A_YEAR_AHEAD
from jobcenter_mentor.people.citizens import considerations, service
from jobcenter_mentor.people.citizens.considerations import NewConsideration
from jobcenter_mentor.people.citizens.service import CitizenFilter, ContactData, NewCitizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures import loader
from tests.builders import WORKING_DAY, a_citizen, a_team, a_user, nobodys_cpr

CPR = nobodys_cpr(7, date(1990, 5, 6))


def new_citizen(team_id, **changes):
    new = NewCitizen(
        cpr=CPR,
        first_name="Mette",
        last_name="Østergård Jensen",
        team_id=team_id,
        benefit="kontanthjaelp",
        visitation="aktivitetsparat",
        status_from=date(2014, 6, 2),
    )
    return replace(new, **changes)


def contact_of(citizen, **changes):
    values = {name: getattr(citizen, name) for name in ContactData.__dataclass_fields__}
    return ContactData(**(values | changes))


def events(session, action):
    session.flush()
    return session.scalars(select(Event).where(Event.action == action)).all()


def test_a_citizen_is_registered_with_birth_date_and_first_status(session):
    user = a_user(session)

    citizen = service.register(
        session, new_citizen(a_team(session).id), actor=Actor(user, WORKING_DAY), law=loader.law()
    )

    assert citizen.birth_date == date(1990, 5, 6)
    assert citizen.status_on(WORKING_DAY).visitation == "aktivitetsparat"
    assert citizen.status_on(date(2014, 6, 1)) is None
    assert events(session, "citizen.register")[0].citizen_ids == [citizen.id]


def test_the_same_cpr_number_twice_is_a_conflict_that_names_it_masked(session):
    user, team = a_user(session), a_team(session)
    service.register(session, new_citizen(team.id), actor=Actor(user, WORKING_DAY), law=loader.law())

    with pytest.raises(Conflict, match=r"060590-\*\*\*\*") as refused:
        service.register(
            session, new_citizen(team.id, cpr=f"{CPR[:6]}-{CPR[6:]}"), actor=Actor(user, WORKING_DAY), law=loader.law()
        )

    assert CPR[6:] not in refused.value.message


@pytest.mark.parametrize("cpr", ["310290-1234", "123", "abcdef-1234", "060590123", "٠٦٠٥٩٠-١٢٣٤", "010135-4111"])
def test_an_impossible_cpr_number_is_refused_at_its_field(session, cpr):
    user, team = a_user(session), a_team(session)

    with pytest.raises(ValidationFailed) as refused:
        service.register(session, new_citizen(team.id, cpr=cpr), actor=Actor(user, WORKING_DAY), law=loader.law())

    assert list(refused.value.errors) == ["cpr"]


def test_a_visitation_that_does_not_fit_the_benefit_is_refused(session):
    user, team = a_user(session), a_team(session)

    with pytest.raises(ValidationFailed) as refused:
        service.register(
            session,
            new_citizen(team.id, visitation="uddannelsesparat"),
            actor=Actor(user, WORKING_DAY),
            law=loader.law(),
        )

    assert "visitation" in refused.value.errors


def test_nobody_registers_a_citizen_of_another_team(session):
    user, other = a_user(session), a_team(session, "Team Voksen")

    with pytest.raises(NotAllowed):
        service.register(session, new_citizen(other.id), actor=Actor(user, WORKING_DAY), law=loader.law())


def test_a_citizen_of_ones_own_team_is_found_by_the_exact_number(session):
    user, citizen = a_user(session), a_citizen(session, cpr=CPR)

    assert service.find_by_cpr(session, f"{CPR[:6]}-{CPR[6:]}", actor=Actor(user, WORKING_DAY)) is citizen
    assert len(events(session, "citizen.find")) == 1


def test_a_citizen_of_another_team_is_not_found_and_the_try_is_logged(session):
    user = a_user(session)
    citizen = a_citizen(session, cpr=CPR, team_id=a_team(session, "Team Voksen").id)

    assert service.find_by_cpr(session, CPR, actor=Actor(user, WORKING_DAY)) is None

    refused = events(session, "citizen.find")
    assert [(row.refused, row.citizen_ids) for row in refused] == [(True, [citizen.id])]


def test_an_unknown_and_a_foreign_id_are_both_not_found(session):
    user = a_user(session)
    foreign = a_citizen(session, team_id=a_team(session, "Team Voksen").id)

    for public_id in (foreign.public_id, "11111111-2222-4333-8444-555555555555"):
        with pytest.raises(NotFound, match="Borgeren findes ikke"):
            service.get_profile(session, public_id, actor=Actor(user, WORKING_DAY))


def test_the_profile_tells_team_caseworker_and_age(session):
    user = a_user(session, full_name="Lone Kjærgaard")
    citizen = a_citizen(session, caseworker_id=user.id, birth_date=date(1984, 10, 16))

    profile = service.get_profile(session, citizen.public_id, actor=Actor(user, WORKING_DAY))

    assert (profile.team, profile.caseworker, profile.age) == ("Team Unge", "Lone Kjærgaard", 29)
    assert profile.masked_cpr.endswith("-****")


def test_a_change_of_status_is_a_new_row_from_its_day(session):
    user, citizen = a_user(session), a_citizen(session)

    service.set_status(
        session,
        citizen,
        benefit="sygedagpenge",
        visitation=None,
        valid_from=date(2014, 9, 1),
        actor=Actor(user, WORKING_DAY),
        law=loader.law(),
    )

    assert citizen.status_on(date(2014, 8, 31)).benefit == "kontanthjaelp"
    assert citizen.status_on(date(2014, 9, 1)).benefit == "sygedagpenge"


@pytest.mark.parametrize(("day", "is_taken"), [(date(2015, 10, 14), True), (date(2015, 10, 15), False)])
def test_a_benefit_from_a_year_ahead_is_told_to_be_a_mistyped_year(session, day, is_taken):
    user, citizen = a_user(session), a_citizen(session)
    change = {"benefit": "dagpenge", "visitation": None, "valid_from": day}

    if is_taken:
        kept = service.set_status(session, citizen, **change, actor=Actor(user, WORKING_DAY), law=loader.law())
        assert kept.valid_from == day
        return
    with pytest.raises(ValidationFailed) as refused:
        service.set_status(session, citizen, **change, actor=Actor(user, WORKING_DAY), law=loader.law())
    assert refused.value.errors["valid_from"] == [A_YEAR_AHEAD]


def test_what_is_to_be_regarded_from_a_year_ahead_is_told_to_be_a_mistyped_year(session):
    user, citizen = a_user(session), a_citizen(session)
    new = NewConsideration("interpreter", valid_from=date(2024, 10, 1), language="arabisk")

    with pytest.raises(ValidationFailed) as refused:
        considerations.record(session, citizen, new, actor=Actor(user, WORKING_DAY))
    assert refused.value.errors["valid_from"] == [A_YEAR_AHEAD]


def test_a_status_of_the_same_day_is_replaced_with_a_note_only(session):
    user, citizen = a_user(session), a_citizen(session, status_from=date(2014, 9, 1))
    change = {"benefit": "kontanthjaelp", "visitation": "jobparat", "valid_from": date(2014, 9, 1)}

    with pytest.raises(ValidationFailed) as refused:
        service.set_status(session, citizen, **change, actor=Actor(user, WORKING_DAY), law=loader.law())
    service.set_status(session, citizen, **change, note="Tastefejl", actor=Actor(user, WORKING_DAY), law=loader.law())

    assert list(refused.value.errors) == ["note"]
    assert [row.visitation for row in citizen.statuses] == ["jobparat"]
    assert events(session, "citizen.status")[0].detail["replaced"] == ["kontanthjaelp", "aktivitetsparat", None]


def test_a_stale_form_does_not_overwrite_what_somebody_else_saved(session):
    user, citizen = a_user(session), a_citizen(session)
    opened = citizen.version
    service.amend_contact(
        session, citizen, contact_of(citizen, phone="1"), version=opened, actor=Actor(user, WORKING_DAY)
    )

    with pytest.raises(Conflict):
        service.amend_contact(
            session, citizen, contact_of(citizen, phone="2"), version=opened, actor=Actor(user, WORKING_DAY)
        )

    assert citizen.phone == "1"


def test_a_new_name_is_found_by_search(session):
    user, citizen = a_user(session), a_citizen(session)
    renamed = contact_of(citizen, first_name="Åse", last_name="Bæk")

    service.amend_contact(session, citizen, renamed, version=citizen.version, actor=Actor(user, WORKING_DAY))

    assert [row.id for row in service.search(session, "åse", actor=Actor(user, WORKING_DAY))] == [citizen.id]


def test_the_full_cpr_number_of_ones_own_team_needs_no_reason_but_is_logged(session):
    user, citizen = a_user(session), a_citizen(session, cpr=CPR)

    assert service.show_cpr(session, citizen, actor=Actor(user, WORKING_DAY)) == f"{CPR[:6]}-{CPR[6:]}"
    assert len(events(session, "citizen.cpr")) == 1


def test_a_controller_gives_a_reason_for_the_full_cpr_number(session):
    controller, citizen = a_user(session, "ØK"), a_citizen(session, cpr=CPR)

    with pytest.raises(ValidationFailed) as refused:
        service.show_cpr(session, citizen, actor=Actor(controller, WORKING_DAY))
    shown = service.show_cpr(session, citizen, actor=Actor(controller, WORKING_DAY), reason="Faktura uden navn")

    assert list(refused.value.errors) == ["reason"]
    assert shown.endswith(CPR[6:])


def test_an_administrator_never_sees_a_cpr_number(session):
    administrator, citizen = a_user(session, "AD"), a_citizen(session)

    with pytest.raises(NotAllowed):
        service.show_cpr(session, citizen, actor=Actor(administrator, WORKING_DAY), reason="Bare lige et øjeblik")


def test_a_protected_address_is_shown_to_a_caseworker_with_a_reason(session):
    user = a_user(session)
    citizen = a_citizen(session, protected=True, address="Åvej 3, 9999 Sønderå")

    with pytest.raises(ValidationFailed):
        service.show_protected(session, citizen, actor=Actor(user, WORKING_DAY), reason="")
    shown = service.show_protected(session, citizen, actor=Actor(user, WORKING_DAY), reason="Brev skal sendes i dag")

    assert shown == ("Emil Krogh", "Åvej 3", "9999 Sønderå")


def test_the_list_holds_ones_own_team_and_its_count(session):
    user = a_user(session)
    for number in range(53):
        a_citizen(session, last_name=f"Nr {number:02d}")
    a_citizen(session, team_id=a_team(session, "Team Voksen").id)

    second = service.list_citizens(session, CitizenFilter(page=2), actor=Actor(user, WORKING_DAY))

    assert (second.count, len(second.rows), second.pages) == (53, 3, 2)
    assert second.rows[0].last_name == "Nr 50"


def test_the_list_filters_by_the_status_of_the_day(session):
    user = a_user(session)
    changed = a_citizen(session)
    a_citizen(session)
    service.set_status(
        session,
        changed,
        benefit="dagpenge",
        visitation=None,
        valid_from=date(2014, 10, 15),
        actor=Actor(user, WORKING_DAY),
        law=loader.law(),
    )

    page = service.list_citizens(session, CitizenFilter(benefit="dagpenge"), actor=Actor(user, WORKING_DAY))
    before = service.list_citizens(session, CitizenFilter(benefit="dagpenge"), actor=Actor(user, date(2014, 10, 14)))

    assert ([row.id for row in page.rows], page.count) == ([changed.id], 1)
    assert before.count == 0


@pytest.mark.parametrize("sort", ["name", "-birth", "since", "-caseworker", "'; drop table citizen"])
def test_the_list_sorts_by_known_columns_only(session, sort):
    user = a_user(session)
    a_citizen(session)

    assert service.list_citizens(session, CitizenFilter(sort=sort), actor=Actor(user, WORKING_DAY)).count == 1


def test_a_page_of_the_list_takes_two_statements(session):
    user = a_user(session)
    a_citizen(session)
    session.commit()
    statements = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: statements.append(given[2]))

    service.list_citizens(session, CitizenFilter(benefit="kontanthjaelp"), actor=Actor(user, WORKING_DAY))
    session.flush()

    kinds = [statement.split()[0] for statement in statements if "citizen" in statement]
    assert kinds == ["SELECT", "INSERT"]


@pytest.mark.parametrize("typed", ["Mette Jensen", "jensen", "østerg met", "METTE"])
def test_parts_of_names_find_the_citizen(session, typed):
    user = a_user(session)
    wanted = service.register(
        session, new_citizen(a_team(session).id), actor=Actor(user, WORKING_DAY), law=loader.law()
    )
    a_citizen(session, first_name="Anne", last_name="Mettesen-Nielsen")

    found = service.search(session, typed, actor=Actor(user, WORKING_DAY))

    assert wanted.id in [row.id for row in found]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "ens", "mette nielsen", "' or 1=1 --"])
def test_what_is_no_beginning_of_a_name_finds_nobody(session, typed):
    user = a_user(session)
    service.register(session, new_citizen(a_team(session).id), actor=Actor(user, WORKING_DAY), law=loader.law())

    assert service.search(session, typed, actor=Actor(user, WORKING_DAY)) == []


def test_search_stays_within_the_team(session):
    user = a_user(session)
    a_citizen(session, first_name="Mette", team_id=a_team(session, "Team Voksen").id)

    assert service.search(session, "Mette", actor=Actor(user, WORKING_DAY)) == []
