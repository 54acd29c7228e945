"""Migreringerne: they go up, down and up again on both databases, and build the tables that the models describe."""

import importlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, insert, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import db
from tests.builders import a_grant, a_local_figure

for models in sorted(PACKAGE.rglob("models.py")):
    importlib.import_module(".".join(["jobcenter_mentor", *models.relative_to(PACKAGE).parent.parts, "models"]))


FIRST_DAY = date(2014, 10, 1)
ALONE = """
INSERT INTO local_figure (id, name, valid_from, value, reason, proposed_by_id, proposed_on, approved_by_id, approved_on,
recorded_at, public_id) VALUES (99, 'local.hours_ceiling_week', :day, '8', '', :by, :day, :by, :day, :at, 'alone')
"""

ASSESSED = """
INSERT INTO assessment (id, assessed_on, law, outcome, facts, result, recorded_at, public_id)
VALUES (:id, :day, :law, 'must', '{}', '{}', :at, :key)
"""
LAWS = {"LAB 2013": "lab2013", "LAB 2014": "lab2014", "LAB 2016": "lab2016", "LAB 2020": "lab2020"}


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """Return a connection to a migrated database, with the app as the migrations need it."""
    with app.app_context(), db.engine.connect() as connection:
        yield connection


def tables(connection: Connection) -> set[str]:
    """Return the tables there are now."""
    connection.rollback()
    return set(inspect(connection).get_table_names())


def test_the_migrations_go_down_to_nothing_and_up_again(connection: Connection) -> None:
    first = tables(connection)
    connection.rollback()

    flask_migrate.downgrade(revision="base")
    emptied = tables(connection)
    connection.rollback()
    flask_migrate.upgrade()

    assert emptied == {"alembic_version"}
    assert tables(connection) == first == set(db.metadata.tables) | {"alembic_version"}


def test_a_figure_that_one_person_approved_alone_is_rejected_by_the_upgrade(connection: Connection) -> None:
    with Session(connection) as session:
        first = a_local_figure(session, "local.hours_ceiling_week", "8", FIRST_DAY).proposed_by_id
        session.commit()
    flask_migrate.downgrade(revision="0001")
    told = {"by": first, "day": FIRST_DAY + timedelta(days=31), "at": datetime(2014, 10, 1, tzinfo=UTC)}
    connection.execute(text(ALONE), told)
    connection.commit()

    flask_migrate.upgrade()

    asked = text("SELECT approved_by_id IS NULL, rejected_by_id FROM local_figure ORDER BY valid_from")
    assert [tuple(row) for row in connection.execute(asked)] == [(False, None), (True, first)]


def test_the_sums_of_2020_number_a_group_of_section_2_by_section_6_after_the_upgrade(connection: Connection) -> None:
    with Session(connection) as session:
        days = {"start": date(2019, 11, 1), "last_day": date(2020, 2, 29), "decided_on": date(2019, 10, 20)}
        grant = a_grant(session, group_number=5, **days)
        lines = [CostLine(2020, 100_000, "no_frame", 0)]
        frames.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=True)
        month_sums.rebuild(session)
        session.commit()
    asked = text(
        "SELECT DISTINCT one.group_number, all_of_it.group_number FROM course_month AS one "
        "JOIN month_sum AS all_of_it ON all_of_it.year = one.year WHERE one.year = 2020"
    )

    flask_migrate.downgrade(revision="0001")
    before = connection.execute(asked).all()
    connection.rollback()
    flask_migrate.upgrade()

    assert (before, connection.execute(asked).all()) == ([(5, 5)], [(6, 6)])


def test_the_law_of_an_assessment_becomes_a_code_and_its_name_again(connection: Connection) -> None:
    asked = text("SELECT law FROM assessment ORDER BY id")
    flask_migrate.downgrade(revision="0001")
    for number, name in enumerate(LAWS, 1):
        told = {"id": number, "law": name, "key": name, "day": FIRST_DAY, "at": datetime(2014, 10, 1, tzinfo=UTC)}
        connection.execute(text(ASSESSED), told)
    connection.commit()

    flask_migrate.upgrade()
    coded = connection.scalars(asked).all()
    connection.rollback()
    flask_migrate.downgrade(revision="0001")

    assert (coded, connection.scalars(asked).all()) == (list(LAWS.values()), list(LAWS))


def test_the_database_refuses_a_law_that_is_no_code(connection: Connection) -> None:
    told = {"id": 1, "law": "LAB 2014", "key": "x", "day": FIRST_DAY, "at": datetime(2014, 10, 1, tzinfo=UTC)}

    with pytest.raises(DBAPIError, match="law_known"):
        connection.execute(text(ASSESSED), told)


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # SQLite can't tell them; PostgreSQL does
def test_the_tables_are_those_of_the_models(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

    assert compare_metadata(context, db.metadata) == []


@pytest.mark.parametrize("act", ["UPDATE event SET action = 'x'", "DELETE FROM event"])
def test_the_database_itself_keeps_audit_rows_as_they_are(connection: Connection, act: str) -> None:
    event = {"actor": "test", "action": "test", "subject": "test"}
    connection.execute(insert(Event).values(event))

    with pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(act))
