"""Every page that is only looked at: the write lock is taken for the audit row alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from jobcenter_mentor.db import db
from tests.crawling import Town
from tests.web.test_every_route import asked, begun

LOG = "INSERT INTO event "
SESSION = ("UPDATE login_session ", "SELECT login_session.")
"""Once a minute a log-in is noted as in use."""
WIDE = ["SB", "TL", "MK", "ØK", "AD"]


@contextmanager
def written() -> Iterator[list[str]]:
    """Collect what is sent in writing transactions, the audit rows and the note of the log-in left out."""
    sent: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        writing = connection.get_execution_options().get("writing")
        if writing and not statement.startswith((LOG, *SESSION, "BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", WIDE)
def test_a_page_holds_the_write_lock_for_its_audit_row_alone(a_town: Callable[[], Town], role: str) -> None:
    town = a_town()
    app, who, visitor, _ = begun(town, role)
    held = {}

    for endpoint, address, which, _cell in asked(town, app, who, "GET"):
        with written() as statements:
            visitor.get(address)
        if statements:
            held[endpoint, which] = statements

    with app.app_context():
        db.engine.dispose()
    assert held == {}
