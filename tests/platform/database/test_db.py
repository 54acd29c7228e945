"""The two kinds of transaction: one that writes, and one that only reads and keeps the looks at its end."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import Base, db, read_transaction, transaction
from tests import builders as a


@pytest.fixture
def citizen(session: Session) -> Citizen:
    """Return a citizen who has been registered."""
    one = a.a_citizen(session)
    session.commit()
    return one


def look(session: Session, citizen: Citizen) -> None:
    audit.record(session, by=None, action="citizen.read", subject="citizen", citizens=[citizen.id])


def test_a_look_is_kept_when_the_reading_has_ended(session: Session, citizen: Citizen) -> None:
    with read_transaction() as reading:
        look(reading, citizen)

    assert session.scalars(select(Event.citizen_ids)).all() == [[citizen.id]]


def test_the_database_refuses_a_write_while_a_page_reads(session: Session, citizen: Citizen) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), read_transaction() as reading:
        reading.execute(insert(Event).values(actor="x", action="x", subject="x"))

    with transaction() as writing:
        look(writing, citizen)
    assert session.scalar(select(Event.action)) == "citizen.read"


def test_a_page_that_changes_a_row_while_it_reads_fails(session: Session, citizen: Citizen) -> None:
    with pytest.raises(RuntimeError, match="Citizen"), read_transaction() as reading:
        reading.get_one(Citizen, citizen.id).first_name = "Anden"

    session.expire_all()
    assert session.scalar(select(Citizen.first_name)) != "Anden"


def test_a_look_that_cant_be_kept_fails_the_page(session: Session, citizen: Citizen) -> None:
    session.execute(text("ALTER TABLE event RENAME TO gone"))
    session.commit()
    try:
        with pytest.raises(DBAPIError), read_transaction() as reading:
            look(reading, citizen)
    finally:
        session.execute(text("ALTER TABLE gone RENAME TO event"))
        session.commit()


def test_a_page_that_reads_neither_waits_for_a_writer_nor_holds_one_up(
    app: Flask, session: Session, citizen: Citizen
) -> None:
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    sqlite = other.dialect.name == "sqlite"
    change = text("UPDATE citizen SET first_name = 'Ændret'")
    with other.connect() as writer:
        if sqlite:
            writer.exec_driver_sql("PRAGMA busy_timeout = 0")
        with read_transaction() as reading:
            before = reading.scalar(select(Citizen.first_name))
            writer.execute(change)
            writer.commit()
            as_begun = reading.scalar(select(Citizen.first_name))
    other.dispose()

    assert as_begun == before
    assert session.scalar(select(Citizen.first_name)) == "Ændret"


def test_a_transaction_is_not_begun_inside_another(app: Flask) -> None:
    with app.app_context(), read_transaction() as reading:
        reading.scalar(select(Citizen.id))
        with pytest.raises(RuntimeError, match="inside another"), transaction():
            pass


def test_a_row_looked_at_between_two_transactions_does_not_stand_in_the_way(app: Flask, citizen: Citizen) -> None:
    with app.app_context():
        with read_transaction() as reading:
            found = reading.get_one(Citizen, citizen.id)
        with pytest.raises(ValueError, match="fortrudt"), transaction():
            raise ValueError("fortrudt")
        name = found.first_name
        with read_transaction() as reading:
            assert reading.scalar(select(Citizen.first_name)) == name


@pytest.mark.parametrize("begin", [transaction, read_transaction])
def test_what_was_changed_before_a_transaction_is_never_kept_by_it(
    session: Session, citizen: Citizen, begin: Callable[[], AbstractContextManager[Session]]
) -> None:
    citizen.first_name = "Anden"

    with pytest.raises(RuntimeError, match="Citizen"), begin():
        pass

    session.expire_all()
    assert session.scalar(select(Citizen.first_name)) != "Anden"


def test_the_shell_of_developers_knows_the_session_and_every_table(app: Flask) -> None:
    with app.app_context():
        names = app.make_shell_context()

    assert names["Citizen"] is Citizen
    assert names["session"] is db.session
    assert {mapper.class_.__name__ for mapper in Base.registry.mappers} <= names.keys()
