"""Tabellen: every writing route with a valid sending, by the name of the act."""

from tests.at_once.casework import CASEWORK
from tests.at_once.decisions import DECISIONS
from tests.at_once.matches import MATCHES
from tests.at_once.money import MONEY
from tests.at_once.register import REGISTER
from tests.at_once.users import USERS

THOROUGH = {act.key for act in DECISIONS if act.key.startswith("access_requests.")} - {"access_requests.approve"}
"""Acts that only prepare an answer on access to files."""
ON_EVERY_COMMIT = {act.key for act in (*MONEY, *DECISIONS, *MATCHES, *USERS)} - THOROUGH
"""The acts that are raced on PostgreSQL in `make test`; all are, on both databases, in `make test-full`."""
TABLE = {act.key: act for act in (*MONEY, *DECISIONS, *MATCHES, *USERS, *CASEWORK, *REGISTER)}

ONLY_LOOKS = frozenset(
    {
        "assessments.try_it",
        "citizens.cpr",
        "citizens.edit_protected",
        "citizens.find",
        "citizens.protected",
        "citizens.seek",
        "grants.assess",
        "handover.printed",
        "merging.preview",
        "referrals.assess",
        "referrals.find",
        "referrals.preview",
        "reports.extract",
        "reports.municipal",
        "api_assessments.assess",
    }
)
"""Routes asked by POST that change nothing: they show, judge or print; each look is logged as often as it is made."""
RACED_ELSEWHERE = {
    "auth.log_in": "each log-in is a session of its own",
    "auth.logout": "logging out twice is being logged out",
    "auth.reason": "a reason is given for each look",
    "meetings.correct_by_link": "only the browser that wrote the meeting may; a later correction replaces it",
    "api_meetings.log": "the header Idempotency-Key tells that it is the same: test_the_api.py",
    "api_referrals.refer": "the header Idempotency-Key tells that it is the same: test_the_api.py",
}
"""Routes without an act in the table, and why."""
