"""The program's own log (driftslog): one formatter for every line, which no CPR number and no secret address passes.

The formatter sits on the root handler and masks the finished text, so that message, arguments, traceback and the lines
of every library go through it.
"""

import logging
import re
import sys
import threading
from types import TracebackType
from typing import TextIO

CPR_SHAPE = re.compile(r"(?<!\d)\d{6}(?:[ -]|[‐-―]|%20|%2D)?\d{4}(?!\d)", re.IGNORECASE)
"""Six digits and four, however they are joined; any other number of ten digits is masked with them."""
SECRET_PART = re.compile(r"/[\w.~-]{32,}")
"""The part of an address that opens it without log-in."""
MASKED, LINK = "[cpr]", "/[link]"
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
QUIET = {"waitress": logging.WARNING, "huey": logging.WARNING, "alembic": logging.WARNING}
"""The levels of other libraries' logs; waitress writes the address that a visitor left there."""


SQL = "sqlalchemy.engine.Engine"
"""The logger of the statements that are sent to the database."""


class MaskingFormatter(logging.Formatter):
    """Format a line as usual, then mask it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with its traceback."""
        return masked(super().format(record))


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at the moment."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        self.stream = sys.stderr
        super().emit(record)


def configure() -> None:
    """Send every logger's lines through one masking handler on standard error, and what nobody caught as well.

    Handlers that a server has put on the root keep their place and get the formatter.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(_StandardError())
    for handler in root.handlers:
        handler.setFormatter(MaskingFormatter(LINE))
    root.setLevel(logging.INFO)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def show_sql() -> None:
    """Write every SQL statement in the log; their values are hidden, as they are in errors."""
    configure()
    logging.getLogger(SQL).setLevel(logging.INFO)


def masked(text: str) -> str:
    """Return a text without CPR numbers and without the secret part of an address."""
    return SECRET_PART.sub(LINK, CPR_SHAPE.sub(MASKED, text))


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Write an exception that nobody caught; whoever stops the program by hand isn't one."""
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("jobcenter_mentor").critical("Uventet fejl", exc_info=(kind, error, trace))
