"""Locks (låse): who changes something locks its row first, so that two who act at once are heard one after the other.

Row locks are PostgreSQL's; on SQLite the writing transaction itself lets one in at a time.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.errors import Conflict
from jobcenter_mentor.rules.models import Municipality

ORDER = (
    "municipality", "import_run", "saved_report", "supplier", "case_counter", "user", "absence", "company_agreement",
    "citizen", "consideration", "document", "letter", "referral", "complaint", "decision", "second_check", "claim",
    "pay_line", "time_sheet", "grant", "agreement", "goal", "meeting", "follow_up", "match_weights", "mentor",
    "frame_change", "frame",
)  # fmt: skip
"""The order in which one transaction locks rows of several tables: nobody waits for who waits for him."""
GONE = "Det er slettet af en anden i mellemtiden. Hent siden igen."


def lock(session: Session, *rows: Any) -> None:
    """Lock rows until the transaction ends, in the stated order, and read them anew. Raises Conflict where one is gone.

    Whoever waited for the lock sees what the one before made, so the checks that follow are made on what holds now.
    """
    for row in sorted(rows, key=_place):
        try:
            session.refresh(row, with_for_update={"of": type(row)})
        except InvalidRequestError as error:
            raise Conflict(GONE) from error


def lock_office(session: Session) -> None:
    """Let one such act in at a time: for acts that have no row of their own to lock, as those on a whole month."""
    session.execute(select(Municipality.id).with_for_update()).all()


def _place(row: Any) -> tuple[int, int]:
    return ORDER.index(row.__tablename__), row.id
