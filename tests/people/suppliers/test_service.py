"""Leverandører: contracts with dated prices that never overlap."""

from dataclasses import replace
from datetime import date

import pytest

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.domain.kernel.errors import NotFound, NotInForce, ValidationFailed
from jobcenter_mentor.people.mentors import place_functions
from jobcenter_mentor.people.suppliers import companies, frame_contracts, service
from jobcenter_mentor.people.suppliers.companies import NewCompanyAgreement
from jobcenter_mentor.people.suppliers.frame_contracts import NewFrameContract
from jobcenter_mentor.people.suppliers.service import NewSupplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.screens.supplier_home import queries
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_user


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


@pytest.fixture
def supplier(session, coordinator):
    return service.register(session, NewSupplier("Fremad ApS"), actor=Actor(coordinator, WORKING_DAY))


def contracted(session, supplier, by, price, valid_from, valid_to=None):
    return service.add_contract(
        session, supplier, hourly_price=price, valid_from=valid_from, valid_to=valid_to, actor=Actor(by, WORKING_DAY)
    )


def test_a_name_is_taken_once(session, coordinator, supplier):
    with pytest.raises(ValidationFailed, match="findes allerede"):
        service.register(session, NewSupplier(" Fremad ApS"), actor=Actor(coordinator, WORKING_DAY))


def test_a_wrong_cvr_number_is_refused(session, coordinator):
    with pytest.raises(ValidationFailed, match="CVR"):
        service.register(session, NewSupplier("Vej ApS", cvr="12345678"), actor=Actor(coordinator, WORKING_DAY))


def test_a_new_contract_ends_the_open_one_the_day_before(session, coordinator, supplier):
    contracted(session, supplier, coordinator, 41000, date(2014, 1, 1))
    contracted(session, supplier, coordinator, 42500, date(2014, 7, 1))

    assert [row.valid_to for row in supplier.contracts] == [date(2014, 6, 30), None]


@pytest.mark.parametrize(
    ("day", "price"),
    [(date(2013, 12, 31), None), (date(2014, 6, 30), 41000), (date(2014, 7, 1), 42500)],
)
def test_the_price_is_that_of_the_day(session, coordinator, supplier, day, price):
    contracted(session, supplier, coordinator, 41000, date(2014, 1, 1))
    contracted(session, supplier, coordinator, 42500, date(2014, 7, 1))

    assert service.find_contract_price(session, supplier.id, day) == price


@pytest.mark.parametrize(
    ("price", "valid_from", "valid_to", "field"),
    [
        (0, date(2014, 1, 1), None, "hourly_price"),
        (1_000_001, date(2014, 1, 1), None, "hourly_price"),
        (41000, date(2014, 1, 1), date(2013, 1, 1), "valid_to"),
        (41000, date(2014, 3, 1), None, "valid_from"),
    ],
)
def test_a_wrong_contract_is_refused_at_its_field(session, coordinator, supplier, price, valid_from, valid_to, field):
    contracted(session, supplier, coordinator, 40000, date(2014, 3, 1), date(2014, 4, 1))

    with pytest.raises(ValidationFailed) as refused:
        contracted(session, supplier, coordinator, price, valid_from, valid_to)

    assert list(refused.value.errors) == [field]


def test_a_supplier_contact_sees_only_the_own_supplier(session, coordinator, supplier):
    other = service.register(session, NewSupplier("Anden ApS"), actor=Actor(coordinator, WORKING_DAY))
    contact = a_user(session, "LK", supplier_id=supplier.id)

    assert service.list_suppliers(session, actor=Actor(contact, WORKING_DAY)) == [supplier]
    with pytest.raises(NotFound):
        service.get_supplier(session, other.public_id, actor=Actor(contact, WORKING_DAY))


FRAME = NewFrameContract("Ramme 2014", date(2014, 1, 1), date(2014, 12, 31), 42500, minutes=6000, report_weeks=4)


def test_a_frame_contract_has_its_price_and_a_new_one_follows_without_a_gap(session, coordinator, supplier):
    frame = frame_contracts.add_frame(session, supplier, FRAME, actor=Actor(coordinator, WORKING_DAY))
    told = {"actor": Actor(coordinator, WORKING_DAY), "frame": frame, "hourly_price": 43000}

    service.add_contract(session, supplier, valid_from=date(2014, 7, 1), **told)

    assert [(row.valid_from, row.valid_to) for row in supplier.contracts] == [
        (date(2014, 1, 1), date(2014, 6, 30)),
        (date(2014, 7, 1), date(2014, 12, 31)),
    ]
    with pytest.raises(ValidationFailed, match=r"ingen pris 01\.10\.2014–31\.12\.2014"):
        service.add_contract(session, supplier, valid_from=date(2014, 9, 1), valid_to=date(2014, 9, 30), **told)


def test_a_gap_between_prices_is_named(session, coordinator, supplier):
    contracted(session, supplier, coordinator, 40000, date(2014, 1, 1), date(2014, 3, 31))

    with pytest.raises(ValidationFailed, match=r"ingen pris 01\.04\.2014–30\.04\.2014"):
        contracted(session, supplier, coordinator, 41000, date(2014, 5, 1))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"valid_to": date(2013, 1, 1)}, "valid_to"),
        ({"minutes": 0}, "minutes"),
        ({"hourly_price": 0, "valid_from": date(2014, 1, 1), "valid_to": date(2014, 12, 31)}, "hourly_price"),
        ({"report_days": 91}, "report_days"),
        ({}, "valid_from"),
    ],
)
def test_a_wrong_frame_contract_is_refused_at_its_field(session, coordinator, supplier, changed, field):
    later = replace(FRAME, valid_from=date(2015, 1, 1), valid_to=date(2015, 12, 31))
    frame_contracts.add_frame(session, supplier, later, actor=Actor(coordinator, WORKING_DAY))

    with pytest.raises(ValidationFailed) as refused:
        frame_contracts.add_frame(session, supplier, replace(later, **changed), actor=Actor(coordinator, WORKING_DAY))

    assert list(refused.value.errors) == [field]


def test_a_supplier_without_price_on_the_day_is_named(session, coordinator, supplier):
    contracted(session, supplier, coordinator, 41000, date(2014, 1, 1))

    with pytest.raises(NotInForce, match=r"Fremad ApS har ingen timepris den 31\.12\.2013"):
        service.price_of_contract(session, supplier.id, date(2013, 12, 31))


def test_released_hours_and_places_of_a_company_are_not_given_twice(session, coordinator):
    told = NewCompanyAgreement("Havnens Køkken", 300, 3, date(2014, 1, 1), partnership=True)
    agreement = companies.agree(session, told, actor=Actor(coordinator, WORKING_DAY))
    mentor = a_mentor(session, mentor_type="VIRK")

    def place(workplace, minutes, places):
        return place_functions.place_function(
            session,
            mentor,
            workplace=workplace,
            minutes_per_week=minutes,
            places=places,
            valid_from=date(2014, 2, 1),
            agreement=agreement,
            actor=Actor(coordinator, WORKING_DAY),
        )

    place("Køkkenet", 180, 2)

    for minutes, places, said in ((121, 1, "kun frikøbt 2 t/uge"), (120, 2, "kun 1 ledige")):
        with pytest.raises(ValidationFailed, match=said):
            place("Opvasken", minutes, places)
    place("Opvasken", 120, 1)
    used = place_functions.list_of_agreements(session, [agreement.id], WORKING_DAY)[agreement.id]
    assert (used.minutes, used.places) == (300, 3)
    with pytest.raises(ValidationFailed, match="allerede en aftale"):
        companies.agree(session, told, actor=Actor(coordinator, WORKING_DAY))


def test_the_ledger_counts_hours_left_and_reports_by_their_stamps(session, coordinator, supplier):
    frame_contracts.add_frame(session, supplier, FRAME, actor=Actor(coordinator, WORKING_DAY))
    grant = a_grant(session, mentor_id=a_mentor(session, mentor_type="EKST", supplier_id=supplier.id).id)
    for due, done in ((1, 1), (2, 5), (3, None), (30, None)):
        session.add(
            FollowUp(
                citizen_id=grant.citizen_id,
                grant_id=grant.id,
                case_number=grant.case_number,
                team_id=grant.team_id,
                kind="report",
                what="Rapport",
                rule="x",
                section="x",
                authority="agreement",
                due_on=date(2014, 10, due),
                done_on=date(2014, 10, done) if done else None,
            )
        )
    session.flush()

    ledger = queries.get_ledger(session, supplier, actor=Actor(coordinator, WORKING_DAY))

    reports = ledger.reports
    assert (reports.in_time, reports.late, len(reports.missing), reports.mean_days_late) == (1, 1, 1, 3)
    assert [row.due_on for row in reports.coming] == [date(2014, 10, 30)]
    assert reports.percent_in_time == 33
    assert [(use.minutes_left, use.amount_left) for use in ledger.frames] == [(6000, None)]
