"""Ports (porte): a lower feature reads the table that a higher one has handed over."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select

from jobcenter_mentor.platform.database.port import Port

COURSES = Table("course", MetaData(), Column("id", Integer), Column("team_id", Integer))


def test_a_port_gives_the_table_that_was_handed_over() -> None:
    port = Port("id", "team_id")
    port.fill(COURSES)

    assert port.table is COURSES
    assert str(select(port.alias().c.id)).startswith("SELECT course_1.id")


def test_a_port_refuses_a_table_without_the_columns_it_needs() -> None:
    with pytest.raises(LookupError, match="course has no owner_id"):
        Port("id", "owner_id").fill(COURSES)


def test_a_port_that_nobody_has_filled_says_what_it_waits_for() -> None:
    with pytest.raises(LookupError, match="a table with id, team_id"):
        _ = Port("id", "team_id").table
