"""Tabellen: every writing route with a valid sending, by the name of the act."""

from tests.at_once.money import MONEY

ON_EVERY_COMMIT = {act.key for act in (*MONEY,)}
"""The acts that are raced on PostgreSQL in `make test`; all are, on both databases, in `make test-full`."""
TABLE = {act.key: act for act in (*MONEY,)}
