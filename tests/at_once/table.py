"""Tabellen: every writing route with a valid sending, by the name of the act."""

from tests.at_once.casework import CASEWORK
from tests.at_once.decisions import DECISIONS
from tests.at_once.matches import MATCHES
from tests.at_once.money import MONEY
from tests.at_once.register import REGISTER
from tests.at_once.users import USERS

ON_EVERY_COMMIT = {act.key for act in (*MONEY, *DECISIONS, *MATCHES, *USERS)}
"""The acts that are raced on PostgreSQL in `make test`; all are, on both databases, in `make test-full`."""
TABLE = {act.key: act for act in (*MONEY, *DECISIONS, *MATCHES, *USERS, *CASEWORK, *REGISTER)}
