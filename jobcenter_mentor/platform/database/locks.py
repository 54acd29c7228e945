"""Lock rows (låse) before they are changed, so that two who act at once are served one after the other.

Row locks are PostgreSQL's; on SQLite the writing transaction itself lets one in at a time.
"""

from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict

ORDER = (
    "municipality",
    "import_run",
    "import_heading",
    "import_value",
    "saved_report",
    "supplier",
    "case_counter",
    "user",
    "absence",
    "company_agreement",
    "citizen",
    "consideration",
    "document",
    "letter",
    "referral",
    "complaint",
    "access_request",
    "decision",
    "second_check",
    "claim",
    "pay_line",
    "time_sheet",
    "grant",
    "agreement",
    "goal",
    "meeting",
    "follow_up",
    "match_weights",
    "mentor",
    "frame_change",
    "frame",
    "local_figure",
    "local_reading",
)
"""The order in which one transaction locks rows of several tables: nobody waits for who waits for him."""
OFFICE = 20141015
"""The number of the office's lock on PostgreSQL; another than that of the migrations."""
GONE = "Det er slettet af en anden i mellemtiden. Hent siden igen."


def lock(session: Session, *rows: Any) -> None:
    """Lock rows until the transaction ends, in the stated order, and read them anew. Raises Conflict where one is gone.

    Whoever waited for the lock sees what the one before made, so the checks that follow are made on what holds now. The
    row is read by a statement of its own: one that waited itself would read other tables as they were before it waited.
    """
    for row in sorted(rows, key=_place):
        (key,), table = inspect(row).identity, type(row).__table__
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(table.c.id).where(table.c.id == key).with_for_update()).all()
        try:
            session.refresh(row)
        except InvalidRequestError as error:
            raise Conflict(GONE) from error


def lock_office(session: Session) -> None:
    """Let one such act in at a time: for acts that have no row of their own to lock, as those on a whole month."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(OFFICE)))


def _place(row: Any) -> tuple[int, int]:
    return ORDER.index(row.__tablename__), inspect(row).identity[0]
