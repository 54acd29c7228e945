"""Mentorregistret: contact data first, dated hours and prices, one price a day."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, NotInForce, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors import contract_hours, place_functions, service
from jobcenter_mentor.people.mentors.models import MentorPrice
from jobcenter_mentor.people.mentors.service import MentorFilter, NewMentor
from jobcenter_mentor.people.suppliers.models import Contract, Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_mentor, a_user

NEW = NewMentor(
    first_name="Samira",
    last_name="Haddad",
    mentor_type="INT",
    phone="+45 20 30 40 50",
    email="samira@example.dk",
    minutes_per_week=1080,
    hours_from=date(2014, 1, 1),
    languages=("Arabisk", "arabisk ", ""),
    competences=("misbrug",),
)


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


@pytest.fixture
def samira(session, coordinator):
    return service.register(session, NEW, actor=Actor(coordinator, WORKING_DAY))


def test_a_mentor_is_registered_with_contact_hours_and_skills(session, samira):
    assert (samira.phone, samira.search_name) == ("20304050", "samira haddad")
    assert [(row.valid_from, row.minutes_per_week) for row in samira.hours] == [(date(2014, 1, 1), 1080)]
    assert [(skill.kind, skill.code) for skill in samira.skills] == [("competence", "misbrug"), ("language", "arabisk")]
    assert session.scalars(select(Event.action)).all() == ["mentor.register"]


def test_a_word_told_as_language_is_no_competence_too(session, coordinator):
    mentor = service.register(
        session, replace(NEW, competences=("Arabisk", "misbrug ")), actor=Actor(coordinator, WORKING_DAY)
    )

    assert [(skill.kind, skill.code) for skill in mentor.skills] == [("competence", "misbrug"), ("language", "arabisk")]


def test_all_wrong_fields_are_told_at_once(session, coordinator):
    wrong = replace(NEW, first_name="Ikke opgivet", mentor_type="XX", phone="00000000", email="x", cvr="1")

    with pytest.raises(ValidationFailed) as refused:
        service.register(session, wrong, actor=Actor(coordinator, WORKING_DAY))

    assert set(refused.value.errors) == {"first_name", "mentor_type", "phone", "email", "cvr"}


@pytest.mark.parametrize(("first", "last"), [("Ikke", "opgivet"), ("Call", "Center")])
def test_a_placeholder_in_two_fields_is_refused_too(session, coordinator, first, last):
    with pytest.raises(ValidationFailed) as refused:
        service.register(session, replace(NEW, first_name=first, last_name=last), actor=Actor(coordinator, WORKING_DAY))

    assert set(refused.value.errors) == {"first_name", "last_name"}


def test_a_volunteer_has_no_price(session, coordinator):
    with pytest.raises(ValidationFailed) as refused:
        service.register(
            session, replace(NEW, mentor_type="FRIV", hourly_price=20000), actor=Actor(coordinator, WORKING_DAY)
        )

    assert refused.value.errors == {"hourly_price": ["En frivillig mentor har ingen timepris."]}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-1, "kan ikke være negative"), (168 * 60 + 1, "Uden for det tilladte"), (37 * 60 + 1, "Skriv hvorfor")],
)
def test_impossible_hours_are_refused(session, coordinator, minutes, said):
    with pytest.raises(ValidationFailed, match=said):
        service.register(session, replace(NEW, minutes_per_week=minutes), actor=Actor(coordinator, WORKING_DAY))


def test_more_than_full_time_is_kept_with_its_reason(session, coordinator):
    told = replace(NEW, minutes_per_week=40 * 60, hours_reason="To deltidsstillinger i projektet")

    mentor = service.register(session, told, actor=Actor(coordinator, WORKING_DAY))

    assert [(row.minutes_per_week, row.reason) for row in mentor.hours] == [(2400, "To deltidsstillinger i projektet")]


def test_an_unknown_language_is_refused_with_the_nearest_known(session, coordinator):
    with pytest.raises(ValidationFailed) as refused:
        service.register(session, replace(NEW, languages=("arabsk", "klingon")), actor=Actor(coordinator, WORKING_DAY))

    assert refused.value.errors["languages"][0] == "Sproget »arabsk« er ikke på listen. Mener du arabisk?"
    assert len(refused.value.errors["languages"]) == 2


def test_a_task_is_not_both_wished_for_and_refused(session, coordinator):
    told = replace(NEW, refused_themes=("letters",), preferred_themes=("letters", "doctor"))

    with pytest.raises(ValidationFailed, match="Ret felterne") as refused:
        service.register(session, told, actor=Actor(coordinator, WORKING_DAY))

    assert refused.value.errors == {
        "refused_themes": ["Både ønsket og afvist: Overblik over post og økonomi. Vælg én af delene."]
    }


def test_experience_themes_and_papers_are_kept_and_told_again(session, coordinator):
    told = replace(
        NEW,
        experience=("abuse",),
        refused_themes=("letters",),
        transport="car",
        education="medium",
        mentor_since=2009,
        proof_on=WORKING_DAY,
        children_clearance_on=date(2014, 1, 2),
    )

    mentor = service.register(session, told, actor=Actor(coordinator, WORKING_DAY))

    again = service.told_of(session, mentor, on=WORKING_DAY)
    for name in ("transport", "education", "mentor_since", "proof_on", "children_clearance_on"):
        assert again[name] == getattr(told, name)
    assert (again["experience"], again["refused_themes"], again["preferred_themes"]) == (["abuse"], ["letters"], [])
    assert mentor.refused_themes == ["letters"]


def test_an_absence_without_end_must_be_said_to_be_until_further_notice(session, coordinator, samira):
    told = {
        "first_day": date(2014, 10, 20),
        "last_day": None,
        "reason": "sygdom",
        "actor": Actor(coordinator, WORKING_DAY),
    }

    with pytest.raises(ValidationFailed, match="indtil videre"):
        contract_hours.add_absence(session, samira, **told)
    absence = contract_hours.add_absence(session, samira, **told, until_further_notice=True)
    with pytest.raises(ValidationFailed, match="overlapper"):
        contract_hours.add_absence(
            session, samira, **(told | {"first_day": date(2015, 1, 5), "last_day": date(2015, 1, 9)})
        )
    was_open = absence.is_open
    contract_hours.end_absence(session, samira, last_day=date(2014, 10, 31), actor=Actor(coordinator, WORKING_DAY))

    assert (was_open, absence.is_open, absence.last_day) == (True, False, date(2014, 10, 31))
    with pytest.raises(ValidationFailed, match="intet fravær"):
        contract_hours.end_absence(session, samira, last_day=date(2014, 10, 31), actor=Actor(coordinator, WORKING_DAY))


def test_hours_that_end_before_they_begin_are_refused(session, coordinator):
    with pytest.raises(ValidationFailed, match="Slutdato ligger før startdato"):
        service.register(session, replace(NEW, hours_to=date(2013, 12, 31)), actor=Actor(coordinator, WORKING_DAY))


def test_new_hours_end_the_open_period_the_day_before(session, coordinator, samira):
    more = replace(NEW, minutes_per_week=600, hours_from=date(2014, 9, 1))

    service.amend(session, samira, more, actor=Actor(coordinator, WORKING_DAY))

    assert [(row.valid_to, row.minutes_per_week) for row in samira.hours] == [(date(2014, 8, 31), 1080), (None, 600)]


def test_hours_may_not_overlap_an_earlier_period(session, coordinator, samira):
    with pytest.raises(ValidationFailed, match=r"overlapper den fra 01\.01\.2014"):
        service.amend(session, samira, replace(NEW, hours_from=date(2013, 6, 1)), actor=Actor(coordinator, WORKING_DAY))


def test_a_period_that_begins_the_same_day_is_corrected_and_may_get_an_end(session, coordinator, samira):
    corrected = replace(NEW, minutes_per_week=600, hours_to=date(2014, 12, 31))

    service.amend(session, samira, corrected, actor=Actor(coordinator, WORKING_DAY))

    assert [(row.valid_to, row.minutes_per_week) for row in samira.hours] == [(date(2014, 12, 31), 600)]


def test_a_stale_form_is_a_conflict(session, coordinator, samira):
    service.amend(session, samira, replace(NEW, area="Nordby"), actor=Actor(coordinator, WORKING_DAY), version=1)

    with pytest.raises(Conflict, match="ændret af en anden"):
        service.amend(session, samira, NEW, actor=Actor(coordinator, WORKING_DAY), version=1)


def test_skills_are_replaced_by_those_of_the_form(session, coordinator, samira):
    service.amend(
        session, samira, replace(NEW, languages=(), competences=("gæld",)), actor=Actor(coordinator, WORKING_DAY)
    )
    session.refresh(samira)

    assert [skill.code for skill in samira.skills] == ["gæld"]


def test_the_form_is_filled_with_what_is_in_force(session, samira):
    told = service.told_of(session, samira, on=WORKING_DAY)

    assert (told["minutes_per_week"], told["languages"], told["hourly_price"]) == (1080, "arabisk", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"languages": ("æ" * 61,)}, "languages"), ({"clearance_on": date(2014, 10, 16)}, "clearance_on")],
)
def test_a_word_too_long_and_a_clearance_not_seen_yet_are_refused(session, coordinator, changes, field):
    with pytest.raises(ValidationFailed) as refused:
        service.register(session, replace(NEW, **changes), actor=Actor(coordinator, WORKING_DAY))

    assert list(refused.value.errors) == [field]


def test_the_same_absence_is_kept_once(session, coordinator, samira):
    days = {"first_day": date(2014, 10, 20), "last_day": date(2014, 10, 24)}
    contract_hours.add_absence(session, samira, **days, reason="ferie", actor=Actor(coordinator, WORKING_DAY))

    with pytest.raises(ValidationFailed, match="står her allerede"):
        contract_hours.add_absence(session, samira, **days, reason="ferie", actor=Actor(coordinator, WORKING_DAY))

    assert len(samira.absences) == 1


def test_the_same_mentor_is_registered_once(session, coordinator, samira):
    with pytest.raises(ValidationFailed, match="allerede oprettet"):
        service.register(session, NEW, actor=Actor(coordinator, WORKING_DAY))


def test_the_same_function_is_made_once(session, coordinator, samira):
    told = {"workplace": "Hallen", "minutes_per_week": 360, "places": 4, "valid_from": WORKING_DAY}
    place_functions.place_function(session, samira, **told, actor=Actor(coordinator, WORKING_DAY))

    with pytest.raises(ValidationFailed) as refused:
        place_functions.place_function(session, samira, **told, actor=Actor(coordinator, WORKING_DAY))

    assert list(refused.value.errors) == ["workplace"]


def test_absence_needs_its_days_in_order(session, coordinator, samira):
    with pytest.raises(ValidationFailed, match="før startdato"):
        contract_hours.add_absence(
            session,
            samira,
            first_day=date(2014, 11, 2),
            last_day=date(2014, 11, 1),
            reason="orlov",
            actor=Actor(coordinator, WORKING_DAY),
        )


@pytest.mark.parametrize(("places", "minutes"), [(0, 300), (4, 0)])
def test_a_place_function_needs_places_and_hours(session, coordinator, samira, places, minutes):
    with pytest.raises(ValidationFailed):
        place_functions.place_function(
            session,
            samira,
            workplace="Kantinen",
            places=places,
            minutes_per_week=minutes,
            valid_from=WORKING_DAY,
            actor=Actor(coordinator, WORKING_DAY),
        )


def test_the_own_price_of_the_day_comes_first(session, law):
    mentor = a_mentor(session)
    mentor.prices += [
        MentorPrice(valid_from=date(2014, 1, 1), hourly_price=32000),
        MentorPrice(valid_from=date(2014, 10, 16), hourly_price=35000),
    ]

    assert service.price_on(session, mentor, WORKING_DAY, law) == 32000
    assert service.price_on(session, mentor, date(2014, 10, 16), law) == 35000


@pytest.mark.parametrize(("day", "price"), [(date(2014, 6, 30), 41000), (date(2014, 7, 1), 42500)])
def test_a_suppliers_mentor_costs_what_the_contract_of_the_day_says(session, law, day, price):
    supplier = Supplier(name="Fremad ApS")
    supplier.contracts = [
        Contract(valid_from=date(2014, 1, 1), valid_to=date(2014, 6, 30), hourly_price=41000),
        Contract(valid_from=date(2014, 7, 1), hourly_price=42500),
    ]
    session.add(supplier)
    session.flush()
    mentor = a_mentor(session, mentor_type="EKST", supplier_id=supplier.id)

    assert service.price_on(session, mentor, day, law) == price


def test_the_standard_price_holds_without_another_and_a_volunteer_is_free(session, law):
    assert service.price_on(session, a_mentor(session), WORKING_DAY, law) == law.on(WORKING_DAY).whole(
        "local.standard_price.INT"
    )
    assert service.price_on(session, a_mentor(session, mentor_type="FRIV"), WORKING_DAY, law) == 0


def test_a_missing_price_names_mentor_and_day(session):
    mentor = a_mentor(session, last_name="Haddad")

    with pytest.raises(NotInForce, match=r"Samira Haddad har ingen timepris den 15\.10\.2014"):
        service.price_on(session, mentor, WORKING_DAY, Law({}))


def test_the_list_holds_active_mentors_by_name_and_type(session, coordinator):
    a_mentor(session, first_name="Yusuf", last_name="Demir", mentor_type="EKST")
    a_mentor(session, first_name="Anders", last_name="Riis")
    a_mentor(session, first_name="Gerd", last_name="Gået", active_to=date(2014, 10, 14))

    def names(wanted):
        return [one.first_name for one in service.list_mentors(session, wanted, actor=Actor(coordinator, WORKING_DAY))]

    assert names(MentorFilter()) == ["Anders", "Yusuf"]
    assert names(MentorFilter(mentor_type="EKST")) == ["Yusuf"]
    assert names(MentorFilter(text="RII")) == ["Anders"]


def test_a_mentor_sees_only_the_own_row(session):
    own, other = a_mentor(session), a_mentor(session)
    mentor_user = a_user(session, "MI", mentor=own)

    assert service.get_mentor(session, own.public_id, actor=Actor(mentor_user, WORKING_DAY)) is own
    with pytest.raises(NotFound):
        service.get_mentor(session, other.public_id, actor=Actor(mentor_user, WORKING_DAY))


@pytest.mark.parametrize(
    ("name", "phone", "email", "field"),
    [
        (("SAMIRA", "HADDAD"), "99887766", "SAMIRA@example.dk", "email"),
        (("Haddad,", "Samira"), "20304050", "ny@example.dk", "phone"),
        (("Samira B.", "Haddad"), "20304050", "ny@example.dk", "phone"),
    ],
)
def test_nobody_gets_a_second_row_by_writing_the_name_in_another_way(
    session, coordinator, samira, name, phone, email, field
):
    new = replace(NEW, first_name=name[0], last_name=name[1], phone=phone, email=email)

    with pytest.raises(ValidationFailed) as refused:
        service.register(session, new, actor=Actor(coordinator, WORKING_DAY))

    assert list(refused.value.errors) == [field]
    assert "Samira Haddad" in refused.value.message
