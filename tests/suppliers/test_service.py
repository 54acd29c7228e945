"""Leverandører: contracts with dated prices that never overlap."""

from datetime import date

import pytest

from jobcenter_mentor.domain.errors import NotFound, ValidationFailed
from jobcenter_mentor.suppliers import service
from jobcenter_mentor.suppliers.service import NewSupplier
from tests.builders import WORKING_DAY, a_user


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


@pytest.fixture
def supplier(session, coordinator):
    return service.register(session, NewSupplier("Fremad ApS"), by=coordinator, on=WORKING_DAY)


def contracted(session, supplier, by, price, valid_from, valid_to=None):
    return service.add_contract(
        session, supplier, hourly_price=price, valid_from=valid_from, valid_to=valid_to, by=by, on=WORKING_DAY
    )


def test_a_name_is_taken_once(session, coordinator, supplier):
    with pytest.raises(ValidationFailed, match="findes allerede"):
        service.register(session, NewSupplier(" Fremad ApS"), by=coordinator, on=WORKING_DAY)


def test_a_wrong_cvr_number_is_refused(session, coordinator):
    with pytest.raises(ValidationFailed, match="CVR"):
        service.register(session, NewSupplier("Vej ApS", cvr="12345678"), by=coordinator, on=WORKING_DAY)


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
    other = service.register(session, NewSupplier("Anden ApS"), by=coordinator, on=WORKING_DAY)
    contact = a_user(session, "LK", supplier_id=supplier.id)

    assert service.list_suppliers(session, by=contact, on=WORKING_DAY) == [supplier]
    with pytest.raises(NotFound):
        service.get_supplier(session, other.public_id, by=contact, on=WORKING_DAY)
