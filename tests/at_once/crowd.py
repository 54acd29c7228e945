"""Fire på én gang: four requests that are held back until all have made their checks, and then write together."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition, local
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

PATIENCE = 0.25
"""Seconds that a writer waits for the others; one that holds a lock waits for nobody longer than this."""
WRITES = ("INSERT", "UPDATE", "DELETE")


class Gate:
    """Porten: holds each of so many threads at the first write of a transaction until all are there.

    Who holds a lock that the others wait for stands there alone, and goes on after `PATIENCE`. Without a lock all have
    made their checks before any of them writes: then a race is certain, not a matter of luck.
    """

    def __init__(self, people: int) -> None:
        self.people = people
        self.waiting = 0
        self.opened = 0
        self.condition = Condition()
        self.thread = local()

    def begin(self, _connection: Any) -> None:
        """Know that a transaction has begun."""
        self.thread.has_waited = False

    def before(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Wait at the first write, but for the form's own token."""
        if getattr(self.thread, "has_waited", True) or not statement.lstrip().startswith(WRITES):
            return
        if "sent_form" in statement:
            return
        self.thread.has_waited = True
        with self.condition:
            now = self.opened
            self.waiting += 1
            if self.waiting == self.people:
                self._open()
            elif not self.condition.wait_for(lambda: self.opened > now, PATIENCE):
                self.waiting -= 1

    def _open(self) -> None:
        self.waiting = 0
        self.opened += 1
        self.condition.notify_all()


@contextmanager
def held_back(engine: Engine, people: int) -> Iterator[None]:
    """Hold back the writers of the engine."""
    gate = Gate(people)
    event.listen(engine, "begin", gate.begin)
    event.listen(engine, "before_cursor_execute", gate.before)
    try:
        yield
    finally:
        event.remove(engine, "begin", gate.begin)
        event.remove(engine, "before_cursor_execute", gate.before)


def at_once(engine: Engine, requests: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    """Send the requests at once; return the answers in the order of the requests."""
    with held_back(engine, len(requests)), ThreadPoolExecutor(len(requests)) as pool:
        return [answer.result(60) for answer in [pool.submit(request) for request in requests]]
