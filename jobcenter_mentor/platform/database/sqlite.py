"""SQLite: how the program's own connections are set up, and how a transaction is begun on one."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

OUR_CONNECTION = "mentor_connection"
"""A function that SQLite has on the program's own connections alone, for the guards to ask."""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "cache_size=-64000")


def listen() -> None:
    """Set up every connection that is made from now on."""
    event.listen(Engine, "connect", _prepare)
    event.listen(Engine, "begin", _begin)


def _prepare(connection: Any, _record: Any) -> None:
    """Set up a new SQLite connection: durable, with foreign keys, and with transactions begun by us."""
    if type(connection).__module__ != "sqlite3":
        return
    connection.isolation_level = None
    connection.create_function(OUR_CONNECTION, 0, lambda: 1)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin a writing transaction IMMEDIATE on SQLite; let one that reads refuse to write."""
    if connection.dialect.name != "sqlite":
        return
    options = connection.get_execution_options()
    reading = bool(options.get("reading"))
    if connection.info.get("query_only", False) != reading:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
        connection.info["query_only"] = reading
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
