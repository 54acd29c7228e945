"""Sætninger til databasen: counts what a page sends, so that no page grows a statement for each of its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

LOGIN_RIGHTS_AND_AUDIT = 3
"""How many a request may send beside the page's own."""


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """Collect the statements sent inside the block, BEGIN and PRAGMA left out."""
    sent: list[str] = []

    def note(*given: Any) -> None:
        if not given[2].startswith(("BEGIN", "PRAGMA")):
            sent.append(given[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
