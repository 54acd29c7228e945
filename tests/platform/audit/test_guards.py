"""What is unchangeable stays as it was: from bare SQL too, past no trigger, but for three lawful ways."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import Table, make_url, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.config import Config
from jobcenter_mentor.platform.audit import lawful_change
from jobcenter_mentor.platform.audit.models import Event, LawfulChange
from jobcenter_mentor.platform.database import db as db_module
from jobcenter_mentor.platform.database import triggers
from jobcenter_mentor.platform.database.db import Base, db, transaction
from jobcenter_mentor.platform.database.guards import Guard, guarded
from jobcenter_mentor.platform.database.sqlite import OUR_CONNECTION
from tests.town import build_town

UNCHANGEABLE = {
    "access_omission",
    "access_request",
    "agreement",
    "agreement_answer",
    "assessment",
    "claim",
    "claim_line",
    "complaint",
    "decision",
    "delay_notice",
    "document",
    "event",
    "frame_change",
    "heard_fact",
    "hearing",
    "journal_entry",
    "lawful_change",
    "letter",
    "letter_sending",
    "local_figure",
    "local_reading",
    "match_weights",
    "meeting",
    "meeting_reply",
    "pay_line",
    "second_check",
    "time_sheet",
}
"""Every table that the product calls unchangeable, from the start or from the day that something is settled."""
FREE = {
    "pay_line": set(),
    "document": {"released", "replaced_by_id", "replaced_because", "removed_on", "removed_by_id", "removed_because"},
    "complaint": {"team_id", "followup_id", "status", "due_on"},
}
"""Columns of a settled row that the work of the day may still change."""
REFUSED = "append-only"


@pytest.fixture
def town(session: Session, config: Config) -> str:
    """Return the address of a database with rows in every table; the first of each is settled."""
    with transaction():
        build_town(session)
    db.session.remove()
    db.engine.dispose()
    return config.database_url


@contextmanager
def bare(url: str) -> Iterator[Any]:
    """Connect as `sqlite3` or `psql` would, with nothing of ours; whatever is done is rolled back."""
    address = make_url(url)
    if address.drivername == "sqlite":
        connection: Any = sqlite3.connect(str(address.database))
    else:
        connection = psycopg.connect(address.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        yield connection
    finally:
        connection.rollback()
        connection.close()


def is_refused(said: str) -> bool:
    """Tell whether a guard stopped a statement; a door is one that only the program's own SQLite connection knows."""
    return REFUSED in said or OUR_CONNECTION in said


def refusal(connection: Any, statement: str) -> str:
    """Return what the database says to a statement; empty where it does it."""
    try:
        done = connection.execute(statement).rowcount
    except (sqlite3.Error, psycopg.Error) as error:
        return str(error)
    finally:
        connection.rollback()
    return "" if done else "there was nothing to change"


def other_value(table: Table, column: str) -> str:
    """Return SQL of a value that the column surely doesn't have."""
    kind = type(table.c[column].type).__name__
    if kind in {"Date", "UtcDateTime"}:
        return "'2001-01-01'"
    if kind in {"Encrypted", "EncryptedBytes", "LargeBinary"}:
        return "'forged'"
    if kind == "JSON":
        return "'{\"forged\": 1}'"
    more = f'coalesce("{column}", 0) + 1'
    return {"Boolean": f'NOT "{column}"', "Integer": more, "BigInteger": more}.get(kind, "'f'")


def attacks(table: Table, guard: Guard, engine: str) -> Iterator[str]:
    """Give every way to change or take away the settled row of a table, in SQL."""
    name, columns = f'"{table.name}"', [column.name for column in table.columns]
    for column in set(columns) - FREE.get(table.name, set()) - {"version"}:
        yield f'UPDATE {name} SET "{column}" = {other_value(table, column)} WHERE id = 1'
    yield f"DELETE FROM {name} WHERE id = 1"
    yield f"DELETE FROM {name}"
    listed = ", ".join(f'"{column}"' for column in columns)
    if engine == "sqlite":
        yield f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} WHERE id = 1"
        yield f"UPDATE OR REPLACE {name} SET id = 1 WHERE id = 2"
        yield f"UPDATE OR REPLACE {name} SET rowid = 1 WHERE id = 2"
        yield f"UPDATE {name} SET _rowid_ = 99 WHERE id = 1"
        if "public_id" in columns:
            moved = ", ".join("99" if column == "id" else f'"{column}"' for column in columns)
            yield f"REPLACE INTO {name} ({listed}) SELECT {moved} FROM {name} WHERE id = 1"
    else:
        yield f"TRUNCATE {name} CASCADE"
        yield (
            f"INSERT INTO {name} ({listed}) SELECT {listed} FROM {name} WHERE id = 1 "
            f"ON CONFLICT (id) DO UPDATE SET id = 98"
        )


def test_every_table_that_is_called_unchangeable_is_guarded() -> None:
    assert {table.name for table, _ in guarded()} == UNCHANGEABLE


def test_nothing_but_a_lawful_way_changes_a_settled_row(town: str, engine_name: str) -> None:
    past = []
    with bare(town) as connection:
        for table, guard in guarded():
            past += [one for one in attacks(table, guard, engine_name) if not is_refused(refusal(connection, one))]

    assert past == [], "\n".join(past)


def test_the_guards_stand_as_many_as_are_declared(session: Session) -> None:
    assert triggers.names(session.connection()) == triggers.expected(session.connection())


def test_encryption_anew_keeps_every_plain_text_under_the_new_key(town: str, app: Flask) -> None:
    journal, newest = Base.metadata.tables["journal_entry"], Fernet.generate_key().decode()
    before, raw = plain_and_stored(journal)
    app.config["CPR_KEYS"] = (newest, *app.config["CPR_KEYS"])
    app.extensions.pop("cpr_box", None)

    with transaction() as session:
        lawful_change.reencrypt(session, reason="Ny nøgle", by=None)
    app.config["CPR_KEYS"] = (newest,)
    app.extensions.pop("cpr_box", None)

    after, stored = plain_and_stored(journal)
    assert after == before
    assert not set(stored) & set(raw)
    assert said(LawfulChange.way, LawfulChange.table_name == "journal_entry")[-1] == "encryption"
    assert "lawful.encryption" in said(Event.action)


def test_encryption_that_changes_a_plain_text_is_given_up(town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_module, "_box", lambda: Fernet(Fernet.generate_key()))
    monkeypatch.setattr(Fernet, "decrypt", lambda _box, token: token)

    with pytest.raises(RuntimeError, match="differs after encryption"), transaction() as session:
        lawful_change.reencrypt(session, reason="Ny nøgle", by=None)


def test_encryption_anew_opens_no_other_column(town: str) -> None:
    journal = Base.metadata.tables["journal_entry"]

    with (
        transaction() as session,
        lawful_change._door(session, "encryption", journal, [(1, 1)], reason="Prøve", by=None),
    ):
        for forged in ("title = 'x'", "id = 99"):
            with pytest.raises(IntegrityError, match=REFUSED), session.begin_nested():
                session.execute(text(f"UPDATE journal_entry SET {forged} WHERE id = 1"))


def test_a_lawful_deletion_takes_the_listed_rows_and_no_others(town: str) -> None:
    with transaction() as session:
        lawful_change.delete_listed(session, {"meeting_reply": [(1, 1)]}, reason="Sletningsliste 1", by=None)

    with pytest.raises(IntegrityError, match=REFUSED), transaction() as session:
        session.execute(text("DELETE FROM meeting_reply WHERE id = 2"))
    left = Base.metadata.tables["meeting_reply"].c.id
    assert said(left) == [2]
    assert "lawful.deletion" in said(Event.action)


def test_a_later_column_is_filled_in_where_it_is_listed_and_nowhere_else(town: str) -> None:
    letter = Base.metadata.tables["letter"]

    with transaction() as session:
        lawful_change.set_later(session, letter, "citizen_id", 2, ids=[1], reason="Lagt sammen", by=None)
    with pytest.raises(ValueError, match="title is not on the list"), transaction() as session:
        lawful_change.set_later(session, letter, "title", "x", ids=[1], reason="Forsøg", by=None)

    assert said(Letter.citizen_id, Letter.id == 1) == [2]
    assert "lawful.column" in said(Event.action)


def test_no_transaction_ends_with_a_door_open(town: str) -> None:
    open_door = LawfulChange(
        way="deletion", table_name="letter", first_id=1, last_id=9, reason="Glemt", open_id=lawful_change.NO_ROW
    )

    with pytest.raises(IntegrityError), transaction() as session:
        session.add(open_door)

    assert said(LawfulChange.id, LawfulChange.reason == "Glemt") == []


def test_a_door_that_was_closed_stays_closed(town: str) -> None:
    with pytest.raises(IntegrityError, match=REFUSED), transaction() as session:
        session.execute(text("UPDATE lawful_change SET open_id = -1 WHERE id = 1"))


@pytest.mark.parametrize("keys", ["ON", "OFF"])
@pytest.mark.parametrize("pointing_at", ["7", "-1"])
def test_no_door_is_opened_and_left_by_hand(town: str, engine_name: str, keys: str, pointing_at: str) -> None:
    door = (
        "INSERT INTO lawful_change (id, way, table_name, column_name, first_id, last_id, reason, open_id, at) "
        f"VALUES (7, 'deletion', 'event', '', 0, 999999, 'x', {pointing_at}, '2026-01-01')"
    )
    with bare(town) as connection:
        if engine_name == "sqlite":
            connection.execute(f"PRAGMA foreign_keys = {keys}")
            with pytest.raises(sqlite3.Error, match=OUR_CONNECTION):
                connection.execute(door)
        else:
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(psycopg.Error, match=r"open_points_nowhere|fk_lawful_change_open_id"):
                connection.execute(door)


@pytest.mark.parametrize("engine_name", ["postgresql"], scope="session")
def test_only_the_owner_of_the_tables_opens_a_door(town: str) -> None:
    with bare(town) as connection:
        connection.execute(
            "CREATE ROLE clerk; GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk;"
            "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk; SET ROLE clerk"
        )
        with pytest.raises(psycopg.Error, match="only the owner"):
            connection.execute(
                "INSERT INTO lawful_change (way, table_name, column_name, first_id, last_id, reason, open_id, at) "
                "VALUES ('deletion', 'letter', '', 1, 9, 'x', -1, now())"
            )


def test_the_attacks_get_through_where_the_guards_are_out(town: str, engine_name: str) -> None:
    guards = dict(guarded())
    reply = next(table for table in guards if table.name == "meeting_reply")
    with transaction() as session:
        triggers.lift(session.connection())

    with bare(town) as connection:
        tried = list(attacks(reply, guards[reply], engine_name))
        through = [one for one in tried if not refusal(connection, one)]

    assert any("text" in one for one in through)
    assert any("REPLACE INTO" in one or "TRUNCATE" in one or "ON CONFLICT" in one for one in through)


def plain_and_stored(table: Table) -> tuple[list[Any], list[bytes]]:
    """Return the texts as the product reads them, and the bytes that are stored."""
    with transaction() as session:
        plain = session.execute(select(table.c.id, table.c.text).order_by(table.c.id)).all()
        stored = session.scalars(text("SELECT text FROM journal_entry ORDER BY id")).all()
    return [tuple(row) for row in plain], [bytes(one) for one in stored if one is not None]


def said(column: Any, *where: Any) -> list[Any]:
    with transaction() as session:
        return list(session.scalars(select(column).where(*where).order_by(column)))
