"""Tabellernes udgave: `serve` works on tables of its own version with their guards, and else says what to do."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter_mentor.cli.server import refuse_other_tables
from jobcenter_mentor.config import UnsafeSettings
from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.platform.database.schema import found_revision, wanted_revision


def with_changed_tables(session: Session, *statements: str) -> None:
    for statement in statements:
        session.execute(text(statement))
    session.commit()
    db.session.remove()


def test_tables_of_this_version_are_served(app: Flask) -> None:
    assert refuse_other_tables(app) == wanted_revision()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "9999, som programmet"),
        ("DELETE FROM alembic_version", "ingen tabeller. Kør jobcenter-mentor db upgrade."),
    ],
)
def test_tables_of_another_version_are_refused_with_what_to_do(
    app: Flask, session: Session, statement: str, told: str
) -> None:
    with_changed_tables(session, statement)

    with pytest.raises(UnsafeSettings, match=told):
        refuse_other_tables(app)
    with app.app_context():
        assert found_revision(db.session.connection()) != wanted_revision()


def test_tables_without_a_guard_are_refused_by_name(app: Flask, session: Session, engine_name: str) -> None:
    where = " ON letter" if engine_name == "postgresql" else ""
    with_changed_tables(session, f"DROP TRIGGER letter_guard_update{where}")

    with pytest.raises(UnsafeSettings, match="værn mod ændringer i letter"):
        refuse_other_tables(app)
