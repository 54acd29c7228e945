"""Natligt arbejde for rapporterne: the kept courses are recomputed and compared, and the data quality is kept."""

import logging
from datetime import date

from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.figures.quality import service
from jobcenter_mentor.platform.database.db import transaction

log = logging.getLogger(__name__)


def check_courses(_on: date) -> None:
    """Natlig kontrol af delforløbene: what differs from a recomputation is logged and put right."""
    with transaction() as session:
        differing = subcourses.differing(session)
        subcourses.keep(session, differing)
    if differing:
        log.error("Sub-courses of %s courses differed from the recomputation and were put right", len(differing))


def keep_quality(on: date) -> None:
    """Gem månedens datakvalitet, and that of the months before that were never kept."""
    with transaction() as session:
        service.keep_months(session, on=on)
