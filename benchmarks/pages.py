"""What a page pays for its assessment: the law read from the database each time, beside the function on a warm law."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import process_time

from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.platform.law_figures.service import law
from tests.builders import a_local_figure
from tests.databases import SqliteFiles, a_config

FIGURES = 20
"""The municipality's own figures in force: about one for each it may set."""


@contextmanager
def a_municipality() -> Iterator[Session]:
    """Open the database of a municipality with its own figures."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(a_config(SqliteFiles(Path(folder)).fresh()))
        with app.app_context():
            db.create_all()
            for number in range(FIGURES):
                day = date(2014, 1, 1) + timedelta(days=number)
                a_local_figure(db.session(), "local.hours_ceiling_week", str(8 + number % 3), day)
            db.session.commit()
            yield db.session()


def warm(cases: Sequence[CaseFacts], known: Law) -> float:
    """Take the processor seconds of the function on one law."""
    begun = process_time()
    for case in cases:
        assess(case, known)
    return process_time() - begun


def on_pages(cases: Sequence[CaseFacts], session: Session) -> float:
    """Take the processor seconds of the assessments, each under the law that its page has read."""
    read = [(case, law(session)) for case in cases]
    return _asked(read)


def rebuilt(cases: Sequence[CaseFacts], known: Law) -> float:
    """Take the processor seconds of the assessments where each page has built its law, as pages did before."""
    return _asked([(case, known.with_figures(())) for case in cases])


def _asked(pairs: Sequence[tuple[CaseFacts, Law]]) -> float:
    begun = process_time()
    for case, chosen in pairs:
        assess(case, chosen)
    return process_time() - begun


def reading(count: int, session: Session) -> float:
    """Take the processor seconds of reading the law as often as there are pages."""
    begun = process_time()
    for _ in range(count):
        law(session)
    return process_time() - begun
